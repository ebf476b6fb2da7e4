"""Slides and text documents as LibreOffice draws them, beside our own PDF of the same sheet."""

import re
import shutil
import subprocess

import numpy as np
import pytest

from evergrove.figures.save import office
from tests.figure_sample import hard_cases
from tests.test_figures_save import drawn

TOOLS = ("soffice", "pdftoppm", "pdfinfo")
ABSENT = [tool for tool in TOOLS if shutil.which(tool) is None]
DPI = 1440


@pytest.mark.skipif(bool(ABSENT), reason=f"not on this machine: {', '.join(ABSENT)}")
@pytest.mark.parametrize(("suffix", "margin"), [("pptx", 0.0), ("docx", 30.0)])
def test_libreoffice_draws_every_text_on_its_baseline(suffix, margin, tmp_path):
    _, sheet, files = drawn(hard_cases()["k = 13"], "pdf")
    (tmp_path / "sheet.pdf").write_bytes(files["pdf"])
    (tmp_path / f"office.{suffix}").write_bytes(office([sheet], suffix))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", tmp_path, tmp_path / f"office.{suffix}"]
    subprocess.run(command, capture_output=True, check=True, timeout=180)
    about = subprocess.run(
        ["pdfinfo", tmp_path / "office.pdf"], capture_output=True, text=True, check=True
    ).stdout
    assert re.search(r"Pages: +1\n", about)
    size = re.search(r"Page size: +([\d.]+) x ([\d.]+)", about).groups()
    page = sheet.width + 2 * margin, sheet.height + 2 * margin + (12 if margin else 0)
    assert [float(side) for side in size] == pytest.approx(page, abs=0.1)
    ours, theirs = (pixels(tmp_path / name) for name in ("sheet.pdf", "office.pdf"))
    compared = 0
    for words in sheet.words():
        # Long lines are narrower there, because LibreOffice kerns; their first letters are not.
        wanted, found = ink(ours, words, 0.0), ink(theirs, words, margin)
        assert abs(found[0] - wanted[0]) <= 0.5, words.text
        if words.anchor == "start":
            assert abs(found[1] - wanted[1]) <= 0.5, words.text
        compared += 1
    assert compared > 80


def pixels(path):
    """Which dots of the first page of a PDF are dark."""
    out = path.with_suffix("")
    command = ["pdftoppm", "-r", str(DPI), "-gray", "-singlefile", path, out]
    subprocess.run(command, check=True)
    data = out.with_suffix(".pgm").read_bytes()
    width, height = map(int, re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data).groups())
    return np.frombuffer(data[-width * height :], np.uint8).reshape(height, width) < 128


def ink(dark, words, margin):
    """The lowest and the leftmost ink of a text, in points."""
    left, top, right, bottom = (round((edge + margin) / 72 * DPI) for edge in words.box)
    around = round(0.6 / 72 * DPI)
    part = dark[top:bottom, left - around : right + around]
    low, first = np.flatnonzero(part.any(1))[-1], np.flatnonzero(part.any(0))[0]
    return low * 72 / DPI, first * 72 / DPI
