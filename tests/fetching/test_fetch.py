"""A fetch from a server on loopback: what is kept, cited, told, and gone on with."""

import json
from datetime import UTC, datetime

import pytest
from loopback import in_turn, serving

from docproc.citing import STYLES, built_in_style
from docproc.errors import ConfigError, PluginError, SourceError, TryLater, UsageError
from docproc.fetching.web import Web
from docproc.operations.fetching import fetch
from docproc.rendering.document_view import facts
from docproc.store.mirror import read_record, record_of, safe_name

pytest_plugins = ["docproc.testing.fixtures"]

PLUGIN = """
from docproc.hooks import Item, Reached, Registration, Setting, Whole, Withdrawn, hookimpl
from docproc.records import Unread


class Shelf:
    def __init__(self, url):
        self.url = url

    def items(self, visit):
        page = visit.cursor or "0"
        while page:
            listed = visit.get(f"{self.url}/list/{page}").data.decode().split("\\n")
            for line in listed:
                if line.startswith("gone "):
                    yield Withdrawn(key=line.split()[1], why="pulped")
                elif line.startswith("lost "):
                    yield Unread(line.split()[1], "it was mislaid")
                elif line.startswith("next "):
                    page = line.split()[1]
                    yield Reached(page)
                    break
                elif line:
                    key, name, version, *about = line.split("|")
                    address = f"{self.url}/item/{key}"
                    yield Item(
                        key=key, name=name, version=version, address=address,
                        content=lambda at=address: visit.get(at).data,
                        about=tuple(tuple(each.split("=", 1)) for each in about),
                    )
            else:
                page = ""
        yield Whole()


@hookimpl
def docproc_sources():
    return [
        Registration(
            "shelf", lambda s: Shelf(s["url"]),
            settings=(Setting("url", "", "Where.", sends_to=True),),
        )
    ]
"""
FIRST = (
    b"a|1921/a.txt|1|sender=A. Lind|recipient=The Harbour Office|date=2 November 1921\nb|b.txt|1"
)
LETTER = b"The boats at the quay of Sloka lie idle since Easter, and nobody mends them.\n"
OTHER = b"Forty barrels of tar were sent to the yard at Memel.\n"


@pytest.fixture
def shelf(docproc_workspace):
    pages = {
        "/robots.txt": b"User-agent: *\nDisallow: /private\n",
        "/list/0": FIRST,
        "/item/a": LETTER,
        "/item/b": OTHER,
    }
    with serving(pages) as served:
        served.space = docproc_workspace
        (docproc_workspace.root / "plugins" / "shelf.py").write_text(PLUGIN, "utf-8")
        name(served)
        served.allow(docproc_workspace.root)
        yield served


def name(served, more="pause = 0"):
    table = f'\n[sources.shelf]\nuses = "shelf"\nurl = "{served.url()}"\n{more}\n'
    served.space.configure()
    with (served.space.root / "config.toml").open("a", encoding="utf-8") as file:
        file.write(table)


def run(served, *names, **options):
    return fetch(served.space.application(), names, **options)


def mirrored(served):
    folder = served.space.root / "seeds" / "shelf"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


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
    assert ("fetched", f"{origin.day} from {origin.address}") in facts(document, ())


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


HOSTILE = {
    "sent on to another host": (302, {"Location": "http://127.0.0.2:1/x"}, b""),
    "sent on to a file": (302, {"Location": "file:///etc/passwd"}, b""),
    "sent round": (302, {"Location": "/item/a"}, b""),
    "refused": (403, {}, b""),
    "gone": (410, {}, b""),
    "packed otherwise": (200, {"Content-Encoding": "br"}, b"xx"),
}


@pytest.mark.parametrize("answer", HOSTILE.values(), ids=HOSTILE)
def test_a_file_that_cannot_be_had_costs_the_others_nothing(shelf, answer):
    shelf.pages["/item/a"] = answer
    (report,), stopped = run(shelf)
    assert stopped is None
    assert report.new == ["seeds/shelf/b.txt"]
    assert len(report.failed) == 1
    assert mirrored(shelf) == {"b.txt": OTHER}


def endless(handler):
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65536)


def slow(handler):
    import time

    handler.send_response(200)
    handler.end_headers()
    for _ in range(600):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


def test_an_endless_answer_ends(shelf):
    shelf.pages["/item/a"] = endless
    (report,), _ = run(shelf)
    assert "it is larger than 64 MB" in report.failed[0][1]


def test_a_slow_answer_is_given_up(shelf):
    name(shelf, "pause = 0\nseconds = 1")
    shelf.pages["/item/a"] = slow
    (report,), _ = run(shelf)
    assert "it takes longer than 1 s" in report.failed[0][1]


def slow_heads(handler):
    import time

    handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
    for number in range(600):
        handler.wfile.write(b"X-%d: y\r\n" % number)
        handler.wfile.flush()
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (slow_heads, "it takes longer than 1 s"),
        (lambda h: h.wfile.write(b"HTTP/1.0 200 OK\r\n" + b"X: y\r\n" * 500), "cannot be reached"),
        (lambda h: h.wfile.write(b"SSH-2.0-OpenSSH\r\n"), "cannot be reached"),
        ((200, {"Content-Length": "900"}, b"short"), "cannot be reached"),
        (lambda h: h.connection.close(), "cannot be reached"),
        ((301, {"Location": "http://u:p@127.0.0.1/"}, b""), "name or a password"),
        ((301, {"Location": "http://[::1"}, b""), "no address"),
        ((301, {"Location": "/a\x01b"}, b""), "no address holds such a character"),
    ],
)
def test_whatever_a_host_sends_is_told_in_words(answer, said):
    with serving({"/a": answer}) as served:
        web = Web(frozenset([served.host]), pause=0, seconds=1, wait=lambda _: None)
        with pytest.raises((SourceError, TryLater), match=said):
            web.get(served.url("/a"), robots=False)


def test_an_address_in_another_script_is_sent_in_ascii():
    with serving({"/%D0%BF%D0%B8%D1%81%D1%8C%D0%BC%D0%BE%201.txt?a=%20b": b"here"}) as served:
        web = Web(frozenset([served.host]), pause=0)
        assert web.get(served.url("/письмо 1.txt?a=%20b"), robots=False).data == b"here"


def test_a_packed_answer_cannot_unpack_to_more_than_there_is_room_for():
    import gzip

    bomb = gzip.compress(b"0" * 3_000_000)
    with serving({"/a": (200, {"Content-Encoding": "gzip"}, bomb)}) as served:
        web = Web(frozenset([served.host]), pause=0, most_bytes=1_000_000)
        with pytest.raises(SourceError, match="larger than 1 MB"):
            web.get(served.url("/a"), robots=False)
        assert len(Web(frozenset([served.host]), pause=0).get(served.url("/a")).data) == 3_000_000


def test_a_busy_host_is_waited_for_as_long_as_it_asks():
    waited = []
    busy = in_turn((429, {"Retry-After": "7"}, b""), (503, {}, b""), b"here")
    with serving({"/a": busy}) as served:
        web = Web(frozenset([served.host]), pause=0, wait=waited.append)
        assert web.get(served.url("/a"), robots=False).data == b"here"
    assert waited == [7.0, 4.0]


def test_requests_keep_their_distance():
    waited = []
    with serving({"/a": b"a", "/robots.txt": b"User-agent: *\nCrawl-delay: 9\n"}) as served:
        web = Web(frozenset([served.host]), pause=5, wait=waited.append)
        web.get(served.url("/a"))
    assert 8 < waited[0] <= 9


def test_robots_are_kept_to(shelf):
    shelf.pages["/robots.txt"] = b"User-agent: *\nDisallow: /item/a\n"
    (report,), _ = run(shelf)
    assert "robots.txt of" in report.failed[0][1]
    assert "/item/a" not in shelf.asked


def test_no_host_is_asked_that_the_user_has_not_allowed(shelf):
    from docproc.workspace.hosts import forget_hosts

    forget_hosts(shelf.space.root)
    with pytest.raises(ConfigError, match=r"files would be fetched from .* nothing was asked"):
        run(shelf)
    assert shelf.asked == []
    web = Web(frozenset())
    for address in ("http://example.org/", "file:///etc/passwd", "ftp://x/", "http://u:p@h/", "x"):
        with pytest.raises(SourceError):
            web.get(address)


def test_a_workspace_from_elsewhere_has_nothing_fetched(shelf):
    from docproc.plugins.trust import forget, trust

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
