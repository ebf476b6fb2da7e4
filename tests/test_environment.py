"""The four files that say what Evergrove needs agree, and none names an address."""

import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def _locked(file):
    """name -> set of versions (one a Python version where they differ)."""
    found = {}
    for name, version in re.findall(r"(?m)^([a-z0-9._-]+)==([^\s;\\]+)", (ROOT / file).read_text()):
        found.setdefault(name, set()).add(version)
    return found


def test_environment_yml_names_the_same_bounds_as_pyproject():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    pip = next(item["pip"] for item in environment["dependencies"] if isinstance(item, dict))
    assert sorted(pip) == sorted(PROJECT["project"]["dependencies"])
    assert f"python{PROJECT['project']['requires-python']}" in environment["dependencies"]


def test_every_dependency_is_locked_within_its_bounds():
    from packaging.requirements import Requirement

    locked = _locked("requirements.lock")
    for text in PROJECT["project"]["dependencies"]:
        requirement = Requirement(text)
        assert requirement.name in locked, text
        for version in locked[requirement.name]:
            assert requirement.specifier.contains(version), (text, version)


def test_the_development_lock_is_the_same_set_and_the_tools():
    locked, development = _locked("requirements.lock"), _locked("requirements-dev.lock")
    assert {name: development[name] for name in locked} == locked
    for text in PROJECT["dependency-groups"]["dev"]:
        assert re.match(r"[a-z]+", text)[0] in development


def test_every_locked_file_has_a_hash_and_no_address():
    for file in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / file).read_text()
        assert "://" not in text and "--index" not in text and "--find-links" not in text
        entries = re.findall(r"(?m)^[a-z0-9._-]+==.*\n.*", text)
        assert entries and all("    --hash=sha256:" in entry for entry in entries)


def test_pymare_is_pinned_because_its_defaults_change_numbers():
    assert "pymare==0.0.13" in PROJECT["project"]["dependencies"]
