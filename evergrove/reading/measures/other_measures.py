"""Measures that the profile does not know: their values must not go to a measure that it does.

"AOFAS scores averaged 91 and 74", "MIO increased from 27 to 36 mm", "symptom severity fell by 0.9":
a clause whose subject is a name of something measured, but of nothing that the review asks for.
"""

from __future__ import annotations

from functools import lru_cache

from evergrove.reading.declarations import Declared
from evergrove.reading.measures.acronym_subjects import DATED_LEADS, for_groups, lettered
from evergrove.reading.measures.first_of_list import SCALE_HEADS, listed_with_known
from evergrove.reading.measures.lexicon import stem
from evergrove.reading.measures.mention import Mention
from evergrove.reading.measures.other_constructs import ADJECTIVES
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    AGENT,
    ANAPHORS,
    BODY,
    CENTRES,
    CHANGE,
    CHANGE_NOUNS,
    EVENT,
    GROUP,
    PEOPLE,
    POST_WORDS,
    PRE_WORDS,
    STATE,
    UNIT_DAYS,
    is_content,
    word_set,
)

# Nouns that make a name of a measure out of the noun before them.
_SCORE_HEADS = word_set(
    "score scores index indices scale scales rating ratings severity questionnaire inventory "
    "subscale subscales test tests grade grades ratio count counts threshold thresholds opening "
    "area strength speed velocity distance time rate rates level levels intensity quality "
    "thickness length width diameter latency amplitude activity impairment interference domain "
    "component perimeter circumference pressure percentage concentration excursion range capacity "
    "ability function endurance mobility flexibility stability tolerance performance"
)
# Heads that need no further noun: "maximum interincisal opening" is a measure by itself.
_PLAIN_LEADS = ADJECTIVES | word_set(
    "interquartile quartile pain symptom-pain its mean group groups score scores scale scoring arm "
    "follow up follow-up time point end study rating ratings intensity difference value values "
    "crude raw intervention treatment therapy single worst summary composite rest night least "
    "current average max min change changes other two these those corresponding respective "
    "matching equivalent analogue analog self summed peak maximal maximum minimum highest lowest "
    "cumulative combined improved increased decreased observed expected test final day pooled age "
    "categorical categoric ordinal "
    "sex"
)
_NO_NAMES = word_set(
    "sd se sem ci iqr rct itt pp ns or rr hr md smd ls us usa uk mri ct eu who fda nsaid nsaids "
    "anova ancova mmrm locf bmi asa ed icu or er am pm na df vs tbd n p t f z q1 q3 auc roc"
)
_BEHIND_NAME = word_set(
    "i ii iii iv v total ( score scores index scale values value level levels grade total ,"
)
_SUBJECT_LEADS = word_set(
    ", ; : ( and while whereas whilst but the mean median average also in for of both their", ""
)


@lru_cache(1 << 14)
def _may_be_unknown(word: str) -> bool:
    """Whether a word may name a measure, stand in its name or lead to one."""
    return word in _MAYBE_UNKNOWN or word.endswith(_QUALITIES)


def unknown_measures(
    tokens: list[Token], a: int, b: int, declared: Declared, known: list[Mention], busy: set[int]
) -> list[Mention]:
    """Names of unknown measures that lead a clause, as mentions that no record may come from."""
    taken = {k for mention in known for k in range(mention.first, mention.last)} | busy
    found: list[Mention] = []
    maybe = [
        i
        for i, token in enumerate(tokens[a:b], a)
        if token.kind == "w"
        and (token.mark is not None or _may_be_unknown(token.word) or not token.raw.islower())
    ]
    for i in maybe:
        token = tokens[i]
        if i in taken:
            continue
        if token.mark is not None:
            if (
                getattr(token.mark, "kind", "") == "other"
                and token.mark.first == i
                and (
                    _other_is_subject(tokens, a, b, i, token.mark.last)
                    or _scored_for(tokens, a, i, known)
                )
            ):
                found.append(Mention(i, token.mark.last, None, None, "another construct"))
            continue
        if token.word in UNIT_DAYS and _time_taken(tokens, a, b, i):
            found.append(Mention(i, _subject_end(tokens, b, i), None, None, "duration"))
            continue
        if token.word in ("in", "of") and _change_of_unknown(tokens, a, b, i, declared, taken):
            found.append(Mention(i + 1, i + 2, None, None, "unknown measure"))
            continue
        # most words are in small letters, which is asked for faster than for a call
        acronym = not token.raw.islower() and is_acronym(token, declared)
        if acronym and (
            _leads_clause(tokens, a, b, i)
            or _beside_another(tokens, a, b, i, known)
            or (tokens[min(i + 1, b - 1)].word == "from" and _spelt_score(tokens, a, b, i))
        ):
            found.append(Mention(i, i + 1, None, None, "unknown measure"))
        elif (
            token.word in _SCORE_HEADS
            and i > a
            and tokens[i - 1].word not in ("either", "both")  # "with EITHER CONCENTRATION (5%, ..."
            and not (token.word == "range" and tokens[i + 1 : i + 2] and tokens[i + 1].kind == "n")
            and _named_before(tokens, a, i, declared, taken)
        ):
            found.append(Mention(i - 1, i + 1, None, None, "unknown measure"))
        elif token.word in _INSTRUMENTS and (k := _proper_name_before(tokens, a, i, taken)):
            found.append(Mention(k, i + 1, None, None, "unknown measure"))
        elif token.word.endswith(_QUALITIES) and _quality_told(tokens, a, b, i, taken):
            found.append(Mention(i, i + 1, None, None, "unknown measure"))
    return found


_QUALITIES = ("ness", "ity", "lty", "vement", "ance", "ngth", "test")


def _quality_told(tokens: list[Token], a: int, b: int, i: int, taken: set[int]) -> bool:
    """ "pain was 3.1, and MORNING STIFFNESS WAS 6.4 ± 1.9": a clause with a subject of its own."""
    if i + 2 >= b or tokens[i].word in ANAPHORS:
        return False
    if tokens[i + 1].word not in _QUALITY_VERBS:
        return False
    k = i
    while k > a and i - k < 5 and k - 1 not in taken and tokens[k - 1].kind == "w":
        if not is_content(tokens[k - 1].word) or tokens[k - 1].mark is not None:
            break
        k -= 1
    if k == i and tokens[i].word in CHANGE_NOUNS:
        return False  # ", and THE IMPROVEMENT was maintained at 1 year (2.9)"
    k -= k > a and tokens[k - 1].word in ("the", "mean", "median")
    opens = tokens[k - 1].word in (";", ",") or tokens[k - 2].word in (",", ";")
    return (
        k > a + 1 and opens and tokens[k - 1].word in (";", ",", "and", "while", "whereas", "but")
    )


_QUALITY_VERBS = word_set("was were did differed decreased increased improved fell rose")


_INSTRUMENTS = word_set("score questionnaire index scale inventory")
_MAYBE_UNKNOWN = UNIT_DAYS.keys() | {"in", "of"} | _SCORE_HEADS | _INSTRUMENTS


def _proper_name_before(tokens: list[Token], a: int, i: int, taken: set[int]) -> int:
    """ "81 points in the Harris score", "in the FOSS KNEE RATING score": where its name begins.

    An instrument by the name of who made it, perhaps with what it rates behind; 0 if it is none.
    """
    k = i - 1
    while k > a and i - k < 5 and tokens[k].kind == "w":
        kind = getattr(tokens[k].mark, "kind", "")
        if kind not in ("", "qualifier") or (k in taken and not kind):
            return 0
        rates = tokens[k].word == "rating"
        if tokens[k].raw[:1].isupper() or not (rates or is_content(tokens[k].word)):
            break
        k -= 1
    while k > a and tokens[k].raw[:1].isupper() and tokens[k].mark is None and k not in taken:
        k -= 1
    proper = tokens[k + 1].raw[:1].isupper() and tokens[k + 1].mark is None and k < i - 1
    led = tokens[k].word == "the" and tokens[k - 1].word in ("in", "on", "by")
    return k + 1 if proper and led else 0


def is_arm(tokens: list[Token], mention: Mention, declared: Declared) -> bool:
    """ "for hydrogel plasma": a group, though "plasma" is measured elsewhere.

    Where the whole name of a declared group of two telling words or more stands around it.
    """
    places = range(mention.first, mention.last)
    words = {stem(tokens[k].word) for k in places if tokens[k].kind == "w"}
    telling = {word for word in words if len(word) > 1}
    for arm in declared.arms:
        if len(arm.words) < 2 or not telling or not telling <= arm.words:
            continue
        near = [t.word for t in tokens[max(0, mention.first - 5) : mention.last + 5]]
        if words == arm.words or arm.words <= {stem(word) for word in near}:
            return True
    return False


def _change_of_unknown(
    tokens: list[Token], a: int, b: int, i: int, declared: Declared, taken: set[int]
) -> bool:
    """ "the change (the difference) IN ferritin was": what it is in is named, and not known."""
    if i - 1 < a or i + 2 >= b or tokens[i - 1].word not in _MOVED or tokens[i + 1].word in _MOVED:
        return False
    if _named_frame(tokens, b, i + 1, declared):
        return True
    token, word = tokens[i + 1], tokens[i + 1].word
    plain = token.kind == "w" and token.mark is None and is_content(word) and i + 1 not in taken
    if not plain or word in PEOPLE | GROUP | _INERT or word in _PLAIN_LEADS or word in EVENT:
        return False
    if stem(word) in declared.index or any(stem(word) in arm.words for arm in declared.arms):
        return False
    k = i + 2
    while k < b - 1 and (k in taken or (tokens[k].word in _AT and k + 1 in taken)):
        k += 1  # "the mean increase of ferritin AFTER 6 MONTHS was"
    return tokens[k].word in STATE


_AT = word_set("at after by")
_MOVED, _OF_WHAT = CHANGE_NOUNS | {"difference", "differences"}, word_set("for of in on")


def _named_frame(tokens: list[Token], b: int, k: int, declared: Declared) -> bool:
    """ "and an improvement in WALKING CAPACITY (from 14 to 18)": a name of something measured."""
    j = k
    while j < b and j - k < 4 and tokens[j].kind == "w" and is_content(tokens[j].word):
        if getattr(tokens[j].mark, "kind", "qualifier") != "qualifier":
            return False
        if stem(tokens[j].word) in declared.index:
            return False
        j += 1
    return j > k and tokens[j - 1].word in _SCORE_HEADS and _opens_frame(tokens, j, b)


_INERT = word_set("placebo sham control controls saline both either all each favour favor means")


def _time_taken(tokens: list[Token], a: int, b: int, i: int) -> bool:
    """ "VAS [clay 3.1 (1.2)] and DAYS TO WALKING [clay 4.2 (1.9)]": how long something took."""
    word = tokens[i].word
    if not word.endswith("s") or i + 2 >= b:
        return False
    k = i + 1
    if tokens[k].word == "(":
        # "Median days (95% CI) to relief were 21 (14-30) with gel"
        k = next((m + 1 for m in range(k, min(b, i + 8)) if tokens[m].word == ")"), k)
    if k + 1 >= b or tokens[k].word not in ("to", "until") or tokens[i - 1].kind == "n":
        return False
    after = tokens[k + 1]
    what = after.kind == "w" and is_content(after.word) and after.word not in UNIT_DAYS
    what = what or (after.word in _FIRST and tokens[k - 1].word == ")")
    return what and (i == a or tokens[i - 1].word in _LEADS_OTHER)


def _subject_end(tokens: list[Token], b: int, i: int) -> int:
    """ "days (95% CI) to initial pain RELIEF were": the end of what took the time at token i."""
    for k in range(i + 2, min(b, i + 30)):
        if tokens[k].word in STATE:
            return k
        if tokens[k].word in (";", "(", "["):
            break
    return i + 1


_FIRST = word_set("initial first complete full the a onset")


def _scored_for(tokens: list[Token], a: int, i: int, known: list[Mention]) -> bool:
    """ "VAS scores also fell FOR fatigue (6.1 to 3.2)": something else on that scale."""
    if i - 2 < a or tokens[i - 1].word != "for":
        return False
    scale = next((m for m in reversed(known) if m.key and m.last < i), None)
    if scale is None or not scale.instrument or scale.qualifier:
        return False
    words = {tokens[k].word for k in range(scale.last, i - 1)}
    moved = words & (CHANGE | STATE)
    return bool(moved) and not any(is_content(word) for word in words - SCALE_HEADS)


_LEADS_OTHER = word_set(
    ", ; : and while whereas whilst but the mean median average also patient patients' parental "
    "surgeon overall total their postoperative maternal parents' final baseline self-reported",
    "",
)
_VALUES_FOR = CHANGE_NOUNS | word_set(
    "values value figures figure scores score ratings rating numbers means medians data results "
    "vas nrs scale , ; . and that those ones changes difference differences effect effects",
    "",
)
_BEFORE_OR_AFTER = PRE_WORDS | POST_WORDS


def _other_is_subject(tokens: list[Token], a: int, b: int, first: int, last: int) -> bool:
    """ "satisfaction scores were", "difficulty of it was rated", "rated satisfaction as"."""
    lead = tokens[first - 1].word if first > a else ""
    after = tokens[last].word if last < b else ""
    if lead in _LEADS_OTHER and after in ("on", "at", "in", "of", "with"):
        # "mean T-score at the hip was", "satisfaction on a separate scale was"
        for k in range(last, min(b, last + 9)):
            kind = getattr(tokens[k].mark, "kind", "")
            if kind in ("measure", "compound") and tokens[k].word not in ("scale", "vas", "nrs"):
                return False
            if tokens[k].word in STATE:
                return True
    number = last < b and tokens[last].kind == "n"
    if lead in AGENT and (number or after in ("as", "at", "with", "of")):
        return True
    if lead in ("for", "of", "in", "on") and (
        first - 2 < a or tokens[first - 2].word in _VALUES_FOR
    ):
        # "corresponding values FOR fatigue were", "for anxiety the scores were"
        if after in STATE or after in CHANGE or after in ("the", ",", ":", "it", "these"):
            return True
        while last < b and tokens[last].word in _SCORE_HEADS:
            last += 1  # "an improvement in sleep QUALITY from 4 to 8"
        return _opens_frame(tokens, last, b)
    if listed_with_known(tokens, a, b, first, last):
        return True
    heads = after in ("score", "scores", "index") and lead not in CENTRES
    if heads and lead not in _BEFORE_OR_AFTER:
        lead = _before_nouns(tokens, a, first)
    if lead in _MORE and _opens_value(tokens, last, b):
        return True  # "They slept better, with higher satisfaction (8.1 vs 6.6)"
    if lead not in _LEADS_OTHER and lead not in _BEFORE_OR_AFTER:
        return False
    if lead in ("and", ",", ";") and _opens_frame(tokens, last, b):
        return True  # "pain fell from 7 to 2 and DISABILITY FROM 48 to 21"
    j = last
    while j < b and tokens[j].word in SCALE_HEADS:
        j += 1
    if j < b and tokens[j].word == "(":
        if _opens_value(tokens, j, b) or _opens_frame(tokens, j, b):
            return True  # "higher cooperation and satisfaction scores (3.1 ± 0.6 and 4.0 ± 0.5)"
        close = next((k for k in range(j, min(b, j + 9)) if tokens[k].word == ")"), None)
        if close is None:
            return False
        j = close + 1
    if j < b and tokens[j].word in ("of", "with", "for", "after", "during", "at"):
        steps = 0
        j += 1
        while (
            j < b and steps < 7 and tokens[j].kind == "w" and tokens[j].word not in STATE | CHANGE
        ):
            if tokens[j].mark is not None and getattr(tokens[j].mark, "kind", "") == "measure":
                return False
            j += 1
            steps += 1
    after = tokens[j].word if j < b else ""
    return (
        after in STATE
        or after in CHANGE
        or after in ("had", "scored", "=", ":")
        or (after == "from" and last < j < b - 1 and tokens[j + 1].kind == "n")
        or (j < b and tokens[j].kind == "n" and j > last)
    )


def _before_nouns(tokens: list[Token], a: int, first: int) -> str:
    """ "THE wrist disability score": what stands before the nouns that belong to the name."""
    k = first - 1
    while k >= a and first - k <= 2 and tokens[k].mark is None and is_content(tokens[k].word):
        if tokens[k].kind != "w" or tokens[k].word in PEOPLE | GROUP:
            break
        k -= 1
    return tokens[k].word if k >= a else ""


def is_acronym(token: Token, declared: Declared) -> bool:
    raw = token.raw
    if not 2 <= len(raw) <= 9 or raw[1:].islower() or sum(map(str.isupper, raw)) < 2:
        return False
    word = stem(token.word)
    if token.word in _NO_NAMES or word in declared.index or token.word in UNIT_DAYS:
        return False
    return not any(raw in arm.aliases or word in arm.words for arm in declared.arms)


def _beside_another(tokens: list[Token], a: int, b: int, i: int, known: list[Mention]) -> bool:
    """ "ODI (31 vs 40) and (higher) WQX (12 vs 20)": a name with a bracket beside a known one."""
    k = i - 1 - (tokens[i - 1].word in _MORE)
    if i + 2 >= b or tokens[k].word not in ("and", ",", "or"):
        return False
    return _opens_value(tokens, i + 1, b) and any(
        mention.key and _opens_value(tokens, mention.last, b) for mention in known
    )


def _spelt_score(tokens: list[Token], a: int, b: int, i: int) -> bool:
    """ "VAS from 6 to 3, WFS FROM 41 TO 66": a score that the text spells out, and no group.

    Also the part of such a score ("WFSg"): its short name and a letter or two more.
    """
    raw, lead = tokens[i].raw, tokens[i - 1].word if i > a else ","
    if lead not in (",", ":", ";", "and") or i + 2 >= b or tokens[i + 2].kind != "n":
        return False
    for k in range(4, len(tokens) - 1):
        if tokens[k - 1].word not in ("(", "[") or tokens[k].kind != "w":
            continue
        short = tokens[k].raw
        same = len(short) > 1 and raw.startswith(short) and len(raw) <= len(short) + 2
        if same and any(tokens[m].word in _INSTRUMENT_HEADS for m in range(k - 4, k - 1)):
            return True
    return False


_INSTRUMENT_HEADS = word_set(
    "score scores questionnaire index scale inventory rating subscale survey measure instrument"
)
_MORE = word_set("higher lower better worse greater smaller improved reduced less more")


def _opens_value(tokens: list[Token], k: int, b: int) -> bool:
    """Whether "(12.0 ± 3.1", "(-2.1 vs -0.4" stands at token k."""
    if k + 3 >= b or tokens[k].word not in ("(", "["):
        return False
    k += 1 + (tokens[k + 1].word in ("-", "−", "–"))
    return tokens[k].kind == "n" and tokens[k + 1].word in ("±", "vs", "versus")


def _opens_frame(tokens: list[Token], k: int, b: int) -> bool:
    """ "and a 12% gain in daily functioning (FROM 14 TO 18)": its two values behind the name."""
    if k + 4 >= b or tokens[k].word not in ("(", "[", "from"):
        return False
    k += 1 + (tokens[k + 1].word == "from")
    return tokens[k].kind == "n" and tokens[k + 1].word in ("to", "→") and tokens[k + 2].kind == "n"


def _centre_bracket(tokens: list[Token], a: int, close: int) -> bool:
    """ "mean (SD)", "median [IQR]": whether the bracket that closes here only names a spread."""
    k = close - 1
    while k > a and close - k < 7 and tokens[k].word not in ("(", "["):
        if tokens[k].kind == "n" and tokens[k].flag != "ord":
            return False
        k -= 1
    return k > a and tokens[k - 1].word in ("mean", "median", "average")


def _leads_clause(tokens: list[Token], a: int, b: int, i: int) -> bool:
    """Whether the acronym at i is what a verb of state or change is said of."""
    start = i
    while start - 2 >= a and tokens[start - 1].word == "-" and tokens[start - 2].kind == "w":
        start -= 2  # "NIH-CPSI"
    lead = tokens[start - 1].word if start > a else ""
    if lead == ")" and _centre_bracket(tokens, a, start - 1):
        lead = "mean"  # "Mean (SD) MMS fell from"
    led = lead in _SUBJECT_LEADS or lead in DATED_LEADS
    if not led and not (i > a and tokens[i - 1].kind == "n"):
        return False
    if lead == "in" or lead == "for" or _last_of_groups(tokens, a, b, start, lead):
        return False
    j = i + 1
    scored = False
    if j + 1 < b and tokens[j].word == "-" and not tokens[j].spaced and tokens[j + 1].kind == "n":
        j += 2  # "QoR-40 score was"
    elif lettered(tokens, j, b):
        j += 2  # "CGI-S scores were"
    while j < b and tokens[j].word in _BEHIND_NAME:
        if tokens[j].word == "(":
            close = next((k for k in range(j, min(b, j + 8)) if tokens[k].word == ")"), None)
            if close is None or any(tokens[k].kind == "n" for k in range(j, close)):
                break
            j = close + 1
            continue
        if tokens[j].word == ",":
            break
        scored = True
        j += 1
    after = tokens[j] if j < b else None
    if after is None:
        return False
    if after.word in STATE or after.word in CHANGE or after.word in ("did", "differed"):
        return True
    if scored and after.word == "for":
        return for_groups(tokens, j, b)
    return scored and (after.kind == "n" or after.word in ("=", ":", "in", "at", "from", "of"))


def _last_of_groups(tokens: list[Token], a: int, b: int, start: int, lead: str) -> bool:
    """ "VAS reduction FOR BKP AND VP was -4.1 and -3.8, RESPECTIVELY": a group of a list."""
    if lead not in ("and", "or", "vs", "versus"):
        return False
    k = start - 2
    while k > a and start - k < 8 and (tokens[k].kind == "w" or tokens[k].word in (",", "-")):
        if tokens[k].word in _OF_GROUPS:
            ahead = (tokens[m].word for m in range(start, b))
            rated = getattr(tokens[k - 1].mark, "kind", "") == "measure"
            rated = rated or tokens[k - 1].word in CHANGE or tokens[k - 1].word in _SCORE_HEADS
            return rated and "respectively" in ahead
        if tokens[k].mark is not None:
            return False
        k -= 1
    return False


_OF_GROUPS = word_set("for in with of after between among following")


def _named_before(tokens: list[Token], a: int, i: int, declared: Declared, taken: set[int]) -> bool:
    """Whether an unknown noun stands directly before "score", "severity", "threshold" ..."""
    k = i - 1
    if tokens[k].word == ")" and k - 3 > a and tokens[k - 2].word == "(":
        if not (is_acronym(tokens[k - 1], declared) and tokens[k - 3].raw[:1].isupper()):
            return False
        k -= 3  # "the Harrow Hand Society (HHS) SCORE was 65"
    before = tokens[k]
    # "VAS (48 vs 23), ACTIVITY SCALE (4.3 vs 5.7)": a scale of its own, and no pain at activity
    state = getattr(before.mark, "kind", "") == "qualifier" and tokens[i].word == "scale"
    own = state and tokens[k - 1].word in (",", ";", "and", "the", "mean")
    if k in taken or before.kind != "w" or (before.mark is not None and not own):
        return False
    word = before.word
    if word == "severity" and getattr(tokens[k - 1].mark, "kind", "") == "measure":
        return False  # "the VAS hip pain SEVERITY SCORE fell": of the measure named before it
    if (
        word in _PLAIN_LEADS
        or (word in BODY and k > a and tokens[k - 1].word in ("the", "their", "mean", "median"))
        or word in UNIT_DAYS
        or word in EVENT
        or word in PEOPLE
        or word in GROUP
        or word in PRE_WORDS
        or word in POST_WORDS
        or not is_content(word)
        or word.endswith("ly")
        or len(word) < 3
        or tokens[k].raw.endswith("'")
    ):
        return False
    # "the Quality of Traction Score": spelt as a name, though traction is a group here.
    proper = before.raw[:1].isupper() and tokens[i].raw[:1].isupper() and k > a
    known = stem(word) in declared.index or any(stem(word) in arm.words for arm in declared.arms)
    if known and not proper:
        return False
    # The name must be what a verb is said of: "symptom severity decreased", "quality score was".
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    return after is not None and (
        after.word in STATE
        or after.word in CHANGE
        or after.kind == "n"
        or after.word in ("of", "(", "from", "at", "in", "=", ":", "also", "did", "differed")
    )
