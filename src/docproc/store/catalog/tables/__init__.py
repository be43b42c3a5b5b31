"""The tables of a catalog, and how a record is laid into them and taken out."""
