### Lists of cards.

list-clear = 一覧を空にする
list-files = ファイル
list-legend-sent = アップロード済み
list-legend-safe = このブラウザで保護済み
