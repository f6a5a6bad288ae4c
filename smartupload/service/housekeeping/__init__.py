"""What the server does unasked: goes on with silent uploads, gives up old ones, removes what is left of them."""
