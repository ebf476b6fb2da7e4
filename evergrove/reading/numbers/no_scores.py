"""Scores that are nobody's result here: of other studies, of a definition, of a share of people."""

from __future__ import annotations

import itertools
from dataclasses import replace

from evergrove.reading.measures.mention import Mention
from evergrove.reading.numbers.quantities import Count, Value
from evergrove.reading.text.small_words import DIFFERENCES
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    CENTRES,
    CHANGE_NOUNS,
    PEOPLE,
    STATE,
    VERBS,
    is_content,
    word_set,
)
from evergrove.reading.times.time_parts import Time
from evergrove.reading.view import View

_CLAUSE_ENDS = word_set("; whereas while whilst but although compared versus")


def told_elsewhere(tokens: list[Token], view: View) -> tuple[int, int] | None:
    """ "In a previous study VAS was 2.9", "Smith et al. found ...": that clause, or None.

    Also the second half of "was 3.2 compared with 4.1 in earlier series".
    """
    if "based" in view.words and _based_on_another(tokens, view):
        return view.a, view.b
    if view.words.isdisjoint(_ELSEWHERE):
        return None
    for k in range(view.a, view.b - 1):
        if tokens[k].word not in _ELSEWHERE or not _other_authors(tokens, view, k):
            continue
        first, last = clause_around(tokens, view, k)
        start = view.a + 2 * (tokens[min(view.a + 1, view.b - 1)].word == ":")
        if first > view.a or all(tokens[m].word in _LEADS_IN for m in range(start, k)):
            return first, last
        if k - start <= 3 and any(token.word in _TELL for token in tokens[k + 1 : k + 4]):
            return first, last
    return None


def _based_on_another(tokens: list[Token], view: View) -> bool:
    """ "BASED ON A PILOT STUDY, IN WHICH VAS was 5.5 with wax": what a trial was planned on."""
    for k in range(view.a + 2, min(view.a + 8, view.b - 3)):
        if tokens[k].word not in _FORMER or tokens[k + 1].word not in _WORKS | {"data"}:
            continue
        ahead = {tokens[m].word for m in range(view.a, k)}
        behind = k + 2 + (tokens[k + 2].word == ",")
        return {"based", "on"} <= ahead and tokens[behind].word in _THAT_TOLD
    return False


_FORMER = word_set("pilot previous prior earlier preliminary published")
_THAT_TOLD = word_set("in where that which showing with reporting finding")


def clause_around(tokens: list[Token], view: View, k: int) -> tuple[int, int]:
    """The clause of a sentence in which the token at k stands: its first token and its end."""
    first, last = k, k
    while first > view.a and tokens[first - 1].word not in _CLAUSE_ENDS:
        first -= 1
    while last < view.b and tokens[last].word not in _CLAUSE_ENDS:
        last += 1
    return first, last


def _other_authors(tokens: list[Token], view: View, k: int) -> bool:
    word = tokens[k].word
    if word in ("et", "others"):
        ahead = tokens[min(k + 1, view.b - 1)].word
        told = any(tokens[m].word in _TELL for m in range(k + 1, min(view.b, k + 4)))
        return (word == "others" or ahead == "al") and told
    if word in ("colleagues", "coworkers"):
        # "JONES AND COLLEAGUES FOUND"; nurses and their colleagues may be studied
        ahead = tokens[k - 1].word in ("and", "&") and tokens[k - 2].raw[:1].isupper()
        return ahead and any(tokens[m].word in _TELL for m in range(k + 1, min(view.b, k + 3)))
    if word in ("meta", "systematic"):
        # "A RECENT META-ANALYSIS SHOWED": beside the trial that a text is about
        told = any(tokens[m].word in _TELL for m in range(k + 1, min(view.b, k + 5)))
        return told and tokens[k - 1].word in _ANOTHER
    if word == "other":
        return tokens[min(k + 1, view.b - 1)].word in _OTHERS
    if word == "pilot":
        return tokens[k - 1].word == "our" and tokens[min(k + 1, view.b - 1)].word == "data"
    if word == "literature":
        return tokens[k - 1].word == "the" and tokens[k - 2].word in ("to", "in", "from")
    if tokens[min(k + 1, view.b - 1)].word == "to":
        return False  # "PRIOR TO the study, mean zinc was 8.4": when, in this one
    return any(tokens[m].word in _WORKS for m in range(k + 1, min(view.b, k + 4)))


_ELSEWHERE = word_set(
    "previous earlier prior others other et published literature pilot meta colleagues coworkers "
    "systematic"
)
_ANOTHER = word_set("a recent another previous earlier one")
_OTHERS = word_set("authors investigators researchers studies trials reports groups series")
_WORKS = word_set(
    "study studies trial trials series report reports investigators authors papers data"
)
_TELL = word_set(
    "reported report found find showed shown described observed noted obtained recorded published"
)
_LEADS_IN = word_set(
    "our in a an the one two three some many several most to according as from few recent another"
)


def severity_classes(tokens: list[Token], view: View) -> list[Value]:
    """ "Mild pain was 1 to 3, moderate 4 to 6 and severe 7 to 10": the bounds of classes."""
    if len(view.words & _SEVERITIES) < 2:
        return []
    if "%" in view.words and (told := _severity_brackets(tokens, view)):
        return [v for v in view.q.values if v.at in told]
    whole = [v for v in view.q.values if v.value == int(v.value) and not v.spreads]
    numbers = [k for k in range(view.a, view.b) if tokens[k].kind == "n"]
    ranges = [
        (one, two)
        for one, two in itertools.pairwise(numbers)
        if two == one + 2 and tokens[one + 1].word in ("to", "-", "–")
    ]
    # Each class begins where the one before it ends.
    joined = any(
        tokens[three].value == tokens[two].value + 1
        for (_, two), (three, _) in itertools.pairwise(ranges)
    )
    inside = {k for pair in ranges for k in pair}
    return [v for v in whole if v.at in inside] if joined else []


_SEVERITIES = word_set("mild moderate severe")


def _severity_brackets(tokens: list[Token], view: View) -> set[int]:
    """ "No pain (0 OUT OF 10) was felt by 31%, mild pain (1-3 OUT OF 10) by 48%": what is meant.

    Places of the whole numbers in brackets right behind a class, where two classes have one.
    """
    out: set[int] = set()
    classes = 0
    for k in range(view.a + 1, view.b):
        if tokens[k].word not in ("(", "["):
            continue
        lead = k - 1 - (tokens[k - 1].word in ("pain", "ache", "discomfort"))
        if lead < view.a or tokens[lead].word not in _CLASSES:
            continue
        last = next((m for m in range(k, view.b) if tokens[m].word in (")", "]")), k)
        numbers = [m for m in range(k, last) if tokens[m].kind == "n"]
        shared = any(tokens[m].word in ("%", "=") or "." in tokens[m].word for m in range(k, last))
        if numbers and not shared:
            classes += 1
            out.update(numbers)
    return out if classes > 1 else set()


_CLASSES = _SEVERITIES | word_set("no slight light strong")


def denied_change(tokens: list[Token], value: Value) -> bool:
    """ "patients whose VAS DID NOT FALL BY 2 points": what was not reached is no change."""
    k = value.first - 1
    if value.spreads or k < 3 or tokens[k].word != "by" or tokens[k - 1].word not in VERBS:
        return False
    lead = [tokens[k - 3].word, tokens[k - 2].word]
    return lead[1] in ("not", "didn't", "never") or lead == ["failed", "to"]


def held_by_share(tokens: list[Token], a: int, value: Value) -> bool:
    """ "45% of the tape group and 20% of the rest group HAD A VAS OF 0": what they share."""
    k = value.first - 1
    if value.spreads or "." in tokens[value.at].word or tokens[k].word not in ("of", "at", "as"):
        return False
    verb = next((m for m in range(k - 1, max(k - 6, a), -1) if tokens[m].word in _HELD), None)
    if verb is None or {tokens[m].word for m in range(verb, k)} & CENTRES:
        return False
    for m in range(verb - 1, a, -1):
        word = tokens[m].word
        if word == "%":
            return tokens[m - 1].kind == "n"
        if word in STATE or word in (";", ":", ",") or tokens[m].kind == "n":
            return False
    return False


_HELD = word_set("had have reported scored gave rated showed reached attained")


def inside_subject(tokens: list[Token], view: View) -> set[int]:
    """ "The NUMBER OF PATIENTS WITH PAIN (VAS > 4) was 5", "the R2 of the model for VAS was 0.3".

    Places of the mentions that stand in the subject of a verb behind the noun that is its head.
    """
    out: set[int] = set()
    for head in view.mentions:
        if head.key is not None or head.veto not in ("count", "other statistic"):
            continue
        opens = head.first == view.a or tokens[head.first - 1].word in _OPENS
        last = _past_bracket(tokens, head.last, view.b)
        linked = {tokens[head.last - 1].word, tokens[min(last, view.b - 1)].word}
        reached = head.veto == "count" and tokens[head.last].word == "with"
        if not opens or not (reached or linked & {"of", "for"}):
            continue
        verb = next((k for k in range(head.last, view.b) if tokens[k].word in _HEADED), 0)
        gap = {tokens[k].word for k in range(head.last, verb)}
        # "the PROPORTION WITH a REDUCTION in VAS of 2 points was 60%"
        reached = reached and not CHANGE_NOUNS.isdisjoint(gap)
        counted = head.veto != "count" or reached or gap & PEOPLE
        if not verb or gap & {"and", ",", ";"} or not counted:
            continue
        out.update(m.first for m in view.mentions if head.last <= m.first < verb)
    return out


def _past_bracket(tokens: list[Token], k: int, b: int) -> int:
    """The token behind a bracket that opens at k: "Effect sizes (COHEN'S D) FOR VAS were"."""
    if k >= b or tokens[k].word not in ("(", "["):
        return k
    return next((m + 1 for m in range(k, min(b, k + 6)) if tokens[m].word in ")]"), k)


_HEADED = word_set("was were rose fell increased decreased dropped declined grew")
_OPENS = word_set("the a an : , ; and in months weeks days years mean median", "")


def one_of_touching(mentions: list[Mention]) -> list[Mention]:
    """ "HEIGHT RATIO", "HOSPITAL STAY COSTS": two nouns that name one thing which is no score."""
    out: list[Mention] = []
    for mention in mentions:
        before = out[-1] if out else None
        touching = before is not None and before.last == mention.first
        if touching and before.key is None and mention.key is None:
            out[-1] = replace(mention, first=before.first)
        else:
            out.append(mention)
    return out


def behind_last_value(tokens: list[Token], view: View, values: list[Value]) -> set[int]:
    """ "fell from 7.1 to 3.2, with A MEAN AGE of 71 years": the age is told, and no other value.

    Places of such mentions: their number was set aside already, and none that is open follows.
    """
    out: set[int] = set()
    last = values[-1].last
    lengths = {k for t in view.times for k in range(t.first, t.last)}
    for mention in view.mentions:
        if mention.key is not None or mention.first < last:
            continue
        k = mention.last
        while k < view.b and tokens[k].kind in "ws" and tokens[k].word in _LEADS_FRAME:
            k += 1
        number = k < view.b and (
            k in view.q.rejected or (mention.veto in _LASTING and k in lengths)
        )
        if number or _counted_before(tokens, view, mention.first):
            out.add(mention.first)
    return out


def lengths_told(tokens: list[Token], view: View) -> list[Time]:
    """ "with a hospital stay of 2.1 DAYS": how long something took, and no time of a score."""
    out = []
    for mention in view.mentions:
        if mention.key is not None or mention.veto not in _LASTING:
            continue
        k = mention.last
        while k < view.b and tokens[k].kind == "w" and tokens[k].word in _LEADS_NUMBER - {"at"}:
            k += 1
        out += [time for time in view.times if time.first == k and time.kind == "point"]
    return out


def told_durations(tokens: list[Token], view: View) -> list[Time]:
    """ "mean age 59 years, DURATION OF DIABETES 9.01 YEARS, ...": how long before, and no time.

    Not "after a treatment DURATION OF 6 weeks", nor where a verb or "at" leads to the time.
    """
    return [
        time for time in view.times if time.kind == "point" and _lasted(tokens, view.a, time.first)
    ]


def _lasted(tokens: list[Token], a: int, k: int) -> bool:
    if tokens[k].kind != "n" or not is_content(tokens[k - 1].word):
        return False
    for m in range(k - 1, max(a - 1, k - 6), -1):
        word = tokens[m].word
        if word == "duration":
            return tokens[m - 1].word not in _OF_STUDY
        if word in _OF_STUDY or tokens[m].kind != "w" or not (word == "of" or is_content(word)):
            return False
    return False


DURATION = word_set("duration")
_OF_STUDY = word_set("treatment therapy study follow-up followup up intervention trial program")
_LASTING = ("age", "duration", "procedure time")


def _counted_before(tokens: list[Token], view: View, first: int) -> bool:
    """ "4.2 ml of CEMENT", "6 LEAKS": the number of a thing stands before it."""
    return tokens[first - 1].kind == "n" and not any(v.at == first - 1 for v in view.q.values)


_LEADS_NUMBER = word_set(
    "of was were at averaged averaging mean median score scores rate rates $ € £"
)


# "from 7.1 to 3.2 on the VAS, and the PROTEIN FROM 24 mg/l to 6 mg/l"
_LEADS_FRAME = _LEADS_NUMBER | {"from"}


def result_before(tokens: list[Token], view: View, stop: int) -> int:
    """ "VAS was 3.2 at 3 months, WHICH WAS BELOW the threshold of 4": where its yardstick begins.

    Only behind a score that is printed as one: named, dated or from one value to another, and
    with a decimal. `stop` is the first word that plans; -1 where nothing stands before it so.
    """
    for k in range(view.a + 1, stop):
        yardstick = tokens[k - 1].word == "," and tokens[k].word in _MEASURED_BY
        # "a gap of 4 mm THAT FALLS SHORT OF the 10 mm deemed worthwhile"
        yardstick = yardstick or (
            tokens[k].word in ("that", "which") and tokens[k + 1].word in _FALLS
        )
        yardstick = yardstick or _exceeded(tokens, view.a, k)
        if not yardstick and (tokens[k].word != ";" or "is" not in view.words):
            continue
        before = [v for v in view.q.values if v.last <= k and _exact(tokens, v)]
        named = any(m.key and m.first < k for m in view.mentions)
        named = named or any(tokens[m].word in DIFFERENCES for m in range(view.a, k))
        dated = any(
            t.kind in ("base", "point", "window", "final") and t.last <= k for t in view.times
        )
        # "the difference was 0.2 (90% CI -0.3 to 0.7), INSIDE THE MARGIN": no plan has an interval
        dated = dated or any(spread.kind == "ci" for v in before for spread in v.spreads)
        said = any(tokens[m].word in STATE or tokens[m].word in VERBS for m in range(view.a, k + 1))
        if before and named and dated and said:
            return k
    return -1


def _exceeded(tokens: list[Token], a: int, k: int) -> bool:
    """ "The difference of 2.1 points at 1 year EXCEEDED the MCID of 2": what it is held to."""
    if tokens[k].word not in _EXCEEDED or tokens[k - 1].word in STATE:
        return False
    noun = next((m for m in range(a, k) if tokens[m].word in DIFFERENCES | CHANGE_NOUNS), k)
    return tokens[k + 1].word in ("the", "a", "our") and any(
        tokens[m].word == "of" and tokens[m + 1].kind == "n" for m in range(noun, k)
    )


_EXCEEDED = word_set("exceeded exceeds surpassed surpasses reached met")


def _exact(tokens: list[Token], value: Value) -> bool:
    return "." in tokens[value.at].word or value.unit is not None or bool(value.spreads)


_FALLS = word_set(
    "falls fell exceeds exceeded surpasses surpassed reaches reached meets met is was"
)
_MEASURED_BY = word_set(
    "which exceeding surpassing reaching meeting above below well more less greater over beyond "
    "short smaller larger lower higher under far just not failing falling close near within inside "
    "outside beneath crossing excluding"
)


def statistic_itself(tokens: list[Token], view: View, value: Value) -> bool:
    """ "fell to 3.2 (EFFECT SIZE 1.4, p < 0.001)": the number right behind a statistic's name."""
    if view.q.values[0] is value:
        return False
    k = value.first - 1
    while k > view.a and (tokens[k].word in _LEADS_NUMBER or tokens[k].word in ("=", ":")):
        k -= 1
    mark = tokens[k].mark
    told = getattr(mark, "key", "") == "other statistic"
    return told and tokens[mark.first - 1].word in ("(", "[", ",", ";")


def score_of_few(tokens: list[Token], value: Value, count: Count, whole: int) -> bool:
    """ "ONLY 3 PATIENTS reported a VAS of 5": what these had, and no mean of a group of `whole`."""
    only = tokens[count.at - 1].word == "only"
    return value.value == int(value.value) and (only or (count.value <= 3 and whole > 10))
