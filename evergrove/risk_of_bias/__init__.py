"""Risk of bias: the tools (one YAML file each, beside this module) and the judgements of reviewers.

A judgement is never computed and never added up: the tools' authors advise against scores, and
the overall judgement is the reviewers' own (domain `overall`). Reading needs no numeric package.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from evergrove import wording
from evergrove.errors import EvergroveError
from evergrove.tables import Row, read_csv
from evergrove.validation import check, read_yaml

COLUMNS = ("study", "tool", "domain", "judgement", "support", "reviewer")
REQUIRED, OPTIONAL = COLUMNS[:4], COLUMNS[4:]
#: The name of the domain that stands for the whole study.
OVERALL = "overall"
#: The reviewer whose judgement stands where others differ.
CONSENSUS = "consensus"
SHAPES = ("circle", "square", "diamond", "none")
PATTERNS = ("blank", "rising", "falling", "level", "dots", "solid")

_FOLDER = Path(__file__).parent
_TEXT = {"type": "string", "minLength": 1}
_COLOUR = {"type": "string", "pattern": "^#[0-9a-f]{6}$"}


def _object(**properties: Any) -> dict[str, Any]:
    optional = properties.pop("optional", ())
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


_JUDGEMENTS = {
    "type": "array",
    "minItems": 2,
    "items": _object(
        id=_TEXT,
        name=_TEXT,
        symbol={"type": "string", "minLength": 1, "maxLength": 2},
        shape={"enum": list(SHAPES)},
        pattern={"enum": list(PATTERNS)},
        fill=_COLOUR,
        ink=_COLOUR,
    ),
}
_SCHEMA = _object(
    id=_TEXT,
    name=_TEXT,
    about={"enum": ["domain", "question"]},
    source=_TEXT,
    judgements=_JUDGEMENTS,
    domains={"type": "array", "minItems": 1, "items": _object(id=_TEXT, name=_TEXT)},
    overall=_object(name=_TEXT, judgements=_JUDGEMENTS, optional=("judgements",)),
)


@dataclass(frozen=True)
class Judgement:
    """One answer of a tool, and how it is drawn: symbol and shape, pattern of a bar, colours."""

    id: str
    name: str
    symbol: str
    shape: str
    pattern: str
    fill: str
    ink: str


@dataclass(frozen=True)
class Tool:
    """One tool. `domains` are (id, name); `overall` the name of the judgement on the whole."""

    id: str
    name: str
    about: str
    source: str
    domains: tuple[tuple[str, str], ...]
    judgements: tuple[Judgement, ...]
    overall: str
    overall_judgements: tuple[Judgement, ...]

    def answers(self, domain: str) -> tuple[Judgement, ...]:
        """The judgements that a domain (or `OVERALL`) may have."""
        return self.overall_judgements if domain == OVERALL else self.judgements


@cache
def tools() -> dict[str, Tool]:
    """Every tool by its id. Raises EvergroveError for a file that is not a tool."""
    found = {}
    for path in sorted(_FOLDER.glob("*.yaml")):
        content = read_yaml(path)
        check(content, _SCHEMA, path)
        judgements = tuple(Judgement(**item) for item in content["judgements"])
        own = content["overall"].get("judgements")
        found[content["id"]] = Tool(
            id=content["id"],
            name=content["name"],
            about=content["about"],
            source=content["source"],
            domains=tuple((item["id"], item["name"]) for item in content["domains"]),
            judgements=judgements,
            overall=content["overall"]["name"],
            overall_judgements=tuple(Judgement(**item) for item in own) if own else judgements,
        )
    return found


def read_judgements(path: Path | str) -> list[Row]:
    """The rows of a risk_of_bias.csv, checked (see `checked`).

    Raises EvergroveError naming file, line, column, value and remedy.
    """
    rows = read_csv(path, REQUIRED, OPTIONAL)
    checked(rows)
    return rows


def check_kept(path: Path | str, studies: Collection[str]) -> int:
    """How many rows a review's risk_of_bias.csv has; 0 without the file. For `evergrove check`.

    Raises EvergroveError as `read_judgements`, and for a study that is not among `studies`.
    """
    if not Path(path).exists():
        return 0
    rows = read_judgements(path)
    for row in rows:
        if row["study"].strip() not in studies:
            known = ", ".join(sorted(studies))
            raise _error(row, "study", "not a study of studies.csv", f"Write one of: {known}.")
    return len(rows)


def checked(rows: Iterable[Mapping[str, str]]) -> dict[str, dict[str, dict[str, str]]]:
    """{tool: {study: {domain: judgement}}}, tools, studies and domains in the order of the rows.

    A study may have a row of each reviewer for one domain. Where they differ, the row of the
    reviewer "consensus" stands, and without one it is an error. So are an unknown tool, domain or
    judgement, an empty cell, and two rows of one reviewer for the same domain.
    """
    given: dict[tuple[str, str, str], dict[str, tuple[str, Mapping[str, str]]]] = {}
    for row in rows:
        key, judgement = _settled_names(row)
        reviewer = (row.get("reviewer") or "").strip()
        same = given.setdefault(key, {})
        if reviewer in same:
            who = f"the reviewer “{reviewer}”" if reviewer else "no reviewer"
            raise _error(
                row,
                "domain",
                f"a second row of {who} for the same study, tool and domain",
                "Delete one of them, or name the reviewers.",
            )
        same[reviewer] = (judgement, row)
    out: dict[str, dict[str, dict[str, str]]] = {}
    for (tool, study, domain), same in given.items():
        out.setdefault(tool, {}).setdefault(study, {})[domain] = _agreed(same, study, domain)
    return out


def _settled_names(row: Mapping[str, str]) -> tuple[tuple[str, str, str], str]:
    """((tool, study, domain), judgement) of a row, each as its tool spells it."""
    for column in REQUIRED:
        if not (row.get(column) or "").strip():
            raise _error(row, column, "is empty", f"Every row needs {wording.listed(REQUIRED)}.")
    study = row["study"].strip()
    tool = tools().get(_plain(row["tool"]))
    if tool is None:
        raise _error(row, "tool", "not a known tool", f"Known tools: {', '.join(tools())}.")
    domains = {_plain(id): id for id in (*(id for id, _ in tool.domains), OVERALL)}
    domain = domains.get(_plain(row["domain"]))
    if domain is None:
        raise _error(
            row,
            "domain",
            f"not a {tool.about} of {tool.name}",
            f"It has: {', '.join(domains.values())}.",
        )
    answers = [answer.id for answer in tool.answers(domain)]
    judgement = _plain(row["judgement"])
    if judgement not in answers:
        raise _error(
            row,
            "judgement",
            f"not a judgement that {tool.name} has here",
            f"Write one of: {', '.join(answers)}.",
        )
    return (tool.id, study, domain), judgement


def _agreed(same: Mapping[str, tuple[str, Mapping[str, str]]], study: str, domain: str) -> str:
    judgements = {judgement for judgement, _ in same.values()}
    if len(judgements) == 1:
        return judgements.pop()
    for reviewer, (judgement, _) in same.items():
        if reviewer.lower() == CONSENSUS:
            return judgement
    said = "; ".join(f"{name or 'no name'}: {found}" for name, (found, _) in same.items())
    raise _error(
        list(same.values())[-1][1],
        "judgement",
        f"the reviewers of {study}, {domain} differ ({said})",
        f"Add a row of the reviewer {CONSENSUS} with what was agreed.",
    )


def _plain(text: str) -> str:
    """ "No information " as "no_information"."""
    return "_".join(text.lower().replace("-", " ").replace("_", " ").split())


def _error(row: Mapping[str, str], column: str, problem: str, remedy: str) -> EvergroveError:
    if isinstance(row, Row):
        return row.error(column, problem, remedy)
    return EvergroveError(problem, place=f"column {column}", value=row.get(column), remedy=remedy)
