"""Some of the people, counted for what they needed: "ONDANSETRON WAS GIVEN TO 17 WOMEN"."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import PEOPLE, word_set

#: What is given to those who need it, beside the treatment that a paper is about.
_AT_NEED = word_set(
    "rescue ondansetron metoclopramide droperidol granisetron antiemetic antiemetics ephedrine "
    "atropine antibiotics transfusion transfusions additional supplemental supplementary naloxone "
    "analgesics analgesia painkillers nsaids paracetamol acetaminophen oxygen"
)
_TAKEN = word_set("given taken used administered needed required requested demanded prescribed")
_LEFT_OFF = word_set("stopped discontinued ceased resumed quit")
_TAKING = word_set("taking using analgesics analgesia opioids opioid medication drugs nsaids")
_FOUND = word_set("showed revealed demonstrated disclosed detected confirmed")
_PICTURES = word_set(
    "mri ct radiographs radiography radiograph x-rays x-ray ultrasound ultrasonography scans scan "
    "imaging arthroscopy biopsy histology examination tomography arthrography myelography"
)
_REASON = word_set("cause reason diagnosis etiology aetiology mechanism indication origin")
_BESIDES = word_set("diabetes hypertension comorbidities comorbidity hypercholesterolaemia")
#: A sentence without these tells of nobody for what they needed or for what was found.
MAYBE_SOME = _AT_NEED | _LEFT_OFF | _FOUND | _REASON | _BESIDES


def some_of_all(tokens: list[Token], a: int, b: int, count: Count) -> bool:
    """Whether a number of people counts some of those whom the text is about.

    "RESCUE TABLETS WERE TAKEN BY 9 nuns", "21 nuns STOPPED TAKING them", "MRI SHOWED A TEAR IN 26
    nuns", "in 14 nuns THE CAUSE WAS a fall". Not where a pain was rated in them before that.
    """
    if count.equals or count.noun not in PEOPLE:
        return False
    before, behind = tokens[a : count.at], tokens[count.last : b]
    if any(is_measure(token) for token in before):
        return False
    said = [token.word for token in before]
    lead = said[-1] if said else ""
    while behind and behind[0].word in PEOPLE:
        behind = behind[1:]
    then = [token.word for token in behind[:4]]
    if lead in ("to", "by", "in") and said[-2:-1] and said[-2] in _TAKEN:
        return not _AT_NEED.isdisjoint(said)
    if lead == "in" and not _FOUND.isdisjoint(said) and not _PICTURES.isdisjoint(said):
        return True
    if lead == "in" and then[:1] == ["the"]:
        return then[1:2] != [] and then[1] in _REASON
    if then[:1] == ["had"]:
        return not _BESIDES.isdisjoint(then)
    return then[:1] != [] and then[0] in _LEFT_OFF and not _TAKING.isdisjoint(then)
