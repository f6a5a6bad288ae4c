state-uploading = アップロード中 { NUMBER($percent, useGrouping: 0) }%
state-paused = 一時停止中 { NUMBER($percent, useGrouping: 0) }%
state-verifying = 確認中
state-scanning = 確認中
state-ready = 準備完了
state-blocked = ブロック済み
state-failed = 失敗
state-cancelled = キャンセル済み
state-expired = 期限切れ

state-sent-by-you = あなたが受け取りリンクから送信
state-sent-by = { $name } が「{ $link }」から送信
state-sent-by-somebody = 「{ $link }」から送信（名前なし）
state-sent-by-old = { $name } が、今はない受け取りリンクから送信
state-sent-by-somebody-old = 今はない受け取りリンクから送信（名前なし）

state-type-file = ファイル
state-type-pdf = PDF
state-type-kind = { $kind } ファイル
state-type-picture = 画像
state-type-audio = 音声
state-type-video = 動画
state-type-text = テキスト
state-type-picture-kind = 画像（{ $kind }）
state-type-audio-kind = 音声（{ $kind }）
state-type-video-kind = 動画（{ $kind }）
state-type-text-kind = テキスト（{ $kind }）

state-left = 残り{ $time }

state-page-uploading = このページがそのままファイルになります。閉じても、同じリンクでまた開けます。
state-page-paused = 送信者が一時停止しています。再開されると、このページがファイルになります。
state-page-verifying = すべて届き、確認しています。少しお待ちください。
state-page-scanning = すべて届き、確認しています。少しお待ちください。
state-page-blocked = このファイルは確認で問題が見つかったため、誰も開けません。送信者に別のファイルを頼んでください。
state-page-virus = このファイルからウイルスが見つかったため、誰も開けません。送信者に知らせてください。
state-page-failed = このファイルは届きませんでした。もう一度送るよう、送信者に頼んでください。
state-page-cancelled = 送信者がこのファイルを取り消しました。
state-page-expired = このファイルは期限内に届きませんでした。もう一度送るよう、送信者に頼んでください。
state-scan-clean = ウイルススキャン済み。問題は見つかりませんでした。
state-scan-off = ウイルススキャンは行われていません。
state-scan-off-visitor = ウイルススキャンは行われていません。送信者を信頼できる場合にのみ開いてください。

state-closed-revoked = 共有していません。リンクを開いた人にもそう表示されます。あなたは引き続き開いてダウンロードできます。
state-closed-over = リンクの最終日を過ぎました。もう一度共有するには、後の日を選んでください。
state-closed-used = 許可した回数のダウンロードが行われました。もう一度共有するには、回数を増やしてください。
state-link-stopped = ファイルの共有を停止しました。
state-link-works = リンクが再び使えるようになりました。
state-link-no-day = この日はリンクの最終日にできません。別の日を選ぶか、空欄にしてください。
state-link-no-number = ダウンロードの回数を数字で入力するか、無制限の場合は空欄にしてください。
state-link-renewed = 古いリンクは無効になりました。こちらが新しいリンクです。
state-saved = 保存しました。

state-limit-files = 最大{ NUMBER($count, useGrouping: 0) }件
state-limit-size = 1件 { $size } まで
state-limit-bytes = 合計 { $size } まで
state-limit-types = { $types } のみ

state-arrived = { NUMBER($count, useGrouping: 0) }件、{ $size }
state-arrived-none = まだ何も届いていません

state-token-upload = アップロード
state-token-read = 閲覧
state-token-both = アップロードと閲覧

state-browsers-none = 受け取るブラウザはまだありません。
state-browsers = { NUMBER($count, useGrouping: 0) }個のブラウザで受け取ります。

state-project-today = 今日
state-project-tomorrow = 明日
state-project-languages = { $source } → { $into }
state-project-words = { $count }
state-project-arrived = 届いたばかり
