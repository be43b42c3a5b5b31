"""Index vectors with FAISS: compared one by one while they are few, in lists when they are many."""

from docproc.stages.index.faiss.index import FaissIndex, FaissIndexer, make

__all__ = ["FaissIndex", "FaissIndexer", "make"]
