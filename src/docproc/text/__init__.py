"""What is known of plain text as such: encodings, lines, sentences, languages.

Depends on nothing but ``records`` and ``errors``, so that any stage, and the reading half,
may lean on it.
"""
