"""The vector cache, and how its vectors are packed and found."""
