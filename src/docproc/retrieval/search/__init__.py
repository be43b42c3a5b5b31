"""From a question to passages with their scores, best first."""
