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

## Several files

files-copy-links = リンクをコピー
files-select = { $name } を選択
files-select-all = 表示中のすべてを選択
files-select-none = 選択を解除
files-selected = { $count }件を選択中、{ $size }
files-with-selected = 選択したファイルの操作

## Order and states

files-order = 並べ替え
files-newest = 新しい順
files-oldest = 古い順
files-by-name = 名前の昇順
files-by-name-back = 名前の降順
files-largest = 大きい順
files-smallest = 小さい順
files-by-state = 状態、問題のあるものから
files-by-state-back = 状態、送信中のものから
files-all = すべて
files-on-their-way = 送信中
files-ready = 完了
files-in-trouble = 問題あり
files-none-in-state = この状態のファイルはありません。
files-show-all = すべてのファイルを表示
files-sum = { $count }件のファイル、{ $size }
files-sum-of = { $all }件中{ $count }件のファイル、{ $size }

## How far it is

files-sending = アップロード中 { NUMBER($percent, useGrouping: 0) }%
files-paused = 一時停止中 { NUMBER($percent, useGrouping: 0) }%

## Tags

files-tags = タグ
files-tags-of = { $name } のタグ
files-tags-of-selected = 選択したファイルのタグ
files-new-tag = 新しいタグ
files-add-tag = 追加
files-tags-done = 完了
files-untag = タグ { $tag } を外す
files-tagged = タグ { $tag } の付いたファイルを表示
files-tag = タグ
files-all-tags = すべてのタグ
files-tag-count = { $tag }（{ $count }）
files-none-tagged = このタグの付いたファイルはありません。

## Links that lead to several files at once

# $count links.
files-links = 複数のファイルへのリンク: { $count }
files-shared = 共有中
