"""Leaves out of a question what only asks, and which texts need not have."""

from __future__ import annotations

import re
from typing import Final

from docproc.text.patterns import compile_on_use

_CLITIC: Final = compile_on_use(
    r"(?<=\w)(?<!(?i:rendez))-(?:t-)?(?:ils?|elles?|on|je|tu|nous|vous|ce)(?!\w)", re.IGNORECASE
)
"""What a French question sets behind its verb: *a-t-on*, *viendra-t-il*."""
_ASKING: Final = compile_on_use(
    r"\b(?:comment\s+(?:s['’]appel|se\s+nomm)\w+|c[óo]mo\s+se\s+llam\w+|come\s+si\s+chiam\w+"
    r"|wie\s+(?:hei(?:ß|ss)t|hieß|hiess)(?:en)?|как\s+(?:его\s+|е[её]\s+|их\s+)?з(?:овут|вали)"
    r"|(?:tiene|tenía|tuvo)\s+que|deb(?:e|ía|ió)\s+(?=\w+r\b)|doveva(?:no)?|dovette(?:ro)?"
    r"|devai(?:t|ent)|велено|велел[аи]?|должн[аоы]|должен|пришлось)\b",
    re.IGNORECASE,
)
"""What asks for a name, and what says that something was to be done: texts need not have it."""


def without_asking(question: str) -> str:
    """*question* without what asks for a name, says that something had to be, or is run on."""
    return _ASKING.sub(" ", _CLITIC.sub(" ", question))
