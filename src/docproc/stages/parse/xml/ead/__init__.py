"""The parser of finding aids: EAD 2002 and EAD3, a document for each component."""
