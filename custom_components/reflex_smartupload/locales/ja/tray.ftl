# The tray at the edge of every page, which lists what is on its way.

tray-label = アップロード中のファイル
tray-more = ほか{ $count }件
