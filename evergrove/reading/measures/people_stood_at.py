"""People who stood at a score: "After 2 months of waxing ITS 40 USERS WERE AT 29 ± 17"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import DETERMINERS, STATE, is_content, names_people
from evergrove.reading.view import View


def people_stood_at(tokens: list[Token], view: View, run: Run) -> bool:
    """Whether counted people, with no more than a time before them, stood "at" the values.

    "AFTER 2 MONTHS OF WAXING the 40 nuns were at 29": at the score of the sentence before.
    """
    verb = run.verb
    if verb is None or tokens[verb].word not in STATE or tokens[run.first - 1].word != "at":
        return False
    if verb != run.first - 2:
        return False
    noun = tokens[verb - 1].word
    count = next((c for c in view.q.counts if c.noun == noun and 0 < verb - c.at < 5), None)
    if count is None or not (names_people(noun) or noun.endswith("s")):
        return False
    k = count.at
    while k > view.a and (tokens[k - 1].word in DETERMINERS or tokens[k - 1].word == ","):
        k -= 1
    time = next((time for time in view.times if time.first <= view.a + 1), None)
    return k == view.a or (time is not None and _of_a_treatment(tokens, time.last, k))


def _of_a_treatment(tokens: list[Token], first: int, last: int) -> bool:
    """Whether nothing stands at first..last but what people had: "OF THE WARM WAX"."""
    if first >= last:
        return True
    words = tokens[first + 1 : last]
    named = all(
        token.kind == "w"
        and token.mark is None
        and (is_content(token.word) or token.word in DETERMINERS)
        for token in words
    )
    return tokens[first].word in ("of", "on", "with") and named and 0 < len(words) < 6
