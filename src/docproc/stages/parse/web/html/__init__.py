"""The parser of web pages: the main text apart from navigation, notes tied to their links."""
