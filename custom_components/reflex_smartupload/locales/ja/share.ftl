### The page behind a share link: the file, whether it is there yet, and its owner's panel.

share-title = あなたへのファイル
share-description = このページがそのままファイルになります。
share-loading = お待ちください…
share-missing = ここにファイルはありません
share-closed = このリンクは現在利用できません
share-upload-something = 自分もアップロードする
share-with-you = あなたと共有
share-yours = あなたのファイル
share-download = ダウンロード

## On its way

share-uploading = { $percent }%
share-paused = { $percent }%で一時停止中
share-checked = 確認中
share-still = { $since }から何も届いていません
share-bar = アップロード

## Preview

share-no-preview = このブラウザでは表示できません。ダウンロードしてください。
share-no-pdf = このブラウザは、ページ内での PDF 表示に対応していません。{ $link }
share-open = ファイルを開く
share-text-cut = 先頭の部分だけを表示しています。続きはダウンロードしてご覧ください。

## The owner's panel

share-link = リンク
share-only-you = あなただけに表示されています
share-address = このファイルへのリンク
share-copy = リンクをコピー
share-stop = 共有を停止
share-stop-question = 共有を停止しますか？もう一度共有するまで、リンクを開いた人には停止中と表示されます。
share-stop-yes = 共有を停止する
share-again = もう一度共有
share-renew = 新しいリンクを作成
share-renew-question = 新しいリンクを作成しますか？古いリンクは、持っている人すべてに対して完全に使えなくなります。
share-renew-yes = 新しいリンクを作成する
share-keep = そのまま
share-limits = リンクの制限
share-last-day = 最終日
share-downloads-left = 残りのダウンロード回数
share-any-number = 無制限
share-save-limits = 制限を保存
share-limited = ダウンロード回数を制限している間、リンクを開いた人にプレビューは表示されません。表示したものは保存もできるためです。

share-share = 共有…
share-preset-days =
    { $count ->
       *[other] { $count } 日
    }
share-preset-downloads =
    { $count ->
       *[other] { $count } 回
    }
share-preset-none = 制限なし
share-presets = よく使う制限
share-sum-free = リンクを知っている人は、制限なく開けます。
share-sum-until = リンクを知っている人は、{ $until } まで開けます。
share-sum-downloads =
    { $count ->
       *[other] リンクを知っている人は開くことができ、あと { $count } 人がダウンロードできます。
    }
share-sum-both =
    { $count ->
       *[other] リンクを知っている人は { $until } まで開くことができ、あと { $count } 人がダウンロードできます。
    }
share-qr = QR コード
share-qr-hide = QR コードを隠す
share-qr-name = リンクの QR コード

## The page of files that were given together

share-group-title = あなたへのファイル
share-group-yours = あなたのファイル
share-group-download = すべてダウンロード
share-group-coming =
    { $count ->
       *[other] { $count } 個のファイルがまだ届いていません。届くと自動的にここに表示されます。
    }
share-group-left-out =
    { $count ->
       *[other] { $count } 個のファイルは含まれていません。届かなかったか、ブロックされました。
    }
share-group-files = ファイル
share-group-more = さらに表示
