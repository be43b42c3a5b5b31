"""The plugins of a workspace: found, trusted, selected, checked and explained."""
