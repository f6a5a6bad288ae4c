### What every page has around its content.

layout-brand = smartupload
layout-skip = 本文へ移動
layout-pages = ページ
layout-home = ホーム
layout-files = ファイル
layout-notifications = 通知
layout-projects = プロジェクト
layout-theme = ライトとダークを切り替え
layout-away = 現在、サーバーからの情報を受信できません。サーバーが応答していないか、途中で WebSocket が遮断されています。アップロードは可能なところまで続きます。表示の更新とこのページでの変更は、サーバーにつながり次第、自動で続きます。
layout-keep = そのまま
