"""What the first page costs: it waits for nothing that only later pages need."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from starlette.routing import Mount, Route

from docproc.serving.application import LazyEndpoint, routes

pytestmark = pytest.mark.slow

FIRST_PAGE = """
import sys, asyncio, docproc
from starlette.testclient import TestClient
import docproc.serving.process.running
from docproc.serving.application import application
from docproc.serving.service.safety import Admission
from docproc.serving.service.service import Service
service = Service(docproc.open(sys.argv[1]), Admission(token="t"))
service.warm_up = lambda: None  # what follows the page
app = application(service)
client = TestClient(app, base_url="http://127.0.0.1", headers={"authorization": "Bearer t"})
assert "documents" in client.get("/").text
rooms = ("docproc.retrieval.answers.reading_room", "docproc.serving.interfaces.http_api")
heavy = ("mcp", "onnxruntime", "faiss", "tantivy", *rooms)
print([name for name in heavy if name in sys.modules])
"""


def test_the_first_page_imports_nothing_that_answers(room_workspace):
    run = subprocess.run(
        [sys.executable, "-c", FIRST_PAGE, str(room_workspace)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.stdout.strip() == "[]", run.stderr[-2000:]


def test_what_answers_first_is_warmed_behind_the_first_page(reader, library):
    for _ in range(6000):  # `reader` opened "/"
        if "room" in library.__dict__:
            return
        time.sleep(0.1)
    pytest.fail("nothing was opened behind the first page")


LATER = [
    route.app
    for route in routes()
    if isinstance(route, Route) and isinstance(route.app, LazyEndpoint)
]


@pytest.mark.parametrize("later", LATER, ids=lambda later: f"{later.module}.{later.name}")
def test_every_address_leads_to_a_function_that_is_there(later):
    assert callable(later.endpoint())


def test_all_else_is_mounted():
    others = [route for route in routes() if not (isinstance(route, Route))]
    assert all(isinstance(route, Mount) for route in others)
    assert len(LATER) >= 20
