"""The parsers of what recognition leaves: ALTO, PAGE XML and hOCR, pages of lines."""
