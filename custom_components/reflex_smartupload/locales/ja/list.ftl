### Lists of cards.

list-clear = 一覧を空にする
list-files = ファイル
