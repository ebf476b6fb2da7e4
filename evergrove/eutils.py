"""NCBI's E-utilities through Bio.Entrez, made safe for unattended runs.

Bio.Entrez 1.88 builds the requests and reads the answers; it has no timeout, retries HTTP errors
at once, ignores Retry-After, and knows its rate limit inside one process only. `Client` adds what
is missing: a timeout for every wait and a deadline for every answer, jittered exponential back-off
that obeys Retry-After, a lock file through which all processes of this machine share NCBI's rate,
and messages that never hold the address (the API key travels in it).
"""

from __future__ import annotations

import fcntl
import http.client
import io
import json
import os
import random
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit, urlunsplit

from Bio import Entrez

from evergrove import europepmc
from evergrove.errors import EvergroveError

# Requests a second that NCBI allows, with a margin: 3 without a key, 10 with one.
SECONDS_BETWEEN = {False: 0.36, True: 0.105}
# Answers that another try may change; everything else in the 400s is our own mistake.
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
LONGEST_WAIT = 120.0


@dataclass
class SearchPage:
    """One answer of esearch: how many records match, and the ids that it gave."""

    count: int
    ids: list[str]
    warnings: list[str]


class _Passing(Exception):
    """A fault that may be gone at the next try; `wait` is what the server asked for, in seconds."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


@dataclass
class Client:
    """Asks PubMed. `base_url` replaces NCBI's address (tests run a server on loopback).

    `timeout` bounds each wait for bytes and `deadline` one whole answer, both in seconds; `tries`
    counts every attempt at one request.
    """

    email: str | None = None
    api_key: str | None = None
    base_url: str | None = None
    timeout: float = 60.0
    deadline: float = 600.0
    tries: int = 7
    first_wait: float = 1.0
    lock: Path = field(
        default_factory=lambda: Path(tempfile.gettempdir()) / f"evergrove-ncbi-{os.getuid()}.lock"
    )
    sleep: Callable[[float], None] = time.sleep
    chance: random.Random = field(default_factory=random.Random)

    @classmethod
    def from_environment(cls) -> Client:
        """NCBI_API_KEY and NCBI_EMAIL; EVERGROVE_EUTILS_URL for another server."""
        return cls(
            email=os.environ.get("NCBI_EMAIL") or None,
            api_key=os.environ.get("NCBI_API_KEY") or None,
            base_url=os.environ.get("EVERGROVE_EUTILS_URL") or None,
            timeout=float(os.environ.get("EVERGROVE_EUTILS_TIMEOUT", "60")),
            first_wait=float(os.environ.get("EVERGROVE_EUTILS_WAIT", "1")),
        )

    def search(self, term: str, *, retmax: int = 9999, **window: str) -> SearchPage:
        """esearch in PubMed; `window` is datetype, mindate, maxdate as E-utilities name them."""

        def read(body: bytes) -> SearchPage:
            answer = self._parsed(body)
            # A part of the query that PubMed did not know is left out by it without an error.
            warnings = [
                f"{kind}: {text}"
                for part in ("ErrorList", "WarningList")
                for kind, texts in dict(answer.get(part, {})).items()
                for text in texts
            ]
            page = SearchPage(int(answer["Count"]), [str(i) for i in answer["IdList"]], warnings)
            if len(page.ids) != min(page.count, retmax):
                raise _Passing(f"{len(page.ids)} ids came, {min(page.count, retmax)} were promised")
            return page

        return self._ask(
            "PubMed's search",
            lambda: Entrez.esearch(db="pubmed", term=term, retmax=retmax, **window),
            read,
        )

    def fetch(self, ids: list[str], check: Callable[[bytes], str | None]) -> bytes:
        """The PubMed XML of these ids. `check` names what is wrong with an answer, or None."""

        def read(body: bytes) -> bytes:
            problem = check(body)
            if problem:
                raise _Passing(problem)
            return body

        return self._ask("efetch", lambda: Entrez.efetch(db="pubmed", id=ids, retmode="xml"), read)

    def europepmc(self, address: str) -> bytes:
        """The body of an address of the Europe PMC web service, with the same care."""
        base = os.environ.get("EVERGROVE_EUROPEPMC_URL") or europepmc.BASE_URL

        def read(body: bytes) -> bytes:
            try:
                if "hitCount" in json.loads(body):
                    return body
            except ValueError:
                pass
            raise _Passing(f"not an answer: {_first_words(body)}")

        request = urllib.request.Request(base + address, headers={"User-Agent": "evergrove"})
        return self._ask(
            "Europe PMC's search",
            lambda: urllib.request.urlopen(request, timeout=self.timeout),
            read,
        )

    def _parsed(self, body: bytes) -> Any:
        try:
            return Entrez.read(io.BytesIO(body))
        except Exception as error:
            # Not XML, an <ERROR> element, or cut off: NCBI answers all three with status 200.
            raise _Passing(f"not an answer: {_first_words(body) or type(error).__name__}") from None

    def _ask(self, what: str, request: Callable[[], BinaryIO], read: Callable[[bytes], Any]) -> Any:
        problem = ""
        for attempt in range(1, self.tries + 1):
            try:
                with _shared_rate(self.lock, self.api_key is not None, self.sleep):
                    body = self._body(request)
                return read(body)
            except _Passing as fault:
                problem = str(fault)
                if attempt < self.tries:
                    self.sleep(self._wait(attempt, fault.wait))
        raise EvergroveError(
            f"{what} did not answer properly in {self.tries} tries: {problem}",
            remedy="Run the same command again later; what has arrived is kept.",
        )

    def _wait(self, attempt: int, asked: float | None) -> float:
        # Full jitter keeps several jobs from coming back at the same moment.
        wait = self.first_wait * 2 ** (attempt - 1) * self.chance.uniform(0.5, 1.5)
        return min(LONGEST_WAIT, max(wait, asked or 0.0))

    def _body(self, request: Callable[[], BinaryIO]) -> bytes:
        with self._configured():
            try:
                with request() as answer:
                    return _read_all(answer, self.deadline)
            except urllib.error.HTTPError as error:
                raise _http_fault(error) from None
            except (
                urllib.error.URLError,
                http.client.HTTPException,
                ConnectionError,
                TimeoutError,
                OSError,
            ) as error:
                # The reason alone: str() of some of these holds the address, and the key with it.
                reason = getattr(error, "reason", None)
                text = type(reason or error).__name__
                raise _Passing(f"no connection, or it broke off ({text})") from None

    @contextmanager
    def _configured(self) -> Iterator[None]:
        """Bio.Entrez keeps its settings in module variables: set ours, put the old ones back."""
        ours = {
            "email": self.email or "unknown@example.org",
            "api_key": self.api_key,
            "tool": "evergrove",
            "max_tries": 1,
            "urlopen": self._open,
        }
        before = {name: getattr(Entrez, name) for name in ours}
        for name, value in ours.items():
            setattr(Entrez, name, value)
        try:
            yield
        finally:
            for name, value in before.items():
                setattr(Entrez, name, value)

    def _open(self, request: urllib.request.Request) -> Any:
        if self.base_url:
            there, here = urlsplit(self.base_url), urlsplit(request.full_url)
            path = f"{there.path.rstrip('/')}/{here.path.rsplit('/', 1)[-1]}"
            request.full_url = urlunsplit((there.scheme, there.netloc, path, here.query, ""))
        return urllib.request.urlopen(request, timeout=self.timeout)


def _http_fault(error: urllib.error.HTTPError) -> Exception:
    if error.code in PASSING:
        return _Passing(f"HTTP status {error.code}", _retry_after(error.headers.get("Retry-After")))
    try:
        said = _first_words(error.read(2000))
    except Exception:
        said = ""
    return EvergroveError(
        f"the server refused the request with HTTP status {error.code}",
        value=said or None,
        remedy="Check the search strategy in the protocol.",
    )


def _retry_after(text: str | None) -> float | None:
    """Seconds to wait: the header holds either a number of seconds or a date."""
    if not text:
        return None
    if text.strip().isdigit():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except ValueError:
        return None


def _read_all(answer: Any, deadline: float) -> bytes:
    """The whole body; a server that sends a byte now and then is given up at the deadline."""
    raw = getattr(answer, "buffer", answer)
    end = time.monotonic() + deadline
    parts = []
    while True:
        part = raw.read1(1 << 16)
        if not part:
            break
        parts.append(part)
        if time.monotonic() > end:
            raise _Passing(f"the answer was not whole after {deadline:g} seconds")
    # read1 does not notice a body that is shorter than announced.
    missing = getattr(raw, "length", None)
    if missing:
        raise _Passing(f"the answer broke off {missing} bytes before its end")
    return b"".join(parts)


def _first_words(body: bytes) -> str:
    return " ".join(body[:300].decode("utf-8", "replace").split())[:120]


@contextmanager
def _shared_rate(lock: Path, with_key: bool, sleep: Callable[[float], None]) -> Iterator[None]:
    """Wait for this machine's next turn. The lock file holds the time of the last request."""
    with open(lock, "a+", encoding="ascii") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        handle.seek(0)
        try:
            last = float(handle.read() or 0)
        except ValueError:
            last = 0.0
        # A clock that was set back must not make us wait for hours.
        wait = min(last + SECONDS_BETWEEN[with_key] - time.time(), 1.0)
        if wait > 0:
            sleep(wait)
        handle.truncate(0)
        handle.write(repr(time.time()))
        handle.flush()
        fcntl.flock(handle, fcntl.LOCK_UN)
    yield
