"""The workspace that authors are given has real stages: what is put in is read, found, cited."""

import pytest

from docproc.records import Verdict

pytestmark = pytest.mark.slow

pytest_plugins = ["docproc.testing.fixtures"]

NUMBERED = """
from docproc.hooks import Registration, Setting, hookimpl
from docproc.records import Document


class Numbered:
    def __init__(self, mark):
        self.mark = mark

    def confidence(self, source, head):
        return 1.0 if source.path.endswith(".numbered") else 0.0

    def parse(self, source, data):
        for number, text in enumerate(data.decode().split(self.mark)):
            yield Document(source, text, member=str(number))


@hookimpl
def docproc_parsers():
    setting = Setting("mark", "%", "What parts two texts.")
    return [Registration("numbered", lambda s: Numbered(s["mark"]), settings=(setting,))]
"""


def test_sample_documents_of_several_kinds_and_languages_are_read_and_found(docproc_workspace):
    docproc_workspace.add_samples()
    report = docproc_workspace.index()
    assert report.outcome == "published"
    assert report.counts.documents > 15
    answer = docproc_workspace.ask("How many workers of the mill at Sloka are without bread?")
    assert answer.verdict is Verdict.ANSWERED
    assert "Forty-two workers" in answer.citations[0].quote
    assert answer.citations[0].verified
    russian = docproc_workspace.ask("Сколько рублей отпустить на ремонт моста через Оскол?")
    assert "3 000 руб" in russian.citations[0].quote


def test_a_drop_in_is_used_as_configured(docproc_workspace, tmp_path):
    (tmp_path / "numbered.py").write_text(NUMBERED, "utf-8")
    docproc_workspace.drop_in(tmp_path / "numbered.py")
    docproc_workspace.configure({"parsers": ["...", "numbered"]}, {"numbered": {"mark": "№"}})
    docproc_workspace.add("a.numbered", "The first letter.№The second letter.")
    first, second = docproc_workspace.read("a.numbered")
    assert (first.text, second.text) == ("The first letter.", "The second letter.")
    assert docproc_workspace.index().counts.documents == 2


def test_nothing_of_a_test_is_left_in_ones_own_record_of_trust(docproc_workspace, tmp_path):
    assert (tmp_path / "state" / "docproc" / "trusted.json").is_file()
