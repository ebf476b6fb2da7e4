"""`snakemake update --cores 4` from end to end, against servers on loopback."""

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date

import pytest
import yaml

from tests.conftest import Project, Run, clone
from tests.eutils_server import EuropePMC, PubMed, link, serving

KEY = "a-secret-0123456789"
SLUG = "config/reviews/sacroplasty"
RESULTS = "results/sacroplasty"
BEFORE = date(2026, 1, 1)
# As the default review's own citations describe it, so that it is matched with them.
KORTMAN = {
    "title": "Multicenter study to assess the efficacy and safety of sacroplasty in patients with "
    "osteoporotic sacral insufficiency fractures or pathologic sacral lesions",
    "doi": "10.1136/neurintsurg-2012-010347",
    "author": "Kortman",
    "journal": "Journal of NeuroInterventional Surgery",
    "year": "2013",
}


def _stocked() -> tuple[PubMed, EuropePMC]:
    pubmed, europepmc = PubMed(), EuropePMC()
    for pmid in range(40_000_001, 40_000_301):
        pubmed.add(pmid, BEFORE)
    pubmed.add(22_935_000, date(2012, 9, 1), **KORTMAN)
    for number in (40_000_001, 40_000_002, 41_000_001):
        europepmc.add(number, BEFORE)
    return pubmed, europepmc


class Updated(Project):
    """A clone that asks the servers at `base_url`."""

    def __init__(self, template, folder, base_url):
        shutil.copytree(template, folder)
        super().__init__(folder)
        self.base_url = base_url

    def start(self, day: str, *arguments: str, target: str = "update") -> subprocess.Popen:
        environment = {
            "PATH": f"{os.path.dirname(sys.executable)}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder / "home"),
            "LANG": "C.UTF-8",
            "NCBI_API_KEY": KEY,
            "NCBI_EMAIL": "someone@example.org",
            "EVERGROVE_TODAY": day,
            "EVERGROVE_EUTILS_URL": self.base_url,
            "EVERGROVE_EUROPEPMC_URL": self.base_url.replace("/entrez/eutils/", "/europepmc/"),
            "EVERGROVE_EUTILS_WAIT": "0.01",
            "EVERGROVE_EUTILS_TIMEOUT": "20",
        }
        return subprocess.Popen(
            [sys.executable, "-m", "snakemake", target, "--cores", "4", *arguments],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )

    def run(self, day: str, *arguments: str, target: str = "update") -> Run:
        process = self.start(day, *arguments, target=target)
        output, _ = process.communicate(timeout=300)
        return Run(process.returncode, output)

    def read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def table(self, name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.read(f"{RESULTS}/{name}"))))

    def files(self, *places: str) -> dict[str, bytes]:
        """Every file in these folders, by path, hidden ones too."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for place in places
            for path in sorted((self.folder / place).rglob("*"))
            if path.is_file()
        }


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A clone with one synthesis of each kind: nothing here depends on their number."""
    folder = tmp_path_factory.mktemp("template") / "clone"
    clone(folder)

    def fewer(protocol):
        for kind in ("windows", "sensitivity", "without_each_flag"):
            del protocol["syntheses"][kind][1:]

    _change_protocol(folder, fewer)
    return folder


def _change_protocol(folder, change):
    file = folder / SLUG / "protocol.yaml"
    protocol = yaml.safe_load(file.read_text(encoding="utf-8"))
    change(protocol)
    file.write_text(yaml.safe_dump(protocol, sort_keys=False), encoding="utf-8")


@pytest.fixture(scope="module")
def servers():
    pubmed, europepmc = _stocked()
    # A bad day: every kind of fault, in the searches and in the asking about included reports.
    pubmed.faults.extend(["429", "error-body", "", "500", "truncate", "", "truncate-unannounced"])
    pubmed.faults.extend(["drop", "html", "truncate-chunked", "quotes-the-key-429"])
    europepmc.faults.extend(["500", "truncate"])
    with serving(pubmed, europepmc=europepmc) as base_url:
        yield pubmed, europepmc, base_url


@pytest.fixture(scope="module")
def first(servers, template, tmp_path_factory) -> tuple[Updated, Run]:
    """The first update of a clone, in a folder with a space in its name."""
    project = Updated(template, tmp_path_factory.mktemp("update") / "a clone", servers[2])
    return project, project.run("2026-02-01")


@pytest.fixture(scope="module")
def as_first(first) -> dict[str, bytes]:
    """What the first update left, before anything is done to it."""
    return first[0].files(SLUG, RESULTS)


def test_a_first_update_asks_exports_logs_and_builds_everything(first, servers):
    project, run = first
    assert run.status == 0, run.output
    log = json.loads(project.read(f"{SLUG}/searches/2026-02-01.json"))
    assert [(entry["database"], entry["hits"], entry["export"]) for entry in log["searches"]] == [
        ("PubMed", 301, "2026-02-01-pubmed.xml"),
        ("Europe PMC", 3, "2026-02-01-europepmc.ris"),
    ]
    citations = project.folder / SLUG / "citations"
    assert all((citations / entry["export"]).is_file() for entry in log["searches"])
    flow = json.loads(project.read(f"{RESULTS}/flow.json"))
    assert flow["records"] == flow["reports"] + flow["duplicates"]
    # 300 new in PubMed and one more in Europe PMC; Kortman 2013 is there already.
    assert sum(row["decision"] == "awaiting" for row in project.table("screened.csv")) == 301
    assert project.read(f"{RESULTS}/summary.txt") in run.output
    assert not servers[0].faults and not servers[1].faults, "every fault was suffered"


def test_the_search_is_in_the_results_as_prisma_s_wants_it(first):
    rows = first[0].table("searches.csv")
    assert [(row["database"], row["searched_on"], row["hits"]) for row in rows] == [
        ("PubMed", "2026-02-01", "301"),
        ("Europe PMC", "2026-02-01", "3"),
    ]
    assert rows[0]["platform"] == "NCBI E-utilities" and "sacroplast*[tiab]" in rows[0]["strategy"]
    manifest = json.loads(first[0].read(f"{RESULTS}/manifest.json"))
    assert {f"{SLUG}/searches/2026-02-01.json", f"{SLUG}/citations/2026-02-01-pubmed.xml"} <= set(
        manifest["inputs"]
    )
    assert f"{RESULTS}/searches.csv" in manifest["results"]


def test_the_api_key_is_in_no_file_and_no_message(first, servers):
    project, run = first
    assert any(query.get("api_key") == KEY for _, _, query in servers[0].requests)
    assert KEY not in run.output
    holding = [
        path
        for path in project.folder.rglob("*")
        if path.is_file() and KEY.encode() in path.read_bytes()
    ]
    # The tests themselves are part of the clone.
    assert [path for path in holding if path.parent.name != "tests"] == []


def test_the_same_command_on_the_same_day_has_nothing_to_fetch(first, servers):
    asked = len(servers[0].requests)
    run = first[0].run("2026-02-01")
    assert run.status == 0 and "Nothing to be done" in run.output, run.output
    assert len(servers[0].requests) == asked


def test_a_plain_run_after_an_update_has_nothing_to_do_and_no_network(first, servers):
    asked = len(servers[0].requests)
    run = first[0].run("2026-02-01", target="all")
    assert run.status == 0 and "Nothing to be done" in run.output, run.output
    assert len(servers[0].requests) == asked


# --- the next day, with a retraction ----------------------------------------------------------


@pytest.fixture(scope="module")
def second(first, as_first, servers) -> tuple[Updated, Run, dict]:
    """The next day's update: a new record, one that came late, and a retraction."""
    project, pubmed = first[0], servers[0]
    before = json.loads(project.read(f"{RESULTS}/syntheses.json"))
    pubmed.add(42_000_001, date(2026, 2, 2))
    pubmed.add(42_000_002, date(2026, 1, 20))
    pubmed.add(22_935_000, date(2012, 9, 1), links=link("RetractionIn", 42_900_000), **KORTMAN)
    return project, project.run("2026-02-02"), before


def _synthesis(document, name="primary"):
    return next(item for item in document["syntheses"] if item["id"] == name)


def test_the_next_update_overlaps_loses_nothing_and_leaves_no_empty_export(second):
    project, run, _ = second
    assert run.status == 0, run.output
    main, other = json.loads(project.read(f"{SLUG}/searches/2026-02-02.json"))["searches"]
    assert (main["window"], main["hits"]) == (["2026-01-02", "2026-02-02"], 2)
    assert (other["hits"], other["export"]) == (0, None)
    assert not list((project.folder / SLUG / "citations").glob("2026-02-02-europepmc*"))
    held = {row["pmid"] for row in project.table("reports.csv")}
    assert {"42000001", "42000002", "40000001", "40000300", "22935000"} <= held


def test_a_retracted_study_leaves_the_primary_synthesis_and_all_that_follow(second):
    project, run, before = second
    assert "status: NEW, kortman2013: retraction in PMID 42900000" in run.output
    after = json.loads(project.read(f"{RESULTS}/syntheses.json"))
    assert "kortman2013" in {row["report"] for row in _synthesis(before)["studies"]}
    for item in after["syntheses"]:
        assert "kortman2013" not in {row["report"] for row in item["studies"]}, item["id"]
    reasons = {
        row["reason"]
        for row in _synthesis(after)["dropped"]
        if row["measurement_id"].startswith("kortman2013/") and row["label"].endswith("(retracted)")
    }
    assert "the report has been retracted" in reasons
    assert _synthesis(after)["fit"]["k"] == _synthesis(before)["fit"]["k"] - 2
    assert after["statements"][0] == (
        "Retracted after publication and left out of the primary synthesis: Kortman 2013."
    )
    rows = project.table("leave_one_out.csv") + project.table("cumulative.csv")
    assert not any("kortman2013" in (row.get("measurement_id") or "") for row in rows)


def test_a_retracted_study_is_marked_wherever_the_page_names_it(second):
    project, _, _ = second
    [screened] = [row for row in project.table("screened.csv") if row["report"] == "kortman2013"]
    assert screened["status"] == "retraction_in:42900000"
    for name in ("studies", "not_pooled", "agreement"):
        labels = [row["Report"] for row in project.table(f"tables/{name}.csv")]
        named = [label for label in labels if label.startswith("Kortman 2013")]
        assert named and all(label == "Kortman 2013 (retracted)" for label in named), name
    assert "Retraction in PMID 42900000" in project.read(f"{RESULTS}/page/index.html")
    flags = [
        row["flags"].split("; ")
        for row in project.table("measurements.csv")
        if row["report"] == "kortman2013"
    ]
    assert flags and all("retracted" in carried for carried in flags)
    notices = [row for row in project.table("to_verify.csv") if row["kind"] == "notice"]
    assert [row["report"] for row in notices] == ["kortman2013"]


# --- killed, full, nothing to ask -------------------------------------------------------------


def _wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.05)


def test_an_update_killed_while_a_server_hangs_goes_on_and_ends_as_if_undisturbed(
    as_first, template, tmp_path
):
    pubmed, europepmc = _stocked()
    # Count, list, first batch: then the server hangs, and the whole run is killed.
    pubmed.faults.extend(["", "", "", "hang"])
    with serving(pubmed, hang=60, europepmc=europepmc) as base_url:
        project = Updated(template, tmp_path / "a clone", base_url)
        process = project.start("2026-02-01")
        _wait_for(lambda: len(pubmed.requests) == 4)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=60)
        assert not list((project.folder / SLUG).glob("searches/*"))
        assert not list((project.folder / SLUG).glob("citations/2026*"))
        run = project.run("2026-02-01")
        assert run.status == 0, run.output
    # The count, the list and the first batch had been kept.
    fetched = [query["id"] for _, tool, query in pubmed.requests if tool == "efetch"]
    assert fetched[1] == fetched[2] and fetched[0] not in fetched[1:]
    assert sum("[crdt]" in term for term in pubmed.terms()) == 2
    now = project.files(SLUG, RESULTS)
    assert now.keys() == as_first.keys()
    assert [name for name in now if now[name] != as_first[name]] == []


@pytest.fixture
def small_disk():
    """Mounts a disk that is soon full at a folder, where tests may do that."""
    mounted = []

    def mount(place):
        place.mkdir(exist_ok=True)
        command = ["mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", str(place)]
        able = os.geteuid() == 0 and shutil.which("mount")
        if not able or subprocess.run(command, capture_output=True).returncode:
            pytest.skip("only root may mount a small disk")
        mounted.append(place)

    yield mount
    for place in mounted:
        subprocess.run(["umount", str(place)], capture_output=True)


def test_a_full_disk_ends_in_one_sentence_and_the_next_run_goes_on(small_disk, template, tmp_path):
    pubmed, europepmc = _stocked()
    with serving(pubmed, europepmc=europepmc) as base_url:
        project = Updated(template, tmp_path / "a clone", base_url)
        small_disk(project.folder / ".evergrove")
        run = project.run("2026-02-01", "--until", "fetch_pubmed")
        assert run.status == 2, run.output
        assert "cannot be written: No space left on device. Free space or rights?" in run.output
        assert "Traceback" not in run.output
        assert not list((project.folder / SLUG).glob("citations/*2026*"))
        subprocess.run(["umount", str(project.folder / ".evergrove")], check=True)
        assert project.run("2026-02-01", "--until", "fetch_pubmed").status == 0
        assert json.loads(project.read(f"{SLUG}/searches/2026-02-01.json"))["searches"]


def test_a_review_without_searches_is_told_so(template, tmp_path):
    pubmed, europepmc = _stocked()
    with serving(pubmed, europepmc=europepmc) as base_url:
        project = Updated(template, tmp_path / "a clone", base_url)
        _change_protocol(project.folder, lambda protocol: protocol.pop("searches"))
        run = project.run("2026-02-01", "--until", "fetch_pubmed")
    assert run.status == 0, run.output
    assert "the protocol names no searches: nothing was asked" in run.output
    assert pubmed.requests == [] and not (project.folder / SLUG / "searches").exists()
