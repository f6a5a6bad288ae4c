### Which keys do something on a page: a button, and the dialog that it opens.

keys-label = キー操作
keys-heading = このページのキー操作
keys-search = 検索
keys-upload = アップロードするファイルを選択
keys-rename = その行のファイル名を変更
keys-undo = 取り除いたものを元に戻す
keys-escape = 何も変えない
keys-this = このキー一覧を表示
keys-on = 1文字のキーを使う
keys-close = 閉じる
