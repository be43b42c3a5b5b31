"""The reading half: a published generation in, exact passages with their references out."""

from docproc.retrieval.answers.reading_room import ReadingRoom

__all__ = ["ReadingRoom"]
