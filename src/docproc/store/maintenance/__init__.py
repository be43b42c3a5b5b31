"""What is damaged, and what no generation needs any more."""
