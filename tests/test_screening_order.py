"""The order of what awaits a decision: it decides nothing, loses nothing and is always the same."""

import os
import random
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.screening import made_up, recall_at, simulate, work_saved
from evergrove import screening_order
from evergrove.errors import EvergroveError
from evergrove.screening_order import order, plain_text

BONE = "cement injected into the fractured sacrum relieved pain"
TEETH = "fluoride varnish against caries in school children"


def report(report_id, title="", abstract="", **more):
    return {"report_id": report_id, "title": title, "abstract": abstract, **more}


def ranked(ordering):
    return [place.report_id for place in ordering.places]


def half_decided(n=160, n_relevant=40):
    """Reports, decisions on every second one, and whether each waiting one is relevant."""
    reports, truth = made_up(n, n_relevant)
    decisions, waiting = {}, {}
    for number, (row, relevant) in enumerate(zip(reports, truth, strict=True)):
        if number % 2:
            decisions[row["report_id"]] = "include" if relevant else "exclude"
        else:
            waiting[row["report_id"]] = relevant
    return reports, decisions, waiting


def test_what_resembles_the_included_comes_first():
    reports, decisions, waiting = half_decided()
    found = order(reports, decisions)
    assert found.method == "decisions"
    assert (found.n_included, found.n_excluded) == (20, 60)
    relevant = [waiting[name] for name in ranked(found)]
    # By chance, the first quarter would hold five of the twenty.
    assert sum(relevant[:20]) >= 15


def test_every_waiting_report_has_one_place_and_no_decided_one_has():
    reports, decisions, waiting = half_decided()
    found = order(reports, decisions)
    assert sorted(ranked(found)) == sorted(waiting)
    assert [place.rank for place in found.places] == list(range(1, len(waiting) + 1))
    scores = [place.score for place in found.places]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1.0 and min(scores) > 0
    assert all(score == round(score, 6) for score in scores)


def test_the_order_of_the_reports_and_of_the_decisions_changes_nothing():
    reports, decisions, _waiting = half_decided()
    expected = order(reports, decisions, seed=3)
    for seed in range(3):
        draw = random.Random(seed)
        items = list(decisions.items())
        draw.shuffle(items)
        assert order(draw.sample(reports, len(reports)), dict(items), seed=3) == expected


def test_two_processes_give_the_same_bytes_whatever_the_hash_seed_and_the_threads():
    program = (
        "from tests.test_screening_order import half_decided, order\n"
        "print(order(*half_decided()[:2]))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads},
            capture_output=True,
            check=True,
        ).stdout
        for seed, threads in (("1", "1"), ("2", "2"))
    }
    assert len(outputs) == 1


def test_new_reports_come_before_the_others_and_the_likelier_before_the_less_likely():
    reports, decisions, waiting = half_decided()
    new = set(list(waiting)[::3])
    found = order(reports, decisions, new=new)
    plain = order(reports, decisions)
    assert [place.new for place in found.places] == [True] * len(new) + [False] * (
        len(waiting) - len(new)
    )
    assert ranked(found) == [
        *(name for name in ranked(plain) if name in new),
        *(name for name in ranked(plain) if name not in new),
    ]
    assert {p.report_id: p.score for p in found.places} == {
        p.report_id: p.score for p in plain.places
    }


def test_unclear_is_no_label_and_still_waits():
    reports, decisions, _waiting = half_decided()
    unclear = sorted(decisions)[:3]
    with_unclear = decisions | dict.fromkeys(unclear, "unclear")
    without = {name: decision for name, decision in decisions.items() if name not in unclear}
    assert order(reports, with_unclear) == order(reports, without)
    assert set(unclear) <= set(ranked(order(reports, with_unclear)))


def test_numbers_made_once_serve_many_orders():
    reports, decisions, _waiting = half_decided()
    prepared = screening_order.prepare(reports)
    assert order(reports, decisions, prepared=prepared) == order(reports, decisions)


# --- little or nothing to go by -----------------------------------------------------------------


def test_without_an_inclusion_the_question_stands_in_for_one():
    reports = [report("a", TEETH), report("b", BONE), report("c", "ants in a desert")]
    found = order(reports, {}, question="Does cement in the sacrum lower pain?")
    assert found.method == "question"
    assert ranked(found)[0] == "b"
    with_exclusion = order(reports, {"a": "exclude"}, question="Does sacrum cement lower pain?")
    assert with_exclusion.method == "question"
    assert ranked(with_exclusion) == ["b", "c"]


def test_without_a_decision_and_without_a_question_nothing_is_scored():
    reports = [report("b", BONE), report("a", TEETH), report("c", BONE)]
    for decisions in ({}, {"c": "exclude"}):
        found = order(reports, decisions, new={"b"})
        assert found.method == "none"
        assert ranked(found) == sorted(ranked(found), key=lambda name: (name != "b", name))
        assert {place.score for place in found.places} == {None}


def test_inclusions_alone_order_by_likeness_to_them():
    reports = [
        report("a", TEETH),
        report("b", BONE),
        report("c", "sacrum cement and pain of the fractured sacrum"),
        report("d", "varnish in school"),
    ]
    found = order(reports, {"b": "include"})
    assert found.method == "included"
    assert ranked(found)[0] == "c"


def test_a_report_without_a_text_has_no_score_and_comes_last_among_its_like():
    reports, decisions, waiting = half_decided()
    blank = sorted(waiting)[:2]
    reports = [
        row | {"title": None, "abstract": " … "} if row["report_id"] in blank else row
        for row in reports
    ]
    found = order(reports, decisions, new={blank[1]})
    assert ranked(found)[0] == blank[1]
    assert ranked(found)[-1] == blank[0]
    assert [p.report_id for p in found.places if p.score is None] == [blank[1], blank[0]]


def test_decided_reports_without_a_text_teach_nothing():
    reports = [report("a"), report("b"), report("c", BONE), report("d", TEETH)]
    found = order(reports, {"a": "include", "b": "exclude"})
    assert [place.score for place in found.places] == [None, None]
    assert found.method == "none"


@pytest.mark.parametrize("n", [1, 2, 3])
@pytest.mark.parametrize("text", ["", "sacrum", "骶", "!"])
def test_very_few_reports(n, text):
    reports = [report(str(number), text) for number in range(n)]
    for decisions in ({}, {"0": "include"}, {"0": "exclude"}):
        found = order(reports, decisions, question=text)
        assert ranked(found) == [str(m) for m in range(n) if str(m) not in decisions]


def test_nothing_waits():
    found = order([report("a", BONE), report("b", TEETH)], {"a": "include", "b": "exclude"})
    assert found == screening_order.Ordering((), "decisions", 1, 1)
    assert order([], {}).places == ()


WORDS = st.sampled_from(
    ["sacrum", "cement", "the", "Zähne", "骨折治疗", "통증", "", "\x00", "2019", "¿"]
)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(WORDS, max_size=4),
            st.one_of(st.none(), st.text(max_size=20)),
            st.sampled_from(["include", "exclude", "unclear", None]),
        ),
        max_size=12,
    )
)
def test_any_texts_and_decisions_give_each_waiting_report_one_place(rows):
    reports = [
        report(f"r{number}", " ".join(words), abstract)
        for number, (words, abstract, _decision) in enumerate(rows)
    ]
    decisions = {f"r{n}": decision for n, (*_texts, decision) in enumerate(rows) if decision}
    found = order(reports, decisions)
    waiting = [f"r{n}" for n, (*_, d) in enumerate(rows) if d in {None, "unclear"}]
    assert sorted(ranked(found)) == sorted(waiting)
    assert all(place.score is None or 0 < place.score <= 1 for place in found.places)


# --- other languages ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "included, excluded, like, unlike",
    [
        (
            "经皮骶骨成形术治疗骶骨骨折的疗效",
            "儿童龋齿的氟化物预防",
            "骨质疏松性骶骨骨折的骶骨成形术",
            "学龄儿童龋齿调查",
        ),
        (
            "仙骨骨折に対する仙骨形成術",
            "小児のう蝕予防",
            "仙骨形成術による疼痛の軽減",
            "小児う蝕の調査",
        ),
        ("천골 골절의 천골성형술", "소아 치아우식 예방", "천골성형술 후 통증", "소아 치아 조사"),
        (
            "Sakroplastie bei Kreuzbeinfrakturen",
            "Kariesprophylaxe bei Schulkindern",
            "Schmerzen nach Sakroplastien einer Kreuzbeinfraktur",
            "Kariesrisiko eines Schulkindes",
        ),
    ],
)
def test_languages_with_compounds_and_without_blanks(included, excluded, like, unlike):
    reports = [report("1", included), report("2", excluded), report("a", unlike), report("b", like)]
    found = order(reports, {"1": "include", "2": "exclude"})
    assert ranked(found) == ["b", "a"]


def test_plain_text_folds_and_pairs():
    assert plain_text("  Ｓacral\n  PAIN ", None, ["Straße", "x"]) == "sacral pain strasse x"
    assert plain_text("骶骨成形术 and 痛") == "骶骨 骨成 成形 形术 and 痛"


# --- wrong input, cost --------------------------------------------------------------------------


def test_what_cannot_be_meant_is_refused():
    reports = [report("a", BONE), report("b", TEETH)]
    with pytest.raises(EvergroveError, match="two reports have one report_id"):
        order([*reports, report("a")], {})
    with pytest.raises(EvergroveError, match=r"a decision on a report .* \"z\""):
        order(reports, {"z": "include"})
    with pytest.raises(EvergroveError, match=r"a new report .* \"z\""):
        order(reports, {}, new={"z"})
    with pytest.raises(EvergroveError, match="of other reports"):
        order(reports, {"a": "include"}, prepared=screening_order.prepare(reports[:1]))


def test_nothing_heavy_is_imported_before_there_is_something_to_order():
    program = (
        "import sys\n"
        "from evergrove import screening_order, screening_recall\n"
        "screening_order.order([{'report_id': 'a'}], {'a': 'include'})\n"
        "screening_recall.estimate([{'report_id': 'a'}], {'a': 'include'})\n"
        "screening_recall.from_sample(5, 100, 50, 0)\n"
        "print({'numpy', 'scipy', 'sklearn', 'threadpoolctl'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "set()\n", done.stderr


def test_a_place_is_the_better_of_two_and_the_models_take_turns(monkeypatch):
    reports = [report(str(number), BONE) for number in range(6)]
    prepared = screening_order.prepare(reports)
    opinions = [np.array([9.0, 1.0, 5.0, -3.0]), np.array([1.0, 9.0, 5.0 + 1e-9, -3.0])]
    monkeypatch.setattr(screening_order, "model_scores", lambda *_arguments: opinions)
    even = screening_order.reading_keys(prepared, {0: True, 1: False}, [2, 3, 4, 5])
    assert even == {2: (1, 0), 3: (1, 1), 4: (2, 0), 5: (4, 0)}
    odd = screening_order.reading_keys(prepared, {0: True}, [2, 3, 4, 5])
    assert odd == {2: (1, 1), 3: (1, 0), 4: (2, 0), 5: (4, 0)}
    found = order(reports, {"0": "include", "1": "exclude"}, prepared=prepared)
    assert [(place.report_id, place.score) for place in found.places] == [
        ("2", 1.0), ("3", 1.0), ("4", 0.75), ("5", 0.25)
    ]  # fmt: skip


# --- the simulation of the benchmark ------------------------------------------------------------


def test_figures_are_those_of_asreview_insights():
    # Values that asreview-insights 1.6.1 gives for these labels (_wss, _recall), not ours.
    draw = random.Random(5)
    labels = [draw.random() < 0.5 * 0.97**at for at in range(400)]
    assert sum(labels) == 19
    assert work_saved(labels) == pytest.approx(0.7525, abs=1e-12)
    assert recall_at(labels) == pytest.approx(0.5789473684210527, abs=1e-12)


def test_a_simulated_reviewer_is_spared_most_of_the_reading():
    reports, truth = made_up(200, 20)
    labels = simulate(screening_order.prepare(reports), truth, seed=0, share=0.1)
    assert len(labels) == 198 and sum(labels) == 19
    # Random order saves nothing on average, with a standard deviation of 0.06.
    assert work_saved(labels) > 0.3
