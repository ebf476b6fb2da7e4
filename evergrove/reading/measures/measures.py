"""Names in the text: which measure, of what (qualifier), and what stands beside it.

A cluster is a run of names with nothing but filling words between them: "the mean VAS for leg
pain" is one measure, "back and leg VAS" two.
"""

from __future__ import annotations

from evergrove.reading.label_lists import heads_bracket
from evergrove.reading.measures.circumstances import (
    construct,
    fronted_place,
    further_state,
    heads_own_bracket,
    of_kind,
    qualified_behind,
    stands_alone,
    state_phrase,
    two_states,
)
from evergrove.reading.measures.combined_places import MAYBE_TOGETHER, combined_places
from evergrove.reading.measures.fronted_instruments import lend_instrument
from evergrove.reading.measures.lexicon import Profile
from evergrove.reading.measures.marks import Mark
from evergrove.reading.measures.mention import (
    STATES,
    Mention,
    is_instrument,
    read_mention,
)
from evergrove.reading.measures.other_constructs import (
    RATED_WORDS,
    bracket_of_another,
    rates_something_else,
    subject_on,
)
from evergrove.reading.measures.states_as_groups import names_group
from evergrove.reading.measures.steps_listed import caused_by, further_steps
from evergrove.reading.measures.those_of_another import those_of_unknown
from evergrove.reading.text.small_words import SCORE, TURNS_CLAUSE
from evergrove.reading.text.stat_words import DIFFERENCE
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import (
    GROUP,
    LIMBS,
    MEASURE_FILL,
    PEOPLE,
    VERBS,
    is_content,
    word_set,
)

_BEFORE_SCALE_NUMBER = word_set("( - – 0 to")
_LIST_SIGNS = word_set("and , / &")
_LIST_FILL = word_set("the for of in")

_WHEN = word_set("on during upon")
_DOMAINS = word_set("scales subscales subscale domains domain dimensions dimension components")
_SCALE_WORDS = word_set(
    "separate second similar another different identical linear own unmarked further "
    "standard a an the - – cm mm point to 0 horizontal numeric numerical same also likewise too"
)
_RATED_ON_WORDS = word_set("on by using with via")
_END_OF_SCALE = word_set("no worst maximal maximum severe unbearable")
_END_OF_SCALE_WORDS = _END_OF_SCALE | word_set("= , ( for is the being meaning possible imaginable")


def _counted_limbs(tokens: list[Token], a: int, mark: Mark) -> bool:
    """ "In 29 HIPS, NRS was 3.1": who was treated, and no place of pain."""
    if tokens[mark.first].word not in LIMBS or mark.first == a:
        return False
    return tokens[mark.first - 1].kind == "n" and tokens[mark.last - 1].word in LIMBS


def _people_aged(tokens: list[Token], k: int) -> bool:
    """ "The mean VAS in 130 patients AGED over 60 years fell": who they were, and no subject."""
    return tokens[k].word == "aged" and k > 0 and tokens[k - 1].word in PEOPLE


def find_mentions(
    tokens: list[Token],
    a: int,
    b: int,
    marks: list[Mark],
    profile: Profile,
    words: frozenset[str],
) -> list[Mention]:
    """The measures of one sentence in order; each cluster of names is one mention or a list.

    `words`: those of the sentence a..b.
    """
    if not marks:
        return []
    start = _behind_aside(tokens, a, b)
    ends, aged = not words.isdisjoint(_END_OF_SCALE), "aged" in words
    mine = [
        mark
        for mark in marks
        if start <= mark.first < b
        and mark.kind != "planning"
        and not (ends and _anchors(tokens, a, mark.first))
        and not (aged and _people_aged(tokens, mark.first))
        and not (mark.kind == "qualifier" and _counted_limbs(tokens, a, mark))
    ]
    if not mine:
        return []
    mine = _with_items(tokens, a, b, mine)
    clusters: list[list[Mark]] = []
    slashes = "/" in words and len(mine) > 1 and _numbers_slashed(tokens, a, b)
    for mark in mine:
        if slashes and clusters and _places_slashed(tokens, clusters[-1][-1], mark):
            clusters.append([mark])
        elif (
            clusters
            and _joined(tokens, clusters[-1][-1].last, mark.first)
            and not _slashed(tokens, clusters[-1][-1], mark, profile)
            and not _new_subject(tokens, clusters[-1][-1], mark)
        ):
            clusters[-1].append(mark)
        else:
            clusters.append([mark])
    mentions: list[Mention] = []
    index = 0
    domains, told_when = not words.isdisjoint(_DOMAINS), not words.isdisjoint(_WHEN)
    while index < len(clusters):
        cluster = clusters[index]
        mention = read_mention(tokens, a, cluster, profile)
        if mention is not None and mention.key and not mention.qualifier:
            if told_when:
                qualified_behind(tokens, mention, b)
            if not mention.qualifier:
                caused_by(tokens, mention, b)
        if domains and mention is not None and _is_domain(tokens, a, mention):
            mention = Mention(mention.first, mention.last, None, None, "part of another instrument")
        if index + 1 < len(clusters) and tokens[cluster[-1].last].word == ",":
            whole = fronted_place(tokens, a, cluster, mention, clusters[index + 1], profile)
            if whole is not None:
                mentions.append(whole)
                index += 2
                continue
        # "back and leg VAS", "VAS for back and leg pain": a part of a list borrows the instrument.
        if index + 1 < len(clusters) and _listed(
            tokens, cluster[-1].last, clusters[index + 1][0].first
        ):
            after = read_mention(tokens, a, clusters[index + 1], profile)
            if mention is None and after is None:
                after = _host_of_list(tokens, a, clusters, index, profile)
            if mention is None and after is not None and _fronted(tokens, cluster, after):
                mentions.append(
                    Mention(
                        cluster[0].first,
                        after.last,
                        after.key,
                        cluster[-1].key,
                        None,
                        after.instrument,
                    )
                )
                index += 2
                continue
            if (
                mention is None
                and after is not None
                and after.key
                and of_kind(cluster, "qualifier")
            ):
                mention = Mention(
                    cluster[0].first,
                    cluster[-1].last,
                    after.key,
                    cluster[0].key,
                    None,
                    after.instrument,
                )
            elif (
                mention is not None
                and mention.key
                and after is None
                and of_kind(clusters[index + 1], "qualifier")
            ):
                mentions.append(mention)
                part = clusters[index + 1]
                mentions.append(
                    Mention(
                        part[0].first,
                        part[-1].last,
                        mention.key,
                        part[0].key,
                        None,
                        mention.instrument,
                    )
                )
                index += 2
                continue
            elif (
                mention is not None
                and after is not None
                and mention.key
                and after.key
                and mention.instrument != after.instrument
                and mention.qualifier
                and after.qualifier
                and construct(profile, mention.key) == construct(profile, after.key)
            ):
                # "VAS for back and leg pain": the construct alone takes over the instrument.
                key = mention.key if mention.instrument else after.key
                mention.key, mention.instrument = key, True
                after.key, after.instrument = key, True
                mentions.extend((mention, after))
                index += 2
                continue
        if (
            mention is None
            and of_kind(cluster, "qualifier")
            and any(
                tokens[k].word == "interference"
                for k in range(max(a, cluster[0].first - 4), cluster[0].first)
            )
        ):
            mention = Mention(
                cluster[0].first, cluster[-1].last, None, None, "part of another instrument"
            )
        elif (
            mention is None
            and of_kind(cluster, "qualifier")
            and those_of_unknown(tokens, a, cluster[0].first, cluster[-1].last)
        ):
            mention = Mention(cluster[0].first, cluster[-1].last, None, None, "another construct")
        elif (
            mention is None
            and of_kind(cluster, "qualifier")
            and (stands_alone(tokens, cluster) or state_phrase(tokens, cluster))
            and not names_group(tokens, a, b, cluster)
        ):
            mention = Mention(
                cluster[0].first, cluster[-1].last, "", cluster[-1].key, None, False, True
            )
        if mention is not None:
            mentions.append(mention)
        index += 1
    if mentions and mentions[-1].qualifier:
        further_state(tokens, mentions, b)
        further_steps(tokens, mentions, b)
    if len(mentions) > 1 and "(" in words:
        heads_own_bracket(tokens, mentions, profile)
    told = _completed([_of_other(tokens, a, mention, mine, profile) for mention in mentions])
    if len(told) > 1 and not words.isdisjoint(MAYBE_TOGETHER):
        combined_places(tokens, told, profile)
    if not words.isdisjoint(SCORE):
        for mention in told:
            with_score(tokens, mention, b)
    return lend_instrument(tokens, a, told, profile)


def with_score(tokens: list[Token], mention: Mention, b: int) -> None:
    """ "the reduction in NRS pain SCORE was 2": the noun is the end of the name, and no verb."""
    last = mention.last
    if mention.key and last < b and tokens[last].word in SCORE and tokens[last].mark is None:
        mention.last += 1


def _numbers_slashed(tokens: list[Token], a: int, b: int) -> bool:
    """Whether two scores stand with a slash between them: "7.1/6.5"; not so "8.1/10"."""
    return any(
        tokens[k].word == "/"
        and all(tokens[m].kind == "n" and "." in tokens[m].word for m in (k - 1, k + 1))
        for k in range(a + 1, b - 1)
    )


def _places_slashed(tokens: list[Token], left: Mark, right: Mark) -> bool:
    """ "BACK/LEG VAS were 7.1/6.5": two places; "neck/shoulder pain was 5.2" is one."""
    if right.first != left.last + 1 or tokens[left.last].word != "/":
        return False
    if left.kind == "qualifier" and tokens[right.first].word == "pain":
        return True  # "pain at rest/pain on movement"
    placed = ("qualifier", "compound")
    return right.kind in placed and left.kind in (*placed, "measure")


def _slashed(tokens: list[Token], left: Mark, right: Mark, profile: Profile) -> bool:
    """ "VAS/ODI scores were 3.1/22": two instruments of two constructs; not "VAS/NRS"."""
    if tokens[left.last].word != "/" or right.first != left.last + 1 or left.key == right.key:
        return False
    if not (left.kind == right.kind == "measure"):
        return False
    one, two = profile.measures[left.key], profile.measures[right.key]
    apart = one.construct != two.construct or one.construct is None
    return one.instrument and two.instrument and apart


def _new_subject(tokens: list[Token], left: Mark, right: Mark) -> bool:
    """ "After bracing for SCOLIOSIS THE ODI fell", "those with LEG PAIN A VAS of 4": a new one."""
    gap = right.first - left.last
    if 1 <= gap <= 3 and tokens[left.last].word in _THEY_RATED and _had(tokens, left):
        return True
    if not 1 <= gap <= 2 or tokens[left.last].word != "the":
        return False
    if gap == 2 and tokens[left.last + 1].word not in ("mean", "median", "average"):
        return False
    return left.kind in ("veto", "other") and right.kind in ("measure", "compound")


def _had(tokens: list[Token], mark: Mark) -> bool:
    """ "Nurses WITH low back PAIN rated their pain at 6": what they came with, no score yet."""
    return any(tokens[k].word == "with" for k in range(max(0, mark.first - _CAME_WITH), mark.first))


_CAME_WITH = 4
_THEY_RATED = word_set(
    "rated reported scored recorded graded described experienced marked gave judged noted a an"
)


def _with_items(tokens: list[Token], a: int, b: int, marks: list[Mark]) -> list[Mark]:
    """ "worst and AVERAGE NRS", "AVERAGE and worst NRS": beside the worst, the average is an item.

    Alone it is only the mean.
    """
    ends = [mark for mark in marks if mark.key in ("worst", "least")]
    if not ends:
        return marks
    worst = {k for mark in ends for k in (mark.first, mark.last)}
    added = [
        Mark(k, k + 1, "qualifier", "average")
        for k in range(a, b)
        if tokens[k].word in ("average", "usual")
        and tokens[k].mark is None
        and (
            (tokens[k - 1].word in ("and", ",") and k - 1 in worst)
            or (k + 2 < b and tokens[k + 1].word in ("and", ",") and k + 2 in worst)
        )
    ]
    return sorted([*marks, *added], key=lambda mark: mark.first)


def _host_of_list(
    tokens: list[Token], a: int, clusters: list[list[Mark]], index: int, profile: Profile
) -> Mention | None:
    """ "sitting, lying and walking NRS": the measure that closes a list of three states or more."""
    k = index
    while (
        k + 1 < len(clusters)
        and of_kind(clusters[k], "qualifier")
        and _listed(tokens, clusters[k][-1].last, clusters[k + 1][0].first)
    ):
        k += 1
    if k < index + 2 or of_kind(clusters[k], "qualifier"):
        return None
    return read_mention(tokens, a, clusters[k], profile)


def _behind_aside(tokens: list[Token], a: int, b: int) -> int:
    """ "EXCLUDING RECURRENCES, back pain fell to 2": who is counted, and nothing measured."""
    if a >= b or tokens[a].word not in _ASIDE:
        return a
    comma = next((k for k in range(a + 1, min(b, a + 8)) if tokens[k].word == ","), None)
    plain = comma is not None and all(not is_measure(tokens[k]) for k in range(a + 1, comma))
    return comma + 1 if comma is not None and plain else a


_ASIDE = word_set("including excluding counting ignoring omitting despite notwithstanding")


def _is_domain(tokens: list[Token], a: int, mention: Mention) -> bool:
    """ "the domains PAIN and mobility": a part of a questionnaire."""
    plain = bool(mention.key) and not mention.instrument and mention.first > a
    return plain and tokens[mention.first - 1].word in _DOMAINS


def _fronted(tokens: list[Token], cluster: list[Mark], after: Mention) -> bool:
    """ "At rest, NRS was ...": a circumstance set before the measure, not one of two measures."""
    between = [tokens[k].word for k in range(cluster[-1].last, after.first)]
    return (
        bool(after.key)
        and after.qualifier not in STATES
        and between[:1] == [","]
        and of_kind(cluster, "qualifier")
        and state_phrase(tokens, cluster)
    )


_HOW_FAR = DIFFERENCE | word_set("effect effects between")


def _of_other(
    tokens: list[Token], a: int, mention: Mention, marks: list[Mark], profile: Profile
) -> Mention:
    """ "satisfaction, marked on a 10-cm visual analogue scale": what was rated decides."""
    if not mention.instrument:
        return mention
    inside = [mark for mark in marks if mention.first <= mark.first < mention.last]
    if any(mark.kind != "measure" or not is_instrument(mark, profile) for mark in inside):
        return mention
    if inside and profile.measures[inside[0].key].construct is None:
        return mention
    k = mention.first - 1
    while k > a and (tokens[k].kind == "n" or tokens[k].word in _SCALE_WORDS):
        k -= 1
    if tokens[k].word in ("(", "[") and (other := bracket_of_another(tokens, a, k)):
        return Mention(mention.first, mention.last, None, None, f"another construct: {other}")
    if tokens[k].word not in _RATED_ON_WORDS:
        return mention
    if tokens[k].word == "on" and any(tokens[m].word in _HOW_FAR for m in range(max(a, k - 10), k)):
        # "the EFFECT of wax ON the VAS was -1.6", "a DIFFERENCE of 3 between wax and clay ON it"
        return mention
    if tokens[k].word == "on" and tokens[k - 1].word == "based":
        return mention  # "pain at 30 min after wax, BASED ON the VAS, was 3.8"
    if rates_something_else(tokens, a, k):
        return Mention(mention.first, mention.last, None, None, "another construct")
    before = [mark for mark in marks if mark.last <= k]
    gap = [tokens[m].word for m in range(before[-1].last if before else a, k)]
    rated = RATED_WORDS & set(gap)
    if (not before and subject_on(tokens, a, k)) or (
        before and subject_on(tokens, before[-1].last, k)
    ):
        return Mention(mention.first, mention.last, None, None, "another construct")
    if not before or before[-1].kind != "other" or TURNS_CLAUSE & set(gap):
        return mention
    if not gap or gap == [","]:
        return Mention(
            mention.first, mention.last, None, None, f"another construct: {before[-1].key}"
        )
    first = before[-1].first
    leads = first == a or tokens[first - 1].word in _LEADS_CLAUSE
    if leads and not any(tokens[m].word in VERBS for m in range(before[-1].last, k)):
        # "; satisfaction with care on a 0-100 VAS was 84"
        return Mention(
            mention.first, mention.last, None, None, f"another construct: {before[-1].key}"
        )
    if rated or any(tokens[m].word in RATED_WORDS for m in range(a, before[-1].first)):
        return Mention(
            mention.first, mention.last, None, None, f"another construct: {before[-1].key}"
        )
    return mention


_LEADS_CLAUSE = word_set("; : , mean median average overall the and")


def _anchors(tokens: list[Token], a: int, first: int) -> bool:
    """ "100 = worst pain", "of maximum 50": words for an end of the scale, no measure."""
    if (
        tokens[first].word in ("maximum", "maximal")
        and tokens[first - 1].word in ("of", "a", "(", "[")
        and tokens[min(first + 1, len(tokens) - 1)].kind == "n"
    ):
        return True
    k = first - 1
    while k > a and k > first - 4 and tokens[k].word in _END_OF_SCALE_WORDS:
        k -= 1
    if tokens[k].kind != "n" or tokens[k].value not in (0, 1, 3, 4, 5, 10, 100):
        return False
    return not _END_OF_SCALE.isdisjoint([token.word for token in tokens[k + 1 : first + 1]])


def _completed(mentions: list[Mention]) -> list[Mention]:
    """A qualifier alone takes the measure named before it in the sentence."""
    measure: Mention | None = None
    for mention in mentions:
        if mention.key == "" and measure is not None:
            mention.key, mention.instrument = measure.key, measure.instrument
        elif mention.key:
            measure = mention
    return mentions


def _joined(tokens: list[Token], i: int, j: int) -> bool:
    """Whether only words that a measure's name may hold stand between two names."""
    if tokens[i].word == "with" and getattr(tokens[i - 1].mark, "kind", "") == "veto":
        return False  # "in RESPONDERS WITH a median NRS of 3"
    if tokens[i].word == "rated" and getattr(tokens[i - 1].mark, "kind", "") == "veto":
        return False  # "the patients with COLLAPSE RATED PAIN at 2.3": why they came
    if tokens[i].word == "/" and two_states(tokens[i - 1], tokens[j]):
        return False
    if j - i > 8 or heads_bracket(tokens, j, tokens[j].mark.last if tokens[j].mark else j):
        return False
    for k in range(i, j):
        token = tokens[k]
        if token.kind == "n":
            # A scale inside the name: "NRS (0-10) pain".
            if not (k and tokens[k - 1].word in _BEFORE_SCALE_NUMBER):
                return False
        elif token.kind == "s":
            if token.word not in "-–()[]/'":
                return False
            if (
                token.word in ("(", "[")
                and k + 1 < j
                and tokens[k + 1].kind == "n"
                and tokens[k + 1].word != "0"
            ):
                return False
        elif k + 2 == j and token.word in _SIDES and tokens[k + 1].kind == "w":
            return True
        elif token.word == "adjusted" and tokens[k + 1].word == "for":
            return False  # "VAS ADJUSTED FOR AGE": of a covariate
        elif token.word not in MEASURE_FILL and (token.word in VERBS or not _body_word(tokens, k)):
            return False
    return True


def _body_word(tokens: list[Token], k: int) -> bool:
    """An unknown noun directly before the next name, as in "VAS finger pain"."""
    return (
        k + 1 < len(tokens)
        and tokens[k + 1].mark is not None
        and is_content(tokens[k].word)
        and tokens[k].word not in GROUP
        and len(tokens[k].word) > 2
    )


# "VAS for LOWER limb numbness": of which part of the body
_SIDES = word_set("lower upper left right anterior posterior lateral medial inner outer")


def _listed(tokens: list[Token], i: int, j: int) -> bool:
    words = [tokens[k].word for k in range(i, j)]
    return (
        bool(words)
        and len(words) <= 3
        and {w for w in words if w not in _LIST_FILL} <= _LIST_SIGNS
        and ("and" in words or "," in words or "/" in words or "&" in words)
    )
