"""The browser of a test, and what somebody does with it: nothing here knows which server the pages come from."""
