"""Some of the people: "14 OF THE PATIENTS WERE ALIVE" counts 14 patients, as "14 patients"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import is_content, names_people, word_set

_THE = word_set("the these those our")
_THEM = word_set("them these those")
MAYBE_SOME = Clues(
    " of the ", " of these ", " of those ", " of our ", " of them ",
    words=word_set(
        "alive returned came attended completed answered replied available survived living "
        "remained followed seen responded reached traced examined re-examined reviewed evaluated "
        "assessed"
    ),
)  # fmt: skip
_VERBS = MAYBE_SOME.words
_FILL = word_set("were was had have could be still also again then who and back")


def some_of_the(tokens: list[Token]) -> None:
    """ "14 OF THE patients were alive", "14 OF THEM came back" is "14 patients".

    Only of those who were still there, not "14 of the patients improved", "VAS was 3.1 in 14 of
    the patients". So too "14 OF THE GOUT patients were alive", "14 OF THE patients with gout".
    """
    for k in range(len(tokens) - 3, 0, -1):
        if tokens[k].word != "of" or tokens[k - 1].kind != "n" or "." in tokens[k - 1].word:
            continue
        them = tokens[k + 1].word in _THEM and not names_people(tokens[k + 2].word)
        noun = k + 1 if them else _people(tokens, k + 2)
        if not them and (tokens[k + 1].word not in _THE or not noun):
            continue
        verb = noun + 1
        if tokens[verb].word in _WITH:  # "of the patients WITH GOUT were seen"
            verb += 2 + (tokens[verb + 2].word not in _FILL)
        while verb < len(tokens) and tokens[verb].word in _FILL:
            verb += 1
        if verb > noun + 1 + 5 or verb >= len(tokens) or tokens[verb].word not in _VERBS:
            continue
        if them:
            tokens[noun].word = "patients"
            del tokens[k:noun]
        else:
            del tokens[k : k + 2]


def _people(tokens: list[Token], k: int) -> int:
    """The place of the people of "(the) PATIENTS", "(the) gout PATIENTS"; 0 if there are none."""
    for noun in range(k, min(k + 3, len(tokens) - 3)):
        if names_people(tokens[noun].word):
            return noun
        if tokens[noun].kind != "w" or not is_content(tokens[noun].word):
            return 0
    return 0


_WITH = word_set("with on given in")
