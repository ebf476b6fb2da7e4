"""Nouns by which the name of an outcome is known, where no profile lists it."""

from __future__ import annotations

from evergrove.reading.text.words import (
    BETTER,
    DOWN,
    POST_WORDS,
    PRE_WORDS,
    UNIT_DAYS,
    UP,
    WORSE,
    word_set,
)

#: A name has at most so many words.
AT_MOST = 7
#: Last words of names of lengths of time.
TIME_HEADS = word_set(
    "survival time duration stay latency period interval length onset sleep wakefulness delay "
    "hospitalisation hospitalization ventilation recovery"
)
#: Last words of names of amounts that were measured, and not given.
AMOUNT_HEADS = word_set(
    "consumption requirement intake loss excretion output use usage volume weight gain uptake "
    "production secretion content mass yield"
)
#: Nouns that make the name of something measured out of the noun before them.
HEADS = TIME_HEADS | word_set(
    "score index scale inventory questionnaire test level concentration volume thickness density "
    "pressure weight mass area width diameter height circumference distance speed velocity force "
    "strength torque power capacity consumption intake output flow clearance titer titre dose "
    "fraction saturation temperature rate amplitude angle rotation flexion extension range motion "
    "count loss gain quality function functioning fatigue depression anxiety stress distress sleep "
    "satisfaction knowledge cholesterol glucose hemoglobin haemoglobin insulin protein hba1c bmi "
    "ldl hdl triglyceride creatinine acuity depth excursion activity expenditure cost costs "
    "requirement uptake exposure recovery delay hospitalisation hospitalization "
    "coefficient subscale domain composite equivalent"
)
#: Last words of names whose values may be percentages.
FORMS = word_set("fraction saturation hba1c percentage adherence compliance")
#: Shares of people, ratios and tests: no continuous outcome.
BINARY = word_set(
    "proportion incidence prevalence risk odds ratio hazard response responder percentage "
    "percent number frequency mortality morbidity probability likelihood recurrence event events "
    "complication remission relapse rate rates kappa correlation p sensitivity specificity"
)
#: What a verb or a bracket may follow and that names no outcome.
NO_OUTCOME = (
    word_set(
        "group arm cohort treatment therapy intervention study trial analysis result difference "
        "change age sex follow-up followup follow visit baseline sample enrolment enrollment "
        "recruitment randomisation randomization assessment evaluation end point endpoint outcome "
        "measure measurement data value significance interval confidence effect model test dose "
        "control placebo sham finding conclusion method objective background purpose aim mean "
        "median average deviation error range patient participant subject woman man drug agent "
        "regimen cycle course session week month year day hour minute addition contrast comparison "
        "order term case control side center centre hospital adverse toxicity year-old benefit "
        "improvement reduction increase decrease quartile percentile candidate standard efficacy "
        "despite superiority inferiority non-inferiority noninferiority equivalence follow up "
        "id identifier registration studie toxicitie ci moderate severe mild"
    )
    | UNIT_DAYS.keys()
    | PRE_WORDS
    | POST_WORDS
)
#: Words in front of a name, or in it, that say how it is told and not what.
LEADS = word_set(
    "mean median average overall total significant significantly statistically adjusted unadjusted "
    "corresponding respective baseline final initial estimated absolute relative crude group "
    "geometric postoperative preoperative least squares lsmean sd se sem iqr respectively "
    "quite rather very first second third fourth fifth no similar common relevant positive "
    "negative comparable greater higher lower longer shorter larger smaller better worse more "
    "less fewer faster slower quicker earlier prolonged shortened reduced "
    "patient patients subject subjects participants women men their its his her these those "
    "between-group within-group primary secondary main weekly daily monthly annual observed "
    "clinical clinically important meaningful good poor slight slightly also both"
) - word_set("total overall daily weekly")
#: Words that a key leaves out.
LEFT_OUT = LEADS | word_set(
    "score level concentration value rating the a an of-the result measure measurement reading "
    "scale"
)
#: How adjectives end: no name by themselves.
ADJECTIVE = ("ive", "ous", "able", "ible", "ful", "less", "ant", "ical", "ial", "ed", "ing", "est")
#: Before "rate": how fast, and no share of people.
RATES = word_set(
    "escape turnover filtration heart pulse respiratory breathing metabolic growth flow "
    "sedimentation secretion clearance expenditure oxidation excretion absorption decay "
    "learning speech"
)
#: Periods and intervals of a study, or of its statistics: no outcome.
OF_STUDY = word_set(
    "study trial training control treatment therapy intervention observation washout wash-out "
    "run-in test experimental recruitment follow-up baseline consecutive confidence interquartile "
    "credible prediction reference dosing dose dosage scan injection session time reporting"
)
#: What had lasted before the study: "disease duration".
OF_ILLNESS = word_set("disease symptom symptoms illness diabetes complaint complaints")
#: Shares and numbers that are continuous where a mean of them is told.
COUNTED = word_set("number numbers percentage percentages proportion")
#: Nouns that "of" may follow within a name ("LEVEL of x", "quality of life").
OF_WHAT = word_set(
    "level quality range duration length time severity degree frequency intensity rate volume "
    "amount concentration score index dose loss number thickness area velocity strength width "
    "of to until value fear sense cost size extent use percentage proportion number onset "
    "regression resolution consumption requirement intake excretion secretion production uptake "
    "expression"
)
COMPARATIVES = (
    DOWN
    | UP
    | BETTER
    | WORSE
    | word_set(
        "longer shorter larger prolonged shortened wider narrower thicker thinner "
        "heavier lighter faster slower earlier stronger weaker deeper"
    )
)
