"""What an archivist knows: references, archives and their renamings, dates, witnesses."""

from docproc.records import Archive as Archive
from docproc.references.archives import (
    all_names,
    archives,
    find_archive,
    predecessors,
    present_name,
    successors,
)
from docproc.references.dates.dates import find_dates, parse_date
from docproc.references.dates.edtf import date_bounds, is_edtf
from docproc.references.dates.found_date import FoundDate, if_julian
from docproc.references.find import GRAMMARS, find_references, parse_reference
from docproc.references.grammars.grammar import FindsReferences, Grammar, reference
from docproc.references.printed_form import (
    UNPARSED,
    PrintedForms,
    as_printed,
    match_printed,
    prints,
)
from docproc.references.witness import find_witness

__all__ = [
    "GRAMMARS", "UNPARSED", "Archive", "FindsReferences", "FoundDate", "Grammar", "PrintedForms",
    "all_names", "archives", "as_printed", "date_bounds", "find_archive", "find_dates",
    "find_references", "find_witness", "if_julian", "is_edtf", "match_printed", "parse_date",
    "parse_reference", "predecessors", "present_name", "prints", "reference", "successors",
]  # fmt: skip
