### The first page, where files are dropped.

home-heading = アップロード
home-sub = ファイルをドロップしたら、あとは待つ必要はありません。アップロードは続き、リンクは最初の1秒から使えます。
home-on-their-way = アップロード中
home-today = 今日
home-camera = 写真を撮る
home-gallery = 写真と動画
home-keep-working = 作業を続ける

## Three steps, each with a sentence, while there are no files

home-drop = ドロップする
home-drop-means = サイズは問いません。すぐにカードが表示され、送れるリンクもすぐに使えます。
home-move-on = ほかのことをする
home-move-on-means = 別のページを開いても、別の作業をしてもかまいません。ウィンドウを閉じてよくなると、カードに表示されます。
home-come-back = いつでも戻る
home-come-back-means = 続きから再開します。すべて届くと、リンクがそのままファイルになります。
