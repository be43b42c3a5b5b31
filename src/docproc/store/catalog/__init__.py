"""The catalog: what a generation knows, in one SQLite file, the truth of the generation."""

from docproc.store.catalog.reader import Catalog, each_document
from docproc.store.catalog.rows import IN_PART, Failure, PassageView, SourceState, not_read

__all__ = [
    "IN_PART", "Catalog", "Failure", "PassageView", "SourceState", "each_document", "not_read",
]  # fmt: skip
