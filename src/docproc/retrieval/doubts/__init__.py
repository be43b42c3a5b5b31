"""What a passage does not say of what is asked: what speaks against it."""
