"""The parser of LaTeX: sections, paragraphs, lists, tables, and notes tied to their marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any

from docproc.config import Limits
from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError
from docproc.formats.libraries import library
from docproc.formats.prose import Prose
from docproc.formats.spliced import included_names, insert_inclusions
from docproc.records import (
    BlockKind,
    Document,
    Mention,
    Metadata,
    SourceFile,
    StatedDate,
    Unread,
)
from docproc.references import parse_date
from docproc.stages.parse.text.latex.inclusions import inclusions
from docproc.stages.parse.text.latex.signs import SIGNS, LatexSigns, arguments_of, body_of, kind_of
from docproc.text.encoding.decoding import decode, looks_like_text
from docproc.text.patterns import compile_on_use
from docproc.text.words import word_set

_SUFFIXES = (".tex", ".latex", ".ltx")
_OPENS = re.compile(rb"(?m)^[ \t]*\\(?:documentclass|documentstyle|begin\{document\}|chapter\b)")
_DECLARED = compile_on_use(r"\\usepackage\s*\[\s*([\w-]+)\s*\]\s*\{inputenc\}")
_ENCODINGS = {"latin1": "cp1252", "ansinew": "cp1252", "applemac": "mac-roman", "koi8-r": "koi8-r"}
_LEVELS = {
    "part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5,
    "subparagraph": 6,
}  # fmt: skip
_NOTES = ("footnote", "endnote", "footnotetext", "sidenote", "marginpar", "thanks")
_SILENT = word_set(
    """
    label index vspace hspace includegraphics bibliographystyle pagestyle thispagestyle
    setcounter addtocounter setlength addtolength hypersetup usepackage documentclass newcommand
    renewcommand providecommand newenvironment geometry input include bibliography addbibresource
    printbibliography selectlanguage maketitle tableofcontents noindent indent newpage clearpage
    cleardoublepage pagebreak nopagebreak linebreak centering raggedright small footnotesize
    large Large LARGE huge Huge normalsize itshape bfseries scshape upshape mdseries rmfamily
    sffamily ttfamily bf it em sl sc rm tt sf medskip bigskip smallskip vfill hfill appendix
    frontmatter mainmatter backmatter footnotemark hline cline toprule midrule bottomrule
    markboth markright fancyhead fancyfoot setmainfont graphicspath date title author address
    signature color definecolor allowbreak protect phantom hphantom vphantom rule
    """
)
"""What prints nothing where it stands."""
_LAST_ONLY = word_set(
    """
    textcolor href foreignlanguage parbox scalebox resizebox multicolumn multirow raisebox fontsize
    colorbox texorpdfstring
    """
)
_VERBATIM = ("verbatim", "lstlisting", "Verbatim", "alltt", "minted")
_TABLES = ("tabular", "tabular*", "tabularx", "longtable", "array", "tabulary", "supertabular")
_LISTS = ("itemize", "enumerate", "description", "compactitem", "compactenum")
_UNSHOWN = ("comment", "tikzpicture", "picture", "filecontents", "filecontents*")
_ACCENTS = ("textasciitilde", "textquotesingle")
_NAMES = {"LaTeX": "LaTeX", "TeX": "TeX", "LaTeXe": "LaTeX2e", "BibTeX": "BibTeX"}
_QUOTED = word_set(
    "enquote textquote foreigntextquote blockquote foreignblockquote hyphentextquote"
)
_QUOTING = word_set("quote quotation quoting displayquote foreigndisplayquote verse")
"""Commands and environments whose words are quoted, LaTeX's own and those of csquotes."""
_MOST_GROUPS = 64  # looked at behind a macro that is not known: the first may belong to it
_CITED = compile_on_use(r"(?i).*cite.*|ref|pageref|autoref|nameref|eqref|cref")


class LatexParser:
    """Reads LaTeX as it is printed, without the numbers that LaTeX gives by itself."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By suffix, or by the commands that a document begins with."""
        if source.suffix in _SUFFIXES:
            return 0.9 if looks_like_text(head) else 0.1
        return 0.6 if source.suffix in ("", ".txt") and _OPENS.search(head) else 0.0

    def names_beside(self, data: bytes) -> Sequence[str]:
        """The files that it includes."""
        return included_names(data, inclusions)

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Unread]:
        """Yield the one document of *source*; raises ``SourceError``."""
        return self.parse_beside(source, data, {})

    def parse_beside(
        self, source: SourceFile, data: bytes, beside: Mapping[str, bytes]
    ) -> Iterable[Document | Unread]:
        """Yield the one document of *source*, with the files *beside* where it includes them."""
        shown = library("pylatexenc.latex2text", "markup", "LaTeX")
        from docproc.stages.parse.text.latex.walking import nodes_of

        said = _DECLARED.search(data[:8192].decode("latin-1"))
        declared = _ENCODINGS.get(said[1], said[1]) if said else ""
        decoded = decode(data, declared)
        text, unread = insert_inclusions(
            decoded.text.replace("\r\n", "\n"), inclusions, beside, declared
        )
        try:
            nodes = nodes_of(text)
        except Exception as error:  # the library is not sure of what it raises
            raise SourceError(f"its LaTeX cannot be read: {error}") from None
        signs = LatexSigns(shown.LatexNodes2Text(math_mode="verbatim", keep_comments=False))
        body = body_of(nodes)
        before = nodes if body is not None else []
        writer = _Writer(Prose(), signs, self._limits.nesting)
        heads = {name: _argument(before, name) for name in ("title", "author", "date")}
        for name in ("title", "author", "date"):
            if heads[name] is not None:
                kind = BlockKind.HEADING if name == "title" else BlockKind.PARAGRAPH
                writer.out.open(kind, level=1 if name == "title" else None)
                writer.nodes(heads[name])
                writer.out.end()
        writer.nodes(body.nodelist if body is not None else nodes)
        writer.notes()
        if not writer.out.composer.at:
            raise SourceError("it has no text")
        document = writer.out.composer.document(
            source, metadata=_metadata(heads, signs, decoded.encoding)
        )
        yield document
        yield from decoded.unread
        yield from unread


def make(settings: Mapping[str, Any]) -> LatexParser:
    """The factory; there are no settings of its own."""
    return LatexParser(settings.get("limits") or Limits())


def _argument(nodes: Any, name: str) -> Any:
    """The nodes of the last argument of the macro *name* among *nodes*."""
    for node, after in zip(nodes, [*nodes[1:], None], strict=False):
        if kind_of(node) == "Macro" and node.macroname == name:
            given = arguments_of(node)
            if given:
                return [given[-1]]
            return [after] if after is not None and kind_of(after) == "Group" else None
    return None


def _metadata(heads: Mapping[str, Any], signs: Any, encoding: str) -> Metadata:
    said = {
        name: "; ".join(
            " ".join(signs.nodelist_to_text(part).split()) for part in _part_authors(nodes)
        )
        for name, nodes in heads.items()
        if nodes
    }
    found = parse_date(said["date"]) if said.get("date") else None
    return Metadata(
        title=Mention(said["title"]) if said.get("title") else None,
        sender=Mention(said["author"]) if said.get("author") else None,
        dates=(StatedDate(said["date"], found.edtf, "metadata"),) if found else (),
        encoding=encoding,
    )


_AND = ("and", "And", "AND")
_ASIDE = ("thanks", "footnote", "inst", "orcidlink", "textsuperscript")


def _part_authors(nodes: Any) -> list[list[Any]]:
    """What a head says, without its notes; each of several authors, without their addresses."""
    inner = nodes[0].nodelist if len(nodes) == 1 and kind_of(nodes[0]) == "Group" else nodes
    names = [node.macroname if kind_of(node) == "Macro" else "" for node in inner]
    several = any(name in _AND for name in names)
    parts: list[list[Any]] = [[]]
    taking = True
    for node, name, before in zip(inner, names, ["", *names], strict=False):
        if name in _AND:
            parts.append([])
            taking = True
        elif name == "\\" and several:
            taking = False
        elif taking and name not in _ASIDE and not (before in _ASIDE and kind_of(node) == "Group"):
            parts[-1].append(node)
    return [part for part in parts if part]


@dataclass(slots=True)
class _Writer:
    out: Prose
    signs: Any
    deepest: int
    _notes: list[Any] = field(default_factory=list)
    _item: bool = False
    _cells: int = -1
    """How many cells of a row were begun; -1 outside of a table."""
    _deep: int = 0

    def nodes(self, nodes: Any) -> None:
        """Write *nodes*."""
        self._deep += 1
        if self._deep > self.deepest:
            raise SourceError(f"it is nested more than {self.deepest} deep (limits.nesting)")
        skip = 0
        for place, node in enumerate(nodes or ()):
            if skip:
                skip -= 1
                continue
            if node is not None:
                skip = self._node(node, nodes[place + 1 : place + _MOST_GROUPS])
        self._deep -= 1

    def notes(self) -> None:
        """Write the notes."""
        number = 0
        while number < len(self._notes):  # a note may have notes
            number += 1
            self.out.note(number, str(number))
            self.nodes([self._notes[number - 1]])

    def _node(self, node: Any, after: Any) -> int:
        """Write *node*; return how many of those *after* it belong to it."""
        kind = kind_of(node)
        if kind == "Chars":
            self._chars(node.chars)
        elif kind == "Group":
            self.nodes(node.nodelist)
        elif kind == "Math":
            self.out.words(node.latex_verbatim())
        elif kind == "Specials":
            self._special(node)
        elif kind == "Environment":
            self._environment(node)
        elif kind == "Macro":
            return self._macro(node, after)
        return 0

    def _chars(self, chars: str) -> None:
        for number, part in enumerate(re.split(r"\n[ \t]*\n\s*", chars)):
            if number and self._cells < 0:
                self.out.end()
            self.out.words(part)

    def _special(self, node: Any) -> None:
        sign = node.specials_chars
        if sign == "&" and self._cells >= 0:
            self._cells += 1
            self.out.cell(1)
        elif re.fullmatch(r"\n\s*\n\s*", sign):
            if self._cells < 0:
                self.out.end()
        else:
            self.out.words(self.signs.nodelist_to_text([node]).replace("\u00a0", " "))

    def _macro(self, node: Any, after: Any) -> int:
        name = node.macroname.rstrip("*")
        given = arguments_of(node)
        if name in _LEVELS:
            self.out.open(BlockKind.HEADING, level=_LEVELS[name])
            taken = self._content(given, after)
            self.out.end()
            return taken
        if name in _NOTES:
            return self._note(given, after)
        if name in SIGNS:
            self.out.words(SIGNS[name])
            return 0
        if name == "item":
            self.out.open(BlockKind.LIST_ITEM)
            optional = [each for each in given if each.latex_verbatim().startswith("[")]
            self.nodes(optional)
            self.out.words(" " if optional else "")
            return 0
        if name in ("\\", "newline", "tabularnewline"):
            self._line_end()
            return 0
        if name == "par":
            self.out.end()
            return 0
        if name in ("opening", "closing"):
            self.out.end()
            taken = self._content(given, after)
            self.out.end()
            return taken
        if name == "caption":
            self.out.end()
            taken = self._content(given[-1:], after)
            self.out.end()
            return taken
        if name in _QUOTED:
            start = self.out.composer.at
            taken = self._content(given, after, last=True)
            self.out.composer.quote(start)
            return taken
        if _CITED.fullmatch(name):
            groups = 0 if given else _own_groups(after)
            cited = given[-1] if given else after[groups - 1] if groups else None
            self.out.words(f"[{_plain(cited) if cited is not None else ''}]")
            return groups
        if name == "textelp":  # of csquotes
            self.out.words(" […] ")
            return _own_groups(after) if not given else 0
        if name in _SILENT or name.startswith(("set", "new", "renew", "@")):
            return _own_groups(after) if not given else 0
        if name in _LAST_ONLY:
            return self._content(given[-1:], after, last=True)
        return self._show(node, given)

    def _show(self, node: Any, given: list[Any]) -> int:
        """A macro that stands for a sign, or else one whose arguments are words."""
        text = self.signs.nodelist_to_text([node])
        content = [each for each in given if not each.latex_verbatim().startswith("[")]
        if len(node.macroname) == 1 or node.macroname in _ACCENTS:  # it stands over its letter
            self.out.words(text)
            return 0
        simple = all(kind_of(each) in ("Chars",) or not _holds(each) for each in content)
        if text.strip() and simple:
            self.out.words(text)
            return 0
        self.out.words("" if content else _NAMES.get(node.macroname, ""))
        self.nodes(content)
        return 0

    def _content(self, given: list[Any], after: Any, *, last: bool = False) -> int:
        """Write what a macro is given, as its own arguments or as the groups after it."""
        words = [each for each in given if not each.latex_verbatim().startswith("[")]
        if words:
            self.nodes(words[-1:])
            return 0
        groups = _own_groups(after)
        if groups:
            self.nodes([after[groups - 1]] if last else after[:groups])
        return groups

    def _note(self, given: list[Any], after: Any) -> int:
        words = [each for each in given if not each.latex_verbatim().startswith("[")]
        groups = 0 if words else _own_groups(after)
        content = words[-1] if words else after[groups - 1] if groups else None
        if content is not None:
            self._notes.append(content)
            self.out.mark(len(self._notes), str(len(self._notes)))
        return groups

    def _line_end(self) -> None:
        if self._cells >= 0:
            self._cells = 0
            self.out.open(gap="\n")
        else:
            self.out.line()

    def _environment(self, node: Any) -> None:
        start = self.out.composer.at
        self._environment_of(node)
        if node.environmentname in _QUOTING:
            self.out.composer.quote(start)

    def _environment_of(self, node: Any) -> None:
        name = node.environmentname
        if name in _UNSHOWN:
            return
        if name in _VERBATIM:
            self.out.open()
            raw = node.latex_verbatim()
            self.out.verbatim(raw[raw.find("}") + 1 : raw.rfind("\\end")])
        elif name in _TABLES:
            outer, self._cells = self._cells, 0
            self.out.open()
            self.nodes(node.nodelist)
            self._cells = outer
        elif name.rstrip("*") in ("equation", "align", "gather", "displaymath", "math", "eqnarray"):
            self.out.words(node.latex_verbatim())
        else:
            self.out.end()
            self.nodes(node.nodelist)
        self.out.end()


def _own_groups(after: Any) -> int:
    """How many of the nodes *after* a macro that is not known are groups that belong to it."""
    count = 0
    for node in after:
        if kind_of(node) != "Group":
            break
        count += 1
    return count


def _holds(node: Any) -> bool:
    """Whether *node* holds what is more than characters and signs: macros with notes, and so on."""
    nodes = getattr(node, "nodelist", None) or []
    return any(kind_of(each) in ("Macro", "Environment", "Group") for each in nodes)


def _plain(node: Any) -> str:
    return str(node.latex_verbatim()).strip("{}[] ")
