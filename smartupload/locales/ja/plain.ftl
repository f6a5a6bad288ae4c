plain-download = ダウンロード
plain-unscanned = ウイルススキャンは行われていません。送信者を信頼できる場合にのみ開いてください。
plain-not-signed-in = ログインしていません
plain-sign-in = ログイン
plain-file-not-found = ファイルが見つかりません
plain-link-closed = このリンクは現在利用できません
plain-confirm-title = このアドレスを確認
plain-confirm = ファイルの準備ができたとき、または対応が必要なときに、{ $site } から { $address } にメールを送ります。
plain-confirm-button = 確認
plain-stopped = 今後、ここからのメールは届きません。
plain-drop = ファイルを送れます。アカウントは不要です。

plain-file-uploading = { $size }、アップロード中（{ $percent }%到着）
plain-file-checked = { $size }、到着、確認中
plain-file-ready = { $size }、ダウンロードできます
plain-file-blocked = { $size }、確認で問題が見つかりました
plain-file-failed = { $size }、届きませんでした
plain-file-expired = { $size }、期限内に届きませんでした
