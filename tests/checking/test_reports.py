"""What is said of findings, as lines, as JSON, as a page."""

from __future__ import annotations

import json

from invented_archive import check

from docproc.checking.page import as_html
from docproc.checking.report import as_json, as_lines

BODY = "“no barge has been unloaded since then” and “the millers <b>kindly</b> ask for bread”"


def test_the_lines_tell_what_does_not_stand_and_count_the_rest():
    checked = check(BODY)
    lines = list(as_lines(checked.findings, checked.documents))
    assert lines[0] == "✗ differs: paragraph 1"
    assert lines[-1] == "2 quotations compared with 3 documents: 1 exact, 1 differs"
    assert not checked.stands


def test_the_json_gives_a_stable_name_and_both_texts():
    checked = check(BODY)
    found = json.loads(json.dumps(as_json(checked.findings, checked.documents)))
    (part,) = found["findings"][0]["parts"]
    assert part["identifier"].startswith("docproc:")
    assert part["text"] == found["findings"][0]["quotation"]
    assert found["verdicts"] == {"exact": 1, "differs": 1}


def test_the_page_holds_no_markup_of_the_draft():
    checked = check(BODY + " “<script>alert(1)</script> was closed on Tuesday, and no barge”")
    page = as_html(checked.findings, checked.documents, "chapter <i>one</i>")
    assert "<script" not in page
    assert "script&gt;" in page
    assert "default-src 'none'" in page
