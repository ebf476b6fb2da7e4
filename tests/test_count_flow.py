"""The PRISMA 2020 flow: records, reports and studies apart, and every box adds up, always."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evergrove import count_flow, prisma_csv, tables
from evergrove.errors import EvergroveError

PROTOCOL = {
    "criteria": {"exclude": [{"id": "case"}, {"id": "no_score"}], "automatic": [{"id": "old"}]},
    "sources": [
        {"files": "trial*", "kind": "register", "name": "ClinicalTrials.gov"},
        {"files": "web.ris", "kind": "website", "name": "Publisher"},
        {"files": "hand.ris", "kind": "citation_search", "name": "Reference lists"},
    ],
}
FILES = {"scopus.ris": "scopus-ris", "trials.csv": "csv", "web.ris": "ris", "hand.ris": "ris",
         "2026-01-01-pubmed.xml": "pubmed-xml", "2026-02-01-pubmed.xml": "pubmed-xml"}  # fmt: skip
LOGS = [
    {
        "date": day,
        "searches": [{"export": f"{day}-pubmed.xml", "id": "pubmed", "database": "PubMed"}],
    }
    for day in ("2026-01-01", "2026-02-01")
]
OUTCOMES = [
    ("include", "full_text", ""), ("include", "title_abstract", ""),
    ("exclude", "title_abstract", "case"), ("exclude", "full_text", "no_score"),
    ("unclear", "title_abstract", ""), ("unclear", "full_text", ""),
    ("not_retrieved", "full_text", ""), ("awaiting", "", ""), ("ineligible", "automatic", "old"),
]  # fmt: skip


def review(reports, rejects=()):
    """Result files of a review; `reports`: (files of its records, outcome, study) each."""
    records, screened, studies, at = [], [], [], dict.fromkeys(FILES, 0)
    for number, (files, (decision, stage, reason), study) in enumerate(reports):
        ids = []
        for file in files:
            ids.append(f"{file}#{at[file]}")
            at[file] += 1
            records.append({"record_id": ids[-1], "source_file": file, "source_type": FILES[file]})
        name = f"report{number}"
        screened.append({"report": name, "decision": decision, "stage": stage, "reason": reason,
                         "records": "; ".join(ids)})  # fmt: skip
        studies.append({"report": name, "study": f"study{study}"})
    rejected = []
    for file in rejects:
        rejected.append({"source_file": file, "record_index": at[file]})
        at[file] += 1
    # A protocol may only name exports that are there.
    for file in FILES:
        if not at[file]:
            rejected.append({"source_file": file, "record_index": 0})
    return records, rejected, screened, studies


def count(files, **more):
    return count_flow.count_flow(*files, PROTOCOL, search_logs=LOGS, **more)


ANY_REPORT = st.tuples(
    st.lists(st.sampled_from(sorted(FILES)), min_size=1, max_size=4),
    st.sampled_from(OUTCOMES),
    st.integers(0, 5),
)
ANY_REJECTS = st.lists(st.sampled_from(sorted(FILES)), max_size=4)


@settings(max_examples=200, deadline=None)
@given(st.lists(ANY_REPORT, max_size=12), ANY_REJECTS)
def test_a_new_review_adds_up_whatever_it_holds(reports, rejects):
    files = review(reports, rejects)
    found = count(files)
    for what, total, parts in count_flow.sums(found):
        assert total == parts, what
    # Nothing is counted twice or lost: every entry of every export is in one of these.
    read = len(files[0]) + len(files[1])
    assert read == found["databases"]["identified"] + found["retrieved_again"] + (
        found["other"]["records"] + found["other"]["unreadable"]
    )
    assert found["included"]["reports"] == sum(o[0] == "include" for _, o, _ in reports)
    assert found["previous"] is None and found["variant"] == "new"


@settings(max_examples=200, deadline=None)
@given(st.lists(ANY_REPORT, max_size=8), st.lists(ANY_REPORT, max_size=8), ANY_REJECTS, st.data())
def test_an_updated_review_adds_up_whatever_happened_since(first, second, rejects, data):
    before_files = review(first)
    log = [
        {
            "source_file": file,
            "n_records": sum(row["source_file"] == file for row in before_files[0]),
            "n_rejects": sum(row["source_file"] == file for row in before_files[1]),
        }
        for file in FILES
    ]
    kept = count_flow.state("26.1.0", before_files[2], log, before_files[3])
    # Since then decisions changed, known reports came again in new exports, and new ones came.
    changed = [
        (files + data.draw(st.lists(st.sampled_from(sorted(FILES)), max_size=2)),
         data.draw(st.sampled_from(OUTCOMES)), study)
        for files, _, study in first
    ]  # fmt: skip
    records, rejected, screened, studies = review([*changed, *second], rejects)
    # Records that are new stand behind those of the version, as in a file that was added to.
    old = [row["record_id"] for row in before_files[0]]
    names = {}
    for row, _ in zip(before_files[2], first, strict=True):
        now = next(r for r in screened if r["report"] == row["report"])
        for mine, then in zip(now["records"].split("; "), row["records"].split("; "), strict=False):
            names[mine] = then
    fresh = dict.fromkeys(FILES, 0)
    for entry in log:
        fresh[entry["source_file"]] = entry["n_records"] + entry["n_rejects"]
    for row in records:
        if row["record_id"] not in names:
            names[row["record_id"]] = f"{row['source_file']}#{fresh[row['source_file']]}"
            fresh[row["source_file"]] += 1
    records = [row | {"record_id": names[row["record_id"]]} for row in records]
    screened = [
        row | {"records": "; ".join(names[r] for r in row["records"].split("; "))}
        for row in screened
    ]
    rejected = [row | {"record_index": fresh[row["source_file"]]} for row in rejected]
    assert set(old) <= {row["record_id"] for row in records}
    found = count((records, rejected, screened, studies), before=count_flow.previous(kept))
    for what, total, parts in count_flow.sums(found):
        assert total == parts, what
    assert found["variant"] == "updated"
    assert found["previous"]["reports"] == len(kept["included"]["reports"])
    rows = {r["data"]: r["n"] for r in prisma_csv.prisma_rows(found, {})}
    left = sum(rows[key] for key in ("duplicates", "excluded_automatic", "excluded_other"))
    assert rows["database_results"] + rows["register_results"] == left + rows["records_screened"]


def test_a_second_fetch_of_the_same_search_identifies_nothing_new():
    pubmed = ["2026-01-01-pubmed.xml", "2026-02-01-pubmed.xml"]
    found = count(review([(pubmed, OUTCOMES[0], 1), (["scopus.ris"], OUTCOMES[0], 2)]))
    assert found["retrieved_again"] == 1
    assert found["databases"]["databases"]["PubMed"] == 1
    assert found["databases"]["duplicates"] == 0


def test_sources_are_told_apart_and_a_database_counts_before_another_way():
    found = count(
        review(
            [
                (["scopus.ris", "web.ris"], OUTCOMES[0], 1),
                (["web.ris"], OUTCOMES[3], 2),
                (["hand.ris"], OUTCOMES[0], 1),
                (["trials.csv"], OUTCOMES[2], 3),
            ]
        )
    )
    dbr, other = found["databases"], found["other"]
    assert dbr["registers"] == {"ClinicalTrials.gov": 1}
    assert (other["records"], other["known_already"], other["identified"]) == (3, 1, 2)
    assert (other["website"], other["citation_search"]) == (1, 1)
    assert other["reports_excluded_by_reason"] == {"no_score": 1}
    assert (found["included"]["reports"], found["included"]["studies"]) == (2, 1)


def test_a_new_report_of_a_known_study_is_a_report_but_no_study():
    first = [(["scopus.ris"], OUTCOMES[0], 1)]
    log = [{"source_file": "scopus.ris", "n_records": 1, "n_rejects": 0}]
    files = review(first)
    kept = count_flow.previous(count_flow.state("25.1.0", files[2], log, files[3]))
    found = count(review([*first, (["scopus.ris"], OUTCOMES[0], 1)]), before=kept)
    assert (found["included"]["new_reports"], found["included"]["new_studies"]) == (1, 0)
    assert (found["included"]["reports"], found["included"]["studies"]) == (2, 1)


def test_a_source_that_fits_no_export_is_named():
    protocol = PROTOCOL | {"sources": [{"files": "wb.ris", "kind": "website", "name": "x"}]}
    with pytest.raises(EvergroveError, match="no citation export has such a name") as error:
        count_flow.count_flow(*review([(["web.ris"], OUTCOMES[0], 1)]), protocol)
    assert error.value.place == "sources[0].files"


def test_files_that_contradict_each_other_stop_the_count():
    records, rejects, screened, studies = review([(["scopus.ris"], OUTCOMES[0], 1)])
    with pytest.raises(EvergroveError, match=r"not in records\.jsonl"):
        count((records[:-1], rejects, screened, studies))


def test_the_table_for_the_r_package_says_what_waits_and_has_no_stray_separator():
    files = review(
        [
            (["scopus.ris"], OUTCOMES[7], 1),
            (["scopus.ris"], OUTCOMES[4], 2),
            (["scopus.ris"], OUTCOMES[3], 3),
            (["scopus.ris"], OUTCOMES[5], 4),
        ]
    )
    rows = {
        row["data"]: row
        for row in prisma_csv.prisma_rows(count(files), {"no_score": "No score, none; at all"})
    }
    assert "1 of them await screening" in rows["excluded_other"]["boxtext"]
    assert "1 not sought yet" in rows["dbr_notretrieved_reports"]["boxtext"]
    assert rows["dbr_excluded"]["n"] == "No score – none – at all, 1; Awaiting classification, 1"
    text = tables.format_csv(list(rows.values()), prisma_csv.COLUMNS)
    assert text.splitlines()[0] == "data,node,box,description,boxtext,tooltips,url,n"


def test_the_newest_version_is_told_by_number_not_by_name(tmp_path):
    paths = []
    for version in ("25.9.0", "25.10.0"):
        path = tmp_path / f"{version}.json"
        tables.write_json(path, count_flow.state(version, [], [], []))
        paths.append(path)
    assert count_flow.newest(paths).version == "25.10.0"
    assert count_flow.newest([]) is None
