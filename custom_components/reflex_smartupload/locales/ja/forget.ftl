### What somebody presses before they leave a computer that others use, and the question before it is done.

forget-label = この端末の記録を消去
forget-question = この端末の記録を消去しますか？
forget-question-of = 「{ $label }」を実行しますか？
forget-wiped = ほかの人も使うコンピューターでは、離れる前に消去してください。このブラウザに保存されている、未完了のアップロードのコピーとファイルの一覧が消去されます。
forget-lost = 未完了のアップロードは完全に止まります。このブラウザなしでは、誰も続けられません。準備が完了したファイルは残りますが、開くにはリンクが必要です。{ $warning }
forget-warning = 必要なリンクは先にコピーしてください。
forget-no = そのまま
forget-yes = すべて消去する
