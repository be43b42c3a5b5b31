"""Browsing: what there is, when it was written, who wrote to whom; people look before they read."""
