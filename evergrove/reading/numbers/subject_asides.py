"""What stands beside a name and is no part of it: sizes and doses."""

from __future__ import annotations

from evergrove.reading.arms.dose_groups import DOSE_UNITS
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import is_content, word_set


def before_sizes(tokens: list[Token], j: int, floor: int) -> int:
    """ "the climbers (N = 22 IN EACH) scored": before a bracket of sizes that ends at j."""
    if tokens[j].word != ")":
        return j
    opened = next((k for k in range(j - 1, max(floor, j - 9), -1) if tokens[k].word == "("), j)
    sized = opened < j and tokens[opened + 1].word == "n" and tokens[opened + 2].word == "="
    return opened - 1 if sized else j


def before_aside(tokens: list[Token], k: int, floor: int, values: list[Value]) -> int:
    """ "WAX (warm) vs clay": the token of the bracket that ends before k, else k.

    Not of a bracket that holds a score ("wax (3.1) vs clay (4.2)").
    """
    if k - 1 <= floor or tokens[k - 1].word != ")":
        return k
    opened = open_bracket(tokens, floor, k - 1)
    if opened is None or any(opened < value.at < k for value in values):
        return k
    return opened


def before_dose(tokens: list[Token], j: int, floor: int) -> int:
    """ "those receiving ketamine 0.3 MG/KG had less pain": the token before the dose at j."""
    k = j
    while k > floor and (tokens[k].word in DOSE_UNITS or tokens[k].word in ("/", "kg")):
        k -= 1
    told = floor < k < j and tokens[k].kind == "n" and tokens[k - 1].kind == "w"
    return k - 1 if told else j


def behind_dose(tokens: list[Token], i: int, b: int) -> int:
    """ "for celecoxib 200 MG and placebo", "tramadol 50 MG TWICE DAILY": behind a dose at i."""
    if i + 1 >= b or tokens[i].kind != "n" or tokens[i + 1].word not in DOSE_UNITS:
        return i
    k = i + 2
    while k < b and (tokens[k].word in _RATES or tokens[k - 1].word == "/"):
        k += 1
    return k


_RATES = word_set("/ daily twice thrice once bid tid qd iv orally intravenously kg")


def dose_of_name(tokens: list[Token], k: int) -> bool:
    """Whether the number at k is the dose of a drug that people had, and no amount told of them.

    "39.7 mm WITH CLAY 40 MG (difference -11.6)": the drug stands right ahead, behind "with", "for"
    or the like; not "15 vs 21 MG (difference 6)".
    """
    if k < 2 or k + 1 >= len(tokens) or tokens[k + 1].word not in DOSE_UNITS:
        return False
    name = k - 1
    while name > k - _LONGEST_NAME and tokens[name].kind == "w" and is_content(tokens[name].word):
        name -= 1
    return name < k - 1 and tokens[name].word in _LEADS_NAME


_LONGEST_NAME = 4
_LEADS_NAME = word_set("with for on after under receiving given taking")
