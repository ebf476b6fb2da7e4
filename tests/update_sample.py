"""A review's folder and the two servers, for tests of what one update does; all is invented."""

import json
import random
from contextlib import contextmanager
from datetime import date, timedelta
from types import SimpleNamespace

from Bio import Entrez

from evergrove import fetch_pubmed
from evergrove.eutils import Client
from evergrove.fetching import pmids_of
from tests.eutils_server import EuropePMC, PubMed, serving

FIRST = date(2026, 2, 1)
SEARCHES = [
    {"id": "main", "source": "pubmed", "strategy": "sacroplast*[tiab]\n  OR cement"},
    {"id": "second", "source": "europepmc", "strategy": "TITLE_ABS:sacroplast*"},
]
HEADER = "report,pmid,doi,decision,stage,reason\n"


class Review:
    """A review's folder, the servers, and what was said; `update` is a day's run."""

    def __init__(self, folder, pubmed, europepmc, base_url):
        self.folder, self.pubmed, self.europepmc = folder / "review", pubmed, europepmc
        self.base_url, self.work, self.said = base_url, folder / "work", []
        self.folder.mkdir()
        self.screening("")

    def screening(self, rows):
        (self.folder / "screening.csv").write_text(HEADER + rows)

    def update(self, day=FIRST, searches=SEARCHES, **settings):
        client = Client(
            base_url=self.base_url,
            europepmc_url=self.base_url.replace("/entrez/eutils/", "/europepmc/"),
            api_key="the-key",
            timeout=0.5,
            lock=self.folder.parent / "rate.lock",
            sleep=lambda wait: None,
            chance=random.Random(1),
            **settings,
        )
        self.said = []
        log = fetch_pubmed.fetch(
            searches, self.folder, day, self.work, self.said.append, client=client
        )
        return log and json.loads(log.read_text())

    def files(self):
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }

    def exported(self):
        """The PMIDs of all PubMed exports together."""
        exports = sorted((self.folder / "citations").glob("*.xml"))
        return {pmid for export in exports for pmid in pmids_of(export.read_bytes())}


@contextmanager
def served_review(folder, monkeypatch):
    """A `Review` in `folder`, while its servers run. Bio.Entrez does not wait for its own rate."""
    monkeypatch.setattr(Entrez, "time", SimpleNamespace(time=lambda: 0.0, sleep=lambda wait: None))
    pubmed, europepmc = PubMed(), EuropePMC()
    with serving(pubmed, europepmc=europepmc) as base_url:
        yield Review(folder, pubmed, europepmc, base_url)


def fill(pubmed, number, day=FIRST - timedelta(days=60), first=1001):
    """`number` records of one day."""
    for pmid in range(first, first + number):
        pubmed.add(pmid, day)
