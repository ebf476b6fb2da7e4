"""Two treatments inside one time: "SIX WEEKS AFTER WAXING OR TAPING, VAS was 28 and 34"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import Arm, words_of
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.view import View


def pair_in_time(tokens: list[Token], view: View, lead: int) -> list[Arm]:
    """The two groups of "AFTER (fitting of) THE SPLINT OR THE CAST, VAS was 28 and 34".

    `lead`: the word "after" in the one time of the sentence. Each group has as many values; joined
    by "and" only where the values are told respectively.
    """
    count = len(view.q.values)
    if count != 2 * measures_named(view) or "from" in view.words:
        return []
    if sum(time.kind not in _NO_TIMES for time in view.times) != 1:
        return []
    if count > 2 and "respectively" not in view.words:
        return []
    start = lead + 1
    one = noun_phrase(tokens, start, view.b)
    if one is not None and one[1] + 1 < view.b and tokens[one[1]].word == "of":
        one = noun_phrase(tokens, one[1] + 1, view.b)  # "after fitting OF THE SPLINT or"
    if one is None or one[1] + 1 >= view.b:
        return []
    joint = tokens[one[1]].word
    if joint not in _OR and (joint != "and" or "respectively" not in view.words):
        return []
    two = noun_phrase(tokens, one[1] + 1, view.b)
    if two is None or two[1] >= view.b or tokens[two[1]].word not in (",", "("):
        return []
    names = [text_of(tokens, *span) for span in (one, two)]
    if not all(map(words_of, names)) or words_of(names[0]) == words_of(names[1]):
        return []
    return [
        Arm(*span, name, 3, slot="time", np_first=span[0])
        for span, name in zip((one, two), names, strict=True)
    ]


def measures_named(view: View) -> int:
    """How many measures the sentence names, each place of a pain by itself."""
    named = [mention for mention in view.mentions if mention.key]
    scales = {mention.key for mention in named if mention.instrument}
    places = {mention.qualifier for mention in named if mention.qualifier}
    return max(len(scales), len(places), 1)


_OR = word_set("or vs versus")
_NO_TIMES = ("duration", "same")
