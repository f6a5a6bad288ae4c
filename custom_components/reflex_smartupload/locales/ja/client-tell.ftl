notify-told = お知らせします
notify-confirm = 届いたメールを開いて、アドレスを確認してください。
notify-mail = メールで通知
notify-example = you@example.org
notify-or-mail = または、メールアドレスを入力してください：
notify-home-screen-mail = この端末では、このサイトをホーム画面に追加するとメッセージが届きます。代わりにメールアドレスを入力することもできます：
notify-blocked-mail = このブラウザでは、このサイトからのメッセージがブロックされています。代わりにメールアドレスを入力してください：
notify-unable-mail = このブラウザは、ページを閉じている間はメッセージを受け取れません。代わりにメールアドレスを入力してください：
notify-home-screen = この端末では、このサイトをホーム画面に追加するとメッセージが届きます。
notify-blocked = このブラウザでは、このサイトからのメッセージがブロックされています。
notify-unable = このブラウザは、ページを閉じている間はメッセージを受け取れません。

notify-dismissed = まだ許可されていません。もう一度押して、「許可」を選んでください。
notify-silent = このブラウザのメッセージサービスが応答していません。オンラインのときにもう一度お試しください。
notify-refused = このブラウザでメッセージを受け取る設定ができませんでした。しばらくしてからもう一度お試しください。
notify-away = 現在、サーバーが応答していません。しばらくしてからもう一度お試しください。

push-unreadable-title = ファイルについてのお知らせがあります
push-unreadable-body = 一覧を開いて確認してください。
handed-arrived = すべて届きました。
