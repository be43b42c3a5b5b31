"""What a catalog answers, part by part: documents, passages, words, scopes, columns."""
