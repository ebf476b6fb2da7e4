"""Pain as a part of an instrument that the profile does not know: no score of pain by itself."""

from __future__ import annotations

from evergrove.reading.arms.arm_names import acronyms
from evergrove.reading.measures.mention import Mention
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

DOMAINS = word_set("domains domain subscales subscale sub-scales subdomains dimensions subscores")
_QUESTIONNAIRES = word_set(
    "questionnaire questionnaires scale score index inventory survey instrument form measure tool"
)
HEADS = word_set("in on for with by of as")
_NEAR = 4


def parts_of_unknown(
    tokens: list[Token], a: int, b: int, mentions: list[Mention], domains: bool
) -> None:
    """ "All XYZQ DOMAINS fell: walking 54 to 20; PAIN 60 to 22", "IN THE XYZQ, PAIN rose".

    The sentence a..b names a questionnaire that no list knows, and no other scale; its bare "pain"
    is then a part of that questionnaire. `domains`: whether one of `DOMAINS` stands in it.
    """
    bare = [m for m in mentions if m.key and not m.instrument]
    if not bare or any(m.instrument for m in mentions if m.key):
        return
    head = _domains_of(tokens, a, b) if domains else -1
    if head < 0:
        head = _heading(tokens, a, b)
    if head < 0 and _among_domains(tokens, a, b):
        head = a
    if head < 0:
        return
    for mention in bare:
        behind = tokens[mention.last].word if mention.last < b else ""
        if mention.first >= head or behind in DOMAINS:
            mention.key, mention.qualifier = None, None
            mention.veto = "part of another instrument"


def _among_domains(tokens: list[Token], a: int, b: int) -> bool:
    """ "The XYZQ was filled in. Pain was 61, symptoms 52, ADL 43": beside two parts of such."""
    said = {
        _SUCH_PARTS[tokens[k].word]
        for k in range(a, b)
        if tokens[k].word in _SUCH_PARTS
        and any(tokens[m].kind == "n" for m in range(k + 1, min(b, k + 4)))
    }
    if len(said) < 2:
        return False
    before = range(max(0, a - _BEFORE), b)
    return any(_short(tokens[k]) and tokens[k].word not in _SUCH_PARTS for k in before)


_BEFORE = 40  # tokens, of the sentence before
_SUCH_PARTS = {
    "symptoms": "symptoms", "symptom": "symptoms",
    "adl": "daily", "adls": "daily", "living": "daily",
    "qol": "quality", "life": "quality", "sport": "sport", "sports": "sport", "recreation": "sport",
}  # fmt: skip
MAYBE_SUCH = frozenset(_SUCH_PARTS)


def _domains_of(tokens: list[Token], a: int, b: int) -> int:
    """Where "XYZQ domains", "domains of the XYZQ" stands in a..b, or -1."""
    for k in range(a, b):
        if tokens[k].word in DOMAINS and any(
            _short(tokens[m]) for m in range(max(a, k - _NEAR), min(b, k + _NEAR))
        ):
            return k
    return -1


def _heading(tokens: list[Token], a: int, b: int) -> int:
    """Where a questionnaire that the text spells out heads a..b: "XYZQ:", "In the XYZQ,"; or -1."""
    k = a + (tokens[a].word in HEADS)
    k += k < b and tokens[k].word == "the"
    if k + 1 >= b or not _short(tokens[k]) or tokens[k + 1].word not in (",", ":"):
        return -1
    if k == a and tokens[k + 1].word == ",":
        return -1
    spelt = acronyms(tokens).get(tokens[k].raw, "").lower().split()
    return k if not _QUESTIONNAIRES.isdisjoint(spelt) or tokens[k].raw.endswith("Q") else -1


def _short(token: Token) -> bool:
    """Whether the token is a short name in capitals that no list of measures knows."""
    letters = [c for c in token.raw if c.isalpha()]
    return token.mark is None and len(letters) > 2 and all(c.isupper() for c in letters)
