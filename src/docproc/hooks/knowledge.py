"""The contract of knowledge: the words of a language, and the archives of a country.

What is said here is read in documents and understood in questions, beside what docproc knows
already.  A phrase is plain text, compared without regard to case; ``*`` at the end of a word stands
for any ending (``"geachte*"``).
"""

from __future__ import annotations

from docproc.dataclass_on_use import dataclass
from docproc.records import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What is to be known of one language, or of a country's archives; nothing need be said.

    ``language`` is its ISO 639-1 code.  ``months`` are twelve texts, each the forms of one
    month's name with spaces between; ``seasons`` four, from spring on.  ``kinds`` are words for
    documents, each with docproc's own (``("brief", "letter")``).  ``greetings`` and ``closings``
    are how a letter begins and ends, ``signed`` what stands before a signature, ``offices`` the
    nouns by which an office is known and ``before_offices`` what may stand before them
    (``"plaatsvervangend"``), ``markings`` marks of secrecy and the like, ``dateline`` small words
    beside a date and a place, ``year`` what may stand behind a year (``"r."``).
    ``notes`` and ``enclosures`` are headings that announce them.  ``fields`` are keys of front
    matter and of tables, each with docproc's own (``("afzender", "sender")``).

    Of headings and questions: ``sender`` and ``recipient`` are the words before either
    (``"van"``, ``"aan"``), ``writes`` verbs of writing and sending (``"schreef"``); ``before``,
    ``until``, ``since``, ``after``, ``within`` and ``between`` the words before a time, and
    ``to`` what joins the two ends of one (``"en"``).

    ``archives`` are added to the authority of archives, with their names and successors.
    """

    language: str
    months: tuple[str, ...] = ()
    seasons: tuple[str, ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()
    greetings: tuple[str, ...] = ()
    closings: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    before_offices: tuple[str, ...] = ()
    markings: tuple[str, ...] = ()
    dateline: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    sender: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    archives: tuple[Archive, ...] = ()
