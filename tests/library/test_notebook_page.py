"""The page on the Python API runs as it is printed."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "notebook.md"


def test_every_block_of_the_page_runs_in_order(letter_workspace, monkeypatch, capsys):
    monkeypatch.chdir(letter_workspace)
    code = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert len(code) >= 5
    exec(compile("\n".join(code), str(PAGE), "exec"), {})
    printed = capsys.readouterr().out
    assert "6,000 rifles" in printed
    assert "1921-11-02" in printed
    assert "12 Maxim machine guns" in printed
