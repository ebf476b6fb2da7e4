"""Short names that an abstract gives to a score: "average daily pain (ADP)", "leg pain (LP)"."""

from __future__ import annotations

from evergrove.reading.measures.marks import Mark
from evergrove.reading.measures.mention import STATES
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import BODY_PLACES, word_set

_RATED_AS = word_set(
    "daily weekly average worst mean intensity score severity rating present current usual least "
    "numeric numerical scale maximum bearing weightbearing resting rest night nocturnal movement "
    "dynamic static walking spontaneous evoked"
)


def mark_acronyms(tokens: list[Token], short_names: dict[str, str]) -> list[Mark]:
    """Marks for short names of a score that the abstract spells out: "average daily pain (ADP)".

    `short_names`: all `acronyms` of the text with what they stand for.
    """
    out: list[Mark] = []
    for short, spelt in short_names.items():
        words = spelt.lower().split()
        if words[0] in _ESTIMATES or words[-1] in _COEFFICIENTS:
            for i, token in enumerate(tokens):
                if token.raw == short and token.mark is None:
                    # "the estimated slope (ES) ... (ES=0.6, 95% CI ...)": of no group
                    token.mark = Mark(i, i + 1, "veto", "other statistic", "estimate")
                    out.append(token.mark)
            continue
        at = next((i for i, t in enumerate(tokens) if t.raw == short and t.mark is None), None)
        if at is None or at < 2:
            continue
        before = tokens[at - 2]
        known = before.mark
        if getattr(known, "kind", "") == "qualifier" and known.key in STATES:
            # "pain on movement (POM)": the measure stands before its circumstance
            spelt = tokens[max(0, at - 1 - len(words)) : at - 1]
            known = next((t.mark for t in spelt if getattr(t.mark, "kind", "") == "measure"), None)
        if getattr(known, "kind", "") == "compound" and before.word == words[-1]:
            # "average pain intensity (AVP)": a name that holds what it is about
            for i, token in enumerate(tokens):
                if token.raw == short and token.mark is None:
                    token.mark = Mark(i, i + 1, "compound", known.key)
                    out.append(token.mark)
            continue
        if getattr(known, "kind", "") != "measure" or before.word != words[-1]:
            continue
        if place := _place_before(tokens, known, len(words)):
            for i, token in enumerate(tokens):
                if token.raw == short and token.mark is None:
                    token.mark = Mark(i, i + 1, "compound", f"{known.key}:{place}")
                    out.append(token.mark)
            continue
        if _NOT_HOW_BAD & set(words):
            continue  # "Functional Arm Pain Scale (FAPS)": what pain does, or what is made of it
        # "Simple Shoulder Test (SST)": the whole name is one of the profile.
        whole = known.last - known.first >= len(words) > 1
        if not whole and not _RATED_AS & set(words) and not _scored(tokens, short):
            continue
        state = _state_of(tokens, at - 1 - len(words), at - 1)
        for i, token in enumerate(tokens):
            if token.raw == short and token.mark is None:
                token.mark = Mark(i, i + 1, "measure", known.key, state)
                out.append(token.mark)
    return out


_ESTIMATES = word_set("estimated estimate regression standardized standardised beta effect")
_COEFFICIENTS = word_set("coefficient coefficients slope estimate")
_NOT_HOW_BAD = word_set(
    "functional function disability interference impact catastrophizing catastrophising coping "
    "acceptance anxiety fear efficacy self-efficacy beliefs knowledge attitudes behavior behaviour"
)


def _scored(tokens: list[Token], short: str) -> bool:
    """ "chronic elbow pain (CEP) ... the CEP SCORE": a pain whose short name is rated."""
    return any(
        token.raw == short and tokens[i + 1].word in _SCORES for i, token in enumerate(tokens[:-1])
    )


_SCORES = word_set("score scores rating ratings intensity severity vas nrs")


def _state_of(tokens: list[Token], first: int, last: int) -> str:
    """ "pain on movement (PM)", "resting pain (RP)": the circumstance that the name holds."""
    for token in tokens[max(0, first) : last]:
        if getattr(token.mark, "kind", "") == "qualifier" and token.mark.key in STATES:
            return token.mark.key
    return ""


def _place_before(tokens: list[Token], known: Mark, words: int) -> str:
    """ "LEG pain (LP)": where it hurts, if the spelt name is that place and the pain."""
    before = tokens[max(0, known.first - 1)]
    place = before.mark
    if place is None and before.word in BODY_PLACES and words == 2:
        return before.word
    if getattr(place, "kind", "") != "qualifier" or place.key in STATES:
        return ""
    return str(place.key) if known.last - place.first >= words > 1 else ""


def mark_prefixed(tokens: list[Token], measures: list[Mark]) -> None:
    """ "leg NUMBNESS (LN) ... LN-VAS fell": the scale of something that is no pain."""
    glued = [
        mark
        for mark in measures
        if mark.first > 1
        and tokens[mark.first - 1].word == "-"
        and not tokens[mark.first].spaced
        and tokens[mark.first - 2].mark is None
        and tokens[mark.first - 2].raw.isupper()
    ]
    if not glued:
        return
    for i, token in enumerate(tokens[:-1]):
        if token.word != "(" or i < 2:
            continue
        before = tokens[i - 1].mark
        if getattr(before, "kind", "") not in ("other", "veto"):
            continue
        for mark in glued:
            if tokens[mark.first - 2].raw == tokens[i + 1].raw:
                mark.kind, mark.key = "other", "other measure"
