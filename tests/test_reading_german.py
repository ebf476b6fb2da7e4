"""German abstracts. All sentences are invented."""

import pytest

from evergrove.reading import read_abstract
from evergrove.reading.text.languages import LANGUAGES, glossary, language, translate
from evergrove.reading.text.text import normalise, tokenise


def read(text):
    """(measure, arm, stat, days, n, centre, first, second spread) of each record."""
    out = []
    for r in read_abstract(text)["records"]:
        centre = r["mean"] if r["mean"] is not None else r["median"]
        pairs = (("sd", None), ("q1", "q3"), ("ci_low", "ci_high"), ("pm", None))
        spread = next(((r[a], r[b] if b else None) for a, b in pairs if r[a] is not None), None)
        out.append(
            (r["measure"], r["arm"], r["stat"], r["timepoint_days"], r["n"], centre)
            + (spread or (None, None))
        )
    return out


def words(text):
    return " ".join(token.word for token in translate(tokenise(normalise(text)), "de"))


CASES = {
    "from-to": (
        "Bei 31 Patienten verringerte sich die VAS von 8,3 ± 1,0 vor dem Eingriff auf 2,7 ± 1,6 "
        "nach einer Woche.",
        [
            ("pain_vas", "all", "level", 0, 31, 8.3, 1.0, None),
            ("pain_vas", "all", "level", 7, 31, 2.7, 1.6, None),
        ],
    ),
    "verb in two parts": (
        "Der Schmerz (NRS) nahm von 6,9 (SD 1,4) auf 4,1 (SD 1,9) am 2. postoperativen Tag ab.",
        [
            ("pain_nrs", "all", "level", 0, None, 6.9, 1.4, None),
            ("pain_nrs", "all", "level", 2, None, 4.1, 1.9, None),
        ],
    ),
    "change with an interval": (
        "Die NRS ging nach 5 Wochen um 2,4 Punkte (95-%-KI 1,7 bis 3,1) zurück.",
        [("pain_nrs", "all", "change", 35, None, -2.4, -3.1, -1.7)],
    ),
    "a rise": (
        "Nach zwei Tagen nahm die NRS um 0,8 Punkte zu.",
        [("pain_nrs", "all", "change", 2, None, 0.8, None, None)],
    ),
    "compound nouns for the change and the groups": (
        "Die Schmerzreduktion auf der VAS betrug nach 9 Monaten 3,3 (SD 1,8) in der Lasergruppe "
        "und 1,2 (SD 1,7) in der Kontrollgruppe.",
        [
            ("pain_vas", "laser", "change", 274, None, -3.3, 1.8, None),
            ("pain_vas", "kontroll", "change", 274, None, -1.2, 1.7, None),
        ],
    ),
    "one ending for two names, bzw. between values, je": (
        "In der Bewegungs- bzw. Massagegruppe (je 22 Patienten) lag die NRS nach 4 Wochen bei "
        "3,6 (SD 1,3) bzw. 4,7 (SD 1,5).",
        [
            ("pain_nrs", "bewegung", "level", 28, 22, 3.6, 1.3, None),
            ("pain_nrs", "massage", "level", 28, 22, 4.7, 1.5, None),
        ],
    ),
    "bzw. after declared groups": (
        "Methoden: 46 Patienten wurden randomisiert: Wärme (n = 23) oder Kälte (n = 23). "
        "Ergebnisse: Nach 3 Wochen betrug die VAS 3,2 ± 1,2 bzw. 4,0 ± 1,5.",
        [
            ("pain_vas", "wärme", "level", 21, 23, 3.2, 1.2, None),
            ("pain_vas", "kälte", "level", 21, 23, 4.0, 1.5, None),
        ],
    ),
    "ordinals and a decimal comma before the comma of a list": (
        "Am 1., 4. und 8. Tag betrug die NRS 6,1, 4,3 und 2,2.",
        [
            ("pain_nrs", "all", "level", 1, None, 6.1, None, None),
            ("pain_nrs", "all", "level", 4, None, 4.3, None, None),
            ("pain_nrs", "all", "level", 8, None, 2.2, None, None),
        ],
    ),
    "declared median and quartiles": (
        "Angegeben sind Median und Interquartilsabstand. Die NRS betrug zu Beginn 7 (6–8) und "
        "bei Entlassung 3 (2–5).",
        [
            ("pain_nrs", "all", "level", 0, None, 7, 6, 8),
            ("pain_nrs", "all", "level", None, None, 3, 2, 5),
        ],
    ),
    "versus, with and without": (
        "Nach 18 Monaten lag der ODI mit Korsett bei 27,5 (SD 9,6) gegenüber 33,1 (SD 10,2) "
        "ohne Korsett.",
        [
            ("odi", "korsett", "level", 548, None, 27.5, 9.6, None),
            ("odi", "no korsett", "level", 548, None, 33.1, 10.2, None),
        ],
    ),
    "cohort of the methods": (
        "Hintergrund: Schmerzen sind häufig. Methoden: Vierunddreißig Patienten (20 Frauen; "
        "Durchschnittsalter 66,2 Jahre) wurden operiert. Ergebnisse: Nach einem halben Jahr "
        "betrug die VAS im Mittel 2,5 (SD 1,1).",
        [("pain_vas", "all", "level", 183, 34, 2.5, 1.1, None)],
    ),
    "people behind the verb": (
        "Methoden: In der Studie erhielten 50 Patienten entweder Tape (n = 26) oder Salbe "
        "(n = 24). Ergebnisse: Nach 2 Wochen lag die NRS in der Tapegruppe bei 2,9 (SD 1,4) und "
        "in der Salbengruppe bei 4,2 (SD 1,6).",
        [
            ("pain_nrs", "tape", "level", 14, 26, 2.9, 1.4, None),
            ("pain_nrs", "salbe", "level", 14, 24, 4.2, 1.6, None),
        ],
    ),
    "place of the pain": (
        "Die Rückenschmerzen sanken von 6,4 auf 3,0 und die Beinschmerzen von 5,5 auf 2,1 "
        "nach 2 Jahren.",
        [
            ("pain:back", "all", "level", 0, None, 6.4, None, None),
            ("pain:back", "all", "level", 730, None, 3.0, None, None),
            ("pain:leg", "all", "level", 0, None, 5.5, None, None),
            ("pain:leg", "all", "level", 730, None, 2.1, None, None),
        ],
    ),
    "difference between groups": (
        "Der Unterschied zwischen den Gruppen auf der VAS betrug nach 7 Wochen −1,1 Punkte "
        "(95%-Konfidenzintervall −1,9 bis −0,3).",
        [
            (
                "pain_vas",
                "difference between groups",
                "between_diff",
                49,
                None,
                -1.1,
                -1.9,
                -0.3,
            )
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_reads(name):
    text, expected = CASES[name]
    assert sorted(read(text), key=str) == sorted(expected, key=str)


@pytest.mark.parametrize(
    "text",
    [
        "Das Durchschnittsalter der 29 Frauen und 11 Männer lag bei 73,4 ± 7,7 Jahren.",
        "Die Operationsdauer betrug 51 ± 12 min und das Zementvolumen 4,4 ± 1,1 ml.",
        "Bei 17 von 26 Patienten (65,4 %) wurde nach 6 Monaten eine Schmerzreduktion um "
        "mindestens 30 % erreicht.",
        "Die Fallzahlberechnung ergab für einen Unterschied von 1,2 Punkten auf der VAS 32 "
        "Patienten pro Gruppe.",
        "Der Morphinverbrauch lag bei 21 ± 9 mg in der Katheter- und 33 ± 12 mg in der "
        "Kontrollgruppe.",
        "Die Zufriedenheit (VAS) der Patienten betrug nach der Behandlung 8,9 ± 1,0.",
    ],
)
def test_what_is_no_outcome_gives_no_record(text):
    assert read(text) == []


def test_spans_point_at_the_printed_numbers():
    text = CASES["one ending for two names, bzw. between values, je"][0]
    answer = read_abstract(text)
    spans = [span for record in answer["records"] for span in record["spans"].values()]
    spans += answer["unclaimed"]
    assert spans and all(text[start:end] == shown for start, end, shown in spans)


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("fiel um 3 ab.", "decreased by 3 ."),
        ("fiel am Tag 3 auf 2 und", "fell on day 3 to 2 and"),
        ("28 von 45 Patienten", "28 of 45 patients"),
        ("von 7 auf 3", "from 7 to 3"),
        ("3 auf der Skala", "3 on the scale"),
        ("bei 41 Patienten", "in 41 patients"),
        ("lag bei 4", "was at 4"),
        ("niedriger als", "lower than"),
        ("als Median", "as median"),
        ("jeweils n = 40", "n = 40 each"),
        ("ein Jahr", "1 year"),
        ("ein Schmerz", "a pain"),
        ("die Patienten der Kontrollgruppe", "the patients of control group"),
        ("in der TENS-Gruppe", "in the tens group"),
        ("siebenundzwanzig Fälle", "twenty seven cases"),
        ("kein Unterschied", "no difference"),
    ],
)
def test_german_becomes_the_words_of_the_grammar(german, english):
    assert words(german) == english


def test_numbers_and_signs_are_never_translated():
    text = "Die VAS fiel von 7,8 ± 1,2 auf 2,1 (95-%-KI 1,6–2,6; p < 0,001) ab."
    tokens = tokenise(normalise(text), decimal_comma=True)
    numbers = [(t.start, t.end, t.value) for t in tokens if t.kind == "n"]
    after = [(t.start, t.end, t.value) for t in translate(tokens, "de") if t.kind == "n"]
    assert after == numbers


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_glossary_is_words_throughout(name):
    # "no" and "on" must not come out of the file as truth values.
    entries = glossary(name).words
    assert all(isinstance(k, str) and isinstance(v, str) for k, v in entries.items())
    assert not {"True", "False", "true", "false"} & set(entries.values())


def test_the_language_of_a_text():
    german = "Der Schmerz lag in der Gruppe bei 3 und in der anderen bei 4"
    assert language(german.lower().split()) == "de"
    english = "Pain was lower in the group in which the die was cast"
    assert language(english.lower().split()) is None
