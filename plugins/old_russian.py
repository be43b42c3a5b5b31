"""Russian as it was spelled before 1918 is searched, and embedded, as it is spelled now.

docproc's text index already takes ѣ for е, і for и and a last ъ for nothing.  This plugin does
the rest, word by word, and does it before the embedder reads the text: the endings of adjectives
(``добраго``, ``синія``), ``ея`` and ``онѣ``, the prefixes (``безполезный``, ``разсказъ``).  What is
shown stays as it was printed.  Name it before the others:
``normalizers = ["old-russian", "..."]``.

Only paragraphs in the old spelling are touched: some word of theirs has a ѣ, ѳ or ѵ, or ends in
ъ, and none has a letter of Ukrainian alone.  The rules are those of the decree of 10 October 1918
(Декрет СНК «О введении новой орфографии»); where a rule needs to know the word (``русскія`` is an
adjective, ``Россія`` a noun), it goes by the letters before the ending, and by lists of words; a
name such as Живаго is taken for an adjective.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from docproc.hooks import Registration, Setting, hookimpl
from docproc.records import Document, Edit, Span

DOCPROC_API_VERSION = 1

_WORD = re.compile(r"[А-Яа-яЁёѢѣІіѲѳѴѵ\u0406\u0456Ii]*[А-Яа-яЁёѢѣІіѲѳѴѵ]+[А-Яа-яЁёѢѣІіѲѳѴѵIi]*")
_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n)|\r(?!\n\r))*")
_SIGN = re.compile(r"[ѢѣѲѳѴѵ]|[БВГДЖЗКЛМНПРСТФХЦЧШЩбвгджзклмнпрстфхцчшщ][Ъъ](?![\w])")
_CYRILLIC_WORD = re.compile(r"[Ѐ-ӿ]{2,}")
_UKRAINIAN = re.compile(r"[ЇїЄєҐґЎў]")

_LETTERS = str.maketrans({"ѣ": "е", "і": "и", "i": "и", "ѳ": "ф", "ѵ": "и"})
_WHOLE = {
    "ея": "её", "нея": "неё", "онѣ": "они", "однѣ": "одни", "однѣхъ": "одних", "однѣмъ": "одним",
    "однѣми": "одними", "самаго": "самого", "большаго": "большого", "чужаго": "чужого",
    "третія": "третьи", "божія": "божии", "чрезъ": "через", "чрезчуръ": "чересчур",
}  # fmt: skip
_NO_ENDING = re.compile(r"(?:не)?благо|саго|чикаго|яго|сантьяго")
"""Words that end in -аго or -яго and have it from their root."""
_SOFT_STEMS = (
    "син|друг|мног|долг|дорог|строг|убог|благ|полог|упруг|тих|сух|плох|глух|ветх|лих",
    "(?:древ|дав|лет|зим|осен|весен|край|ран|ниж|верх|даль|сосед|послед|сред|перед|зад|позд)н",
    "(?:вечер|утрен|внутрен|искрен|[жш])н",
    "[кжшщч]",
)
_SOFT_PLURAL = re.compile(rf"(?:{'|'.join(_SOFT_STEMS)})ия$")
"""Words with -ія, in new letters, that are the plural of an adjective."""
_NOUN = re.compile(r".*словакия")
_PREFIX = re.compile(r"^((?:не|наи)?)(?:(без)(?=[кпстхцчшщф])|(воз|вз|из|низ|раз|роз)(?=с))")
_HARD_END = re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])ъ$")
_HARD_INSIDE = re.compile(r"ъ(?=[аоуэ])")


def modern(word: str) -> str:
    """*word*, of a text in the old spelling, in the new one; its capitals stay where they were."""
    small = word.lower().replace("i", "і")
    new = _WHOLE.get(small) or _respelled(small)
    if word.isupper() and len(word) > 1:
        return new.upper()
    return new[:1].upper() + new[1:] if word[:1].isupper() else new


def _respelled(small: str) -> str:
    new = _HARD_END.sub("", small).translate(_LETTERS)
    new = _HARD_INSIDE.sub("", new.replace("ъи", "ы"))
    new = _PREFIX.sub(lambda m: f"{m[1]}{(m[2] or m[3])[:-1]}с", new)
    if len(new) > 4 and not _NO_ENDING.fullmatch(new):
        if new.endswith(("аго", "яго")):
            soft = new.endswith("яго") or new[-4] in "жшщчц"
            return new[:-3] + ("его" if soft else "ого")
        if new.endswith("агося"):
            return new[:-5] + "егося"
    if len(new) > 4 and new.endswith("ыя"):
        return new[:-1] + "е"
    if small.endswith("ія") and _SOFT_PLURAL.search(new) and not _NOUN.fullmatch(new):
        return new[:-1] + "е"
    return new


def edits(text: str, least: float) -> Iterator[Edit]:
    """The words of *text* to be respelled, in order.

    *least* is how many of the words of a paragraph must show the old spelling.
    """
    for paragraph in _PARAGRAPH.finditer(text):
        words = len(_CYRILLIC_WORD.findall(paragraph[0]))
        signs = len(_SIGN.findall(paragraph[0]))
        if not signs or signs < least * words or _UKRAINIAN.search(paragraph[0]):
            continue
        for word in _WORD.finditer(text, paragraph.start(), paragraph.end()):
            new = modern(word[0])
            if new != word[0]:
                yield Edit(Span(*word.span()), new)


@dataclass(frozen=True, slots=True)
class OldRussian:
    """Respells the search text, on top of what was cleaned before."""

    least: float = 0.02

    def normalize(self, document: Document) -> Document:
        """Return *document* with more edits; itself where it is not Russian, or not so spelled."""
        if document.metadata.language not in (None, "ru"):
            return document
        found = list(edits(document.search.apply(document.text), self.least))
        if not found:
            return document
        return replace(document, search=document.search.then(document.text, found))


@hookimpl
def docproc_normalizers() -> list[Registration]:
    """The normalizer, for ``[pipeline] normalizers``."""
    return [
        Registration(
            "old-russian",
            lambda given: OldRussian(given["least"]),
            summary="Searches Russian spelled as before 1918 as it is spelled now.",
            settings=(
                Setting("least", 0.02, "What share of a paragraph's words must be spelled so."),
            ),
        )
    ]
