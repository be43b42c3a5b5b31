"""The API as its own description has it: whatever the description allows is answered as it says.

Skipped without schemathesis, which is in `docproc[test]`.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from letters_served import TOKEN

from docproc.serving.application import application
from docproc.serving.service.safety import LOOPBACK, Admission
from docproc.serving.service.service import Service

pytestmark = pytest.mark.slow

schemathesis = pytest.importorskip("schemathesis")

EXAMPLES = int(os.environ.get("DOCPROC_API_EXAMPLES", "12"))
BEARER = {"authorization": f"Bearer {TOKEN}"}


def _checks():
    """That a string that is no scope or no reference is refused is no fault: it is not checked."""
    from schemathesis.specs.openapi import checks

    return [
        schemathesis.checks.not_a_server_error,
        checks.content_type_conformance,
        checks.response_schema_conformance,
        checks.response_headers_conformance,
        checks.status_code_conformance,
    ]


@pytest.fixture(scope="module")
def described(library):
    entry = Admission(hosts=(*LOOPBACK, "testserver"), token=TOKEN)  # as schemathesis calls an app
    return schemathesis.openapi.from_asgi(
        "/api/v1/openapi.json", application(Service(library, entry)), headers=BEARER
    )


def operations() -> list[str]:
    from docproc.serving.interfaces.http_api import openapi

    return [f"{way.upper()} {path}" for path, ways in openapi()["paths"].items() for way in ways]


@pytest.mark.parametrize("named", operations())
def test_every_operation_answers_as_it_is_described(described, named):
    method, path = named.split()
    operation = described[path][method]

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.data())
    def answered(data):
        case = data.draw(operation.as_strategy())
        case.headers = {**(case.headers or {}), **BEARER}
        response = case.call()
        assert response.status_code in (200, 304, 400, 404, 413)  # it was let in
        case.validate_response(response, checks=_checks())

    answered()
