### The card of one file: its buttons, and its state in a word. `group` and `tray` have the rest.

## The state, in one or two words on a coloured ground

card-waiting = 待機中
card-being-checked = 確認中
card-blocked = ブロック済み
card-failed = 失敗
card-expired = 期限切れ
card-cancelled = キャンセル済み
card-file-needed = ファイルが必要

## Buttons

card-sign-in = ログイン
card-show-again = もう一度探す
card-show-name-again = 「{ $name }」をもう一度探す
card-choose-file = ファイルを選択
card-resume = 再開
card-retry = 再試行
card-try-again = もう一度試す
card-send-now = 今すぐ送信
card-pause = 一時停止
card-download = ダウンロード
card-copy-link = リンクをコピー
card-cancel = キャンセル
card-undo = 元に戻す
card-remove = この一覧から外す

## The bar, as screen readers say it

card-upload-of = 「{ $name }」のアップロード
card-progress = { $percent }%アップロード済み、{ $safe }%保護済み
