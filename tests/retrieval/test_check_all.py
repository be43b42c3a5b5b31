"""``verify --all``: every passage against its source, each source read once."""

from __future__ import annotations

import pytest
from tiny_workspace import index, tiny_workspace, wiring_of

from docproc.store.catalog import Catalog
from docproc.verification.checks import check_all
from docproc.verification.cite import Verifier


@pytest.fixture
def root(tmp_path):
    root = tiny_workspace(tmp_path / "workspace")
    rows = "".join(f"{number},Letter {number} tells of the harvest.\n" for number in range(9))
    (root / "seeds" / "letters.csv").write_text("id,text\n" + rows, "utf-8")
    (root / "seeds" / "more.txt").write_text("The bridge is mended.", "utf-8")
    index(root)
    return root


def checked(root):
    application, read = wiring_of(root), []

    def reparse(source, data):
        read.append(source.path)
        return application.rereader.reparse(source, data)

    with Catalog(application.generations.current().catalog) as catalog:
        checks = list(check_all(catalog, lambda: Verifier(root, reparse)))
    return checks, read


def test_a_source_of_many_documents_is_parsed_once(root):
    checks, read = checked(root)
    assert len(checks) == 10
    assert all(check.stands for check in checks)
    assert sorted(read) == ["seeds/letters.csv", "seeds/more.txt"]


def test_what_no_longer_stands_is_told_of_each_passage(root):
    file = root / "seeds" / "letters.csv"
    file.write_text(file.read_text("utf-8").replace("Letter 4 tells", "Letter 4 told"), "utf-8")
    checks, _ = checked(root)
    assert [check.stands for check in checks].count(False) == 9  # the file is another one now
    fallen = [check.words for check in checks if "no longer stands" in check.words]
    assert len(fallen) == 1
