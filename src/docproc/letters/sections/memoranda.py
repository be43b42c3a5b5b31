"""The head of a memorandum: lines that say TO, FROM, DATE and SUBJECT."""

from __future__ import annotations

import re

from docproc.dataclass_on_use import dataclass
from docproc.letters.vocabulary.words import kind_of
from docproc.records import Mention, Span, StatedDate, strip_span
from docproc.references import find_dates
from docproc.text.patterns import compile_on_use

_NAMES = {
    "to": "to|an|à|a|кому|al",
    "from": "from|von|de|da|от|от кого",
    "date": "date|dated|datum|data|дата",
    "subject": "subject|subj|re|betreff|betrifft|betr|objet|oggetto|asunto|тема",
}
_FIELD = compile_on_use(
    r"(?:^[^\w\n]{0,6}|(?<=[ \t]{2}))(?:"
    + "|".join(rf"(?P<{name}_>{words})" for name, words in _NAMES.items())
    + r")[ \t*_.]*:[ \t*_]*(?P<value>[^\s:][^\n]{0,120}?)"
    r"(?=[ \t]{0,40}$|[ \t]{2,40}[^\W\d_]{1,12}[ \t]{0,12}:)",
    re.MULTILINE | re.IGNORECASE,
)
_NAME = compile_on_use(r"[\w\s.,'’()&/-]+")
_SUBJECT = compile_on_use(r"[\w\s.,:'’\"“”„()&/–—%№+-]+")
"""What recognition of pages has read amiss has other signs, and names nobody."""
_KINDS = ("memorandum", "memo", "office memorandum")
_HEAD = 1500
"""Characters in which the head of a memorandum stands."""
_LONGEST = 100
_NEAR = 600
"""Characters between the lines of one head, at most."""


@dataclass(frozen=True, slots=True)
class Memorandum:
    """What the head says: ``sender`` and ``recipient`` always."""

    sender: Mention
    recipient: Mention
    date: StatedDate | None = None
    subject: Mention | None = None
    kind: str | None = None


def read_memorandum(text: str) -> Memorandum | None:
    """The head of the memorandum that *text* opens with; ``None`` where it is none.

    It has a line for whom it is from and one for whom it is to, near each other.
    """
    found: dict[str, Span] = {}
    for line in _FIELD.finditer(text, 0, _HEAD):
        name = next(each for each in _NAMES if line[f"{each}_"])
        value = strip_span(text, *line.span("value"))
        if len(value) <= _LONGEST:
            found.setdefault(name, value)
    sender, recipient = found.get("from"), found.get("to")
    if sender is None or recipient is None or abs(sender.start - recipient.start) > _NEAR:
        return None
    for words in (sender.of(text), recipient.of(text)):
        if not words[0].isupper() or len(words.split()) > 12 or not _NAME.fullmatch(words):
            return None
    day = found.get("date")
    dates = [
        StatedDate(date.printed, date.edtf, "heading", date.span, date.julian)
        for date in (find_dates(text, day.start, day.end) if day else ())
    ]
    subject = found.get("subject")
    if subject and not _SUBJECT.fullmatch(subject.of(text)):
        subject = None
    return Memorandum(
        Mention(sender.of(text), sender),
        Mention(recipient.of(text), recipient),
        dates[0] if dates else None,
        Mention(subject.of(text), subject) if subject else None,
        "memorandum" if subject or kind_of(text[: sender.start]) == "memorandum" else None,
    )


def is_memorandum_field(words: str) -> bool:
    """Whether *words* are a line of such a head, or name a memorandum and say no more."""
    return _FIELD.match(words) is not None or words.strip(" .:").casefold() in _KINDS
