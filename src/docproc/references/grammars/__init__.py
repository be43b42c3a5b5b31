"""The grammars of archival references, country by country, and what they share."""
