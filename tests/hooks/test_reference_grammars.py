"""A plugin adds how an archive cites in one file; reading, scopes and questions know it then."""

import textwrap

import pytest

from docproc.chat.scope_words import parse_scope
from docproc.errors import PluginError, SourceError
from docproc.operations.application import Application
from docproc.plugins.loading.trust import trust
from docproc.records import SourceFile
from docproc.retrieval.lookup.by_reference import understand
from docproc.workspace import find_workspace

PLUGIN = """
import re

from docproc.hooks import Registration, hookimpl
from docproc.records import Span
from docproc.references import Grammar, reference

KEPT = re.compile(r"Harbour Office, Ledger ([A-Z]+)/([IVX]+)")

def find(text, start, end, whole):
    for match in KEPT.finditer(text, start, end):
        levels = [("ledger", match[1]), ("folio", match[2])]
        yield reference(text, Span(*match.span()), "harbour", levels)

@hookimpl
def docproc_reference_grammars():
    return [Registration("harbour", lambda settings: Grammar("harbour", find))]
"""
LETTER = """\
To the Harbour Master

Sir, the barque Petrel lies at the north quay and asks leave to sail.

Your servant, J. Tollmann

Harbour Office, Ledger B/IV 1
"""


def application(root, plugin=PLUGIN, config='references = ["harbour"]\n'):
    for name in ("seeds", "plugins"):
        (root / name).mkdir(exist_ok=True)
    trust(root, own=True)
    (root / "plugins" / "harbour.py").write_text(textwrap.dedent(plugin), "utf-8")
    (root / "config.toml").write_text(f"[pipeline]\n{config}", "utf-8")
    return Application(find_workspace(root))


def read(wired, text, name="seeds/a.txt"):
    source = SourceFile(name, "text/plain", len(text), "0" * 64)
    ((document, _),) = wired.reader().read(source, text.encode()).documents
    return document


def test_the_reader_finds_what_the_grammar_of_a_plugin_reads(tmp_path):
    document = read(application(tmp_path), LETTER)
    (found,) = document.references
    assert found.scheme == "harbour"
    assert found.components == (("ledger", "B"), ("folio", "IV"))
    assert found.printed == found.span.of(document.text) == "Harbour Office, Ledger B/IV"


def test_so_does_the_front_matter_of_markdown(tmp_path):
    text = "---\nreference: Harbour Office, Ledger B/IV\n---\n\nThe barque lies at the quay.\n"
    (found,) = read(application(tmp_path), text, "seeds/a.md").references
    assert found.scheme == "harbour"


def test_a_scope_and_a_question_are_read_by_it_too_and_not_without_it(tmp_path):
    grammars = application(tmp_path).plugins.grammars
    scope = parse_scope("Harbour Office, Ledger B/IV from 1921", grammars=grammars)
    assert scope.reference.scheme == "harbour"
    asked = understand("show Harbour Office, Ledger B/IV", grammars)
    assert (asked.words, asked.references[0].scheme) == ("", "harbour")
    assert understand("show Harbour Office, Ledger B/IV").references == ()


def test_a_grammar_that_the_configuration_does_not_name_is_not_used(tmp_path):
    wired = application(tmp_path, config="")
    assert wired.plugins.grammars == ()
    assert read(wired, LETTER).references == ()


def test_naming_another_grammar_makes_what_was_read_stale(tmp_path):
    from docproc.pipeline.ingesting.reading_recipe import reading_recipe

    assert reading_recipe(application(tmp_path).plugins.recipe()) != reading_recipe(
        application(tmp_path, config="").plugins.recipe()
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("1 / 0", "failed: ZeroDivisionError"),
        ("yield reference('Ledger A/I', Span(0, 6), 'harbour', [])", "does not stand at"),
        ("yield 7", "7 does not say where it stands"),
    ],
)
def test_a_grammar_that_breaks_its_contract_is_named_with_its_file(tmp_path, line, said):
    broken = PLUGIN.replace("    for match in", f"    {line}\n    for match in")
    wired = application(tmp_path, broken)
    with pytest.raises(SourceError) as caught:
        read(wired, LETTER)
    assert "drop-in plugins/harbour.py: the reference plugin 'harbour'" in str(caught.value)
    assert said in str(caught.value)
    with pytest.raises(PluginError, match="harbour"):
        understand("Harbour Office, Ledger B/IV", wired.plugins.grammars)
