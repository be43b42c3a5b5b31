"""Generations: in the making, published, current, and in object storage."""
