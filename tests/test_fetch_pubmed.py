"""One review's update, as a function: what is asked, written, kept, and asked again."""

import hashlib
import json
import random
import resource
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from Bio import Entrez

from evergrove import fetch_pubmed, search_logs
from evergrove.errors import EvergroveError
from evergrove.eutils import Client
from evergrove.fetching import pmids_of
from evergrove.parse_citations import parse_file
from tests.eutils_server import EuropePMC, PubMed, link, serving

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


@pytest.fixture
def review(tmp_path, monkeypatch):
    monkeypatch.setattr(Entrez, "time", SimpleNamespace(time=lambda: 0.0, sleep=lambda wait: None))
    pubmed, europepmc = PubMed(), EuropePMC()
    with serving(pubmed, europepmc=europepmc) as base_url:
        yield Review(tmp_path, pubmed, europepmc, base_url)


def _fill(pubmed, number, day=FIRST - timedelta(days=60), first=1001):
    for pmid in range(first, first + number):
        pubmed.add(pmid, day)


# --- searches -----------------------------------------------------------------------------------


def test_a_first_update_writes_exports_and_what_prisma_s_wants_to_know(review):
    _fill(review.pubmed, 5)
    review.europepmc.add(77, FIRST)
    log = review.update()
    main, second = log["searches"]
    assert main == {
        "id": "main",
        "source": "pubmed",
        "database": "PubMed",
        "platform": "NCBI E-utilities",
        "strategy": "sacroplast*[tiab] OR cement",
        "query": '(sacroplast*[tiab] OR cement) AND ("1800/01/01"[crdt] : "2026/02/01"[crdt])',
        "window": ["1800-01-01", "2026-02-01"],
        "date": "2026-02-01",
        "hits": 5,
        "export": "2026-02-01-main.xml",
        "sha256": hashlib.sha256(review.files()["citations/2026-02-01-main.xml"]).hexdigest(),
        "warnings": [],
    }
    assert (second["hits"], second["export"]) == (1, "2026-02-01-second.ris")
    for entry in log["searches"]:
        export = parse_file(entry["export"], review.files()[f"citations/{entry['export']}"])
        assert (len(export.records), len(export.rejects)) == (entry["hits"], 0)
    assert set(review.files()) == {
        "citations/2026-02-01-main.xml",
        "citations/2026-02-01-second.ris",
        "screening.csv",
        "searches/2026-02-01.json",
    }


def test_what_was_asked_today_is_not_asked_again_and_what_is_new_is(review):
    _fill(review.pubmed, 5)
    log = review.update()
    before, asked = review.files(), len(review.pubmed.requests)
    assert review.update() == log
    assert review.files() == before and len(review.pubmed.requests) == asked
    assert review.said == ["asked today already: nothing to fetch (0 records)"]
    other = {"id": "other", "source": "pubmed", "strategy": "kyphoplasty"}
    assert [entry["id"] for entry in review.update(searches=[*SEARCHES, other])["searches"]] == [
        "main",
        "second",
        "other",
    ]
    assert any("kyphoplasty" in term for term in review.pubmed.terms())


def test_a_strategy_that_changes_on_the_same_day_leaves_both_in_the_log(review):
    _fill(review.pubmed, 5)
    review.update()
    _fill(review.pubmed, 1, first=5001)
    wider = [{**SEARCHES[0], "strategy": "sacr*[tiab]"}]
    entries = review.update(searches=wider)["searches"]
    assert [entry["strategy"] for entry in entries if entry["id"] == "main"] == [
        "sacroplast*[tiab] OR cement",
        "sacr*[tiab]",
    ]
    assert [entry["export"] for entry in entries if entry["id"] == "main"] == [
        "2026-02-01-main.xml",
        "2026-02-01-main-2.xml",
    ]


def test_a_later_update_overlaps_and_finds_what_came_late(review):
    _fill(review.pubmed, 5)
    review.update()
    # Came into PubMed some days before the first update, but was not to be seen then.
    _fill(review.pubmed, 1, FIRST - timedelta(days=3), first=2001)
    _fill(review.pubmed, 1, FIRST + timedelta(days=1), first=3001)
    log = review.update(FIRST + timedelta(days=1))
    assert log["searches"][0]["window"] == ["2026-01-02", "2026-02-02"]
    assert log["searches"][0]["hits"] == 2
    assert "FIRST_IDATE:[2026-01-02 TO 2026-02-02]" in review.europepmc.queries[-1]
    assert review.exported() == {str(pmid) for pmid in review.pubmed.records}


def test_everything_is_asked_for_again_now_and_then(review):
    """A record that only a MeSH heading finds gets it long after its Create Date."""
    review.update()
    _fill(review.pubmed, 1, FIRST - timedelta(days=90))
    review.update(FIRST + timedelta(days=100))
    assert review.exported() == set()
    review.update(FIRST + timedelta(days=181))
    assert review.exported() == {"1001"}


@pytest.mark.parametrize("spoil", ["delete", "edit"])
def test_an_export_that_was_deleted_or_edited_is_fetched_again(review, spoil):
    _fill(review.pubmed, 5)
    review.update()
    export = review.folder / "citations/2026-02-01-main.xml"
    export.unlink() if spoil == "delete" else export.write_bytes(export.read_bytes()[:500])
    log = review.update(FIRST + timedelta(days=1))
    assert log["searches"][0]["window"][0] == "1800-01-01"
    newest = review.folder / "citations" / log["searches"][0]["export"]
    assert pmids_of(newest.read_bytes()) == ["1001", "1002", "1003", "1004", "1005"]


def test_a_gap_between_windows_is_asked_for_again(tmp_path):
    def log(first, last):
        entry = dict.fromkeys(search_logs.SEARCH_KEYS) | {
            "id": "main", "source": "pubmed", "strategy": "x", "window": [first, last], "hits": 0,
        }  # fmt: skip
        return {"date": last, "searches": [entry], "status": None}

    search = {"id": "main", "source": "pubmed", "strategy": "x"}
    whole = log("1800-01-01", "2026-01-01")

    def first(*logs, today=date(2026, 4, 1), **changes):
        return search_logs.first_day(logs, tmp_path, search | changes, today)

    assert first() == search_logs.BEGINNING
    assert first(whole) == date(2025, 12, 2)
    assert first(whole, log("2025-12-02", "2026-03-01")) == date(2026, 1, 30)
    assert first(whole, log("2026-01-30", "2026-03-01")) == date(2025, 12, 2)
    assert first(log("2026-01-30", "2026-03-01")) == search_logs.BEGINNING
    assert first(whole, strategy="y") == search_logs.BEGINNING
    assert first(whole, today=date(2026, 1, 1)) == search_logs.BEGINNING
    assert first(whole, today=date(2026, 6, 30)) == search_logs.BEGINNING


def test_no_hit_leaves_no_export_and_no_error(review):
    log = review.update()
    assert [(entry["hits"], entry["export"]) for entry in log["searches"]] == [(0, None)] * 2
    assert not (review.folder / "citations").exists()
    assert log["searches"][0]["warnings"] == []


def test_a_file_of_that_name_that_is_somebody_elses_is_not_replaced(review):
    _fill(review.pubmed, 5)
    mine = review.folder / "citations/2026-02-01-main.xml"
    mine.parent.mkdir()
    mine.write_text("kept by hand")
    assert review.update()["searches"][0]["export"] == "2026-02-01-main-2.xml"
    assert mine.read_text() == "kept by hand"


def test_what_pubmed_left_out_of_the_search_is_said_and_logged(review):
    review.pubmed.unknown_words.append("sacroplsty")
    log = review.update()
    assert log["searches"][0]["warnings"] == ["PhraseNotFound: sacroplsty"]
    assert any("PhraseNotFound: sacroplsty" in text for text in review.said)


def test_a_protocol_without_searches_is_told_so_and_nothing_is_asked(review):
    assert review.update(searches=[]) is None
    assert review.pubmed.requests == [] and set(review.files()) == {"screening.csv"}
    assert review.said == [fetch_pubmed.NOTHING_TO_ASK]


def test_two_searches_of_one_id_would_overwrite_each_other(review):
    with pytest.raises(EvergroveError, match=r"two searches have one id.*main"):
        review.update(searches=[SEARCHES[0], SEARCHES[0]])


@pytest.mark.parametrize(
    "text",
    ["{}", '{"date": "2026-01-01", "searches": [{}], "status": null}', "[1]", "not json"],
)
def test_a_log_that_is_none_is_named(review, text):
    (review.folder / "searches").mkdir()
    (review.folder / "searches/2026-01-01.json").write_text(text)
    with pytest.raises(EvergroveError, match=r"searches/2026-01-01\.json"):
        review.update()


# --- faults ---------------------------------------------------------------------------------------


def test_a_day_that_broke_off_goes_on_and_ends_as_if_undisturbed(review, tmp_path):
    _fill(review.pubmed, 450)
    review.europepmc.add(77, FIRST)
    review.pubmed.faults.extend(["", "", "", "400"])
    with pytest.raises(EvergroveError, match="HTTP status 400"):
        review.update()
    assert set(review.files()) == {"screening.csv"}
    asked = len(review.pubmed.requests)
    log = review.update()
    assert len(review.pubmed.requests) - asked == 2, "one batch was kept, two were left"
    other = Review(_made(tmp_path / "other"), review.pubmed, review.europepmc, review.base_url)
    assert other.update() == log
    assert other.files() == review.files()
    assert [path.name for path in review.work.iterdir()] == ["lock"]


def _made(folder):
    folder.mkdir()
    return folder


def test_what_a_killed_run_left_of_a_file_is_swept_away(review):
    _fill(review.pubmed, 5)
    left = review.folder / "citations/.2026-02-01-main.xml.abcd1234.part"
    left.parent.mkdir()
    left.write_text("half")
    hidden = review.folder / "citations/.hidden"
    hidden.write_text("not ours")
    review.update()
    assert not left.exists() and hidden.exists()


def test_a_second_update_at_the_same_time_is_refused(review):
    with fetch_pubmed._alone(review.work), pytest.raises(EvergroveError, match="still at work"):
        review.update()
    review.update()


def test_a_full_disk_leaves_nothing_partial_and_the_next_run_goes_on(review):
    """The limit on the size of files stands in for the disk: both refuse the rest of a write."""
    _fill(review.pubmed, 450)
    program = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))\n"
        "from datetime import date\n"
        "from pathlib import Path\n"
        "from evergrove import fetch_pubmed\n"
        "from evergrove.eutils import Client\n"
        "from evergrove.errors import EvergroveError\n"
        "url, folder, work, lock = sys.argv[1:]\n"
        "search = {'id': 'main', 'source': 'pubmed', 'strategy': 'sacroplast*[tiab]'}\n"
        "client = Client(base_url=url, lock=Path(lock), api_key='k')\n"
        "try:\n"
        "    fetch_pubmed.fetch([search], Path(folder), date(2026, 2, 1), Path(work), print,\n"
        "                       client=client)\n"
        "except EvergroveError as error:\n"
        "    sys.exit(f'evergrove: error: {error}')\n"
    )
    lock = review.folder.parent / "other.lock"
    arguments = [review.base_url, str(review.folder), str(review.work), str(lock)]
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "2026-02-01-main.xml: cannot be written: File too large" in done.stderr
    assert {path for path in review.files() if "citations" not in path} == {"screening.csv"}
    assert list((review.folder / "citations").iterdir()) == []
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    asked = len(review.pubmed.requests)
    review.update(searches=[{**SEARCHES[0], "strategy": "sacroplast*[tiab]"}])
    assert len(review.exported()) == 450
    assert len(review.pubmed.requests) == asked, "all batches had been kept"


# --- what became of the included reports ----------------------------------------------------------


def _links(log):
    return [(link["report"], link["kind"], link["notice_pmid"]) for link in log["status"]["links"]]


def test_included_reports_are_asked_about_by_pmid_or_doi(review):
    pubmed = review.pubmed
    pubmed.add(11, FIRST, links=link("RetractionIn", 91) + link("CommentIn", 92))
    pubmed.add(12, FIRST, doi="10.1000/ABC(1)", links=link("ErratumIn", 93))
    pubmed.add(13, FIRST, kind="Retracted Publication")
    pubmed.add(14, FIRST, links=link("RetractionOf", 94))
    pubmed.add(15, FIRST, links=link("RetractionIn", 95))
    pubmed.no_hits_for.add("sacroplast*")
    review.screening(
        "a2013,11,,include,full_text,\n"
        "b2014,,10.1000/abc(1),include,full_text,\n"
        "c2015,13,,include,full_text,\n"
        "notice2016,14,,include,full_text,\n"
        "excluded2017,15,,exclude,full_text,reason\n"
    )
    log = review.update()
    assert _links(log) == [
        ("a2013", "retraction_in", "91"),
        ("b2014", "erratum_in", "93"),
        ("c2015", "retraction_in", None),
        ("notice2016", "retraction_of", "94"),
    ]
    assert log["status"]["links"][0] == {
        "report": "a2013", "pmid": "11", "kind": "retraction_in", "notice_pmid": "91",
        "notice_doi": None, "note": "J Invent. 2025;1:2", "checked_on": "2026-02-01",
    }  # fmt: skip
    assert [item["pmid"] for item in log["status"]["checked"]] == ["11", "12", "13", "14"]
    assert '"10.1000/abc(1)"[AID]' in pubmed.terms()
    asked = {pmid for _, _, query in pubmed.requests for pmid in query.get("id", "").split(",")}
    assert "15" not in asked
    assert "status: NEW, a2013: retraction in PMID 91" in review.said


def test_a_report_that_pubmed_cannot_find_for_sure_is_listed_with_the_reason(review):
    pubmed = review.pubmed
    for pmid in (21, 22):
        pubmed.add(pmid, FIRST, doi="10.1000/twice")
    pubmed.add(23, FIRST)
    pubmed.add(24, FIRST, doi="10.1000/other")
    pubmed.withheld.add(24)
    review.screening(
        "twice2010,,10.1000/twice,include,full_text,\n"
        "none2011,,10.1000/none,include,full_text,\n"
        "title2012,,,include,full_text,\n"
        "typo2013,99,,include,full_text,\n"
        "found2014,23,,include,full_text,\n"
    )
    log = review.update(searches=SEARCHES[1:])
    assert log["status"]["not_checked"] == [
        {"report": "none2011", "reason": "PubMed finds no record with the DOI 10.1000/none"},
        {"report": "title2012", "reason": "screening.csv gives neither a PMID nor a DOI"},
        {"report": "twice2010", "reason": "PubMed finds 2 records with the DOI 10.1000/twice"},
        {"report": "typo2013", "reason": "PubMed delivers no record 99"},
    ]
    assert [item["report"] for item in log["status"]["checked"]] == ["found2014"]


def test_a_hit_with_another_doi_is_not_believed(review, monkeypatch):
    """PubMed takes a phrase apart that it does not know, and may then find another paper."""
    review.pubmed.add(31, FIRST, doi="10.1000/other", links=link("RetractionIn", 91))
    monkeypatch.setattr(review.pubmed, "matching", lambda term: [31] if "[AID]" in term else [])
    review.screening("a2013,,10.1000/mine,include,full_text,\n")
    log = review.update()
    assert _links(log) == [] and log["status"]["checked"] == []
    assert "has the DOI 10.1000/other" in log["status"]["not_checked"][0]["reason"]


def test_a_doi_is_looked_up_once_and_news_is_said_once(review):
    review.pubmed.add(12, FIRST, doi="10.1000/abc")
    review.pubmed.no_hits_for.add("sacroplast*")
    review.screening("b2014,,10.1000/abc,include,full_text,\n")
    review.update()
    review.pubmed.add(12, FIRST, doi="10.1000/abc", links=link("ExpressionOfConcernIn", 93))
    log = review.update(FIRST + timedelta(days=1))
    assert sum("[AID]" in term for term in review.pubmed.terms()) == 1
    assert _links(log) == [("b2014", "concern_in", "93")]
    assert "status: NEW, b2014: concern in PMID 93" in review.said
    review.update(FIRST + timedelta(days=2))
    assert not any("NEW" in text for text in review.said)


def test_a_report_included_later_on_the_same_day_is_asked_about(review):
    review.update()
    review.pubmed.add(11, FIRST, links=link("RetractionIn", 91))
    review.screening("a2013,11,,include,full_text,\n")
    assert _links(review.update()) == [("a2013", "retraction_in", "91")]


def test_the_key_is_in_no_file(review):
    _fill(review.pubmed, 5)
    review.update()
    assert any(query["api_key"] == "the-key" for _, _, query in review.pubmed.requests)
    for folder in (review.folder, review.work, review.folder.parent):
        for path in Path(folder).rglob("*"):
            assert not path.is_file() or b"the-key" not in path.read_bytes(), path


# --- the table for the page -----------------------------------------------------------------------


def test_searches_are_listed_by_day_for_readers(review):
    _fill(review.pubmed, 2)
    review.update()
    review.update(FIRST + timedelta(days=1))
    logs = search_logs.read_logs(search_logs.log_files(review.folder))
    rows = search_logs.search_rows(reversed(logs))
    assert [(row["searched_on"], row["search"], row["hits"]) for row in rows] == [
        ("2026-02-01", "main", 2),
        ("2026-02-01", "second", 0),
        ("2026-02-02", "main", 0),
        ("2026-02-02", "second", 0),
    ]
    assert set(rows[0]) == set(search_logs.SEARCH_COLUMNS)


@pytest.mark.parametrize("missing", ["searches/2026-02-01.json", "citations/2026-02-01-main.xml"])
def test_a_day_whose_log_or_export_was_taken_away_does_not_count_as_asked(review, missing):
    _fill(review.pubmed, 2)
    review.update()
    mark = review.folder.parent / "mark.json"
    mark.write_text('{"log": "review/searches/2026-02-01.json"}')
    assert search_logs.still_done(mark, review.folder.parent)
    (review.folder / missing).unlink()
    assert not search_logs.still_done(mark, review.folder.parent)
    mark.write_text('{"log": null}')
    assert search_logs.still_done(mark, review.folder.parent)


@pytest.mark.parametrize("named", ["2026-02-30", "today", "20260201x"])
def test_a_day_that_is_none_is_refused(named):
    with pytest.raises(EvergroveError, match="EVERGROVE_TODAY is no date"):
        search_logs.day_of_update({"EVERGROVE_TODAY": named})


def test_the_day_of_an_update_is_kept_over_midnight():
    environment = {}
    day = search_logs.day_of_update(environment)
    assert environment == {"EVERGROVE_TODAY": day} == {"EVERGROVE_TODAY": date.today().isoformat()}
