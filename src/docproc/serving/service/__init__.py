"""What the pages share: the library, conversations, and who may enter."""
