"""What `docproc plugins check` runs: products by kind, and how each check went."""
