"""Ready-made parts of a page that look right inside any Reflex app; import them from `reflex_smartupload`."""
