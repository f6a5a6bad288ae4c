"""What became of each scenario, for people and for programs."""
