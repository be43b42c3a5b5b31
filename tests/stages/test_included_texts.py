"""Files in the same folder that LaTeX, reStructuredText and Org include are read with them."""

from __future__ import annotations

import pytest

from docproc.records import SourceFile, Unread
from docproc.stages.parse.text import org as parse_org
from docproc.stages.parse.text import rst as parse_rst
from docproc.stages.parse.text.latex import parser as parse_latex

STAGES = {"tex": parse_latex, "rst": parse_rst, "org": parse_org}


def read(kind: str, text: str, **beside: str) -> tuple[str, list[str]]:
    """The text of a file, and what is told; *beside* are files, ``__`` for a dot in their names."""
    parser, data = STAGES[kind].make({}), text.encode()
    source = SourceFile(f"seeds/a.{kind}", "text/plain", len(data), "0" * 64)
    files = {name.replace("__", "."): words.encode() for name, words in beside.items()}
    wanted = {name: files[name] for name in parser.names_beside(data) if name in files}
    document, *told = parser.parse_beside(source, data, wanted)
    assert all(isinstance(each, Unread) for each in told)
    return document.text, list(map(str, told))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("tex", "One.\n\n\\input{b}\n\nThree."),
        ("tex", "One.\n\n\\include{ b.tex }\n\nThree."),
        ("tex", "One.\n\n\\input b\n\nThree."),
        ("tex", "One.\n\n\\subfile{b}\n\nThree."),
        ("rst", "One.\n\n.. include:: b.tex\n\nThree."),
        ("org", '#+INCLUDE: "b.tex"\n\nThree.'),
        ("org", "One.\n\n#+include: b.tex\n\nThree."),
    ],
)
def test_an_included_file_stands_where_it_is_included(kind, text):
    found, told = read(kind, text, b__tex="Two, from the attic.\n")
    whole = "One.\n\nTwo, from the attic.\n\nThree."
    assert found == (whole if "One" in text else whole[6:])
    assert told == []


@pytest.mark.parametrize(
    ("kind", "text", "name"),
    [
        ("tex", "One.\n\n\\input{gone}\n\nThree.", "gone.tex"),
        ("tex", "One.\n\n\\subfile{gone}\n\nThree.", "gone.tex"),
        ("rst", "One.\n\n.. include:: gone.txt\n   :start-line: 2\n\nThree.", "gone.txt"),
        ("org", "One.\n\n#+INCLUDE: gone.org src c\n\nThree.", "gone.org"),
    ],
)
def test_what_is_not_there_is_told_and_leaves_no_words(kind, text, name):
    found, told = read(kind, text)
    assert found == "One.\n\nThree."
    assert told == [
        f"included file {name}: a part of the text is in a file of its own, which does not lie in "
        "the same folder or below it, or is too large: put it there"
    ]


@pytest.mark.parametrize(
    ("kind", "text", "inner"),
    [
        ("tex", "\\input{b}", "Two.\n\n\\input{c}\n\nThree."),
        ("rst", ".. include:: b.tex", "Two.\n\n.. include:: c.tex\n\nThree."),
        ("org", "#+INCLUDE: b.tex", "Two.\n\n#+INCLUDE: c.tex\n\nThree."),
    ],
)
def test_what_an_included_file_includes_is_told(kind, text, inner):
    found, told = read(kind, text, b__tex=inner, c__tex="Deeper.")
    assert found == "Two.\n\nThree."
    assert told == [
        "included file b.tex, included file c.tex: a file that is included includes another, which "
        "is not followed"
    ]


def test_latex_includes_nothing_in_comments_code_or_by_other_commands():
    text = (
        "One. % \\input{b}\n\\begin{verbatim}\n\\input{b}\n\\end{verbatim}\n"
        "\\includegraphics{b}\\inputencoding{b} 5\\% \\input{b}"
    )
    found, told = read("tex", text, b__tex="Two.")
    assert found.count("Two.") == 1
    assert found.endswith("5% Two.")
    assert told == []


def test_latex_reads_the_body_of_a_whole_document_and_the_folder_that_a_command_names():
    whole = "\\documentclass{article}\\title{No}\n\\begin{document}\nTwo.\n\\end{document}\n"
    found, _ = read("tex", "One.\n\n\\subfile{b}", b__tex=whole)
    assert found == "One.\n\nTwo."
    parser = parse_latex.make({})
    assert parser.names_beside(b"\\import{parts/}{b}\\input{c.tex}") == [
        *("parts/b.tex", "parts/b", "c.tex"),
    ]


def test_latex_has_its_title_from_a_preamble_that_is_included():
    text = "\\documentclass{article}\n\\input{b}\n\\begin{document}\nOne.\n\\end{document}"
    found, _ = read("tex", text, b__tex="\\title{On Grain}\n\\newcommand{\\x}{y}\n")
    assert found == "On Grain\n\nOne."


def test_rst_takes_the_lines_that_the_directive_chooses_and_literal_text():
    part = "zero\none\ntwo\nthree\nfour\n"
    cases = {
        ":start-line: 1\n   :end-line: 3": "one two",
        ":start-after: one\n   :end-before: four": "two three",
        ":literal:": part.strip(),
    }
    for options, words in cases.items():
        found, told = read(
            "rst", f"First.\n\n.. include:: b.txt\n   {options}\n\nLast.", b__txt=part
        )
        assert (found.replace(" ", "\n"), told) == (
            f"First.\n\n{words}\n\nLast.".replace(" ", "\n"),
            [],
        )
    found, told = read("rst", "First.\n\n.. include:: b.txt\n   :start-after: nine\n", b__txt=part)
    assert (found, told) == (
        "First.",
        ["included file b.txt: the part that is wanted is not in it"],
    )


def test_rst_sets_an_included_text_in_as_far_as_its_directive():
    found, _ = read("rst", "* First.\n\n  .. include:: b.txt\n\n* Last.", b__txt="One\ntwo.\n")
    assert found.replace("\n\n", "|") == "• First.|One two.|• Last."


def test_org_takes_lines_and_blocks_and_keeps_its_own_title():
    part = "#+TITLE: Part\nOne.\nTwo.\nThree.\n"
    found, _ = read("org", '#+TITLE: Whole\n#+INCLUDE: "b.org" :lines "2-4"\n', b__org=part)
    assert found == "Whole\n\nOne. Two."
    found, _ = read("org", "A.\n\n#+INCLUDE: b.org example\n", b__org="x\ny\n")
    assert found == "A.\n\nx\ny"
    text, told = read("org", "A.\n\n#+INCLUDE: b.org::*Head\n", b__org=part)
    assert text == "A."
    assert told == ["included file b.org: the part that is wanted is not in it"]
    data = b"#+TITLE: Whole\n#+INCLUDE: b.org\n"
    source = SourceFile("seeds/a.org", "text/plain", len(data), "0" * 64)
    document = next(iter(parse_org.make({}).parse_beside(source, data, {"b.org": part.encode()})))
    assert document.metadata.title.text == "Whole"
