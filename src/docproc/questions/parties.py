"""Whom a question names as writing or receiving, and the place that it names as written from.

A name is one of those that the documents have as senders, recipients and places, however it is
written (``docproc.text.names.matching``); its part in the question is told by the small words
beside it, its case ending or its place beside the verb.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from functools import cached_property
from itertools import pairwise
from typing import Final

from docproc.dataclass_on_use import dataclass
from docproc.questions.bounds import BOUNDS
from docproc.questions.parsed import Party
from docproc.questions.quantity import MENTIONED, is_mentioned
from docproc.questions.writing import DOCUMENT, GOODS, RECEIVED, SAYS, SENT, WROTE
from docproc.records import Span
from docproc.text.knowledge import with_learned_words
from docproc.text.language.stop_words import STOP_WORDS
from docproc.text.names.matching import PARTICLES, all_keys, name_matcher, name_words
from docproc.text.patterns import compile_on_use
from docproc.text.words import word_set

_TOKEN: Final = compile_on_use(
    r"(?<!\w)(?:l|d|dell|all|dall)['’](?=[a-zà-ÿ])|[^\W_]+(?:['’‘ʼ][^\W_]+)*"
)
"""A word, or an article that is run into the office behind it: ``l'évêque``."""
_ELIDED: Final = compile_on_use(r"(?<!\w)(?:[Ll]|[Dd]ell|[Aa]ll)['’](?=[a-zà-ÿ])")
_TO: Final = with_learned_words(word_set("to an à a au aux к ко al alla all für unto"), "recipient")
_FROM: Final = with_learned_words(
    word_set("from by of von vom de du d от ot da dal del dall dell par"), "sender"
)
_FROM_PLACE: Final = word_set("from aus de d du desde uit из с от da at in à en в за von")
_FROM_PLACE_ONLY: Final = word_set("from aus de d du desde uit из da")
_FRENCH: Final = compile_on_use(
    r"\W*(?:et )?(?:quand|où|pourquoi|comment|combien|qui|qu['’]\w+)(?!\w)", re.IGNORECASE
)
"""A question in French, where "a" is no preposition."""
TITLES: Final = word_set(
    "the mr mrs miss ms dr sir lord lady comrade herr frau fräulein mme mlle monsieur madame "
    "prof professor general captain colonel ambassador consul minister chargé president "
    "тов товарищ товарища товарищу господин der die das le la l les il lo"
)
_PARENTHESIS: Final = compile_on_use(r"\(([^()]{2,60})\)")
_DATIVE: Final = compile_on_use(r"(?:ову|еву|ёву|ину|ому|ему|ой|ей|у|ю)$")
_EITHER_CASE: Final = compile_on_use(r"(?:ой|ей)$")
"""A name of a woman in the genitive, which is the dative too."""
_STOPS: Final = frozenset().union(*STOP_WORDS.values())
_LIKE_A_HEADING: Final = compile_on_use(r"^\W*[^\W\d_a-zа-яё].*?\s(?:to|an|à|à la|к|—|–)\s")


@dataclass
class KnownNames:
    """The senders, recipients and places of the documents, as printed, read when first needed."""

    read: Callable[[str], Iterable[str]]
    _printed: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def values_of(self, column: str) -> tuple[str, ...]:
        """The distinct values of ``"sender"``, ``"recipient"`` or ``"place"``."""
        if column not in self._printed:
            self._printed[column] = tuple(self.read(column))[: BOUNDS.names]
        return self._printed[column]

    @cached_property
    def persons(self) -> _Lexicon:
        """The words of the correspondents' names."""
        return _Lexicon((*self.values_of("sender"), *self.values_of("recipient")))

    @cached_property
    def places(self) -> _Lexicon:
        """The words of the places."""
        return _Lexicon(self.values_of("place"))

    def is_person(self, name: str) -> bool:
        """Whether a sender or a recipient is called *name*."""
        return self.has("sender", name) or self.has("recipient", name)

    def is_place(self, name: str) -> bool:
        """Whether a document was written at *name*."""
        return self.has("place", name)

    def has(self, column: str, name: str) -> bool:
        """Whether *column* holds a name that is called so."""
        holds = name_matcher(name, partly=False)
        return any(holds(_ELIDED.sub("", each)) for each in self.values_of(column))


class _Lexicon:
    """The words of names, folded, and the keys of their transliterations."""

    def __init__(self, names: Sequence[str]) -> None:
        self.words: set[str] = set()
        self.keys: set[str] = set()
        self.whole: set[tuple[str, ...]] = set()
        for name in dict.fromkeys(names):
            bare = _ELIDED.sub("", " ".join(_PARENTHESIS.findall(name)) or name)
            for word in name_words(bare):
                if len(word) > 1 and word not in TITLES:
                    self.words.add(word)
            for token in _TOKEN.findall(bare):
                self.keys.update(all_keys(token))
            office = tuple(w for w in name_words(_PARENTHESIS.sub("", name)) if w not in TITLES)
            if len(office) > 1:
                self.whole.add(office)
        self.closed = {"".join(words) for words in self.whole}

    def holds(self, token: str) -> bool:
        """Whether *token* is a word of a name."""
        words = name_words(token)
        if not words:
            return False
        if "".join(words) in self.words or all(word in self.words for word in words):
            return True
        return not self.keys.isdisjoint(all_keys(token))


@dataclass(frozen=True, slots=True)
class Parties:
    """The sender, the recipient and the place that a question names.

    ``mutual`` is whether it asks for what the two wrote to each other.
    """

    sender: Party | None = None
    recipient: Party | None = None
    place: Party | None = None
    mutual: bool = False


@dataclass(frozen=True, slots=True)
class _Run:
    """A name in the question, the small word before it, and whether it owns what follows."""

    name: str
    span: Span
    whole: Span
    before: str
    owns: bool


def find_parties(question: str, known: KnownNames) -> Parties:
    """The correspondents and the place that *question* names."""
    wrote = WROTE.search(question) or SAYS.search(question)
    document = DOCUMENT.search(question)
    if wrote and not document and SENT.fullmatch(wrote[0]) and GOODS.search(question):
        wrote = None  # rifles are sent as well as letters
    if not (wrote or document or _LIKE_A_HEADING.search(question)):
        return Parties()
    runs = list(_runs(question, known.persons.holds, known.persons.whole, known.is_person))
    sender = recipient = place = None
    heading = _heading(question, runs)
    if heading:
        return _drop_unknown(Parties(*heading), known)
    if not (wrote or document):
        return Parties()
    for one, other in pairwise(runs):
        both = known.is_person(one.name) and known.is_person(other.name)
        if both and _mutual(question, one, other):
            return Parties(Party(one.name, one.whole), Party(other.name, other.whole), mutual=True)
    received = document is not None and RECEIVED.search(question) is not None
    received = received or _TOLD.match(question) is not None
    free: list[_Run] = []
    to = _TO - {"a"} if _FRENCH.match(question) else _TO
    kept = not wrote and _is_of_papers(question)
    mentioned = MENTIONED.search(question)
    for run in runs:
        wrote_it = bool(wrote or run.owns) or run.before in _TO | _FROM
        if is_mentioned(question, run.span.start, TITLES, mentioned, wrote_it=wrote_it):
            continue
        if kept and run.before not in to | _BY:
            continue  # the papers of somebody are no letters from them
        at_place = run.before in _FROM_PLACE and known.is_place(run.name)
        if at_place and not known.has("sender", run.name):
            continue
        if run.before in to and recipient is None:
            recipient = Party(run.name, run.whole)
        elif (run.before in _FROM or run.owns) and sender is None:
            sender = Party(run.name, run.whole)
        elif run.before not in _OTHERWISE:
            free.append(run)
    for run in free:
        genitive = _EITHER_CASE.search(run.name) and DOCUMENT.fullmatch(run.before)
        if genitive and sender is None and known.has("sender", run.name):
            sender = Party(run.name, run.whole)  # письмо Колосовой
            continue
        dative = re.search("[а-яё]", run.name, re.I) and _DATIVE.search(run.name.split()[-1])
        if (dative or received) and recipient is None:
            recipient = Party(run.name, run.whole)
        elif sender is None:
            sender = Party(run.name, run.whole)
        elif recipient is None:
            recipient = Party(run.name, run.whole)
    unknown = _TO_NAME.search(question) if sender and not recipient else None
    if unknown and known.has("sender", sender.name if sender else ""):
        span = Span(*unknown.span("name"))  # to whom nothing is
        recipient = Party(span.of(question), Span(unknown.start("to"), span.end))
    if recipient and not sender and (named := _BY_NAME.match(question)):
        span = Span(*named.span("name"))  # from whom nothing is
        sender = Party(span.of(question), span)
    for run in _runs(question, known.places.holds, (), known.is_place):
        taken = [party.span for party in (sender, recipient) if party]
        if run.before not in _FROM_PLACE or any(run.whole.overlaps(span) for span in taken):
            continue
        nearby = question[max(0, run.whole.start - BOUNDS.place_words) : run.whole.start]
        if run.before in _FROM_PLACE_ONLY or WROTE.search(nearby) or DOCUMENT.search(nearby):
            place = Party(run.name, run.whole)
            break
    return _drop_unknown(Parties(sender, recipient, place), known)


def _mutual(question: str, one: _Run, other: _Run) -> bool:
    """Whether *question* asks for what the two wrote to each other."""
    joined = question[one.span.end : other.span.start].strip().casefold() in _AND
    if _CORRESPONDENCE.search(question) and (joined or other.before in _WITH):
        return True
    return joined and (one.before in _BETWEEN or EACH_OTHER.search(question) is not None)


_TO_NAME: Final = compile_on_use(
    r"(?<!\w)(?i:wr(?:ite|ote|itten)|cabled?|wired?|telegraph(?:ed)?|letters?|telegrams?)\s+"
    r"(?P<to>(?i:to)\s+)(?P<name>[A-ZÀ-ÞА-ЯЁ][\w’'-]+(?:\s+[A-ZÀ-ÞА-ЯЁ][\w’'-]+)*)"
)
_BY_NAME: Final = compile_on_use(
    r"\W*(?i:what|when|where|why|how many letters|how often)\s(?i:did|does|had|has)\s(?i:the\s)?"
    r"(?!Mother|Father|Brother|Sister|Grand|Mama|Papa|Uncle|Aunt)"
    r"(?P<name>[A-ZÀ-ÞА-ЯЁ][\w’'-]+(?:\s[A-ZÀ-ÞА-ЯЁ][\w’'-]+)*)\s"
    r"(?i:wr(?:ite|ote|itten)|telegraph(?:ed)?|cabled?|wired?|repl(?:y|ied)|answer(?:ed)?)\s(?i:to)\s"
)


def _is_of_papers(question: str) -> bool:
    """Whether the only documents that *question* speaks of are kept together: papers, records."""
    return all(_PAPERS.fullmatch(each[0]) for each in DOCUMENT.finditer(question))


_PAPERS: Final = compile_on_use(
    r"papers|records|files?|collection|documents?(?= collection)|бумаг\w*|материал\w*|akten?|"
    r"papiere?|papiers|carte", re.IGNORECASE
)  # fmt: skip
_BY: Final = word_set("by from par von da")
_TOLD: Final = compile_on_use(
    r"\W*(?:and )?(?:what|when|by whom|why)\s(?:was|were)\s[^?]*\s(?:told|informed|advised|"
    r"instructed|sent|answered|notified)\W*\Z|"
    r"\W*(?:und )?(?:was|wann|von wem|warum)\swurden?\s[^?]*\s(?:mitgeteilt|geschrieben|geschickt|"
    r"berichtet|telegra(?:f|ph)iert|geantwortet)\W*\Z",
    re.IGNORECASE,
)
"""Who was told a thing is whom it was written to."""
_AND: Final = word_set("and und et y e и & –")
_WITH: Final = word_set("with mit avec con с со")
_BETWEEN: Final = word_set("between zwischen entre между tra fra")
_CORRESPONDENCE: Final = compile_on_use(
    r"(?<!\w)(?:correspondence|brief ?wechsel|korrespondenz|correspondance|переписк\w+|"
    r"correspondencia|carteggio|corrispondenza)(?!\w)",
    re.IGNORECASE,
)
EACH_OTHER: Final = compile_on_use(
    r"(?<!\w)(?:each other|one another|passed(?= between)|einander|"
    r"l['’]une? (?:à )?l['’]autre|друг другу|"
    r"se escrib\w+|si scri\w+|exchanged?|austausch\w+|ausgetauscht|échang\w+|обмен\w+)(?!\w)",
    re.IGNORECASE,
)
_OTHERWISE: Final = word_set(
    "in at about on for with against under over near between among concerning regarding through "
    "into within without during than like as über bei mit gegen unter durch für ohne zwischen "
    "sur dans chez avec contre sous pour entre sans о об обо про с со в во на при под над за без "
    "между su in con per tra fra sobre con por para that which"
)
"""What stands before a name that is no correspondent's."""


def _drop_unknown(found: Parties, known: KnownNames) -> Parties:
    """*found* without those whom no document has in that part.

    Who is asked for as a sender and never wrote is a sender still where another part is known:
    the answer is then that no document is so.
    """
    sender, recipient, place = found.sender, found.recipient, found.place
    if sender and not known.has("sender", sender.name) and not recipient:
        sender = None
    if recipient and not known.has("recipient", recipient.name) and not sender:
        recipient = None
    if place and not known.has("place", place.name):
        place = None
    return Parties(sender, recipient, place)


def _heading(question: str, runs: Sequence[_Run]) -> tuple[Party, Party] | None:
    """The parties of "Casey to Hankey": a name at the head, and another one behind "to"."""
    if len(runs) < 2 or runs[0].span.start > 4 or runs[1].before not in _TO | {"—"}:
        return None
    gap = question[runs[0].span.end : runs[1].span.start].strip(" —–-").casefold().split()
    if not gap or gap[0] in _TO or set(gap) <= TITLES:
        first, second = runs[0], runs[1]
        return Party(first.name, first.whole), Party(second.name, second.whole)
    return None


def _runs(
    question: str,
    holds: Callable[[str], bool],
    offices: Iterable[tuple[str, ...]],
    is_known: Callable[[str], bool],
) -> Iterable[_Run]:
    """Runs of words in *question* that are of a name; *is_known* tells two names side by side."""
    tokens = list(_TOKEN.finditer(question))
    folded = [name_words(token[0]) for token in tokens]
    offices = list(offices)
    at = 0
    while at < len(tokens):
        end = _office(folded, at, offices) or _end_of_name(question, tokens, at, holds)
        if end == at:
            at += 1
            continue
        while end - at > 1 and not is_known(
            re.sub(r"['’]s?$", "", question[tokens[at].start() : tokens[end - 1].end()])
        ):
            end -= 1
        of = end + 1 < len(tokens) and tokens[end][0].casefold() in _OF
        last = tokens[end - 1].end()
        if of and is_known(question[tokens[at].start() : tokens[end + 1].end()]):
            end += 2  # Duke of Milan
            last = tokens[end - 1].end()
        elif of and tokens[end + 1][0][0].isupper() and not holds(tokens[end + 1][0]):
            last = tokens[end + 1].end()  # Doge di Venezia, of one who is only the Doge elsewhere
        first, before = at, ""
        start = tokens[first].start()
        while first and tokens[first - 1][0].casefold().rstrip(".'’") in TITLES:
            first -= 1
            start = tokens[first].start()
        if first and question[tokens[first - 1].end() : start].strip(" .'’") == "":
            before = tokens[first - 1][0].casefold().rstrip("'’")
            if before in _TO | _FROM | _FROM_PLACE:
                start = tokens[first - 1].start()
        name = question[tokens[at].start() : tokens[end - 1].end()]
        owned = re.search(r"['’]s?$", name)
        bare = re.sub(r"['’]s?$", "", name) if owned else name
        owns = bool(owned) and (end == len(tokens) or DOCUMENT.match(tokens[end][0]) is not None)
        yield _Run(bare, Span(tokens[at].start(), last), Span(start, last), before, owns)
        at = end


_OF: Final = word_set("of de di d von zu del della du")


def _office(
    folded: Sequence[tuple[str, ...]], at: int, offices: Sequence[tuple[str, ...]]
) -> int | None:
    """Where an office such as "Secretary of State" that begins at *at* ends."""
    best = None
    for office in offices:
        size = len(office)
        found = tuple(word for words in folded[at : at + size] for word in words)
        if size > 1 and found == office and (best is None or at + size > best):
            best = at + size
    return best


def _end_of_name(
    question: str, tokens: Sequence[re.Match[str]], at: int, holds: Callable[[str], bool]
) -> int:
    """Where the run of words of a name that begins at *at* ends; *at* where none does."""
    end = at
    found = False
    while end < len(tokens):
        token = tokens[end][0]
        bare = re.sub(r"['’]s$", "", token)
        gap = question[tokens[end - 1].end() : tokens[end].start()] if end > at else ""
        if end > at and gap.strip(" .-") != "":
            break
        behind = re.sub(r"['’]s$", "", tokens[end + 1][0]) if end + 1 < len(tokens) else ""
        if bare.casefold() in PARTICLES and behind[:1].isupper() and holds(bare + behind):
            found = True  # Mac Gregor, O Neill
            end += 2
            continue
        initial = len(bare) <= 1 or (bare.isupper() and len(bare) <= 3)
        capital = bare[0].isupper()
        if initial and capital:
            end += 1
            continue
        stop = bare.casefold() in _STOPS and not (capital and end)
        least = 2 if capital and end else 3
        if stop or len(bare) < least or not holds(bare) or WROTE.fullmatch(bare):
            break
        if DOCUMENT.fullmatch(bare) and not capital:
            break
        found = True
        end += 1
        if token != bare:
            break
    return end if found else at
