"""The parser of ODT (OASIS Open Document 1.3), packed and flat, read straight from its XML."""
