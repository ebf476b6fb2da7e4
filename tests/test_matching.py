"""Which records are one report: every rule with the pair that it is for, and what always holds."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.duplicates import score
from benchmarks.made_citations import make_citations
from evergrove.errors import EvergroveError
from evergrove.matching import match
from evergrove.matching_evidence import Features, compare_pages
from evergrove.matching_journals import same_journal
from evergrove.matching_rules import Verdict, judge
from evergrove.matching_table import dedupe, read_table
from evergrove.matching_titles import Title, compare_titles
from evergrove.normalise import title_key, title_words

PAPER = {
    "title": "Cement for the painful sacrum: a prospective series",
    "authors": "Arden, Mira J. and Boyle, Tom and Cole, Dan",
    "year": "2019",
    "journal": "Journal of Bone Interventions",
    "volume": "12",
    "issue": "3",
    "pages": "201-209",
    "doi": "10.1000/bone.7",
}
BARE = PAPER | {"doi": ""}
NO_PLACE = {name: BARE[name] for name in ("title", "authors", "year")}


def verdict(a, b):
    found = judge(Features(a), Features(b))
    assert judge(Features(b), Features(a)).verdict is found.verdict
    return found.verdict


@pytest.mark.parametrize(
    "change",
    [
        {"title": "CEMENT FOR THE PAINFUL SACRUM - A PROSPECTIVE SERIES. [Review] [12 refs]"},
        {"title": "Cement for the painfull sacrum: a prospektive series", "pages": "201-9"},
        {"title": "Cement for the painful sacrum"},
        {"authors": "Arden MJ, Boyle T, Cole D"},
        {"authors": "Mira J., Arden and Tom, Boyle and Dan, Cole"},
        {"authors": "Arden, M."},
        {"authors": ""},
        {"journal": "J Bone Interv"},
        {"journal": "Journal of Bone Interventions (Online)"},
        {"journal": "JBI: Journal of Bone Interventions"},
        {"journal": ""},
        {"journal": "", "authors": ""},
        {"journal": "Zeitschrift fur Knochen"},
        {"pages": ""},
        {"pages": "201"},
        {"pages": "t-9"},
        {"pages": "e17"},
        {"volume": ""},
        {"volume": "12 Suppl 1", "pages": ""},
        {"volume": "", "pages": ""},
        {"year": "2020"},
        {"year": "2020", "pages": ""},
        {"year": "2012"},
        {"doi": "https://doi.org/10.1000/BONE.7", "journal": "", "volume": "", "pages": ""},
        {"title": "Cement for the painful sacrum", "pages": ""},
        {"title": "Cement for the painful sacrum: a prospective ser", "pages": ""},
        {"title": "Abstract 12: Cement for the painful sacrum: a prospective series"},
        {"title": "Cement for the painful sacrum: a prospective series [abstract no. 12]"},
        {"authors": "Sacral Cement Study Group"},
        {"authors": "Group, Sacral Cement Study", "pages": ""},
        {"authors": "Arden, Mira J. and Sacral Cement Investigators"},
        {"volume": "Suppl 2"},
        {"year": "2018", "volume": "", "issue": "", "pages": ""},
    ],
)
def test_a_record_written_otherwise_is_the_same_report(change):
    assert verdict(PAPER, BARE | change) is Verdict.SAME


@pytest.mark.parametrize(
    "change",
    [
        {"journal": "Spine Congress", "volume": "3", "pages": "S12"},
        {"year": "2021", "volume": "14", "pages": "33-40"},
        {"title": "Erratum to: Cement for the painful sacrum: a prospective series", "pages": "3"},
        {"title": "Reply to Cement for the painful sacrum: a prospective series", "pages": "3"},
        {
            "title": "Cement for the painful sacrum: a prospective series. Part 2",
            "pages": "210-219",
        },
        {"title": "Cement for the painless sacrum: a retrospective series", "pages": "210-219"},
        {"journal": "medRxiv", "volume": "", "pages": "", "issue": ""},
        {"title": "In reply: Cement for the painful sacrum: a prospective series", "pages": ""},
        {"title": "Cement for the painful sacrum: a prospective series - reply"},
        {"title": "Cement for the painful sacrum: a prospective series: authors' response"},
        {"title": "Publisher correction: Cement for the painful sacrum", "pages": ""},
        {"title": "Cement for the painful sacrum: a retrospective series", "pages": ""},
        {"title": "Cement for the painful sacrum: protocol of a prospective series", "pages": ""},
        {"title": "Cement for the painful sacrum: a prospective series: its cost", "pages": ""},
    ],
)
def test_another_report_of_the_study_is_suggested_and_not_merged(change):
    assert verdict(PAPER, BARE | change) in {Verdict.RELATED, Verdict.MAYBE}


@pytest.mark.parametrize(
    "change",
    [
        {"authors": "Dorn, E. and Egger, F.", "pages": "300-309"},
        {"title": "Radiation for the painful sacrum after failed surgery", "pages": "300-309"},
    ],
)
def test_other_authors_or_another_title_are_another_report(change):
    assert verdict(BARE, BARE | change) is Verdict.DIFFERENT


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Balloons and the pelvis", "authors": "Dorn, E", "doi": PAPER["doi"]},
        {"title": "", "doi": PAPER["doi"]},
        {"title": "Cement for the painful sacrum: a prospective series", "doi": "10.1000/x",
         "authors": "Dorn, E"},
    ],
)  # fmt: skip
def test_a_doi_alone_never_makes_two_records_one_report(other):
    assert verdict(PAPER, other) is not Verdict.SAME


def test_two_pmids_are_two_reports_however_equal_the_rest():
    assert verdict(PAPER | {"pmid": "1"}, PAPER | {"pmid": "2"}) is Verdict.MAYBE
    assert verdict(PAPER | {"pmid": "1"}, BARE | {"pmid": "1", "title": "[Zement]"}) is Verdict.SAME


def test_one_pmid_on_unlike_records_is_a_question():
    other = {"title": "Balloons and the pelvis", "authors": "Dorn, E", "pmid": "1"}
    assert verdict(PAPER | {"pmid": "1"}, other) is Verdict.MAYBE


def test_a_record_without_a_place_is_a_question_unless_its_abstract_is_the_same():
    assert verdict(BARE, NO_PLACE) is Verdict.MAYBE
    text = {"abstract": "BACKGROUND: Forty patients were treated with cement. " * 4}
    assert verdict(BARE | {"volume": "", "pages": ""} | text, NO_PLACE | text) is Verdict.SAME


def test_identical_records_always_merge():
    assert verdict(NO_PLACE, NO_PLACE) is Verdict.SAME
    column = {"title": "Editorial", "year": "2019", "journal": "Bone", "pages": "1"}
    assert verdict(column, column) is Verdict.SAME
    assert verdict({"title": "Editorial"}, {"title": "Editorial"}) is not Verdict.SAME


def test_columns_with_one_title_are_told_apart_by_their_pages():
    column = {"title": "Guest editorial: introduction to the special issue",
              "authors": "Arden, M", "year": "2019", "journal": "Bone", "volume": "12"}  # fmt: skip
    assert verdict(column | {"pages": "1-2"}, column | {"pages": "101-102"}) is not Verdict.SAME


@pytest.mark.parametrize(
    ("common", "a", "b"),
    [
        # A column of one author, in two issues of one volume.
        (
            {"title": "Picture of the month", "authors": "Arden, M", "year": "2019",
             "journal": "Bone", "volume": "12"},
            {"pages": "12"}, {"pages": "45"},
        ),
        (
            {"title": "Picture of the month", "authors": "Arden, M", "year": "2019",
             "journal": "Bone", "volume": "12"},
            {"issue": "1"}, {"issue": "2", "pages": "45"},
        ),
        # Letters on one matter are printed together, under one title.
        (
            {"title": "Cement in the sacrum of the old", "year": "2019", "journal": "Bone",
             "volume": "12", "pages": "88-89"},
            {"authors": "Arden, M"}, {"authors": "Dorn, E"},
        ),
        # A Cochrane review and its update, under one number.
        (
            {"title": "Cement for fractures of the sacrum", "authors": "Arden, M; Boyle, T",
             "journal": "Cochrane Database of Systematic Reviews", "pages": "CD009999"},
            {"year": "2019", "issue": "1"}, {"year": "2019", "issue": "4"},
        ),
        # What comes every year.
        (
            {"title": "Annual report of the register of fractures of the sacrum",
             "authors": "Arden, M; Boyle, T", "journal": "Bone"},
            {"year": "2018"}, {"year": "2019", "volume": "12", "pages": "1-9"},
        ),
        (
            {"title": "Poster abstracts", "journal": "Bone", "year": "2019",
             "doi": "10.1000/supplement"},
            {"authors": "Arden, M"}, {"authors": "Dorn, E"},
        ),
    ],
)  # fmt: skip
def test_what_has_one_title_and_almost_one_place_is_not_joined(common, a, b):
    assert verdict(common | a, common | b) is not Verdict.SAME


def test_an_abstract_of_a_meeting_is_known_by_its_number_whatever_stands_for_the_journal():
    listed = {"journal": "Bone Society, Annual Conference, Oslo", "volume": "", "issue": ""}
    numbered = BARE | {"pages": "A1432"}
    assert verdict(numbered, BARE | listed | {"pages": "A1432 [Poster: D34]"}) is Verdict.SAME
    assert verdict(numbered, BARE | listed | {"pages": "A1433"}) is not Verdict.SAME
    assert verdict(BARE | {"pages": "12"}, BARE | listed | {"pages": "12"}) is not Verdict.SAME


def test_an_erratum_is_known_by_its_type_too():
    typed = {"publication_types": ["Journal Article"]}
    erratum = {"publication_types": ["Published Erratum"], "pages": ""}
    assert verdict(BARE | typed, BARE | erratum) is Verdict.RELATED


@pytest.mark.parametrize(
    ("author", "expected"), [("Arden, Mira", Verdict.SAME), ("Arden, M", Verdict.MAYBE)]
)
def test_a_dissertation_and_its_listing_are_one_if_the_author_is_spelt_out(author, expected):
    handed_in = {"title": PAPER["title"], "authors": author, "year": "2018", "volume": "Ph.D.",
                 "pages": "94 p"}  # fmt: skip
    listed = handed_in | {"year": "2019", "journal": "Dissertation Abstracts International",
                          "authors": "Arden, Mira", "volume": "70", "pages": "1524"}  # fmt: skip
    assert verdict(handed_in, listed) is expected


# --- titles, journals, pages --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Follow-up of groups", "Followup of Groups!", Title.EXACT),
        ("Haemorrhage and tumours in the aged", "Hemorrhage and tumors in the aged", Title.NEAR),
        ("Cells that can not be squamos", "Cells that cannot be squamous", Title.NEAR),
        ("Neglect in chronic stroke", "Neglect in chronic stroke: a comparison", Title.PART),
        ("Cement: part I", "Cement: part II", Title.NUMBER),
        ("Outcome in 40 patients", "Outcome in 41 patients", Title.NUMBER),
        ("Cement: part II", "Cement, part 2", Title.NEAR),
        ("A phase III trial of cement", "A phase 3 trial of cement", Title.NEAR),
        ("Two-year outcome of cement", "2-year outcome of cement", Title.NEAR),
        ("Cement in the old sacrum", "Cement in the old sacrum: a pilot study", Title.DESIGN),
        ("P123 Cement in sacral bone", "Cement in sacral bone", Title.PART),
        ("P123 Cement in sacral bone", "P124 Cement in sacral bone", Title.NUMBER),
        ("Systolic pressure in sacral pain", "Diastolic pressure in sacral pain", Title.NUMBER),
        ("Cement in sacral bone", "Cement in sacral bone: erratum", Title.NOTICE),
        ("Typical cells in smears", "Atypical cells in smears", Title.NUMBER),
        ("Care of inpatients with pain", "Care of outpatients with pain", Title.NUMBER),
        ("Treated with cement", "Treated without cement", Title.NUMBER),
        ("Hypotension in the elderly", "Hypertension in the elderly", Title.NUMBER),
        ("Erratum: cement in sacral bone", "Cement in sacral bone", Title.NOTICE),
        ("Smears with atypical repair and HPV", "Smears with atrophy and HPV", Title.OTHER),
    ],
)
def test_what_two_titles_have_in_common(a, b, expected):
    def relation(one, two):
        return compare_titles(title_words(one), title_key(one), title_words(two), title_key(two))

    assert relation(a, b)[0] is expected
    assert relation(b, a) == relation(a, b)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("J Head Trauma Rehabil", "Journal of Head Trauma Rehabilitation", True),
        ("Stroke (00392499)", "Stroke; a journal of cerebral circulation", True),
        ("BMJ (Clinical research ed.)", "BMJ", True),
        ("JAMA", "Journal of the American Medical Association", True),
        ("PNAS", "Proceedings of the National Academy of Sciences of the USA", True),
        ("Drugs & Aging", "Drugs and Aging", True),
        ("Zhongguo Zhenjiu", "Zhongguo zhen jiu [Chinese acupuncture]", True),
        ("CMAJ : Canadian Medical Association journal = journal de l'AMC",
         "CMAJ Canadian Medical Association Journal", True),
        ("AMCIS 2017 Proceedings", "Americas Conference on Information Systems", True),
        ("Proceedings of the 2017 CHI Conference on Human Factors in Computing Systems",
         "Conference on Human Factors in Computing Systems", True),
        ("Cancer", "Cancer Research", None),
        ("Circulation", "Circulation: Heart Failure", None),
        ("", "Cancer", None),
        ("Brain Injury", "Brain Impairment", False),
        ("Journal of Clinical Oncology", "Journal of Clinical Urology", False),
        ("ICIS 2010 Proceedings", "AMCIS 2010 Proceedings", False),
        ("Journal of Polymer Science A", "Journal of Polymer Science B", False),
    ],
)  # fmt: skip
def test_whether_two_names_are_one_journal(a, b, expected):
    assert same_journal(a, b) is expected
    assert same_journal(b, a) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (("201", "209"), ("201", "209"), 2),
        (("201", "209"), ("201", ""), 2),
        (("100a", "101a"), ("100a", ""), 1),
        (("487", "488"), ("488", ""), 1),
        (("s15", "s25"), ("", "25"), 1),
        (("1", "6"), ("e12724", ""), 0),
        (("", ""), ("12", ""), 0),
        (("201", "209"), ("210", "219"), -1),
    ],
)
def test_what_pages_say(a, b, expected):
    assert compare_pages(a, b) == compare_pages(b, a) == expected


# --- clusters -----------------------------------------------------------------------------------


def test_a_record_that_says_little_does_not_tie_two_reports_together():
    paper = BARE | {"pages": "201-209"}
    abstract = BARE | {"pages": "S12", "volume": "11", "issue": "9"}
    vague = BARE | {"pages": "", "volume": "", "issue": ""}
    found = match([paper, abstract, vague])
    assert len(found.clusters) == 2
    assert [0] in found.clusters or [1] in found.clusters
    assert found.maybe or found.related


def test_links_hold_the_clusters_together_and_no_more():
    found = match([PAPER, BARE, PAPER | {"year": "2020"}, NO_PLACE])
    assert found.clusters == [[0, 1, 2], [3]]
    assert len(found.links) == 2
    assert [(link.a, link.b) for link in found.maybe] == [(0, 3), (1, 3), (2, 3)]


FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(
            ["", PAPER["title"], "Cement for the painful sacrum", "Editorial", "Part I of it all"]
        ),
        "authors": st.sampled_from(["", PAPER["authors"], "Arden M", "Boyle, T", "X"]),
        "year": st.sampled_from(["", "2019", "2020", "1999"]),
        "journal": st.sampled_from(["", "J Bone Interv", PAPER["journal"], "Spine"]),
        "volume": st.sampled_from(["", "12", "13"]),
        "pages": st.sampled_from(["", "201-209", "201", "S12"]),
        "doi": st.sampled_from(["", "10.1000/bone.7", "10.1000/x"]),
        "pmid": st.sampled_from(["", "1", "2"]),
    },
)


@settings(max_examples=200, deadline=None)
@given(st.lists(FIELDS, max_size=10))
def test_every_record_is_in_one_cluster_and_no_cluster_has_two_pmids(records):
    found = match(records)
    assert sorted(at for cluster in found.clusters for at in cluster) == list(range(len(records)))
    assert len(found.links) == len(records) - len(found.clusters)
    home = {at: cluster[0] for cluster in found.clusters for at in cluster}
    for link in [*found.maybe, *found.related]:
        assert home[link.a] != home[link.b]
    for cluster in found.clusters:
        assert len({records[at].get("pmid") for at in cluster} - {None, ""}) <= 1


@settings(max_examples=200, deadline=None)
@given(FIELDS, FIELDS)
def test_a_verdict_is_the_same_both_ways(a, b):
    one, two = judge(Features(a), Features(b)), judge(Features(b), Features(a))
    assert (one.verdict, one.rule) == (two.verdict, two.rule)


def test_made_up_citations_are_matched_without_a_wrong_join():
    rows = list(make_citations(4000, seed=7))
    found = dedupe(rows)
    duplicates, missed, wrong = score(found["clusters"], {row["id"]: row["truth"] for row in rows})
    assert duplicates > 1000
    assert wrong == 0
    assert missed <= 0.005 * duplicates


LABELLED = Path(os.environ.get("EVERGROVE_LABELLED_DUPLICATES", "no such folder"))


@pytest.mark.skipif(
    not LABELLED.is_dir(), reason="EVERGROVE_LABELLED_DUPLICATES names no folder of labelled sets"
)
def test_labelled_sets_are_matched_without_a_wrong_join():
    for folder in sorted(path for path in LABELLED.iterdir() if path.is_dir()):
        rows = read_table(folder / "records_pre_merged.csv")
        truth = {str(row["id"]): str(row["id"]) for row in rows}
        lines = (folder / "merged_record_ids.csv").read_text().split()[1:]
        for number, line in enumerate(lines):
            truth |= dict.fromkeys(line.strip('"').split(";"), f"cluster {number}")
        duplicates, missed, wrong = score(dedupe(rows)["clusters"], truth)
        assert (wrong, missed <= 0.005 * duplicates) == (0, True), folder.name


# --- the table of the command line ----------------------------------------------------------------


def test_a_csv_with_other_names_of_columns_is_read(tmp_path):
    path = tmp_path / "citations.csv"
    path.write_text(
        "ID,author,title,year,booktitle,number,colour\n"
        '1,"Arden, M",Cement in the sacrum of the old,2019,Bone Congress,3,red\n'
        '2,"Arden, Mira",Cement in the Sacrum of the Old,2019,Bone Congress,,blue\n'
    )
    rows = read_table(path)
    assert rows[0]["journal"] == "Bone Congress" and rows[0]["issue"] == "3"
    assert dedupe(rows) == {
        "clusters": [["1", "2"]], "maybe": [], "related": [], "n_records": 2
    }  # fmt: skip


def test_json_lines_are_read_with_lists_of_authors(tmp_path):
    path = tmp_path / "citations.txt"
    path.write_text(
        '{"id": 1, "title": "Cement in the sacrum of the old", "authors": ["Arden, M"],'
        ' "year": 2019, "journal": "Bone", "volume": "1"}\n'
        '{"id": 2, "title": "Cement in the sacrum of the old", "authors": ["Arden, M"],'
        ' "year": 2019, "journal": "Bone", "pages": null}\n'
    )
    assert dedupe(read_table(path))["clusters"] == [["1", "2"]]


def test_an_empty_table_has_no_clusters(tmp_path):
    path = tmp_path / "citations.csv"
    path.write_text("id,title\n")
    assert dedupe(read_table(path)) == {
        "clusters": [], "maybe": [], "related": [], "n_records": 0
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("title\nCement\n", "no id", "line 2"),
        ("id,title\n1,a\n1,b\n", "stands twice, first in line 2", "line 3"),
        ("id,colour\n1,red\n", "no column", None),
        ("id,title\n1,a,b\n", "3 cells", "line 2"),
        ('{"id": 1, "title": "a"}\n[1]\n', "not an object", "object 2"),
        ('{"id": 1, "title": \n', "not valid JSON", "line 1"),
    ],
)
def test_a_table_that_cannot_be_used_is_named_with_its_place(tmp_path, text, words, place):
    path = tmp_path / "citations"
    path.write_text(text)
    with pytest.raises(EvergroveError, match=words) as error:
        read_table(path)
    assert error.value.file == str(path)
    assert error.value.place == place
