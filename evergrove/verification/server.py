"""The server of the verification page: loopback only, one page, a few JSON questions.

Whoever asks must have come from the page itself: another Host (DNS rebinding) or Origin (another
site's script) is refused. docs/decisions/0012 says why no framework is used.
"""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from evergrove.errors import EvergroveError
from evergrove.verification.numbers import FIELDS, places_of, read_at
from evergrove.verification.review import Changed, NotFound, Review

LOOPBACK = "127.0.0.1"
LARGEST_BODY = 1_000_000  # a report's decisions are some thousand bytes
HERE = Path(__file__).resolve().parent
SCRIPTS = ("verify", "state", "view", "card", "net")
FILES = {
    "/": ("page.html", "text/html; charset=utf-8"),
    "/verify.css": ("verify.css", "text/css; charset=utf-8"),
    "/icon.svg": ("icon.svg", "image/svg+xml"),
} | {f"/{name}.js": (f"{name}.js", "text/javascript; charset=utf-8") for name in SCRIPTS}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Refused(Exception):
    """An answer other than 200: its status and what is wrong, in words."""

    def __init__(self, status: int, problem: str, **more: Any) -> None:
        super().__init__(problem)
        self.status = status
        self.answer = {"error": problem} | more


class Server(ThreadingHTTPServer):
    """Serves one review. Port 0 takes a free one."""

    daemon_threads = True

    def __init__(self, review: Review, port: int = 0) -> None:
        self.review = review
        try:
            super().__init__((LOOPBACK, port), Handler)
        except (OSError, OverflowError) as error:
            raise EvergroveError(
                f"the port cannot be used: {getattr(error, 'strerror', None) or error}",
                place="--port",
                value=port,
                remedy="Leave it out to take a free one.",
            ) from None

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def address(self) -> str:
        return f"http://{LOOPBACK}:{self.port}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away is nobody's mistake."""


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server
    server_version = "Evergrove"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        self._answer(self._get)

    def do_POST(self) -> None:
        self._answer(self._post)

    def do_HEAD(self) -> None:
        self._answer(self._get)

    def do_PUT(self) -> None:
        self._answer(self._other)

    do_DELETE = do_PATCH = do_OPTIONS = do_TRACE = do_CONNECT = do_PUT

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the terminal is for what a person should know."""

    # ---- who may ask ----

    def _check_asker(self) -> None:
        hosts = [f"{name}:{self.server.port}" for name in (LOOPBACK, "localhost")]
        given = self.headers.get_all("Host") or []
        if len(given) != 1 or given[0].strip().lower() not in hosts:
            raise Refused(403, "another host's name: open the page by the address that was printed")
        allowed = [f"http://{host}" for host in hosts]
        for origin in self.headers.get_all("Origin") or ():
            if origin.strip().lower() not in allowed:
                raise Refused(403, "another site may not ask here")
        if self.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            raise Refused(403, "another site may not ask here")

    def _answer(self, what: Any) -> None:
        try:
            self._check_asker()
            status, kind, body = what()
        except Refused as refused:
            status, kind, body = _json(refused.answer, refused.status)
            # A body that was not read must not be taken for the next request.
            self.close_connection = True
        except NotFound as missing:
            status, kind, body = _json({"error": f"no such report: {missing}"}, 404)
        except Changed as changed:
            problem = "The file changed on the disk since it was opened. Neither version is lost."
            answer = {"error": problem, "yours": str(changed.kept), "on_disk": changed.now}
            status, kind, body = _json(answer, 409)
        except EvergroveError as error:
            status, kind, body = _json({"error": str(error)}, 422)
        except (ConnectionError, TimeoutError):
            raise
        except Exception as error:
            problem = f"internal error: {type(error).__name__}: {error}. Please report it."
            status, kind, body = _json({"error": problem}, 500)
        self.send_response(status)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    # ---- what is asked ----

    def _get(self) -> tuple[int, str, bytes]:
        path = urlsplit(self.path).path
        if path in FILES:
            name, kind = FILES[path]
            return 200, kind, (HERE / name).read_bytes()
        review = self.server.review
        if path == "/api/queue":
            return _json({"review": review.slug, "by": review.by, "reports": review.queue()})
        if path == "/api/agreement":
            found = review.comparisons
            return _json({"blind": found is not None} | (found.report() if found else {}))
        if path.startswith("/api/report/"):
            return _json(review.form(unquote(path.removeprefix("/api/report/"))))
        raise Refused(404, "no such page")

    def _post(self) -> tuple[int, str, bytes]:
        path = urlsplit(self.path).path
        data = self._body()
        review = self.server.review
        if path.startswith("/api/report/"):
            return _json(review.save(unquote(path.removeprefix("/api/report/")), data))
        if path not in ("/api/read", "/api/find", "/api/compare"):
            raise Refused(404, "no such page")
        report = review.report(str(data.get("report")))
        field = data.get("field")
        if field not in FIELDS:
            raise Refused(422, "no such field")
        if path == "/api/read":
            start, end = data.get("start"), data.get("end")
            if type(start) is not int or type(end) is not int:
                raise Refused(422, "start and end are whole numbers")
            value, place = read_at(report.text, start, end, field)
            return _json({"value": value, "place": place})
        if path == "/api/find":
            value = str(data.get("value") or "")[:300]
            return _json({"places": places_of(report.text, report.numbers, field, value)})
        index = data.get("measurement")
        if type(index) is not int:
            raise Refused(422, "measurement is a whole number")
        return _json({"suggestion": review.compare(report.name, index, field, data.get("answer"))})

    def _other(self) -> tuple[int, str, bytes]:
        raise Refused(405, "GET and POST only")

    def _body(self) -> dict[str, Any]:
        if self.headers.get("Transfer-Encoding"):
            raise Refused(411, "the length of the body must be given")
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()):
            raise Refused(411, "the length of the body must be given")
        if len(length) > 12 or int(length) > LARGEST_BODY:
            raise Refused(413, f"a body is at most {LARGEST_BODY} bytes")
        # A form of another site can send text, but not this type, without asking first.
        if self.headers.get_content_type() != "application/json":
            raise Refused(415, "the body is application/json")
        try:
            data = json.loads(self.rfile.read(int(length)).decode("utf-8"))
            # Half a character ("\ud800") could not be written into a file.
            json.dumps(data, ensure_ascii=False).encode("utf-8")
        except (ValueError, RecursionError):
            raise Refused(400, "the body is not JSON") from None
        if not isinstance(data, dict):
            raise Refused(400, "the body is one JSON object")
        return data


def _json(answer: Any, status: int = 200) -> tuple[int, str, bytes]:
    body = json.dumps(answer, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")
    return status, "application/json; charset=utf-8", body
