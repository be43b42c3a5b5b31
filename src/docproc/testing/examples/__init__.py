"""What products are tried with: texts and documents by hypothesis, a tiny embedder."""
