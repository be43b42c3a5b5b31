"""From the catalog of a draft to the current generation."""
