"""What an owner does with an upload: begin, adopt, pause, go on, cancel, list, look, download, follow."""
