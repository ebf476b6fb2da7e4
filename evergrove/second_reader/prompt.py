"""What a second reader is asked, and the form that its answer must have."""

from __future__ import annotations

import hashlib
import json
from typing import Any

FIELDS = (
    "n", "mean", "sd", "se", "median", "q1", "q3", "min", "max", "ci_low", "ci_high", "p",
)  # fmt: skip
STATS = ("level", "change", "percent_change", "between_diff")

INSTRUCTIONS = """\
You read the abstract of a clinical study and list every summary of a continuous outcome that it \
prints: one record for each outcome, group of people and time.

Rules:
1. Only numbers printed in the abstract. Never compute, convert, round or complete a number.
2. "value" is the number exactly as printed. "quote" is a passage copied character for character \
from the abstract, short but long enough to occur only once, with the number in it.
3. "stat" is "level" for a value at one time, "change" for a change from baseline within a group, \
"percent_change" for such a change in percent, "between_diff" for a difference between groups.
4. "measure" is the name of the outcome as printed, "arm" the group as printed ("all" if there is \
one group), "timepoint" the time as printed ("baseline" before treatment).
5. A number after a plus-minus sign that the abstract does not label goes into "sd".
6. No ages, doses, durations, counts of events, percentages of people or test statistics.
7. If the abstract prints no such summary, answer with an empty list of records.
"""

SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["records"],
    "properties": {
        "records": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["measure", "arm", "stat", "timepoint", "values"],
                "properties": {
                    "measure": {"type": "string"},
                    "arm": {"type": "string"},
                    "stat": {"enum": list(STATS)},
                    "timepoint": {"type": "string"},
                    "values": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["field", "value", "quote"],
                            "properties": {
                                "field": {"enum": list(FIELDS)},
                                "value": {"type": "string"},
                                "quote": {"type": "string"},
                            },
                        },
                    },
                },
            },
        }
    },
}


def messages(text: str) -> list[dict[str, str]]:
    """The conversation that a model is sent about one abstract."""
    return [
        {"role": "system", "content": INSTRUCTIONS},
        {"role": "user", "content": f"Abstract:\n\n{text}"},
    ]


def version() -> str:
    """Changes when the question or the form of the answer does: an older answer is asked anew."""
    asked = json.dumps([INSTRUCTIONS, SCHEMA], sort_keys=True)
    return hashlib.sha256(asked.encode()).hexdigest()[:12]
