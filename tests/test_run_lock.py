"""The locks of a killed run are let go; those of a run that is alive are not."""

import subprocess
import sys
from pathlib import Path

import pytest

from evergrove import run_lock

HOLDER = (
    "import sys; from evergrove import run_lock\n"
    "print(run_lock.take_part(), flush=True)\n"
    "sys.stdin.read()"
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A project's folder with the locks that Snakemake leaves when it is killed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(run_lock, "_held", [])
    _lock()
    return tmp_path


def _lock():
    Path(".snakemake/locks").mkdir(parents=True, exist_ok=True)
    Path(".snakemake/locks/0.input.lock").write_text("config/config.yaml\n")


def _locked():
    return Path(".snakemake/locks/0.input.lock").exists()


def _start():
    root = Path(run_lock.__file__).resolve().parent.parent
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(root)},
    )
    return process, process.stdout.readline().strip()


def test_a_killed_runs_locks_are_dropped(folder):
    other, alone = _start()
    assert alone == "True"
    _lock()
    other.kill()
    other.wait()
    assert run_lock.take_part() and not _locked()


def test_a_living_runs_locks_stay(folder):
    other, _ = _start()
    _lock()
    try:
        assert run_lock.take_part() is False and _locked()
        # A third one, while two are there, is no different.
        third, alone = _start()
        assert alone == "False" and _locked()
        third.communicate()
    finally:
        other.communicate()


def test_a_short_run_beside_a_long_one_does_not_end_its_protection(folder):
    """A dry run comes first and goes; the run that began meanwhile still holds the folder."""
    dry, _ = _start()
    assert run_lock.take_part() is False
    dry.communicate()
    _lock()
    late, alone = _start()
    late.communicate()
    assert alone == "False" and _locked()


def test_where_nothing_can_be_written_snakemakes_own_locks_decide(folder, monkeypatch):
    monkeypatch.setattr(run_lock, "LOCK", Path("/proc/nowhere/run.lock"))
    assert run_lock.take_part() is False and _locked()
