"""Electronic books: EPUB, FictionBook."""
