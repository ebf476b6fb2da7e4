"""Names of treatments that hold the name of a measure: "platelet-rich PLASMA", "SLEEP hygiene"."""

from __future__ import annotations

from evergrove.reading.measures.marks import Mark
from evergrove.reading.measures.states_before_brackets import heads_group_bracket
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, GROUP, RESTED, STATE, is_content, word_set

_GIVEN = word_set(
    "injection injections infusion infusions supplementation supplement supplements "
    "administration therapy prolotherapy ointment gel cream patch patches training exercise "
    "exercises education hygiene stimulation garment garments coaching counselling counseling "
    "block blocks laser tens programme program regimen solution capsules lysate concentrate rich "
    "poor depleted"
)
_DEGREES = word_set(
    "high low medium moderate intermediate double single large small full half standard "
    "higher lower"
)
_GRADED = word_set(
    "dose frequency volume intensity concentration energy density pressure temperature viscosity"
)
_EITHER = frozenset(("either", "both", "each"))
_UNDER = frozenset(("with", "at", "on", "after", "under", "for", "of"))
_FRONTED = frozenset(("with", "after", "following"))
_KEPT = frozenset(("follow-up", "age", "other statistic"))
_TAUGHT = word_set(
    "education management self-management coaching coping programme program neuroscience school "
    "medication medications reprocessing"
)
_STOPS = frozenset((".", ":", ";"))


def without_treatments(tokens: list[Token], marks: list[Mark]) -> list[Mark]:
    """The marks but those that are only a part of what was given to people.

    "platelet-rich plasma", "glucose prolotherapy", "sleep hygiene", "pain education",
    "high-frequency TENS": such a word says nothing about the values of its clause. What the text
    says was taken by people ("to receive vitamin D") is measured only where an amount is told.
    """
    kept = []
    given = [mark for mark in marks if mark.kind == "veto" and mark.key in _MAY_BE_GIVEN]
    taken = {_key(tokens, mark) for mark in given if _is_taken(tokens, mark)}
    if given:
        taken |= _groups(tokens, {_key(tokens, mark) for mark in given} - taken)
    called = {
        _key(tokens, mark)
        for mark in marks
        if mark.kind == "measure"
        and tokens[mark.first].raw.isupper()
        and _acronym_of_group(tokens, mark)
    }
    for mark in marks:
        if called and _key(tokens, mark) in called:
            tokens[mark.first].mark = None
            continue
        if _of_treatment(tokens, mark) or (
            taken and _key(tokens, mark) in taken and not _amount(tokens, mark)
        ):
            for token in tokens[mark.first : mark.last]:
                token.mark = None
        else:
            kept.append(mark)
    return kept


def _key(tokens: list[Token], mark: Mark) -> tuple[str, ...]:
    return tuple(token.word for token in tokens[mark.first : mark.last])


def _acronym_of_group(tokens: list[Token], mark: Mark) -> bool:
    """ "in the SRS GROUP": radiosurgery, though an instrument has the same letters."""
    if mark.last != mark.first + 1 or mark.key.startswith("pain"):
        return False
    behind = tokens[mark.last] if mark.last < len(tokens) else None
    return behind is not None and behind.word in GROUP and tokens[mark.first - 1].word != "-"


_MAY_BE_GIVEN = ("blood", "dose")


def _is_taken(tokens: list[Token], mark: Mark) -> bool:
    """Whether a mark stands where people are given something: "received ...", "... (n = 31)"."""
    if not mark.first:
        return False
    lead = tokens[mark.first - 1].word
    if lead in _TAKING or (lead == "with" and tokens[mark.first - 2].word == "treated"):
        return True
    behind = [token.word for token in tokens[mark.last : mark.last + 6]]
    sized = behind[:1] in (["("], ["["]) and "n" in behind and not {")", "]"} & set(behind[:3])
    return sized and lead in _JOINS


def _groups(tokens: list[Token], keys: set[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Of such names those that a group is called by somewhere: "the vitamin D group"."""
    firsts = {key[0] for key in keys}
    found = set()
    for at, token in enumerate(tokens) if firsts else ():
        if token.word in firsts:
            for key in keys:
                end = at + len(key)
                same = tuple(one.word for one in tokens[at:end]) == key
                if same and end < len(tokens) and tokens[end].word in GROUP:
                    found.add(key)
    return found


def _amount(tokens: list[Token], mark: Mark) -> bool:
    """ "SERUM vitamin D", "vitamin D ROSE", "the level OF vitamin D": how much of it there was."""
    lead = tokens[mark.first - 1].word if mark.first else ""
    after = tokens[mark.last].word if mark.last < len(tokens) else ""
    moved = (after in STATE or after in CHANGE) and lead != "for"  # "VAS for vitamin D fell"
    return lead in _MEASURED or after in _AMOUNTS or moved


_TAKING = word_set("receive received receiving took taking take given swallowed")
_JOINS = word_set("compared to or with and either versus vs :")
_MEASURED = word_set("serum plasma blood of mean median circulating low high")
_AMOUNTS = word_set("level levels concentration concentrations status intake consumption")


def _worn_or_done(tokens: list[Token], mark: Mark, follows: Token | None) -> bool:
    """ "NIGHT splints", "a WALKING boot", "bed REST", "early MOTION": what people were given.

    Not where it is told when pain was felt: "pain on early motion", "during treadmill walking".
    """
    if follows is not None and follows.word in _WORN:
        return True
    lead = mark.first - 1
    lead -= lead > 0 and tokens[lead].word == "-"
    if lead < 0 or tokens[max(0, lead - 1)].word in _WHEN_FELT:
        return False
    last, how = tokens[mark.last - 1].word, tokens[lead].word
    if last == "rest":
        return how in RESTED
    return (last in _MOVING and how in _EARLY) or (last == "walking" and how in _WALKED)


_WORN = word_set(
    "splint splints brace braces orthosis orthoses cast casts guard guards boot boots sock socks "
    "bandage bandages collar collars pillow pillows insole insoles shoe shoes frame frames stick "
    "sticks strap straps sling slings corset corsets belt belts"
)
#: What a movement, a size or the like may tell the kind of: "an ABDUCTION pillow", "a VOLUME mask".
_THINGS = _WORN | word_set(
    "device devices machine machines mask masks desk desks chair chairs mattress mattresses "
    "harness harnesses stocking stockings sleeve sleeves wedge wedges tape taping wrap wraps "
    "adjustable board boards plate plates screw screws rod rods app apps video videos headset "
    "headsets"
)
_COUNTED = word_set(
    "consumption use usage intake count counts number numbers requirement requirements dose doses "
    "equivalent equivalents scale score index needed taken per daily day days a"
)
_WHEN_FELT = word_set("on during at while upon")
_MOVING = word_set(
    "motion movement mobilisation mobilization loading activity walking ambulation bearing "
    "weightbearing"
)
_EARLY = word_set("early immediate delayed eccentric concentric isometric isotonic protected")
_WALKED = word_set("treadmill nordic brisk pole daily supervised")


def _of_treatment(tokens: list[Token], mark: Mark) -> bool:
    count = len(tokens)
    after = mark.last + (mark.last < count and tokens[mark.last].word == "-")
    follows = tokens[after] if after < count else None
    if mark.kind == "measure":
        pain = mark.last == mark.first + 1 and tokens[mark.first].word == "pain"
        return pain and follows is not None and follows.word in _TAUGHT
    if mark.kind == "qualifier":
        return _worn_or_done(tokens, mark, follows) or heads_group_bracket(tokens, mark)
    if mark.kind not in ("veto", "other") or mark.key in _KEPT:
        return False
    if follows is not None and (follows.word in _GIVEN or follows.word in _THINGS):
        return True
    if follows is not None and tokens[mark.first].word == "tablet" and after == mark.first + 1:
        # "TABLET games", "tablet-based play"; not "tablet consumption", "one tablet was taken"
        named = follows.kind == "w" and is_content(follows.word) and follows.mark is None
        return named and follows.word not in _COUNTED and follows.word not in STATE
    lead = mark.first - 1
    if lead < 0:
        return False
    if tokens[lead].word in _EITHER and tokens[mark.last - 1].word in _GRADED:
        # "a fall in VAS WITH EITHER CONCENTRATION (5%, 22 mm; 2%, 21 mm)": what was given
        return lead > 0 and tokens[lead - 1].word in _UNDER
    fronted = lead == 0 or tokens[lead - 1].word in _STOPS
    if fronted and tokens[lead].word in _FRONTED and follows and follows.word == ",":
        return True  # "With vitamin D, VAS fell from ..."
    if tokens[lead].word == "-":
        lead -= 1
    if tokens[lead].word == "rich":
        return True
    graded = tokens[lead].word in _DEGREES and tokens[mark.last - 1].word in _GRADED
    return (
        graded
        and follows is not None
        and follows.kind == "w"
        and (follows.word in GROUP or (is_content(follows.word) and follows.mark is None))
        and follows.word not in STATE
    )
