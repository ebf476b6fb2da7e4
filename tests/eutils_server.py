"""A real HTTP server on loopback that behaves like NCBI's E-utilities, also when they misbehave.

esearch obeys [crdt] windows and [UID] ranges, gives 9,999 ids at most and says so in WarningList;
efetch gives PubMed XML. `faults` is a queue: each request takes the first one and suffers it.
"""

from __future__ import annotations

import re
import threading
import time
from collections import deque
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

LIMIT = 9999
DAY = re.compile(r'"(\d{4})/(\d\d)/(\d\d)"\[crdt\]')
UIDS = re.compile(r"\((\d+) : (\d+)\[UID\]\)")
ESEARCH = (
    '<?xml version="1.0" encoding="UTF-8" ?>\n<!DOCTYPE eSearchResult PUBLIC "-//NLM//DTD esearch '
    '20060628//EN" "https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20060628/esearch.dtd">\n'
)
EFETCH = (
    '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st '
    'January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
)


class PubMed:
    """The records, the queue of faults, and what was asked."""

    def __init__(self) -> None:
        self.records: dict[int, tuple[date, str]] = {}
        self.withheld: set[int] = set()
        self.faults: deque[str] = deque()
        self.requests: list[tuple[float, str, dict[str, str]]] = []
        self.unknown_words: list[str] = []
        self.lock = threading.Lock()

    def add(self, pmid: int, created: date, extra: str = "") -> None:
        """A record, and `extra` XML inside its MedlineCitation (status links, say)."""
        self.records[pmid] = (created, extra)

    def matching(self, term: str) -> list[int]:
        days = [date(*map(int, parts)) for parts in DAY.findall(term)]
        windows = list(zip(days[::2], days[1::2], strict=True))
        ranges = [(int(low), int(high)) for low, high in UIDS.findall(term)]
        return sorted(
            pmid
            for pmid, (created, _) in self.records.items()
            if all(first <= created <= last for first, last in windows)
            and all(low <= pmid <= high for low, high in ranges)
        )

    def esearch(self, query: dict[str, str]) -> bytes:
        found = self.matching(query["term"])
        start = int(query.get("retstart", 0))
        if start > LIMIT - 1:
            return b"<eSearchResult><ERROR>Search Backend failed</ERROR></eSearchResult>"
        ids = found[start : start + min(int(query.get("retmax", 20)), LIMIT)]
        listed = "".join(f"<Id>{pmid}</Id>\n" for pmid in ids)
        unknown = "".join(f"<PhraseNotFound>{word}</PhraseNotFound>" for word in self.unknown_words)
        errors = f"<ErrorList>{unknown}</ErrorList>" if unknown else ""
        warning = ""
        if len(found) > LIMIT and int(query.get("retmax", 20)) > LIMIT:
            warning = "<WarningList><OutputMessage>cut to 9,999</OutputMessage></WarningList>"
        return (
            f"{ESEARCH}<eSearchResult><Count>{len(found)}</Count><RetMax>{len(ids)}</RetMax>"
            f"<RetStart>{start}</RetStart><IdList>{listed}</IdList><TranslationSet/>"
            f"<QueryTranslation>{escape(query['term'])}</QueryTranslation>{errors}{warning}"
            "</eSearchResult>\n"
        ).encode()

    def efetch(self, query: dict[str, str]) -> bytes:
        asked = [int(pmid) for pmid in query["id"].split(",")]
        given = [pmid for pmid in asked if pmid in self.records and pmid not in self.withheld]
        articles = "\n".join(self.article(pmid) for pmid in given)
        return f"{EFETCH}<PubmedArticleSet>\n{articles}\n</PubmedArticleSet>\n".encode()

    def article(self, pmid: int) -> str:
        _, extra = self.records[pmid]
        return (
            f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}'
            f"</PMID><Article PubModel="
            f'"Print"><Journal><JournalIssue CitedMedium="Print"><PubDate><Year>2020</Year></PubDate>'
            f"</JournalIssue><Title>Journal of Inventions</Title></Journal><ArticleTitle>Invented "
            f"paper {pmid}</ArticleTitle><AuthorList><Author><LastName>Invented</LastName><ForeName>"
            f"Ida</ForeName></Author></AuthorList></Article>{extra}</MedlineCitation></PubmedArticle>"
        )


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Silence: tests read `PubMed.requests` instead."""

    def do_GET(self) -> None:
        self._answer(urlsplit(self.path).query)

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def _answer(self, text: str) -> None:
        pubmed: PubMed = self.server.pubmed
        query = {key: values[0] for key, values in parse_qs(text, keep_blank_values=True).items()}
        tool = urlsplit(self.path).path.rsplit("/", 1)[-1].removesuffix(".fcgi")
        with pubmed.lock:
            pubmed.requests.append((time.monotonic(), tool, query))
            fault = pubmed.faults.popleft() if pubmed.faults else ""
        if fault.isdigit():
            return self._send(b"busy", status=int(fault))
        if fault == "retry-after":
            return self._send(b"slow down", status=429, headers={"Retry-After": "7"})
        if fault == "error-body":
            return self._send(b'{"error":"API rate limit exceeded","count":"11"}')
        if fault == "html":
            return self._send(b"<html><body>maintenance</body></html>")
        if fault == "hang":
            time.sleep(self.server.hang)
            return None
        if fault == "drop":
            self.close_connection = True
            return self.connection.close()
        body = getattr(pubmed, tool)(query)
        if fault == "truncate":
            self.close_connection = True
            return self._send(body[: len(body) // 2], length=len(body))
        if fault == "truncate-unannounced":
            self.close_connection = True
            return self._send(body[: len(body) // 2], length=None)
        return self._send(body)

    def _send(
        self,
        body: bytes,
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
        length: int | None = -1,
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/xml; charset=UTF-8")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if length is None:
            self.send_header("Connection", "close")
        else:
            self.send_header("Content-Length", str(len(body) if length == -1 else length))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving(pubmed: PubMed, hang: float = 2.0):
    """Serve on a free port of loopback; yields the base address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.pubmed = pubmed
    server.hang = hang
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/entrez/eutils/"
    finally:
        server.shutdown()
        server.server_close()
