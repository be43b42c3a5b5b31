"""``correspDesc``: who sent what to whom, when, from where, in every form that editions give it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docproc.formats.described import mention
from docproc.formats.xml import Element, local
from docproc.letters.vocabulary.roles import is_recipient, is_sender
from docproc.records import Mention, Metadata, StatedDate
from docproc.stages.parse.xml.tei.dates import read_date
from docproc.stages.parse.xml.tei.names import NAMES, Keys, join_mentions, read_mention
from docproc.stages.parse.xml.tei.shown import shown_words
from docproc.text.patterns import compile_on_use

PLACES = ("placeName", "settlement", "district", "region", "country")
_LATER = compile_on_use(r"post|stamp|recei|arriv|deliver|eingang|получ")
"""The dates of an action that are not those of writing: a postmark's, an arrival's."""
_APART = ("note", "correspContext")
_PLACED = (*PLACES, "address")
_TO = compile_on_use(r"(?<!\w)(?:to|an|à|au|a|al|till?|aan|к|für|for)[\s\W]*\Z", re.IGNORECASE)
"""What stands before a name in a sentence, which says that it is the recipient's."""
_OLD_ROLES = ("{*}sender", "{*}addressee")
"""Elements of descriptions from before TEI had actions."""
_NAMED = tuple(f"{{*}}{name}" for name in NAMES)
_NOT_NAMED = ("place", "date", "work", "bibl", "event")
"""Types of ``rs`` that are no persons and no bodies."""


def read_correspondence(description: Element, keys: Keys) -> Metadata:
    """Sender, recipient, place and dates of a ``correspDesc``.

    The roles are those of the actions, or of the names in them where they have their own.
    """
    senders: list[Mention] = []
    recipients: list[Mention] = []
    place = None
    dates: list[StatedDate] = []
    told = [] if _has_actions(description) else _within(description, ("p", "ab"))
    for action in (*description.iter("{*}correspAction"), *told):
        kind = action.get("type") or "sent"
        named = list(_within(action, NAMES)) or list(action.iterchildren("{*}ref"))
        named = named or list(action.iterfind("{*}address//{*}persName"))
        if not named and (name := _own_words(action)):
            (recipients if is_recipient(kind) else senders if is_sender(kind) else []).append(name)
        for element in named:
            role = element.get("type") or element.get("role") or ""
            name = read_mention(element, keys)
            if name is None or _nested(element, action):
                continue
            if is_recipient(role) or (
                not is_sender(role) and (is_recipient(kind) or _is_told_to(element))
            ):
                recipients.append(name)
            elif is_sender(role) or is_sender(kind):
                senders.append(name)
        if is_sender(kind):
            place = place or _place(action)
            dates += _dates(action)
    for each in description.iterchildren(*_OLD_ROLES) if not (senders or recipients) else ():
        name = read_mention(next(each.iter(*_NAMED), each), keys)
        (recipients if local(each) == "addressee" else senders).extend(filter(None, [name]))
        place, dates = place or _place(description), dates or _dates(description)
    return Metadata(
        sender=join_mentions(dict.fromkeys(senders)),
        recipient=join_mentions(dict.fromkeys(recipients)),
        place=place,
        dates=tuple(dates),
    )


def roles_in(element: Element, keys: Keys) -> Metadata:
    """Sender and recipient by the roles of the names in *element*, which is no ``correspDesc``."""
    names = [each for each in _within(element, NAMES) if not _nested(each, element)]
    said = [
        (each.get("type") or each.get("role") or "", read_mention(each, keys)) for each in names
    ]
    return Metadata(
        sender=join_mentions(
            dict.fromkeys(name for role, name in said if name and is_sender(role))
        ),
        recipient=join_mentions(
            dict.fromkeys(name for role, name in said if name and is_recipient(role))
        ),
    )


def _own_words(action: Element) -> Mention | None:
    """The words of *action* itself, which are a name where no element in it is one."""
    pieces = (
        [action.text, *(each.tail for each in action)] if local(action) == "correspAction" else []
    )
    words = " ".join("".join(filter(None, pieces)).split()).strip(" ,;:.")
    return mention(words) if any(map(str.isupper, words)) else None


def _has_actions(description: Element) -> bool:
    return next(description.iter("{*}correspAction"), None) is not None


def _is_told_to(name: Element) -> bool:
    """Whether the words before *name*, in a paragraph, say that it was written to."""
    if local(name.getparent()) not in ("p", "ab"):
        return False
    before = name.getprevious()
    words = name.getparent().text if before is None else before.tail
    return _TO.search(words or "") is not None


def _dates(action: Element) -> list[StatedDate]:
    """The dates of *action*: those of writing, or of a postmark where that is all there is."""
    said = list(_within(action, ("date",)))
    written = [each for each in said if not _LATER.match((each.get("type") or "").casefold())]
    found = [date for each in written or said if (date := read_date(each))]
    both = {date.edtf for date in found if date.julian}  # a day may stand there in both calendars
    return [date for date in found if date.julian or date.edtf not in both]


def _within(action: Element, names: tuple[str, ...]) -> Iterator[Element]:
    """The elements called one of *names* that stand in *action*, in paragraphs or not.

    Names of persons stand in no place and no address; a place may be called by a name as well.
    """
    for each in action:
        name = local(each)
        if name in names and not (name == "rs" and each.get("type") in _NOT_NAMED):
            yield each
        elif name and name not in _APART and not (names is NAMES and name in _PLACED):
            yield from _within(each, names)


def _nested(element: Element, action: Element) -> bool:
    """Whether *element* is part of another name."""
    above = element.getparent()
    while above is not None and above is not action:
        if local(above) in NAMES:
            return True
        above = above.getparent()
    return False


def _place(action: Element) -> Mention | None:
    for name in PLACES:
        for each in _within(action, (name,)):
            town = next(each.iter("{*}settlement"), None)
            addressed = next(each.iter("{*}address"), None) is not None
            said = town if addressed and town is not None else each
            if found := mention(shown_words(said)):
                return found
    return None
