"""How many women and men there were, where the scores are told of each: "35 MEN AND 42 WOMEN"."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from evergrove.reading.arms.arms import is_sex
from evergrove.reading.text.words import word_set

if TYPE_CHECKING:
    from evergrove.reading.document import Document
    from evergrove.reading.drafts import Draft
    from evergrove.reading.numbers.quantities import Count
    from evergrove.reading.text.tokens import Token

_FEMALE = word_set("women woman female females girls")
_MALE = word_set("men man male males boys")


def give_sizes_of_sexes(document: Document, drafts: list[Draft]) -> None:
    """ "35 men and 42 women were enrolled. VAS was 44 in MEN and 52 in WOMEN": 35 and 42.

    Read where the text counts both just once, side by side, and no group has another n.
    """
    mine = [d for d in drafts if _sex(d.record["arm"]) and d.record["stat"] != "between_diff"]
    if {_sex(d.record["arm"]) for d in mine} != {"f", "m"} or any(d.record["n"] for d in mine):
        return
    told: dict[str, Count] = {}
    for view in document.views:
        here = [(sex, c) for c in view.q.counts if (sex := _sex(c.noun)) and c.of is None]
        if len(here) != 2:
            continue
        for sex, count in here:
            if sex in told or count.each:
                return
            told[sex] = count
    if len(told) != 2 or abs(told["f"].at - told["m"].at) > 5:
        return
    for draft in mine:
        count = told[_sex(draft.record["arm"])]
        draft.record["n"] = count.value
        draft.places["n"] = (count.at, count.at + 1)


def _sex(name: str) -> str:
    """ "f" or "m", where the name is no more than that of a sex."""
    word = name.lower().removesuffix(" patients")
    return "f" if word in _FEMALE else "m" if word in _MALE else ""


def sexes_of_all(counts: list[Count]) -> bool:
    """ "A total of 24 nuns, 10 WOMEN AND 14 MEN were included": they add up to a number of people.

    Whether the women and men of a sentence are parts of one that it tells beside them.
    """
    parts = [count.value for count in counts if is_sex(count.noun) and not count.each]
    return len(parts) == 2 and any(
        count.value == sum(parts) for count in counts if not is_sex(count.noun) and not count.each
    )


def women_and_men(tokens: list[Token], a: int, b: int, counts: list[Count]) -> list[Count]:
    """ "in 19 WOMEN AND 4 MEN": the two counts of one group by sex; [] where each has its values.

    A group of each sex where the sentence says "respectively", or lists two numbers before them.
    """
    if sum(is_sex(count.noun) for count in counts) < 2:
        return []
    if any(tokens[k].word == "respectively" for k in range(a, b)):
        return []
    for one, two in itertools.pairwise(counts):
        gap = [tokens[k].word for k in range(one.at + 1, two.at)]
        if not (is_sex(one.noun) and is_sex(two.noun)) or one.equals or two.equals:
            continue
        if gap not in ([one.noun, "and"], [one.noun, ","]):
            continue
        lead = [tokens[k] for k in range(max(a, one.at - 4), one.at)]
        kinds = "".join(t.kind if t.kind == "n" else t.word[:3] for t in lead)
        return [] if kinds.startswith(("nandn", "nvsn", "nvern")) else [one, two]
    return []
