### By which ways somebody is told when a file is there.

notifications-heading = 通知
notifications-sub = 待つ必要はありません。ファイルの準備ができたときや、何かの理由で止まったときにお知らせします。
notifications-is-confirmed = { $email } を確認しました。まだお知らせしていない内容をまもなく送ります。

## By mail

notifications-mail = メール
notifications-confirmed = 確認済み
notifications-not-confirmed = 未確認
notifications-your-address = メールアドレス
notifications-other-address = 別のアドレス
notifications-address-example = hanako@example.org
notifications-save = 保存
notifications-change = 変更
notifications-remove = 削除
notifications-mails = ファイルの準備ができたとき、または対応が必要なときのメール
notifications-stop-mails = メールを停止
notifications-no-more-mails = 今後、メールは届きません。
notifications-mails-again = メールを再開
notifications-mail-as-file = このサイトにはまだメールサーバーがないため、確認メールはデータフォルダにファイルとして保存されています。その中のリンクを開いてください。
notifications-mail-sent = このアドレスにメールを送りました。3日以内にメールのリンクをクリックしてください。それまで、ほかのメールは送りません。
notifications-send-again = もう一度送る

## By push

notifications-push = プッシュ通知
notifications-all-browsers = すべてのブラウザにメッセージを送る
notifications-by-link = メールのリンクから開いています。ここでの変更は、そのアドレスへのメールにのみ適用されます。
