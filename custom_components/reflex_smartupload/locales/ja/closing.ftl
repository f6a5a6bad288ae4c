### The panel that says what happens on each way of closing. What happens stands beside each of them.

closing-heading = 閉じるとどうなりますか？
closing-page = このページ
closing-tab = このタブ（ほかのタブは開いたまま）
closing-tabs = すべてのタブ
closing-browser = ブラウザ
closing-computer = コンピューター
