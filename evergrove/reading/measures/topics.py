"""What a clause is about, ahead or behind a verb: "AS FOR MOOD, ...", "and raised GRIP by 2"."""

from __future__ import annotations

from evergrove.reading.arms.arms import stem
from evergrove.reading.declarations import Declared
from evergrove.reading.measures.mention import Mention
from evergrove.reading.text.small_words import JOINS_CLAUSES
from evergrove.reading.text.stat_words import COMPARATIVE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    ANAPHORS,
    CHANGE,
    CHANGE_NOUNS,
    EVENT,
    GROUP,
    PEOPLE,
    is_content,
    word_set,
)

#: A sentence without any of these has no such topic.
MAYBE_TOPIC = word_set(
    "terms regard regards respect regarding concerning as by from fewer higher better stronger"
)
_LEADS = (
    ("in", "terms", "of"), ("with", "regard", "to"), ("in", "regard", "to"), ("as", "regards"),
    ("with", "respect", "to"), ("in", "respect", "of"), ("as", "for"), ("as", "to"),
    ("regarding",), ("concerning",),
)  # fmt: skip
# What is no thing of its own to be measured: how a study went, who was in it, the score itself.
_NEUTRAL = word_set(
    "outcome outcomes endpoint endpoints result results efficacy effectiveness effect effects "
    "intensity severity treatment treatments therapy relief comparison comparisons difference "
    "differences baseline follow-up followup time times gender sex age safety primary secondary "
    "main measure measures parameter parameters variable variables level levels value values "
    "it them this these"
)
_FILL = word_set("the a an their mean median average overall")


def topic_ahead(
    tokens: list[Token], a: int, b: int, declared: Declared, known: list[Mention]
) -> list[Mention]:
    """ "IN TERMS OF DISABILITY, there was ... (11 vs 7)": no score of what was rated before.

    Only where the sentence names no known measure, and the topic is no group and no time.
    """
    if any(mention.key for mention in known):
        return []
    start = a + 2 if tokens[min(a + 1, b - 1)].word == ":" else a  # "Results: As for mood, ..."
    words = [token.word for token in tokens[start : start + 3]]
    lead = next((x for x in _LEADS if tuple(words[: len(x)]) == x), None)
    if lead is None:
        return []
    first = last = start + len(lead)
    while last < b and last - first < 7 and tokens[last].word != ",":
        if tokens[last].kind != "w" or tokens[last].word in GROUP | PEOPLE | _NEUTRAL | EVENT:
            return []
        last += 1
    if last >= b or tokens[last].word != "," or not _unknown(tokens, first, last, declared):
        return []
    return [Mention(start, last, None, None, "unknown measure")]


_VERBS_OF_CHANGE = CHANGE - CHANGE_NOUNS


def objects_moved(
    tokens: list[Token], a: int, b: int, declared: Declared, known: list[Mention]
) -> list[Mention]:
    """ "Tape reduced PAIN by 1.6 and improved GENERAL HEALTH by 2.1": the second is no pain.

    Behind a verb of change that has a known measure for its object.
    """
    verbs = [k for k, token in enumerate(tokens[a:b], a) if token.word in _VERBS_OF_CHANGE]
    if len(verbs) < 2 or not any(_object_of(tokens, verb, known) for verb in verbs[:-1]):
        return []
    found: list[Mention] = []
    started = False
    for verb in verbs:
        joined = tokens[verb - 1].word in ("and", ",", ";", "but")
        first = last = verb + 1
        while last < b and last - first < 5 and _in_name(tokens[last]):
            last += 1
        by = last + 1 < b and tokens[last].word in ("by", "from") and tokens[last + 1].kind == "n"
        if started and joined and by and _unknown(tokens, first, last, declared):
            found.append(Mention(first, last, None, None, "unknown measure"))
        started = started or _object_of(tokens, verb, known)
    return found


def _object_of(tokens: list[Token], verb: int, known: list[Mention]) -> bool:
    """Whether a known measure is what the verb at `verb` moves: "lowered MEAN HEEL NRS"."""
    return any(
        mention.key
        and verb < mention.first <= verb + 5
        and all(_in_name(token) for token in tokens[verb + 1 : mention.first])
        for mention in known
    )


def fewer_things(
    tokens: list[Token], a: int, b: int, declared: Declared, known: list[Mention]
) -> list[Mention]:
    """ "and to FEWER REQUESTS for tea (median 1 vs 3)": how many of something, and no score."""
    named = {k for mention in known for k in range(mention.first, mention.last)}
    found = []
    for k in range(a, b - 1):
        if tokens[k].word != "fewer" or tokens[k].kind != "w":
            continue
        last = k + 1
        while last < b and last - k < 4 and last not in named and _in_name(tokens[last]):
            last += 1
        if last > k + 1 and _unknown(tokens, k + 1, last, declared):
            found.append(Mention(k, last, None, None, "count"))
    return found


def compared_in(
    tokens: list[Token], a: int, b: int, declared: Declared, known: list[Mention]
) -> list[Mention]:
    """ "were younger and HIGHER IN ANXIETY (14 vs 11)": people compared in something, and no score.

    Not "VAS was lower IN WAX (3 vs 4)": a measure that is compared is so in a group.
    """
    named = {k for mention in known if mention.key for k in range(mention.first, mention.last)}
    found = []
    for k in range(a + 1, b - 3):
        if tokens[k].word != "in" or not _compares(tokens[k - 1].word):
            continue
        last = k + 1
        while last < b and last - k < 4 and last not in named and _in_name(tokens[last]):
            last += 1
        pair = last + 1 < b and tokens[last].word in ("(", "[") and tokens[last + 1].kind == "n"
        start = k - 1
        while start > a and tokens[start - 1].word not in JOINS_CLAUSES:
            start -= 1
        if not pair or last == k + 1 or any(m in named for m in range(start, k)):
            continue
        if _unknown(tokens, k + 1, last, declared):
            found.append(Mention(k + 1, last, None, None, "unknown measure"))
    return found


def _compares(word: str) -> bool:
    return word in COMPARATIVE or word.endswith("er") or word in ("more", "less")


def _in_name(token: Token) -> bool:
    kind = getattr(token.mark, "kind", "other")
    plain = is_content(token.word) and not token.word.endswith("ly")
    return token.kind == "w" and (plain or token.word in _FILL) and kind in ("other", "qualifier")


def _unknown(tokens: list[Token], first: int, last: int, declared: Declared) -> bool:
    """Whether tokens first..last name a thing that is no known measure and no group."""
    kinds = {getattr(token.mark, "kind", "other") for token in tokens[first:last]}
    words = [t.word for t in tokens[first:last] if is_content(t.word) and t.word not in _FILL]
    if not words or not kinds <= {"other", "qualifier"}:
        return False
    if not (GROUP | PEOPLE | ANAPHORS | _NEUTRAL).isdisjoint(words):
        return False
    return not any(stem(word) in declared.index for word in words)


def without_overlaps(found: list[Mention], topics: list[Mention]) -> list[Mention]:
    """All mentions, but of those that share words the topic of the clause."""
    if not topics:
        return found
    told = {k for topic in topics for k in range(topic.first, topic.last)}
    return [m for m in found if told.isdisjoint(range(m.first, m.last))] + topics
