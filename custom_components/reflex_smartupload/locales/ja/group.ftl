### The card of files that were given together, and the list of them.

group-sign-in = ログイン
group-resume = すべて再開
group-retry = すべて再試行
group-send-now = すべて今すぐ送信
group-pause = すべて一時停止
group-copy-link = リンクをコピー
group-cancel = すべてキャンセル
group-undo = 元に戻す
group-show-problems = 表示
group-show-all = すべて表示
group-show-files = ファイルを表示
group-hide-files = ファイルを隠す
