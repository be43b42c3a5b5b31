"""The sources of what is published: read again, and compared with what was read."""
