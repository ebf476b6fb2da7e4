"""Those who responded as a group: "2.4 in RESPONDERS and 5.8 in NONRESPONDERS"."""

from __future__ import annotations

from evergrove.reading.marks import Mark
from evergrove.reading.tokens import Token
from evergrove.reading.words import word_set

_LEADS = word_set("in among amongst for than between with from of versus vs")
_OPENS = word_set(". ; : , (")


def without_responders(tokens: list[Token], marks: list[Mark]) -> list[Mark]:
    """The marks but those of "responders" where nonresponders are set against them.

    Alone, or with a number before it, the word counts people and is kept.
    """
    against = any(
        token.word == "nonresponders"
        or (token.word == "responders" and [t.word for t in tokens[k - 2 : k]] == ["non", "-"])
        for k, token in enumerate(tokens)
    )
    kept = []
    for mark in marks if against else ():
        k = mark.first
        lead = tokens[k - 1 - (tokens[k - 1].word == "the")].word if k > 1 else "."
        if tokens[k].word == "responders" and lead in _LEADS | _OPENS | {"-"}:
            tokens[k].mark = None
        else:
            kept.append(mark)
    return kept if against else marks
