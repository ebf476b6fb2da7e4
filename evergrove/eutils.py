"""NCBI's E-utilities through Bio.Entrez, made safe for unattended runs.

Bio.Entrez 1.88 builds the requests and reads the answers; it has no timeout, retries HTTP errors
at once, ignores Retry-After, and knows its rate limit inside one process only. `Client` adds what
is missing: a timeout for every wait and a deadline for every answer, jittered exponential back-off
that obeys Retry-After, a lock file through which all processes of this machine share NCBI's rate,
and messages that hold neither the address (the API key travels in it) nor the key where NCBI quotes
it back.
"""

from __future__ import annotations

import fcntl
import http.client
import io
import json
import math
import os
import random
import tempfile
import threading
import time
import urllib.error
import urllib.request
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote_plus, urlsplit, urlunsplit

from Bio import Entrez

from evergrove import europepmc
from evergrove.errors import EvergroveError

# Requests a second that NCBI allows, with a margin: 3 without a key, 10 with one.
SECONDS_BETWEEN = {False: 0.36, True: 0.105}
# Answers that another try may change; everything else in the 400s is our own mistake.
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
# Our own back-off stops growing here; a server that asks for more than the second is left alone.
LONGEST_WAIT = 120.0
LONGEST_ASKED = 900.0
# What PubMed remarks of a search that is in order.
HARMLESS = frozenset({"No items found."})
# Bio.Entrez keeps its settings in module variables: one request of this process at a time.
_SETTINGS = threading.Lock()


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


class _Refused(Exception):
    """An answer that another try would not change; the text is what the server said."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status = status


@dataclass
class Client:
    """Asks PubMed and Europe PMC. The two addresses replace theirs (tests run servers on loopback).

    `timeout` bounds each wait for bytes and `deadline` one whole answer, both in seconds; `tries`
    counts every attempt at one request.
    """

    email: str | None = None
    api_key: str | None = None
    base_url: str | None = None
    europepmc_url: str | None = None
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
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Client:
        """NCBI_API_KEY and NCBI_EMAIL; EVERGROVE_EUTILS_URL and the like for another server."""
        return cls(
            email=environment.get("NCBI_EMAIL", "").strip() or None,
            api_key=environment.get("NCBI_API_KEY", "").strip() or None,
            base_url=_address(environment, "EVERGROVE_EUTILS_URL"),
            europepmc_url=_address(environment, "EVERGROVE_EUROPEPMC_URL"),
            timeout=_seconds(environment, "EVERGROVE_EUTILS_TIMEOUT", 60.0),
            first_wait=_seconds(environment, "EVERGROVE_EUTILS_WAIT", 1.0),
        )

    def search(self, term: str, *, retmax: int = 9999) -> SearchPage:
        """esearch in PubMed: the count, and up to `retmax` ids."""

        def read(body: bytes) -> SearchPage:
            try:
                answer = Entrez.read(io.BytesIO(body))
                page = SearchPage(
                    int(answer["Count"]), [str(pmid) for pmid in answer["IdList"]], _remarks(answer)
                )
            except Exception as error:
                # Not XML, an <ERROR> element, or cut off: NCBI answers all three with status 200.
                said = self._first_words(body) or type(error).__name__
                raise _Passing(f"not an answer: {said}") from None
            if len(page.ids) != min(page.count, retmax):
                raise _Passing(f"{len(page.ids)} ids came, {min(page.count, retmax)} were promised")
            return page

        return self._ask(
            "PubMed's search",
            lambda: Entrez.esearch(db="pubmed", term=term, retmax=retmax),
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

        def read(body: bytes) -> bytes:
            try:
                answer = json.loads(body)
                found = {(item["source"], item["id"]) for item in answer["resultList"]["result"]}
                if int(answer["hitCount"]) < len(found):
                    raise ValueError
            except (ValueError, TypeError, LookupError):
                raise _Passing(f"not an answer: {self._first_words(body)}") from None
            return body

        whole = (self.europepmc_url or europepmc.BASE_URL) + address
        request = urllib.request.Request(whole, headers={"User-Agent": "evergrove"})
        return self._ask(
            "Europe PMC's search",
            lambda: urllib.request.urlopen(request, timeout=self.timeout),
            read,
        )

    def _ask(self, what: str, request: Callable[[], BinaryIO], read: Callable[[bytes], Any]) -> Any:
        problem = ""
        for attempt in range(1, self.tries + 1):
            try:
                _take_turn(self.lock, self.api_key is not None, self.sleep)
                body = self._body(request)
                return read(body)
            except _Refused as fault:
                raise EvergroveError(
                    f"{what} refused the request with HTTP status {fault.status}",
                    value=str(fault) or None,
                    remedy=_remedy(str(fault)),
                ) from None
            except _Passing as fault:
                problem = str(fault)
                if fault.wait is not None and fault.wait > LONGEST_ASKED:
                    problem += f", and asks to be left alone for {fault.wait:.0f} seconds"
                    break
                if attempt < self.tries:
                    self.sleep(self._wait(attempt, fault.wait))
        raise EvergroveError(
            f"{what} did not answer properly in {attempt} {'try' if attempt == 1 else 'tries'}: "
            f"{problem}",
            remedy="Run the same command again later; what has arrived is kept.",
        )

    def _first_words(self, body: bytes) -> str:
        """How an answer begins; of an error in JSON its sentence, not the address beside it.

        NCBI quotes a key that it does not know, or that is used too often: it is taken out, before
        anything is cut off.
        """
        try:
            said = str(json.loads(body)["error"])
        except (ValueError, TypeError, LookupError):
            said = body[:50_000].decode("utf-8", "replace")
        for key in {self.api_key, quote_plus(self.api_key or "")} - {None, ""}:
            said = said.replace(key, "[API key]")
        return " ".join(said.split())[:120]

    def _http_fault(self, error: urllib.error.HTTPError) -> Exception:
        try:
            said = self._first_words(error.read(20_000))
        except (http.client.HTTPException, OSError, ValueError):
            said = ""
        if error.code in PASSING:
            told = f"HTTP status {error.code}" + (f" ({said})" if said else "")
            return _Passing(told, _retry_after(error.headers.get("Retry-After")))
        return _Refused(error.code, said)

    def _wait(self, attempt: int, asked: float | None) -> float:
        # Full jitter keeps several jobs from coming back at the same moment.
        wait = self.first_wait * 2 ** (attempt - 1) * self.chance.uniform(0.5, 1.5)
        return max(min(LONGEST_WAIT, wait), asked or 0.0)

    def _body(self, request: Callable[[], BinaryIO]) -> bytes:
        with _SETTINGS, self._configured():
            try:
                with request() as answer:
                    return _read_all(answer, self.deadline)
            except urllib.error.HTTPError as error:
                raise self._http_fault(error) from None
            except (http.client.HTTPException, OSError, ValueError) as error:
                # The reason alone: str() of some of these holds the address, and the key with it.
                reason = getattr(error, "reason", None)
                text = type(reason or error).__name__
                raise _Passing(f"no connection, or it broke off ({text})") from None

    @contextmanager
    def _configured(self) -> Iterator[None]:
        """Set what Bio.Entrez reads from module variables, and put the old values back."""
        ours = {
            "email": self.email,
            "api_key": self.api_key,
            "tool": "evergrove",
            "max_tries": 1,
            "urlopen": self._open,
        }
        before = {name: getattr(Entrez, name) for name in ours}
        for name, value in ours.items():
            setattr(Entrez, name, value)
        try:
            with warnings.catch_warnings():
                # A search without an address works; the how-to says why to give one.
                warnings.filterwarnings("ignore", message=r"\s*Email address is not specified")
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


def _address(environment: Mapping[str, str], name: str) -> str | None:
    text = environment.get(name, "").strip()
    if text and not text.startswith(("http://", "https://")):
        raise EvergroveError(
            f"{name} is no address", value=text, remedy="It begins with http:// or https://."
        )
    return text or None


def _seconds(environment: Mapping[str, str], name: str, default: float) -> float:
    text = environment.get(name, "").strip()
    try:
        seconds = float(text) if text else default
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise EvergroveError(f"{name} is no number of seconds", value=text, remedy="Such as 60.")
    return seconds


def _remarks(answer: Any) -> list[str]:
    """What PubMed says of a query: a part that it does not know it leaves out without an error."""
    return [
        f"{kind}: {text}"
        for part in ("ErrorList", "WarningList")
        for kind, texts in dict(answer.get(part, {})).items()
        for text in texts
        if text not in HARMLESS
    ]


def _remedy(said: str) -> str:
    if "api key" in said.lower():
        return "Correct NCBI_API_KEY in the environment, or unset it."
    return "Check the search strategy in the protocol."


def _retry_after(text: str | None) -> float | None:
    """Seconds to wait: the header holds either a number of seconds or a date."""
    if not text:
        return None
    if text.strip().isdecimal():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, OverflowError):
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


def _take_turn(lock: Path, with_key: bool, sleep: Callable[[float], None]) -> None:
    """Wait until no process of this machine has asked for as long as NCBI wants between requests.

    The time of the last request is the lock file's own: setting it needs no room on the disk.
    """
    try:
        with open(lock, "ab") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            wait = os.fstat(handle.fileno()).st_mtime + SECONDS_BETWEEN[with_key] - time.time()
            # A clock that was set back must not make us wait for hours.
            if wait > 0:
                sleep(min(wait, 1.0))
            now = time.time()
            os.utime(handle.fileno(), (now, now))
    except OSError as error:
        raise EvergroveError(
            f"the file that keeps requests apart cannot be used: {error.strerror}",
            file=lock,
            remedy="Free space or rights?",
        ) from None
