"""What goes on by itself, whatever happens to the process: finishing as durable workflows."""
