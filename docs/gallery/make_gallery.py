"""Make this gallery anew from a finished run: `make gallery`.

Copies the figures of results/sacroplasty/figures and, where R with metafor is installed, draws the
same synthesis by metafor's defaults beside them.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

from evergrove.figure_list import FURTHER  # noqa: E402

RESULTS = ROOT / "results/sacroplasty"
SHOWN = {"primary": "Forest plot of the primary synthesis", "by-indication": "Subgroups"} | FURTHER
#: What metafor.R draws.
THEIRS = ("primary", "cumulative", "funnel", "radial", "baujat", "influence", "gosh")
HEAD = """# Gallery

Every kind of figure of the default review, as the pipeline drew it, and the same rows by
metafor's defaults, where it has such a figure. [What is on them](../reference/figures.md).
`make gallery` makes this page anew from a finished run.

metafor's figures are what its functions draw when given nothing but the fit: they can be tuned
by hand to much more. They stand here so that a reader can judge what is had without tuning.
"""


def main() -> None:
    for old in [*HERE.glob("*.svg"), *HERE.glob("*.png")]:
        old.unlink()
    for name in SHOWN:
        shutil.copyfile(RESULTS / "figures" / f"{name}.svg", HERE / f"{name}.svg")
    theirs = _by_metafor()
    parts = [HEAD]
    for name, title in SHOWN.items():
        table = json.loads((RESULTS / "figures" / f"{name}.json").read_text(encoding="utf-8"))
        spoken = table.get("description", title).split(". ")[0].replace('"', "”")
        parts.append(f"## {title}\n\n![{spoken}]({name}.svg)\n")
        if name in theirs:
            parts.append(f"By metafor's defaults:\n\n![{title}, by metafor](metafor-{name}.png)\n")
    (HERE / "README.md").write_text("\n".join(parts), encoding="utf-8")


def _by_metafor() -> tuple[str, ...]:
    """Draw with R; the names that were drawn, none without R and metafor."""
    if shutil.which("Rscript") is None:
        print("no Rscript: the gallery has no figures of metafor", file=sys.stderr)
        return ()
    review = json.loads((RESULTS / "syntheses.json").read_text(encoding="utf-8"))
    primary = next(s for s in review["syntheses"] if s["id"] == review["primary"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            out = csv.writer(file)
            out.writerow(["label", "year", "yi", "vi"])
            for row in primary["studies"]:
                year = re.search(r"\d{4}", row["label"])
                out.writerow([row["label"], year[0] if year else "", row["yi"], row["vi"]])
        subprocess.run(["Rscript", str(HERE / "metafor.R"), str(path), str(HERE)], check=True)
    return THEIRS


if __name__ == "__main__":
    main()
