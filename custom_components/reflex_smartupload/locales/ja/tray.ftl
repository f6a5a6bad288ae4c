### The tray: what is on its way, small, on every page.

tray-label = アップロード中のファイル
tray-percent = { $percent }%
tray-pause = 一時停止
tray-resume = 再開
tray-send-now = 今すぐ送信
tray-cancel = キャンセル
tray-undo = 元に戻す
tray-more = ほか{ NUMBER($count, useGrouping: 0) }件
