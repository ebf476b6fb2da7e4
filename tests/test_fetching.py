"""PubMed asked over real sockets: slices, checks, faults, and going on after being killed."""

import itertools
import random
from datetime import date

import pytest

from evergrove.errors import EvergroveError
from evergrove.eutils import Client
from evergrove.fetching import MOST_IDS, Window, pmids_of, run_search
from tests.eutils_server import PubMed, serving

YEAR = Window(date(2024, 1, 1), date(2024, 12, 31))
KEY = "0123456789abcdef-secret"


@pytest.fixture
def pubmed():
    return PubMed()


@pytest.fixture
def base_url(pubmed):
    with serving(pubmed, hang=1.5) as address:
        yield address


@pytest.fixture
def client(base_url, tmp_path):
    naps = []
    made = Client(
        base_url=base_url,
        api_key=KEY,
        email="someone@example.org",
        timeout=0.5,
        lock=tmp_path / "rate.lock",
        sleep=naps.append,
        chance=random.Random(1),
    )
    made.naps = naps
    return made


def _fill(pubmed, number, day=date(2024, 5, 5), first=1):
    for pmid in range(first, first + number):
        pubmed.add(pmid, day)


def test_a_small_search_is_one_export_with_every_record(pubmed, client, tmp_path):
    _fill(pubmed, 450)
    found = run_search(client, "sacroplasty", YEAR, tmp_path)
    assert [int(pmid) for pmid in found.ids] == list(range(1, 451))
    assert pmids_of(found.export) == found.ids
    terms = {query["term"] for _, tool, query in pubmed.requests if tool == "esearch"}
    assert terms == {'(sacroplasty) AND ("2024/01/01"[crdt] : "2024/12/31"[crdt])'}


def test_more_than_9999_records_are_sliced_by_date_and_none_is_lost(pubmed, client, tmp_path):
    for pmid in range(1, 12_001):
        pubmed.add(pmid, date(2024, 1 + pmid % 12, 1 + pmid % 28))
    found = run_search(client, "pain", YEAR, tmp_path)
    assert len(found.ids) == 12_000
    for _, tool, query in pubmed.requests:
        if tool == "esearch" and query["retmax"] != "0":
            assert len(pubmed.matching(query["term"])) <= MOST_IDS


def test_a_single_day_with_more_than_9999_records_is_sliced_by_id(pubmed, client, tmp_path):
    _fill(pubmed, 10_500, first=38_000_000)
    assert len(run_search(client, "pain", YEAR, tmp_path).ids) == 10_500


def test_no_record_is_an_empty_export(pubmed, client, tmp_path):
    found = run_search(client, "nothing", YEAR, tmp_path)
    assert found.ids == [] and pmids_of(found.export) == []


@pytest.mark.parametrize(
    "fault",
    ["429", "500", "503", "error-body", "html", "hang", "drop", "truncate", "truncate-unannounced"],
)
def test_a_passing_fault_is_tried_again_and_nothing_is_lost(pubmed, client, tmp_path, fault):
    _fill(pubmed, 250)
    pubmed.faults.extend([fault, "", "", fault, fault])
    found = run_search(client, "sacroplasty", YEAR, tmp_path)
    assert len(found.ids) == 250 and pmids_of(found.export) == found.ids


def test_retry_after_is_obeyed(pubmed, client, tmp_path):
    _fill(pubmed, 3)
    pubmed.faults.append("retry-after")
    run_search(client, "sacroplasty", YEAR, tmp_path)
    assert max(client.naps) >= 7


def test_back_off_grows(pubmed, client, tmp_path):
    _fill(pubmed, 3)
    pubmed.faults.extend(["500"] * 5)
    run_search(client, "sacroplasty", YEAR, tmp_path)
    waits = [nap for nap in client.naps if nap > 0.2]
    assert len(waits) == 5 and waits[-1] > 4 * waits[0]


def test_a_server_that_stays_down_is_an_error_without_the_key_or_the_address(
    pubmed, client, tmp_path
):
    _fill(pubmed, 3)
    pubmed.faults.extend(["500"] * 50)
    with pytest.raises(EvergroveError, match="did not answer properly in 7 tries") as raised:
        run_search(client, "sacroplasty", YEAR, tmp_path)
    text = repr(raised.value) + str(raised.value) + repr(raised.getrepr(style="long"))
    assert KEY not in str(raised.value) and "127.0.0.1" not in str(raised.value)
    assert raised.value.__cause__ is None
    assert text


def test_a_bad_query_is_not_tried_again(pubmed, client, tmp_path):
    pubmed.faults.append("400")
    with pytest.raises(EvergroveError, match="HTTP status 400"):
        run_search(client, "((", YEAR, tmp_path)
    assert len(pubmed.requests) == 1


def test_a_record_that_is_promised_but_not_delivered_stops_the_search(pubmed, client, tmp_path):
    _fill(pubmed, 5)
    pubmed.withheld.add(4)
    with pytest.raises(EvergroveError, match="4 did not come"):
        run_search(client, "sacroplasty", YEAR, tmp_path)
    found = run_search(client, "sacroplasty", YEAR, tmp_path, withdrawn=frozenset({"4"}))
    assert found.ids == ["1", "2", "3", "5"]


def test_a_search_that_was_killed_goes_on_where_it_stopped(pubmed, client, tmp_path):
    _fill(pubmed, 1000)
    pubmed.faults.extend([""] * 4 + ["400"])
    with pytest.raises(EvergroveError):
        run_search(client, "sacroplasty", YEAR, tmp_path)
    before = len(pubmed.requests)
    found = run_search(client, "sacroplasty", YEAR, tmp_path)
    assert len(found.ids) == 1000
    again = [tool for _, tool, _ in pubmed.requests[before:]]
    assert again.count("esearch") == 0 and again.count("efetch") == 3


def test_what_pubmed_did_not_understand_is_reported(pubmed, client, tmp_path):
    pubmed.unknown_words.append("sacroplsty")
    found = run_search(client, "sacroplsty", YEAR, tmp_path)
    assert any("sacroplsty" in warning for warning in found.warnings)


def test_processes_share_one_rate(pubmed, base_url, tmp_path):
    """Two clients with one lock file: no two requests closer than NCBI allows."""
    import threading

    _fill(pubmed, 3)
    lock = tmp_path / "rate.lock"

    def work():
        for _ in range(4):
            Client(base_url=base_url, api_key=KEY, lock=lock).search("x", retmax=0)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = sorted(moment for moment, _, _ in pubmed.requests)
    assert len(times) == 8
    assert min(b - a for a, b in itertools.pairwise(times)) > 0.05
