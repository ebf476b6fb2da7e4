"""Risk of bias as figure tables: judgements by study, and their shares by domain. Plain JSON.

Nothing is scored. Shares are percentages of studies, and of the weight that the studies have in a
synthesis; `percent` holds them unrounded beside what is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evergrove import wording
from evergrove.errors import EvergroveError
from evergrove.figures.numbers import Numbers
from evergrove.figures.row_tables import printable
from evergrove.risk_of_bias import OVERALL, Judgement, Tool, checked, tools

Table = dict[str, Any]
#: What stands for a domain that nobody has judged yet.
NOT_JUDGED = Judgement("not_judged", "Not judged yet", "", "none", "upright", "#ffffff", "#1a1a1a")
_NO_SCORE = "Judgements are not added up to a score."


def traffic_light_table(
    rows: Iterable[Mapping[str, str]],
    tool: str,
    labels: Mapping[str, str] | None = None,
    figure: str = "risk-of-bias",
) -> Table:
    """Studies by domains. `rows` are those of risk_of_bias.csv, `labels` names of studies.

    Studies stand in the order of the rows. A cell is the id of a judgement, or None. Raises
    EvergroveError where a row is not right, or the tool has judged no study.
    """
    used, judged = _judged(rows, tool)
    domains = _domains(used, judged)
    studies = []
    for number, (study, found) in enumerate(judged.items(), 1):
        label = " ".join((labels or {}).get(study, study).split())
        cells = {id: found.get(id) for id, _ in domains}
        told = ", ".join(f"{_said(id, used)} {_name(used, id, cells[id])}" for id, _ in domains)
        studies.append(
            {
                "id": f"study-{number}",
                "study": study,
                "label": label,
                "cells": cells,
                "spoken": f"{label}: {told}",
            }
        )
    missing = any(None in row["cells"].values() for row in studies)
    notes = ["An empty place: not judged yet."] if missing else []
    notes += [_NO_SCORE, f"Source: {wording.with_dashes(used.source)}"]
    title = f"{used.name}: judgements by study"
    counted = wording.counted(len(studies), "study", "studies")
    named = "; ".join(f"{id} {name}" for id, name in used.domains)
    opening = f"{title}. {_capital(counted)}. {_capital(used.about)}s: {named}."
    table = {
        "figure": figure,
        "kind": "traffic_light",
        "tool": used.id,
        "title": title,
        "description": " ".join(
            [opening, *(f"{row['spoken']}." for row in studies[:MOST_SPOKEN]), *notes]
        ),
        "columns": [
            {"id": id, "header": "Overall" if id == OVERALL else id, "name": name}
            for id, name in domains
        ],
        "rows": studies,
        "keys": _keys(used, [id for id, _ in domains]),
        "notes": notes,
    }
    return printable(table)


#: Studies that the description tells one by one; every row has its own spoken label as well.
MOST_SPOKEN = 30


def risk_summary_table(
    rows: Iterable[Mapping[str, str]],
    tool: str,
    weights: Mapping[str, float] | None = None,
    numbers: Numbers | None = None,
    figure: str = "risk-of-bias-summary",
) -> Table:
    """Shares of the judgements of each domain: of studies, and of weight if there is any.

    `weights` are the studies' weights in a synthesis, in any unit; studies without one count in
    the first shares only. Sections have rows that share their judgements.
    """
    numbers = numbers or Numbers()
    used, judged = _judged(rows, tool)
    weights = {study: weight for study, weight in (weights or {}).items() if study in judged}
    weights = weights if sum(weights.values()) > 0 else {}
    domains = _domains(used, judged)
    sections: list[dict[str, Any]] = []
    for id, name in domains:
        answers = [*used.answers(id)]
        if any(found.get(i) is None for found in judged.values() for i, _ in domains):
            answers.append(NOT_JUDGED)
        if not sections or sections[-1]["_answers"] != answers:
            sections.append({"_answers": answers, "answers": _drawn(answers), "rows": []})
        shares = {"studies": _shares(judged, id, dict.fromkeys(judged, 1.0), answers, numbers)}
        if weights:
            shares["weight"] = _shares(judged, id, weights, answers, numbers)
        label = name if id == OVERALL else f"{id} {name}"
        told = ". ".join(_told(kind, found, answers) for kind, found in shares.items())
        sections[-1]["rows"].append(
            {"id": f"domain-{id}", "label": label, "shares": shares, "spoken": f"{label}. {told}"}
        )
    for section in sections:
        del section["_answers"]
    title = f"{used.name}: shares of judgements"
    notes = _summary_notes(judged, weights)
    spoken = [f"{row['spoken']}." for section in sections for row in section["rows"]]
    table = {
        "figure": figure,
        "kind": "risk_summary",
        "tool": used.id,
        "title": title,
        "description": " ".join([f"{title}.", *spoken, *notes]),
        "studies": len(judged),
        "weighted": len(weights),
        "sections": sections,
        "notes": [*notes, _NO_SCORE, f"Source: {wording.with_dashes(used.source)}"],
    }
    return printable(table)


def _judged(rows: Iterable[Mapping[str, str]], tool: str) -> tuple[Tool, dict[str, dict[str, str]]]:
    found = checked(rows).get(tool)
    if not found:
        raise EvergroveError(
            "no study is judged with this tool",
            value=tool,
            remedy=f"Known tools: {', '.join(tools())}.",
        )
    return tools()[tool], found


def _domains(tool: Tool, judged: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str]]:
    """The domains to draw; the overall judgement if any study has one."""
    overall = any(OVERALL in found for found in judged.values())
    return [*tool.domains, *([(OVERALL, tool.overall)] if overall else [])]


def _drawn(answers: Sequence[Judgement]) -> list[dict[str, str]]:
    return [
        {name: getattr(answer, name) for name in Judgement.__dataclass_fields__}
        for answer in answers
    ]


def _keys(tool: Tool, domains: Sequence[str]) -> list[dict[str, Any]]:
    """What the symbols mean: once, or apart for the overall judgement that has its own."""
    own = OVERALL in domains and tool.overall_judgements != tool.judgements
    keys = [{"heading": "", "answers": _drawn(tool.judgements)}]
    if own:
        keys.append({"heading": tool.overall, "answers": _drawn(tool.overall_judgements)})
    return keys


def _said(id: str, tool: Tool) -> str:
    return tool.overall.lower() if id == OVERALL else id


def _name(tool: Tool, domain: str, judgement: str | None) -> str:
    names = {answer.id: answer.name for answer in (*tool.answers(domain), NOT_JUDGED)}
    return names[judgement or NOT_JUDGED.id].lower()


def _shares(
    judged: Mapping[str, Mapping[str, str]],
    domain: str,
    weights: Mapping[str, float],
    answers: Sequence[Judgement],
    numbers: Numbers,
) -> dict[str, dict[str, Any]]:
    """{judgement: {"n", "percent", "shown"}} over the studies that have a weight."""
    total = sum(weights.values())
    out = {}
    for answer in answers:
        studies = [s for s in weights if judged[s].get(domain, NOT_JUDGED.id) == answer.id]
        percent = 100 * sum(weights[study] for study in studies) / total
        shown = f"{numbers.fixed(percent, 0)}%"
        out[answer.id] = {"n": len(studies), "percent": percent, "shown": shown}
    return out


def _told(kind: str, shares: Mapping[str, Mapping[str, Any]], answers: Sequence[Judgement]) -> str:
    parts = [f"{a.name.lower()} {shares[a.id]['shown']}" for a in answers if shares[a.id]["n"]]
    return f"Of {kind}: {', '.join(parts)}"


def _summary_notes(
    judged: Mapping[str, Mapping[str, str]], weights: Mapping[str, float]
) -> list[str]:
    counted = wording.counted(len(judged), "study", "studies")
    notes = [f"Studies: percent of {counted}."]
    if weights:
        part = "all of them" if len(weights) == len(judged) else f"{len(weights)} of them"
        notes.append(f"Weight: percent of the weight in the primary synthesis, of {part}.")
    return notes


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
