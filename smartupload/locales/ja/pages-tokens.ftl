### The tokens of a person's programs, on the page of the account.

tokens-heading = プログラム用のトークン
tokens-copy-now = 今すぐコピーしてください。表示されるのは今回だけです。
tokens-new = 新しいトークン
tokens-copy = コピー
tokens-done = 完了
tokens-expired = 期限切れ
tokens-used-ends = 最終使用：{ $used }、期限：{ $ends }
tokens-used-ended = 最終使用：{ $used }、期限切れ：{ $ends }
tokens-never-used-ends = 未使用、期限：{ $ends }
tokens-never-used-ended = 未使用、期限切れ：{ $ends }
tokens-revoke = 取り消す
tokens-revoke-name = { $name } を取り消す
tokens-revoke-question = 取り消しますか？使用中のプログラムはすぐに止まります。
tokens-revoke-yes = 取り消す

## The form for a new one

tokens-form = 新しいトークン
tokens-name = 新しいトークンの名前
tokens-name-example = 夜間バックアップ
tokens-good-for = できること
tokens-upload = ファイルのアップロード
tokens-read = ファイルの閲覧とダウンロード
tokens-ends-after = 有効期間
tokens-week = 1週間
tokens-days-30 = 30日
tokens-days-90 = 90日
tokens-year = 1年
tokens-make = トークンを作成
