"""The parser of PDF (ISO 32000), with pdfium: lines and where they stand, in reading order."""
