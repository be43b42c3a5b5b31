"""``cite``, ``ask --format``, ``show`` of a stable name, ``documents`` and its like, as run."""

import json
import os

import commands
import pytest

pytestmark = pytest.mark.slow

QUESTION = "How many rifles did Stalin want to send?"


@pytest.fixture
def docproc(letter_workspace):
    def run(*arguments, **environment):
        return commands.docproc(
            *arguments, folder=letter_workspace, environment=os.environ | environment
        )

    return run


def test_an_answers_stable_name_is_shown_and_cited(docproc):
    asked = docproc("ask", QUESTION, "-n", "1", "--json")
    (cited,) = json.loads(asked.stdout)["citations"]
    name = cited["identifier"]
    done = docproc("cite", name, "--style", "gost")
    assert (done.returncode, done.stderr) == (0, "")
    assert "// РЦХИДНИ (ныне РГАСПИ). Ф. 558. Оп. 2. Д. 51. Л. 1. Машинопись." in done.stdout
    assert docproc("ask", QUESTION, "-n", "1", "--format", "gost").stdout == done.stdout
    shown = docproc("show", name)
    marked = [line for line in shown.stdout.splitlines() if line.startswith(">")]
    assert "6,000 rifles" in " ".join(marked)
    broken = docproc("cite", name[:-1] + ("0" if name[-1] != "0" else "1"))
    assert (broken.returncode, broken.stdout) == (1, "")
    assert "broken" in broken.stderr


def test_a_document_is_listed_in_a_line_between_tabs(docproc):
    done = docproc("documents", "--from", "1921-11", "--sender", "stalin")
    (line,) = done.stdout.splitlines()
    assert line.split("\t")[:3] == ["1921-11-02", "J. V. Stalin", "L. D. Trotsky"]
    assert line.split("\t")[4].startswith("RTSKHIDNI. F. 558. Op. 2. D. 51.")
    assert line.split("\t")[6] == "", "a letter is all of its file"


def test_a_timeline_and_a_network_are_printed_without_colour_and_drawn(docproc, tmp_path):
    done = docproc("timeline", "--by", "year")
    (line,) = done.stdout.splitlines()
    assert line.startswith("1921 ██████")
    assert line.endswith(" 1")
    assert len(line) <= 80
    pairs = docproc("correspondents", "-o", str(tmp_path / "n.svg"), "--json")
    assert json.loads(pairs.stdout)["correspondents"][0]["recipient"] == "L. D. Trotsky"
    assert (tmp_path / "n.svg").read_text("utf-8").startswith("<?xml")
