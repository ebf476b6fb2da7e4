"""PubMed asked again about the included reports: retracted, corrected, in doubt?

A status changes years after a report was found, and an export keeps the state of its day. Every
update therefore asks for each included report anew, by its PMID, or by its DOI where screening.csv
gives no PMID. What could not be asked is listed with the reason, and keeps its older status.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from evergrove import normalise
from evergrove.errors import EvergroveError
from evergrove.fetching import BATCH, SearchClient, missing_of, pmids_of
from evergrove.formats import read_entries

# Comments are about a report and do not change it.
_NOT_STATUS = ("comment_in", "comment_on")
_RETRACTED_TYPE = "retracted publication"


def check_status(
    client: SearchClient,
    included: Sequence[Mapping[str, str]],
    known: Mapping[str, str],
    today: date,
    progress: Callable[[str], None] = lambda text: None,
) -> dict[str, Any]:
    """What PubMed says today of the included reports: the object `status` of a search log.

    `included` are rows of screening.csv; `known` the PMIDs that earlier checks found, by DOI.
    `checked` holds the reports that PubMed delivered, `not_checked` the others with a reason,
    `links` one object a link (keys `search_logs.LINK_KEYS`). Raises EvergroveError only when
    PubMed does not answer properly.
    """
    asked, not_checked = _identified(client, included, known)
    records = _records(client, [pmid for _, pmid, _ in asked])
    checked, links = [], []
    for report, pmid, doi in asked:
        record = records.get(pmid)
        if record is None:
            not_checked.append(_not(report, f"PubMed delivers no record {pmid}"))
        elif doi and normalise.doi(record["doi"]) != doi:
            # PubMed takes a phrase apart that it does not know: one hit may be a wrong one.
            other = f"the DOI {record['doi']}" if record["doi"] else "no DOI"
            not_checked.append(_not(report, f"the record {pmid} has {other}, not {doi}"))
        else:
            own = normalise.doi(record["doi"]) or doi
            checked.append({"report": report, "pmid": pmid, "doi": own})
            links += _links(report, record, today)
    progress(f"{len(checked)} included reports asked about, {len(not_checked)} could not be")
    return {
        "database": "PubMed",
        "platform": "NCBI E-utilities",
        "checked_on": today.isoformat(),
        "checked": sorted(checked, key=lambda item: item["report"]),
        "not_checked": sorted(not_checked, key=lambda item: item["report"]),
        "links": sorted(links, key=_link_key),
    }


def _not(report: str, reason: str) -> dict[str, str]:
    return {"report": report, "reason": reason}


def _identified(
    client: SearchClient, included: Iterable[Mapping[str, str]], known: Mapping[str, str]
) -> tuple[list[tuple[str, str, str | None]], list[dict[str, str]]]:
    """(report, PMID, DOI) of the reports that can be asked about, and the others."""
    found, others = [], []
    for row in included:
        report = str(row["report"]).strip()
        pmid, doi = normalise.pmid(row.get("pmid")), normalise.doi(row.get("doi"))
        if pmid:
            # The PMID is the reviewer's word; another DOI in PubMed does not overrule it.
            found.append((report, pmid, None))
        elif not doi:
            others.append(_not(report, "screening.csv gives neither a PMID nor a DOI"))
        elif doi in known:
            found.append((report, known[doi], doi))
        else:
            page = client.search(f'"{doi}"[AID]', retmax=2)
            if page.count == 1:
                found.append((report, page.ids[0], doi))
            else:
                number = "no record" if page.count == 0 else f"{page.count} records"
                others.append(_not(report, f"PubMed finds {number} with the DOI {doi}"))
    return found, others


def _records(client: SearchClient, pmids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The citation records of these PMIDs; one that PubMed does not deliver is left out."""
    ids = sorted(set(pmids), key=int)
    found: dict[str, dict[str, Any]] = {}
    for start in range(0, len(ids), BATCH):
        for _ in range(2):
            # Asked for once more by themselves, before they are taken to be gone.
            wanted = [pmid for pmid in ids[start : start + BATCH] if pmid not in found]
            if wanted:
                found |= _delivered(client, wanted)
    return found


def _delivered(client: SearchClient, wanted: list[str]) -> dict[str, dict[str, Any]]:
    body = client.fetch(wanted, lambda answer: _wrong(answer, wanted))
    entries = read_entries(body)[2] if pmids_of(body) else []
    records = (entry.record for entry in entries)
    return {
        record["pmid"]: record
        for record in records
        if record is not None and record["pmid"] in wanted
    }


def _wrong(answer: bytes, wanted: Sequence[str]) -> str | None:
    """A record may be missing here (withdrawn, a typing error); the answer must be whole."""
    try:
        there = pmids_of(answer)
    except (SyntaxError, ValueError):
        there = list(wanted)
    return missing_of(answer, there)


def _links(report: str, record: Mapping[str, Any], today: date) -> list[dict[str, str | None]]:
    links = [
        (link["kind"], link["pmid"], link["doi"], link["note"])
        for link in record["status_links"]
        if link["kind"] not in _NOT_STATUS
    ]
    types = [kind.casefold() for kind in record["publication_types"]]
    if _RETRACTED_TYPE in types and not any(kind == "retraction_in" for kind, *_ in links):
        links.append(("retraction_in", None, None, "Publication type: Retracted Publication"))
    return [
        {
            "report": report,
            "pmid": record["pmid"],
            "kind": kind,
            "notice_pmid": pmid,
            "notice_doi": doi,
            "note": note,
            "checked_on": today.isoformat(),
        }
        for kind, pmid, doi, note in dict.fromkeys(links)
    ]


def _link_key(link: Mapping[str, str | None]) -> tuple[str, ...]:
    return tuple(str(link[key] or "") for key in ("report", "kind", "notice_pmid", "note"))


def news(status: Mapping[str, Any], before: Iterable[Mapping[str, Any]]) -> list[str]:
    """In words, the links that earlier checks (`search_logs.newest_checks`) did not have."""
    keys = ("pmid", "kind", "notice_pmid", "notice_doi")
    old = {tuple(link[key] for key in keys) for check in before for link in check["links"]}
    return [
        f"{link['report']}: {link['kind'].replace('_', ' ')} {_target(link)}".rstrip()
        for link in status["links"]
        if tuple(link[key] for key in keys) not in old
    ]


def _target(link: Mapping[str, str | None]) -> str:
    if link["notice_pmid"]:
        return f"PMID {link['notice_pmid']}"
    return f"doi:{link['notice_doi']}" if link["notice_doi"] else str(link["note"] or "")


def included_rows(rows: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """The rows of screening.csv about included reports; a name without which nothing is found."""
    found = [row for row in rows if row["decision"].strip() == "include"]
    for row in found:
        if not row["report"].strip():
            raise EvergroveError("an included report has no name", file="screening.csv")
    return found
