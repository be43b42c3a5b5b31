"""The parser of TEI P5: editions of letters and documents, one or many in a file."""
