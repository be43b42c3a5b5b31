"""From bytes to the characters that were written, and what damages them."""
