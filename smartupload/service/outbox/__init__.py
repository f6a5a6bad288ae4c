"""What becomes of a delivery: sent in order, tried again, put aside, sent anew by an operator, forgotten."""
