"""The search logs of a review, `searches/<date>.json`: one a day, read and checked.

A log is written last, so that a day without one was not finished. It says what was asked of which
database (the items that PRISMA-S wants reported), which export each search gave, and what PubMed
said of the included reports on that day.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from evergrove.errors import EvergroveError
from evergrove.tables import read_json

FOLDER = "searches"
# The first search goes back to before PubMed.
BEGINNING = date(1800, 1, 1)
# Later ones begin some days before the last one ended: records appear late, and those that come
# twice are matched.
OVERLAP = timedelta(days=30)
# And now and then everything is asked for again: a record that only a MeSH heading finds is not
# found before it has got that heading, which may be long after its Create Date.
ALL_AGAIN = timedelta(days=180)

SEARCH_KEYS = (
    "id", "source", "database", "platform", "strategy", "query", "window", "date", "hits", "export",
    "sha256", "warnings",
)  # fmt: skip
CHECKED_KEYS = ("report", "pmid", "doi")
LINK_KEYS = ("report", "pmid", "kind", "notice_pmid", "notice_doi", "note", "checked_on")
STATUS_KEYS = {
    "checked": CHECKED_KEYS,
    "not_checked": ("report", "reason"),
    "links": LINK_KEYS,
}
SEARCH_COLUMNS = (
    "searched_on", "search", "database", "platform", "strategy", "query", "window_from",
    "window_to", "hits", "export", "warnings",
)  # fmt: skip

Log = Mapping[str, Any]


def day_of_update(environment: MutableMapping[str, str]) -> str:
    """Today as YYYY-MM-DD, or the day that EVERGROVE_TODAY names, which makes an update repeatable.

    It is put into the environment, so that a run over midnight keeps its day in every job.
    """
    named = environment.get("EVERGROVE_TODAY", "").strip()
    try:
        day = date.fromisoformat(named).isoformat() if named else date.today().isoformat()
    except ValueError:
        raise EvergroveError(
            "EVERGROVE_TODAY is no date", value=named, remedy="Write YYYY-MM-DD, or unset it."
        ) from None
    environment["EVERGROVE_TODAY"] = day
    return day


def read_logs(paths: Iterable[Path | str]) -> list[Log]:
    """The logs of these files, oldest first. Raises EvergroveError where a log is not one."""
    logs = [_checked(Path(path)) for path in paths]
    return sorted(logs, key=lambda log: log["date"])


def log_files(folder: Path) -> list[Path]:
    """The search logs in a review's folder, config/reviews/<slug>."""
    return sorted(path for path in (folder / FOLDER).glob("*.json") if path.name[0] != ".")


def _checked(path: Path) -> Log:
    log = read_json(path)
    try:
        date.fromisoformat(log["date"])
        for entry in log["searches"]:
            missing = [key for key in SEARCH_KEYS if key not in entry]
            first, last = (date.fromisoformat(day) for day in entry["window"])
            if missing or first > last or not isinstance(entry["hits"], int):
                raise ValueError(", ".join(missing) or f"window and hits of {entry['id']}")
        status = log["status"]
        for key, keys in STATUS_KEYS.items() if status else ():
            for item in status[key]:
                if set(item) != set(keys):
                    raise ValueError(f"status, {key}")
    except (KeyError, TypeError, ValueError) as error:
        raise EvergroveError(
            "not a search log as `snakemake update` writes it",
            file=path,
            value=str(error),
            remedy="Put the file back as it was; these logs are not for editing.",
        ) from None
    if path.stem != log["date"]:
        raise EvergroveError(
            "the log is of another day than its name says", file=path, value=log["date"]
        )
    return log


def still_done(mark: Path, root: Path = Path()) -> bool:
    """Whether the update that a mark of the rule fetch_pubmed stands for is still there.

    It is not once its log, or an export that the log names, was taken away by hand.
    """
    try:
        log = read_json(mark)["log"]
        if log is None:
            return True
        entries = _checked(root / log)["searches"]
    except (EvergroveError, KeyError, TypeError):
        return False
    citations = (root / log).parent.parent / "citations"
    return all((citations / entry["export"]).is_file() for entry in entries if entry["export"])


# --- what to search for -----------------------------------------------------------------------


def first_day(logs: Sequence[Log], folder: Path, search: Mapping[str, Any], today: date) -> date:
    """The first Create Date to ask for, so that no day is left out.

    Only searches with the same source and strategy count, whose export is still as it was
    written: a deleted export is fetched again. `search` needs id, source and strategy.
    """
    covered = whole = None
    for entry in _same_search(logs, search, before=today):
        first, last = (date.fromisoformat(day) for day in entry["window"])
        if not intact(entry, folder):
            continue
        if first == BEGINNING:
            whole = max(whole or last, last)
            covered = max(covered or last, last)
        elif covered is not None and first <= covered:
            covered = max(covered, last)
    if covered is None or whole is None or today - whole >= ALL_AGAIN:
        return BEGINNING
    return covered - OVERLAP


def _same_search(
    logs: Sequence[Log], search: Mapping[str, Any], before: date
) -> list[Mapping[str, Any]]:
    keys = ("id", "source", "strategy")
    return [
        entry
        for log in logs
        if date.fromisoformat(log["date"]) < before
        for entry in log["searches"]
        if all(entry[key] == search[key] for key in keys)
    ]


def intact(entry: Mapping[str, Any], folder: Path) -> bool:
    """Whether the export of a finished search is there, byte for byte, or was never needed."""
    if entry["export"] is None:
        return entry["hits"] == 0
    file = folder / "citations" / entry["export"]
    return file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == entry["sha256"]


# --- what was found ---------------------------------------------------------------------------


def newest_checks(logs: Iterable[Log]) -> list[dict[str, Any]]:
    """What PubMed last said of each report that it was asked about, by PMID.

    Each has `report` (its name then), `pmid`, `doi` and `links` (objects with `LINK_KEYS`).
    """
    newest: dict[str, dict[str, Any]] = {}
    for log in sorted(logs, key=lambda log: log["date"]):
        status = log["status"] or {"checked": (), "links": ()}
        for item in status["checked"]:
            links = [link for link in status["links"] if link["pmid"] == item["pmid"]]
            newest[item["pmid"]] = {key: item[key] for key in CHECKED_KEYS} | {"links": links}
    return [newest[pmid] for pmid in sorted(newest, key=int)]


def search_rows(logs: Iterable[Log]) -> list[dict[str, object]]:
    """One row a search (`SEARCH_COLUMNS`), by day and in the order of the protocol."""
    return [
        {
            "searched_on": entry["date"],
            "search": entry["id"],
            "database": entry["database"],
            "platform": entry["platform"],
            "strategy": entry["strategy"],
            "query": entry["query"],
            "window_from": entry["window"][0],
            "window_to": entry["window"][1],
            "hits": entry["hits"],
            "export": entry["export"],
            "warnings": entry["warnings"],
        }
        for log in sorted(logs, key=lambda log: log["date"])
        for entry in log["searches"]
    ]
