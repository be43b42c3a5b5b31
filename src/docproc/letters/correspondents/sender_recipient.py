"""Who wrote to whom: from the heading, or else from the signature and the salutation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docproc.dataclass_on_use import dataclass
from docproc.letters.correspondents.inflected_titles import is_party, read_inflected_title
from docproc.letters.correspondents.title_outlines import (
    KIN,
    TO,
    cut_date,
    find_conversation,
    find_outlines,
    sureness,
    trim_name,
)
from docproc.letters.paragraphs.forms import NOTE_MARK, is_signature
from docproc.letters.vocabulary.offices import SIGNED, is_office, office_and_name
from docproc.letters.vocabulary.words import CLOSING, GREETING, KINDS, SENT, kind_of
from docproc.records import Block, BlockKind, Mention, Span
from docproc.references import find_dates
from docproc.text.patterns import compile_on_use
from docproc.text.words import word_set

_KIND = "|".join(words for words, _ in KINDS)
_NUMBER = r"(?:(?:No\.?|Nr\.?|№)?\s*(?=[\w./-]*\d)[\w./-]++[:,)]?\s+)?"
"""Looked for its figure first, then taken whole, so that a long one takes time by its length."""
_MADE = (
    r"autograph|holograph|handwritten|hand-written|typed|typewritten|typescript|manuscript|carbon|"
    r"photocopied|printed|unsigned|copy|copie|handschriftliche[rs]?|eigenhändige[rs]?|"
    r"maschinenschriftliche[rs]?|abschrift"
)
"""How a letter was made, which catalogues say first: ``Autograph Letter Signed A to B``."""
_LEAD = compile_on_use(
    rf"""\W*(?:\d{{1,4}}(?:\.\d{{1,4}}){{0,3}}\s+)?
    (?P<kind> (?:(?:{_KIND}|{_MADE}|draft|secret|personal|private|circular|joint|из|the|a)\s+)*
        (?:{_KIND})(?:\s(?:card|signed|initialled))*[,:]?\s+ )?
    {_NUMBER}(?P<from>(?:from|by|of|от|von|de|du|da|di|del|⟦sender⟧)\s+|d['’](?=\w))?""",
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip
_CATALOGUED = compile_on_use(
    r"\W*(?:\d{1,3}\s)?[AT](?:LS|LsS|lsS|Ls|NS?|L|P?CS)(?:\s\([^()\n]{3,20}\))?(?:,?\s(?:by|from)\s|,\s|\s(?=to\s))"
)
"""``3 ALsS``, ``TLS by``: autograph and typed letters and notes, as catalogues call them."""
_DASH = compile_on_use(r"\s+[–—-]{1,2}\s+")
_INITIAL = r"[А-ЯЁA-Z]\.\s?"
_INITIALLED = compile_on_use(r"(?<!\w)[^\W\d_a-zа-яё]\.")
_RUSSIAN = compile_on_use(
    rf"(?:{_INITIAL}){{1,2}}[А-ЯЁ][А-Яа-яё-]+|[А-ЯЁ][а-яё-]+\s(?:{_INITIAL}){{1,2}}(?![А-Яа-яё])"
)
_GREETING_WORDS = compile_on_use(rf"(?:\W*(?:{GREETING})(?!\w))+", re.IGNORECASE)
_MINE = compile_on_use(r"\s(?:mi[oae]|mein[e]?|min[ae]?|мо[йяи])\Z", re.IGNORECASE)
"""What stands behind a name that is greeted: ``Carissimo Alberto mio``."""
_DATIVE = compile_on_use(r"в\s|[А-Яа-яё]+(?:[уюейи]|[ая]м)(?!\w)")
"""How whom a Russian letter is for begins, where that is no name: ``мужу``, ``в управу``."""
_CALLED = compile_on_use(
    rf"\W*(?:(?:{GREETING})(?!\w)\W*)+|\W*(?:your|ihr|votre|ваш)\s(?-i:[^A-ZÀ-ÞА-ЯЁ])+",
    re.IGNORECASE,
)
"""What a closing says before its name: ``Sir``, ``your obedient servant``."""
_BODY = compile_on_use(
    r"(?:the\s)?(?:[A-Z][\w'’.-]+\s){0,2}(?:Ministry|Department|Embassy|Legation|Consulate|Council|"
    r"Committee|Board|Commission|Commissariat|Admiralty|Office|Treasury|Senate|Bureau|Cabinet)(?!\w)"
)
_OFFICE_NOUN = compile_on_use(r"(?:the\s)?[A-Z][a-z]+\s(?:of|in|at|for)\s[A-Z]")
"""``the Governor of Arkhangelsk``"""
_STYLED = compile_on_use(
    r"(?:Sir|Lord|Lady|Mr|Mrs|Miss|Dr|Count|Earl|Baron|Prince|Viscount|General|Colonel|Captain|Admiral)\.?\s[A-Z]"
)
"""A person by title and name, as no work is called on both sides of a "to"."""
_ADDRESSED = compile_on_use(r"\s*(?:To|An|À|К)\s+(?=[^\W\d_a-zа-яё])")
_CAPITALISED = compile_on_use(r"[^\W\d_a-zа-яё]")
_NOT_A_PERSON = compile_on_use(
    r"(?:(?:the|an?)\s+)?(?:introduction|preface|foreword|guide|contribution|approach|answers?|repl(?:y|ies)|how|"
    r"way|road|return|welcome|access|right|appendix|supplement|annex|index|key|what|why|when|"
    r"vol(?:ume|\.)?|part|book|chapter|journeys?|travels?|voyages?|expeditions?|trips?|visits?|tour|"
    r"pilgrimage|tributes?|homage|odes?|hymns?|farewell|"
    r"deeds?|bonds?|receipts?|wills?|(?:sub)?series|box|folder|correspondence|understanding|"
    r"appreciation|support|sympathy|condolences?|congratulations?|thanks|intent|credit|proceedings|"
    r"recommendation|reference|protest|attorney|administration|incorporation|resignation|"
    r"ответ|введение|предисловие|путь|приложение)\b",
    re.IGNORECASE,
)
_ARTICLE = compile_on_use(r"An?\s")
"""``A Journey to the Islands``: nobody signs so, though a letter may go to "A Friend"."""
_SMALL = word_set(
    """
    of the for and in at de la le von van der den du des di da del e et und и по на в г tsar
    die das dem les het il lo gli al
    """
)


_ABOUT = compile_on_use(
    r",?\s(?:to|on|at|in|for|before|regarding|concerning|about|of(?=\s(?:a\s|the\s)?(?:conversation|"
    r"discussion|meeting|talk|interview)))(?!\w)",
    re.IGNORECASE,
)
"""Where the name in ``Speech by X to the Conference`` ends."""

_BEHIND_AUTHOR = compile_on_use(
    r"(?<=\)),?\s(?:for|on|regarding|concerning|of)(?!\w)|,?\sfor\s(?:the\s)?(?:record|files?)(?!\w)"
    r"|,?\s(?:of|regarding|concerning|on)\s(?:an?\s|the\s|his\s|her\s)?(?:\w+\s)?"
    r"(?:conversation|discussion|meeting|talk|interview)(?!\w)",
    re.IGNORECASE,
)
"""Where the name in ``Memorandum by the Consul (Ames) for the Record`` ends."""
_GENITIVE = compile_on_use(r"(?:des|der)\s(?=[^\W\d_a-zа-яё])")
_INVERTED = compile_on_use(r"[^\W\d_a-zа-яё][^\s,]*(?:\s[^\s,]+)?,\s[^\W\d_a-zа-яё][^,]*")
_APPOSITION = compile_on_use(
    r"(?<=[\w.]\s)(?P<last>[^\W\d_a-zа-яё][\w’'-]+),\s(?!(?:with|and|on|in|by|from|for|or|as|to|mit|und|avec|et|con|и|с)\s)"
    r"[^\W\d_A-ZÀ-ÞА-ЯЁ][\w’'-]+(?:\s[^\W\d_A-ZÀ-ÞА-ЯЁ][\w’'-]+)?\Z"
)
"""What somebody is, behind the name: ``Hector Urquhart, factor``."""
_HELD = compile_on_use(
    r"(?P<office>[^()\n]{4,200})\s\((?P<name>[^\W\d_a-zа-яё][^\W\d_]*[a-zа-яё][^()\n\d]{0,60})\)"
)
"""An office and, in brackets, who held it: ``the Ambassador in Russia (Francis)``."""
_INDEFINITE = compile_on_use(r"(?:an?|eine[rs]?|une?|una)\s", re.IGNORECASE)
"""How what is nobody in particular begins: ``Letters of a Traveller``."""
_EDITED = compile_on_use(
    r"[\s:;,.–—-]*[\[(]?(?:an?\s)?(?:(?:machine[- ]readable|electronic|digital|online|xml|tei|sgml)"
    r"\s(?:transcription|transcript|edition|version|text|copy)|transcription|transcript)[\])]?\.?\s*\Z",
    re.IGNORECASE,
)
"""What the title of a file says of the file: ``: a machine readable transcription``."""
_OF_A_FILE = ("ranscription", "ranscript", "dition", "ersion", "ext", "opy")
"""How such an end ends, without the letter that may be a capital: looked for first."""
_LONGEST_TITLE = 400


@dataclass(frozen=True, slots=True)
class Correspondents:
    """Sender and recipient as printed, each ``None`` where not stated.

    ``office`` is what a signature says that its signer is; ``participants`` are those whose talk
    the document tells of.
    """

    sender: Mention | None = None
    recipient: Mention | None = None
    office: Mention | None = None
    participants: Mention | None = None


def heading_correspondents(title: Mention, *, letter: bool) -> Correspondents:
    """Read ``X to Y``, ``X – Y``, ``Telegram from X to Y``, ``Письмо X Y`` in *title*.

    *letter* says that the rest of the document looks like a letter; without it, or a word
    such as "telegram", or initials, nothing is concluded from a mere "to".
    """
    if len(title.text) > _LONGEST_TITLE:
        return Correspondents()
    text = NOTE_MARK.sub("", title.text)
    if text.rstrip(" .])").endswith(_OF_A_FILE):
        text = _EDITED.sub("", text)
    if talk := find_conversation(text):
        who = cut_date(text, trim_name(text, *talk))
        return Correspondents(participants=_mention(title, text, who) if len(who) else None)
    if sides := read_inflected_title(text, letter=letter):
        cut = [side and cut_date(text, trim_name(text, side.start, side.end)) for side in sides]
        return Correspondents(*(_mention(title, text, side) if side else None for side in cut))
    lead = _LEAD.match(text)
    assert lead is not None
    named = bool(lead["kind"])
    start = lead.end()
    if catalogued := _CATALOGUED.match(text):
        named, start = True, catalogued.end()
    outlined = [
        (cut_date(text, trim_name(text, *sender)), trim_name(text, *recipient))
        for sender, recipient in find_outlines(text, letter=letter)
    ]
    if not outlined and lead["kind"] and kind_of(lead["kind"]) not in SENT:
        return Correspondents(sender=_author(title, text, lead))
    if outlined:
        named, start = True, outlined[0][0].start
    for sender, recipient in outlined or _splits(text, start):
        inverted = _INVERTED.fullmatch(sender.of(text)) is not None
        dated, recipient = recipient, cut_date(text, recipient, inverted=inverted)
        left, right = sender.of(text), recipient.of(text)
        last = left.rpartition(" ")[2]
        if left.count("(") > left.count(")") or _DASH.search(left):  # "(Mrs. Holm - Mother)"
            continue
        if last.lower() in _SMALL or _NOT_A_PERSON.match(
            last
        ):  # "of | a | Talk", "A Guide to Lund"
            continue
        initials = bool(re.search(r"(?<!\w)[^\W\d_a-zа-яё]\.", left + " " + right))
        dated_title = dated != recipient and any(map(str.isdigit, dated.of(text)))
        held = _is_held(left) or (bool(left) and _is_held(right))
        held |= _is_body(left) and (_is_body(right) or _OFFICE_NOUN.match(right) is not None)
        held |= is_party(left) and (is_party(right) or _is_body(right))
        styled = _STYLED.match(left) and _STYLED.match(right) and not kind_of(left)
        held |= bool(styled)
        dates = find_dates(dated.of(text))
        if dates and not dates[0].span.start:  # from March 2 to December 4
            continue
        whom = is_office(right) or not right.lower().startswith("the ")
        hinted = (whom and ("," in left or dated_title)) or any(len(d.edtf) == 10 for d in dates)
        if hinted and not (named or letter) and last.islower():  # "Holm's lecture to the Board"
            continue
        if not (named or letter or initials or hinted or held):
            continue
        if lead["kind"] and not lead["from"]:
            sender = _without_article(text, sender)
            left = sender.of(text)
        if (
            left
            and (_ARTICLE.match(left) or not (_is_name(left) or (outlined and is_office(left))))
        ) or not (_is_name(right) or (outlined and (is_office(right) or _DATIVE.match(right)))):
            continue
        return Correspondents(
            _mention(title, text, sender) if left else None, _mention(title, text, recipient)
        )
    names = [Span(*match.span()) for match in _RUSSIAN.finditer(text, start)]
    if names and len(names) < 3 and (named or len(names) == 2):
        second = _mention(title, text, names[1]) if len(names) == 2 else None
        return Correspondents(_mention(title, text, names[0]), second)
    if named and lead["from"]:
        behind = _BEHIND_AUTHOR.search(text, start)
        rest = cut_date(text, trim_name(text, start, behind.start() if behind else len(text)))
        if _INDEFINITE.match(rest.of(text)):
            return Correspondents()
        if _is_name(rest.of(text)):
            return Correspondents(sender=_mention(title, text, rest))
    return Correspondents()


def split_sides(title: str, start: int, end: int) -> tuple[str | None, str | None]:
    """Who is named in *title* on the two sides of a "to" at ``start:end``, dates left out."""
    lead = _LEAD.match(title)
    assert lead is not None
    left = trim_name(title, min(lead.end(), start), start).of(title)
    right = cut_date(title, trim_name(title, end, len(title))).of(title)
    return left or None, right or None


def _author(title: Mention, text: str, lead: re.Match[str]) -> Mention | None:
    """Anyone who a paper, a speech or a record is *by*; nobody is said to receive it."""
    if (lead["from"] or "").strip().lower() not in ("by", "from", "von"):
        return None
    about = _ABOUT.search(text + " on ", lead.end())
    to = TO.search(text, lead.end())
    end = min(found.start() for found in (about, to) if found)
    name = cut_date(text, trim_name(text, lead.end(), end))
    return _mention(title, text, name) if _is_name(name.of(text)) else None


def letter_correspondents(text: str, blocks: Sequence[Block]) -> Correspondents:
    """The first name of the signature and the name in the first salutation."""
    signed = (_find_signer(text, b.span) for b in blocks if b.kind is BlockKind.SIGNATURE)
    greeted = (
        _find_greeted(text, b.span)
        for b in blocks
        if b.kind is BlockKind.SALUTATION and not CLOSING.match(b.span.of(text))
    )
    name, office = next(filter(None, signed), (None, None))
    return Correspondents(name, next(greeted, None), office)


def _splits(text: str, start: int) -> list[tuple[Span, Span]]:
    """The ways to part *text* in two names; a "to" after a comma is the surest."""
    tos = sorted(TO.finditer(text, max(0, start - 1)), key=lambda m: sureness(text, m))
    dashes = [m for m in _DASH.finditer(text, start) if _is_between_names(text, start, m)]
    return [
        (trim_name(text, start, max(start, match.start())), trim_name(text, match.end(), len(text)))
        for match in (*tos, *dashes)
    ]


def _is_between_names(text: str, start: int, dash: re.Match[str]) -> bool:
    """Whether names with initials stand on both sides of *dash*, as they are spoken.

    "Holm, Ida B. - Holm, Per K." is a span of a catalogue, "Holm, Ida B. - Speeches" a folder.
    """
    sides = text[start : dash.start()], text[dash.end() :]
    return all(_INITIALLED.search(each) and not _INVERTED.match(each) for each in sides)


def _is_name(text: str) -> bool:
    """Whether *text* can name a person, an office or a place: its weightier words are large."""
    if kin := KIN.match(text):
        text = text[kin.end() :]
        if not text.strip():
            return True
    text = _APPOSITION.sub(r"\g<last>", text)
    words = re.findall(r"[^\W\d_][\w.'’-]*", text)
    if not words or (not _CAPITALISED.match(words[0]) and words[0] not in _SMALL):
        return False
    if _NOT_A_PERSON.match(text) or len(words) > 25 or ": " in text:  # a work with its subtitle
        return False
    small = [word for word in words if not _CAPITALISED.match(word) and word.lower() not in _SMALL]
    return len(small) <= len(words) // 4


def _without_article(text: str, name: Span) -> Span:
    """*name* without the article that its case has in German: ``Brief des Malers Ek``."""
    article = _GENITIVE.match(name.of(text))
    return Span(name.start + article.end(), name.end) if article else name


def _is_held(side: str) -> bool:
    """Whether *side* is an office with the name of who holds it."""
    held = _HELD.fullmatch(side)
    return held is not None and is_office(held["office"])


def _is_body(side: str) -> bool:
    """Whether *side* is an authority: a ministry, a council, an embassy."""
    return _BODY.match(side) is not None


def _mention(title: Mention, text: str, span: Span) -> Mention:
    where = span.shift(title.span.start) if title.span else None
    words = span.of(text)
    held = _HELD.fullmatch(words) if _is_held(words) else None
    name = held["name"] if held else None
    return Mention(words, where, name=name)


def _find_signer(text: str, span: Span) -> tuple[Mention, Mention | None] | None:
    """The signer's name, and the office that stands before it or behind it."""
    words = span.of(text)
    mark = NOTE_MARK.search(words)
    end = mark.start() if mark else len(words)
    said = SIGNED.match(words)
    closing = CLOSING.match(words)
    start = closing.end() - 1 if closing else said.end() if said else 0
    pieces = [
        trim_name(words, *m.span()) for m in re.finditer(r"[^,\n]+", words[:end]) if m.end() > start
    ]
    if closing:
        kin = closing["kin"] and trim_name(words, closing.end(), pieces[0].end)  # "Your son Ivan"
        pieces = [kin, *pieces[1:]] if kin else [p for p in pieces if p.start >= start]
        called = [piece for piece in pieces if not _CALLED.fullmatch(piece.of(words))]
        names = [piece for piece in called if not is_office(piece.of(words))]
        named = names[0 if kin else -1] if names else None
        pieces = pieces[pieces.index(named) :] if named else []
    elif pieces:
        pieces[0] = trim_name(words, max(start, pieces[0].start), pieces[0].end)
    if not pieces:
        return None
    name, *others = pieces
    office = next((piece for piece in others if is_office(piece.of(words))), None)
    if others and is_office(name.of(words)) and not is_office(others[0].of(words)):
        office, name = name, others[0]
    both = office_and_name(name.of(words))
    if both:
        office, name = (part.shift(name.start) for part in both)
    if not (both or is_signature(name.of(words))) or not re.search(r"[^\W\d_]{2}", name.of(words)):
        return None
    held = Mention(office.of(words), office.shift(span.start)) if office else None
    return Mention(name.of(words), name.shift(span.start)), held


def _find_greeted(text: str, span: Span) -> Mention | None:
    words = NOTE_MARK.sub("", span.of(text))
    greeting = _GREETING_WORDS.match(words)
    addressed = _ADDRESSED.match(words)
    start = greeting.end() if greeting else addressed.end() if addressed else 0
    end = words.find("\n", start) if addressed else -1
    name = trim_name(words, start, end if end > 0 else len(words.rstrip("!,: \n\r\t")))
    if mine := _MINE.search(name.of(words)):
        name = Span(name.start, name.start + mine.start())
    if not name.of(words) or not _CAPITALISED.match(name.of(words)):
        return None
    return Mention(name.of(words), name.shift(span.start))
