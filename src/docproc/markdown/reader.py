"""The reader: markdown-it-py's block rules, and one more, for definitions of footnotes.

Only blocks are read: a block comes with its lines, and lines are exact.  What stands inside
a line (emphasis, links) has no place in markdown-it's answer; see ``docproc.markdown.marks``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from docproc.text.patterns import compile_on_use

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

NOTE = compile_on_use(r"\[\^(?P<label>[^\[\]\s]{1,80})\]:[ \t]?")
"""How the definition of a footnote begins."""


def tokens(text: str) -> list[Token]:
    """The block tokens of *text*, each with its first line and the line after its last."""
    return _reader().parse(text, {})


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # Not inline: see above.  Not the targets of links: that rule takes quadratic time over a
    # title that does not end.
    reader = MarkdownIt("commonmark").enable("table")
    reader.disable(["reference", "inline", "text_join"])
    terminates: RuleOptionsType = {"alt": ["paragraph", "blockquote", "list"]}
    reader.block.ruler.before("paragraph", "footnote", _footnote, terminates)
    return reader


def _footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """``[^1]: words``, with the lines that go on and the indented paragraphs that follow."""
    at = state.bMarks[start] + state.tShift[start]
    match = NOTE.match(state.src, at, state.eMarks[start])
    if match is None:
        return False
    if silent:
        return True
    last = line = start
    while line + 1 < end:
        line += 1
        if state.isEmpty(line):
            continue
        after_blank = line > last + 1
        if state.sCount[line] < state.blkIndent:
            break
        if after_blank and state.sCount[line] - state.blkIndent < 4:
            break
        if not after_blank and _ends(state, line, end):
            break
        last = line
    token = state.push("footnote", "", 0)
    token.map = [start, last + 1]
    token.info = match["label"]
    state.line = last + 1
    return True


def _ends(state: StateBlock, line: int, end: int) -> bool:
    """Whether another block begins at *line*, which follows at once."""
    if state.sCount[line] - state.blkIndent >= 4:
        return False
    return any(rule(state, line, end, True) for rule in state.md.block.ruler.getRules("paragraph"))
