"""The reading half: a published generation in, exact passages with their references out."""

from docproc.retrieval.room import ReadingRoom

__all__ = ["ReadingRoom"]
