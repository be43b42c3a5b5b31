"""How well the words of a question and of a text match."""
