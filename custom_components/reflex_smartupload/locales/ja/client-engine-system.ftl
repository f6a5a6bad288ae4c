push-unreadable-title = ファイルについてのお知らせがあります
push-unreadable-body = 一覧を開いて確認してください。
handed-arrived = すべて届きました。
