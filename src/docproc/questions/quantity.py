"""Whether a question wants every document that there is, or their number; and whom it asks to find
mentioned, as distinct from who wrote.
"""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Final

from docproc.questions.parsed import Quantity
from docproc.questions.writing import DOCUMENT
from docproc.text.patterns import compile_on_use

_NOUN: Final = DOCUMENT.pattern.removeprefix(r"(?<![\w’'-])")
_BETWEEN: Final = (
    r"\s+(?:(?:of\s+)?(?:the|these|those|different|other|surviving|more|der|aller|des|"
    r"de\s+(?:las|los)|delle|всего|все|разных)\s+)?"
)
_COUNT: Final = compile_on_use(
    rf"(?<!\w)(?:how many|number of|count(?: all| the)?|сколько|wie ?viele?n?|anzahl der|combien(?: de| d['’])?|в скольких|"
    rf"quant[ie]|cu[aá]nt[oa]s){_BETWEEN.replace('+', '*', 1)}{_NOUN}",
    re.IGNORECASE,
)
_HOW_OFTEN: Final = r"(?<!\w)(?:how often|how many times|wie oft|wie viele male|combien de fois|сколько раз|как часто|cuántas veces|quante volte)(?!\w)"
_ASKS_HOW_OFTEN: Final = compile_on_use(_HOW_OFTEN, re.IGNORECASE)
_OFTEN: Final = compile_on_use(
    rf"{_HOW_OFTEN}[^?]*?"
    r"(?<!\w)(?:wr(?:ite|ote|itten)|schr(?:eiben|ieb)\w*|geschrieben|écri\w+|писал\w*|escrib\w+|scri(?:sse|ve)\w*|"
    r"telegraph\w*|cabled?)(?!\w)",
    re.IGNORECASE,
)
"""How often somebody wrote is how many letters."""
_WROTE_WHICH: Final = compile_on_use(
    rf"(?<!\w)(?:which|what|welche|какие|quels?|quelles?|qué|quali){_BETWEEN}{_NOUN}\s+(?:did\s+[^?]*?\b(?:write|receive|get)|"
    r"(?:were|are)\s+(?:written|sent|dated|about|from|to|there)|gibt\s+es|y\s+a-t-il|hay|ci\s+sono|есть|schrieb\w*|schickte\w*|bekam\w*|erhielt\w*|написа[лн]\w*|получ\w+|a(?:-t-(?:il|elle))? reçue?s?|recibi\w+|(?:ha )?ricev\w+|"
    r"отправлен\w*|wurden\s[^?]*?(?:geschrieben|geschickt)|(?:ont été|furent)\s+(?:écrite?|envoyée?)s|"
    r"(?:se\s+)?escribi(?:ó|eron)|fueron escrit[ao]s|(?:furono|sono state|ha) scritt[eo]|"
    r"a-t-(?:il|elle) écrite?s?|[^?]*?\ba(?:-t-(?:il|elle))? écrite?s?)(?!\w)",
    re.IGNORECASE,
)
"""Which letters somebody wrote: all of them."""
_IN_WHICH: Final = compile_on_use(
    rf"(?<!\w)(?:in|dans|в|en)\s+(?:which|what|welchen|quel(?:le)?s|каких|qué|quali)\s+{_NOUN}\s[^?]*?"
    r"(?<!\w)(?:mentioned|named|spoken of|found|erwähnt|genannt|question|mentionnée?s?|parle|kommt|kommen|stehen|"
    r"упомина\w+|говорится|назван\w*|mencionan?|habla|menzionat[oaie]|parla)(?!\w)",
    re.IGNORECASE,
)
_ALL: Final = compile_on_use(
    r"(?<!\w)(?:(?:what are|welches sind|quelles sont|cuáles son|quali sono)(?:\s+(?:the|die|les|las|le))?|"
    r"(?:(?:give (?:me )?|make )?a list of|list|name|enumerate|show(?: me)?|give(?: me)?|find)\s+(?:me\s+)?"
    r"(?:all|every|each|the|any)?|all|every|перечисли\w*|все(?:х)?|"
    r"(?:liste|nenne|zeige)(?:\s+(?:mir\s+)?(?:alle|die|sämtliche))?|alle|sämtliche|"
    rf"(?:liste[rz]?|énumère\w*|montre\w*)(?:\s+(?:toutes?|tous))?(?:\s+les)?|toutes? les|tous les|"
    r"tod[ao]s (?:las|los)|tutt[ei] (?:le|i|gli)|elenca(?: le| i)?|lista(?: de)?(?: las| los)?)"
    rf"{_BETWEEN.replace('+', '*', 1)}{_NOUN}",
    re.IGNORECASE,
)
_WHICH: Final = compile_on_use(
    rf"(?<!\w)(?:which|what|welche|какие|в каких|quels?|quelles?|qué|quali){_BETWEEN}{_NOUN}[^?]*?"
    r"(?<!\w)(?:mention(?:s|ed|ing)?|speak(?:s|ing)? (?:of|about)|spoke of|talk (?:of|about)|name|refer to|"
    r"concern|contain|hold|deal with|(?:er)?wähn\w*|sprechen|spricht|handel\w*|nenn\w*|"
    r"упомина\w+|говор\w+|mentionnent|mentionne|parlent|parle|citent|évoquent|"
    r"mencionan|menciona|hablan|menzionano|menziona|parlano|citano)(?!\w)",
    re.IGNORECASE,
)
MENTION: Final = compile_on_use(
    r"(?<!\w)(?:mention(?:s|ed|ing)?|speak(?:s|ing)? (?:of|about)|spoke of|talk(?:s|ing)? (?:of|about)|"
    r"refer(?:s|ring)? to|that name|which name|hold(?:s|ing)?|with the words?|concern(?:s|ing)?|contain(?:s|ing)?|deal(?:s|ing)? with|"
    r"name|about|on|erwähn\w*|sprechen von|spricht von|handeln von|nennen|über|упомина\w+|говор\w+ о|о|об|"
    r"mentionn\w+|parl\w+ d[e’']|citent|évoquent|sur|mencion\w+|habla\w* de|menziona\w*|"
    r"parla\w* di|citano)(?!\w)",
    re.IGNORECASE,
)
"""What says that a document holds a word."""


_HEADED: Final = compile_on_use(
    r"\W*(?:(?:the|die|les|las|le|all)\s+)?(?:letters|telegrams|documents|messages|dispatches|reports|"
    r"briefe|telegramme|dokumente|berichte|lettres|télégrammes|documents|письма|телеграммы|документы|"
    r"cartas|telegramas|documentos|lettere|telegrammi|documenti)(?!\w)[^?]*",
    re.IGNORECASE,
)
"""What is typed as a heading of a list is one: "letters after May 1922"."""
_APART: Final = str.maketrans("’'-", "   ")


def find_quantity(question: str) -> Quantity | None:
    """``COUNT`` for "how many letters", ``ALL`` for "list the letters" and "which letters name"."""
    # a question without a word for documents is told by that, before the long patterns are compiled
    named = DOCUMENT.search(question.translate(_APART)) is not None
    if named and _COUNT.search(question):
        return Quantity.COUNT
    if _ASKS_HOW_OFTEN.search(question) and _OFTEN.search(question):
        return Quantity.COUNT
    if named and _HEADED.fullmatch(question):
        return Quantity.ALL
    if named and any(way.search(question) for way in (_ALL, _WHICH, _WROTE_WHICH, _IN_WHICH)):
        return Quantity.ALL
    return None


MENTIONED: Final = compile_on_use(
    r"(?<!\w)(?:mention(?:s|ed|ing)?|(?:speaks?|spoke|talks?) (?:of|about)|refers? to|"
    r"concern(?:s|ing)?|erwähn\w*|genannt|(?:handeln|handelt|sprechen|spricht) (?:von|vom)|"
    r"betreffen|mentionn\w+|parle(?:nt)? d(?:e|u|['’])|citent|évoquent|concernent|упомина\w+|"
    r"упомянут\w*|говорится об?|касаются|mencion\w+|hablan? de|menzion\w+|parl(?:ano|a) di|"
    r"citano)(?!\w)\s*",
    re.IGNORECASE,
)
"""What a document does with those whom it names."""


def is_mentioned(
    question: str, start: int, titles: Set[str], mentioned: re.Match[str] | None, *, wrote_it: bool
) -> bool:
    """Whether the name at *start* of *question* is of whom it asks to find *mentioned*.

    That is the name behind the verb, *titles* apart ("Which letters mention Urquhart?"), or, before
    it, one of which nothing says that they *wrote it*: "In which letters is Urquhart mentioned?"
    """
    if mentioned is None:
        return False
    if start >= mentioned.end():
        return set(question[mentioned.end() : start].casefold().split()) <= titles
    return not wrote_it
