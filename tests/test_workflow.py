"""`snakemake --cores 4`, as a user meets it: from nothing, again, after edits, on bad input."""

import json
import re
import shutil

import pytest

from tests.conftest import ROOT, clone

AFTER_POOL = {
    "pool", "cross_check", "compare_versions", "draw_figures", "export_report", "publish",
}  # fmt: skip
REVIEW = "config/reviews/sacroplasty"


def _edit(project, name, old, new, count=1):
    path = project.folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{name} does not hold {old!r}"
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def _planned(project):
    run = project.snakemake("-n", "--cores", "4")
    assert run.status == 0, run.output
    return run.rules


# --- from nothing ---------------------------------------------------------------------------


def test_the_default_review_builds_from_nothing(built):
    project, run = built
    assert run.status == 0, run.output
    for name in ("page/index.html", "figures/primary.svg", "syntheses.json", "manifest.json"):
        assert (project.folder / "results/sacroplasty" / name).stat().st_size > 0


def test_the_last_words_are_the_result_the_page_and_what_waits_for_a_person(built):
    project, run = built
    summary = (project.folder / "results/sacroplasty/summary.txt").read_text()
    assert summary in run.output
    assert "results/sacroplasty/page/index.html" in summary
    fit = _primary(project)["fit"]
    assert f"{fit['b']:.2f}" in summary


def test_every_stage_says_in_a_line_what_it_did(built):
    _, run = built
    for rule in run.rules:
        assert re.search(rf"(?m)^\[sacroplasty\] {rule}: .*\d", run.output), rule


def test_a_second_run_has_nothing_to_do(built):
    project, _ = built
    run = project.snakemake("-n", "--cores", "4")
    assert run.status == 0
    assert "Nothing to be done" in run.output


def test_two_runs_in_two_folders_give_the_same_bytes(built, tmp_path):
    project, _ = built
    other = clone(tmp_path / "elsewhere")
    assert other.snakemake("--cores", "2").status == 0
    first, second = project.results(), other.results()
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_the_counts_add_up_from_the_exports_to_the_pool(built):
    project, _ = built
    base = project.folder / "results/sacroplasty"
    flow = json.loads((base / "flow.json").read_text())
    assert flow["records"] == flow["reports"] + flow["duplicates"]
    assert flow["reports"] == (
        flow["included"] + flow["excluded"] + flow["unclear"] + flow["awaiting"]
    )
    assert sum(flow["excluded_by_reason"].values()) == flow["excluded"]


def test_the_manifest_names_every_result_with_its_hash(built):
    import hashlib

    project, _ = built
    manifest = json.loads((project.folder / "results/sacroplasty/manifest.json").read_text())
    results = {
        f"results/sacroplasty/{name}": hashlib.sha256(data).hexdigest()
        for name, data in project.results().items()
        if name != "manifest.json"
    }
    assert manifest["results"] == results


def test_snakemake_s_own_report_carries_the_page_and_the_word_report(copy_of_built):
    run = copy_of_built.snakemake("--report", "report.html")
    assert run.status == 0, run.output
    html = (copy_of_built.folder / "report.html").read_text(encoding="utf-8")
    for name in ("page/index.html", "report.docx", "manifest.json", "tables/sensitivity.csv"):
        assert f"results/sacroplasty/{name}" in html, name


def test_the_primary_synthesis_equals_metafor(built):
    """The run's own numbers against R's on the same effects, to 1e-8 relative."""
    reference = json.loads((ROOT / "tests/reference/pooling.json").read_text())
    project, _ = built
    compared = 0
    for fit, r in [(_primary(project)["fit"], 0.5), *_correlation_grid(project)]:
        name = f"sacroplasty_primary_r{r}"
        if name not in reference["sets"]:
            continue
        compared += 1
        theirs = reference["sets"][name]["fits"]["REML"]
        for key in ("b", "se", "ci_low", "ci_high", "pi_low", "pi_high"):
            assert fit[key] == pytest.approx(theirs["knha"][key], rel=1e-8), (r, key)
        for key in ("tau2", "Q", "I2"):
            assert fit[key] == pytest.approx(theirs[key], rel=1e-8), (r, key)
    assert compared >= 4


def _correlation_grid(project):
    syntheses = json.loads((project.folder / "results/sacroplasty/syntheses.json").read_text())
    return [(row, row["r"]) for row in syntheses["correlation_grid"]]


def _primary(project):
    syntheses = json.loads((project.folder / "results/sacroplasty/syntheses.json").read_text())
    return next(item for item in syntheses["syntheses"] if item["id"] == syntheses["primary"])


# --- after an edit --------------------------------------------------------------------------


def test_editing_the_pooling_code_reruns_pool_and_what_follows_only(copy_of_built):
    path = copy_of_built.folder / "evergrove/pooling.py"
    path.write_text(path.read_text() + "\nEDITED = True\n")
    assert _planned(copy_of_built) == AFTER_POOL


def test_a_comment_in_the_code_reruns_nothing(copy_of_built):
    path = copy_of_built.folder / "evergrove/pooling.py"
    path.write_text(path.read_text() + "\n# a remark\n")
    assert _planned(copy_of_built) == set()


def test_a_new_citation_reruns_what_depends_on_it_and_waits_to_be_screened(copy_of_built):
    export = copy_of_built.folder / REVIEW / "citations/new.ris"
    export.write_text(
        "TY  - JOUR\nAU  - Invented, Ida\nTI  - A trial of sacroplasty that nobody has screened\n"
        "PY  - 2026\nJO  - Journal of Inventions\nER  - \n"
    )
    before = _primary(copy_of_built)["fit"]
    run = copy_of_built.snakemake("--cores", "4")
    assert run.status == 0, run.output
    assert "parse_citations" in run.rules
    to_screen = (copy_of_built.folder / "results/sacroplasty/to_screen.csv").read_text()
    assert "A trial of sacroplasty that nobody has screened" in to_screen
    assert _primary(copy_of_built)["fit"] == before


def test_a_second_review_is_a_folder_and_a_line_and_only_its_jobs_run(copy_of_built):
    reviews = copy_of_built.folder / "config/reviews"
    shutil.copytree(reviews / "sacroplasty", reviews / "second")
    _edit(copy_of_built, "config/reviews/second/protocol.yaml", "slug: sacroplasty", "slug: second")
    _edit(copy_of_built, "config/config.yaml", "  - sacroplasty", "  - sacroplasty\n  - second")
    run = copy_of_built.snakemake("-n", "--cores", "4")
    assert run.status == 0, run.output
    assert run.rules >= {"parse_citations", "pool", "draw_figures", "publish"}
    jobs = re.findall(r"(?m)^Job \d+: (.*)$", run.output)
    assert {job.split(": ")[0] for job in jobs} == {"second", "everything is built"}


def test_a_deleted_figure_is_drawn_again(copy_of_built):
    (copy_of_built.folder / "results/sacroplasty/figures/primary.svg").unlink()
    assert "draw_figures" in _planned(copy_of_built)


def test_a_new_review_without_any_citation_builds_an_honest_empty_page(copy_of_built):
    import subprocess
    import sys

    subprocess.run(
        [sys.executable, "-m", "evergrove", "new", "empty-one"],
        cwd=copy_of_built.folder,
        check=True,
        env={"PYTHONPATH": str(copy_of_built.folder), "PATH": "/usr/bin:/bin"},
    )
    run = copy_of_built.snakemake("--cores", "4")
    assert run.status == 0, run.output
    assert (copy_of_built.folder / "results/empty-one/page/index.html").exists()


# --- bad input ------------------------------------------------------------------------------

KORTMAN = f"{REVIEW}/extraction/kortman2013.json"
BAD = {
    "unknown config key": ("config/config.yaml", "reviews:", "revews:\nreviews:", r"revews"),
    "missing column": (f"{REVIEW}/screening.csv", "decision", "decided", r'"decision" is missing'),
    "missing studies column": (f"{REVIEW}/studies.csv", "cohort", "kohort", r'"cohort" is missing'),
    "negative SD": (KORTMAN, '"sd": 1.1', '"sd": -1.1', r"before\.sd.*-1\.1"),
    "mean outside the scale": (KORTMAN, '"mean": 9.2', '"mean": 92', r"before\.mean.*92"),
    "n of 0": (KORTMAN, '"n_analysed": 204', '"n_analysed": 0', r"n_analysed.*0"),
    "value not at its span": (KORTMAN, '"mean": 9.2', '"mean": 9.3', r"before\.mean.*9\.3"),
    "unknown key": (KORTMAN, '"statistic"', '"statistics"', r"statistics.*statistic"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_ends_with_one_message_and_status_2(copy_of_built, name):
    file, old, new, message = BAD[name]
    before = copy_of_built.results()
    _edit(copy_of_built, file, old, new)
    run = copy_of_built.snakemake("--cores", "4")
    assert run.status == 2, run.output
    last = run.output.strip().splitlines()[-1]
    assert last.startswith("evergrove: error: ")
    assert file in last
    assert re.search(message, last), last
    assert "Traceback" not in run.output
    # Nothing is half written: what is still there is whole, as it was.
    after = copy_of_built.results()
    assert {key: before[key] for key in after} == after


def test_a_citation_file_that_is_none_ends_with_one_message_and_status_2(copy_of_built):
    path = copy_of_built.folder / REVIEW / "citations/holiday.txt"
    path.write_text("Dear all,\nthe office is closed on Friday.\n")
    run = copy_of_built.snakemake("--cores", "4")
    assert run.status == 2
    last = run.output.strip().splitlines()[-1]
    assert "holiday.txt" in last and last.startswith("evergrove: error: ")
    assert "Traceback" not in run.output
