### Drop links, with which others send files without an account, on the page of the account.

drops-heading = 受け取りリンク
drops-sub = このリンクを知っている人は、アカウントなしでファイルを送れます。あなたのファイルは見られません。
drops-open = 受付中
drops-closed = 受付終了
drops-until = { $ends }まで
drops-delete-question = リンクを削除しますか？届いたファイルは残ります。
drops-delete-yes = 削除する

## Buttons, and the same with the title of the link for screen readers

drops-copy = リンクをコピー
drops-copy-of = リンクをコピー：{ $title }
drops-close = 受付を終了
drops-close-of = 受付を終了：{ $title }
drops-delete = 削除
drops-delete-of = 削除：{ $title }

## The form for a new one

drops-form = 新しい受け取りリンク
drops-title = 依頼するもの
drops-title-example = 確定申告の書類
drops-asker = 依頼者名（表示する場合）
drops-ends-after = 有効期間
drops-day = 1日
drops-week = 1週間
drops-two-weeks = 2週間
drops-days-30 = 30日
drops-days-90 = 90日
drops-limits = 制限
drops-files = ファイル数
drops-size = 1件の上限（MB）
drops-bytes = 合計の上限（MB）
drops-types = ファイルの種類
drops-types-example = image/*, .pdf
drops-make = リンクを作成
