"""How plain text is set: lines, paragraphs, labels, running heads, drop capitals."""
