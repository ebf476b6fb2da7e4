"""The optional second reader: it must quote, its numbers must stand there, and it changes none."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evergrove.errors import EvergroveError
from evergrove.extract import extract
from evergrove.reading import read_abstract
from evergrove.second_reader import answers, client, compare, kept, prompt
from tests.reader_server import Model, serving

ROOT = Path(__file__).resolve().parent.parent
TEXT = (
    "In 34 patients with knee pain, the VAS score fell from 7.1 (SD 1.4) before treatment to "
    "3.2 (SD 1.9) after 6 weeks."
)


def value(name, printed, quote):
    return {"field": name, "value": printed, "quote": quote}


def record(*values, stat="level", arm="all", timepoint="baseline", measure="VAS"):
    named = {"measure": measure, "arm": arm, "stat": stat, "timepoint": timepoint}
    return named | {"values": list(values)}


BEFORE = record(value("mean", "7.1", "from 7.1 (SD 1.4)"), value("sd", "1.4", "(SD 1.4)"))
AFTER = record(
    value("mean", "3.2", "to 3.2 (SD 1.9)"), value("sd", "1.9", "SD 1.9"), timepoint="6 weeks"
)


def answer(*records):
    return json.dumps({"records": list(records)})


def read(*records, text=TEXT):
    return compare.compared(read_abstract(text), answers.read_answer(answer(*records), text))


def test_agreement_raises_confidence_and_changes_no_value():
    ours, both = read_abstract(TEXT), read(BEFORE, AFTER)
    assert len(ours["records"]) == 2
    for one, other in zip(ours["records"], both["records"], strict=True):
        assert other["reasons"] == [*one["reasons"], "second_reader_agrees"]
        assert other["confidence"] > one["confidence"]
        kept_alike = one.keys() - {"reasons", "confidence"}
        assert {key: other[key] for key in kept_alike} == {key: one[key] for key in kept_alike}
    assert both["queue"] == ours["queue"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        (AFTER | {"stat": "change"}, "stat"),
        (AFTER | {"timepoint": "6 months"}, "timepoint_label"),
        (AFTER | {"timepoint": "baseline"}, "timepoint_label"),
        (AFTER | {"arm": "sham", "timepoint": "6 weeks"}, "arm"),
        (AFTER | {"values": AFTER["values"][:1]}, "sd"),
        (AFTER | {"values": [AFTER["values"][0], value("sd", "1.4", "(SD 1.4)")]}, "sd"),
    ],
)
def test_what_the_second_reader_reads_otherwise_is_queued_with_both_readings(changed, field):
    found = read(BEFORE, changed)
    after = found["records"][1]
    assert "second_reader_differs" in after["reasons"]
    assert field in [item["field"] for item in after["alternatives"]]
    assert after["confidence"] < read_abstract(TEXT)["records"][1]["confidence"]
    assert "second_reader_differs" in found["queue"]


def test_what_only_one_of_them_read_is_queued():
    assert "second_reader_silent" in read(BEFORE)["queue"]
    extra = record(value("mean", "34", "In 34 patients"), measure="age")
    found = read(BEFORE, AFTER, extra)
    assert "second_reader_only" in found["queue"]
    assert len(found["records"]) == 2


@pytest.mark.parametrize(
    ("printed", "quote", "reason"),
    [
        ("7.2", "from 7.1 (SD 1.4)", "value_not_in_quote"),
        ("7.1", "from 7.1 (SD 1.5)", "quote_not_in_text"),
        ("7.1", "", "quote_not_in_text"),
        ("seven or so", "from 7.1", "not_a_number"),
        ("1", "from 7.1 (SD 1.4)", "value_not_in_quote"),
        ("4", "In 34 patients", "value_not_in_quote"),
        ("6", "after 6 weeks", None),
    ],
)
def test_a_number_that_does_not_stand_in_its_quote_is_dropped(printed, quote, reason):
    found = answers.place(printed, quote, TEXT)
    if reason:
        assert found == reason
    else:
        number, (start, end) = found
        assert TEXT[start:end] == printed and number == float(printed)


def test_a_number_that_stands_twice_in_its_quote_has_no_place():
    text = "Pain was 3.1 at rest and 3.1 on walking."
    assert answers.place("3.1", "3.1 at rest and 3.1", text) == "place_not_unique"
    assert answers.place("3.1", "3.1 at", text) == (3.1, (9, 12))


def test_a_sign_may_be_carried_by_a_word():
    assert answers.place("-2.1", "fell by 2.1", "Pain fell by 2.1 points.") == (-2.1, (13, 16))
    text = "The change was −2.1 points."
    assert answers.place("−2.1", "was −2.1 points", text) == (-2.1, (16, 19))


@pytest.mark.parametrize(
    "content",
    ["", "I cannot help.", "[]", '{"records": 1}', '{"records": [{}]}', "[" * 100_000,
     answer(BEFORE | {"stat": "guess"}), answer(record(value("age", "7.1", "7.1"))),
     '{"records": [NaN]}'],
)  # fmt: skip
def test_an_answer_of_another_form_is_unusable_and_says_so(content):
    assert answers.read_answer(content, TEXT) is None
    found = compare.compared(read_abstract(TEXT), None)
    assert "second_reader_unusable" in found["queue"]
    assert found["records"] == read_abstract(TEXT)["records"]


def test_a_fenced_answer_is_read():
    assert len(answers.read_answer(f"```json\n{answer(BEFORE)}\n```", TEXT)) == 1


@given(st.text(max_size=60), st.text(max_size=40), st.text(max_size=12))
def test_whatever_is_quoted_a_place_holds_the_value(text, quote, printed):
    found = answers.place(printed, quote, text)
    if not isinstance(found, str):
        number, (start, end) = found
        from evergrove.printed_numbers import numbers

        assert abs(number) in {abs(float(n)) for n in numbers(text[start:end])}


# --- the network, on loopback ------------------------------------------------------------------


@pytest.mark.parametrize("api", client.APIS)
def test_each_interface_is_asked_at_temperature_0_with_the_form_of_the_answer(api):
    model = Model(answer(BEFORE))
    with serving(model) as url:
        assert client.reader(api, url, "m").answer(TEXT) == answer(BEFORE)
    [(path, body)] = model.asked
    options = body["options"] if api == "ollama" else body
    assert (options["temperature"], options["seed"]) == (0, client.SEED)
    assert TEXT in body["messages"][1]["content"]
    assert path == ("/api/chat" if api == "ollama" else "/chat/completions")
    assert json.dumps(prompt.SCHEMA) in json.dumps(body)


@pytest.mark.parametrize("fault", ["500", "html", "truncated", "length"])
def test_a_server_that_fails_is_one_message_without_key_or_address(fault, monkeypatch):
    monkeypatch.setenv(client.KEY, "sk-secret")
    model = Model(answer(BEFORE))
    model.fault = fault
    with serving(model) as url, pytest.raises(EvergroveError) as error:
        client.reader("openai", url, "m").answer(TEXT)
    assert "sk-secret" not in str(error.value) and "127.0.0.1" not in str(error.value)
    assert model.headers[0]["Authorization"] == "Bearer sk-secret"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "localhost:1", "http://me:pw@host/v1", ""])
def test_an_address_that_is_none_is_refused_without_printing_it(url):
    with pytest.raises(EvergroveError) as error:
        client.reader("openai", url, "m")
    assert "pw" not in str(error.value)


def test_what_was_answered_is_kept_and_not_asked_again(tmp_path):
    model = Model(answer(BEFORE, AFTER))
    texts = {"oak2020": TEXT, "elm2021": TEXT + " "}
    with serving(model) as url:
        reader = client.reader("openai", url, "m")
        assert kept.ask(tmp_path, texts, reader) == 2
        assert kept.ask(tmp_path, texts, reader) == 0
        assert kept.ask(tmp_path, texts | {"oak2020": "Changed."}, reader) == 1
        assert kept.ask(tmp_path, texts, client.reader("openai", url, "other")) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["elm2021.json", "oak2020.json"]


def test_a_run_that_broke_off_goes_on_where_it_stopped(tmp_path):
    model = Model(answer(BEFORE))
    with serving(model) as url:
        reader = client.reader("ollama", url, "m")
        kept.ask(tmp_path, {"a": TEXT}, reader)
        model.fault = "500"
        with pytest.raises(EvergroveError):
            kept.ask(tmp_path, {"a": TEXT, "b": TEXT}, reader)
        model.fault = None
        assert kept.ask(tmp_path, {"a": TEXT, "b": TEXT}, reader) == 1


def test_a_kept_file_that_is_none_is_named(tmp_path):
    path = tmp_path / "oak2020.json"
    path.write_text('{"report": "oak2020"}')
    with pytest.raises(EvergroveError, match="second-read"):
        kept.read_kept([path])


def test_the_stage_uses_an_answer_about_this_text_to_this_question_only():
    screened = [{"report": "oak2020", "decision": "include", "abstract_record": "a#0"}]
    records = [{"record_id": "a#0", "abstract": TEXT, "source_file": "a"}]
    good = {"sha256": kept.text_hash(TEXT), "prompt": prompt.version(),
            "answer": answer(BEFORE, AFTER)}  # fmt: skip
    for second, agrees in (
        ({"oak2020": good}, True),
        ({"oak2020": good | {"sha256": "0"}}, False),
        ({"oak2020": good | {"prompt": "old"}}, False),
        (None, False),
    ):
        [line] = extract(screened, records, {}, second).candidates
        assert all(("second_reader_agrees" in r["reasons"]) is agrees for r in line["records"])


def test_the_command_needs_a_built_review_and_a_proper_address(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "evergrove", "second-read", "nothing", "--url", "http://x/v1",
         "--model", "m"],
        capture_output=True, text=True, cwd=tmp_path, env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no review" in done.stderr and len(done.stderr.splitlines()) == 1
