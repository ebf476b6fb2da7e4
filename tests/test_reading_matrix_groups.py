"""Two groups: ways to declare them, and ways to tell their scores; each value goes to its group.

Every declaration is read with every sentence of results, in three pairs of names. All sentences are
invented; the records are known by construction.
"""

from itertools import product

import pytest

from evergrove.reading import read_abstract

# The two groups, and the short name of each. Some names hold the name of something measured.
PAIRS = [
    ("platelet-rich plasma", "corticosteroid", "PRP", "CS"),
    ("shock wave therapy", "sham therapy", "SWT", "sham"),
    ("eccentric training", "concentric training", "ECC", "CON"),
    ("vertebroplasty", "conservative treatment", "PVP", "CT"),
    ("kinesio taping", "placebo taping", "KT", "PT"),
    ("ropivacaine", "saline", "R", "S"),
    ("high-frequency TENS", "low-frequency TENS", "HF", "LF"),
    ("vitamin D", "placebo", "VD", "P"),
    ("glucose prolotherapy", "saline", "GP", "S"),
    ("pain education", "exercise", "PE", "EX"),
    ("early surgery", "delayed surgery", "ES", "DS"),
    ("high-dose ketorolac", "low-dose ketorolac", "HD", "LD"),
    ("bilateral kyphoplasty", "unilateral kyphoplasty", "BK", "UK"),
    ("spinal cord stimulation", "medical management", "SCS", "CMM"),
    ("dry needling", "physiotherapy", "DN", "PT"),
]
# Names whose words are those of every care, or of the other group: not where groups have numbers.
HARD_PAIRS = [
    ("sleep hygiene education", "usual care", "SHE", "UC"),
    ("yoga", "usual care", "YG", "UC"),
    ("dexamethasone", "no dexamethasone", "D", "ND"),
]
DECLARED = [
    "Sixty patients with heel pain were randomised to {A} (n = 31) or {B} (n = 29).",
    "Sixty patients were randomly allocated to receive either {A} (n=31) or {B} (n=29).",
    "Sixty patients were divided into two groups: {A} group (31 patients) and {B} group "
    "(29 patients).",
    "In this trial, 31 patients received {A} and 29 received {B}.",
    "Thirty-one patients were treated with {A} and 29 with {B}.",
    "Patients were randomised to {A} ({a}, n = 31) or {B} ({b}, n = 29).",
    "We compared {A} (n = 31) with {B} (n = 29) in patients with heel pain.",
]
NUMBERED = "Group 1 (n = 31) received {A} and group 2 (n = 29) received {B}."
END = {(0, 91, 3.2), (1, 91, 4.8)}
BOTH = END | {(0, 0, 7.1), (1, 0, 6.9)}
TWO = END | {(0, 30, 4.4), (1, 30, 5.5)}
CHANGES = {(0, 91, -3.9), (1, 91, -2.1)}
TOLD = [
    ("Mean VAS fell from 7.1 to 3.2 in the {A} group and from 6.9 to 4.8 in the {B} group at 3 "
     "months.", BOTH),
    ("At 3 months, mean VAS was 3.2 in the {A} group and 4.8 in the {B} group.", END),
    ("At 3 months, the mean VAS score was lower with {A} than with {B} (3.2 vs 4.8; p = 0.01).",
     END),
    ("At 3 months, pain on VAS was 3.2 ± 1.1 for {A} versus 4.8 ± 1.3 for {B} (p < 0.05).", END),
    ("Baseline VAS was 7.1 and 6.9 in the {A} and {B} groups, respectively; at 3 months it was 3.2 "
     "and 4.8.", BOTH),
    ("Patients given {A} had a lower mean VAS at 3 months than patients given {B} (3.2 versus "
     "4.8).", END),
    ("The {A} group had a mean VAS of 3.2 at 3 months, compared with 4.8 in the {B} group.", END),
    ("The mean VAS in the {B} group was 4.8 at 3 months, significantly higher than in the {A} "
     "group (3.2).", END),
    ("In the {A} group the mean VAS decreased from 7.1 at baseline to 3.2 at 3 months; in the {B} "
     "group it decreased from 6.9 to 4.8.", BOTH),
    ("VAS at 3 months: {A} 3.2 (1.1), {B} 4.8 (1.3).", END),
    ("The mean VAS score for {A} dropped from 7.1 to 3.2 and for {B} from 6.9 to 4.8 at 3 months.",
     BOTH),
    ("At 3 months, VAS was significantly better in the {A} group (3.2 ± 1.1) than in the {B} group "
     "(4.8 ± 1.3).", END),
    ("Mean VAS scores before and 3 months after treatment were 7.1 and 3.2 with {A}, and 6.9 and "
     "4.8 with {B}.", BOTH),
    ("{B} resulted in a mean VAS of 4.8 at 3 months, whereas {A} resulted in 3.2.", END),
    ("The VAS improved from 7.1 ± 1.0 to 3.2 ± 1.1 with {A} (p < 0.001) and from 6.9 ± 1.2 to 4.8 "
     "± 1.3 with {B} (p = 0.02) at 3 months.", BOTH),
    ("Three months after {A} the mean VAS was 3.2, and 4.8 after {B}.", END),
    ("Mean pain scores (VAS) at baseline, 1 month and 3 months were 7.1, 4.4 and 3.2 in the {A} "
     "group and 6.9, 5.5 and 4.8 in the {B} group.", BOTH | TWO),
    ("At 1 month and 3 months, VAS was 4.4 and 3.2 with {A} versus 5.5 and 4.8 with {B}.", TWO),
    ("VAS was 4.4 vs 5.5 at 1 month and 3.2 vs 4.8 at 3 months in the {A} and {B} groups, "
     "respectively.", TWO),
    ("VAS reduced by 3.9 points with {A} and by 2.1 points with {B} at 3 months.", CHANGES),
    ("The mean VAS reduction at 3 months was 3.9 in the {A} group and 2.1 in the {B} group.",
     CHANGES),
    ("The mean change in VAS from baseline to 3 months was -3.9 (SD 1.5) for {A} and -2.1 (SD 1.4) "
     "for {B}.", CHANGES),
]  # fmt: skip


def _upper(text):
    return text[0].upper() + text[1:]


def _words(name):
    return set(name.lower().replace("-", " ").split())


def _group(arm, pair):
    """0 or 1: the group of which the printed name holds more words; "gel (group 1)" is gel."""
    name = _words(arm.split(" (")[0])
    first, second = _words(pair[0]), _words(pair[1])
    if name in (first, second):
        return int(name == second)
    return int(len(name & (second - first)) > len(name & (first - second)))


def _read(text, pair):
    found = set()
    for record in read_abstract(text)["records"]:
        group = _group(record["arm"], pair)
        assert record["n"] == (31, 29)[group], text
        found.add((group, record["timepoint_days"], record["mean"]))
    return found


@pytest.mark.parametrize(("frame", "expected"), TOLD, ids=[frame[:50] for frame, _ in TOLD])
def test_each_value_goes_to_its_group(frame, expected):
    at = TOLD.index((frame, expected))
    cases = [
        (declared, pairs[(3 * at + 5 * turn + number) % len(pairs)])
        for (number, declared), (turn, pairs) in product(
            enumerate(DECLARED), enumerate([PAIRS, PAIRS, HARD_PAIRS])
        )
    ]
    cases += [(NUMBERED, PAIRS[(at + turn) % len(PAIRS)]) for turn in (0, 4, 9)]
    for declared, pair in cases:
        names = dict(zip("ABab", pair, strict=True))
        text = f"{_upper(declared.format(**names))} {_upper(frame.format(**names))}"
        assert _read(text, pair) == expected, text
