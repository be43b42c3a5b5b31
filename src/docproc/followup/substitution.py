"""A question asked again of another thing: "How many rifles did …" and "machine guns" make one."""

from __future__ import annotations

import re
from typing import Final

from docproc.followup.dependence import QuestionParts
from docproc.followup.relative_days import at_that_time
from docproc.records import Citation, Span
from docproc.text.patterns import compile_on_use
from docproc.text.words import word_set


def substitute(taken: QuestionParts, last: QuestionParts, citation: Citation | None) -> str | None:
    """*last* with what *taken* names in the place of what it named."""
    rest = taken.rest
    asked, new = taken.question_words, rest[len(taken.question_words) :].strip(" ?.!,")
    if _ONE_OF_TWO.fullmatch(new) or (not asked and _DONE.fullmatch(new)):
        return None
    before = _first_preposition(taken)
    dated = None if asked else at_that_time(rest, last.text, year_of(last.text, citation))
    if dated:
        return tidy(dated)
    if before and not asked:
        old = _phrase_with(last, before, a_name=bool(taken.names))
        end = len(last.text.rstrip(" ?.!"))
        new = rest.strip(" ?.!,")
        return _put(last.text, old, new) if old else _put(last.text, Span(end, end), f" {new}")
    if not asked and len(taken.names) == 1 and _names_it(last, taken.names[0].of(taken.text)):
        return None  # it is spoken of already
    subject = _subject(last)
    if not asked and len(taken.names) == 1 and subject:
        old = subject
        the = re.search(r"(?i)(?<!\w)the\s+\Z", last.text[: old.start])
        if the and not re.search(r"(?i)(?<!\w)the\s", rest):
            old = Span(the.start(), old.end)
        named = taken.names[0].of(taken.text)
        whole = rest.strip(" ?.!") if named.endswith(("'s", "’s")) else named  # Alice's husband
        return _put(last.text, old, whole)
    if not new:
        return None
    thing = _thing_asked(last, citation)
    named_alone = taken.names and all(
        any(token.span.overlaps(name) for name in taken.names) for token in taken.content
    )
    if thing and not asked and named_alone and not _NAMED.search(thing.of(last.text)):
        return None  # nor is one counted: "How many cars?", "And the British?"
    if asked and thing:
        if _kind(asked) != _kind(last.question_words):
            return None
        return tidy(f"{asked} {new} {last.text[thing.end :].strip()}")
    if not asked and thing:
        first, *others = new.split()
        if first.casefold() in ("a", "an"):
            return None  # one thing is not counted
        bare = " ".join(others) if others and taken.words.has("the", taken.tokens[0]) else new
        if (
            last.words.language == "en"
            and bare != new
            and len(others) > 1
            and not _PLURAL.search(bare)
        ):
            return None  # nor is "the white horse"
        if last.words.language == "en" and last.question_words.casefold().startswith("how m"):
            many = "many" if _PLURAL.search(bare) else "much"
            return tidy(f"How {many} {bare} {last.text[thing.end :].strip()}")
        return _put(last.text, thing, bare)
    thing = only_object(last) or _bare_subject(last)
    if (
        thing
        and len(taken.names) == 1
        and taken.rest[0].isupper()
        and not _NAMED.search(thing.of(last.text))
    ):
        return None  # somebody is no thing: "Who commands the ship?", "And Holm?"
    if not asked and thing:
        return _agreeing(last, thing, new)
    return None


_DONE: Final = compile_on_use(r"(?!però)\w{2,}(?:ó|ò|ì|aron|ieron|arono|irono)", re.IGNORECASE)
"""A verb alone, in Spanish or Italian: "¿Y murió?", of whoever was spoken of."""
_ONE_OF_TWO = compile_on_use(
    r"(?:the |der |die |das |l['’]|le |la |el |il )?(?:elder|older|younger|eldest|oldest|youngest|"
    r"larger|smaller|ältere[rns]?|jüngere[rns]?|aînée?|cadette?|старш\w+|младш\w+|mayor|menor|"
    r"maggiore|minore)(?: one)?",
    re.IGNORECASE,
)
_NAMED = compile_on_use(r"(?<!\w)[A-ZÀ-ÞА-ЯЁ]")


def _subject(last: QuestionParts) -> Span | None:
    """The one name of *last*, or the one of several behind its first auxiliary: who does it."""
    if len(last.names) < 2:
        return next(iter(last.names), None)
    verb = next((t for t in last.tokens if last.words.has("auxiliaries", t)), None)
    if verb is None:
        return None
    behind = next((n for n in last.names if n.start >= verb.span.end), None)
    between = last.text[verb.span.end : behind.start] if behind else "?"
    return behind if re.fullmatch(r"\s+(?:the\s+)?", between, re.IGNORECASE) else None


def _names_it(last: QuestionParts, name: str) -> bool:
    """Whether *last* names *name* among several."""
    low = name.casefold()
    return len(last.names) > 1 and any(span.of(last.text).casefold() == low for span in last.names)


_YEAR = compile_on_use(r"(?<!\d)[12]\d{3}(?!\d)")
_PLURAL = compile_on_use(r"(?:[^s]s|men|children|people)$", re.IGNORECASE)
_AGREEING = {"was": "were", "is": "are", "has": "have", "does": "do"}


def year_of(question: str, citation: Citation | None) -> str | None:
    """The last year that *question* names; else the one that the document in view is of."""
    if named := _YEAR.findall(question):
        return str(named[-1])
    date = citation.metadata.date if citation else None
    years = set(re.findall(r"\d{4}", date.edtf)) if date else set()
    return years.pop() if len(years) == 1 else None


def _agreeing(last: QuestionParts, span: Span, new: str) -> str:
    """*new* for what stands at *span*, and an English verb before it in its number."""
    before = [token for token in last.tokens if token.span.end <= span.start]
    verb = before[-1] if before and last.words.language == "en" else None
    one, many = (bool(_PLURAL.search(text)) for text in (span.of(last.text), new))
    if verb is None or one or not many or verb.low not in _AGREEING:
        return _put(last.text, span, new)
    return _put(last.text, Span(verb.span.start, span.end), f"{_AGREEING[verb.low]} {new}")


def _kind(asked: str) -> str:
    return " ".join(asked.casefold().split())


def _thing_asked(last: QuestionParts, citation: Citation | None) -> Span | None:
    """Find "rifles" in "How many rifles did …": what follows the words that count or choose."""
    asked = last.question_words.casefold()
    if not re.search(
        r"many|much|which|what|сколько|как|wie ?viele?|welche|combien|quel|cuánt|cuál|qué|quanti|"
        r"quant[aeo]|quale",
        asked,
    ):
        return None
    body = last.body
    run = []
    for token in body:
        if token.low in last.words.empty:
            break
        run.append(token)
    ended = len(run) < len(body) and last.words.has("auxiliaries", body[len(run)])
    if not run or (asked in ("what", "как", "qué") and not ended):
        return None
    if not ended and len(run) > 1:  # a verb may be among them: what stands in the source is not
        quote = " ".join(citation.quote.casefold().split()) if citation else ""
        while (
            len(run) > 1
            and Span(run[0].span.start, run[-1].span.end).of(last.text).casefold() not in quote
        ):
            run.pop()
    return Span(run[0].span.start, run[-1].span.end)


def topic_of(last: QuestionParts, citation: Citation | None) -> tuple[str, ...]:
    """The words of the thing that *last* asks about: "rifles", "the winch"."""
    thing = _thing_asked(last, citation) or only_object(last)
    tokens = [t for t in last.tokens if thing and t.span.overlaps(thing)]
    return tuple(t.low for t in tokens if t.low not in last.words.empty)


_CONTRACTED: Final = tuple(map(word_set, (
    "di del dello della dell dei degli delle d", "a ad al allo alla all ai agli alle",
    "da dal dallo dalla dall dai dagli dalle", "in nel nello nella nell nei negli nelle",
    "su sul sullo sulla sull sui sugli sulle", "de du des d del", "à au aux", "zu zum zur", "in im",
    "von vom", "о об обо", "в во", "с со", "к ко",
)))  # fmt: skip
"""Prepositions that are one, with their articles or before a vowel."""


def _first_preposition(taken: QuestionParts) -> str | None:
    first = next(iter(taken.tokens), None)
    return first.low if first and taken.words.has("prepositions", first) else None


def _phrase_with(last: QuestionParts, preposition: str, *, a_name: bool) -> Span | None:
    """Find "from Orlova" in "What came from Orlova in March?", and "dell'arciduca" for "degli".

    Before *a_name* rather than a verb: "to Orlova" in "What is to be sent to Orlova?".
    """
    tokens = last.tokens
    same = {preposition}.union(*(each for each in _CONTRACTED if preposition in each))
    places = [n for n, t in enumerate(tokens) if t.low in same and n]
    named = [n for n in places if n + 1 < len(tokens) and tokens[n + 1].text[0].isupper()]
    at = next(iter((named if a_name else []) or places), None)
    if at is None:
        return None
    end = at
    for token in tokens[at + 1 :]:
        small = token.low in last.words.empty and not last.words.has("the", token)
        if small or last.text[tokens[end].span.end : token.span.start].strip(" '’"):
            break
        end += 1
    return Span(tokens[at].span.start, tokens[end].span.end) if end > at else None


def only_object(last: QuestionParts) -> Span | None:
    """Find "the winch" in "Why was the winch refused?", if nothing else there has an article."""
    articles = [n for n, t in enumerate(last.tokens) if last.words.has("the", t)]
    if len(articles) != 1:
        return None
    end = at = articles[0]
    while end + 1 < len(last.tokens) and last.tokens[end + 1].low not in last.words.empty:
        end += 1
        if not last.tokens[end].text[:1].isupper() or last.words.language == "de":
            break  # a noun ends it; names may be several words
    return Span(last.tokens[at].span.start, last.tokens[end].span.end) if end > at else None


_BARE_SUBJECT: Final = compile_on_use(
    r"(?:what|how (?:much|far|long)|when|where|why|how)\s(?:do|does|did|will|can)\s"
    r"(?P<thing>[a-z]+(?:\s[a-z]+)?)\s[a-z]+\W*",
    re.IGNORECASE,
)


def _bare_subject(last: QuestionParts) -> Span | None:
    """Find "herring" in "What does herring cost?"."""
    match = _BARE_SUBJECT.fullmatch(last.text)
    if match is None or last.words.empty.intersection(match["thing"].lower().split()):
        return None
    return Span(*match.span("thing"))


def _put(text: str, span: Span, new: str) -> str:
    return tidy(text[: span.start] + new + text[span.end :])


def tidy(text: str) -> str:
    """One space between words, a capital at the head, a mark at the end."""
    text = re.sub(r"\s+([?.!,])", r"\1", " ".join(text.split())).strip(" ,")
    text = text[:1].upper() + text[1:]
    return text if not text or text[-1] in "?!." else f"{text}?"
