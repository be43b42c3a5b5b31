"""Head, body and tail of a document, and what stands amid them that is no part of its form."""
