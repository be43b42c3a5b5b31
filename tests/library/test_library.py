"""The library answers as the commands do, and has few methods."""

from __future__ import annotations

import inspect
import json

import commands
import pytest

import docproc
from docproc.errors import ConfigError, UsageError
from docproc.library import Library
from docproc.rendering.json import answer_json

QUESTION = "How many rifles did Stalin want to send?"


@pytest.fixture(scope="module")
def library(letter_workspace):
    return docproc.open(letter_workspace)


def test_asking_gives_what_the_command_prints_as_json(library, letter_workspace):
    printed = commands.docproc("ask", QUESTION, "--json", folder=letter_workspace).stdout
    assert json.loads(printed) == json.loads(json.dumps(answer_json(library.ask(QUESTION))))


def test_a_search_gives_passages_without_a_verdict(library):
    found = library.search("a subject that no letter here speaks of", limit=2)
    assert len(found) == 2
    assert all(citation.verified for citation in found)


def test_documents_are_rows_and_a_document_is_found_by_its_files_name(library):
    (row,) = library.documents()
    document = library.document(row.source.rsplit("/", 1)[-1])
    assert document.id == row.id
    assert len(library.passages(document)) == row.passages
    assert library.documents("from 1950") == []


def test_a_stable_name_is_cited_in_a_style(library):
    name = library.ask(QUESTION).citations[0].identifier
    assert library.citation(name).identifier == name
    assert "Stalin" in library.cite(name, style="chicago")
    with pytest.raises(UsageError, match="not a whole stable name"):
        library.citation("docproc:nothing")


def test_a_conversation_remembers_what_was_asked(library):
    talk = library.conversation()
    talk.ask(QUESTION)
    assert talk.ask("And how many machine guns?").citations
    assert len(talk.turns) == 2


def test_an_empty_question_and_an_empty_workspace_are_errors(library, tmp_path):
    with pytest.raises(UsageError):
        library.ask("  ")
    (tmp_path / "config.toml").touch()
    with pytest.raises(ConfigError, match="nothing is indexed"):
        docproc.open(tmp_path).ask("Who?")


@pytest.mark.slow
def test_it_moves_to_a_generation_that_was_published_since(workspace):
    library = docproc.open(workspace)
    library.operations.index()
    before = library.generation
    assert not library.renew()
    (workspace / "seeds" / "b.txt").write_text("The mill has stood idle since Easter.\n", "utf-8")
    library.operations.index()
    assert library.renew()
    assert library.generation != before
    assert len(library.documents()) == 2


def test_a_scope_of_no_document_is_an_error_for_mentions_too(library):
    with pytest.raises(UsageError, match="not an archival reference"):
        library.mentions("Stalin", scope="nowhere at all")


def test_it_has_at_most_fifteen_public_methods():
    methods = inspect.getmembers(Library, inspect.isfunction)
    assert len([name for name, _ in methods if not name.startswith("_")]) <= 15
