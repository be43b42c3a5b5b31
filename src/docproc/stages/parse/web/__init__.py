"""The web: HTML, and web archives."""
