"""LaTeX as it is printed: sections, lists, tables, signs, and notes tied to their marks."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.records import Document, SourceFile, Unread
from docproc.stages.parse.text.latex.parser import make

pytest.importorskip("pylatexenc")


def parts(text: str | bytes, limits: Limits | None = None) -> list:
    data = text.encode() if isinstance(text, str) else text
    source = SourceFile("a.tex", "x/y", len(data), "0" * 64)
    return list(make({"limits": limits or Limits()}).parse(source, data))


def parse(text: str) -> Document:
    (document,) = parts(text)
    return document


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"The caf\'e in M\"unchen --- ``open''~now.", "The café in München — “open” now."),
        (r"5\% \& more % gone" + "\nand on.", "5% & more and on."),
        (r"na\"{\i}ve, \c{c}a, \v{s}, stra\ss e, \ae sthetic", "naïve, ça, š, straße, æsthetic"),
        (r"\textbf{bold \emph{nested}} and \unknown{kept}.", "bold nested and kept."),
        (r"See \cite{smith} and~\ref{sec:war}\label{x}.", "See [smith] and [sec:war]."),
        ("One.\n\nTwo.\n\n\n\\par Three.", "One.\n\nTwo.\n\nThree."),
        (r"\begin{verse} one \\ two \end{verse}", "one\ntwo"),
        (r"\textcolor{red}{Red} \href{http://a.org}{there}", "Red there"),
        (r"Written in \LaTeX.", "Written in LaTeX."),
        ("\\begin{verbatim}\n  a  b\n\\x\n\\end{verbatim}", "  a  b\n\\x"),
        (r"\begin{tabular}{ll} Town & Guns \\ \hline & 7 \\ Kars & 12 \end{tabular}",
         "Town\tGuns\n\t7\nKars\t12"),
    ],
)  # fmt: skip
def test_words_and_signs_are_read_as_they_are_printed(written, read):
    assert parse(written).text == read.lstrip()


def test_sections_and_points_are_blocks_and_the_head_is_metadata():
    document = parse(
        "\\documentclass{article}\\usepackage[utf8]{inputenc}\\newcommand{\\x}[1]{y}\n"
        "\\title{On \\emph{grain}}\\author{Ann Hill}\\date{3 May 1921}\n\\begin{document}"
        "\\maketitle\\section{War}\nOne.\n\\begin{itemize}\\item first\\item[b)] second"
        "\\end{itemize}\n\\subsection*{Arms}Two.\\end{document}\nNot printed."
    )
    assert [(b.kind.value, b.level, b.span.of(document.text)) for b in document.blocks] == [
        ("heading", 1, "On grain"),
        ("paragraph", None, "Ann Hill"),
        ("paragraph", None, "3 May 1921"),
        ("heading", 2, "War"),
        ("paragraph", None, "One."),
        ("list item", None, "first"),
        ("list item", None, "b) second"),
        ("heading", 3, "Arms"),
        ("paragraph", None, "Two."),
    ]
    metadata = document.metadata
    assert (metadata.title.text, metadata.sender.text) == ("On grain", "Ann Hill")
    assert metadata.date.edtf == "1921-05-03"


def test_notes_follow_and_are_tied_to_their_marks():
    document = parse(r"One.\footnote{See \textit{Smith}\footnote{A book.}.} Two\endnote{Three.}.")
    assert document.text == ("One.[1] Two[2].\n\n[1] See Smith[3].\n\n[2] Three.\n\n[3] A book.")
    notes = [block for block in document.blocks if block.kind.value == "note"]
    assert [note.anchor.of(document.text) for note in notes] == ["[1]", "[2]", "[3]"]


def test_what_is_included_is_told_and_the_encoding_that_is_declared_is_used():
    document, told = parts("\\usepackage[latin1]{inputenc} caf\xe9 \\input{b}".encode("latin-1"))
    assert document.text == "café"
    assert isinstance(told, Unread)
    assert str(told).startswith("included file b.tex: ")


def test_what_has_no_text_or_is_too_deep_is_one_clear_message():
    with pytest.raises(SourceError, match="no text"):
        parse("\\documentclass{article}\\begin{document}\\end{document}")
    with pytest.raises(SourceError, match=r"limits\.nesting|cannot be read"):
        parts("{" * 60 + "x" + "}" * 60, Limits(nesting=20))


PIECES = [
    "{",
    "}",
    "\\footnote{",
    "\\begin{itemize}",
    "\\end{itemize}",
    "\\item",
    "&",
    "\\\\",
    "$",
    "%",
    "\n\n",
    "word ",
    "\\begin{tabular}{l}",
    "\\end{tabular}",
    "\\'e",
    "\\x",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_whatever_is_written_its_blocks_are_apart(pieces):
    try:
        document = parse("Words. " + "".join(pieces))
    except SourceError:
        return
    end = 0
    for block in document.blocks:
        assert block.span.start >= end
        end = block.span.end


def test_a_link_within_a_macro_is_read_as_its_words():
    assert parse(r"Two \emph{\href{/url}{kept words}} stay.").text == "Two kept words stay."
    whole = r"\author{\href{/u}{Ann Hill}}\begin{document}The mill stands.\end{document}"
    assert parse(whole).metadata.sender.text == "Ann Hill"


def test_each_author_is_named_without_notes_and_addresses():
    document = parse(
        r"\documentclass{article}\title{On the ice\thanks{With notes.}}"
        r"\author{Ida Holm\thanks{Equal work.} \\ Harbour Board \and Per Nyberg \\ Libau}"
        r"\begin{document}The ice left.\end{document}"
    )
    assert document.metadata.title.text == "On the ice"
    assert document.metadata.sender.text == "Ida Holm; Per Nyberg"


def test_a_note_may_have_paragraphs_and_signs_that_the_library_does_not_know_are_read():
    document = parse(r"The mill\footnote{Burnt." + "\n\n" + r"By night.} in \S\,5 cost \pounds 3.")
    assert document.text == "The mill[1] in § 5 cost £3.\n\n[1] Burnt.\nBy night."


@pytest.mark.parametrize(
    "text",
    [
        r"Words, and more; \frac12 of \sqrt[3]{x y}. \section*{A b}\item[c d] e f",
        "One two\n\nthree\n  four `five'' --- six~seven % gone\n eight & nine $a b_c$ ten 1,2",
        r"\begin{tabular}{ll} a b & c \\ d \end{tabular} \footnote{Note on it.} {\bf Bold} x",
    ],
)
def test_words_read_at_once_are_read_as_they_are_one_by_one(text):
    from pylatexenc.latexwalker import LatexWalker

    from docproc.stages.parse.text.latex.walking import nodes_of

    one_by_one = LatexWalker(text).get_latex_nodes()[0]
    states = re.compile(r"<parsing state \d+>")
    assert states.sub("", repr(nodes_of(text))) == states.sub("", repr(one_by_one))


def test_a_long_text_is_few_tokens(monkeypatch):
    from docproc.stages.parse.text.latex import walking as latex_walking

    made = []
    token = latex_walking.LatexToken
    monkeypatch.setattr(
        latex_walking, "LatexToken", lambda *given: made.append(given) or token(*given)
    )
    words = "They said, in spring, that the mill would close.\n\n" * 500
    assert "mill would" in parse(words).text
    assert len(made) <= 2 * 500 + 2


def test_names_that_a_paper_gives_to_environments_are_read():
    said = parse(
        r"\newcommand{\be}{\begin{equation}}\def\ee{\end{equation}}\newcommand\bq{\begin{quote}}"
        r"\newcommand{\eq}{\end{quote}}\begin{document}Before. \be a = b \ee After."
        "\n\n"
        r"\bq Said. \eq\bear{x} End.\end{document}"
    )
    assert "a = b" in said.text
    assert said.text.endswith("End.")
    assert [span.of(said.text) for span in said.quoted] == ["Said."]
