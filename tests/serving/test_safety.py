"""Who is let in: by host, token and origin; and what every page tells the browser not to do."""

from __future__ import annotations

import pytest
from letters_served import TOKEN
from starlette.testclient import TestClient

from docproc.serving.application import application
from docproc.serving.service.safety import HEADERS, Admission, Guard, hosts_of
from docproc.serving.service.service import Service

HTML = {"accept": "text/html"}


def test_nothing_is_shown_without_the_token_and_the_token_becomes_a_cookie(stranger):
    assert stranger.get("/").status_code == 401
    assert stranger.get("/api/v1/status").status_code == 401
    assert stranger.get("/?token=another").status_code == 401
    entered = stranger.get("/ask", params={"q": "rye?", "token": TOKEN})
    assert entered.status_code == 303
    assert entered.headers["location"] == "/ask?q=rye%3F"
    cookie = entered.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert TOKEN not in entered.headers["location"]
    assert stranger.get("/").status_code == 200


def test_a_token_leads_to_no_other_site(stranger):
    for path in ("//evil.example/", "/\\evil.example", "///evil.example"):
        response = stranger.get(path, params={"token": TOKEN})
        assert not response.headers.get("location", "/").startswith(("//", "/\\", "http"))


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "127.0.0.1.evil.example", "", "localhost.evil", "192.168.0.7:80",
        "[::1].evil.example", "[::1", "::1", "localhost:80@evil.example", "evil.example@localhost",
        "localhost..", "localhost:80:80", "localhost/", "127.1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_ours_is_refused_on_every_request(reader, host):
    for path in ("/", "/static/style.css", "/ask?q=rye", "/enter"):
        assert reader.get(path, headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:7315", "LOCALHOST", "[::1]:80", "localhost."])
def test_this_machine_is_known_by_its_names_on_any_port(reader, host):
    assert reader.get("/static/style.css", headers={"host": host}).status_code == 200


def test_another_sites_page_can_neither_send_a_form_nor_read_an_answer(reader):
    foreign = {"origin": "http://evil.example", "sec-fetch-site": "cross-site"}
    assert reader.post("/enter", headers=foreign).status_code == 403
    assert reader.post("/enter", headers={"origin": "null"}).status_code == 403
    assert reader.post("/enter").status_code == 403  # a browser always says whence a form is
    other_port = {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-site"}
    assert reader.post("/enter", headers=other_port).status_code == 403
    own = {"origin": "http://127.0.0.1", "sec-fetch-site": "same-origin"}
    assert reader.post("/enter", headers=own).status_code == 200
    embedded = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    assert reader.get("/ask?q=rye", headers=embedded).status_code == 403
    framed = {**embedded, "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}
    assert reader.get("/ask?q=rye", headers=framed).status_code == 403
    followed = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert reader.get("/ask?q=rye", headers=followed).status_code == 200


def test_a_link_from_another_site_leads_on_with_one_click(stranger):
    """The strict cookie is not sent with it; the page offers the same address as our own link."""
    closed = stranger.get('/ask?q=rye"><script>&typed=1', headers=HTML)
    assert closed.status_code == 401
    assert 'href="/ask?q=rye%22%3E%3Cscript%3E&amp;typed=1"' in closed.text
    assert "<script>" not in closed.text


def test_a_program_carries_the_token_itself(stranger):
    assert stranger.get("/", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert stranger.get("/", headers={"authorization": "Bearer no"}).status_code == 401
    assert stranger.get("/", headers={"authorization": f"Basic {TOKEN}"}).status_code == 401


def test_a_program_without_the_token_is_told_that_it_needs_one(stranger):
    refused = stranger.post("/api/v1/ask", json={"question": "rye"})
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == "Bearer"


def test_every_answer_has_a_policy_that_begins_with_nothing(reader, stranger):
    for client in (reader, stranger):
        for path in ("/", "/nothing", "/static/style.css", "/static/nothing"):
            headers = client.get(path).headers
            assert headers["content-security-policy"].startswith("default-src 'none'")
            assert "unsafe" not in headers["content-security-policy"]
            assert set(HEADERS) <= set(headers)
            assert "access-control-allow-origin" not in headers


def test_a_body_is_bounded_whether_it_says_its_size_or_not(library):
    made = application(Service(library, Admission(token=TOKEN)))
    for middleware in made.user_middleware:
        assert middleware.cls is Guard
        middleware.kwargs["most_bytes"] = 1000
    own = {"origin": "http://127.0.0.1"}
    with TestClient(made, base_url="http://127.0.0.1", cookies={"docproc-80": TOKEN}) as client:
        assert client.post("/enter", content=b"x" * 2000, headers=own).status_code == 413
        assert client.post("/enter", headers={**own, "content-length": "-5"}).status_code == 413


def test_a_shared_room_asks_for_the_password_and_hides_what_is_not_shared(library):
    entry = Admission(hosts=hosts_of(["archive.example"]), token=TOKEN, password="correct horse")
    made = application(Service(library, entry, "Letters"))
    with TestClient(made, base_url="http://archive.example", follow_redirects=False) as client:
        assert client.get("/", headers=HTML).headers["location"] == "/enter"
        assert client.get("/enter").status_code == 200
        own = {"origin": "http://archive.example", "sec-fetch-site": "same-origin"}
        wrong = client.post("/enter", data={"password": "horse"}, headers=own)
        assert wrong.status_code == 403
        assert "docproc-" not in wrong.headers.get("set-cookie", "")
        right = client.post("/enter", data={"password": "correct horse"}, headers=own)
        assert right.status_code == 303
        home = client.get("/")
        assert home.status_code == 200
        assert "/dossiers" not in home.text
        assert "failed" not in client.get("/status").text.partition("<footer")[0].casefold()
        (row, *_) = library.documents()
        assert client.get(f"/source/{row.id}").status_code == 400


def test_others_are_not_told_the_paths_of_this_machine(tmp_path):
    import docproc

    (tmp_path / "config.toml").write_text("", "utf-8")
    (tmp_path / "seeds").mkdir()
    entry = Admission(token=TOKEN, password="correct horse")
    made = application(Service(docproc.open(tmp_path), entry, "Letters"))
    bearer = {"authorization": f"Bearer {TOKEN}"}
    with TestClient(made, base_url="http://127.0.0.1", headers=bearer) as client:
        for path in ("/", "/browse", "/api/v1/ask?question=rye"):
            refused = client.get(path)
            assert refused.status_code == 503
            assert str(tmp_path) not in refused.text


TRICKS = (
    "../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/config.toml",
    "..\\..\\config.toml", "/etc/passwd", "%00", "docproc:../../x", "file:///etc/passwd",
    "....//....//config.toml", "con", "a" * 5_000,
)  # fmt: skip


@pytest.mark.parametrize("trick", TRICKS)
def test_no_address_leads_out_of_what_is_published(reader, trick):
    for before, after in (
        ("/document/", ""), ("/passage/", ""), ("/cite/", ""), ("/cite/", "/ris"), ("/source/", ""),
        ("/image/", "/1"), ("/static/", ""), ("/static/../templates/", ""), ("/dossiers/", ""),
        ("/dossiers/", "/json"), ("/alike/", ""), ("/compare/", "/x"), ("/api/v1/documents/", ""),
        ("/api/v1/passages/", ""), ("/mentions.", ""),
    ):  # fmt: skip
        answer = reader.get(f"{before}{trick}{after}")
        assert answer.status_code in (200, 400, 404, 410), (before, after)
        for word in ("root:x:", "[sources]", "{% extends", "SQLite format"):
            assert word not in answer.text, (before, after)


def test_a_token_does_not_let_another_sites_page_in(stranger):
    bearer = {"authorization": f"Bearer {TOKEN}"}
    for path in ("/mcp", "/api/v1/ask"):
        for origin in ("http://evil.example", "null", "http://127.0.0.1:1"):
            response = stranger.post(path, headers={**bearer, "origin": origin}, json={})
            assert response.status_code == 403
    own = {**bearer, "origin": "http://127.0.0.1"}
    assert stranger.post("/api/v1/ask", headers=own, json={}).status_code == 400


def test_a_name_that_is_no_host_allows_none():
    assert hosts_of(["", "a/b", "My-Mac.local"]) == {*hosts_of([]), "my-mac.local"}
    assert "" not in hosts_of([" ", "[::"])
