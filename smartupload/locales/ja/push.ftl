push-ready-title = 「{ $name }」の準備ができました
push-ready = { $size }。ファイルを開くか、リンクを送ってください。
push-blocked-title = 「{ $name }」はブロックされました
push-blocked = 確認で問題が見つかったため、誰も開けません。
push-expired-title = 「{ $name }」は期限内に届きませんでした
push-expired = アップロードが長い間止まっていたため、届いていた分は削除されました。ファイルをもう一度ドロップして、最初から始めてください。
push-waits-title = 「{ $name }」は{ NUMBER($percent, useGrouping: 0) }%届いています
push-waits-title-none = 「{ $name }」はまだ届いていません
push-waits = 開くと続きます。
push-waits-paused = 手動で一時停止中です。開いて「再開」を押してください。
push-failed-title = 「{ $name }」は届きませんでした
push-failed = ファイルをもう一度ドロップして、最初から始めてください。

push-awaited-ready-title = 「{ $name }」が届きました
push-awaited-ready = { $size }。ご希望によりお知らせします。今すぐ開けます。
push-awaited-blocked = 確認で問題が見つかったため、誰も開けません。送信者に別のファイルを頼んでください。
push-awaited-failed = もう一度送るよう、送信者に頼んでください。
