"""Whole runs, made once a test session: many checks look at the same results."""

import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest
from hypothesis import settings

# Machines are shared: a slow call is no failure (speed is measured by `make bench`).
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parent.parent
# Never copied: what a clone would not have.
NOT_IN_A_CLONE = {
    ".git",
    ".venv",
    ".snakemake",
    ".evergrove",
    ".hypothesis",
    ".pytest_cache",
    "__pycache__",
    "results",
    "logs",
}


@dataclass
class Run:
    """A finished `snakemake` call: exit status, what it printed, and the rules it ran."""

    status: int
    output: str

    @property
    def rules(self) -> set[str]:
        """What the table of jobs names, without `all`; every review's drawing rule has one name."""
        table = re.search(r"Job stats:\njob +count\n[- ]+\n(.*?)^total", self.output, re.M | re.S)
        names = re.findall(r"(?m)^(\w+) +\d+$", table[1]) if table else []
        return {re.sub(r"^draw_figures_.*", "draw_figures", name) for name in names} - {"all"}


class Project:
    """A copy of the repository in which Snakemake can be run and files can be spoiled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def snakemake(self, *arguments: str) -> Run:
        environment = {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.folder / "home"),
            "LANG": "C.UTF-8",
        }
        command = [sys.executable, "-m", "snakemake", *arguments]
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=300,
        )
        return Run(done.returncode, done.stdout)

    def results(self, review: str = "sacroplasty") -> dict[str, bytes]:
        """Every file of a review's results, by its path below them."""
        base = self.folder / "results" / review
        return {
            path.relative_to(base).as_posix(): path.read_bytes()
            for path in sorted(base.rglob("*"))
            if path.is_file()
        }


def clone(folder: Path) -> Project:
    """The files that a fresh clone would have, in a folder of any name."""
    shutil.copytree(ROOT, folder, ignore=lambda _, names: NOT_IN_A_CLONE & set(names))
    (folder / "home").mkdir()
    return Project(folder)


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> tuple[Project, Run]:
    """The default review, built from nothing in a folder with a space in its name. Do not edit.

    Where several processes share the tests, the first that comes builds it and the others wait.
    """
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    project, told = Project(base / "first" / "a clone"), base / "first.json"
    with (base / "first.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            clone(project.folder)
            told.write_text(json.dumps(asdict(project.snakemake("--cores", "4"))))
    return project, Run(**json.loads(told.read_text()))


@pytest.fixture
def copy_of_built(built, tmp_path) -> Project:
    """A copy of the built project, with Snakemake's memory of it, to edit freely."""
    folder = tmp_path / "copy"
    shutil.copytree(built[0].folder, folder)
    return Project(folder)
