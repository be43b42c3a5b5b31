"""Where a LaTeX file includes others: ``input``, ``include``, ``subfile``, ``import``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docproc.formats.spliced import Inclusion
from docproc.text.patterns import compile_on_use

_COMMAND = compile_on_use(
    r"\\(?:(?:input|include|subfile|subfileinclude)(?![A-Za-z@*])[ \t]*"
    r"(?:\{\s*([^{}\n]+?)\s*\}|(?<=[ \t])([\w./-]+))"
    r"|(?:sub)?(?:import|includefrom|inputfrom)\*?[ \t]*\{\s*([^{}\n]*?)\s*\}"
    r"[ \t]*\{\s*([^{}\n]+?)\s*\})"
)
_SHOWN = compile_on_use(
    r"\\begin\s*\{(verbatim|Verbatim|lstlisting|minted|alltt|comment|filecontents)\*?\}.*?"
    r"\\end\s*\{\1\*?\}",
    re.S,
)
"""What is shown as it is written, or not at all."""
_COMMENT = compile_on_use(r"(?<!\\)(?:\\\\)*%")
_BODY = compile_on_use(r"\\begin\s*\{document\}(.*?)(?:\\end\s*\{document\}|\Z)", re.S)


def inclusions(text: str) -> Iterator[Inclusion]:
    """The commands in *text* that include a file, except those in comments or shown as code."""
    shown = [each.span() for each in _SHOWN.finditer(text)]
    for found in _COMMAND.finditer(text):
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        inside = any(start <= found.start() < end for start, end in shown)
        if inside or _COMMENT.search(line):
            continue
        name = (found[1] or found[2] or "").strip('"')
        if found[4]:
            name = f"{found[3].rstrip('/')}/{found[4]}" if found[3] else found[4]
        names = (name,) if name.endswith(".tex") else (f"{name}.tex", name)
        yield Inclusion(found.start(), found.end(), names, _body)


def _body(text: str) -> str:
    """The text of a file, of a whole document what it prints; each of its paragraphs its own."""
    found = _BODY.search(text)
    return f"{found[1] if found else text}\n"
