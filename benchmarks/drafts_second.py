"""The second set: quotations altered in other ways than those of ``benchmarks.drafts``.

``python -m benchmarks.drafts_second FOLDER [--seed N] [--quotations N] [--show KIND]``.  Clauses
moved, figures and names changed, a *not* dropped, other noise, other marks, old spelling, parts
joined across documents or in another order, wrong leaves, renamed archives, cross-references,
translations, the author's own words within.  What each should get was written down before it was
first run.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.drafts import Archive, _draft, _texts, archive_of
from docproc.checking.check import check_draft
from docproc.checking.findings import Finding, Matched
from docproc.records import Document, Span
from docproc.text.language.sentences import sentences

_MARKS = ("“{}”", "«{}»", "„{}“", "« {} »", '"{}"', "‘{}’", "»{}«", "‹{}›", "”{}”", "„{}”")
_NAMES = ("Petrov", "Hamilton", "Lindqvist", "Delacroix", "Orlov", "Schmidt")
_TRANSLATED = ("My translation.", "Перевод мой.", "[Übers. d. Verf.]", "Ma traduction.")
_LIMITS = re.compile(r"[,;] (?=(?:but|except|unless|however|но|однако|кроме|mais|sauf|aber) )")
_DENIED = re.compile(r" (?:not|never|не) ")
_UNFIT = re.compile("[\"“”«»„…‘’'\\[\\]<>]|\\.\\.")
_LOOK = {"rn": "m", "h": "b", "c": "e", "l": "1", "o": "0", "н": "и", "п": "л", "е": "с", "о": "0"}


@dataclass(frozen=True, slots=True)
class Case:
    """What the draft has, and the verdict that it should get; its note, ``{}`` for its own."""

    kind: str
    text: str
    held: Matched
    note: str = "{}"
    marked: bool = False


class Quoting:
    """Quotations of one archive, with what lies outside of it for those of nobody."""

    def __init__(self, documents: list[Document], outside: list[Document], seed: int) -> None:
        self.documents, self.outside = documents, outside
        self.chance = random.Random(seed)
        self.all = " ".join(" ".join(each.text.split()) for each in documents)

    def sentence(self, document: Document, least: int = 9, most: int = 60) -> str | None:
        """One sentence of *document* without marks and omissions of its own."""
        spans = sentences(document.text, Span(0, len(document.text)))
        span = self.chance.choice(spans)
        text = " ".join(span.of(document.text).split()).strip("“”\"«»„' ")
        good = least <= len(text.split()) <= most and not re.search(
            "[\"“”«»„…‘’'\\[\\]<>]|\\.\\.", text
        )
        return text if good else None

    def once(self, text: str) -> bool:
        """Whether *text*, white space apart, stands in one place of the archive alone."""
        return self.all.count(text) < 2 if len(text) < 60 else True

    def has_run_of(self, text: str, words: int = 7) -> bool:
        """Whether so many words of *text* in a row stand in the archive: a form of words."""
        own = text.split()
        runs = (" ".join(own[n : n + words]) for n in range(len(own) - words + 1))
        return any(run in self.all for run in runs)


Make = Callable[[Quoting, Document, str], Case | None]


def _moved(q: Quoting, _: Document, text: str) -> Case | None:
    first, comma, rest = text.partition(", ")
    if not comma or min(len(first.split()), len(rest.split())) < 5:
        return None
    return Case("a clause moved", f"{rest.rstrip('.')}, {first}", Matched.STITCHED)


def _figure(q: Quoting, _: Document, text: str) -> Case | None:
    found = list(re.finditer(r"\b\d{2,}\b", text))
    if not found:
        return None
    at = q.chance.choice(found)
    return Case(
        "a number changed",
        f"{text[: at.start()]}{int(at[0]) + 3}{text[at.end() :]}",
        Matched.DIFFERS,
    )


def _name(q: Quoting, _: Document, text: str) -> Case | None:
    found = list(re.finditer(r"(?<=[a-zа-я] )[A-ZА-Я][a-zа-я]{3,}", text))
    if not found:
        return None
    at = q.chance.choice(found)
    other = f"{text[: at.start()]}{q.chance.choice(_NAMES)}{text[at.end() :]}"
    return Case("a name changed", other, Matched.DIFFERS)


def _denied(q: Quoting, _: Document, text: str) -> Case | None:
    if not _DENIED.search(text):
        return None
    return Case("a not dropped", _DENIED.sub(" ", text, count=1), Matched.DIFFERS)


def _noise(q: Quoting, _: Document, text: str) -> Case | None:
    places = [m for m in re.finditer("|".join(_LOOK), text) if q.chance.random() < 0.06]
    if not places:
        return None
    for at in reversed(places):
        text = f"{text[: at.start()]}{_LOOK[at[0]]}{text[at.end() :]}"
    return Case("noise of another kind", text, Matched.DIFFERS)


def _marks(q: Quoting, _: Document, text: str) -> Case | None:
    return Case("other marks", q.chance.choice(_MARKS).format(text), Matched.EXACT, marked=True)


def _old(q: Quoting, _: Document, text: str) -> Case | None:
    if not re.search("[а-я]", text):
        return None
    old = re.sub(r"(?<=[бвгджзклмнпрстфхцчшщ])(?![\w])", "ъ", text)
    old = re.sub(r"и(?=[аеёийоуыэюя])", "і", old)
    return Case("old spelling", old, Matched.EXACT)


def _reversed(q: Quoting, document: Document, text: str) -> Case | None:
    other = q.sentence(document)
    if other is None or other == text:
        return None
    place = document.text.find(text[:30])
    again = document.text.find(other[:30])
    if min(place, again) < 0 or place == again:
        return None
    first, last = (text, other) if place > again else (other, text)
    words, ends = first.split()[:8], last.split()[-8:]
    return Case("in another order", f"{' '.join(words)} … {' '.join(ends)}", Matched.STITCHED)


def _across(q: Quoting, document: Document, text: str) -> Case | None:
    other = q.sentence(q.chance.choice(q.documents))
    if other is None or other in document.text:
        return None
    joined = f"{' '.join(text.split()[:9])} […] {' '.join(other.split()[-9:])}"
    return Case("across documents", joined, Matched.STITCHED)


def _gap(q: Quoting, document: Document, text: str) -> Case | None:
    at = document.text.find(text[:40])
    rest = document.text[at + len(text) :].split()
    if at < 0 or len(rest) < 60:
        return None
    joined = f"{' '.join(text.split()[:10])} {' '.join(rest[25:36])}"
    if _UNFIT.search(joined):
        return None
    return Case("an omission not marked", joined, Matched.STITCHED)


def _cut(q: Quoting, _: Document, text: str) -> Case | None:
    at = _LIMITS.search(text)
    if at is None or len(text[: at.start()].split()) < 5:
        return None
    return Case("cut before a limit", text[: at.start()], Matched.EXACT)


def _leaf(q: Quoting, _: Document, text: str) -> Case | None:
    return Case("a wrong leaf", text, Matched.ELSEWHERE, "{leaf}")


def _renamed(q: Quoting, _: Document, text: str) -> Case | None:
    return Case("a renamed archive", text, Matched.EXACT, "{renamed}")


def _ibid(q: Quoting, _: Document, text: str) -> Case | None:
    return Case("ibid.", text, Matched.EXACT, q.chance.choice(("{ibid}", "{tam}")))


def _ibid_leaf(q: Quoting, _: Document, text: str) -> Case | None:
    return Case("ibid., a wrong leaf", text, Matched.ELSEWHERE, "{ibid leaf}")


def _own(q: Quoting, _: Document, text: str) -> Case | None:
    words = text.split()
    at = len(words) // 2
    if words[at - 1][-1] in ".,;:!?":
        return None
    split = f"{' '.join(words[:at])}, — писал он, — {' '.join(words[at:])}"
    return Case("the author's own words within", split, Matched.EXACT)


def _brackets(q: Quoting, _: Document, text: str) -> Case | None:
    words = text.split()
    at = q.chance.randrange(2, len(words) - 2)
    if not words[at].isalpha():
        return None
    return Case(
        "a word in brackets",
        " ".join([*words[:at], "[they]", *words[at + 1 :]]),
        Matched.EXACT,
    )


def _translated(q: Quoting, _: Document, text: str) -> Case | None:
    other = q.sentence(q.chance.choice(q.outside))
    if other is None:
        return None
    said = q.chance.choice(
        ("My translation.", "Перевод мой.", "[Übers. d. Verf.]", "Ma traduction.")
    )
    return Case("a translation", other, Matched.TRANSLATED, f"{{}} {said}")


def _nobody(q: Quoting, _: Document, text: str) -> Case | None:
    other = q.sentence(q.chance.choice(q.outside))
    if other is None or q.has_run_of(other):
        return None
    return Case("of nobody", other, Matched.NOT_FOUND)


KINDS: tuple[Make, ...] = (
    _moved, _figure, _name, _denied, _noise, _marks, _old, _reversed, _across, _gap, _cut, _leaf,
    _renamed, _ibid, _ibid_leaf, _own, _brackets, _translated, _nobody,
)  # fmt: skip


def cases(quoting: Quoting, count: int) -> list[tuple[Case, Document]]:
    """*count* quotations, as many of each kind as the texts have."""
    found: list[tuple[Case, Document]] = []
    for number in range(count * 40):
        if len(found) >= count:
            break
        make = KINDS[number % len(KINDS)]
        document = quoting.chance.choice(quoting.documents)
        text = quoting.sentence(document)
        case = make(quoting, document, text) if text and quoting.once(text) else None
        if case is not None:
            found.append((case, document))
    return found


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=Path)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--quotations", type=int, default=2000)
    options.add_argument("--show", default="")
    given = options.parse_args()
    texts = _texts(given.folder)
    random.Random(given.seed).shuffle(texts)
    held = texts[: len(texts) * 4 // 5]
    documents = archive_of(held)
    quoting = Quoting(documents, archive_of(texts[len(held) :]), given.seed)
    quoted = cases(quoting, given.quotations)
    body: list[str] = []
    notes: list[str] = []
    expected: list[Case | None] = []
    for case, document in quoted:
        own = document.references[0].printed
        if "ibid" in case.note or "tam" in case.note:
            body.append("He wrote of it.")
            notes.append(own)
            expected.append(None)
        notes.append(
            case.note.replace("{leaf}", own.replace("L. 1.", "L. 7."))
            .replace("{renamed}", own.replace("RGASPI", "RTsKhIDNI"))
            .replace("{ibid leaf}", "Ibid., l. 7.")
            .replace("{ibid}", "Ibid.")
            .replace("{tam}", "Там же. Л. 1.")
            .replace("{}", own)
        )
        body.append(f"He wrote {case.text if case.marked else f'“{case.text}”'}")
        expected.append(case)
    draft = _draft(body, notes)
    begun = time.process_time()
    findings = check_draft([draft], Archive(documents)).findings  # type: ignore[arg-type]
    seconds = time.process_time() - begun
    first: dict[int, Finding] = {}
    for found in findings:
        first.setdefault(found.quotation.paragraph, found)
    pairs = [(case, first.get(n)) for n, case in enumerate(expected, 1) if case is not None]
    words = sum(len(each.text.split()) for each in documents)
    print(f"second set, seed {given.seed}: {len(pairs):,} quotations, {len(documents):,} "
          f"documents, {words:,} words, {seconds:.1f} s of processor")  # fmt: skip
    told = [(case, found.held if found else None, found) for case, found in pairs]
    for verdict in dict.fromkeys(case.held for case, _, _ in told):
        right = sum(got is verdict for case, got, _ in told if case.held is verdict)
        wanted = sum(case.held is verdict for case, _, _ in told)
        given_ = sum(got is verdict for _, got, _ in told)
        precision, recall = right / max(given_, 1), right / wanted
        print(f"{verdict.value:<18} precision {precision:.3f}  recall {recall:.3f}")
    for kind in dict.fromkeys(case.kind for case, _, _ in told):
        counts = Counter(str(got and got.value) for case, got, _ in told if case.kind == kind)
        print(f"  {kind:<30} {dict(counts.most_common())}")
    cut = [found for case, _, found in told if case.kind == "cut before a limit"]
    warned = sum(bool(found and found.cautions) for found in cut)
    print(f"  cautions of those cut before a limit: {warned} of {len(cut)}")
    for case, got, judged in told:
        if given.show and given.show in case.kind and got is not case.held:
            print(f"-- {case.text}\n   {got} {getattr(judged, 'why', '')} "
                  f"{[(c.quoted, c.source) for c in getattr(judged, 'changes', ())]}")  # fmt: skip


if __name__ == "__main__":
    main()
