state-no_server = このページのサーバーはまだアップロードを受け付けていません。受け付け次第続きます
state-starting = 準備中
state-withdrawn = 10秒間は元に戻せます。その後、削除されます
leaving-moment = このタブを少しの間開いておいてください。その後は閉じてもかまいません。
leaving-moment-size = このタブを少しの間開いておいてください。まだ保護されていない分: { $size }。
leaving-read = このタブを開いておいてください。ほかのファイルを読み込んでいます。
