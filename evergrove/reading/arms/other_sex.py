"""One half of the people, and the other half unnamed: "higher IN WOMEN (4.5 vs 4.2)"."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.frames import Run
from evergrove.reading.text.stat_words import COMPARATIVE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import AGENT, PEOPLE, STATE, word_set
from evergrove.reading.view import View

#: The slot of a group that is one half of the people.
HALF = "half"
_OTHERS = {
    "women": "men",
    "men": "women",
    "females": "males",
    "males": "females",
    "girls": "boys",
    "boys": "girls",
    "female": "male",
    "male": "female",
    "smokers": "nonsmokers",
    "nonsmokers": "smokers",
    "non-smokers": "smokers",
    "responders": "nonresponders",
    "nonresponders": "responders",
    "non-responders": "responders",
}
_BEFORE = STATE | AGENT | word_set("in among by for than that of ,")
_OPENS = word_set("( [ ,")


def half_and_other(tokens: list[Token], view: View, run: Run) -> list[Arm]:
    """The two halves in the order of the values, or [].

    "VAS was higher in WOMEN (4.5 vs 4.2)", "MEN had lower scores (4.2 vs 4.5)": the half that is
    named has the first value where the comparative fits the two, and the second where it fits
    turned round. "patients WITH gout had more pain (5.5 vs 4.2)": those with and without it.
    """
    if len(run.values) != 2 or not run.versus or tokens[run.first - 1].word not in _OPENS:
        return []
    start = run.first - 1
    while start > view.a and tokens[start - 1].word not in (";", ".", "while", "whereas", "but"):
        start -= 1
    span = range(max(start, run.first - 18), run.first)
    if any(tokens[k].word in ("than", "compared", "versus", "vs") for k in span):
        return []
    way = [k for k in span if tokens[k].word in COMPARATIVE]
    named = [_half(tokens, k) for k in span]
    found = [half for half in named if half is not None]
    if len(found) != 1 or not way:
        return []
    one, two = found[0]
    first, second = (value.value for value in run.values)
    less = tokens[way[-1]].word in _LESS
    fits = first < second if less else first > second
    return [one, two] if fits else [two, one] if first != second else []


_LESS = word_set("lower less smaller milder fewer")


def _half(tokens: list[Token], k: int) -> tuple[Arm, Arm] | None:
    """The group named at token k and the rest of the people: women and men, with and without."""
    word = tokens[k].word
    other = _OTHERS.get(word)
    if other is not None and tokens[k + 1].word != "and" and tokens[k - 1].word != "and":
        half = Arm(k, k + 1, tokens[k].raw.lower(), 2, slot=HALF)
        return half, Arm(k, k + 1, other, 2, slot=HALF)
    if word == "with" and k and tokens[k - 1].word in PEOPLE:
        last = k + 1
        while last < len(tokens) and last - k < 5 and _of_condition(tokens[last]):
            last += 1
        if last > k + 1:
            name = " ".join(token.raw for token in tokens[k + 1 : last])
            return Arm(k, last, name, 2, slot=HALF), Arm(k, last, f"no {name}", 2, slot=HALF)
    return None


def _of_condition(token: Token) -> bool:
    return token.kind == "w" and token.word not in _BEFORE | COMPARATIVE | {"and", "or", "("}
