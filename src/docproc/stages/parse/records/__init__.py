"""Records, a document each: rows of tables and JSON, calendars, address cards."""
