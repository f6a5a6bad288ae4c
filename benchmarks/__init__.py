"""Figures of throughput and memory, with the limits they have to keep."""
