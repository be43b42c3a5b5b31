"""Offices: the words by which a signature says what its signer is, apart from who.

``Секретарь ЦК В. Молотов`` is signed by В. Молотов; ``Secretary of State`` by nobody named.
"""

from __future__ import annotations

import re

from docproc.records import Span
from docproc.text.patterns import compile_on_use
from docproc.text.words import word_set

OFFICES: tuple[str, ...] = (
    # English
    r"secretar(?:y|ies)", "chairman", "chairwoman", "chair", "president", "minister", "ambassador",
    "commissioner", "consul", "commissar", "director", "governor", "premier", "chancellor",
    "commander", "chief", "head", "treasurer", "registrar", "clerk", "envoy", "delegate",
    "representative", "counsell?or", r"charg[ée]", "attach[ée]", "permanent", "under-?secretary",
    "plenipotentiary", r"people['’]s\s+commissar", "mayor", "prefect", "sheriff", "viceroy",
    r"(?:arch)?bishop", "superintendent", "postmaster",
    # Russian
    "секретар[ья]", "председател[ьия]", r"пред\.", "президент", "министр", "нарком",
    r"наркоминдел", r"народный\s+комиссар", "комиссар", "начальник", r"нач\.", "командующий",
    "командир", "управляющий", "управделами", "директор", "заведующий", r"зав\.", "член", "посол",
    "полпред", "полномочный", "посланник", "консул", "уполномоченный", "делопроизводитель",
    r"помощник", r"пом\.", r"(?:генерал-)?губернатор", r"городско[йм]у?\s+голов[аеы]", "епископ",
    "исправник", "комендант", "главнокомандующий", "прокурор", "генсек",
    # German
    r"(?:reichs|staats|general|unter|haupt|partei)?sekretär(?:in)?", r"(?:reichs)?minister",
    r"(?:reichs|bundes)?kanzlers?", "botschafters?", "gesandte[nr]?",
    r"(?:reichs)?präsident(?:en)?", "vorsitzende[r]?", "direktor", r"(?:reichs)?kommissar",
    "leiter", "oberbefehlshaber", r"(?:general)?konsuls?", "schriftführer(?:in)?", "landrat",
    r"(?:ober)?bürgermeister", r"oberpräsident(?:en)?", r"(?:erz)?bischofs?",
    r"superintendent(?:en)?",
    # French
    "ministre", r"président(?:e)?", r"secrétaire", "ambassadeur", "directeur",
    r"(?:sous-)?préfet", r"(?:arch)?évêque", "intendant", "procureur",
    "commissaire", "chancelier", "greffier", "maire", "gouverneur",
    r"curé", r"juge\s+de\s+paix", "commandant", "inspecteur",
    "receveur", "instituteur", r"chargé\s+d['’]affaires",
    # Italian
    r"segretari[oa]", "presidente", "ministro", "ambasciatore", "console", "direttore",
    "commissario", "doge", "provveditore", "bailo", "capitano",
    "prefetto", "sindaco", r"(?:arci)?vescovo", "governatore",
    # Spanish
    "cónsul", "embajador", "prefecto", "corregidor", r"secretari[oa]", "alcalde", "gobernador",
    "virrey",
    r"(?:arz)?obispo",
    "⟦offices⟧",
)  # fmt: skip
"""The nouns by which an office is known."""

BEFORE: tuple[str, ...] = (
    "the", "acting", "deputy", "assistant", "first", "second", "third", "vice-?", "general",
    "honorary", r"hon\.", "permanent", "high", "prime", "foreign", "private", "your", "for the",
    r"и\.\s?о\.", r"вр\.?\s?и\.?\s?[од]\.", "врид", r"зам\.?", r"заместитель", "за",
    "генеральный", "ответственный", "технический", "первый", "второй", "верховный", "товарищ",
    "der", "die", "das", "stellvertretende[rn]?", "erste[rn]?", r"i\.\s?a\.", r"i\.\s?v\.",
    "im auftrag",
    "monsieur", r"m\.", r"mgr\.?", "monseigneur",
    "le", "la", "l['’]", "vice-", "il", "lo", "el", "pour le",
    "⟦before_offices⟧",
)  # fmt: skip
"""What may stand before the noun of an office."""

_OFFICE = compile_on_use(
    rf"\W*(?:(?:{'|'.join(BEFORE)})\s*){{0,3}}(?:{'|'.join(OFFICES)})(?:[уаюя]|ом|ем)?(?!\w)",
    re.IGNORECASE,
)
_LOWER = compile_on_use(r"(?<!\w)[a-zà-ÿ]+(?!\w)")
_SMALL = word_set(
    """
    of the for and in at to on a des der die das dem den für von und im am zu de du la le les l d
    et aux à del della dello dei degli delle di e per
    """
)
"""The words in small Latin letters that an office may be made of; Russian offices have others."""
_CAPITAL = r"[^\W\d_a-zа-яё]"
_NAMED = compile_on_use(
    rf"""(?<!\w)(?P<name>
      (?:{_CAPITAL}[^\W\d_]{{0,2}}\.[\s-]?){{1,4}}
      (?:(?:von|van|de|der|di|da|du|la|le|v\.|фон|де)\s)?{_CAPITAL}[\w'’-]+(?:\s\([^()\n]{{2,30}}\))?
    | {_CAPITAL}[\w'’-]+\s(?:{_CAPITAL}\.\s?){{1,3}}
    )[\s.]*\Z""",
    re.VERBOSE,
)
_TWO = compile_on_use(rf"\W*(?P<office>[^\W\d_]+)[:\s]\s*(?P<name>{_CAPITAL}[\w'’-]+)[\s.]*\Z")
SIGNED = compile_on_use(
    r"\W{0,2}(?i:signed|sgd|gez|⟦signed⟧|signé|firmato|подписал[аи]?|подписано|подпись|п/п|п\.\s?п)"
    r"(?i:\s+by)?(?:[.:)]+\s*|\s+)(?=\W?[^\W\d_a-zа-яё])"
)
"""What stands before a name that was signed: ``(signed)``, ``gez.``, ``п. п.``"""


def is_office(text: str) -> bool:
    """Whether *text* begins as an office does, and names nobody."""
    return _OFFICE.match(text) is not None and office_and_name(text) is None


def office_and_name(text: str) -> tuple[Span, Span] | None:
    """Where office and name stand in a line with both, told by initials or a one-word office."""
    office = _OFFICE.match(text)
    if office is None:
        return None
    named = _NAMED.search(text, office.end())
    if named is None:
        two = _TWO.fullmatch(text)
        if two is None or office.end() > two.end("office") or _OFFICE.match(two["name"]):
            return None
        named = two
    name = Span(*named.span("name"))
    if any(word not in _SMALL for word in _LOWER.findall(text, office.end(), name.start)):
        return None  # "The Minister said that he met A. B. Hill"
    end = len(text[: name.start].rstrip(" \t\n\xa0,:;–—-"))
    start = len(text) - len(text.lstrip(" \t\n_*"))
    return Span(start, end), Span(name.start, name.start + len(name.of(text).rstrip()))
