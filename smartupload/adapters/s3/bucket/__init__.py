"""The bucket itself: whether it is there, which pages may send to it, and what it throws away."""
