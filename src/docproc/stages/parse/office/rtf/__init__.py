"""The parser of RTF 1.9: paragraphs, headings, tables, boxes, notes, any codepage."""
