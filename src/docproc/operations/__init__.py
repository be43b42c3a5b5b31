"""The composition root, and what a workspace can do: read, write, report how it stands."""
