"""The tutorial and the recipes, followed to the letter from an empty folder."""

from pathlib import Path

import pytest
from walkthrough import Walk, agrees, can_walk, fences

pytestmark = pytest.mark.slow

DOCS = Path(__file__).parent.parent / "docs"


@pytest.mark.skipif(not can_walk(), reason="the pages are written for a POSIX shell")
@pytest.mark.parametrize(("page", "commands"), [("tutorial.md", 20), ("recipes.md", 20)])
def test_who_follows_a_page_to_the_letter_sees_what_it_shows(
    page, commands, tmp_path, letter_workspace
):
    folder = tmp_path / "empty"
    folder.mkdir()
    walk = Walk(folder, tmp_path / "environment", letter_workspace / "embeddings" / "encoders")
    for fence in fences((DOCS / page).read_text("utf-8")):
        walk.follow(fence)
    assert walk.commands > commands


@pytest.mark.parametrize(
    ("expected", "printed", "same"),
    [
        ("a\nb", "a\nb\n", True),
        ("a\nb", "a\n\nb\n", False),
        ("a\n…\nb", "a\nx\ny\nb\n", True),
        ("a\n…\nb", "a\nb", True),
        ("a …b c", "a lot of b c", True),
        ("a … c", "a\nc", False),
        ("a", "b", False),
        ("Indexed …", "reading: 1 of 2, 0.1 a second, 0:00:18 left\nIndexed 2\n", True),
        ("1 failed", "1 failed\nand more", False),
    ],
)
def test_what_is_shown_is_compared_but_for_what_it_leaves_open(expected, printed, same):
    assert agrees(expected, printed) is same
