"""The protocol's searches, run today: one dated export a search, and a log of what was asked.

The only stage with the network, run by `snakemake update` alone. It writes into the review's
folder: `citations/<date>-<search>.xml|ris` for every search that found something, and then
`searches/<date>.json`, which says that the day is complete and which exports are its own. Killed
before that, it goes on where it stopped; nothing partial has the name of something whole.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from evergrove import search_logs, status_check
from evergrove.errors import EvergroveError
from evergrove.europepmc import as_ris, search_all
from evergrove.eutils import Client
from evergrove.fetching import Window, run_search, work_name
from evergrove.tables import read_csv, read_text, write_bytes, write_json

PLATFORMS = {
    "pubmed": ("PubMed", "NCBI E-utilities", "xml"),
    "europepmc": ("Europe PMC", "Europe PMC REST web service", "ris"),
}
NOTHING_TO_ASK = (
    "the protocol names no searches: nothing was asked (0 records); put new exports into "
    "citations/, or add searches to protocol.yaml"
)

Say = Callable[[str], None]


def fetch(
    searches: Sequence[Mapping[str, Any]],
    folder: Path,
    today: date,
    work: Path,
    say: Say,
    client: Client | None = None,
) -> Path | None:
    """Run every search of a review that was not run today, and ask about its included reports.

    `folder` is config/reviews/<slug>, `work` where unfinished searches are kept; the `client` is
    made from the environment unless one is given. Returns the day's log, or None for a protocol
    without searches. Raises EvergroveError where a server does not deliver what it promised.
    """
    if not searches:
        say(NOTHING_TO_ASK)
        return None
    _check_ids(searches)
    with _alone(work):
        _sweep(folder)
        file = folder / search_logs.FOLDER / f"{today.isoformat()}.json"
        logs = search_logs.read_logs(search_logs.log_files(folder))
        run = _Run(folder, today, work, client or Client.from_environment(), logs, say)
        log = {
            "date": today.isoformat(),
            "searches": run.searches(searches),
            "status": run.status(),
        }
        if run.asked:
            write_json(file, log)
        else:
            say("asked today already: nothing to fetch (0 records)")
        for left in work.iterdir():
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
    return file


class _Run:
    """One update of one review. `asked` says whether anything was asked that the log lacks."""

    def __init__(
        self,
        folder: Path,
        today: date,
        work: Path,
        client: Client,
        logs: Sequence[search_logs.Log],
        say: Say,
    ) -> None:
        self.folder, self.today, self.work, self.client = folder, today, work, client
        self.logs, self.say, self.asked = logs, say, False

    def searches(self, searches: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """The day's entries: what was asked today already stays, the rest is asked now."""
        found = {
            _asked(entry): entry
            for entry in self._today()["searches"]
            if search_logs.intact(entry, self.folder)
        }
        for search in searches:
            search = {**search, "strategy": " ".join(search["strategy"].split())}
            if _asked(search) not in found:
                self.asked = True
                found[_asked(search)] = self._run(search)
        return list(found.values())

    def _today(self) -> search_logs.Log:
        mine = [log for log in self.logs if log["date"] == self.today.isoformat()]
        return mine[0] if mine else {"searches": [], "status": None}

    def _run(self, search: Mapping[str, Any]) -> dict[str, Any]:
        database, platform, suffix = PLATFORMS[search["source"]]
        first = search_logs.first_day(self.logs, self.folder, search, self.today)
        window = Window(first, self.today)
        ask = self._pubmed if search["source"] == "pubmed" else self._europepmc
        query, export, hits, warnings = ask(search, window)
        since = "all years" if first == search_logs.BEGINNING else f"since {first}"
        self._say(search, f"{hits} records, {since}")
        for warning in warnings:
            self._say(search, f"PubMed did not search for a part of it: {warning}")
        name = _keep(self.folder / "citations", f"{self.today}-{search['id']}", suffix, export)
        return {
            "id": search["id"],
            "source": search["source"],
            "database": database,
            "platform": platform,
            "strategy": search["strategy"],
            "query": query,
            "window": [first.isoformat(), self.today.isoformat()],
            "date": self.today.isoformat(),
            "hits": hits,
            "export": name,
            "sha256": hashlib.sha256(export).hexdigest() if name else None,
            "warnings": warnings,
        }

    def _pubmed(
        self, search: Mapping[str, Any], window: Window
    ) -> tuple[str, bytes, int, list[str]]:
        found = run_search(
            self.client,
            search["strategy"],
            window,
            self.work,
            withdrawn=withdrawn(self.folder),
            progress=lambda text: self._say(search, text),
        )
        query = f"({search['strategy']}) AND {window.as_query()}"
        return query, found.export if found.ids else b"", len(found.ids), found.warnings

    def _europepmc(
        self, search: Mapping[str, Any], window: Window
    ) -> tuple[str, bytes, int, list[str]]:
        query = search["strategy"]
        # Not every old record has the date of its first indexing: all years are asked without it.
        if window.first != search_logs.BEGINNING:
            query = f"({query}) AND (FIRST_IDATE:[{window.first} TO {window.last}])"
        place = self.work / work_name(query, f"{window.last}")
        items = search_all(self.client.europepmc, query, place)
        return query, as_ris(items).encode(), len(items), []

    def _say(self, search: Mapping[str, Any], text: str) -> None:
        self.say(f"{search['id']}: {text}")

    def status(self) -> Mapping[str, Any]:
        """What PubMed says today of the included reports."""
        rows = read_csv(self.folder / "screening.csv", ("report", "decision"), ("*",))
        included = status_check.included_rows(rows)
        done = self._today()["status"]
        if done and {row["report"].strip() for row in included} == {
            item["report"] for key in ("checked", "not_checked") for item in done[key]
        }:
            return done
        self.asked = True
        earlier = [log for log in self.logs if log["status"]]
        known = earlier[-1]["status"]["checked"] if earlier else []
        status = status_check.check_status(
            self.client,
            included,
            {item["doi"]: item["pmid"] for item in known if item["doi"]},
            self.today,
            progress=lambda text: self.say(f"status: {text}"),
        )
        for text in status_check.news(status, search_logs.newest_checks(self.logs)):
            self.say(f"status: NEW, {text}")
        return status


def _asked(search: Mapping[str, Any]) -> tuple[str, ...]:
    return search["id"], search["source"], search["strategy"]


def _check_ids(searches: Sequence[Mapping[str, Any]]) -> None:
    ids = [search["id"] for search in searches]
    for name in ids:
        if ids.count(name) > 1:
            raise EvergroveError(
                "two searches have one id, which names their exports",
                file="protocol.yaml",
                place="searches",
                value=name,
                remedy="Give each search an id of its own.",
            )


def _keep(folder: Path, stem: str, suffix: str, export: bytes) -> str | None:
    """Write an export under the first name that no other file has; its name, None if empty."""
    if not export:
        return None
    number = 1
    while True:
        name = f"{stem}.{suffix}" if number == 1 else f"{stem}-{number}.{suffix}"
        file = folder / name
        if not file.exists():
            write_bytes(file, export)
            return name
        if file.read_bytes() == export:
            return name
        # Somebody's own file, or one of an attempt that PubMed has overtaken: not ours to replace.
        number += 1


@contextmanager
def _alone(work: Path) -> Iterator[None]:
    """One update of a review at a time, also when an earlier run's job outlived it."""
    try:
        work.mkdir(parents=True, exist_ok=True)
        handle = os.open(work / "lock", os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise EvergroveError(
            f"cannot be written: {error.strerror}", file=work, remedy="Free space or rights?"
        ) from None
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise EvergroveError(
                "another update of this review is still at work",
                file=work,
                remedy="Wait for it, or end it, and run the same command again.",
            ) from None
        yield
    finally:
        os.close(handle)


def _sweep(folder: Path) -> None:
    """Remove what a killed run left of files that it was writing; they never had their name."""
    for place in (folder / "citations", folder / search_logs.FOLDER):
        for file in place.glob(".[0-9]*-[0-9]*-[0-9]*.part"):
            file.unlink(missing_ok=True)


def withdrawn(folder: Path) -> frozenset[str]:
    """PMIDs that a person listed as no longer delivered, one a line, in searches/withdrawn.txt."""
    file = folder / search_logs.FOLDER / "withdrawn.txt"
    if not file.exists():
        return frozenset()
    ids = read_text(file).split()
    for number, pmid in enumerate(ids, start=1):
        if not pmid.isdigit():
            raise EvergroveError(
                "not a PMID", file=file, place=f"entry {number}", value=pmid, remedy="Digits only."
            )
    return frozenset(ids)
