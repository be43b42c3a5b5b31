"""``plugins list``, ``explain_plugin`` and ``check_with_kit`` know what goes beyond the stages."""

from __future__ import annotations

import pytest
from beyond import EXAMPLES, beyond, configure, wired, write

from docproc.plugins.explaining.check import check_with_kit
from docproc.plugins.explaining.why import explain_plugin

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return beyond(
        tmp_path_factory.mktemp("checked") / "Мельница 'Ölmühle' \"x\"",
        *EXAMPLES,
        config='observers = ["reading-log"]\n[ask]\nsignals = ["older-first"]',
        letters=False,
    )


KINDS = {
    "esperanto": "knowledge",
    "reading-log": "observe",
    "older-first": "signal",
    "dated": "veto",
    "picking": "write",
    "private": "access",
    "close-words": "rerank",
    "old-years": "rewrite",
    "table": "output format",
    "senders": "command",
    "count": "chat command",
}


@pytest.mark.parametrize("name", KINDS)
def test_the_examples_of_the_documentation_pass_the_check(root, name, monkeypatch):
    monkeypatch.setattr("docproc.plugins.explaining.check._import_seconds", lambda *_: 0.0)
    application = wired(root)
    plugins = application.plugins
    done = check_with_kit(plugins, plugins.registry.offer(KINDS[name], name))
    assert done.broken == ()
    assert done.passed > 5


def test_they_are_listed_and_it_is_said_why_they_are_in_use(root):
    application = wired(root)
    listed = {offer.name: offer.stage.name for offer in application.plugins.registry.offers}
    assert KINDS.items() <= listed.items()
    assert "[pipeline] observers" in " ".join(explain_plugin(application.plugins, "reading-log"))
    assert "is in use: [ask] signals" in " ".join(
        explain_plugin(application.plugins, "older-first")
    )
    assert "`docproc ask --format` takes its name" in " ".join(
        explain_plugin(application.plugins, "table")
    )
    assert "`docproc --help` lists it" in " ".join(explain_plugin(application.plugins, "senders"))


WRONG = {
    "older_first.py": ("[self.age", "[2 + self.age", "does not lie in 0 to 1"),
    "as_table.py": ('"\\n".join(rows)', "len(rows)", "it makes int"),
    "senders.py": ("parser.add_argument", "parser.add_arguments", "AttributeError"),
    "count.py": ('Registration("count"', 'Registration("".join("count")', "plain string"),
}


@pytest.mark.parametrize("file", WRONG)
def test_wrong_ones_are_caught(root, file, monkeypatch):
    monkeypatch.setattr("docproc.plugins.explaining.check._import_seconds", lambda *_: 0.0)
    right, wrong, said = WRONG[file]
    assert right in EXAMPLES[file]
    write(root, file, EXAMPLES[file].replace(right, wrong))
    try:
        application = wired(root)
        (offer,) = [
            o for o in application.plugins.registry.offers if o.origin.name == f"plugins/{file}"
        ]
        done = check_with_kit(application.plugins, offer)
        assert said in " ".join(done.broken)
        assert len(done.caught) == len(done.broken) > 0
        if said == "plain string":
            assert "is not in use" in " ".join(explain_plugin(application.plugins, offer.name))
    finally:
        write(root, file, EXAMPLES[file])
        configure(root, 'observers = ["reading-log"]\n[ask]\nsignals = ["older-first"]')
