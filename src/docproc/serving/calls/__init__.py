"""What programs may ask, and the shapes of what they get."""
