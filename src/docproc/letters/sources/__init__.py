"""Where a document is kept, and what it physically is, as its edition says."""
