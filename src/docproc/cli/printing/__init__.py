"""What several commands print: tables, citations, progress, units for a scheduler."""
