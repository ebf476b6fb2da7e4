"""Numbers that are no score, in the sentences that scores stand in: none becomes a record of pain.

Frames are sentences with holes; contexts are what stands before them; the records are known from
both. Beside a true score, only the score is read, with its time and its group.
"""

from __future__ import annotations

import pytest

from evergrove.reading import read_abstract

A, B = "vertebroplasty", "conservative treatment"
ONE = "Sixty patients with painful vertebral fractures underwent vertebroplasty. "
TWO = (
    "Sixty patients with painful vertebral fractures were randomised to vertebroplasty (n = 31) "
    "or conservative treatment (n = 29). "
)
FALL = {("all", 0, 7.1), ("all", 91, 3.2)}
END = {("all", 91, 3.2)}
GROUPS = {(A, 91, 3.2), (B, 91, 4.8)}

# What stands before a sentence without scores, and the records of that.
CONTEXTS = [
    (ONE + "Mean VAS fell from 7.1 before surgery to 3.2 at 3 months. ", FALL),
    (
        f"METHODS: {TWO}RESULTS: At 3 months, mean VAS was 3.2 with vertebroplasty and 4.8 with "
        "conservative treatment (p = 0.01). ",
        GROUPS,
    ),
]
PAIN = ["VAS", "pain score", "NRS score", "numeric rating scale"]

NO_SCORE = {
    "responders": [
        "A reduction of at least 50% in {m} was seen in 62% of patients.",
        "A {m} reduction of 30% or more was achieved by 21 of 31 patients in the "
        "vertebroplasty group and 12 of 29 in the conservative treatment group.",
        "Responder rates ({m} reduction of 50% or more) were 67.7% and 41.4%, respectively.",
        "In all, 18 patients (58.1%) had a {m} of 3 or less at 6 months.",
        "The proportion of patients with a {m} below 4 was 71.0% with vertebroplasty "
        "and 44.8% with conservative treatment at 6 months.",
        "At 6 months, 22 patients (71%) were free of pain and 9 (29%) had mild pain.",
        "At 6 months, 45.2% of patients in the vertebroplasty group and 20.7% in the "
        "conservative treatment group had a {m} of 0.",
        "Pain relief was complete in 14, good in 9 and poor in 8 patients.",
        "Pain relief of more than 2 points on the {m} occurred in 24 of 31 patients.",
        "The number of patients with moderate to severe pain ({m} > 4) was 5 in the "
        "vertebroplasty group and 12 in the conservative treatment group.",
        "Moderate or severe pain ({m} of 4 to 10) persisted in 6 patients (19.4%).",
        "At 6 months, 80.6% versus 58.6% of patients reached the minimal clinically "
        "important difference in {m}.",
        "Treatment success, defined as a {m} decrease of 2 points or more, was reached "
        "in 74.2% and 48.3% of patients (p = 0.04).",
        "Twenty-one patients had a {m} of at most 3 at 6 months.",
        "Persistent pain ({m} ≥ 4) at 6 months was found in 3 patients (9.7%) and 8 "
        "patients (27.6%).",
        "Pain was present in 12.9% of the vertebroplasty group and 34.5% of the "
        "conservative treatment group at 6 months.",
        "The incidence of pain was 12.9% vs 34.5% (p = 0.047).",
        "The odds of a {m} of 4 or more were lower after vertebroplasty (OR 0.41, 95% "
        "CI 0.18 to 0.93).",
    ],
    "pvalues": [
        "The {m} decreased significantly at 6 months (p = 0.003).",
        "The difference in {m} at 6 months was not significant (p = 0.62).",
        "There was no difference in {m} between groups at 1 week (p = 0.41), 1 month "
        "(p = 0.22) or 6 months (p = 0.18).",
        "{M} was lower at 6 months in the vertebroplasty group (P<0.05).",
        "The {m} differed between groups (F = 4.21, p = 0.04).",
        "There was a significant time by group interaction for {m} (F(2,116) = 6.3; p = 0.002).",
        "{M} improved in both groups (t = 5.2, df = 58, p < 0.001).",
        "Repeated measures analysis showed an effect of time on {m} (chi-square 12.4, p = 0.006).",
    ],
    "drug": [
        "Daily morphine fell from 12 to 4 mg at 6 months.",
        "Mean morphine consumption in the first 24 h was 12.4 mg in the vertebroplasty "
        "group and 18.9 mg in the conservative treatment group.",
        "Analgesic consumption decreased from 3.4 to 1.2 tablets per day.",
        "Opioid use was reduced from 45.2 to 20.1 morphine milligram equivalents per day.",
        "Rescue analgesia was needed 2.1 times in the vertebroplasty group and 3.8 "
        "times in the conservative treatment group.",
        "Total fentanyl consumption was 212.5 ± 40.3 µg versus 310.2 ± 55.1 µg (p < 0.001).",
        "The number of paracetamol tablets fell from 5.2 to 2.3 at 6 months.",
        "Patients took a mean of 4.3 doses of tramadol.",
        "Tramadol 50 mg was given when the {m} exceeded 4.",
        "The mean dose of bupivacaine was 8.2 mL.",
        "Analgesic use scores fell from 3.1 to 1.4 at 6 months.",
        "Pain medication was reduced from 2.8 to 1.1 drugs a day.",
        "The consumption of analgesics was lower with vertebroplasty (2.1 vs 4.3 tablets).",
        "The need for pain medication fell from 88% to 31%.",
        "Pain was treated with ibuprofen 400 mg and paracetamol 1 g.",
    ],
    "duration": [
        "The pain-free interval was 6.2 months.",
        "Time to first analgesia was 3.1 h in the vertebroplasty group and 5.2 h in "
        "the conservative treatment group.",
        "The mean duration of pain was 4.3 months before treatment.",
        "The duration of pain relief was 6.2 ± 2.1 months with vertebroplasty and 3.8 "
        "± 1.9 months with conservative treatment.",
        "Median time to pain relief was 2.5 days versus 7 days.",
        "Pain had lasted for 5.1 weeks on average.",
        "The mean time to first request for analgesia was longer with vertebroplasty "
        "(8.4 vs 4.1 hours).",
        "Symptom duration was 7.3 ± 2.2 weeks.",
        "Pain returned after a mean of 4.6 months.",
        "Pain relief lasted 5.5 months on average (range, 2 to 9).",
        "The onset of pain relief was at 2.4 days.",
        "Pain resolved within 3.2 days in the vertebroplasty group and 6.1 days in the "
        "conservative treatment group.",
        "The number of days with pain fell from 14.2 to 6.3 per month.",
        "The duration of pain decreased from 6.1 to 2.4 hours a day.",
    ],
    "people": [
        "The mean age was 71.3 years and the mean BMI was 26.4 kg/m2.",
        "Mean age was 71.3 ± 8.2 in the vertebroplasty group and 69.8 ± 7.9 in the "
        "conservative treatment group.",
        "Age (71.3 vs 69.8 years), BMI (26.4 vs 27.1) and T score (-3.1 vs -2.9) were similar.",
        "The groups did not differ in age, sex, BMI (26.4 vs 27.1) or {m}.",
        "There were 41 women and 19 men with a mean age of 71 (range, 55 to 88).",
        "Bone mineral density was 0.62 and 0.65 g/cm2.",
        "Patients were followed up for a mean of 14.2 months (range, 6 to 24).",
    ],
    "surgical": [
        "The kyphotic angle improved from 18.2 to 10.1 degrees.",
        "The kyphotic angle improved from 18.2 to 10.1.",
        "The Cobb angle was 10.1 ± 3.2 in the vertebroplasty group and 14.6 ± 4.1 in "
        "the conservative treatment group.",
        "Vertebral height rose from 17.2 to 21.5 mm.",
        "The anterior vertebral height ratio increased from 62.1 to 78.4.",
        "The mean cement volume was 4.2 ml.",
        "A mean of 4.2 mL of cement was injected.",
        "Blood loss was 5.2 mL and operative time 32.4 min.",
        "Hospital stay was 2.1 days with vertebroplasty and 5.4 days with conservative treatment.",
        "Operative time was 32.4 vs 45.1 minutes (p < 0.001).",
        "Cement leakage occurred in 6 patients (19.4%).",
        "The wedge angle decreased by 5.2.",
        "Length of stay fell from 5.4 to 2.1.",
        "The number of fluoroscopy shots was 12.3 and 20.4.",
        "Lesion size fell from 4.2 to 2.1 cm.",
        "Plantar fascia thickness decreased from 5.6 to 4.1 mm.",
        "Range of motion increased from 95.2 to 120.4.",
        "Grip strength increased from 18.2 to 24.6 kg.",
        "Walking distance increased from 210.5 to 340.2 m.",
        "C-reactive protein fell from 8.2 to 3.1.",
        "The complication rate was 3.2% and 6.9%.",
        "Three new fractures occurred in the vertebroplasty group and 5 in the "
        "conservative treatment group.",
    ],
    "scales": [
        "Patient satisfaction was 8.4 on a 10-point scale.",
        "Satisfaction scores were 8.4 in the vertebroplasty group and 6.7 in the "
        "conservative treatment group.",
        "Satisfaction (VAS) was 8.4 ± 1.2.",
        "Anxiety on a VAS fell from 5.2 to 2.4.",
        "The anxiety score was 5.2 vs 6.4.",
        "Sleep quality on a numeric rating scale improved from 3.1 to 6.8.",
        "The Pittsburgh Sleep Quality Index fell from 11.2 to 6.4.",
        "Fatigue on a 0-10 scale fell from 6.1 to 4.3 at 6 months.",
        "Nausea scores were 2.1 and 3.4 in the two groups.",
        "Nausea on a VAS was 2.1 ± 1.4 with vertebroplasty and 3.4 ± 1.9 with "
        "conservative treatment.",
        "The Oswestry Disability Index fell from 48.2 to 21.3.",
        "ODI was 21.3 in the vertebroplasty group and 30.1 in the conservative "
        "treatment group at 6 months.",
        "The Roland-Morris Disability Questionnaire score fell from 16.2 to 7.4.",
        "RDQ scores were 7.4 and 10.2.",
        "Quality of life (EQ-5D) rose from 0.42 to 0.71.",
        "EQ-VAS rose from 45.2 to 71.3.",
        "The SF-36 physical component score was 42.5 vs 36.1.",
        "SF-36 bodily pain rose from 31.2 to 52.4.",
        "The HADS anxiety and depression scores fell from 9.1 and 8.4 to 5.2 and 4.9.",
        "The Pain Catastrophizing Scale fell from 24.1 to 14.2.",
        "Pain self-efficacy rose from 28.1 to 41.2.",
        "The Beck Depression Inventory fell from 18.3 to 9.2.",
        "The global perceived effect was 2.1 and 3.3.",
        "Kinesiophobia fell from 41.2 to 33.4 at 6 months.",
        "Quality of life on a VAS increased from 4.2 to 7.1.",
        "The stiffness score fell from 5.2 to 2.4.",
        "The itch score (VAS) fell from 6.2 to 2.1.",
        "Function (0 to 10) improved from 4.1 to 7.8.",
        "The sedation score was 2.1 in the vertebroplasty group and 2.4 in the "
        "conservative treatment group.",
        "Cosmetic appearance was rated 7.9 on a VAS.",
        "Ease of use was scored 8.2 on a VAS.",
        "The pressure pain threshold rose from 2.4 to 4.1 kg/cm2.",
        "Pain thresholds rose from 2.4 to 4.1.",
        "Pain knowledge scores rose from 6.2 to 9.1.",
        "Pain-related disability fell from 6.2 to 3.1.",
        "Pain interference fell from 6.2 to 3.1.",
        "Depression fell from 12.1 to 7.3.",
        "The disability score fell from 48.2 to 21.3.",
    ],
    "thresholds": [
        "A {m} of 4 or more was required.",
        "Patients with a {m} of at least 4 were eligible.",
        "Eligible patients had a {m} of 4 or higher.",
        "The inclusion criterion was a {m} > 4.",
        "Patients with {m} > 4 were given tramadol.",
        "Patients with a {m} of 4 or more received morphine 5 mg.",
        "Rescue medication was given if the {m} was 4 or higher.",
        "If the {m} was above 4, ketorolac 30 mg was given.",
        "When the {m} exceeded 4, a bolus of 5 mL was allowed.",
        "A decrease of 2 points was considered clinically important.",
        "A decrease of 2 points in {m} was considered clinically relevant.",
        "The minimal clinically important difference in {m} was 1.5.",
        "The minimal clinically important difference of 1.5 was not reached.",
        "The minimum clinically important difference for {m} was set at 2.0 points.",
        "We defined success as a {m} of 3 or less.",
        "Success was defined as a {m} decrease of at least 2 points.",
        "A difference of 1.5 points on the {m} was regarded as relevant.",
        "Response was a fall in {m} of 2 points or more.",
        "Severe pain was defined as a {m} of 7 to 10.",
        "Mild pain was a {m} of 1 to 3, moderate pain 4 to 6 and severe pain 7 to 10.",
        "A {m} below 3 was regarded as success.",
        "The target was a {m} of 3.",
        "Patients were discharged when the {m} was 3 or less.",
        "The noninferiority margin was 1.0 point on the {m}.",
        "The non-inferiority margin for {m} was set at 1.5.",
        "The upper limit of the confidence interval was below the margin of 1.5 points.",
        "The smallest detectable change of the {m} was 1.8.",
        "The cut-off for {m} was 4.5 (sensitivity 0.81, specificity 0.77).",
        "Patients were excluded if their {m} was below 4.",
        "Patients whose {m} did not fall by 2 points were offered a second treatment.",
        "A {m} cut-off of 4 separated mild from moderate pain.",
        "We included adults aged 50 to 85 with a {m} of 5 or more for 6 weeks.",
        "Participants scored at least 4 on the {m} at screening.",
        "A change of 20% or 2 points on the {m} was taken as the minimal important change.",
    ],
    "sample": [
        "To detect a difference of 1.5 points in {m} with an SD of 2.1, 31 patients "
        "per group were needed.",
        "The sample size was calculated to detect a difference of 1.5 with an SD of 2.1.",
        "Sample size was based on a {m} difference of 2.0 and a standard deviation of 2.5.",
        "Assuming an SD of 2.1, 29 patients per group gave 80% power to detect a {m} "
        "difference of 1.5.",
        "The study had 90% power to detect a between-group difference of 1.5 points in {m}.",
        "A sample of 58 was needed to show a {m} reduction of 2 points (alpha 0.05, power 80%).",
        "With a mean difference of 1.5 and an SD of 2.1, an effect size of 0.71 was expected.",
        "We expected a {m} of 3.5 with vertebroplasty and 5.0 with conservative treatment.",
        "We assumed a mean {m} of 3.5 in the vertebroplasty group and 5.0 in the "
        "conservative treatment group.",
        "The trial was powered for a difference of 1.5 in {m}.",
        "In a pilot study the mean {m} was 4.5 with an SD of 2.1, so 30 patients per "
        "group were needed.",
    ],
    "describe": [
        "Pain was assessed with a {m} from 0 to 10.",
        "Pain was rated on a {m} (0 = no pain, 10 = worst pain).",
        "The {m} ranges from 0 (no pain) to 10 (worst imaginable pain).",
        "Pain was measured on a 0-10 {m} at 1, 3 and 6 months.",
        "The {m} has 11 points.",
        "The Oswestry Disability Index (10 items, 0 to 100) and the {m} (0 to 10) were used.",
        "The {m} was recorded 2, 4, 8, 12 and 24 h after surgery.",
        "Pain was assessed by a {m} (0-100 mm) and function by the Roland-Morris "
        "Disability Questionnaire (24 items).",
        "The {m}, SF-36, EQ-5D-5L and HADS were completed at 1, 3 and 12 months.",
        "Higher scores on the {m} (range 0-10) mean more pain.",
        "The {m} was a line of 10 cm.",
        "The {m} showed good reliability (ICC 0.91, Cronbach's alpha 0.87).",
    ],
    "stats": [
        "The {m} correlated with cement volume (r = 0.42, p = 0.003).",
        "The correlation between {m} and ODI was 0.61.",
        "{M} correlated with the kyphotic angle (r = 0.42) and age (r = -0.13).",
        "Baseline {m} predicted outcome (beta 0.34, 95% CI 0.12 to 0.56).",
        "In regression, age (b = 0.21) and baseline {m} (b = 0.35) were predictors.",
        "Baseline {m} was associated with persistent pain (OR 1.8, 95% CI 1.2 to 2.7).",
        "The odds ratio for pain was 0.45 (95% CI 0.21 to 0.93).",
        "The effect size for {m} was 0.82.",
        "The effect on {m} was large (Cohen's d = 0.91).",
        "Effect sizes were 0.82 for {m} and 0.64 for ODI.",
        "Each point of {m} raised the odds of a poor result 1.4 times.",
        "The standardised mean difference in {m} was -0.61 (95% CI -0.92 to -0.30).",
        "The area under the curve for {m} was 0.78.",
        "The hazard ratio of pain relief was 1.92 (95% CI 1.21 to 3.04).",
        "The relative risk of pain was 0.52.",
        "The R2 of the model for {m} was 0.31.",
        "The intraclass correlation coefficient of {m} was 0.88.",
    ],
    "others": [
        "Earlier trials reported a mean {m} of 4.1 after 6 months.",
        "In a previous study, the mean {m} was 2.9.",
        "Others have reported a {m} reduction of 3.5 points.",
        "Smith et al. found a {m} of 2.9 at 6 months.",
        "According to the literature, a {m} of 3 to 4 can be expected.",
    ],
}

# Other measures: name, before, after, after in the other group, unit.
OTHERS = [
    ("ODI", "48.2", "21.3", "30.1", ""),
    ("kyphotic angle", "18.2", "10.1", "14.6", ""),
    ("Cobb angle", "18.2", "10.1", "14.6", " degrees"),
    ("vertebral height", "17.2", "21.5", "18.4", " mm"),
    ("daily morphine dose", "24.5", "12.1", "16.4", " mg"),
    ("satisfaction score", "5.1", "8.2", "6.7", ""),
    ("fatigue score", "6.6", "4.3", "5.5", ""),
    ("C-reactive protein", "8.6", "3.1", "5.3", " mg/L"),
    ("quality of life score", "41.2", "62.5", "52.1", ""),
    ("number of analgesic tablets", "4.4", "1.5", "2.6", ""),
]
# One group: a score beside another measure.
BESIDE = [
    ("Mean {m} fell from 7.1 to 3.2 and {o} changed from {a}{u} to {b}{u} at 3 months.", FALL),
    ("Mean {m} fell from 7.1 to 3.2 and {o} from {a} to {b}{u} at 3 months.", FALL),
    ("{O} changed from {a} to {b}{u} and {m} from 7.1 to 3.2 at 3 months.", FALL),
    (
        "The {o} changed from {a}{u} to {b}{u}, and the mean {m} decreased from 7.1 to "
        "3.2, at 3 months.",
        FALL,
    ),
    ("At 3 months, the {m} and {o} were 3.2 and {b}{u}, respectively.", END),
    ("At 3 months, the {o} and {m} were {b}{u} and 3.2, respectively.", END),
    ("At 3 months, the {o} was {b}{u} and the {m} was 3.2.", END),
    ("At 3 months, the {m} was 3.2 and the {o} was {b}{u}.", END),
    ("{M} (7.1 to 3.2) and {o} ({a} to {b}{u}) changed by 3 months.", FALL),
    ("{O} ({a} to {b}{u}) and {m} (7.1 to 3.2) changed by 3 months.", FALL),
    (
        "{M} and {o} changed from 7.1 and {a}{u} to 3.2 and {b}{u}, respectively, at 3 months.",
        FALL,
    ),
    (
        "Mean {m} decreased from 7.1 ± 1.2 to 3.2 ± 1.1 and mean {o} changed from {a} "
        "± 2.5{u} to {b} ± 2.2{u} at 3 months (p < 0.001).",
        FALL,
    ),
    (
        "The mean {o} changed from {a} ± 2.5{u} to {b} ± 2.2{u} and the mean {m} from "
        "7.1 ± 1.2 to 3.2 ± 1.1 at 3 months (p < 0.001 for both).",
        FALL,
    ),
    ("At 3 months, mean {m} was 3.2 ± 1.1, with a mean {o} of {b} ± 2.2{u}.", END),
    (
        "Three months after vertebroplasty, mean {o} was {b}{u} (p = 0.02) and mean "
        "{m} 3.2 (p < 0.001).",
        END,
    ),
    ("At 3 months, {m} had fallen to 3.2 and {o} had changed to {b}{u}.", END),
    (
        "With 4.2 ml of cement, mean {m} fell from 7.1 to 3.2 and {o} went from {a} to "
        "{b}{u} at 3 months.",
        FALL,
    ),
    (
        "Mean {m} before treatment and at 3 months was 7.1 and 3.2, and mean {o} {a} and {b}{u}.",
        FALL,
    ),
    (
        "At 3 months, there were improvements in {m} (from 7.1 to 3.2; p < 0.001) and "
        "{o} (from {a} to {b}{u}; p = 0.01).",
        FALL,
    ),
    (
        "At 3 months, there were changes in {o} (from {a} to {b}{u}; p = 0.01) and {m} "
        "(from 7.1 to 3.2; p < 0.001).",
        FALL,
    ),
]
# Two groups.
BESIDE_IN_TWO = [
    (
        "At 3 months, {m} was 3.2 in the vertebroplasty group and 4.8 in the "
        "conservative treatment group, and {o} was {b} and {c}{u}, respectively.",
        GROUPS,
    ),
    (
        "At 3 months, {o} was {b}{u} in the vertebroplasty group and {c}{u} in the "
        "conservative treatment group, and {m} was 3.2 and 4.8, respectively.",
        GROUPS,
    ),
    (
        "At 3 months, {m} (3.2 vs 4.8) and {o} ({b} vs {c}{u}) were better with "
        "vertebroplasty than with conservative treatment.",
        GROUPS,
    ),
    (
        "At 3 months, {o} ({b} vs {c}{u}) and {m} (3.2 vs 4.8) were better with "
        "vertebroplasty than with conservative treatment.",
        GROUPS,
    ),
    (
        "At 3 months, mean {m} was 3.2 ± 1.1 with vertebroplasty and 4.8 ± 1.3 with "
        "conservative treatment; mean {o} was {b} ± 2.2{u} and {c} ± 2.4{u}.",
        GROUPS,
    ),
    (
        "At 3 months, mean {o} was {b} ± 2.2{u} with vertebroplasty and {c} ± 2.4{u} "
        "with conservative treatment; mean {m} was 3.2 ± 1.1 and 4.8 ± 1.3.",
        GROUPS,
    ),
    (
        "In the vertebroplasty group, {m} was 3.2 and {o} {b}{u} at 3 months; in the "
        "conservative treatment group, they were 4.8 and {c}{u}.",
        GROUPS,
    ),
    (
        "In the vertebroplasty group, {o} was {b}{u} and {m} 3.2 at 3 months; in the "
        "conservative treatment group, {o} was {c}{u} and {m} 4.8.",
        GROUPS,
    ),
    (
        "{M} at 3 months was lower after vertebroplasty than after conservative "
        "treatment (3.2 vs 4.8, p = 0.01), as was {o} ({b} vs {c}{u}, p = 0.03).",
        GROUPS,
    ),
    (
        "{O} at 3 months was better after vertebroplasty than after conservative "
        "treatment ({b} vs {c}{u}, p = 0.03), and so was {m} (3.2 vs 4.8, p = 0.01).",
        GROUPS,
    ),
]
SIDE = [
    "mean age 71.3 years",
    "a mean cement volume of 4.2 ml",
    "mean operative time 32.4 min",
    "blood loss of 5.2 mL",
    "hospital stay 2.1 days",
    "a mean BMI of 26.4",
    "4.2 ml of cement",
    "6 leaks (10%)",
    "a leakage rate of 9.7%",
]
# A score beside a number of the people or of the operation.
WITH_SIDE = [
    ("Mean {m} fell from 7.1 to 3.2 at 3 months, with {s}.", FALL),
    ("With {s}, mean {m} fell from 7.1 to 3.2 at 3 months.", FALL),
    ("Mean {m} (7.1 before surgery, 3.2 at 3 months) improved; there was {s}.", FALL),
    ("There was {s}; mean {m} fell from 7.1 before surgery to 3.2 at 3 months.", FALL),
    ("We found {s}, and a mean {m} of 3.2 at 3 months.", END),
    ("We found a mean {m} of 3.2 at 3 months and {s}.", END),
]
SIDE_IN_TWO = [
    (
        "Operative time (32.4 vs 45.1 min), blood loss (5.2 vs 8.1 mL) and {m} at 3 "
        "months (3.2 vs 4.8) were lower with vertebroplasty than with conservative "
        "treatment.",
        GROUPS,
    ),
    (
        "With vertebroplasty and conservative treatment, respectively, hospital stay "
        "was 2.1 and 5.4 days, time to first analgesia 3.1 and 5.2 h, and {m} at 3 "
        "months 3.2 and 4.8.",
        GROUPS,
    ),
    (
        "Mean age was 71.3 and 69.8 years, and {m} at 3 months was 3.2 and 4.8 in the "
        "vertebroplasty and conservative treatment groups, respectively.",
        GROUPS,
    ),
    (
        "At 3 months, {m} was 3.2 vs 4.8 (p = 0.01), the responder rate 67.7% vs 41.4% "
        "(p = 0.04) and satisfaction 8.2 vs 6.7 (p = 0.02) in the vertebroplasty and "
        "conservative treatment groups.",
        GROUPS,
    ),
    (
        "In the vertebroplasty group, 21 of 31 patients (67.7%) had relief and mean "
        "{m} was 3.2 at 3 months; in the conservative treatment group, 12 of 29 "
        "(41.4%) and 4.8.",
        GROUPS,
    ),
    (
        "At 3 months, mean {m} was 3.2 (67.7% responders) with vertebroplasty and 4.8 "
        "(41.4% responders) with conservative treatment.",
        GROUPS,
    ),
    (
        "Morphine consumption was 12.4 mg vs 18.9 mg, and mean {m} at 3 months was 3.2 "
        "vs 4.8 for vertebroplasty and conservative treatment.",
        GROUPS,
    ),
    (
        "At 3 months, {m} (3.2 vs 4.8, p = 0.01) but not pain-free interval (6.2 vs "
        "5.9 months) favoured vertebroplasty over conservative treatment.",
        GROUPS,
    ),
]


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]


def _scores(text: str) -> set[tuple[str, int | None, float]]:
    """(group, day, value) of all records of pain; the stat stands in for the group of a change."""
    found = set()
    for record in read_abstract(text)["records"]:
        if record["measure"].startswith("pain"):
            arm = record["arm"] if record["stat"] == "level" else record["stat"]
            value = record["mean"] if record["mean"] is not None else record["median"]
            found.add((arm, record["timepoint_days"], value))
    return found


@pytest.mark.parametrize("frame", [frame for frames in NO_SCORE.values() for frame in frames])
def test_a_number_that_is_no_score_gives_no_record(frame: str) -> None:
    for at, (before, expected) in enumerate(CONTEXTS):
        pain = PAIN[(at + len(frame)) % 4]  # another name for another frame
        text = before + _upper(frame.format(m=pain, M=_upper(pain)))
        assert _scores(text) == expected, text


def _beside(frame: str, before: str, expected: set[tuple[str, int, float]]) -> None:
    for at, (name, start, end, other, unit) in enumerate(OTHERS):
        pain = PAIN[at % 3]
        told = frame.format(
            m=pain, M=_upper(pain), o=name, O=_upper(name), a=start, b=end, c=other, u=unit
        )
        text = before + _upper(told)
        assert _scores(text) == expected, text


@pytest.mark.parametrize(("frame", "expected"), BESIDE)
def test_only_the_score_is_read_beside_another_measure(frame: str, expected: set) -> None:
    _beside(frame, f"METHODS: {ONE}RESULTS: ", expected)


@pytest.mark.parametrize(("frame", "expected"), BESIDE_IN_TWO)
def test_only_the_score_is_read_in_two_groups(frame: str, expected: set) -> None:
    _beside(frame, TWO, expected)


@pytest.mark.parametrize(("frame", "expected"), WITH_SIDE)
def test_only_the_score_is_read_beside_what_else_is_told(frame: str, expected: set) -> None:
    for at, side in enumerate(SIDE):
        pain = PAIN[at % 4]
        text = ONE + _upper(frame.format(m=pain, M=_upper(pain), s=side))
        found = {("all" if arm == A else arm, day, value) for arm, day, value in _scores(text)}
        assert found == expected, text


@pytest.mark.parametrize(("frame", "expected"), SIDE_IN_TWO)
def test_only_the_score_is_read_beside_other_results_of_two_groups(
    frame: str, expected: set
) -> None:
    for pain in PAIN[:2]:
        text = TWO + frame.format(m=pain, M=_upper(pain))
        assert _scores(text) == expected, text
