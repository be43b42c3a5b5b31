"""The writing half: source files in, a published generation out."""
