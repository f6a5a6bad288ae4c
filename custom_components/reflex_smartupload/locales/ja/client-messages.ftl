message-undo = 元に戻す
message-open = 開く
message-copy = リンクをコピー
message-close = メッセージを閉じる

message-off-list-one = 「{ $name }」を一覧から外しました。
message-off-list-many = { $count }件のファイルを一覧から外しました。
message-not-found-again = ファイルが見つからないか、読み取りが許可されませんでした。「ファイルを選択」から選んでください。
message-deleted = 「{ $name }」を削除しました。
message-not-deleted = 「{ $name }」を削除できませんでした。もう一度お試しください。
message-deleted-many = { $count }件のファイルを削除しました。
message-not-deleted-many = { $count }件のファイルを削除できませんでした。もう一度お試しください。
message-wiping = ここに保存されている内容を消去しています…
message-signing-out = ログアウトしています…
message-no-answer = サーバーが応答しませんでした。もう一度お試しください。
message-link-copied = リンクをコピーしました。
message-links-copied = { $count }件のリンクをコピーしました。
message-not-copied = ブラウザがこのページのコピーを許可していません。許可してから、もう一度お試しください。
message-copy-this = このリンクをコピーしてください：{ $link }
message-no-group-link = これらのファイルのリンクはまだありません。少し待ってからもう一度お試しください。

ended-ready = 「{ $name }」の準備ができました。
ended-blocked = 「{ $name }」はブロックされました。
ended-failed = 「{ $name }」は失敗しました。
ended-blocked-why = 「{ $name }」はブロックされました。{ $why }
ended-failed-why = 「{ $name }」は失敗しました。{ $why }
ended-all = { $what }。
ended-first-ready = { $count }件のファイルが準備完了
ended-first-blocked = { $count }件のファイルがブロック済み
ended-first-failed = { $count }件のファイルが失敗
ended-next-ready = { $count }件が準備完了
ended-next-blocked = { $count }件がブロック済み
ended-next-failed = { $count }件が失敗

spoken-one = { $name }：{ $what }
spoken-two = { $first }。{ $second }
spoken-ready = 準備完了
spoken-uploading = アップロード中
spoken-blocked = ブロック済み
spoken-failed = 失敗
spoken-withdrawn = キャンセルしました。10秒間は元に戻せます。その後、削除されます

group-files-label = 「{ $name }」のファイル
group-files-label-only = 「{ $name }」のうち対応が必要なファイル

language-label = 言語
language-away = この言語の表示を読み込めませんでした。もう一度お試しください。

# Files that another app has shared with this one.
message-shared-lost = 共有されたものをこのブラウザーに保存できませんでした。代わりにここで選択してください。
message-shared-foreign = 何も受け取っていません。このアプリにファイルを共有できるのは、インストール後の、この端末のアプリだけです。代わりにここでファイルを選択してください。
