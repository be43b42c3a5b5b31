"""One score a passage: what speaks for it."""
