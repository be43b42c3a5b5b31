"""What the configuration chooses of what is on offer, and makes."""
