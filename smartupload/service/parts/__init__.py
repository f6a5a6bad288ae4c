"""Which parts are still needed, how a browser may send them, and which the store has."""
