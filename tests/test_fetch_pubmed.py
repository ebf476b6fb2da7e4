"""One review's update, as a function: what is asked, written, kept, and asked again."""

import hashlib
import resource
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from evergrove import fetch_pubmed, search_logs
from evergrove.errors import EvergroveError
from evergrove.fetching import pmids_of
from evergrove.parse_citations import parse_file
from tests.update_sample import FIRST, SEARCHES, Review, fill, served_review


@pytest.fixture
def review(tmp_path, monkeypatch):
    with served_review(tmp_path, monkeypatch) as made:
        yield made


# --- searches -----------------------------------------------------------------------------------


def test_a_first_update_writes_exports_and_what_prisma_s_wants_to_know(review):
    fill(review.pubmed, 5)
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
    fill(review.pubmed, 5)
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
    fill(review.pubmed, 5)
    review.update()
    fill(review.pubmed, 1, first=5001)
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
    fill(review.pubmed, 5)
    review.update()
    # Came into PubMed some days before the first update, but was not to be seen then.
    fill(review.pubmed, 1, FIRST - timedelta(days=3), first=2001)
    fill(review.pubmed, 1, FIRST + timedelta(days=1), first=3001)
    log = review.update(FIRST + timedelta(days=1))
    assert log["searches"][0]["window"] == ["2026-01-02", "2026-02-02"]
    assert log["searches"][0]["hits"] == 2
    assert "FIRST_IDATE:[2026-01-02 TO 2026-02-02]" in review.europepmc.queries[-1]
    assert review.exported() == {str(pmid) for pmid in review.pubmed.records}


def test_everything_is_asked_for_again_now_and_then(review):
    """A record that only a MeSH heading finds gets it long after its Create Date."""
    review.update()
    fill(review.pubmed, 1, FIRST - timedelta(days=90))
    review.update(FIRST + timedelta(days=100))
    assert review.exported() == set()
    review.update(FIRST + timedelta(days=181))
    assert review.exported() == {"1001"}


@pytest.mark.parametrize("spoil", ["delete", "edit"])
def test_an_export_that_was_deleted_or_edited_is_fetched_again(review, spoil):
    fill(review.pubmed, 5)
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
    fill(review.pubmed, 5)
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
    fill(review.pubmed, 450)
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
    fill(review.pubmed, 5)
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
    fill(review.pubmed, 450)
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


def test_the_key_is_in_no_file(review):
    fill(review.pubmed, 5)
    review.update()
    assert any(query["api_key"] == "the-key" for _, _, query in review.pubmed.requests)
    for folder in (review.folder, review.work, review.folder.parent):
        for path in Path(folder).rglob("*"):
            assert not path.is_file() or b"the-key" not in path.read_bytes(), path


# --- the table for the page -----------------------------------------------------------------------


def test_searches_are_listed_by_day_for_readers(review):
    fill(review.pubmed, 2)
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
    fill(review.pubmed, 2)
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
