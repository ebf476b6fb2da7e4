"""A mistake in config.yaml or protocol.yaml is named: file, place, value, remedy."""

import copy
import shutil
from pathlib import Path

import pytest
import yaml

from evergrove.errors import EvergroveError
from evergrove.protocol import load_protocol, load_reviews
from evergrove.validation import read_yaml

ROOT = Path(__file__).resolve().parent.parent
SCAFFOLD = read_yaml(ROOT / "evergrove/scaffold/protocol.yaml") | {"slug": "demo"}


def _load(tmp_path, protocol):
    folder = tmp_path / "config/reviews/demo"
    folder.mkdir(parents=True)
    (folder / "protocol.yaml").write_text(yaml.safe_dump(protocol, sort_keys=False))
    return load_protocol("demo", tmp_path)


def _with(path, value):
    protocol = copy.deepcopy(SCAFFOLD)
    part = protocol
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    return protocol


def test_defaults_are_filled_in(tmp_path):
    protocol = _load(tmp_path, SCAFFOLD)
    assert protocol["model"]["level"] == 95
    assert protocol["syntheses"]["windows"] == []
    assert protocol["outcome"]["instruments"]["VAS 0-10"]["reversed"] is False
    assert protocol["pool_unverified"] is False


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (["modell"], {}, 'unknown key "modell".* Did you mean "model"'),
        (["model", "methd"], "REML", 'model: unknown key "methd".* Did you mean "method"'),
        (["model", "method"], "REMLL", r'model\.method: .*found: "REMLL".*Use one of: EE, DL'),
        (["effect", "correlation", "assumed"], 1.5, r"effect\.correlation\.assumed: 1\.5"),
        (["syntheses", "primary", "min_n"], 0, r"syntheses\.primary\.min_n: 0 is less"),
        (["syntheses", "primary", "exclude_flags"], ["typo"], 'not declared .found: "typo"'),
        (["syntheses", "without_each_flag"], ["typo"], r"without_each_flag: .*typo"),
        (["outcome", "scale"], {"min": 10, "max": 0}, r"outcome\.scale: min is not below max"),
        (
            ["searches"],
            [{"id": "main", "source": "pubmed", "strategy": "x"}] * 2,
            r"searches\[1\]\.id: the name is taken by searches\[0\]",
        ),
        (["syntheses", "primary", "retracted"], "drop", r"Use one of: leave_out, keep"),
        (["slug"], "other", 'slug is not the folder\'s name .found: "other"'),
        (
            ["syntheses", "windows"],
            [{"id": "primary", "label": "x", "min_days": 0, "max_days": 9, "nearest_days": 1}],
            r"windows\[0\]\.id: the name is taken",
        ),
    ],
)
def test_a_mistake_in_the_protocol_is_named(tmp_path, path, value, message):
    with pytest.raises(EvergroveError, match=message) as raised:
        _load(tmp_path, _with(path, value))
    assert "protocol.yaml" in str(raised.value)


def test_a_missing_key_is_named(tmp_path):
    protocol = copy.deepcopy(SCAFFOLD)
    del protocol["outcome"]["scale"]
    with pytest.raises(EvergroveError, match=r'outcome: "scale" is missing'):
        _load(tmp_path, protocol)


def test_a_key_that_stands_twice_is_an_error_not_the_last_one(tmp_path):
    file = tmp_path / "twice.yaml"
    file.write_text("a: 1\nb: 2\na: 3\n")
    with pytest.raises(EvergroveError, match=r'line 3: the key "a" stands twice'):
        read_yaml(file)


def test_yaml_cannot_run_code(tmp_path):
    file = tmp_path / "evil.yaml"
    file.write_text("a: !!python/object/apply:os.system ['true']\n")
    with pytest.raises(EvergroveError, match=r"evil\.yaml"):
        read_yaml(file)


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"reviews": ["demo"], "review": "x"}, 'unknown key "review".*Did you mean "reviews"'),
        ({}, '"reviews" is missing'),
        ({"reviews": ["Demo"]}, r"reviews\[0\]: not a valid short name"),
        ({"reviews": ["other"]}, r'there is no review "other".*Reviews in .*: demo'),
    ],
)
def test_a_mistake_in_the_config_is_named(tmp_path, config, message):
    _load(tmp_path, SCAFFOLD)
    with pytest.raises(EvergroveError, match=message) as raised:
        load_reviews(config, tmp_path)
    assert "config/config.yaml" in str(raised.value)


def test_the_shipped_config_and_protocols_are_valid():
    reviews = load_reviews(read_yaml(ROOT / "config/config.yaml"), ROOT)
    assert reviews["sacroplasty"]["effect"]["sign"] == "before_minus_after"


def test_a_new_review_is_valid_from_the_start(tmp_path, monkeypatch):
    from evergrove.cli import main

    (tmp_path / "config/reviews").mkdir(parents=True)
    shutil.copy(ROOT / "config/config.yaml", tmp_path / "config/config.yaml")
    monkeypatch.chdir(tmp_path)
    assert main(["new", "knee-pain"]) == 0
    assert read_yaml("config/config.yaml")["reviews"] == ["sacroplasty", "knee-pain"]
    assert load_protocol("knee-pain", tmp_path)["slug"] == "knee-pain"
    assert main(["new", "knee-pain"]) == 2
