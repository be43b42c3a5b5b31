"""What a run tells those who watch it, and when it has to stop."""
