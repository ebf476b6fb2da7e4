"""What a report says beside its tables: the same sentences as the page, as paragraphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evergrove import wording
from evergrove.page.results import ReviewResults

Paragraph = dict[str, str]
# The page's tables that are part of a report, by its numbers; the rest stays in tables/.
REPORT_TABLES = (
    "forest-data",
    "studies",
    "sensitivity",
    "windows",
    "subgroups",
    "correlation",
    "leave-one-out",
    "cumulative",
    "complications",
    "not-pooled",
    "overlaps",
)


def authors(protocol: Mapping[str, Any]) -> list[str]:
    """The authors of the review as printed, where the protocol names them."""
    return [
        item.get("name") or " ".join(filter(None, (item.get("given-names"), item["family-names"])))
        for item in protocol.get("authors") or ()
    ]


def version(changes: Mapping[str, Any]) -> list[str]:
    """Which version this is, and what is new in it: up to three sentences."""
    released = changes.get("released") or []
    if not released:
        return []
    if changes["version"]:
        said = [f"Version {changes['version']}, with searches up to {changes['date']}."]
        said += [changes["note"]] if changes["note"] else []
    else:
        last = released[-1]
        said = [
            f"Unreleased state; the last released version is {last['version']}, with searches up "
            f"to {last['date']}."
        ]
    return said + _news(changes)


def _news(changes: Mapping[str, Any]) -> list[str]:
    previous, found = changes["previous"], changes["changes"]
    if not previous or not found:
        return []
    studies = found["studies"]
    added, removed = (
        wording.counted(len(studies[name]), "study", "studies") for name in ("added", "removed")
    )
    moved = "changed" if found["conclusion"]["changed"] else "did not change"
    return [
        f"Since version {previous['version']}, {added} came in and {removed} went out; the "
        f"conclusion {moved}."
    ]


def results_paragraphs(results: ReviewResults, view: Mapping[str, Any]) -> list[Paragraph]:
    """The results in words, with a run-in heading each: ``{"heading", "text"}``."""
    headline = view["headline"]
    found = [
        ("Flow", "; ".join(map(_box, view["flow"])) + "."),
        ("Finding", _joined([headline["conclusion"], headline["spread"] or ""])),
        ("Numbers", "; ".join(map(_fact, headline["facts"])) + "."),
        (
            "Heterogeneity and dependence",
            "; ".join(f"{line['label']}: {line['text']}" for line in view["model_lines"]),
        ),
        (
            "To be read with the estimate",
            _joined([*headline["statements"], *headline["warnings"]]),
        ),
        ("Checks", _joined([view["agreement"]["sentence"], view["engines"]["sentence"]])),
        ("Waiting for a person", "; ".join(item["text"] for item in headline["waiting"])),
    ]
    return [{"heading": heading, "text": _ended(text)} for heading, text in found if text]


def _joined(sentences: Sequence[str]) -> str:
    return " ".join(_ended(text) for text in sentences if text)


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!", "”")) else f"{text}."


def _box(item: Mapping[str, Any]) -> str:
    label = item["label"][:1].lower() + item["label"][1:]
    detail = f" ({item['detail']})" if item["detail"] else ""
    aside = "; ".join(
        f"{other['label'][:1].lower() + other['label'][1:]}: {other['count']}"
        for other in item["aside"]
        if not other["zero"]
    )
    return f"{label}: {item['count']}{detail}" + (f" [left here: {aside}]" if aside else "")


def _fact(fact: Mapping[str, Any]) -> str:
    detail = f" ({fact['detail']})" if fact["detail"] else ""
    return f"{fact['label']}: {fact['value']}{detail}"


def reference_text(item: Mapping[str, Any]) -> str:
    """A reference without its label and links: authors, title and source."""
    parts = [item["authors"], item["title"], item["source"]]
    return " ".join(f"{part}." for part in parts if part)


def reference_numbers(view: Mapping[str, Any]) -> dict[str, int]:
    """The number of each reference, by its id on the page."""
    return {item["id"]: number for number, item in enumerate(view["references"], start=1)}


def numbered(numbers: Sequence[int]) -> str:
    """Reference numbers as they are cited: 1, 2, 3 and 5 are "[1–3, 5]"."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = [
        str(run[0]) if len(run) == 1 else f"{run[0]}{', ' if len(run) == 2 else '–'}{run[-1]}"
        for run in runs
    ]
    return f"[{', '.join(told)}]" if told else ""
