"""Scales that were used to rate something else than the review asks for."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    ANAPHORS,
    EVENT,
    GROUP,
    PEOPLE,
    STATE,
    UNIT_DAYS,
    is_content,
    word_set,
)

RATED_WORDS = word_set(
    "drawn put placed rated scored marked graded assessed measured recorded evaluated "
    "judged rate score expressed"
)


ADJECTIVES = word_set(
    "mean average median less more the a an of in and or with for no chronic acute severe "
    "mild moderate intense persistent painful significant their his her baseline initial "
    "final residual overall pooled greater lower higher reported rated better worse same "
    "total self current new much preoperative postoperative all both on to by from that this "
    "numeric numerical verbal visual vas nrs likert mm cm usual typical first last primary "
    "actual experienced "
    "secondary main subjective perceived week day month year hour recurrent pre post "
    "post-treatment matched adjusted daily weekly ongoing substantial relevant clinical "
    "musculoskeletal mechanical nociceptive neuropathic cancer metastatic bone when where how "
    "whose which as is was were had has have group patients point scored spinal after before "
    "during at disabling rating ratings score scores intensity sham active control mean-pain "
    "levels estimated modelled corresponding similar comparable equal equivalent identical "
    "parallel alike strongest worst-imaginable "
    # "a CLEAR pain reduction", "SUSTAINED pain relief": how much or how long, and not where.
    "clear marked notable noteworthy noticeable appreciable considerable sizeable sizable "
    "pronounced definite evident obvious meaningful important remarkable dramatic drastic "
    "rapid gradual prompt sustained lasting durable prolonged complete partial good "
    "excellent adequate satisfactory sufficient slight minimal modest small large larger strong "
    "inpatient outpatient "
    # "the WEIGHTED mean pain score": how it was counted
    "cumulative pooled weighted unweighted standardised standardized crude raw averaged"
)


def subject_on(tokens: list[Token], a: int, k: int) -> bool:
    """ "Trouble sleeping ON the 0-10 VAS fell": an unknown noun that leads the clause."""
    if k <= a or tokens[k].word != "on":
        return False
    if tokens[k - 1].word in RATED_WORDS:
        # "Cosmetic result scored on a VAS"
        k -= 1
    if k > a and tokens[k - 1].word in ("was", "were", "as"):
        k -= 1
    if tokens[k - 1].word == "based":
        k -= 1  # "the fall in pain BASED ON the NRS was"
    j = k
    while (
        j > a
        and k - j < 5
        and tokens[j - 1].kind == "w"
        and (tokens[j - 1].mark is None or getattr(tokens[j - 1].mark, "kind", "") == "other")
        and (is_content(tokens[j - 1].word) or tokens[j - 1].word == "of")
    ):
        j -= 1
    words = {tokens[m].word for m in range(j, k)} - {"of"}
    if any(is_painful(word) for word in words) or not words.isdisjoint(_ATTACKS_OF):
        return False
    if len(words) > 1 and words - _PLAIN_OBJECTS - ADJECTIVES:
        words -= _PLAIN_OBJECTS | ADJECTIVES
    lead = tokens[j - 1].word if j > a else ""
    if lead == "the" and j - 2 > a and tokens[j - 2].word in _THAN:
        return False  # "lower than THE CLAY GROUP ON the NRS": a group, and nothing that was rated
    if lead == "the" and j - 2 > a and tokens[j - 2].word in _OF_GROUPS:
        # "was 3.1 with the balm ON the NRS": a group behind its value, and nothing that was rated
        told = any(token.word in STATE for token in tokens[a:j]) or _scored_so_much(tokens, a, j)
        return False if told else bool(words)
    starts = j == a or lead in (
        ",",
        ";",
        "and",
        ".",
        ":",
        "while",
        "whereas",
        "mean",
        "median",
        "the",
    )
    return (
        bool(words)
        and starts
        and not words & (PEOPLE | GROUP | UNIT_DAYS.keys() | EVENT | _PLAIN_OBJECTS | ADJECTIVES)
        and not any(word.endswith("ly") for word in words)
        and not words & _CHANGES
    )


def is_painful(word: str) -> bool:
    """ "NEURALGIA was rated on the NRS", "CRAMPS scored on a scale": a pain by its very name."""
    return word in _PAINFUL or (word.endswith(("algia", "algias")) and word not in _NO_PAIN)


_PAINFUL = word_set(
    "cramps cramp cramping colic colics dysmenorrhea dysmenorrhoea dyspareunia sciatica lumbago"
)
_NO_PAIN = word_set("fibromyalgia nostalgia")
# "GOUT flares were rated on a VAS": how much an attack of it hurt
_ATTACKS_OF = word_set("gout gouty migraine migraines")


def bracket_of_another(tokens: list[Token], a: int, k: int) -> str:
    """ "FEAR OF INJECTION (VAS) fell": what the scale in the bracket at k was used for; else "".

    So too "MOOD (10-cm VAS)" and, where it is said to be one more, "VIGOUR (ALSO a VAS)".
    """
    j = k - 1
    if getattr(tokens[j].mark, "kind", "") == "other":
        return tokens[j].mark.key
    if tokens[k + 1].word in _ALSO and _names_a_thing(tokens[j]):
        return tokens[j].word
    while j > a and k - j < 5 and tokens[j].kind == "w" and tokens[j].mark is None:
        if tokens[j].word not in _LINKS and not is_content(tokens[j].word):
            return ""
        j -= 1
    other = getattr(tokens[j].mark, "kind", "") == "other" and tokens[j + 1].word in ("of", "with")
    return tokens[j].mark.key if other else ""


def _names_a_thing(token: Token) -> bool:
    if token.kind != "w" or token.mark is not None or not is_content(token.word):
        return False
    return token.word not in PEOPLE | GROUP | EVENT | _PLAIN_OBJECTS and not is_painful(token.word)


_ALSO = word_set("also likewise too")
_LINKS = word_set("of with the")
_OF_GROUPS = word_set("with in under after among than versus vs without")
_CHANGES = word_set(
    "points point improvement reduction decrease increase change difference relief drop"
)


def _scored_so_much(tokens: list[Token], a: int, j: int) -> bool:
    """ "patients SCORED 2.4 in the wax group and 3.9 in the clay group on the VAS": of no thing."""
    return any(
        tokens[k].word in RATED_WORDS and tokens[k + 1].kind == "n" for k in range(a, max(a, j - 1))
    )


_THAN = word_set("than to")


def rates_something_else(tokens: list[Token], a: int, k: int) -> bool:
    """ "rated the firmness of a mattress ON a VAS": an object that is no name of the profile."""
    for verb in range(k - 1, max(a, k - 9) - 1, -1):
        if tokens[verb].word not in RATED_WORDS or tokens[verb].mark is not None:
            continue
        inside = tokens[verb + 1 : k]
        if any(token.mark is not None or token.kind in "sn" for token in inside):
            return False
        if any(token.word == "than" for token in inside):
            return False  # "wax SCORED LOWER THAN clay ON the NRS": two groups, and no object
        words = {token.word for token in inside if token.kind == "w" and is_content(token.word)}
        passive = verb > a and tokens[verb - 1].word in ("was", "were", "been", "is")
        return bool(words - PEOPLE - GROUP - _PLAIN_OBJECTS) and not passive
    return False


_PLAIN_OBJECTS = ANAPHORS | word_set(
    # "wax scored HIGHEST on the NRS", "the FIGURES on the VAS were"
    "highest lowest best worst "
    "symptoms symptom condition complaint complaints intensity severity score scores discomfort "
    "it themselves response responses results outcome outcomes change day days daily weekly "
    "baseline diary state level levels "
    # "pain over the PAST WEEK on a 0-10 NRS": when it was, and not what
    "past previous preceding prior recent"
)
