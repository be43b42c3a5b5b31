"""LaTeX as it is printed."""
