"""The words by which the parts of documents are known, in several languages."""
