"""What is found without a score: by name, by reference, by date, word for word."""
