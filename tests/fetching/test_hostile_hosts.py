"""What a host may send, or not send, while it is fetched from; and which hosts are asked."""

import pytest
from fetched_shelf import OTHER, mirrored, name, run
from loopback import in_turn, serving

from docproc.errors import ConfigError, SourceError, TryLater
from docproc.fetching.web import Web

pytest_plugins = ["docproc.testing.fixtures"]


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
        ((301, {"Location": "http://[::1"}, b""), "not an address"),
        ((301, {"Location": "/a\x01b"}, b""), "no address holds such a character"),
    ],
)
def test_whatever_a_host_sends_is_told_in_words(answer, said):
    with serving({"/a": answer}) as served:
        seconds = 1 if answer is slow_heads else 600
        web = Web(frozenset([served.host]), pause=0, seconds=seconds, wait=lambda _: None)
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
