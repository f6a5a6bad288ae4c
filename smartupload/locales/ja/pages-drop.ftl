### The page of a drop link, for whoever sends files without an account.

drop-loading = お待ちください…
drop-missing = このリンクは存在しません
drop-closed = このリンクは受付を終了しました
drop-asked-by = { $asker } からファイルの送付を依頼されています。アカウントは不要です。送ったファイルを見られるのは、依頼した人だけです。
drop-asked = ファイルの送付を依頼されています。アカウントは不要です。送ったファイルを見られるのは、依頼した人だけです。
drop-until = { $until }まで
drop-name = お名前（任意）
drop-in-the-name-of = { $name } の名前で送信します
drop-no-cookies = このブラウザは Cookie を保存しないため、ここからは何も送れません。
drop-on-their-way = アップロード中
drop-sent = 送信済み
