"""What stands between a browser and the reading room: hosts, tokens, origins, headers, sizes.

A page on another site can make a reader's browser send requests to this machine.  So every
request must name an allowed host (DNS rebinding), carry the token (a cookie that other sites
never see sent, or ``Authorization: Bearer``), and come from the reading room's own pages where it
changes anything.  See "Fetch Metadata Request Headers" (W3C) and CSP Level 3.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Collection, Iterable
from dataclasses import field
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from docproc.dataclass_on_use import dataclass

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""The hosts that are this machine itself."""
MOST_BYTES = 32 * 1024 * 1024
"""The largest body that is taken: a draft to be checked."""
OPEN_PATHS = ("/static/", "/enter")
"""What is shown without a token: style, script, and the page that asks for the password."""
_SAFE = ("GET", "HEAD", "OPTIONS")

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    # not "no-referrer", under which browsers send "Origin: null" with our own forms
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "x-frame-options": "DENY",
}


@dataclass(frozen=True, slots=True)
class Admission:
    """The *hosts* that may be named, the *token* to carry; a *password* shares it, read-only."""

    hosts: Collection[str] = LOOPBACK
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    password: str | None = None

    @property
    def shared(self) -> bool:
        """Whether others than this machine's user read here."""
        return self.password is not None

    def accepts(self, token: str) -> bool:
        """Whether *token* is the one; takes as long for any."""
        return hmac.compare_digest(token.encode(), self.token.encode())

    def admits(self, password: str) -> bool:
        """Whether *password* is the one that the room is shared with."""
        return self.password is not None and hmac.compare_digest(
            password.encode(), self.password.encode()
        )


class Guard:
    """ASGI middleware that refuses what *entry* does not allow, and sets the headers."""

    def __init__(self, app: ASGIApp, entry: Admission, most_bytes: int = MOST_BYTES) -> None:
        self.app = app
        self.entry = entry
        self.most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # no page of ours opens a socket
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "private, no-cache")
            await send(message)

        refusal = self._refuse(scope, Headers(scope=scope))
        if refusal is not None:
            await refusal(scope, receive, with_headers)
            return
        await self.app(scope, _bound(receive, self.most_bytes), with_headers)

    def _refuse(self, scope: Scope, headers: Headers) -> Response | None:
        """The answer to a request that is not let in; ``None`` for one that is."""
        hosts = headers.getlist("host")
        if len(hosts) != 1 or _name(hosts[0]) not in self.entry.hosts:
            return PlainTextResponse(
                "This address is not one that the reading room answers to.", 421
            )
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self.most_bytes:
            return PlainTextResponse(
                f"What is sent may have at most {self.most_bytes // 1024 // 1024} MB.", 413
            )
        bearer = self._carries_bearer(headers)
        program = bearer and "origin" not in headers  # which a browser says, and MCP has checked
        if not program and (refusal := self._refuse_foreign(scope, headers, hosts[0])):
            return refusal
        if scope["path"].startswith(OPEN_PATHS) or bearer or self._carries_cookie(headers, scope):
            return None
        if (token := _query(scope, "token")) is not None and self.entry.accepts(token):
            return self._enter(scope)
        return self._close(scope, headers)

    def _refuse_foreign(self, scope: Scope, headers: Headers, host: str) -> Response | None:
        """Refuse what another site's page asked for, except that a reader follows a link."""
        site = headers.get("sec-fetch-site", "")
        origin = headers.get("origin")
        if scope["method"] in _SAFE:
            opened = headers.get("sec-fetch-dest", "document") == "document"  # in no frame
            follows = opened and headers.get("sec-fetch-mode") == "navigate"
            if site in ("cross-site", "same-site") and not follows:
                return PlainTextResponse("Only the reading room's own pages may ask this.", 403)
            return None
        if origin is None and not site and not self._carries_cookie(headers, scope):
            return None  # no browser: it needs the token like any program
        ours = origin is not None and origin == f"{scope['scheme']}://{host}"
        if not ours or site not in ("", "same-origin", "none"):
            return PlainTextResponse(
                "A form can be sent from the reading room's own pages only "
                "(a program sends `Authorization: Bearer TOKEN`).",
                403,
            )
        return None

    def _carries_bearer(self, headers: Headers) -> bool:
        kind, _, token = headers.get("authorization", "").partition(" ")
        return kind.casefold() == "bearer" and self.entry.accepts(token.strip())

    def _carries_cookie(self, headers: Headers, scope: Scope) -> bool:
        try:
            cookies = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return False
        found = cookies.get(cookie_name(scope))
        return found is not None and self.entry.accepts(found.value)

    def _enter(self, scope: Scope) -> Response:
        """The same address without the token, which is a cookie from now on."""
        kept = [pair for pair in _pairs(scope) if pair[0] != "token"]
        address = quote(scope["path"]) + (f"?{urlencode(kept)}" if kept else "")
        response = RedirectResponse("/" + address.lstrip("/\\"), 303)
        set_cookie(response, scope, self.entry.token)
        return response

    def _close(self, scope: Scope, headers: Headers) -> Response:
        """What who has no token sees; a link followed from another site needs one click more."""
        if not headers.get("accept", "").startswith("text/html") or scope["method"] != "GET":
            return PlainTextResponse(
                "A token is needed: `docproc read` prints the address that has it.",
                401,
                {"www-authenticate": "Bearer"},
            )
        if self.entry.shared:
            return RedirectResponse("/enter", 303)
        pairs = [pair for pair in _pairs(scope) if pair[0] != "token"]
        here = quote(scope["path"]) + (f"?{urlencode(pairs)}" if pairs else "")
        return HTMLResponse(_CLOSED.replace("HERE", here.replace("&", "&amp;")), 401)


_CLOSED = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>The reading room</title>'
    '<meta name="viewport" content="width=device-width">'
    '<link rel="stylesheet" href="/static/style.css">'
    '<main class="page"><h1>The reading room is closed to this window</h1>'
    '<p>If you came by a link: <a href="HERE">go on to the page</a>.</p>'
    "<p>If that leads back here, open the address that <code>docproc read</code> printed: "
    "it lets your browser in.</p></main></html>"
)


def cookie_name(scope: Scope) -> str:
    """The cookie's name: cookies do not tell ports apart, so that two rooms need two names."""
    port = (scope.get("server") or ("", 0))[1]
    return f"docproc-{port or 0}"


def set_cookie(response: Response, scope: Scope, token: str) -> None:
    """Give the browser *token*, out of the reach of scripts and of other sites."""
    response.set_cookie(
        cookie_name(scope),
        token,
        httponly=True,
        samesite="strict",
        secure=scope["scheme"] == "https",
        path="/",
    )


_HOST: Final = re.compile(r"(\[[0-9a-f:.]+\]|[^\[\]:@/\\\s]*?)\.?(?::\d*)?")


def _name(host: str) -> str:
    """The host without its port, in lower case; ``""`` for what is no host."""
    found = _HOST.fullmatch(host.strip().casefold())
    return found[1] if found else ""


def _pairs(scope: Scope) -> list[tuple[str, str]]:
    query = scope["query_string"].decode("latin-1")
    try:
        return parse_qsl(query, keep_blank_values=True, max_num_fields=200)
    except ValueError:
        return []


def _query(scope: Scope, name: str) -> str | None:
    return next((value for key, value in _pairs(scope) if key == name), None)


class BodyTooLarge(Exception):
    """A body larger than is taken, though it did not say so beforehand."""


def _bound(receive: Receive, most: int) -> Receive:
    """*receive*, of at most so many bytes."""
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise BodyTooLarge
        return message

    return bounded


def hosts_of(names: Iterable[str]) -> frozenset[str]:
    """The loopback names and *names*, as ``Host`` headers give them."""
    return frozenset([*LOOPBACK, *filter(None, map(_name, names))])
