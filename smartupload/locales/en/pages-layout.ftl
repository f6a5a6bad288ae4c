### What every page has around its content.

# The name of the site.
layout-brand = smartupload
# A link that is there for the keyboard alone.
layout-skip = Skip to content
# Name of the menu, for screen readers; its items are below.
layout-pages = Pages
layout-home = Home
layout-files = Files
layout-notifications = Notifications
layout-projects = Projects
# Name of a button with a sun or a moon.
layout-theme = Switch between light and dark
layout-away = This page hears nothing from the server just now: it is away, or something in between lets no websocket through. Uploads go on as far as they get; what the page shows, and what is changed on it, goes on by itself when the server is heard again.
# The answer to a question that changes nothing.
layout-keep = Keep
