"""The page says what the result files say, all of it, as text, and adds nothing of its own."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from evergrove.errors import EvergroveError
from evergrove.page import changes as page_changes
from evergrove.page import checklist, derivations, flow, headline, methods, published, waiting
from evergrove.page.render import render
from evergrove.page.view import view
from tests.page_sample import fit, plain, sample, without_primary_fit

# --- the first screen --------------------------------------------------------------------------


def test_the_conclusion_names_change_interval_direction_and_evidence():
    assert plain(headline.conclusion(sample())) == (
        "Across 2 studies (2 cohorts, 72 people), the mean change in pain (VAS 0–10) was "
        "3.20 points (95% CI 2.50 to 3.90): less pain after than before."
    )


def test_an_interval_that_includes_zero_leaves_the_direction_open():
    text = headline.conclusion(without_primary_fit(fit=fit(0.3)))
    assert "0.30 points (95% CI −0.40 to 1.00)" in plain(text)
    assert "the direction of the change is not established" in text


def test_a_change_for_the_worse_is_said_to_be_the_opposite():
    text = headline.conclusion(without_primary_fit(fit=fit(-3.0)))
    assert "−3.00 points" in plain(text)
    assert text.endswith("the opposite of “less pain after than before”.")


def test_without_a_fit_the_page_says_that_nothing_is_pooled():
    everything = [
        {"measurement_id": row["measurement_id"], "label": "", "reason": "too early to say"}
        for row in sample().measurements
    ]
    empty = dict.fromkeys(("k", "n_studies", "n_people"), 0)
    results = without_primary_fit(fit=None, robust=None, studies=[], dropped=everything, **empty)
    assert "Nothing can be pooled yet" in headline.conclusion(results)
    assert headline.spread(results) is None
    assert headline.summary(results).startswith("baths: nothing pooled yet\n")
    assert "Nothing can be pooled yet" in render(view(results))


def test_a_review_with_nothing_in_it_yet_has_a_page():
    empty = dict.fromkeys(("k", "n_studies", "n_people"), 0)
    nothing = without_primary_fit(fit=None, robust=None, studies=[], dropped=[], **empty)
    syntheses = {**nothing.syntheses, "correlation_grid": [], "statements": [], "subgroups": []}
    syntheses["syntheses"] = syntheses["syntheses"][:1]
    rows = ("effects", "measurements", "to_verify", "disagreements", "screened", "to_screen",
            "search_log", "leave_one_out", "rejects", "possible", "studies", "candidates",
            "records")  # fmt: skip
    flow_counts = {name: 0 for name in nothing.flow} | {
        "excluded_by_reason": {},
        "ineligible_by_reason": {},
    }
    engines = {**nothing.engines, "checks": [], "max_relative_difference": None}
    results = sample(
        syntheses=syntheses,
        flow=flow_counts,
        engines=engines,
        figures={},
        **dict.fromkeys(rows, ()),
    )
    html = render(view(results))
    assert "Nothing can be pooled yet" in html
    assert "<b>Waiting for a person:</b> nothing." in html
    assert headline.summary(results).splitlines()[2] == "waiting for a person: nothing"


def test_a_single_cohort_has_no_tau_and_no_prediction_interval():
    only = sample().primary["studies"][:1]
    single = fit(
        method="EE", tau2=0.0, tau2_ci_low=None, tau2_ci_high=None, pi_low=None, pi_high=None
    )
    results = without_primary_fit(fit=single, k=1, n_studies=1, n_people=30, studies=only)
    assert plain(headline.conclusion(results)).startswith(
        "In the only cohort (30 people), the mean"
    )
    labels = [fact["label"] for fact in headline.facts(results)]
    assert labels == ["Mean change", "Evidence", "Certainty (GRADE)", "Last search"]


def test_the_facts_hold_interval_prediction_tau_evidence_and_search():
    facts = {
        fact["label"]: (plain(fact["value"]), plain(fact["detail"]))
        for fact in headline.facts(sample())
    }
    assert facts["Mean change"] == ("3.20 points", "95% confidence interval 2.50 to 3.90")
    assert facts["95% prediction interval"][0] == "1.30 to 5.10"
    assert facts["Between cohorts, τ"][0] == "0.63 points"
    assert facts["Between cohorts, τ"][1].endswith("95% CI 0.32–1.58")
    assert facts["Last search"][0] == "2025-03-04"


def test_a_cluster_robust_interval_stands_beside_where_cohorts_share_a_study():
    robust = {**sample().primary["robust"], "clusters": 1}
    fact = headline.facts(without_primary_fit(robust=robust))[0]
    assert plain(fact["detail"]).endswith("2.50 to 3.90; cluster-robust 0.10 to 6.30")


def test_exports_without_a_date_leave_the_search_date_unstated():
    results = sample()
    undated = [{**row, "source_file": "export-20250304.ris"} for row in results.search_log]
    date, detail = headline.search_date(replace(results, search_log=undated))
    assert date == "not stated"
    assert plain(detail) == "2 citation exports, none of them dated"


def test_what_waits_for_a_person_is_counted_by_kind_and_linked_to_its_list():
    found = {item["target"]: plain(item["text"]) for item in waiting.waiting(sample())}
    assert found == {
        "to-screen": "1 report to screen",
        "to-verify": "1 to verify (unverified candidate)",
        "possible-duplicates": "1 pair of reports that may be one",
        "rejects": "1 entry that could not be read",
        "agreement": "1 cell that the program read otherwise",
    }
    html = render(view(sample()))
    assert all(f'id="{target}"' in html for target in found)


def test_the_summary_has_three_plain_lines():
    lines = headline.summary(sample()).splitlines()
    assert len(lines) == 3
    assert lines[0] == (
        "baths: mean change in pain (VAS 0–10) 3.20 points (95% CI 2.50 to 3.90), prediction "
        "interval 1.30 to 5.10, 2 studies (2 cohorts, 72 people); less pain after than before"
    )
    assert lines[1] == "page: results/baths/page/index.html"
    assert lines[2].startswith("waiting for a person: 1 report to screen; ")


# --- the flow ----------------------------------------------------------------------------------


def test_each_box_of_the_flow_is_the_one_above_less_what_leaves_it():
    boxes = flow.flow(sample())
    # Entries that could not be read were never records.
    unread = "Entries that could not be read"
    for above, below in itertools.pairwise(boxes):
        lost = sum(int(item["count"]) for item in above["aside"] if item["label"] != unread)
        assert int(above["count"]) - lost == int(below["count"]), above["label"]
    reasons = boxes[2]["aside"][0]["aside"]
    assert [(item["label"], item["count"]) for item in reasons] == [("Another joint", "1")]


@pytest.mark.parametrize(
    ("place", "count"),
    [("records", 7), ("reports", 6), ("screened", 3), ("excluded", 2), ("included", 4)],
)
def test_counts_that_do_not_add_up_stop_the_page(place, count):
    results = sample()
    with pytest.raises(EvergroveError, match=r"results/baths/\w+"):
        view(replace(results, flow={**results.flow, place: count}))


def test_a_pooled_report_that_was_not_included_stops_the_page():
    results = sample()
    swapped = {"birch2015": "exclude", "date2019": "include"}
    screened = [
        {**row, "decision": swapped.get(row["report"], row["decision"])} for row in results.screened
    ]
    with pytest.raises(EvergroveError, match=r"pooled report is not among the included.*birch2015"):
        view(replace(results, screened=screened))


# --- methods --------------------------------------------------------------------------------------


def test_methods_are_written_from_the_protocol():
    text = plain(" ".join(item["text"] for item in methods.methods(sample())))
    for words in (
        "restricted maximum likelihood (REML)",
        "Knapp–Hartung",
        "nearest to 30 days within 0 to 91 days",
        "time is not stated are admitted and flagged",
        "r is assumed to be 0.5, and varied over 0 and 0.5",
        "Cohorts of fewer than 11 people are left out",
        "flagged “copied” are left out",
        "Only verified measurements are pooled",
        "Verified by: a reader (4 measurements)",
    ):
        assert words in text
    protocol = {**sample().protocol, "model": {"method": "EE", "test": "z", "level": 90}}
    text = methods.methods(sample(protocol=protocol))[5]["text"]
    assert "equal-effects" in text and "90%" in text and "prediction" not in text


def test_another_input_another_state():
    before = methods.state(sample())
    assert before == methods.state(sample())
    assert before != methods.state(sample(inputs={"config/reviews/baths/protocol.yaml": "00" * 32}))
    assert before != methods.state(sample(versions={"jinja2": "3.1.7"}))


# --- two reviewers -----------------------------------------------------------------------------


def test_the_methods_say_how_far_two_reviewers_agreed():
    text = methods._screening(sample())
    assert "Ann and Ben decided alike on 3 of 4 titles and abstracts (Cohen's kappa 0.50" in text
    assert "1\xa0conflict is still open" in text
    assert "kappa" not in methods._screening(sample(agreement=(), conflicts=()))


def test_the_methods_say_what_the_order_of_the_waiting_rests_on():
    recall = {"recall": 0.8, "ci_low": 0.7, "ci_high": 0.9}
    order = {"method": "decisions", "n_included": 3, "n_excluded": 1}
    text = methods._screening(sample(recall={"order": order, "recall": recall}))
    assert "(3 included, 1 excluded); the order decides nothing" in text
    assert "80% (95% interval 70% to 90%)" in text
    unknown = {"order": order | {"method": "none"}, "recall": dict.fromkeys(recall)}
    assert "interval 70%" not in methods._screening(sample(recall=unknown))
    assert "order decides" not in methods._screening(sample(to_screen=[]))


def test_a_report_on_which_reviewers_differ_shows_what_each_said():
    [found] = [table for table in waiting.tables(sample()) if table["id"] == "to-screen"]
    assert "consensus (Ann: include; Ben: exclude (other_joint))" in str(found)


def changed_results():
    """The sample with a version before it, in which one study less was pooled."""
    results = sample()
    primary = results.primary
    before = {"k": 2, "n_studies": 2, "n_people": 60, "fit": primary["fit"] | {"b": 2.9}}
    after = {name: primary[name] for name in ("k", "n_studies", "n_people", "fit")}
    told = {
        "studies": {
            "added": ["alder2011"], "removed": [],
            "added_to_primary": ["alder2011"], "removed_from_primary": [],
        },
        "measurements": {"added": [], "removed": [], "corrected": [], "reclassified": []},
        "reports": {"added": [], "removed": [], "decided_otherwise": [], "retracted": []},
        "syntheses": [{"id": primary["id"], "label": "x", "before": before, "after": after}],
        "conclusion": {"rule": "The rule.", "before": "some", "after": "some", "changed": False},
    }  # fmt: skip
    step = {"version": "26.1.0", "date": "2026-01-31"} | after
    return replace(
        results,
        changes={
            "version": "26.1.0", "date": "2026-01-31", "note": "", "changes": told,
            "previous": {"version": "25.1.0", "date": "2025-01-31"}, "trajectory": [step],
        },
    )  # fmt: skip


def test_the_first_screen_tells_what_changed_since_the_last_version():
    found = page_changes.changes(changed_results())
    assert (found["name"], found["since"]) == ("baths 26.1.0", "25.1.0")
    text = plain(" ".join(found["sentences"]))
    assert "1 study new in the primary synthesis: Alder 2011." in text
    assert "The estimate went from 2.90 (95% CI 2.50 to 3.90) to 3.20" in text
    assert "The conclusion did not change" in text


def test_a_first_version_has_nothing_to_compare_with():
    found = page_changes.changes(sample())
    assert (found["version"], found["since"], found["sentences"]) == (None, None, [])


def test_a_standard_error_that_no_data_could_have_is_told_with_its_arithmetic():
    row = dict.fromkeys(published.COLUMNS, "") | {
        "review_id": "x", "authors": "Oak, A", "year": "2019", "n_patients": "900",
        "pooled_estimate": "8.3", "spread_or_ci": "+/-0.01",
    }  # fmt: skip
    effects = [{"before_sd": "1.2"}]
    results = replace(sample(), effects=effects, published=[row])
    (text,) = published.impossible(results)
    assert "Oak 2019 prints ± 0.01" in text
    assert "standard deviation of 0.30" in text
    assert published.impossible(replace(results, published=[row | {"spread_or_ci": "±0.3"}])) == []


def test_every_pooled_number_tells_what_was_printed_and_how_it_was_computed():
    found = derivations.derivations(sample())
    assert [item["label"] for item in found] == ["Alder 2011", "Birch 2015"]
    steps = {step["label"]: plain(step["text"]) for step in found[0]["steps"]}
    assert "3.30" in steps["Effect"]
    assert steps["Assumed"] == "The correlation is taken to be 0.5."
    assert "formula MC" in steps["Way"]


def test_a_difference_of_means_shows_its_two_sums():
    results = sample()
    told = {
        "before_mean": "6.4", "before_sd": "1.2", "after_mean": "3.1", "after_sd": "1.5",
        "n": "30", "r": "0.5", "vi": "0.063",
    }  # fmt: skip
    effects = [row | told if row["yi"] == "3.3" else row for row in results.effects]
    (first, *_) = derivations.derivations(replace(results, effects=effects))
    text = next(plain(step["text"]) for step in first["steps"] if step["label"] == "Effect")
    assert text.startswith("6.4 − 3.1 = 3.30")
    assert "(1.2² + 1.5² − 2 × 0.5 × 1.2 × 1.5) / 30 = 0.063" in text


def test_every_answered_item_of_a_checklist_leads_to_a_place_of_the_page():
    page = render(view(changed_results()))
    for name in checklist.NAMES:
        for item in checklist.checklist(name)["items"]:
            if "at" in item:
                assert f' id="{item["at"]}"' in page, (name, item)


def test_methods_say_who_judged_bias_and_certainty():
    def told(results):
        return {one["heading"]: one["text"] for one in methods.methods(results)}

    text = told(sample())["Risk of bias and certainty"]
    assert "was not judged" in text and "no person judged them" in text
    results = sample()
    rated = replace(
        results,
        figures={**results.figures, "risk-of-bias-robins-i": "<svg/>"},
        certainty=[{"domain": "imprecision", "levels": "1", "reason": "x", "judged_by": "y"}],
    )
    text = told(rated)["Risk of bias and certainty"]
    assert "was judged with a tool" in text and "people judged domains" in text


def test_a_version_is_cited_by_its_name_and_a_state_by_its_hash():
    assert "[unreleased state " in methods.cite(sample())
    protocol = sample().protocol | {
        "authors": [{"family-names": "Lee", "given-names": "Ada May"}, {"name": "The Bath Group"}]
    }
    cited = methods.cite(replace(sample(), protocol=protocol, changes={"version": "26.1.0"}))
    assert cited.startswith("Lee AM and The Bath Group. ")
    assert "[version 26.1.0]" in cited
