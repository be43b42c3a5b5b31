"""How editions call one who sends and one who receives, and his doing so."""

from __future__ import annotations

from docproc.text.patterns import compile_on_use

_SENDS = compile_on_use(
    r"sen[dt]|from\Z|author|autor|auteur|writ|dictat|d[ei]spatch|posted|mailed|expedi|expédi|absend"
    r"|verfass|aut\Z|mittente|remit|отправи|автор|petitioner|applicant|signator|signer|bittsteller"
)
_RECEIVES = compile_on_use(
    r"recei|recip|addressee|addressed|adress|to\Z|deliver|empf[aä]ng|destin|rcp\Z|адресат|получ"
)
"""How editions begin to call what was done (``sent``, ``sentBy``, ``deliveredTo``) and by whom."""


def is_sender(role: str) -> bool:
    """Whether *role* is what editions call one who sends, or his doing so."""
    return _SENDS.match(role.casefold()) is not None


def is_recipient(role: str) -> bool:
    """Whether *role* is what editions call one who receives, or his doing so."""
    return _RECEIVES.match(role.casefold()) is not None
