"""``docproc ask`` with conditions: they narrow what is searched, not what was found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from commands import docproc

from docproc.errors import ExitCode

pytestmark = pytest.mark.slow


def ask(workspace: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    done = docproc("ask", *arguments, "--json", folder=workspace)
    return done.returncode, json.loads(done.stdout)


@pytest.mark.parametrize(
    ("options", "searched", "source"),
    [
        ((), (7, 24), "01"),
        (("--from", "1921-11", "--to", "1921-12"), (3, 10), "02"),
        (("--to", "1921-10"), (1, 5), "01"),
        (("--sender", "lebedeva"), (2, 7), "02"),
        (("--recipient", "Lebedeva"), (1, 5), "01"),
        (("--kind", "note"), (1, 1), "01"),
        (("--scope", "F. 558 Op. 2 D. 52"), (1, 4), "02"),
        (("--scope", "RGASPI F. 558", "--kind", "body", "--from", "1921-11-02"), (1, 2), "02"),
    ],
)
def test_conditions_narrow_the_search_before_it_ranks(
    letters_workspace: Path, options: tuple[str, ...], searched: tuple[int, int], source: str
) -> None:
    code, answer = ask(letters_workspace, "Who is to have the rye?", "--limit", "1", *options)
    assert (answer["searched"]["documents"], answer["searched"]["passages"]) == searched
    assert code == ExitCode.DONE
    assert answer["citations"][0]["source"]["path"].startswith(f"seeds/{source}")


def test_what_stands_outside_the_conditions_is_no_answer(letters_workspace: Path) -> None:
    code, answer = ask(letters_workspace, "Who is to have the rye?", "--from", "1948")
    assert (code, answer["verdict"]) == (ExitCode.NOT_FOUND, "not_found")
    assert answer["searched"]["documents"] == 2
    assert {c["source"]["path"][:8] for c in answer["nearest"]} <= {"seeds/06", "seeds/07"}


def test_a_reference_may_be_the_whole_question(letters_workspace: Path) -> None:
    code, answer = ask(letters_workspace, "ф. 558 оп. 2", "--limit", "3", "--to", "1921-11-01")
    assert code == ExitCode.DONE
    assert [c["source"]["path"][:8] for c in answer["citations"][:2]] == ["seeds/01", "seeds/05"]
    assert answer["searched"]["scope"] == "up to 1921-11-01, ф. 558 оп. 2"
    code, answer = ask(letters_workspace, "F. 558 Op. 77")
    assert (code, answer["searched"]["scope"]) == (ExitCode.NOT_FOUND, "F. 558 Op. 77")
