"""Chromium for tests that look at a page, and axe-core, which is fetched once into a cache."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = "4.14.1"


@contextmanager
def chromium():
    """A browser; the test is skipped where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        found.close()


def axe_source() -> str:
    """The text of axe.min.js (MPL-2.0), by npm from its package into the user's cache.

    The test is skipped where it is neither in the cache nor to be had.
    """
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    kept = Path(home) / "evergrove-tests" / f"axe-core-{AXE}.min.js"
    if not kept.is_file():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("axe-core is not in the cache, and there is no npm to fetch it")
        with tempfile.TemporaryDirectory() as folder:
            command = [npm, "pack", f"axe-core@{AXE}", "--ignore-scripts"]
            try:
                subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
            except (subprocess.SubprocessError, OSError) as problem:
                pytest.skip(f"npm could not fetch axe-core: {problem}")
            with tarfile.open(Path(folder) / f"axe-core-{AXE}.tgz") as package:
                text = package.extractfile("package/axe.min.js").read()
        kept.parent.mkdir(parents=True, exist_ok=True)
        # Written aside and renamed: two runs at once leave one whole file.
        aside = kept.with_suffix(f".{os.getpid()}")
        aside.write_bytes(text)
        aside.replace(kept)
    return kept.read_text(encoding="utf-8")
