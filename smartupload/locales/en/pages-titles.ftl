### Titles and descriptions of the pages, as the browser's tab and search engines show them.

titles-home = smartupload
titles-home-about = Drop a file of any size and move on. It goes on by itself, and its link works from the first second.
titles-projects = Projects – smartupload
titles-projects-about = What is being worked on.
titles-files = Files – smartupload
titles-files-about = Everything you have uploaded.
titles-notifications = Notifications – smartupload
titles-notifications-about = How you are told when a file is there.
titles-account = Account – smartupload
titles-account-about = Who you are here, and which programs act for you.
titles-drop = Send files – smartupload
titles-drop-about = Send files. No account is needed.
titles-missing = Not found – smartupload
titles-missing-about = There is no such page.
# The page behind a share link.
titles-shared = A file for you – smartupload
