"""Rules of the protocol that take reports out before anybody screens."""

import pytest

from evergrove.eligibility import Rule, rules
from evergrove.errors import EvergroveError
from evergrove.report_languages import language_codes
from tests.test_screen import ARDEN, BOYLE, HEADER, PROTOCOL, report, run

OLD = {"id": "before_2020", "text": "Published before 2020", "year_before": 2020}


@pytest.mark.parametrize(
    ("rule", "values", "out"),
    [
        ({"year_before": 2000}, {"year": "1999"}, True),
        ({"year_before": 2000}, {"year": "2000"}, False),
        ({"year_before": 2000}, {"year": ""}, False),
        ({"year_after": 2000}, {"year": "2001"}, True),
        ({"languages": ("eng", "ger")}, {"language": "English"}, False),
        ({"languages": ("eng", "ger")}, {"language": "fre; eng"}, False),
        ({"languages": ("eng", "ger")}, {"language": "Chinese"}, True),
        ({"languages": ("eng", "ger")}, {"language": ""}, False),
        ({"languages": ("eng", "ger")}, {"language": "und"}, False),
        ({"publication_types": ("Letter",)}, {"publication_types": "Comment; letter"}, True),
        ({"publication_types": ("Letter",)}, {"publication_types": "Newsletter"}, False),
    ],
)
def test_a_rule_takes_out_only_what_says_so_itself(rule, values, out):
    assert Rule("id", "text", **rule).applies(report("pmid:9", **values)) is out


def test_a_decision_of_a_person_outweighs_the_rules(tmp_path, monkeypatch):
    from tests import test_screen

    criteria = PROTOCOL["criteria"] | {"automatic": [OLD]}
    monkeypatch.setattr(test_screen, "PROTOCOL", {"criteria": criteria})
    result = run(tmp_path, HEADER, (ARDEN, BOYLE))
    found = {row["report_id"]: row for row in result.screened}
    assert found["pmid:1"]["decision"] == "ineligible"
    assert (found["pmid:1"]["stage"], found["pmid:1"]["reason"]) == ("automatic", "before_2020")
    assert result.flow["ineligible_by_reason"] == {"before_2020": 1}
    assert [row["report_id"] for row in result.to_screen] == ["doi:10.1000/b"]
    kept = run(tmp_path, HEADER + "a,1,,,,,include,full_text,,,\n", (ARDEN, BOYLE))
    assert kept.flow["ineligible"] == 0 and kept.flow["included"] == 1


def test_a_protocol_without_rules_has_none():
    assert rules({"criteria": {"exclude": []}}) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("eng", {"eng"}),
        ("en-GB", {"eng"}),
        ("English", {"eng"}),
        ("German; English", {"ger", "eng"}),
        ("Deutsch", {"ger"}),
        ("deu", {"ger"}),
        ("Klingon", {"klingon"}),
        (None, set()),
        ("mul", set()),
    ],
)
def test_languages_are_one_code_however_a_database_writes_them(text, codes):
    assert language_codes(text) == codes


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ([{"id": "a", "text": "t"}], "exactly one condition"),
        ([OLD | {"year_after": 2024}], "exactly one condition"),
        ([OLD, OLD], "the name is taken by criteria.automatic"),
        ([{"id": "a", "text": "t", "languages": ["english"]}], "not a language code"),
    ],
)
def test_a_rule_that_says_nothing_or_too_much_is_named(rules, words):
    from evergrove.protocol import _check_criteria

    with pytest.raises(EvergroveError, match=words):
        _check_criteria({"exclude": [], "automatic": rules}, "protocol.yaml")
