### What an address shows that leads nowhere.

missing-heading = このページは存在しません
missing-sub = アドレスを確かめるか、ホームからやり直してください。実行中のアップロードに影響はありません。
missing-home = ホームへ移動
