"""LaTeX's nodes, as pylatexenc finds them, in a fifth of its time: runs of words at once.

pylatexenc makes a token of each character and copies all that it has of a text for each, so that
long papers take the square of their size.  To be imported where that library is known to be there.
"""

from __future__ import annotations

import re
from typing import Any

from pylatexenc.latexwalker import LatexToken, LatexWalker

from docproc.text.patterns import compile_on_use

_WORDS = compile_on_use(r"(\s*)([^\W_]+(?:[\s,.;:]+[^\W_]+){0,5000})")
"""Words, and what parts them that is no more than itself to LaTeX."""
_ENVIRONMENT = compile_on_use(
    r"\\(?:(?:re|provide)?newcommand|def)\*?\s*\{?\s*\\([A-Za-z]{1,40})\s*\}?\s*"
    r"\{\s*(\\(?:begin|end)\s*\{[\w*]{1,40}\}[^{}\n]{0,80})\}"
)
"""A name that a paper gives to the beginning or to the end of an environment."""


class WordWalker(LatexWalker):  # type: ignore[misc]
    """Finds the nodes of a text."""

    def get_token(
        self,
        pos: int,
        include_brace_chars: Any = None,
        environments: bool = True,
        keep_inline_math: Any = None,
        parsing_state: Any = None,
        **more: Any,
    ) -> Any:
        r"""The token at *pos*; all that follow in one where they are words.

        What takes a single character (``\frac12``) asks without *environments*.
        """
        words = _WORDS.match(self.s, pos) if environments and not include_brace_chars else None
        if words is None:
            return super().get_token(
                pos, include_brace_chars, environments, keep_inline_math, parsing_state, **more
            )
        return LatexToken("char", words[2], words.start(2), len(words[2]), words[1])


def nodes_of(text: str) -> Any:
    """The nodes of *text*, read as far as can be; raises what pylatexenc raises."""
    return WordWalker(write_environments(text), tolerant_parsing=True).get_latex_nodes()[0]


def write_environments(text: str) -> str:
    r"""*text* with ``\begin`` and ``\end`` written out where it has names of its own for them.

    In its definition such a one opens what is never closed, and would take the paper with it.
    """
    named = {found[1]: found[2] for found in _ENVIRONMENT.finditer(text)}
    if not named:
        return text
    used = re.compile(rf"\\({'|'.join(named)})(?![A-Za-z])\s?")
    return used.sub(lambda use: named[use[1]], _ENVIRONMENT.sub("", text))
