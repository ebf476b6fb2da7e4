"""How a drug was given, in the name of a group: "IV wax" beside "cork", "those given IV cork"."""

from __future__ import annotations

from evergrove.reading.arms.arms import PARTS, ArmIndex, DocArm, words_of
from evergrove.reading.measures.lexicon import stem
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import VERBS, is_content, word_set

# The way tells groups apart only together with what was given.
_WAYS = word_set(
    "iv im sc po intravenous intramuscular subcutaneous oral topical epidural intrathecal "
    "intranasal intra-articular intraarticular perineural sublingual transdermal rectal systemic"
)
_FORMS = word_set(
    "injection injections infusion infusions block blocks route administration drip bolus drug "
    "drugs medication tablet tablets gel cream patch steroid steroids analgesia anesthesia "
    "anaesthesia form formulation solution application use dosing"
)


def hits_of(words: frozenset[str] | set[str], arms: list[DocArm], index: ArmIndex) -> set[int]:
    """Which groups the telling words of a name are of: for "IV cork", the one that is "cork".

    A way alone ("the oral group") names the group that was given something so; a way with
    something that this group was not given ("IV zinc" beside "IV wax") does not.
    """
    hits = {index[word] for word in words if word in index}
    ways = words & _WAYS
    rest = words - ways - _FORMS
    if not ways or not rest or not hits:
        return hits
    told = {index[word] for word in rest if word in index}
    return told or {hit for hit in hits if not rest.isdisjoint(arms[hit].words)}


def modifies_another(
    tokens: list[Token], i: int, b: int, arm: DocArm, which: int, index: ArmIndex
) -> bool:
    """ "IV wax with cork. ... those given IV CORK": a word of one group's name ahead of another's.

    The word leads the name of the first group, number `which`; the name of the other follows it at
    once, and need not have been declared if the word is a way of giving.
    """
    if i + 1 >= b or tokens[i + 1].kind != "w":
        return False
    lead, _, rest = arm.name.lower().partition(" ")
    after = tokens[i + 1].word
    if not rest or lead != tokens[i].word or after in rest.split() or after in PARTS:
        return False
    if index.get(stem(after), which) != which:
        return True
    by_way = lead in _WAYS and after not in VERBS and is_content(after)
    return by_way and after not in _FORMS and bool(words_of(after))
