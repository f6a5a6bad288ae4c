mail-state-ready = 準備完了
mail-state-blocked = ブロック済み
mail-state-expired = 期限切れ
mail-state-failed = 失敗
mail-state-waits = { NUMBER($percent, useGrouping: 0) }%で待機中
mail-state-waits-paused = { NUMBER($percent, useGrouping: 0) }%で一時停止中

mail-ready-title = 「{ $name }」の準備ができました
mail-ready = すべて届きました。ファイルを開くか、待っている人にリンクを送ってください。
mail-ready-unscanned = すべて届きました。ファイルを開くか、待っている人にリンクを送ってください。ウイルススキャンは行われていません。
mail-blocked-title = 「{ $name }」はブロックされました
mail-blocked = 確認で問題が見つかったため、誰も開けません。
mail-expired-title = 「{ $name }」は期限内に届きませんでした
mail-expired = アップロードが長い間止まっていたため、届いていた分は削除されました。ファイルをもう一度ドロップして、最初から始めてください。
mail-failed-title = 「{ $name }」は届きませんでした
mail-failed = ファイルが届きませんでした。もう一度ドロップしてください。
mail-waits-title = 「{ $name }」は{ NUMBER($percent, useGrouping: 0) }%届いています。開くと続きます
mail-waits-title-none = 「{ $name }」はまだ届いていません。開くと続きます
mail-waits = 送信したブラウザでページを開くと、自動で続きます。
mail-waits-until = 送信したブラウザでページを開くと、自動で続きます。届いた分は{ $day }まで保存されます。
mail-waits-paused = 手動で一時停止中です。送信したブラウザでページを開き、「再開」を押してください。
mail-waits-paused-until = 手動で一時停止中です。送信したブラウザでページを開き、「再開」を押してください。届いた分は{ $day }まで保存されます。

mail-awaited-ready-title = お待ちのファイルが届きました：{ $name }
mail-awaited-ready = ご希望によりお知らせします。ファイルがすべて届きました。
mail-awaited-ready-unscanned = ご希望によりお知らせします。ファイルがすべて届きました。ウイルススキャンは行われていません。
mail-awaited-blocked-title = お待ちのファイルはブロックされました：{ $name }
mail-awaited-blocked = 確認で問題が見つかったため、誰も開けません。送信者に別のファイルを頼んでください。
mail-awaited-expired = 期限内に届きませんでした。もう一度送るよう、送信者に頼んでください。
mail-awaited-failed-title = お待ちのファイルは届きませんでした：{ $name }
mail-awaited-failed = ファイルが届きませんでした。もう一度送るよう、送信者に頼んでください。

mail-open = ファイルを開く
mail-open-files = ファイル一覧を開く
mail-see-file = ファイルのページを見る
mail-see-its = ページを見る
mail-send-again = もう一度送る
mail-continue = 続ける

mail-and = { $said }、{ $next }
mail-several-ready = { NUMBER($count, useGrouping: 0) }件のファイルが準備完了
mail-also-ready = { NUMBER($count, useGrouping: 0) }件が準備完了
mail-several-blocked = { NUMBER($count, useGrouping: 0) }件のファイルがブロック済み
mail-also-blocked = { NUMBER($count, useGrouping: 0) }件がブロック済み
mail-several-failed = { NUMBER($count, useGrouping: 0) }件のファイルが未着
mail-also-failed = { NUMBER($count, useGrouping: 0) }件が未着
mail-several-expired = { NUMBER($count, useGrouping: 0) }件のファイルが期限切れ
mail-also-expired = { NUMBER($count, useGrouping: 0) }件が期限切れ
mail-several-waits = { NUMBER($count, useGrouping: 0) }件のファイルが再開待ち
mail-also-waits = { NUMBER($count, useGrouping: 0) }件が再開待ち

mail-more = ほか{ NUMBER($count, useGrouping: 0) }件。すべて「ファイル」で見られます。

mail-file = { $name }、{ $size }
mail-line = { $name }、{ $size }：{ $state }

mail-foot = { $site } でこのアドレスが登録されたため、このメールをお送りしています。
mail-manage = アドレスを変更、またはメールを停止

mail-confirm-subject = { $site } で使うアドレスの確認
mail-confirm-title = あなたのアドレスですか？
mail-confirm = ファイルの準備ができたときに { $address } に知らせるよう、{ $site } で依頼がありました（おそらくご自身によるものです）。アドレスを確認すると、それ以降のお知らせが届きます。
mail-confirm-button = はい、ここに送ってください
mail-confirm-foot = リンクの有効期間は{ NUMBER($days, useGrouping: 0) }日です。心当たりがない場合は、何もする必要はありません。ほかのメールは届きません。

mail-admin = ブロック：{ $name }
mail-admin-several = ブロック：{ $name } ほか{ NUMBER($count, useGrouping: 0) }件
mail-admin-reason = { $reason }アップロード { $upload }。
mail-admin-foot = { $site } の管理者（ADMIN_EMAILS）として登録されているため、このメールをお送りしています。
