"""What language a text is in, and what is known of six: sentences, terms, forms of words."""
