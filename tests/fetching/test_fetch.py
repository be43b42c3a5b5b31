"""A fetch from a server on loopback: what is kept, cited, told, and gone on with."""

import json
from datetime import UTC, datetime

import pytest
from fetched_shelf import FIRST, LETTER, OTHER, PLUGIN, mirrored, name, run
from loopback import in_turn

from docproc.citing import STYLES, built_in_style
from docproc.errors import ConfigError, PluginError, TryLater, UsageError
from docproc.rendering.document_view import list_facts
from docproc.store.files.mirror import read_record, record_of, safe_name

pytest_plugins = ["docproc.testing.fixtures"]


def test_files_are_mirrored_with_their_address_and_time_and_cited_with_them(shelf):
    (report,), stopped = run(shelf)
    assert stopped is None
    assert report.new == ["seeds/shelf/1921/a.txt", "seeds/shelf/b.txt"]
    assert mirrored(shelf) == {"1921/a.txt": LETTER, "b.txt": OTHER}
    record = read_record(shelf.space.root / "seeds/shelf/1921/a.txt")
    assert (record.address, record.key) == (shelf.url("/item/a"), "a")
    assert shelf.most_at_once == 1
    assert all(agent.startswith("docproc/") for agent in shelf.agents)

    shelf.space.index()
    (cited, *_) = shelf.space.ask("Where do the boats lie idle?").citations
    assert cited.verified
    assert cited.metadata.sender.text == "A. Lind"
    assert cited.metadata.date.edtf == "1921-11-02"
    origin = cited.metadata.origin
    assert origin.address == shelf.url("/item/a")
    assert origin.day == datetime.now(UTC).strftime("%Y-%m-%d")
    for style in ("plain", "chicago", "chicago-bibliography", "gost", "bibtex", "ris", "csl-json"):
        written = built_in_style(style).render([cited])
        assert origin.address.replace("_", r"\_") in written, style
        assert origin.day[:4] in written
    (document,) = shelf.space.read("a.txt")
    assert ("fetched", f"{origin.day} from {origin.address}") in list_facts(document, ())


def test_nothing_is_fetched_twice_and_indexing_has_nothing_to_do(shelf):
    run(shelf)
    shelf.space.index()
    shelf.asked.clear()
    (report,), _ = run(shelf)
    assert (report.unchanged, report.fresh) == (2, False)
    assert shelf.asked == ["/robots.txt", "/list/0"]
    assert shelf.space.index().outcome == "nothing to do"


def test_what_the_source_says_of_a_file_is_read_again_when_it_says_otherwise(shelf):
    run(shelf)
    shelf.space.index()
    shelf.pages["/list/0"] = FIRST.replace(b"A. Lind", b"B. Stern")
    (report,), _ = run(shelf)
    assert report.described == ["seeds/shelf/1921/a.txt"]
    assert [found.path for found in shelf.space.index().plan.changed] == report.described
    assert (
        shelf.space.ask("Where do the boats lie idle?").citations[0].metadata.sender.text
        == "B. Stern"
    )


def test_a_changed_file_is_fetched_again_and_one_that_is_gone_is_told_and_stays(shelf):
    run(shelf)
    shelf.pages["/list/0"] = b"a|1921/a.txt|2\n"
    shelf.pages["/item/a"] = LETTER + b"And so on.\n"
    (report,), _ = run(shelf)
    assert report.changed == ["seeds/shelf/1921/a.txt"]
    assert report.gone == [("seeds/shelf/b.txt", "it is no longer named")]
    assert mirrored(shelf) == {"1921/a.txt": LETTER + b"And so on.\n", "b.txt": OTHER}
    assert run(shelf)[0][0].gone == []  # it is told once
    shelf.pages["/list/0"] = FIRST
    assert run(shelf)[0][0].gone == []
    shelf.pages["/list/0"] = b"a|1921/a.txt|1\ngone b\nlost c"
    (report,), _ = run(shelf)
    assert report.gone == [("seeds/shelf/b.txt", "pulped")]
    assert report.failed == [("c", "it was mislaid")]


def test_a_fetch_that_was_stopped_goes_on(shelf):
    shelf.pages["/list/0"] = FIRST + b"\nnext 1"
    shelf.pages["/list/1"] = in_turn((503, {"Retry-After": "3600"}, b""), b"c|c.txt|1")
    shelf.pages["/item/c"] = b"The third letter.\n"
    (report,), stopped = run(shelf)
    assert isinstance(stopped, TryLater)
    assert "asks to be left alone for 3600 s" in str(stopped)
    assert "goes on" in report.stopped
    shelf.asked.clear()
    (report,), stopped = run(shelf)
    assert (stopped, report.resumed, report.new) == (None, True, ["seeds/shelf/c.txt"])
    assert shelf.asked == ["/robots.txt", "/list/1", "/item/c"]
    assert report.gone == []  # what the first half named is there still
    assert not run(shelf)[0][0].resumed


def test_a_file_of_the_users_own_is_left_as_it_is(shelf):
    own = shelf.space.add("shelf/b.txt", "My own notes.")
    (report,), _ = run(shelf)
    assert own.read_text("utf-8") == "My own notes."
    assert len(mirrored(shelf)) == 3  # the fetched one has another name
    fetched = shelf.space.root / "seeds/shelf/1921/a.txt"
    fetched.write_bytes(b"I corrected this.\n")
    shelf.pages["/list/0"] = FIRST.replace(b"a.txt|1", b"a.txt|2")
    (report,), _ = run(shelf)
    assert fetched.read_bytes() == b"I corrected this.\n"
    assert "was changed since it was fetched" in report.failed[0][1]


def test_a_changed_file_is_not_cited_with_the_address_of_another_one(shelf):
    run(shelf)
    (shelf.space.root / "seeds/shelf/1921/a.txt").write_bytes(b"I wrote this.\n")
    (document,) = shelf.space.read("a.txt")
    assert document.metadata.origin is None


@pytest.mark.parametrize(
    "given",
    ["../../../etc/passwd", "/etc/passwd", "..\\..\\x.txt", "a/../../b.txt", "~/.bashrc", ".hidden",
     "con", "nul.txt", "a\x00b", "x" * 400 + ".xml", "\u202egpj.exe", "  ", "a/" * 40 + "b",
     "C:\\x", ".."],
)  # fmt: skip
def test_whatever_a_source_calls_a_file_it_stays_in_the_folder(shelf, given):
    shelf.pages["/list/0"] = f"a|{given}|1".encode().replace(b"\n", b" ")
    before = set(shelf.space.root.parent.rglob("*"))
    (report,), stopped = run(shelf)
    assert stopped is None
    assert report.failed == []
    assert list(mirrored(shelf).values()) == [LETTER]
    made = set(shelf.space.root.parent.rglob("*")) - before
    allowed = [shelf.space.root / "seeds/shelf", shelf.space.root / "embeddings"]
    assert all(any(p == a or p.is_relative_to(a) for a in allowed) for p in made)
    assert safe_name(safe_name(given)) == safe_name(given)


def test_a_link_in_the_mirror_is_not_written_through(shelf, tmp_path):
    beyond = tmp_path / "beyond"
    beyond.mkdir()
    folder = shelf.space.root / "seeds" / "shelf"
    folder.mkdir()
    (folder / "1921").symlink_to(beyond)
    with pytest.raises(Exception, match="link"):
        run(shelf)
    assert list(beyond.iterdir()) == []


def test_a_workspace_from_elsewhere_has_nothing_fetched(shelf):
    from docproc.plugins.loading.trust import forget, trust

    forget(shelf.space.root)
    trusted = "docproc trust"
    with pytest.raises(ConfigError, match=trusted):
        run(shelf)
    assert shelf.asked == []
    trust(shelf.space.root)
    assert run(shelf)[1] is None


RAISE = "raise {}\n        page = visit.cursor"
SEVEN = "def items(self, visit):\n        return 7\n\n    def other(self, visit):"
FAULTS = {
    "items": ("page = visit.cursor", RAISE.format("SystemExit(0)"), "SystemExit"),
    "ctrl-c": ("page = visit.cursor", RAISE.format("KeyboardInterrupt"), "Keyboard"),
    "later": ("yield Whole()", "1 / 0", "ZeroDivisionError"),
    "type": ("yield Whole()", "yield 7", "yields int"),
    "field": ("version=version", "version=7", "Item.version is int"),
    "empty": ("key=key", "key=' '", "Item.key is empty"),
    "content": ("visit.get(at).data", "1 / 0", "ZeroDivisionError"),
    "bytes": ("visit.get(at).data", "'text'", "is str, not bytes"),
    "about": ("about=tuple", "about=list", "Item.about is no tuple"),
    "surrogate": ("name=name", "name='\\udcff'", "half a character"),
    "twice": ("key=key", "key='same'", "names 'same' twice"),
    "nothing": ("yield Whole()", "return", None),
    "not iterable": ("def items(self, visit):", SEVEN, "not iterable"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), FAULTS.values(), ids=FAULTS)
def test_whatever_a_source_does_is_its_own_failure(shelf, old, new, said):
    assert old in PLUGIN
    (shelf.space.root / "plugins" / "shelf.py").write_text(PLUGIN.replace(old, new), "utf-8")
    if said is None:
        assert run(shelf)[1] is None
        return
    with pytest.raises(PluginError) as caught:
        run(shelf)
    assert said in str(caught.value)
    assert "drop-in plugins/shelf.py: the source 'shelf'" in str(caught.value)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('[sources.shelf]\nurl = "x"', "it names no plugin: `uses`"),
        ("[sources.shelf]\nuses = 7", "it is text, not 7"),
        ('[sources.shelf]\nuses = "shelf"\nurl = 7', "expected str, got int"),
        ('[sources.shelf]\nuses = "shelf"\nurk = "x"', "did you mean 'url'"),
        ('[sources.shelf]\nuses = "shelf"\nfolder = "../x"', "is no folder within seeds/"),
        ('[sources.shelf]\nuses = "shelf"\nfolder = "/tmp"', "is no folder within seeds/"),
        ('[sources.shelf]\nuses = "shelf"\nfolder = "."', "is no folder within seeds/"),
        ('[sources.shelf]\nuses = "shelf"\npause = -1', "out of its range"),
        ('[sources.a]\nuses = "shelf"\n[sources.b]\nuses = "shelf"\nfolder = "a/b"', "of 'a' does"),
        ("", "no table [sources.NAME] names a source"),
    ],
)
def test_what_is_wrong_with_a_table_is_said_with_its_line(shelf, table, said):
    shelf.space.configure()
    with (shelf.space.root / "config.toml").open("a", encoding="utf-8") as file:
        file.write(table + "\n")
    with pytest.raises(ConfigError) as caught:
        run(shelf)
    assert said in str(caught.value)


def test_a_source_that_nobody_knows(shelf):
    with pytest.raises(UsageError, match=r"no source is called 'shell' \(did you mean 'shelf'"):
        run(shelf, "shell")
    name(shelf, "")
    text = (
        (shelf.space.root / "config.toml")
        .read_text("utf-8")
        .replace('uses = "shelf"', 'uses = "shlf"')
    )
    (shelf.space.root / "config.toml").write_text(text, "utf-8")
    with pytest.raises(
        PluginError, match=r"no source plugin is called 'shlf' \(did you mean 'shelf'"
    ):
        run(shelf)


def test_all_styles_that_carry_an_address_do_without_one():
    assert set(STYLES) >= {"plain", "chicago", "gost"}


def test_a_record_is_json_that_a_person_can_read(shelf):
    run(shelf)
    path = record_of(shelf.space.root / "seeds/shelf/b.txt")
    assert path.name == ".b.txt.origin.json"
    said = json.loads(path.read_text("utf-8"))
    assert said["address"] == shelf.url("/item/b")
    assert said["size"] == len(OTHER)
