"""PubMed asked over real sockets: slices, checks, faults, and going on after being killed."""

import json
import os
import random
import subprocess
import sys
import time
from datetime import date
from types import SimpleNamespace

import pytest
from Bio import Entrez

from evergrove import fetching
from evergrove.errors import EvergroveError
from evergrove.europepmc import as_ris, search_all
from evergrove.eutils import SECONDS_BETWEEN, Client
from evergrove.fetching import Window, pmids_of, run_search
from evergrove.parse_citations import parse_file
from tests.eutils_server import LIMIT, EuropePMC, PubMed, serving

YEAR = Window(date(2024, 1, 1), date(2024, 12, 31))
KEY = "0123456789abcdef-secret"


@pytest.fixture
def pubmed():
    return PubMed()


@pytest.fixture
def europepmc():
    return EuropePMC()


@pytest.fixture
def base_url(pubmed, europepmc):
    with serving(pubmed, hang=5.0, europepmc=europepmc) as address:
        yield address


@pytest.fixture
def client(base_url, tmp_path, monkeypatch):
    """A client whose waits are noted and not waited for; Bio.Entrez waits for its own rate too."""
    monkeypatch.setattr(Entrez, "time", SimpleNamespace(time=lambda: 0.0, sleep=lambda wait: None))
    naps = []
    made = Client(
        base_url=base_url,
        europepmc_url=base_url.replace("/entrez/eutils/", "/europepmc/"),
        api_key=KEY,
        email="someone@example.org",
        timeout=0.2,
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


def test_the_limit_is_pubmeds_own():
    assert fetching.MOST_IDS == LIMIT == 9999


def test_more_records_than_the_limit_are_sliced_by_date_and_none_is_lost(
    pubmed, client, tmp_path, monkeypatch
):
    for pmid in range(1, 1201):
        pubmed.add(pmid, date(2024, 1 + pmid % 12, 1 + pmid % 28))
    monkeypatch.setattr(fetching, "MOST_IDS", 100)
    monkeypatch.setattr("tests.eutils_server.LIMIT", 100)
    found = run_search(client, "pain", YEAR, tmp_path)
    assert len(found.ids) == 1200
    asked = [query for _, tool, query in pubmed.requests if tool == "esearch"]
    whole = [query["term"] for query in asked if query["retmax"] != "0"]
    assert len(whole) >= 12
    assert all(len(pubmed.matching(term)) <= 100 for term in whole)


def test_a_single_day_with_more_than_9999_records_is_sliced_by_id(
    pubmed, client, tmp_path, monkeypatch
):
    _fill(pubmed, 10_500, first=38_000_000)
    monkeypatch.setattr(fetching, "BATCH", 5000)
    client.timeout = 30.0  # 5,000 records at once take the server their time on a busy machine
    found = run_search(client, "pain", Window(date(2024, 5, 5), date(2024, 5, 5)), tmp_path)
    assert len(found.ids) == 10_500
    assert any("[UID]" in term for term in pubmed.terms())


def test_records_that_come_while_the_slices_are_asked_are_no_silent_loss(
    pubmed, client, tmp_path, monkeypatch
):
    _fill(pubmed, 150)
    monkeypatch.setattr(fetching, "MOST_IDS", 200)
    monkeypatch.setattr("tests.eutils_server.LIMIT", 200)
    search = client.search

    def growing(term, *, retmax):
        page = search(term, retmax=retmax)
        if retmax == 0:
            _fill(pubmed, 100, first=1000)
        return page

    monkeypatch.setattr(client, "search", growing)
    with pytest.raises(EvergroveError, match="promised 250 records and named 200"):
        run_search(client, "pain", YEAR, tmp_path)


def test_no_record_is_an_empty_export(pubmed, client, tmp_path):
    found = run_search(client, "nothing", YEAR, tmp_path)
    assert found.ids == [] and pmids_of(found.export) == []


@pytest.mark.parametrize(
    "fault",
    [
        "429",
        "500",
        "503",
        "error-body",
        "html",
        "hang",
        "drop",
        "truncate",
        "truncate-unannounced",
        "truncate-chunked",
        "quotes-the-key-429",
    ],
)
def test_a_passing_fault_is_tried_again_and_nothing_is_lost(pubmed, client, tmp_path, fault):
    _fill(pubmed, 250)
    pubmed.faults.extend([fault, "", "", fault])
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


def test_a_server_that_wants_to_be_left_alone_for_an_hour_is(pubmed, client, tmp_path):
    pubmed.faults.append("retry-after-3600")
    with pytest.raises(EvergroveError, match=r"1 try: HTTP status 429.*alone for 3600 seconds"):
        run_search(client, "sacroplasty", YEAR, tmp_path)
    assert len(pubmed.requests) == 1


@pytest.mark.parametrize("fault", ["500", "hang", "drop", "html", "quotes-the-key-429"])
def test_a_server_that_stays_down_is_an_error_without_the_key_or_the_address(
    pubmed, client, tmp_path, fault
):
    client.timeout, client.tries = 0.05, 3
    pubmed.faults.extend([fault] * 3)
    with pytest.raises(EvergroveError, match="did not answer properly in 3 tries") as raised:
        run_search(client, "sacroplasty", YEAR, tmp_path)
    text = _everything_said(raised.value)
    assert KEY not in text and "127.0.0.1" not in text


@pytest.mark.parametrize("fault", ["quotes-the-key-400", "quotes-the-key-400-in-html"])
def test_a_key_that_ncbi_quotes_back_stays_out_of_the_error(pubmed, client, tmp_path, fault):
    pubmed.faults.append(fault)
    with pytest.raises(EvergroveError, match="HTTP status 400") as raised:
        run_search(client, "sacroplasty", YEAR, tmp_path)
    text = _everything_said(raised.value)
    assert KEY not in text and KEY[:8] not in text
    if fault.endswith("400"):
        assert "API key invalid" in text and "Correct NCBI_API_KEY" in text


def _everything_said(error):
    """The message, its parts, and what a traceback would print of what was raised before it."""
    said = [str(error), repr(error), repr(vars(error))]
    while error is not None:
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        said.append(repr(error))
    return " ".join(said)


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


def test_a_batch_on_the_disk_that_is_not_whole_is_fetched_again(pubmed, client, tmp_path):
    _fill(pubmed, 250)
    whole = run_search(client, "sacroplasty", YEAR, tmp_path)
    batch = sorted(tmp_path.glob("*/batch-*.xml"))[0]
    batch.write_bytes(batch.read_bytes()[:300])
    assert run_search(client, "sacroplasty", YEAR, tmp_path) == whole


def test_what_pubmed_did_not_understand_is_reported_and_no_hits_are_no_remark(
    pubmed, client, tmp_path
):
    assert run_search(client, "nothing", YEAR, tmp_path).warnings == []
    pubmed.unknown_words.append("sacroplsty")
    found = run_search(client, "sacroplsty", YEAR, tmp_path)
    assert found.warnings == ["PhraseNotFound: sacroplsty"]


def test_without_an_address_none_is_made_up(pubmed, client, tmp_path, recwarn):
    client.email = client.api_key = None
    run_search(client, "sacroplasty", YEAR, tmp_path)
    for _, _, query in pubmed.requests:
        assert "email" not in query and "api_key" not in query and query["tool"] == "evergrove"
    assert not recwarn.list


def test_the_settings_of_bio_entrez_are_put_back(pubmed, client, tmp_path):
    before = (Entrez.email, Entrez.api_key, Entrez.urlopen, Entrez.max_tries)
    pubmed.faults.append("400")
    with pytest.raises(EvergroveError):
        run_search(client, "((", YEAR, tmp_path)
    assert (Entrez.email, Entrez.api_key, Entrez.urlopen, Entrez.max_tries) == before


@pytest.mark.parametrize(
    ("name", "value"),
    [("EVERGROVE_EUTILS_URL", "eutils.example.org"), ("EVERGROVE_EUTILS_TIMEOUT", "soon")],
)
def test_a_setting_that_cannot_be_is_named(name, value):
    with pytest.raises(EvergroveError, match=name):
        Client.from_environment({name: value})


def test_settings_come_from_the_environment():
    client = Client.from_environment({"NCBI_API_KEY": " key\n", "EVERGROVE_EUTILS_WAIT": "0.5"})
    assert (client.api_key, client.email, client.first_wait) == ("key", None, 0.5)


def test_processes_share_one_rate(pubmed, base_url, tmp_path):
    """Two programs with one lock file take as long as one that makes all requests.

    The whole span is measured, because a busy machine may hold one request back to the next.
    """
    program = (
        "import sys; from pathlib import Path; from evergrove.eutils import Client\n"
        "client = Client(base_url=sys.argv[1], api_key='k', lock=Path(sys.argv[2]))\n"
        "for _ in range(5): client.search('x', retmax=0)"
    )
    command = [sys.executable, "-c", program, base_url, str(tmp_path / "rate.lock")]
    both = [subprocess.Popen(command) for _ in range(2)]
    assert [one.wait(timeout=60) for one in both] == [0, 0]
    times = sorted(moment for moment, _, _ in pubmed.requests)
    assert len(times) == 10 and times[-1] - times[0] > 7 * SECONDS_BETWEEN[True]


def test_a_clock_that_was_set_back_does_not_stop_the_requests(client, pubmed):
    client.lock.touch()
    os.utime(client.lock, (time.time() + 9999,) * 2)
    client.search("x", retmax=0)
    assert max(client.naps) == 1.0


# --- Europe PMC ------------------------------------------------------------------------------


def test_europe_pmc_gives_every_record_page_by_page(client, europepmc, tmp_path, monkeypatch):
    monkeypatch.setattr("evergrove.europepmc.PAGE", 100)
    for number in range(1, 251):
        europepmc.add(number, date(2024, 5, 5))
    found = search_all(client.europepmc, "sacroplasty", tmp_path / "work")
    assert [item["id"] for item in found] == [str(number) for number in range(1, 251)]
    asked = len(europepmc.queries)
    again = search_all(client.europepmc, "sacroplasty", tmp_path / "work")
    assert again == found and len(europepmc.queries) == asked


def test_no_hit_in_europe_pmc_is_no_error(client, europepmc, tmp_path):
    assert search_all(client.europepmc, "nothing", tmp_path / "work") == []


def test_fewer_records_than_europe_pmc_promised_are_an_error_and_nothing_is_kept(
    client, europepmc, tmp_path
):
    europepmc.add(1, date(2024, 5, 5))
    europepmc.too_many = 2
    with pytest.raises(EvergroveError, match="promised 3 records and 1 different ones came"):
        search_all(client.europepmc, "sacroplasty", tmp_path / "work")
    europepmc.too_many = 0
    assert len(search_all(client.europepmc, "sacroplasty", tmp_path / "work")) == 1


@pytest.mark.parametrize("fault", ["500", "html", "truncate", "hang"])
def test_a_passing_fault_of_europe_pmc_is_tried_again(client, pubmed, europepmc, tmp_path, fault):
    client.timeout = 0.2
    europepmc.add(1, date(2024, 5, 5))
    europepmc.faults.append(fault)
    assert len(search_all(client.europepmc, "sacroplasty", tmp_path / "work")) == 1


def test_a_record_of_europe_pmc_survives_the_way_through_ris():
    item = {
        "source": "MED", "id": "31234567", "pmid": "31234567", "pmcid": "PMC7654321",
        "doi": "10.1000/Abc(1)2", "title": "Cement in <i>two</i> sacra: a series.",
        "authorList": {"author": [
            {"lastName": "Van Der Berg", "firstName": "Ida", "initials": "I"},
            {"collectiveName": "The Sacrum Group"},
        ]},
        "pubYear": "2020", "firstPublicationDate": "2020-03-05",
        "journalInfo": {"volume": "3", "issue": "4", "journal": {
            "title": "Journal of Inventions", "medlineAbbreviation": "J Invent"}},
        "pageInfo": "461-6", "language": "eng",
        "abstractText": "<h4>Methods</h4>We saw 12. <h4>Results:</h4>Pain fell to 2.",
        "pubTypeList": {"pubType": ["Journal Article", "Retracted Publication"]},
        "commentCorrectionList": {"commentCorrection": [
            {"type": "Retraction in", "source": "MED", "id": "99", "reference": "J Invent. 2021"},
            {"type": "Preprint in", "source": "PPR", "id": "PPR1", "reference": "medRxiv. 2019"},
        ]},
    }  # fmt: skip
    preprint = {"source": "PPR", "id": "PPR1", "title": "A preprint", "authorList": None}
    parsed = parse_file("x.ris", as_ris([item, preprint]).encode())
    assert parsed.rejects == []
    first, second = parsed.records
    wanted = {
        "pmid": "31234567", "pmcid": "PMC7654321", "doi": "10.1000/abc(1)2",
        "title": "Cement in two sacra: a series.", "year": 2020, "month": 3,
        "authors": ["Van Der Berg, Ida", "The Sacrum Group"], "journal": "Journal of Inventions",
        "journal_abbrev": "J Invent", "volume": "3", "issue": "4", "pages": "461-466",
        "abstract": "Methods: We saw 12. Results: Pain fell to 2.", "language": "eng",
    }  # fmt: skip
    assert {name: first[name] for name in wanted} == wanted
    assert [(link["kind"], link["pmid"]) for link in first["status_links"]] == [
        ("retraction_in", "99"), ("update_of", None),
    ]  # fmt: skip
    assert "Retracted Publication" in first["publication_types"]
    assert (second["title"], second["pmid"]) == ("A preprint", None)
    assert json.dumps(second["raw_tags"]).count("PPR:PPR1") == 1
