from __future__ import annotations

import pytest
import word_bag as bag

from docproc.operations.sources import changes
from docproc.operations.sources.changes import find_change_notice
from docproc.workspace import find_workspace


@pytest.fixture
def looked(tmp_path, monkeypatch):
    """A workspace of five files and more, of which a quick look looks at two."""
    root = bag.make_workspace(tmp_path / "workspace")
    for number in range(5):
        (root / "seeds" / f"more {number}.txt").write_text(f"Letter {number} of many.", "utf-8")
    bag.index(root)
    monkeypatch.setattr(changes, "MOST_LOOKED_AT", 2)
    now = iter(range(100))
    monkeypatch.setattr(changes.time, "time", lambda: next(now))
    space, generation = find_workspace(root), bag.current(root)
    return root, lambda: find_change_notice(space, generation, quickly=True)


def test_a_quick_look_finds_in_turns_what_changed_where_it_stands(looked):
    root, look = looked
    assert not any(look() for _ in range(5))
    (root / "seeds" / "more 3.txt").write_text("Another letter.", "utf-8")
    said = [look() for _ in range(10)]
    assert None in said
    assert any("1 changed" in (each or "") for each in said)


def test_a_quick_look_finds_at_once_that_a_file_came_or_went(looked):
    root, look = looked
    (root / "seeds" / "new.txt").write_text("A new letter.", "utf-8")
    assert "1 new" in (look() or "")
    (root / "seeds" / "new.txt").unlink()
    (root / "seeds" / "more 4.txt").unlink()
    assert "1 removed" in (look() or "")
