"""The names below ``embeddings/``."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from docproc.store.layout import Layout, folder_name


@given(st.text(), st.text())
def test_every_fingerprint_has_a_folder_of_its_own_that_any_file_system_takes(one, other):
    assert (folder_name(one) == folder_name(other)) == (one == other)
    assert (folder_name(one).casefold() == folder_name(other).casefold()) == (one == other)
    for name in (folder_name(one), folder_name(other)):
        assert name.isascii()
        assert name == Path(name).name
        assert len(name) < 64
        assert not name.startswith((".", "-"))


def test_the_folders_are_where_the_design_says():
    layout = Layout(Path("embeddings"))
    assert layout.current == Path("embeddings/CURRENT")
    assert layout.generation("x") == Path("embeddings/generations/x")
    assert layout.cache("all-MiniLM/L6").parent == Path("embeddings/cache")
    assert layout.cache("all-MiniLM/L6").name.startswith("all-MiniLM-L6-")
