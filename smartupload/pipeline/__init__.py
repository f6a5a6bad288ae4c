"""What goes on behind the requests: durable, and on its own."""
