"""The page of status: what is published, what is stale, what could not be read."""

from __future__ import annotations

from typing import Any

from rich.filesize import decimal
from starlette.requests import Request
from starlette.responses import Response

from docproc.serving.service.service import library_of, service_of
from docproc.serving.views.templating import page
from docproc.text.output import clip


def status(request: Request) -> Response:
    """What ``docproc status`` says, as a page."""
    service = service_of(request)
    found = library_of(request).status()
    sections = [
        (name, _show(_measure(name, value)))
        for name, value in found.items()
        if name != "state" and value not in (None, {}) and not (service.shared and name == "failed")
    ]
    context = {"state": found["state"], "sections": sections}
    return page(request, "status.html", "Status", context, here="status")


def _measure(name: str, value: Any) -> Any:
    """*value* with what is a number of bytes in kB, MB or GB; all that ``disk`` counts is."""
    if not isinstance(value, dict):
        return value
    return {
        key: decimal(each) if isinstance(each, int) and (name == "disk" or key == "bytes") else each
        for key, each in value.items()
    }


def _show(value: Any) -> str | list[str] | dict[str, str]:
    if isinstance(value, dict):
        return {key: _line(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_line(each) for each in value]
    return _line(value)


def _line(value: Any) -> str:
    match value:
        case {"what": what, "fix": fix}:
            return clip(f"{what}: `{fix}`", 400)
        case bool() | None:
            return {True: "yes", False: "no", None: "none"}[value]
        case int():
            return f"{value:,}"
        case float():
            return f"{value:.4g}"
        case dict():
            return ", ".join(f"{key} {_line(each)}" for key, each in value.items())
        case list() | tuple():
            return ", ".join(_line(each) for each in value) or "none"
    return clip(str(value), 400)
