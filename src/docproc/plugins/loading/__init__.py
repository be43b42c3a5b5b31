"""What is on offer: found, trusted, and imported when it is asked for."""
