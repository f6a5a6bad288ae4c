### Titles and descriptions of the pages, as the browser's tab and search engines show them.

titles-home = smartupload
titles-home-about = どんなサイズのファイルも、ドロップしたら待つ必要はありません。アップロードは自動で続き、リンクは最初の1秒から使えます。
titles-projects = プロジェクト – smartupload
titles-projects-about = 現在進めている作業です。
titles-files = ファイル – smartupload
titles-files-about = これまでにアップロードしたすべてのファイルです。
titles-notifications = 通知 – smartupload
titles-notifications-about = ファイルが届いたときのお知らせ方法です。
titles-account = アカウント – smartupload
titles-account-about = ここでの名前と、代わりに動作するプログラムです。
titles-drop = ファイルを送る – smartupload
titles-drop-about = ファイルを送れます。アカウントは不要です。
titles-missing = 見つかりません – smartupload
titles-missing-about = このページは存在しません。
titles-shared = あなたへのファイル – smartupload
