### Signing in and out, the account, and the tokens of programs.

account-sign-in = ログイン
account-sign-out = ログアウト

## The question before a sign-out

account-sign-out-question = アップロード中のファイルがあります。ログアウトしますか？
account-sign-out-means = ほかの人の目に触れないよう、このブラウザに保存されているファイルの情報を消去します。アップロードが終わっていないファイルは止まります。再びログインしてファイルを選び直すと、続きから再開します。届いた分を送り直すことはありません。
account-stay = ログアウトしない

## The question after a sign-in

account-take-over =
    { $files ->
       *[other] ログインする前に、このブラウザで{ $files }件のファイルのアップロードが行われたか、開始されています。ご自身によるものですか？
    }
account-take-along = 引き継ぐ
account-leave = 引き継がない

## The page

account-heading = アカウント
account-sub = ここでの名前、ファイルを送れる人、代わりに動作するプログラムを管理します。
account-you = ユーザー
account-signed-in-as = { $name } としてログインしています。
account-nobody = ファイルはこのブラウザにひも付いています。「この端末の記録を消去」ではトークンは消えません。先に取り消してください。消去した後は、有効期限が来るまで止められません。
