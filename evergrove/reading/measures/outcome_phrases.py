"""Runs of nouns that may be the name of something measured."""

from __future__ import annotations

from collections.abc import Iterator

from evergrove.reading.measures.lexicon import stem
from evergrove.reading.measures.outcome_nouns import (
    ADJECTIVE,
    AT_MOST,
    BINARY,
    COUNTED,
    HEADS,
    LEADS,
    LEFT_OUT,
    NO_OUTCOME,
    OF_ILLNESS,
    OF_STUDY,
    OF_WHAT,
    RATES,
)
from evergrove.reading.text.small_words import OR_AND
from evergrove.reading.text.tokens import Token, unmarked
from evergrove.reading.text.words import (
    ANAPHORS,
    CENTRES,
    CHANGE,
    DETERMINERS,
    DOSES,
    EVENT,
    GROUP,
    PEOPLE,
    STATE,
    UNIT_DAYS,
    is_content,
    word_set,
)

Span = tuple[int, int]
_PRONOUNS = word_set("them they him her us we")
_NUMERALS = word_set("ii iii iv vi")
_HOW_OFTEN = word_set("daily weekly monthly nightly hourly yearly family")
_GIVEN = word_set(
    "received receiving receive given assigned randomized randomised allocated treated"
)
_COURSES = word_set("daily once twice three qd bid tid tds bd od o.d q.d")
_FOR_WHAT = word_set("readiness eligibility fitness need request demand")
_FROM_WHAT = word_set("from since between")
_LEADS_LIST = CENTRES | DETERMINERS | CHANGE | word_set("in of for .")
#: Words that are verbs elsewhere, and nouns in names: "weight LOSS", "snoring SCORE".
_NOUNS_TOO = word_set("loss losses gain gains recovery elevation score")


def _of_name(token: Token) -> bool:
    """Whether a word may be part of a name: a noun or adjective that no profile marks."""
    word = token.word
    if not unmarked(token) or token.kind != "w" or len(word) < 2 or word in LEADS:
        return False
    if word in _NUMERALS or word in _PRONOUNS or (word.endswith("ly") and word not in _HOW_OFTEN):
        return False
    if word in ANAPHORS and stem(word) not in HEADS and word not in COUNTED:
        return False
    return is_content(word) or word in _NOUNS_TOO or word == "overall"


def backward(tokens: list[Token], end: int) -> Span | None:
    """The run of nouns that ends before `end`, with "of" and what is before it ("level OF x")."""
    k = end
    while k > 0 and end - k < 9 and (step := _step_back(tokens, k, end)):
        k -= step
    dated = k < end - 1 and tokens[k].word in UNIT_DAYS and tokens[k - 1].kind == "n"
    k += dated  # "at 6 WEEKS serum zinc (17.0 vs 17.9)"
    return (k, end) if k < end else None


def _step_back(tokens: list[Token], k: int, end: int) -> int:
    """How many tokens before k belong to a name that ends before `end`; 0 where it begins."""
    token, before = tokens[k - 1], tokens[max(0, k - 2)]
    if _of_name(token) or (token.word == "use" and k < end and tokens[k].word == "of"):
        return 1
    if token.kind == "n":
        return 2 if before.word == "-" and not token.spaced else 0  # "MMP-9"
    if k == end:
        return 0
    if token.word in ("-", "/"):
        return int(not token.spaced and _of_name(before))
    if token.word == "the":
        return int(before.word == "of")
    if token.word == "of":
        return int(stem(before.word) in OF_WHAT)
    if token.word == "per":
        return int(_of_name(before))  # "arousals PER hour", "time PER session"
    if token.word == "for":
        return int(before.word in _FOR_WHAT)  # "READINESS FOR discharge"
    return int(token.word in ("to", "until") and stem(before.word) == "time")


def forward(tokens: list[Token], start: int) -> Span | None:
    """The run of nouns from `start`, with "of" or "to" behind one that asks for it."""
    k = start
    while k < len(tokens) and k - start < 9 and (on := _step_on(tokens, k, start)) > k:
        k = on
    while k > start and (
        tokens[k - 1].word == "of"  # "a rise in grip STRENGTH of 7%"
        or not (_of_name(tokens[k - 1]) or is_part(tokens, k - 1, start))
    ):
        k -= 1
    return (start, k) if k > start else None


def _step_on(tokens: list[Token], k: int, start: int) -> int:
    """The place behind what belongs to a name at k that begins at `start`; k where it ends."""
    token = tokens[k]
    if _of_name(token):
        return k + 1
    if k == start:
        return k
    before = stem(tokens[k - 1].word)
    if token.word == "per" and _of_name(tokens[k - 1]):
        return k + 1
    asked = (token.word == "of" and before in OF_WHAT) or (
        token.word in ("to", "until", "per") and before == "time"
    )
    asked = asked or (token.word == "from" and before == "recovery")  # "RECOVERY FROM coma"
    if asked:
        return behind_leads(tokens, k + 1)
    joined = token.word in ("-", "/") or (token.kind == "n" and is_part(tokens, k, start))
    return k + (joined and not token.spaced)  # "MMP-9"


def behind_leads(tokens: list[Token], k: int) -> int:
    """The place behind words that say how something is told ("the mean total")."""
    while k < len(tokens) and (tokens[k].word in DETERMINERS or tokens[k].word in LEADS):
        k += 1
    return k


def is_part(tokens: list[Token], k: int, first: int) -> bool:
    """Whether token k is a word, or a number that belongs to one: "MMP-9", "Bromage 0"."""
    if tokens[k].kind == "w":
        return True
    if tokens[k].kind != "n" or k == first:
        return False
    return tokens[k - 1].word == "-" or ends_grade(tokens, k)


def ends_grade(tokens: list[Token], k: int) -> bool:
    """ "regression to BROMAGE 0 was 250 min": whether the number at k is that of a grade."""
    graded = tokens[k - 1].word in _GRADES and "." not in tokens[k].word
    return graded and k + 1 < len(tokens) and tokens[k + 1].word in STATE


_GRADES = word_set("bromage grade stage class phase")


def coordinated(tokens: list[Token], i: int) -> Iterator[Span]:
    """ "the mean COGNITIVE, LANGUAGE and motor scores": the kinds that share the last noun."""
    own = backward(tokens, i)
    if own is None or tokens[own[0] - 1].word not in OR_AND:
        return
    found = []
    k = own[0]
    while k > 1 and tokens[k - 1].word in OR_AND:
        before = k - 1 - (tokens[k - 2].word == ",")
        part = backward(tokens, before)
        if part is None or part[1] - part[0] > 3:
            break
        found.append(part)
        k = part[0]
    lead = tokens[k - 1].word
    if lead in _LEADS_LIST:
        yield from found


def may_be(tokens: list[Token], first: int, last: int) -> bool:
    """Whether a stretch can be the name of something measured, and is no group, time or share."""
    words = [token.word for token in tokens[first:last] if token.kind == "w"]
    if not words or len(words) > AT_MOST or all(t.mark is not None for t in tokens[first:last]):
        return False
    if words[0] in UNIT_DAYS and first and tokens[first - 1].word in ("-", "–"):
        return False  # "the 2-YEAR SURVIVAL rate"
    if words[0] in ("pre", "post") and EVENT.issuperset(words[1:]):
        return False  # "(PRE-TRAINING: 322 m; POST-TRAINING: 501 m)": when, and not what
    if words == ["time"] and last < len(tokens) and tokens[last].word in _FROM_WHAT:
        return False  # "the mean TIME FROM injury to surgery"
    if words[0] in ("time", "times", "days") and len(words) > 1:
        return True  # "time to relapse", "days alive"
    if words[-1] == "days" and "free" in words:
        return True  # "ventilator-free days"
    head = stem(words[-1]) if "of" not in words else stem(words[words.index("of") - 1])
    if head == "rate" and len(words) > 1 and words[words.index(words[-1]) - 1] in RATES:
        return True  # "glomerular FILTRATION RATE"
    if head == stem(words[-1]) and head in ("interval", "period"):
        # "induction-delivery INTERVAL"; not "confidence interval", "a training period"
        return OF_STUDY.isdisjoint(words) and (len(words) > 1 or head == "period")
    if head == "duration" and not (OF_STUDY | OF_ILLNESS).isdisjoint(words):
        return False  # "treatment duration", "duration of symptoms"
    if head in BINARY or head in NO_OUTCOME or stem(words[-1]) in NO_OUTCOME:
        return False
    if not PEOPLE.isdisjoint(words[-1:]):
        return False
    if len(words) == 1 and words[0] not in HEADS and words[0].endswith(ADJECTIVE):
        return False
    return bool(without_fill([stem(word) for word in words]))


def without_fill(words: list[str]) -> list[str]:
    """The words (stems) of a name without those that say how it is told: "estradiol"."""
    kept = [word for word in words if word not in LEFT_OUT]
    if "overall" in kept and "survival" not in kept:
        kept.remove("overall")
    while kept and kept[0] in ("of", "to", "in", "for"):
        kept = kept[1:]  # "LEVEL OF estradiol"
    while kept and kept[-1] in ("of", "to", "in", "for"):
        kept = kept[:-1]
    return kept


def treatments(tokens: list[Token]) -> set[str]:
    """Last words of what people were given and of the names of groups: no outcomes.

    "the CLONIDINE group", "IBANDRONATE 50 mg", "FBC (4.5/160 mcg)", "2 mg oral MIDAZOLAM",
    "received LETROZOLE", "randomised to wax (n = 30) or CLAY", "with TAPE (n = 43)".
    """
    found: set[str] = set()
    for i, token in enumerate(tokens[:-1]):
        named = None
        if token.word in GROUP and i and tokens[i - 1].kind == "w":
            named = (i - 1, i)
        elif token.word in DOSES and i > 1 and tokens[i - 1].kind == "n":
            k = i - 2
            if tokens[k].word == "/" and k > 1:
                k -= 2 + (tokens[k - 2].word == "(")
            # "LOSARTAN (50 mg daily)"
            k -= tokens[k].word == "(" and k > 1 and tokens[i + 1].word in _COURSES
            found.add(stem(tokens[k].word))
            named = forward(tokens, i + 1 + (tokens[i + 1].word == "of"))
        elif token.word in _GIVEN:
            named = forward(tokens, i + 1 + (tokens[i + 1].word == "to"))
            if named is not None and (other := _or_another(tokens, named[1])) is not None:
                found.add(stem(tokens[other[1] - 1].word))
        elif token.word == "n" and tokens[i + 1].word == "=" and tokens[i - 1].word == "(":
            named = (i - 2, i - 1) if i > 1 else None  # "tape or WAX (n = 43)"
        if named is not None:
            found.add(stem(tokens[named[1] - 1].word))
    return found - HEADS


def _or_another(tokens: list[Token], k: int) -> Span | None:
    """The name behind "or" at k, or behind a bracket and "or": "given wax (n = 30) OR CLAY"."""
    if tokens[k].word == "(":
        k = next((m + 1 for m in range(k, min(k + 9, len(tokens))) if tokens[m].word == ")"), k)
    if k + 1 >= len(tokens) or tokens[k].word not in ("or", "versus", "vs"):
        return None
    return forward(tokens, k + 1)
