"""A real HTTP server on loopback that behaves like NCBI's E-utilities, also when they misbehave.

esearch obeys [crdt] windows, [UID] ranges and [AID], gives 9,999 ids at most and says so in
WarningList; efetch gives PubMed XML. `faults` is a queue: each request takes the first one and
suffers it. Below /europepmc/ the same server is Europe PMC.
"""

from __future__ import annotations

import hashlib
import json
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
AID = re.compile(r'"([^"]+)"\[AID\]')
ESEARCH = (
    '<?xml version="1.0" encoding="UTF-8" ?>\n<!DOCTYPE eSearchResult PUBLIC "-//NLM//DTD esearch '
    '20060628//EN" "https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20060628/esearch.dtd">\n'
)
EFETCH = (
    '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st '
    'January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
)
LETTERS = str.maketrans("0123456789", "ghijklmnop")
ARTICLE = (
    '<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>'
    '<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><PubDate>'
    "<Year>{year}</Year></PubDate></JournalIssue><Title>{journal}</Title></Journal>"
    "<ArticleTitle>{title}</ArticleTitle>{place}<AuthorList><Author>"
    "<LastName>{author}</LastName><ForeName>Ida</ForeName></Author></AuthorList>"
    "<PublicationTypeList>{types}</PublicationTypeList></Article>{links}</MedlineCitation>"
    "</PubmedArticle>"
)


class PubMed:
    """The records, the queue of faults, and what was asked."""

    def __init__(self) -> None:
        self.records: dict[int, tuple[date, dict[str, str]]] = {}
        self.no_hits_for: set[str] = set()
        self.withheld: set[int] = set()
        self.faults: deque[str] = deque()
        self.requests: list[tuple[float, str, dict[str, str]]] = []
        self.unknown_words: list[str] = []
        self.lock = threading.Lock()

    def add(self, pmid: int, created: date, **more: str) -> None:
        """A record; `more` may hold title, author, journal, year, doi, kind (a type) and links."""
        self.records[pmid] = (created, more)

    def terms(self) -> list[str]:
        """What esearch was asked, in order."""
        return [query["term"] for _, tool, query in self.requests if tool == "esearch"]

    def matching(self, term: str) -> list[int]:
        days = [date(*map(int, parts)) for parts in DAY.findall(term)]
        windows = list(zip(days[::2], days[1::2], strict=True))
        ranges = [(int(low), int(high)) for low, high in UIDS.findall(term)]
        dois = AID.findall(term)
        if any(word in term for word in self.no_hits_for):
            return []
        return sorted(
            pmid
            for pmid, (created, more) in self.records.items()
            if all(first <= created <= last for first, last in windows)
            and all(low <= pmid <= high for low, high in ranges)
            and all(asked == more.get("doi", "").lower() for asked in dois)
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
        if not found:
            warning = "<WarningList><OutputMessage>No items found.</OutputMessage></WarningList>"
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
        _, more = self.records[pmid]
        doi, kinds = more.get("doi"), ("Journal Article", more.get("kind"))
        return ARTICLE.format(
            pmid=pmid,
            title=more.get("title") or invented_title(pmid),
            author=more.get("author") or invented_title(-pmid).split()[0],
            journal=more.get("journal", "Journal of Inventions"),
            year=more.get("year", "2020"),
            place=f'<ELocationID EIdType="doi" ValidYN="Y">{doi}</ELocationID>' if doi else "",
            types="".join(f"<PublicationType>{kind}</PublicationType>" for kind in kinds if kind),
            links=f"<CommentsCorrectionsList>{more.get('links', '')}</CommentsCorrectionsList>",
        )


def invented_title(number: int) -> str:
    """Eight words that no other number has."""
    letters = hashlib.sha256(str(number).encode()).hexdigest().translate(LETTERS)
    return " ".join(letters[place : place + 7] for place in range(0, 56, 7)).capitalize()


def link(kind: str, pmid: int | None, source: str = "J Invent. 2025;1:2") -> str:
    """A status link of PubMed XML; `kind` as RefType, "RetractionIn" say."""
    target = f'<PMID Version="1">{pmid}</PMID>' if pmid else ""
    return (
        f'<CommentsCorrections RefType="{kind}"><RefSource>{source}</RefSource>{target}'
        "</CommentsCorrections>"
    )


class EuropePMC:
    """Europe PMC's search: FIRST_IDATE, a cursor, and the number of hits that it promises."""

    def __init__(self) -> None:
        self.items: list[tuple[date, dict]] = []
        self.too_many = 0
        self.faults: deque[str] = deque()
        self.queries: list[str] = []

    def add(self, number: int, indexed: date, **more: object) -> None:
        item = {"id": str(number), "source": "MED", "pmid": str(number)}
        item |= {"title": invented_title(number), "pubYear": "2020"}
        self.items.append((indexed, item | more))

    def search(self, query: dict[str, str]) -> bytes:
        assert query["resultType"] == "core" and query["format"] == "json"
        self.queries.append(query["query"])
        window = re.search(r"FIRST_IDATE:\[(\S+) TO (\S+)\]", query["query"])
        days = [date.fromisoformat(day) for day in window.groups()] if window else None
        found = [item for day, item in self.items if not days or days[0] <= day <= days[1]]
        start = 0 if query["cursorMark"] == "*" else int(query["cursorMark"].removeprefix("after-"))
        page = found[start : start + min(int(query["pageSize"]), 1000)]
        answer = {
            "version": "6.9",
            "hitCount": len(found) + self.too_many,
            "nextCursorMark": f"after-{start + len(page)}" if page else query["cursorMark"],
            "resultList": {"result": page},
        }
        return json.dumps(answer).encode()


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
        europepmc = self.server.europepmc
        if urlsplit(self.path).path.startswith("/europepmc/"):
            faults, answer = europepmc.faults, europepmc.search
        else:
            faults, answer = pubmed.faults, getattr(pubmed, tool)
        with pubmed.lock:
            if answer != europepmc.search:
                pubmed.requests.append((time.monotonic(), tool, query))
            fault = faults.popleft() if faults else ""
        if fault.isdigit():
            return self._send(b"busy", status=int(fault))
        if fault.startswith("retry-after"):
            wait = fault.removeprefix("retry-after").strip("-") or "7"
            return self._send(b"slow down", status=429, headers={"Retry-After": wait})
        if fault == "error-body":
            return self._send(b'{"error":"API rate limit exceeded","count":"11"}')
        if fault.startswith("quotes-the-key"):
            # As NCBI does: the key, or the caller's address, stands in the answer.
            said = f'{{"error":"API key invalid","api-key":"{query.get("api_key")}"}}'
            if fault.endswith("in-html"):
                said = f"<html>{'x' * 90} key {query.get('api_key')} is used too often</html>"
            return self._send(said.encode(), status=int(fault.split("-")[3]))
        if fault == "html":
            return self._send(b"<html><body>maintenance</body></html>")
        if fault == "hang":
            self.server.released.wait(self.server.hang)
            self.close_connection = True
            return None
        if fault == "drop":
            self.close_connection = True
            return self.connection.close()
        body = answer(query)
        if fault == "truncate":
            self.close_connection = True
            return self._send(body[: len(body) // 2], length=len(body))
        if fault == "truncate-unannounced":
            self.close_connection = True
            return self._send(body[: len(body) // 2], length=None)
        if fault == "truncate-chunked":
            return self._send_part_of_chunks(body)
        return self._send(body)

    def _send_part_of_chunks(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/xml; charset=UTF-8")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        half = body[: len(body) // 2]
        self.wfile.write(b"%x\r\n%s\r\n" % (len(half), half))
        self.close_connection = True

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
def serving(pubmed: PubMed, hang: float = 2.0, europepmc: EuropePMC | None = None):
    """Serve on a free port of loopback; yields the base address of the E-utilities.

    Europe PMC is at the same place with `/europepmc/` for `/entrez/eutils/`.
    """
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.pubmed = pubmed
    server.europepmc = europepmc or EuropePMC()
    server.hang = hang
    server.released = threading.Event()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/entrez/eutils/"
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
