"""What is published under an open page, and two hundred readers at once: nobody sees an error."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections import Counter
from urllib.parse import urlencode

import httpx2
import pytest
from few_probes import few_probes
from letters_served import TOKEN
from starlette.testclient import TestClient
from tiny_workspace import tiny_workspace

import docproc
from docproc.operations.application import Application
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.retrieval.search import search
from docproc.serving.application import application
from docproc.serving.service import service as served
from docproc.serving.service.safety import Admission
from docproc.serving.service.service import Service
from docproc.workspace import find_workspace
from docproc.workspace.mapped import release_pages

pytestmark = pytest.mark.slow

PUBLICATIONS, READERS = 20, 200
BEARER = {"authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def own_workspace(room_workspace, tmp_path):
    """The room's letters with a tiny embedder: twenty publications with a model take long."""
    root = tiny_workspace(tmp_path / "own")
    for name in ("seeds", "images"):
        shutil.copytree(room_workspace / name, root / name, dirs_exist_ok=True)
    prepare_index(Application(find_workspace(root)), Silent()).run()
    return root


def publish(root, number):
    """One more letter, and the one before the last is gone."""
    (root / "seeds" / f"new-{number}.txt").write_text(
        f"A. Lebedeva to P. Orlov\n\n{number} December 1921\n\nWagon {number} came empty.\n",
        "utf-8",
    )
    (root / "seeds" / f"new-{number - 2}.txt").unlink(missing_ok=True)
    prepare_index(Application(find_workspace(root)), Silent()).run()


def test_twenty_publications_under_an_open_page_break_no_link_of_it(own_workspace, monkeypatch):
    monkeypatch.setattr(served, "RENEW_EVERY", 0.0)
    made = application(Service(docproc.open(own_workspace), Admission(token=TOKEN)))
    with few_probes(), TestClient(made, base_url="http://127.0.0.1", headers=BEARER) as client:
        opened = client.get("/ask", params={"q": "How many sacks of seed rye should be sent?"}).text
        links = sorted(set(re.findall(r'href="(/(?:cite|document|alike|dossiers)/[^"#]+)', opened)))
        assert len(links) >= 5
        generations = set()
        for number in range(1, PUBLICATIONS + 1):
            publish(own_workspace, number)
            page = client.get("/ask", params={"q": f"Which wagon came empty? {number}"})
            assert page.status_code == 200
            generations.add(client.get("/api/v1/search?question=rye").json()["generation"])
            for link in links if number in (1, PUBLICATIONS) else links[number % len(links) :][:1]:
                again = client.get(link.replace("&amp;", "&"))
                assert again.status_code == 200, link
                assert "earlier state" not in again.text
        assert len(generations) == PUBLICATIONS


def test_two_hundred_readers_at_once_all_get_their_page(room_workspace, monkeypatch):
    """While the library is still being opened, and mapped pages are given back all the time."""
    monkeypatch.setattr(search, "release_pages", lambda: release_pages(most=0))
    library = docproc.open(room_workspace)
    app = application(Service(library, Admission(token=TOKEN)))
    paths = [
        *(f"/ask?{urlencode({'q': q})}" for q in ("seed rye", "the theft", "Which zeppelin?")),
        "/", "/browse", "/correspondents", "/mentions?name=Lebedeva", "/status",
        f"/document/{library.documents()[0].id}", "/api/v1/documents", "/static/style.css",
    ]  # fmt: skip

    async def read() -> Counter[int]:
        transport = httpx2.ASGITransport(app)
        async with httpx2.AsyncClient(
            transport=transport, base_url="http://127.0.0.1", headers=BEARER, timeout=300
        ) as client:
            ways = (client.get(paths[number % len(paths)]) for number in range(READERS))
            return Counter(each.status_code for each in await asyncio.gather(*ways))

    assert asyncio.run(read()) == {200: READERS}
