"""Headers as Python's email library understands them, and as they stand; each read once.

A message asked for its type, its names, its charset has its headers parsed each time, and each
time a class made for them.  A header that was read never changes, and the same ones stand in
message after message.
"""

from __future__ import annotations

import re
from email import policy
from email.headerregistry import BaseHeader, HeaderRegistry
from functools import lru_cache

from docproc.errors import SourceError
from docproc.text.encoding.damage import replace_surrogates
from docproc.text.encoding.decoding import decode
from docproc.text.patterns import compile_on_use

_LONGEST = 1_000
"""Characters of a header that is kept; a longer one is seldom asked for twice."""
_READ = HeaderRegistry()


class _Kept(HeaderRegistry):
    def __call__(self, name: str, value: str) -> BaseHeader:
        return (_keep if len(value) <= _LONGEST else _READ)(name, value)


@lru_cache(1_000)
def _keep(name: str, value: str) -> BaseHeader:
    return _READ(name, value)


POLICY = policy.default.clone(header_factory=_Kept())
"""``email.policy.default``, and headers that are kept."""

_LATIN_1 = compile_on_use(r"=\?(?:iso-8859-1|us-ascii)(?=[?*])", re.I)
_WINDOWS = "=?windows-1252"
"""What mail programs take an encoded word for that says it is in ISO-8859-1."""
_AS_IT_STANDS = HeaderRegistry(use_default_map=False)


@lru_cache(1_000)
def decode_header(raw: str, charset: str = "") -> str:
    """The header *raw* as a reader sees it: on one line, words encoded by RFC 2047 decoded.

    Nothing else is changed, where the library would write dates and addresses again.  Bytes in
    no stated encoding (surrogates, as the library leaves them) are in the *charset* of the
    message's text, or else in what they look like.  A header that is malformed beyond the
    library's understanding is left as it stands.
    """
    plain = "".join(raw.splitlines())
    if not plain.isascii():
        plain = _characters(plain, charset)
    try:
        value = str(_AS_IT_STANDS("x", _LATIN_1.sub(_WINDOWS, plain))) if "=?" in plain else plain
    except Exception:  # the standard library raises many kinds for headers that are malformed
        value = plain
    clean = replace_surrogates(value)
    if not clean.isprintable():
        clean = "".join(c if c.isprintable() else " " for c in clean)
    return " ".join(clean.split())


def _characters(header: str, charset: str) -> str:
    try:
        data = header.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return header
    for encoding in ("utf-8", charset):
        try:
            return data.decode(encoding)
        except (LookupError, ValueError):
            pass
    try:
        return decode(data).text
    except SourceError:
        return header
