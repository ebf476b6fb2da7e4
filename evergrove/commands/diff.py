"""`evergrove diff [REVIEW] [A B]`: what changed between two versions, or since the last one."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from evergrove.errors import EvergroveError

RESULTS = Path("results")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("review", nargs="?", metavar="REVIEW", help="short name (default: the only review)")
    add("versions", nargs="*", metavar="A B", help="two versions (default: the last, and now)")
    add("--json", action="store_true", help="as one JSON object")


def run(options: argparse.Namespace) -> int:
    from evergrove.protocol import load_protocol
    from evergrove.versions.compare import compare

    slug = options.review or _only_review()
    protocol = load_protocol(slug)
    before, after = _pair(slug, options.versions)
    changes = compare(before, after, protocol)
    about = {"before": before.get("version"), "after": after.get("version")}
    if options.json:
        print(json.dumps(about | changes, ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(about, changes, before)))
    return 0


def _only_review() -> str:
    from evergrove.protocol import CONFIG
    from evergrove.validation import read_yaml

    names = list(read_yaml(CONFIG).get("reviews", ()))
    if len(names) != 1:
        raise EvergroveError(
            "which review?", value=", ".join(names), remedy="Name one: evergrove diff REVIEW."
        )
    return str(names[0])


def _pair(slug: str, names: list[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    from evergrove.protocol import REVIEWS
    from evergrove.versions import kept

    folder = REVIEWS / slug / "versions"
    found = {one["version"]: one for one in kept.read_versions(folder.glob("*/*"))}
    if len(names) not in (0, 2):
        raise EvergroveError(
            "two versions are compared",
            value=" ".join(names),
            remedy=f"There are: {', '.join(found) or 'none'}.",
        )
    for name in names:
        if name not in found:
            raise EvergroveError(
                "no such version", value=name, remedy=f"There are: {', '.join(found) or 'none'}."
            )
    if names:
        return found[names[0]], found[names[1]]
    if not found:
        raise EvergroveError(
            "no version to compare with", file=folder, remedy=f"evergrove release {slug} makes one."
        )
    return list(found.values())[-1], _now(slug)


def _now(slug: str) -> dict[str, Any]:
    from evergrove import tables
    from evergrove.versions.snapshot import snapshot

    results = RESULTS / slug
    if not (results / "syntheses.json").is_file():
        raise EvergroveError(
            "no results to compare", file=results / "syntheses.json", remedy="Run snakemake first."
        )
    return snapshot(
        tables.read_json(results / "syntheses.json"),
        tables.read_csv(results / "effects.csv", ("measurement_id", "yi"), ("*",)),
        tables.read_csv(results / "screened.csv", ("report", "decision"), ("*",)),
    ) | {"version": None}


def _lines(about: dict[str, Any], changes: dict[str, Any], before: dict[str, Any]) -> list[str]:
    """What changed, in lines for a terminal."""
    from evergrove.versions.snapshot import primary

    unit = before["syntheses"].get("unit") or ""
    out = [f"{about['before'] or 'now'} -> {about['after'] or 'now'}"]
    studies = changes["studies"]
    for name, words in (
        ("added", "studies added"),
        ("removed", "studies removed"),
        ("added_to_primary", "new in the primary synthesis"),
        ("removed_from_primary", "no longer in the primary synthesis"),
    ):
        if studies[name]:
            out.append(f"{words}: {', '.join(studies[name])}")
    for kind in ("corrected", "reclassified"):
        for item in changes["measurements"][kind]:
            told = "; ".join(
                f"{c['field']} {c['before'] or 'empty'} -> {c['after'] or 'empty'}"
                for c in item["changes"]
            )
            out.append(f"{kind}: {item['measurement_id']}: {told}")
    for item in changes["reports"]["retracted"]:
        out.append(f"retracted: {item['report']}")
    main = primary(before)
    for one in changes["syntheses"]:
        if main is not None and one["id"] == main["id"]:
            out.append(
                f"{one['label']}: {_result(one['before'])} -> {_result(one['after'])} {unit}"
            )
    verdict = changes["conclusion"]
    word = "changed" if verdict["changed"] else "did not change"
    out.append(f"The conclusion {word}: {verdict['before']} -> {verdict['after']}.")
    out.append(verdict["rule"])
    return out


def _result(one: dict[str, Any] | None) -> str:
    from evergrove import wording

    fit = None if one is None else one["fit"]
    if fit is None or fit["b"] is None:
        return "nothing pooled"
    low, high = (wording.number(fit[name], 2) for name in ("ci_low", "ci_high"))
    return f"{wording.number(fit['b'], 2)} ({low} to {high}; k = {one['k'] if one else 0})"
