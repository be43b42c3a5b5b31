"""One source file to documents and passages, in this process or in one of its own."""
