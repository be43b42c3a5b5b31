"""The writing half: source files in, a published generation out."""

from docproc.pipeline.run import Indexer, RunReport

__all__ = ["Indexer", "RunReport"]
