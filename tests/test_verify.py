"""The verification server: what it refuses, and that what it saves is what the pipeline reads."""

from __future__ import annotations

import copy
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from decimal import Decimal
from pathlib import Path

import pytest

from evergrove import printed_numbers, tables
from evergrove.errors import EvergroveError
from evergrove.extraction_files import read_extraction
from evergrove.verification import derived, kept_json
from evergrove.verification.numbers import numbers_of, places_of, read_at
from evergrove.verification.review import Review
from evergrove.verification.server import SCRIPTS, Server
from tests.extraction_sample import protocol, sha256
from tests.verify_sample import (
    LOOM,
    NOTE,
    SPUN,
    TEXTS,
    all_accepted,
    build,
    measured,
    serving,
    spun_document,
)

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def root(tmp_path):
    return build(tmp_path, kept={"spun2019": spun_document()})


@pytest.fixture
def server(root):
    with serving(root) as found:
        found.root = root
        yield found


def ask(server, path, body=None, headers=None, method=None):
    """Status and answer of one request."""
    data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
    sent = {"Content-Type": "application/json"} if data is not None else {}
    request = urllib.request.Request(
        server.address + path, data=data, headers=sent | (headers or {}), method=method
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            text = response.read().decode()
            return response.status, json.loads(text) if text.startswith("{") else text
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read() or b"{}")


def kept(server, name):
    return server.root / "config/reviews/loom/extraction" / f"{name}.json"


# ---- who may ask, and what ----


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:80"},
        {"Host": "127.0.0.1"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
@pytest.mark.parametrize("body", [None, {}])
def test_whoever_does_not_come_from_the_page_is_refused(server, headers, body):
    for path in ("", "api/queue", "api/report/spun2019"):
        before = kept(server, "spun2019").read_bytes()
        status, answer = ask(server, path, body, headers)
        assert status == 403 and "error" in answer
        assert kept(server, "spun2019").read_bytes() == before


def test_the_page_itself_is_answered_by_both_names(server):
    for host in ("127.0.0.1", "localhost"):
        own = f"{host}:{server.port}"
        assert ask(server, "", headers={"Host": own, "Origin": f"http://{own}"})[0] == 200


def test_it_listens_on_loopback_only(server):
    assert server.socket.getsockname()[0] == "127.0.0.1"


def test_every_answer_forbids_foreign_content(server):
    scripts = [f"{name}.js" for name in SCRIPTS]
    for path in ("", *scripts, "verify.css", "api/queue"):
        with urllib.request.urlopen(server.address + path) as response:
            policy = response.headers["Content-Security-Policy"]
            text = response.read().decode()
        assert policy.startswith("default-src 'none'") and "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        if not path.startswith("api"):
            assert not re.search(r"https?://|//[a-z]+\.", text)


@pytest.mark.parametrize("name", ["nobody2001", "../spun2019", "..%2Fspun2019", "", "%00", "a/b"])
def test_an_unknown_report_is_not_found(server, name):
    before = sorted(server.root.rglob("*"))
    assert ask(server, f"api/report/{name}")[0] == 404
    assert ask(server, f"api/report/{name}", {"by": "A"})[0] == 404
    assert sorted(server.root.rglob("*")) == before


def test_bodies_that_are_none_are_refused(server):
    path = "api/report/spun2019"
    assert ask(server, path, b"{")[0] == 400
    assert ask(server, path, b"[]")[0] == 400
    assert ask(server, path, b"\xff")[0] == 400
    assert ask(server, path, b"[" * 500_000)[0] == 400
    assert ask(server, path, b"{}", {"Content-Type": "text/plain"})[0] == 415
    assert ask(server, path, {"by": "A"}, method="PUT")[0] == 405
    assert ask(server, "api/nothing", {})[0] == 404
    assert ask(server, "etc/passwd")[0] == 404


@pytest.mark.parametrize("length", [1_000_001, 10**30])
def test_a_body_that_is_too_long_is_refused_unread(server, length):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.putrequest("POST", "/api/report/spun2019")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", str(length))
    connection.endheaders()
    assert connection.getresponse().status == 413


def test_a_port_that_is_taken_is_an_error(server):
    with pytest.raises(EvergroveError, match="port cannot be used"):
        Server(server.review, server.port)


# ---- saving ----


def test_what_is_saved_of_a_suggestion_is_the_measurement_that_the_pipeline_reads(server):
    _, form = ask(server, "api/report/loom2020")
    assert [f["kind"] for one in form["measurements"] for f in one["fields"]].count("open") == 0
    candidate = next(row for row in measured(server.root).rows if row["report"] == "loom2020")
    status, answer = ask(server, "api/report/loom2020", all_accepted(form))
    assert status == 200 and answer["warnings"] == []
    found = measured(server.root)
    row = next(row for row in found.rows if row["report"] == "loom2020")
    assert candidate["status"] == "candidate" and row["status"] == "verified"
    same = ("before_mean", "before_sd", "after_mean", "after_sd", "n", "timepoint_days", "scale")
    assert {name: row[name] for name in same} == {name: candidate[name] for name in same}
    assert (row["before_mean"], row["after_mean"], row["n"]) == ("7.0", "3.10", 24)
    assert row["verified_by"] == "A. Reader" and row["p"] == "<0.001"
    assert {cell["verdict"] for cell in found.disagreements} <= {"agree", "only_verified"}
    text = kept(server, "loom2020").read_text()
    assert '"mean": 3.10' in text and '"on": "2026-02-03"' in text
    saved = read_extraction(kept(server, "loom2020"), protocol())
    assert saved.sha256 == sha256(LOOM)
    for item in saved.measurements:
        assert LOOM[slice(*item.spans["before.mean"])] == "7.0"


def test_an_existing_file_changes_in_what_was_decided_only(server):
    before = kept(server, "spun2019").read_text()
    _, form = ask(server, "api/report/spun2019")
    assert ask(server, "api/report/spun2019", all_accepted(form))[0] == 200
    after = kept(server, "spun2019").read_text()
    assert NOTE in after and after.index('"flags"') > 0
    verified = '"verified": {\n    "by": "A. Reader",\n    "on": "2026-02-03"\n  }'
    assert verified in after
    # The times that had no place have one now; all else is as it was, byte for byte.
    without = after.replace(verified, '"verified": null')
    for name in ("timepoint.label", "timepoint.days"):
        without = re.sub(rf',\n +"{name}": \[\s+\d+,\s+\d+\s+\]', "", without)
    assert without == before


def test_saving_twice_gives_the_same_bytes(server):
    for _ in range(2):
        _, form = ask(server, "api/report/spun2019")
        decisions = all_accepted(form)
        assert ask(server, "api/report/spun2019", decisions)[0] == 200
    first = kept(server, "spun2019").read_bytes()
    _, form = ask(server, "api/report/spun2019")
    assert ask(server, "api/report/spun2019", all_accepted(form))[0] == 200
    assert kept(server, "spun2019").read_bytes() == first


def _decide(form, field, decision):
    decisions = all_accepted(form)
    decisions["measurements"][0]["fields"][field] = decision
    numbers = [[start, end] for start, end, _ in form["numbers"]]
    return decisions | {"dismissed": numbers}


@pytest.mark.parametrize(
    ("field", "decision"),
    [
        ("after.mean", {"kind": "verbatim", "value": "7.8", "place": [37, 40]}),
        ("after.mean", {"kind": "verbatim", "value": "2.5", "place": [0, 3]}),
        ("after.mean", {"kind": "verbatim", "value": "2.5", "place": [37, 4000]}),
        ("after.mean", {"kind": "verbatim", "value": "2.5", "place": [40, 37]}),
        ("after.mean", {"kind": "verbatim", "value": "2.5"}),
        ("after.mean", {"kind": "verbatim", "value": "NaN", "place": [37, 40]}),
        ("after.mean", {"kind": "guessed", "value": "2.5"}),
        ("after.mean", {"value": "2.5"}),
        ("after.mean", None),
        ("after.mean", {"kind": "absent"}),  # mean_sd needs it
        ("after.mean", {"kind": "derived", "value": "2.4", "formula": "", "spans": [], "why": ""}),
        (
            "after.mean",
            {"kind": "derived", "value": "3", "formula": "6.5 - 2.5", "spans": [[16, 19]],
             "why": "x"},
        ),
        ("timepoint.label", {"kind": "verbatim", "value": "6 months", "place": [51, 59]}),
        ("no.such", {"kind": "absent"}),
    ],
)  # fmt: skip
def test_nothing_but_a_quote_a_derivation_or_absence_is_saved(server, field, decision):
    before = kept(server, "spun2019").read_bytes()
    _, form = ask(server, "api/report/spun2019")
    status, answer = ask(server, "api/report/spun2019", _decide(form, field, decision))
    assert status == 422 and answer["error"]
    assert kept(server, "spun2019").read_bytes() == before


def _spoilt(value):
    """The document with each of its parts replaced in turn by something else."""
    others = (None, True, 7, -1, 1e308, "", "x", [], [[]], {}, {"kind": []}, "\ud800", "9" * 400)
    for other in others:
        if other != value:
            yield other
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    if isinstance(value, dict | list):
        for key, part in list(parts):
            for spoilt in _spoilt(part) if isinstance(part, dict | list) else others:
                made = copy.copy(value)
                made[key] = spoilt
                yield made


def test_no_body_however_odd_is_a_mistake_of_the_server_or_spoils_a_file(root):
    derivation = {"kind": "derived", "value": "-4.0", "formula": "2.5-6.5", "why": "x"}
    derivation["spans"] = [list(_place("2.5")), list(_place("6.5"))]
    path = root / "config/reviews/loom/extraction/spun2019.json"
    with serving(root) as server:
        form = server.review.form("spun2019")
        whole = _decide(form, "change.mean", derivation)
        seen = set()
        for body in _spoilt(whole):
            if not isinstance(body, dict):
                continue
            status, _ = ask(server, "api/report/spun2019", body)
            seen.add(status)
            assert status in (200, 400, 409, 422), body
            read_extraction(path, protocol())
            if status == 200:
                path.write_text(spun_document())
        assert seen == {200, 400, 409, 422}
        for path in ("api/read", "api/find", "api/compare"):
            asked = {"report": "spun2019", "field": "p", "start": 0, "end": 3, "value": "1"}
            for body in _spoilt(asked | {"measurement": 0, "answer": {"kind": "absent"}}):
                status, _ = ask(server, path, body)
                assert status in (200, 400, 404, 422), (path, body)


def test_an_undecided_field_or_number_stops_the_save(server):
    _, form = ask(server, "api/report/loom2020")
    whole = all_accepted(form)
    for name in whole["measurements"][0]["fields"]:
        part = copy.deepcopy(whole)
        del part["measurements"][0]["fields"][name]
        assert ask(server, "api/report/loom2020", part)[0] == 422, name
    assert whole["dismissed"]
    for number in whole["dismissed"]:
        part = whole | {"dismissed": [n for n in whole["dismissed"] if n != number]}
        status, answer = ask(server, "api/report/loom2020", part)
        assert status == 422 and LOOM[slice(*number)] in answer["error"]
    assert ask(server, "api/report/loom2020", whole | {"by": " "})[0] == 422
    assert not kept(server, "loom2020").exists()


def test_a_derived_value_is_kept_with_formula_places_and_reason(server):
    _, form = ask(server, "api/report/spun2019")
    spans = [list(_place("2.5")), list(_place("6.5"))]
    decision = {"kind": "derived", "value": "-4.0", "formula": "2.5 − 6.5", "spans": spans}
    decision["why"] = "both printed"
    status, answer = ask(server, "api/report/spun2019", _decide(form, "change.mean", decision))
    assert status == 200, answer
    found = read_extraction(kept(server, "spun2019"), protocol()).measurements[0]
    assert str(found.values["change_mean"]) == "-4.0" and "change.mean" not in found.spans
    assert found.note.startswith(NOTE) and "[derived: change.mean = 2.5 − 6.5; at" in found.note
    # It comes back as a derivation, and goes when the value is decided otherwise.
    _, form = ask(server, "api/report/spun2019")
    fields = {item["name"]: item for item in form["measurements"][0]["fields"]}
    assert fields["change.mean"]["kind"] == "derived" and fields["change.mean"]["spans"] == spans
    assert form["measurements"][0]["note"] == NOTE
    gone = _decide(form, "change.mean", {"kind": "absent"})
    assert ask(server, "api/report/spun2019", gone)[0] == 200
    found = read_extraction(kept(server, "spun2019"), protocol()).measurements[0]
    assert found.note == NOTE and "change_mean" not in found.values


def _place(surface, text=SPUN):
    return text.index(surface), text.index(surface) + len(surface)


def test_dismissed_numbers_are_not_asked_about_again(server):
    _, form = ask(server, "api/report/loom2020")
    decisions = all_accepted(form)
    ask(server, "api/report/loom2020", decisions)
    _, form = ask(server, "api/report/loom2020")
    assert form["dismissed"] == decisions["dismissed"] != []


def test_a_file_that_changed_since_is_not_overwritten_and_neither_version_is_lost(server):
    _, form = ask(server, "api/report/spun2019")
    changed = spun_document().replace(NOTE, "Somebody else was here.")
    kept(server, "spun2019").write_text(changed)
    status, answer = ask(server, "api/report/spun2019", all_accepted(form))
    assert status == 409 and answer["on_disk"] == changed
    assert kept(server, "spun2019").read_text() == changed
    mine = Path(answer["yours"]).read_text()
    assert NOTE in mine and '"by": "A. Reader"' in mine
    # A file that somebody else made or took away counts as changed too.
    _, form = ask(server, "api/report/loom2020")
    kept(server, "loom2020").write_text("{}")
    assert ask(server, "api/report/loom2020", all_accepted(form))[0] == 409
    assert kept(server, "loom2020").read_text() == "{}"


def test_a_report_without_an_abstract_cannot_be_saved(server):
    _, form = ask(server, "api/report/bare2018")
    status, answer = ask(server, "api/report/bare2018", all_accepted(form))
    assert status == 422 and "no abstract" in answer["error"]


def test_a_cohort_without_a_row_in_studies_is_said_at_once(server):
    _, form = ask(server, "api/report/spun2019")
    decisions = all_accepted(form)
    decisions["measurements"][0]["cohort"] = "other spinners"
    status, answer = ask(server, "api/report/spun2019", decisions)
    assert status == 200 and "other spinners" in answer["warnings"][0]


# ---- queue and stale texts ----


def test_stale_texts_come_first_then_what_waits_then_the_rest_then_what_has_no_abstract(tmp_path):
    done = spun_document(verified={"by": "A. Reader", "on": None})
    root = build(tmp_path, kept={"spun2019": done})
    with serving(root) as server:
        _, found = ask(server, "api/queue")
        names = [row["report"] for row in found["reports"]]
        assert names == ["loom2020", "spun2019", "bare2018"]
        server.root = root
        kept(server, "spun2019").write_text(done.replace(sha256(SPUN), "0" * 64))
        _, found = ask(server, "api/queue")
        assert found["reports"][0]["report"] == "spun2019"
        assert "changed" in found["reports"][0]["waits"][0]


def test_a_stale_text_is_verified_against_the_abstract_that_is_read_now(tmp_path):
    longer = "A new first sentence. " + SPUN
    old = spun_document(verified={"by": "A. Reader", "on": None})
    texts = TEXTS | {"spun2019": longer}
    root = build(tmp_path, texts=TEXTS, kept={"spun2019": old})
    tables.write_jsonl(
        root / "results/loom/records.jsonl",
        [{"record_id": f"{name}.ris#0", "abstract": text} for name, text in texts.items()],
    )
    with serving(root) as server:
        server.root = root
        _, form = ask(server, "api/report/spun2019")
        assert form["stale"] is True
        status, answer = ask(server, "api/report/spun2019", all_accepted(form))
        assert status == 200, answer
        saved = read_extraction(kept(server, "spun2019"), protocol())
        assert saved.sha256 == sha256(longer)
        start, end = saved.measurements[0].spans["after.sd"]
        assert longer[start:end] == "1.25"


def test_a_file_with_a_mistake_is_named_and_left_alone(server):
    kept(server, "spun2019").write_text('{"report": "spun2019"')
    status, answer = ask(server, "api/report/spun2019")
    assert status == 422 and "not valid JSON" in answer["error"]
    assert ask(server, "api/queue")[0] == 200


# ---- blind ----


def test_blind_mode_gives_no_suggestion_away_before_the_answer(root):
    with serving(root, hide=True) as server:
        _, form = ask(server, "api/report/spun2019")
        sent = json.dumps({**form, "text": ""})
        assert "6.5" not in sent and "1.25" not in sent
        # Nor what the program read, where there is no file, nor what the queue says about it.
        _, other = ask(server, "api/report/loom2020")
        _, queue = ask(server, "api/queue")
        for answer in ({**other, "text": ""}, queue):
            assert not re.search(r"7\.0|3\.10|read as", json.dumps(answer))
        hidden = [f for f in form["measurements"][0]["fields"] if f["kind"] == "hidden"]
        assert len(hidden) == len(form["measurements"][0]["fields"]) - 1
        asked = {"report": "spun2019", "measurement": 0}
        answer = {"kind": "verbatim", "value": "6.5", "place": list(_place("6.5"))}
        for field, value in (("before.mean", "6.5"), ("after.mean", "6.5"), ("after.mean", "2.5")):
            body = asked | {"field": field, "answer": answer | {"value": value}}
            status, found = ask(server, "api/compare", body)
            assert status == 200 and found["suggestion"]["name"] == field
        _, report = ask(server, "api/agreement")
        # The first answer counts, not the one after the suggestion was seen.
        assert (report["compared"], report["agree"], report["same_place"]) == (2, 1, 1)
        assert [row["field"] for row in report["differ"]] == ["after.mean"]
        assert "1 of 2" in server.review.comparisons.summary()


# ---- parts ----


def test_every_number_of_a_text_is_there_once():
    text = "Two hundred women, 1,234 of 5.5·6 and 3–4 (7,5) x2y"
    found = numbers_of(text, None)
    assert [text[n.start : n.end] for n in found] == ["1,234", "5.5·6", "3", "4", "7,5", "2"]
    line = {"records": [], "not_outcome": [[0, 11, "Two hundred", "number of people"]]}
    assert text[slice(*_first(numbers_of(text, line)))] == "Two hundred"


def _first(numbers):
    return numbers[0].start, numbers[0].end


def test_a_marked_text_is_read_for_its_field():
    text = "n = 1,234; after 3 months −2·5 (p < .05)"

    def at(part):
        return _place(part, text)

    assert read_at(text, *at("1,234"), "n_analysed")[0] == "1234"
    three = text.index("3 months")
    assert read_at(text, three, three + 1, "timepoint.days") == ("91", (three, three + 1))
    assert read_at(text, three, three + 1, "timepoint.label") == ("3 months", at("3 months"))
    assert read_at(text, *at("3 months"), "timepoint.days")[0] == "91"
    assert read_at(text, *at(" −2·5 "), "change.mean") == ("-2.5", at("−2·5"))
    assert read_at(text, *at(".05"), "p")[0] == "<0.05"
    assert places_of(text, numbers_of(text, None), "timepoint.label", "3  MONTHS") == [
        at("3 months")
    ]
    with pytest.raises(EvergroveError):
        read_at(text, *at("after"), "before.mean")


@pytest.mark.parametrize(
    ("text", "number", "days"),
    [
        ("after 4 weeks", "4", {28}),
        ("at week 4 (", "4", {28}),
        ("at 4, 8, and 12 weeks", "8", {56}),
        ("at 4 and 12-week visits", "4", {28}),
        ("3-, 6- and 12-month", "3", {91}),
        ("4–6 weeks", "4", {28}),
        ("in 4 of 12 weeks", "4", set()),
        ("4 patients", "4", set()),
        ("grade 4, 12 weeks", "4", {28}),  # a list by its looks; a person decides
        ("week of 4", "4", set()),
    ],
)
def test_a_number_takes_its_unit_from_beside_it(text, number, days):
    start = text.index(number)
    assert printed_numbers.days_at(text, start, start + len(number)) == days


@pytest.mark.parametrize(
    ("formula", "value", "fits"),
    [
        ("7.0 - 3.1", "3.9", True),
        ("7.0 − 3.1", "4", True),
        ("7.0 - 3.1", "3.8", False),
        ("7.0 minus 3.1, halved", "1.95", True),  # words are not computed
        ("7.0 - 2.1", "4.9", False),  # 3.1 is not used
        ("9**9**9 + 7.0 + 3.1", "3", True),  # not arithmetic here, and never computed
        ("(7.0 + 3.1", "3", True),
    ],
)
def test_a_derivation_belongs_to_its_numbers(formula, value, fits):
    item = derived.Derived("change.mean", formula, ((5, 8), (12, 15)), "why")
    text = "from 7.0 to 3.1"
    if fits:
        derived.check(item, Decimal(value), text)
    else:
        with pytest.raises(EvergroveError):
            derived.check(item, Decimal(value), text)


def test_a_derivation_survives_the_note_it_is_kept_in():
    item = derived.Derived("after.sd", "(2.5 − 1) / 1.35", ((1, 4), (7, 8)), "IQR, normal")
    note = derived.join("By hand [see there].", [item])
    assert derived.split(note) == ("By hand [see there].", [item])
    assert derived.split(None) == ("", []) and derived.join("", []) is None


@pytest.mark.parametrize("indent", [1, 2, 4])
@pytest.mark.parametrize("short", [False, True])
def test_the_layout_and_the_digits_of_a_file_stay(indent, short):
    value = kept_json.parse('{"a": [1, 2], "b": {"mean": 9.0, "x": 1e-3}, "c": [], "é": null}')
    text = kept_json.dump(value, indent, short_lists=short)
    assert kept_json.dump_like(kept_json.parse(text), text) == text
    assert "9.0" in text and "1e-3" in text and json.loads(text)["b"]["mean"] == 9.0


def test_every_shipped_extraction_file_comes_back_byte_for_byte():
    for path in sorted((ROOT / "config/reviews").glob("*/extraction/*.json")):
        text = path.read_text(encoding="utf-8")
        assert kept_json.dump_like(kept_json.parse(text), text) == text, path


def test_a_review_that_was_not_built_is_an_error(tmp_path):
    with pytest.raises(EvergroveError, match="not been built"):
        Review("loom", protocol(), tmp_path)


# ---- the command ----


KILLED = """
import sys
from pathlib import Path
from evergrove.verification.review import Review
from tests.extraction_sample import protocol
from tests.verify_sample import all_accepted
review = Review("loom", protocol(), Path(sys.argv[1]))
print("ready", flush=True)
number = 0
while True:
    form = review.form("spun2019")
    number += 1
    review.save("spun2019", all_accepted(form) | {"by": f"A. Reader {number}"})
"""


def test_a_kill_at_any_moment_leaves_a_whole_file(root):
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    path = root / "config/reviews/loom/extraction/spun2019.json"
    for wait in (0.0, 0.003, 0.011, 0.029, 0.05, 0.083):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(root)], env=environment, stdout=subprocess.PIPE
        )
        process.stdout.readline()
        time.sleep(wait)
        process.kill()
        process.wait()
        process.stdout.close()
        assert read_extraction(path, protocol()).report == "spun2019"
        measured(root)


def test_the_command_prints_its_address_and_ends_with_a_summary(tmp_path):
    built = ROOT / "results/sacroplasty"
    if not (built / "to_verify.csv").is_file():
        pytest.skip("the default review is not built here")
    process = subprocess.Popen(
        [sys.executable, "-m", "evergrove", "verify", "sacroplasty", "--no-browser", "--blind"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    address = process.stdout.readline().strip()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
    with urllib.request.urlopen(address) as response:
        assert response.status == 200
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "0 reports verified" in err and "Traceback" not in err
    assert "Blind: no value was answered." in out


@pytest.mark.parametrize(
    "arguments", [["nobody"], ["sacroplasty", "--port", "70000"], ["sacroplasty", "--by", " "]]
)
def test_wrong_usage_ends_with_two_and_one_line(arguments):
    done = subprocess.run(
        [sys.executable, "-m", "evergrove", "verify", "--no-browser", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2 and done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
