"""Blind verification: suggestions are kept back until a person has answered, and compared then."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from evergrove.errors import EvergroveError
from evergrove.verification.form import same_value

# Names what is asked about; it cannot be hidden.
SHOWN = ("timepoint.label",)

Key = tuple[str, int, str]


@dataclass
class Comparisons:
    """First answers beside the suggestions, by report, measurement and field."""

    answers: dict[Key, dict[str, Any]] = field(default_factory=dict)

    def shown(self, report: str, index: int, item: dict[str, Any]) -> dict[str, Any]:
        """The field as the page may see it: its name alone until it was answered."""
        if item["name"] in SHOWN or (report, index, item["name"]) in self.answers:
            return item
        return {"name": item["name"], "value": None, "kind": "hidden", "place": None}

    def take(self, report: str, index: int, item: dict[str, Any], answer: Any) -> None:
        """Keep a person's first answer (a decision); later ones change nothing."""
        key = (report, index, item["name"])
        if item["name"] in SHOWN or key in self.answers or not isinstance(answer, dict):
            return
        absent = answer.get("kind") == "absent"
        value = None if absent else answer.get("value")
        try:
            agrees = same_value(value, item["value"], item["name"])
        except EvergroveError:
            agrees = False
        place = answer.get("place")
        self.answers[key] = {
            "report": report,
            "measurement": index,
            "field": item["name"],
            "answer": value,
            "suggestion": item["value"],
            "agrees": agrees,
            "same_place": agrees and place is not None and place == item["place"],
        }

    def report(self) -> dict[str, Any]:
        """How often answers and suggestions agree, and each case in which they do not."""
        rows = [self.answers[key] for key in sorted(self.answers)]
        differ = [row for row in rows if not row["agrees"]]
        agree = len(rows) - len(differ)
        return {
            "compared": len(rows),
            "agree": agree,
            "share": agree / len(rows) if rows else None,
            "same_place": sum(row["same_place"] for row in rows),
            "differ": differ,
        }

    def summary(self) -> str:
        """The report in a sentence or two for a terminal."""
        found = self.report()
        if not found["compared"]:
            return "Blind: no value was answered."
        text = (
            f"Blind: {found['agree']} of {found['compared']} first answers agree with the "
            f"suggestion ({100 * found['share']:.0f} %), {found['same_place']} at the same place."
        )
        for row in found["differ"]:
            answer = "not in the abstract" if row["answer"] is None else row["answer"]
            text += (
                f"\n  {row['report']} measurements[{row['measurement']}] {row['field']}: "
                f"answered {answer}, suggested {row['suggestion']}"
            )
        return text
