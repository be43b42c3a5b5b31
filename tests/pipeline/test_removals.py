"""An unmounted disk must never empty an archive, and the last document can go if it is meant."""

import shutil

import pytest
import word_bag as bag

from docproc.errors import ConfigError, ExitCode, RemovalsRefused

pytestmark = pytest.mark.slow


@pytest.fixture
def root(tmp_path):
    root = bag.make_workspace(tmp_path / "workspace")
    bag.index(root)
    return root


def documents(root):
    return bag.current(root).manifest.counts.documents


def test_a_missing_folder_of_sources_is_an_error_that_names_it_and_changes_nothing(root):
    before = bag.current(root).id
    (root / "seeds").rename(root.parent / "away")
    for _ in range(2):
        with pytest.raises(ConfigError, match="seeds: there is no such folder"):
            bag.index(root)
        with pytest.raises(ConfigError):
            bag.index(root, allow_removals=True)
    assert bag.current(root).id == before


def test_an_empty_folder_stops_with_a_code_of_its_own_until_it_is_allowed(root):
    before = bag.current(root).id
    shutil.rmtree(root / "seeds")
    (root / "seeds").mkdir()
    for _ in range(2):
        with pytest.raises(RemovalsRefused, match="all that was published is gone") as caught:
            bag.index(root)
        assert "docproc index --allow-removals" in str(caught.value)
    assert RemovalsRefused.exit_code == ExitCode.REMOVALS == 11
    assert bag.current(root).id == before
    assert bag.index(root, allow_removals=True).outcome == "published"
    assert documents(root) == 0
    assert bag.ask(root, "Who wants rifles?").citations == ()
    assert bag.index(root).outcome == "nothing to do"
    bag.write_letter(root, "new", "Anna Orlova", "The harvest failed.")
    assert bag.index(root).outcome == "published"
    assert documents(root) == 1


def test_a_file_that_cannot_be_read_is_no_archive_that_is_left(root):
    before = bag.current(root).id
    for path in (root / "seeds").iterdir():
        path.unlink()
    (root / "seeds" / "lost.docx").write_text("no archive")
    with pytest.raises(RemovalsRefused, match=r"4 sources gone, .* \(seeds/lost.docx: "):
        bag.index(root)
    assert bag.current(root).id == before
    assert bag.index(root, allow_removals=True).outcome == "published"
    assert documents(root) == 0


def test_the_last_one_that_is_left_may_stay_while_a_few_go(root):
    for name in ("harvest", "rifles", "school"):
        (root / "seeds" / f"{name}.txt").unlink()
    assert bag.index(root).outcome == "published"
    assert documents(root) == 1
    (root / "seeds" / "bridge.txt").unlink()
    with pytest.raises(RemovalsRefused):
        bag.index(root)


def test_of_many_a_tenth_may_go_at_once_and_the_share_can_be_set(root):
    for number in range(40):
        bag.write_letter(root, f"n{number}", "Anna Orlova", f"Sack number {number} was counted.")
    bag.index(root)
    for number in range(11):
        (root / "seeds" / f"n{number}.txt").unlink()
    with pytest.raises(RemovalsRefused, match=r"11 sources of 44 are gone, and 10 may be"):
        bag.index(root)
    with (root / "config.toml").open("a", encoding="utf-8") as config:
        config.write("\n[sources]\nmax_removed = 0.5\n")
    assert bag.index(root).outcome == "published"
    assert documents(root) == 33
