"""Notes: which paragraphs are notes, whose they are, and the marks that they belong to."""
