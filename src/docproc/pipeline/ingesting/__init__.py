"""From what has changed in the sources to the catalog of a draft."""
