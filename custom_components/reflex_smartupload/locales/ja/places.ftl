### Where files are dropped or chosen, and how somebody asks to be told.

places-files-or-folders-anywhere = このページにファイルやフォルダをドロップ
places-files-anywhere = このページにファイルをドロップ
places-files-or-folders-here = ファイルやフォルダをここにドロップ
places-files-here = ファイルをここにドロップ
places-choose-files-or-folder = または { $files } / { $folder }
places-choose-files = または { $files }
places-pick-files = ファイルを選択
places-pick-folder = フォルダを選択
places-most = 1件 { $size } まで
places-notify-me = 通知を受け取る
places-tell-me = 届いたら通知を受け取る
places-messages-here = このブラウザでメッセージを受け取る
