leaving-continues = 保護されました。このウィンドウは閉じてもかまいません。アップロードは自動で続きます。
leaving-return = 保護されました。このウィンドウは閉じてもかまいません。戻ったときに続きから再開します。
leaving-paused = 保護されました。このウィンドウは閉じてもかまいません。「再開」を押すまで一時停止のままです。
leaving-waits = 保護されました。このウィンドウは閉じてもかまいません。別の回線につながるか、「今すぐ送信」を押すまで待ちます。
leaving-full = 完了するまで、このサイトのタブを1つ開いておいてください。このブラウザの保存領域がいっぱいです。
leaving-none = 完了するまで、このサイトのタブを1つ開いておいてください。このブラウザには後のためのデータが残りません。
leaving-seconds = このタブをあと{ $count }秒開いておいてください。まだ保護されていない分: { $size }。
leaving-minutes = このタブをあと約{ NUMBER($count, useGrouping: 0) }分開いておいてください。まだ保護されていない分: { $size }。
leaving-all-moment = このタブを少しの間開いておいてください
leaving-all-seconds = あと{ $count }秒ですべて閉じられます
leaving-all-minutes = あと約{ NUMBER($count, useGrouping: 0) }分ですべて閉じられます

wait-itself = ここで待つ必要はありません。残り{ $time }です。
wait-meanwhile = ここで待つ必要はありません。残り{ $time }です。ほかのページやタブで作業している間も続きます。

closing-paused = 一時停止のままです
closing-waits = 待ち続けます
closing-on = 続きます
closing-itself = 自動で続きます
closing-opened = 次に開いたときに続きます
closing-back = 戻ったときに続きます
closing-little = しばらく続き、その後は戻ったときに続きます
closing-minutes = 5分間続き、その後は戻ったときに続きます
closing-minutes-safe = 5分間続きます。保護されるまで開いておいてください
closing-asked = ファイルをもう一度選ぶ必要があります
