### An example of an ordinary page, with a list of work of a translation company.

projects-heading = プロジェクト
projects-sub = チームが現在翻訳しているもの。
projects-search = プロジェクトを検索
projects-none = 該当するプロジェクトはありません。文字数を減らすか、別の段階を選んでください。

## Columns

projects-project = プロジェクト
projects-languages = 言語
projects-words = 単語数
projects-due = 期限
projects-stage = 段階

## Stages of the work

projects-stage-all = すべて
projects-stage-new = 新規
projects-stage-translation = 翻訳
projects-stage-recording = 収録
projects-stage-review = レビュー
projects-stage-delivered = 納品済み
