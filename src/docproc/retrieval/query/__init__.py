"""What a question asks for: its words, its courtesy, the kind of answer that it wants."""
