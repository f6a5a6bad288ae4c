### What is kept of a person: the controls at the end of a page, and the question before all of it is deleted.

yours-account = アカウント
yours-data = あなたのデータ
yours-along = { $link }：このサイトが保存しているあなたの情報と、ファイル（大きなファイルは1日有効なアドレス）を1つのアーカイブにまとめます。
yours-along-link = すべてダウンロード
yours-delete = または、すべてを削除します。すべてのファイルとアップロード、送ったすべてのリンク、メールアドレス、このブラウザに保存された内容が対象です。{ $warning }操作の記録は、名前を除いてしばらく残ります。
yours-warning = 削除したものは、誰にも元に戻せません。
yours-delete-yes = すべてのデータを削除
