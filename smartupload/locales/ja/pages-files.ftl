### The list of everything a person has uploaded.

files-heading = ファイル
files-sub = これまでにアップロードしたすべてのファイルです。リンクは最初の1秒から使え、届けばそのままファイルになります。
files-search = ファイルを検索
files-more = さらに表示
files-none-found = 名前にその文字を含むファイルはありません。
files-none = ファイルはまだありません
files-none-hint = このページにファイルをドロップするか、ホームで選択してください。
files-upload = ファイルをアップロード

## Columns

files-name = 名前
files-size = サイズ
files-date = 日付
files-state = 状態
files-actions = 操作

## Buttons

files-download = ダウンロード
files-copy-link = リンクをコピー
files-not-shared = 共有していません
files-rename = 名前を変更
files-new-name = { $name } の新しい名前
files-save = 保存
files-keep-name = 変更しない
files-delete = 削除
files-delete-question = 完全に削除しますか？
files-delete-yes = 削除する

## Several files

files-copy-links = リンクをコピー
files-select = { $name } を選択
files-select-all = 表示中のすべてを選択
files-select-none = 選択を解除
files-selected = { $count }件を選択中、{ $size }
files-with-selected = 選択したファイルの操作
