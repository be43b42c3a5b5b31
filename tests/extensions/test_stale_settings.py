"""A setting makes stale what it made, and nothing else; the calls of parsers are counted."""

from __future__ import annotations

import zipfile

import pytest
from beyond import ask, beyond, configure, index, wired, write

from docproc.operations.writing.runs import prepare_index

pytestmark = pytest.mark.slow

PARSER = """
from pathlib import Path
from docproc.hooks import Registration, Setting, hookimpl
from docproc.operations.writing.runs import prepare_index
from docproc.records import Document

LOG = Path(__file__).parent.parent / "read"

class Own:
    isolated = False

    def __init__(self, settings):
        self.suffix, self.suffixes = ".{name}", settings["suffixes"]

    def confidence(self, source, head):
        return 0.9 if source.path.endswith((self.suffix, *self.suffixes)) else 0.0

    def parse(self, source, data):
        with LOG.open("a") as log:
            log.write(f"{name} {{source.path}}\\n")
        yield Document(source=source, text=data.decode())

@hookimpl
def docproc_parsers():
    settings = (Setting("suffixes", [], "More of them."), Setting("other", "", "Anything."))
    return [Registration("{name}", Own, settings=settings)]
"""
PARSERS = 'parsers = ["aaa", "bbb", "archive"]\n'
NORMALIZER = """
from docproc.hooks import Registration, Setting, hookimpl

class Same:
    def normalize(self, document):
        return document

@hookimpl
def docproc_normalizers():
    return [Registration("same", lambda s: Same(), settings=(Setting("a", 1, "Anything."),))]
"""


@pytest.fixture
def root(tmp_path):
    root = beyond(tmp_path / "w", letters=False, config=PARSERS)
    for name in ("aaa", "bbb"):
        write(root, f"{name}.py", PARSER.format(name=name))
        for number in range(2):
            text = f"The {name} has {number + 3} wagons and a bridge.\n"
            (root / "seeds" / f"{number}.{name}").write_text(text, "utf-8")
    write(root, "same.py", NORMALIZER)
    assert index(root).counts.documents == 4
    return root


def read(root):
    """What was read since this was asked last."""
    log = root / "read"
    lines = sorted(log.read_text("utf-8").splitlines()) if log.exists() else []
    log.unlink(missing_ok=True)
    return lines


ALL = ["aaa seeds/0.aaa", "aaa seeds/1.aaa", "bbb seeds/0.bbb", "bbb seeds/1.bbb"]


def test_a_setting_of_a_parser_reads_again_what_that_parser_read(root):
    assert read(root) == ALL
    configure(root, PARSERS + '[plugins.aaa]\nother = "x"')
    report = index(root)
    assert read(root) == ALL[:2]
    assert (report.outcome, report.plan.words(), report.embedded) == ("published", "2 changed", 0)
    assert index(root).outcome == "nothing to do"
    assert read(root) == []


def test_a_parser_that_changed_reads_again_what_it_read(root):
    read(root)
    write(root, "bbb.py", PARSER.format(name="bbb") + "\n# another version\n")
    index(root)
    assert read(root) == ALL[2:]


def test_a_setting_by_which_a_parser_takes_what_another_read_is_followed(root):
    read(root)
    configure(root, PARSERS + '[plugins.aaa]\nsuffixes = [".bbb"]')
    index(root)
    taken = ["aaa seeds/0.bbb", "aaa seeds/1.bbb"]
    assert read(root) == sorted([*ALL[:2], *taken])
    configure(root, PARSERS)
    index(root)
    assert read(root) == ALL


def test_a_parser_that_is_new_or_gone_reads_only_what_it_takes_or_took(root):
    read(root)
    configure(root, 'parsers = ["aaa", "archive", "text", "bbb"]\n')
    index(root)
    assert read(root) == []
    configure(root, 'parsers = ["aaa", "archive", "text"]\n')
    report = index(root)
    assert (read(root), report.plan.words()) == ([], "2 changed")  # text takes them
    assert report.counts.documents == 4


def test_what_a_run_over_some_files_did_not_look_at_is_looked_at_later(root):
    read(root)
    configure(root, PARSERS + '[plugins.aaa]\nother = "x"')
    prepare_index(wired(root), _silent()).run([root / "seeds" / "0.aaa"])
    assert read(root) == ALL[:1]
    index(root)
    assert read(root) == ALL[1:2]


def test_a_file_that_holds_others_is_read_again_when_any_parser_changes(root):
    with zipfile.ZipFile(root / "seeds" / "both.zip", "w") as archive:
        archive.writestr("inner.bbb", "Within an archive there are wagons.")
    index(root)
    read(root)
    configure(root, PARSERS + '[plugins.bbb]\nother = "x"')
    index(root)
    assert read(root) == ["bbb seeds/0.bbb", "bbb seeds/1.bbb", "bbb seeds/both.zip/inner.bbb"]
    assert index(root).outcome == "nothing to do"


def test_a_setting_of_an_index_or_of_what_asks_reads_and_embeds_nothing(root):
    read(root)
    configure(root, PARSERS + "[plugins.faiss]\nexact_below = 60000")
    report = index(root)
    assert (report.outcome, report.embedded, read(root)) == ("published", 0, [])
    configure(root, PARSERS + "[plugins.faiss]\nexact_below = 60000\n[ask]\nlimit = 7")
    assert index(root).outcome == "nothing to do"


def test_a_normalizer_makes_everything_stale_since_it_made_everything(root):
    read(root)
    configure(root, PARSERS + 'normalizers = ["letter", "search-text", "same"]\n')
    index(root)
    assert read(root) == ALL
    configure(
        root,
        PARSERS + 'normalizers = ["letter", "search-text", "same"]\n[plugins.same]\na = 2',
    )
    assert index(root).embedded == 0
    assert read(root) == ALL


def test_what_was_read_again_is_verified_as_before(root):
    configure(root, PARSERS + '[plugins.aaa]\nother = "x"')
    index(root)
    _, _, answer = ask(root, "How many wagons has the aaa?")
    assert all(cited.verified for cited in answer.citations)


def _silent():
    from docproc.pipeline.monitoring.progress import Silent

    return Silent()
