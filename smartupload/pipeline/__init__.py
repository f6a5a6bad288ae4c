"""What goes on by itself, whatever happens to the process: finishing and deliveries, each under leases."""
