"""The description of the physical witness: original or copy, typed or written, how signed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from docproc.dataclass_on_use import dataclass
from docproc.records import Span, Witness
from docproc.text.patterns import compile_on_use


@dataclass(frozen=True, slots=True)
class _Term:
    """A phrase of the field, and the values that it states."""

    pattern: str
    technique: str | None = None
    status: str | None = None
    signature: str | None = None


_DASH = r"\s?[-–—:]?\s?"
_TERMS: tuple[_Term, ...] = (
    # English
    _Term(
        rf"signatures?{_DASH}(?:is |are )?autograph|autograph signatures?", signature="autograph"
    ),
    _Term(rf"signature{_DASH}facsimile|facsimile signature", signature="facsimile"),
    _Term(
        rf"signature{_DASH}type(?:written|d)|type(?:written|d) signature", signature="typewritten"
    ),
    _Term(r"certified (?:typewritten|typed) copy", "typewritten", "certified copy"),
    _Term(r"certified (?:true )?copy", status="certified copy"),
    _Term(r"(?:typewritten|typed|carbon) copy", technique="typewritten", status="copy"),
    _Term(r"(?:handwritten|manuscript) copy", technique="handwritten", status="copy"),
    _Term(r"(?:typewritten|typed) original", technique="typewritten", status="original"),
    _Term(r"(?:typewritten|typed) draft", technique="typewritten", status="draft"),
    _Term(r"(?:rough )?autograph draft", technique="autograph", status="draft"),
    _Term(r"(?:handwritten|manuscript) draft", technique="handwritten", status="draft"),
    _Term(r"typewritten text|typed text|typewritten|typescript|typed", technique="typewritten"),
    _Term(r"handwritten text|handwritten|manuscript", technique="handwritten"),
    _Term(r"printed (?:text|copy|form)|printed", technique="printed"),
    _Term(r"telegraph(?:ic)? (?:form|tape|blank)", technique="telegraph form"),
    _Term(r"autograph", technique="autograph", status="original"),
    _Term(r"original", status="original"),
    _Term(r"certified(?: true| correct)?", status="certified"),
    _Term(r"copy", status="copy"),
    _Term(r"(?:rough )?draft", status="draft"),
    # Russian
    _Term(
        rf"подпис[ьи]{_DASH}автографы?|автографы? подпис(?:и|ей)|подлинн(?:ая|ые) подпис[ьи]",
        signature="autograph",
    ),
    _Term(rf"подпис[ьи]{_DASH}факсимиле", signature="facsimile"),
    _Term(r"заверенная машинописная копия", "typewritten", "certified copy"),
    _Term(r"заверенная рукописная копия", "handwritten", "certified copy"),
    _Term(r"заверенная копия|копия,? заверенная", status="certified copy"),
    _Term(r"заверено|заверенный (?:текст|экземпляр)", status="certified"),
    _Term(r"машинописная копия", technique="typewritten", status="copy"),
    _Term(r"машинописная выписка", technique="typewritten"),
    _Term(r"факсимиле", signature="facsimile"),
    _Term(r"рукописная копия", technique="handwritten", status="copy"),
    _Term(r"машинописный подлинник", technique="typewritten", status="original"),
    _Term(r"рукописный подлинник", technique="handwritten", status="original"),
    _Term(r"машинописный (?:текст|экземпляр)|машинопись|машинописный", technique="typewritten"),
    _Term(r"рукописный текст|рукопись|рукописный", technique="handwritten"),
    _Term(
        r"типографский (?:текст|экземпляр|оттиск)|печатный (?:текст|экземпляр)", technique="printed"
    ),
    _Term(r"телеграфн(?:ый бланк|ая лента)|телеграфный текст", technique="telegraph form"),
    _Term(r"черновой автограф|черновик-автограф", technique="autograph", status="draft"),
    _Term(r"автограф", technique="autograph", status="original"),
    _Term(r"подлинник|оригинал", status="original"),
    _Term(r"копия", status="copy"),
    _Term(r"черновик|черновой текст|отпуск", status="draft"),
    # German
    _Term(r"eigenhändige unterschrift|unterschrift eigenhändig", signature="autograph"),
    _Term(r"beglaubigte (?:abschrift|kopie)", status="certified copy"),
    _Term(r"beglaubigt", status="certified"),
    _Term(r"maschinen(?:ge)?schr(?:iftlich|ieben)(?:er text)?|masch\.", technique="typewritten"),
    _Term(r"handschriftlich(?:er text)?|handschrift|hs\.", technique="handwritten"),
    _Term(r"eigenhändig", technique="autograph", status="original"),
    _Term(r"abschrift|durchschlag", status="copy"),
    _Term(r"ausfertigung|urschrift", status="original"),
    _Term(r"entwurf|konzept", status="draft"),
    # French, Italian
    _Term(r"signature autographe", signature="autograph"),
    _Term(r"copie certifiée conforme|copie conforme", status="certified copy"),
    _Term(r"certifiée? conforme", status="certified"),
    _Term(r"(?:texte )?dactylographiée?|tapuscrit", technique="typewritten"),
    _Term(r"manuscrit(?:e)?", technique="handwritten"),
    _Term(r"autographe", technique="autograph", status="original"),
    _Term(r"copie", status="copy"),
    _Term(r"brouillon", status="draft"),
    _Term(r"firma autografa", signature="autograph"),
    _Term(r"copia (?:autentica|conforme)", status="certified copy"),
    _Term(r"(?:testo )?dattiloscritto", technique="typewritten"),
    _Term(r"manoscritto", technique="handwritten"),
    _Term(r"autografo", technique="autograph", status="original"),
    _Term(r"originale?", status="original"),
    _Term(r"copia", status="copy"),
    _Term(r"minuta|bozza", status="draft"),
)
# What may follow a term and still describe it ("with handwritten corrections").
_REST = compile_on_use(r"\s(?:with|on|с|со|на|mit|auf|avec|con)\s[^.;\n]{1,80}", re.IGNORECASE)
# Whose the signatures are ("Подписи – автографы А.И. Микояна, И.В. Сталина").
_SIGNERS = compile_on_use(
    r"(?:\s?(?:(?:[^\W\d_]\.\s?){1,2})?[^\W\d_a-zа-яё][^\W\d_]+,?(?:\s(?:и|and)(?=\s))?){1,12}"
)
_GAP = compile_on_use(r"[\s.,;]{1,4}")
# Where a statement of its own can begin, and how it must end.
_BEGINS = compile_on_use(r"(?:[.;:)(\]\n–—]\s{0,3}|\A\s*)(?=[^\W\d_])")
_ENDS = compile_on_use(r"\s{0,2}(?:[.;)\]]|\n|\Z)")


def find_witness(text: str, start: int = 0, end: int | None = None) -> tuple[Witness, ...]:
    """Every description of a witness in ``text[start:end]``, in order.

    One contiguous description is one ``Witness``, ``printed`` with its final full stop.  A
    term counts only where it stands as a statement of its own (``Copy.``, ``Typewritten
    text. Signature - autograph.``), never inside a sentence.
    """
    end = len(text) if end is None else end
    return tuple(_witness(text, end, run) for run in _runs(text, start, end))


_Found = tuple[int, int, _Term]


def _runs(text: str, start: int, end: int) -> Iterator[list[_Found]]:
    read = start
    for begins in _BEGINS.finditer(text, start, end):
        at = begins.end()
        if at < read or not text[at].isupper():
            continue
        run = list(_run(text, at, end))
        # What goes on as a sentence is a sentence, and no description.
        if run and _ENDS.match(text, run[-1][1], end):
            yield run
            read = run[-1][1]


def _run(text: str, at: int, end: int) -> Iterator[_Found]:
    """The terms that follow one another from *at*."""
    while match := _any_term().match(text, at, end):
        term = _TERMS[int((match.lastgroup or "t0")[1:])]
        more = _SIGNERS if term.signature else _REST
        rest = more.match(text, match.end(), end)
        stop = rest.end() if rest else match.end()
        yield match.start(), stop, term
        gap = _GAP.match(text, stop, end)
        if not gap:
            return
        at = gap.end()


@cache
def _any_term() -> re.Pattern[str]:
    either = "|".join(f"(?P<t{i}>{term.pattern})" for i, term in enumerate(_TERMS))
    return re.compile(rf"(?:{either})(?!\w)", re.IGNORECASE)


def _witness(text: str, end: int, run: list[_Found]) -> Witness:
    begin, stop = run[0][0], run[-1][1]
    if text[stop : min(stop + 1, end)] == ".":
        stop += 1
    terms = [term for _, _, term in run]
    statuses = [term.status for term in terms if term.status]
    if {"copy", "certified"} <= set(statuses):  # "Copy. Certified."
        statuses = ["certified copy"]
    return Witness(
        printed=text[begin:stop],
        technique=next((t.technique for t in terms if t.technique), None),
        status=next(iter(statuses), None),
        signature=next((t.signature for t in terms if t.signature), None),
        span=Span(begin, stop),
    )
