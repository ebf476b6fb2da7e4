"""One group of patients: ways to tell how many there are, and ways to tell a score over time.

Every frame is read in three contexts (a way to tell the size, a treatment, a name of the score).
The records are known by construction. All sentences are invented for these tests.
"""

# ruff: noqa: E501

import pytest

from evergrove.reading import read_abstract

TREATMENTS = [  # what was done, for what
    ("kyphoplasty", "vertebral compression fractures"),
    ("sacroplasty", "sacral insufficiency fractures"),
    ("PRP injection", "knee osteoarthritis"),
    ("radiofrequency ablation", "facet joint pain"),
    ("genicular nerve block", "knee osteoarthritis"),
    ("a home exercise programme", "chronic low back pain"),
    ("extracorporeal shock wave therapy", "plantar fasciitis"),
    ("percutaneous vertebroplasty", "painful spinal metastases"),
    ("arthroscopic decompression", "shoulder impingement"),
    ("epidural steroid injection", "lumbar radiculopathy"),
    ("spinal cord stimulation", "failed back surgery syndrome"),
    ("MR-guided focused ultrasound", "painful bone metastases"),
    ("acupuncture", "migraine"),
]
SCORES = [
    "VAS",
    "NRS",
    "VAS score",
    "VAS pain score",
    "visual analogue scale (VAS) score",
    "visual analog scale pain score",
    "pain score",
    "pain intensity on the NRS",
    "numeric rating scale score",
    "back pain VAS",
    "VAS for pain",
    "pain",
    "pain NRS",
    "VAS pain",
]
# A way to tell the size, n after treatment, other n that may be told at baseline (None: a sum).
SIZES = [
    ("We retrospectively reviewed 48 patients with {dx} who underwent {X}.", 48, ()),
    ("Forty-eight consecutive patients with {dx} were treated with {X}.", 48, ()),
    ("Patients with {dx} (n = 48) underwent {X}.", 48, ()),
    (
        "This prospective study included 48 patients (31 women, 17 men; mean age 71.2 years) treated with {X}.",
        48,
        (),
    ),
    ("Thirty-one women and 17 men with {dx} underwent {X}.", None, ()),
    ("A total of 52 levels in 48 patients were treated with {X}.", 48, ()),
    ("Of 52 patients enrolled, 48 completed the study of {X}.", 48, (52,)),
    ("Fifty-two patients underwent {X}; 48 were available for follow-up at 1 year.", 48, (52,)),
    ("Retrospective review of 48 cases of {X} for {dx}.", 48, ()),
    ("The sample comprised 48 adults with {dx}. All received {X}.", 48, ()),
    (
        "A total of 48 patients (mean age, 64 ± 9 years) with {dx} had {X} between 2011 and 2016.",
        48,
        (),
    ),
    (
        "Between May 2012 and June 2015, 48 patients (19 males and 29 females) received {X} at our hospital.",
        48,
        (),
    ),
    ("The records of 48 patients who had received {X} were examined.", 48, ()),
    ("{X1} was performed in 48 patients with {dx}.", 48, ()),
    ("{X1} was carried out on 48 consecutive patients (52 procedures).", 48, ()),
    ("Data from 48 patients with {dx} treated by {X} were analysed.", 48, ()),
    ("We enrolled 48 patients, 31 of whom were women, for {X}.", 48, ()),
    ("N = 48 participants with {dx} took part and received {X}.", 48, ()),
    (
        "Fifty-two patients were enrolled for {X} and 4 were lost to follow-up, leaving 48 for analysis.",
        48,
        (52,),
    ),
    (
        "In this single-arm trial, 48 participants aged 40 to 75 years with {dx} received {X}.",
        48,
        (),
    ),
    (
        "There were 31 women and 17 men, with a mean age of 68 years (range, 51-84). All underwent {X}.",
        None,
        (),
    ),
    ("In 48 patients with {dx}, {X} was used.", 48, ()),
    ("We evaluated the results of {X} in a series of 48 patients.", 48, ()),
    ("The study group consisted of 48 patients who were given {X}.", 48, ()),
    ("{X1} was offered to 52 patients with {dx}, and 48 accepted.", 48, (52,)),
    ("Forty-eight of 52 patients with {dx} who received {X} were followed for 1 year.", 48, (52,)),
    (
        "Medical charts of all patients treated with {X} were reviewed; 48 met the inclusion criteria.",
        48,
        (),
    ),
    ("The study population was 48 patients with {dx} (19 men) who had {X}.", 48, ()),
    ("Forty-eight patients (60 knees) had {X}.", 48, ()),
    ("Methods: 48 patients with {dx} underwent {X}. Results:", 48, ()),
    (
        "METHODS: This was a retrospective study of {X} performed between 2008 and 2014. RESULTS: Forty-eight patients (mean age 72 years, 31 women) were included.",
        48,
        (),
    ),
    (
        "Background: {X1} is used for {dx}. Methods: Forty-eight consecutive patients were prospectively followed. Results:",
        48,
        (),
    ),
    (
        "PATIENTS AND METHODS: In 48 patients (52 fractures), {X} was done. RESULTS: There were no complications.",
        48,
        (),
    ),
    (
        "Results of 48 patients who had undergone {X} for {dx} at a single centre were retrospectively reviewed.",
        48,
        (),
    ),
    ("Twelve patients (25%) had bilateral disease. In all, 48 patients underwent {X}.", 48, ()),
    ("Sixty patients were screened, of whom 48 were eligible and received {X}.", 48, ()),
    (
        "We included 48 patients: 31 women and 17 men, mean age 71.2 ± 8.4 years. {X1} was performed under local anaesthesia.",
        48,
        (),
    ),
    (
        "Our study group comprised 48 patients with {dx} (mean symptom duration 14 months, range 6-48) who had {X}.",
        48,
        (),
    ),
    ("48 patients with {dx} were given {X}.", 48, ()),
    (
        "A consecutive series of 48 patients had {X}; mean age was 64.3 years and mean BMI 27.9.",
        48,
        (),
    ),
    ("Forty-eight patients (48 hips) received {X}.", 48, ()),
    (
        "The medical records of 48 patients undergoing {X} over a 5-year period were analysed. Mean age was 66 years.",
        48,
        (),
    ),
    ("Participants (n=48; 31 female) received {X} once weekly for 6 weeks.", 48, ()),
    ("A total of 48 patients completed the trial of {X}.", 48, ()),
    ("After exclusion of 4 patients, 48 patients treated with {X} were analysed.", 48, ()),
    (
        "Four of the 52 patients were lost to follow-up, so 48 patients who had {X} were evaluated.",
        48,
        (52,),
    ),
    ("Fifty-two patients had {X}, of whom 48 had complete data.", 48, (52,)),
    ("Of the 52 patients who had {X}, 48 (92%) returned for follow-up.", 48, (52,)),
    (
        "Between 2010 and 2015, {X} was performed in 52 patients. Forty-eight of these were available for review.",
        48,
        (52,),
    ),
    ("{X1} was technically successful in all 48 patients.", 48, ()),
    (
        "In this before-and-after study, 48 patients served as their own controls; each had {X}.",
        48,
        (),
    ),
    ("The cohort comprised 48 patients, of whom 31 (65%) were women, who received {X}.", 48, ()),
    ("We treated 48 patients (M:F = 17:31) by {X}.", 48, ()),
    ("We describe 48 patients (17 M/31 F) who had {X}.", 48, ()),
    ("Mean age of the 48 patients was 71.2 years. All had {X}.", 48, ()),
    (
        "This case series includes 48 patients who had {X}, with a mean follow-up of 14 months.",
        48,
        (),
    ),
    ("Patients who underwent {X} were included (48 patients, 52 procedures).", 48, ()),
    (
        "A prospective, non-randomised, single-arm study of {X} was carried out in 48 patients.",
        48,
        (),
    ),
    ("A total of n = 48 patients received {X}.", 48, ()),
    ("Sixty-two procedures of {X} were performed in 48 patients.", 48, ()),
    (
        "We treated 52 vertebrae in 48 patients by {X}. Mean operation time was 34 min. Leakage occurred in 6 levels (12%).",
        48,
        (),
    ),
    ("Forty-eight patients underwent {X}. Complications occurred in 5 patients (10%).", 48, ()),
    (
        "{X1} was done in 48 patients between January 2009 and March 2013; 30 were women. Mean age was 72 years.",
        48,
        (),
    ),
    (
        "We retrospectively identified 48 patients treated with {X}. Follow-up was complete in all.",
        48,
        (),
    ),
    (
        "Forty-eight adults (18 to 75 years old) with {dx} for more than 3 months received {X}.",
        48,
        (),
    ),
    (
        "A prospective cohort of 48 patients with {dx} had {X} and was followed for 12 months.",
        48,
        (),
    ),
    ("Of 131 patients screened, 48 were enrolled and had {X}.", 48, ()),
    ("Of 131 patients with {dx}, 48 met the inclusion criteria and received {X}.", 48, ()),
    ("Patients: 48 consecutive patients with {dx}. Intervention: {X}.", 48, ()),
    (
        "Design: Prospective case series. Setting: University hospital. Subjects: Forty-eight adults with {dx}. Interventions: {X1}. Results:",
        48,
        (),
    ),
    (
        "OBJECTIVE: To assess {X} in {dx}. METHODS: We studied 48 patients. Outcomes were the VAS and the ODI. RESULTS: Mean age was 68.2 ± 9.1 years.",
        48,
        (),
    ),
    ("Purpose: To report our experience with {X} in 48 patients.", 48, ()),
    ("This study evaluated the efficacy of {X} in 48 patients with {dx}.", 48, ()),
    ("The aim was to assess {X}. Forty-eight patients participated.", 48, ()),
    ("Thirty-one women and seventeen men (48 patients in total) had {X}.", 48, ()),
    (
        "Data on 48 consecutive patients (mean age 70 years; 65% women) who underwent {X} were collected prospectively.",
        48,
        (),
    ),
    ("From a database of 310 patients, we selected 48 who underwent {X}.", 48, ()),
    (
        "A total of 48 participants were recruited; all completed the {dx} programme and received {X}.",
        48,
        (),
    ),
    ("Seventeen males and 31 females, 48 patients in all, were treated with {X}.", 48, ()),
    ("48 knees of 48 patients received {X}.", 48, ()),
    (
        "Fifty-two patients entered the study. Four withdrew. The remaining 48 patients received {X}.",
        48,
        (52,),
    ),
    ("Forty-eight out of 52 patients completed the 1-year follow-up after {X}.", 48, (52,)),
    ("Complete data were available for 48 of 52 patients who had {X}.", 48, (52,)),
    ("Three patients died and one was lost, so that 48 patients remained after {X}.", 48, ()),
    ("At our institution, 48 patients have been treated with {X} since 2009.", 48, ()),
    ("Of the 48 patients included, 31 were female. Each received {X}.", 48, ()),
    (
        "Our sample included 48 patients, most of them women (n = 31), with {dx}. They received {X}.",
        48,
        (),
    ),
    (
        "Patients with {dx} refractory to conservative treatment for at least 6 weeks (n = 48; mean age 70 years) underwent {X}.",
        48,
        (),
    ),
]
# A frame, and its records: stat, day (or visit), centre, spread.
FRAMES = [
    (
        "The mean {M} fell from 8.1 before treatment to 3.2 at 1 week and 2.9 at 6 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 7, 3.2, {}),
            ("level", 183, 2.9, {}),
        ],
    ),
    (
        "Mean {M} decreased from 8.1 ± 1.2 preoperatively to 3.2 ± 1.4 at 1 month and 2.7 ± 1.5 at 12 months (p < 0.001).",
        [
            ("level", "baseline", 8.1, {"pm": 1.2}),
            ("level", 30, 3.2, {"pm": 1.4}),
            ("level", 365, 2.7, {"pm": 1.5}),
        ],
    ),
    (
        "Mean {M} was 8.1 before and 3.2 after the procedure.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", "post", 3.2, {}),
        ],
    ),
    (
        "The mean preoperative {M} was 8.1, and it was 2.1 at 1 year.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 365, 2.1, {}),
        ],
    ),
    (
        "Mean {M} was 8.1 (SD 1.2) at baseline, 3.2 (SD 1.4) at 3 months and 2.7 (SD 1.6) at 6 months.",
        [
            ("level", "baseline", 8.1, {"sd": 1.2}),
            ("level", 91, 3.2, {"sd": 1.4}),
            ("level", 183, 2.7, {"sd": 1.6}),
        ],
    ),
    (
        "Mean {M} at baseline, 1 week, 1 month and 3 months was 8.1, 3.2, 2.9 and 2.7, respectively.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 7, 3.2, {}),
            ("level", 30, 2.9, {}),
            ("level", 91, 2.7, {}),
        ],
    ),
    (
        "Mean {M} was 8.1, 3.2, 2.9 and 2.7 preoperatively and at 24 h, 1 week and 3 months, respectively.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 1, 3.2, {}),
            ("level", 7, 2.9, {}),
            ("level", 91, 2.7, {}),
        ],
    ),
    (
        "Median {M} decreased from 8 [IQR 7-9] before treatment to 3 [IQR 2-4] at 3 months.",
        [
            ("level", "baseline", 8, {"q1": 7, "q3": 9}),
            ("level", 91, 3, {"q1": 2, "q3": 4}),
        ],
    ),
    (
        "Median {M} was 8 (range 5-10) before the procedure and 3 (range 0-7) at 6 weeks.",
        [
            ("level", "baseline", 8, {"min": 5, "max": 10}),
            ("level", 42, 3, {"min": 0, "max": 7}),
        ],
    ),
    (
        "{M1}: 8.2 to 3.1 at 6 months.",
        [
            ("level", "baseline", 8.2, {}),
            ("level", 183, 3.1, {}),
        ],
    ),
    (
        "There was a decrease in mean {M} from 8.1 to 3.2 at 6 months (p = 0.002).",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 183, 3.2, {}),
        ],
    ),
    (
        "A significant reduction in the mean {M} from 8.1 at baseline to 3.2 at 1 year was observed.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 365, 3.2, {}),
        ],
    ),
    (
        "{M1} declined significantly at all times (8.1, 3.2, 2.9 and 2.7 at baseline, 1, 3 and 6 months; p < 0.001).",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 30, 3.2, {}),
            ("level", 91, 2.9, {}),
            ("level", 183, 2.7, {}),
        ],
    ),
    (
        "Mean {M} improved significantly from 8.1 preoperatively to 3.2 on the first postoperative day and 2.4 at final follow-up.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 1, 3.2, {}),
            ("level", "final", 2.4, {}),
        ],
    ),
    (
        "At final follow-up (mean 18 months), the mean {M} had decreased from 8.1 to 2.4 (p < 0.001).",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 548, 2.4, {}),
        ],
    ),
    (
        "The mean {M} was reduced from 8.1 to 2.4 at a mean follow-up of 18 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 548, 2.4, {}),
        ],
    ),
    (
        "The {M} was 8.1 ± 1.2 pre-op, 3.2 ± 1.4 on post-op day 1 and 2.7 ± 1.5 at 3 months.",
        [
            ("level", "baseline", 8.1, {"pm": 1.2}),
            ("level", 1, 3.2, {"pm": 1.4}),
            ("level", 91, 2.7, {"pm": 1.5}),
        ],
    ),
    (
        "Mean {M} before treatment was 8.1 (95% CI 7.8-8.4) and fell to 3.2 (95% CI 2.8-3.6) at 3 months.",
        [
            ("level", "baseline", 8.1, {"ci_low": 7.8, "ci_high": 8.4}),
            ("level", 91, 3.2, {"ci_low": 2.8, "ci_high": 3.6}),
        ],
    ),
    (
        "The average {M} prior to treatment was 8.1; immediately after treatment it was 4.0 and at discharge 3.2.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", "imm", 4.0, {}),
            ("level", "disch", 3.2, {}),
        ],
    ),
    (
        "The mean {M} decreased by 4.9 points at 6 months.",
        [
            ("change", 183, -4.9, {}),
        ],
    ),
    (
        "The mean reduction in {M} was 4.9 ± 1.8 at 3 months.",
        [
            ("change", 91, -4.9, {"pm": 1.8}),
        ],
    ),
    (
        "Mean change in {M} from baseline to 6 months was -4.9 (95% CI -5.6 to -4.2).",
        [
            ("change", 183, -4.9, {"ci_low": -5.6, "ci_high": -4.2}),
        ],
    ),
    (
        "At 3, 6 and 12 months, the mean {M} was 3.2, 2.9 and 2.7, compared with 8.1 at baseline.",
        [
            ("level", 91, 3.2, {}),
            ("level", 183, 2.9, {}),
            ("level", 365, 2.7, {}),
            ("level", "baseline", 8.1, {}),
        ],
    ),
    (
        "Compared with baseline (8.1 ± 1.2), the mean {M} was lower at 1 month (3.2 ± 1.4) and at 6 months (2.7 ± 1.5).",
        [
            ("level", "baseline", 8.1, {"pm": 1.2}),
            ("level", 30, 3.2, {"pm": 1.4}),
            ("level", 183, 2.7, {"pm": 1.5}),
        ],
    ),
    (
        "Before treatment patients had a mean {M} of 8.1; at 6 months this had fallen to 2.9.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 183, 2.9, {}),
        ],
    ),
    (
        "Patients reported a mean {M} of 8.1 before and 2.9 at 6 months after treatment.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 183, 2.9, {}),
        ],
    ),
    (
        "The mean {M} dropped from 8.1 to 3.2 within 24 hours and remained at 2.9 at 12 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 1, 3.2, {}),
            ("level", 365, 2.9, {}),
        ],
    ),
    (
        "{M1} improved (8.1 ± 1.2 vs 3.2 ± 1.4, p < 0.001) at 6 months.",
        [
            ("level", "baseline", 8.1, {"pm": 1.2}),
            ("level", 183, 3.2, {"pm": 1.4}),
        ],
    ),
    (
        "Pre-treatment and 6-month mean {M} were 8.1 and 2.9, respectively (p < 0.01).",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 183, 2.9, {}),
        ],
    ),
    (
        "The mean pre-procedure {M} of 8.1 decreased to 3.2 at 1 month post-procedure.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 30, 3.2, {}),
        ],
    ),
    (
        "Preoperative mean {M} was 8.1 (range, 5-10) and postoperative mean {M} at 1 month was 3.2 (range, 0-7).",
        [
            ("level", "baseline", 8.1, {"min": 5, "max": 10}),
            ("level", 30, 3.2, {"min": 0, "max": 7}),
        ],
    ),
    (
        "One month after treatment, mean {M} had dropped from 8.1 to 3.2.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 30, 3.2, {}),
        ],
    ),
    (
        "Six months after the procedure the mean {M} was 2.9, down from 8.1 at baseline.",
        [
            ("level", 183, 2.9, {}),
            ("level", "baseline", 8.1, {}),
        ],
    ),
    (
        "The mean {M} went from 8.1 (1.2) to 3.2 (1.4) after 6 weeks.",
        [
            ("level", "baseline", 8.1, {"sd": 1.2}),
            ("level", 42, 3.2, {"sd": 1.4}),
        ],
    ),
    (
        "{M1} (mean ± SD) was 8.1 ± 1.2 at baseline and 3.2 ± 1.4 at 3 months.",
        [
            ("level", "baseline", 8.1, {"sd": 1.2}),
            ("level", 91, 3.2, {"sd": 1.4}),
        ],
    ),
    (
        "Mean {M} was significantly lower at 1 month (3.2), 3 months (2.9) and 6 months (2.7) than at baseline (8.1).",
        [
            ("level", 30, 3.2, {}),
            ("level", 91, 2.9, {}),
            ("level", 183, 2.7, {}),
            ("level", "baseline", 8.1, {}),
        ],
    ),
    (
        "Mean {M} was 8.1 initially and 2.9 at the last follow-up.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", "final", 2.9, {}),
        ],
    ),
    (
        "Mean {M} scored 8.1 at baseline; 3.2 at 1 month; 2.9 at 3 months; and 2.7 at 6 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 30, 3.2, {}),
            ("level", 91, 2.9, {}),
            ("level", 183, 2.7, {}),
        ],
    ),
    (
        "The mean {M} before treatment, 8.1, was reduced to 3.2 two weeks later.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 14, 3.2, {}),
        ],
    ),
    (
        "Mean {M} showed a significant decrease from 8.1 ± 1.2 at baseline to 3.2 ± 1.4 after treatment.",
        [
            ("level", "baseline", 8.1, {"pm": 1.2}),
            ("level", "post", 3.2, {"pm": 1.4}),
        ],
    ),
    (
        "The mean {M} was 8.1 at baseline. It decreased to 3.2 at 1 month and to 2.7 at 6 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 30, 3.2, {}),
            ("level", 183, 2.7, {}),
        ],
    ),
    (
        "The mean {M} was 8.1 preoperatively. At 1 month, it was 3.2. At 1 year, it was 2.1.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 30, 3.2, {}),
            ("level", 365, 2.1, {}),
        ],
    ),
    (
        "Mean {M} decreased from 8.1 at baseline to 3.2, 2.9, and 2.7 at 1, 3, and 6 months, respectively.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 30, 3.2, {}),
            ("level", 91, 2.9, {}),
            ("level", 183, 2.7, {}),
        ],
    ),
    (
        "Mean {M} decreased significantly from 8.1 (baseline) to 3.2 (1 month) and 2.7 (6 months).",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 30, 3.2, {}),
            ("level", 183, 2.7, {}),
        ],
    ),
    (
        "Mean {M} at 1 month was 3.2 (p < 0.001 vs baseline 8.1).",
        [
            ("level", 30, 3.2, {}),
            ("level", "baseline", 8.1, {}),
        ],
    ),
    (
        "At baseline, mean {M} was 8.1 and at 3 months it had improved to 2.9 (p<0.001).",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 2.9, {}),
        ],
    ),
    (
        "An improvement in mean {M} was seen, from 8.1 before treatment to 2.9 at 3 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 2.9, {}),
        ],
    ),
    (
        "Mean {M} was reduced by 4.9 points (from 8.1 to 3.2) at 3 months.",
        [
            ("change", 91, -4.9, {}),
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
        ],
    ),
    (
        "The initial mean {M} of 8.1 ± 1.2 fell to 3.2 ± 1.4 at 3 months and 2.7 ± 1.5 at 6 months.",
        [
            ("level", "baseline", 8.1, {"pm": 1.2}),
            ("level", 91, 3.2, {"pm": 1.4}),
            ("level", 183, 2.7, {"pm": 1.5}),
        ],
    ),
    (
        "The {M} averaged 8.1 before treatment and 3.2 at 3 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
        ],
    ),
    (
        "The mean {M} at 3 months was 2.9, which was significantly lower than the baseline value of 8.1.",
        [
            ("level", 91, 2.9, {}),
            ("level", "baseline", 8.1, {}),
        ],
    ),
    (
        "We found a significant drop in {M} from a mean of 8.1 before treatment to a mean of 3.2 at 1 month.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 30, 3.2, {}),
        ],
    ),
    (
        "The mean {M} was 8.1 on admission and 3.2 at discharge.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", "disch", 3.2, {}),
        ],
    ),
    (
        "Mean {M} preoperatively, at discharge, and at 6 months was 8.1, 3.2, and 2.7.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", "disch", 3.2, {}),
            ("level", 183, 2.7, {}),
        ],
    ),
    (
        "Mean {M} was 8.1 before, 3.2 immediately after and 2.7 at 3 months after treatment.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", "imm", 3.2, {}),
            ("level", 91, 2.7, {}),
        ],
    ),
    (
        "{M1} before treatment: 8.1 ± 1.2; at 1 month: 3.2 ± 1.4; at 6 months: 2.7 ± 1.5.",
        [
            ("level", "baseline", 8.1, {"pm": 1.2}),
            ("level", 30, 3.2, {"pm": 1.4}),
            ("level", 183, 2.7, {"pm": 1.5}),
        ],
    ),
    (
        "Mean {M} fell from a pre-treatment 8.1 to 3.2 at 3-month follow-up.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
        ],
    ),
    (
        "The mean {M} was 8.1 at enrolment and 2.9 at the 12-month follow-up visit.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 365, 2.9, {}),
        ],
    ),
    (
        "By 6 weeks, the mean {M} had fallen to 3.2 from 8.1 at baseline.",
        [
            ("level", 42, 3.2, {}),
            ("level", "baseline", 8.1, {}),
        ],
    ),
    (
        "Treatment reduced mean {M} from 8.1 to 3.2 at 3 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
        ],
    ),
    (
        "{X1} reduced the mean {M} from 8.1 to 3.2 at 3 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
        ],
    ),
    (
        "After {X}, mean {M} fell from 8.1 to 3.2.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", "post", 3.2, {}),
        ],
    ),
    (
        "Mean {M} before {X} was 8.1 and 3.2 after {X}.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", "post", 3.2, {}),
        ],
    ),
    (
        "The mean {M} for the whole group was 8.1 before and 3.2 one month after {X}.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 30, 3.2, {}),
        ],
    ),
    (
        "Mean (SD) {M} was 8.1 (1.2) before treatment and 3.2 (1.4) at 4 weeks.",
        [
            ("level", "baseline", 8.1, {"sd": 1.2}),
            ("level", 28, 3.2, {"sd": 1.4}),
        ],
    ),
    (
        "Median (IQR) {M} was 8 (7-9) at baseline and 3 (2-4) at 12 weeks.",
        [
            ("level", "baseline", 8, {"q1": 7, "q3": 9}),
            ("level", 84, 3, {"q1": 2, "q3": 4}),
        ],
    ),
    (
        "Pain relief was marked: the mean {M} was 8.1 at baseline versus 3.2 at 3 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
        ],
    ),
    (
        "Mean {M} values of 8.1, 3.2, and 2.7 were recorded at baseline, 1 month, and 6 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 30, 3.2, {}),
            ("level", 183, 2.7, {}),
        ],
    ),
    (
        "There was a significant difference in mean {M} between baseline (8.1) and 6 months (2.9).",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 183, 2.9, {}),
        ],
    ),
    (
        "The mean {M} differed significantly before (8.1 ± 1.2) and 3 months after (3.2 ± 1.4) treatment.",
        [
            ("level", "baseline", 8.1, {"pm": 1.2}),
            ("level", 91, 3.2, {"pm": 1.4}),
        ],
    ),
    (
        "The mean {M} improved from 8.1 to 3.2 at 1 month (p < 0.001), to 2.9 at 3 months (p < 0.001) and to 2.7 at 6 months (p < 0.001).",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 30, 3.2, {}),
            ("level", 91, 2.9, {}),
            ("level", 183, 2.7, {}),
        ],
    ),
    (
        "With treatment, mean {M} fell 4.9 points at 3 months (p < 0.001).",
        [
            ("change", 91, -4.9, {}),
        ],
    ),
    (
        "Mean {M} at 3 months had fallen by a mean of 4.9 (SD 1.8).",
        [
            ("change", 91, -4.9, {"sd": 1.8}),
        ],
    ),
    (
        "Mean {M} before treatment and 1, 3 and 6 months thereafter was 8.1, 3.2, 2.9 and 2.7.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 30, 3.2, {}),
            ("level", 91, 2.9, {}),
            ("level", 183, 2.7, {}),
        ],
    ),
    (
        "Mean {M} and Oswestry Disability Index improved from 8.1 and 62.4 to 3.2 and 24.6, respectively, at 6 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", "baseline", 62.4, {}),
            ("level", 183, 3.2, {}),
            ("level", 183, 24.6, {}),
        ],
    ),
    (
        "Mean {M} fell from 8.1 to 3.2 and mean Oswestry Disability Index from 62.4 to 24.6 at 6 months (both p < 0.001).",
        [
            ("level", "baseline", 8.1, {}),
            ("level", "baseline", 62.4, {}),
            ("level", 183, 3.2, {}),
            ("level", 183, 24.6, {}),
        ],
    ),
    (
        "The mean {M} was 8.1 ± 1.2 before and 3.2 ± 1.4 three months after treatment, and the ODI was 62.4 ± 9.8 and 24.6 ± 8.7, respectively.",
        [
            ("level", "baseline", 8.1, {"pm": 1.2}),
            ("level", "baseline", 62.4, {"pm": 9.8}),
            ("level", 91, 3.2, {"pm": 1.4}),
            ("level", 91, 24.6, {"pm": 8.7}),
        ],
    ),
    (
        "No serious adverse events occurred. The mean {M} was 8.1 at baseline and 3.2 at 3 months; 39 patients (81%) had at least 50% pain relief.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
        ],
    ),
    (
        "Mean {M} decreased from 8.1 to 3.2 (60% reduction) at 3 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
            ("percent_change", 91, -60, {}),
        ],
    ),
    (
        "Mean {M} decreased significantly (p < 0.001): 8.1 at baseline, 3.2 at 1 month, 2.7 at 6 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 30, 3.2, {}),
            ("level", 183, 2.7, {}),
        ],
    ),
    (
        "The mean {M} before treatment was 8.1 ± 1.2. The mean {M} 3 months after treatment was 3.2 ± 1.4.",
        [
            ("level", "baseline", 8.1, {"pm": 1.2}),
            ("level", 91, 3.2, {"pm": 1.4}),
        ],
    ),
    (
        "Mean {M} improved from 8.1 (95% CI, 7.8 to 8.4) at baseline to 3.2 (95% CI, 2.8 to 3.6) at 12 months.",
        [
            ("level", "baseline", 8.1, {"ci_low": 7.8, "ci_high": 8.4}),
            ("level", 365, 3.2, {"ci_low": 2.8, "ci_high": 3.6}),
        ],
    ),
    (
        "Mean {M} was 8.1 (range 5-10) preoperatively, 3.2 (range 0-7) at discharge and 2.7 (range 0-6) at the last follow-up.",
        [
            ("level", "baseline", 8.1, {"min": 5, "max": 10}),
            ("level", "disch", 3.2, {"min": 0, "max": 7}),
            ("level", "final", 2.7, {"min": 0, "max": 6}),
        ],
    ),
    (
        "A statistically significant decrease in mean {M} was found between preoperative (8.1) and 6-month postoperative (2.7) assessment.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 183, 2.7, {}),
        ],
    ),
    (
        "The mean {M} on day 0, day 1, day 7 and day 30 was 8.1, 4.0, 3.2 and 2.7.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 1, 4.0, {}),
            ("level", 7, 3.2, {}),
            ("level", 30, 2.7, {}),
        ],
    ),
    (
        "The mean {M} was 8.1 at T0, before treatment, and 2.7 at 6 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 183, 2.7, {}),
        ],
    ),
    (
        "Twenty-four hours after the procedure the mean {M} was 4.0, and by 3 months it was 2.7; the baseline value was 8.1.",
        [
            ("level", 1, 4.0, {}),
            ("level", 91, 2.7, {}),
            ("level", "baseline", 8.1, {}),
        ],
    ),
    (
        "From a baseline mean {M} of 8.1, patients improved to 3.2 at 1 month and 2.7 at 6 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 30, 3.2, {}),
            ("level", 183, 2.7, {}),
        ],
    ),
    (
        "Mean {M} improved by 4.9 (from 8.1 to 3.2; p < 0.001) at 3 months.",
        [
            ("change", 91, -4.9, {}),
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
        ],
    ),
    (
        "There was a mean improvement in {M} of 4.9 points (SD 1.8) at 6 months.",
        [
            ("change", 183, -4.9, {"sd": 1.8}),
        ],
    ),
    (
        "Mean improvement in {M} was 4.9 points (95% CI 4.2-5.6) at 6 months.",
        [
            ("change", 183, -4.9, {"ci_low": -5.6, "ci_high": -4.2}),
        ],
    ),
    (
        "The {M} showed a mean decrease of 4.9 ± 1.8 points at 3 months.",
        [
            ("change", 91, -4.9, {"pm": 1.8}),
        ],
    ),
    (
        "Compared with before treatment, mean {M} was reduced by 4.9 points at 1 month and by 5.4 points at 6 months.",
        [
            ("change", 30, -4.9, {}),
            ("change", 183, -5.4, {}),
        ],
    ),
    (
        "The median {M} was 8 preoperatively and 3 at 6 months (p < 0.001).",
        [
            ("level", "baseline", 8, {}),
            ("level", 183, 3, {}),
        ],
    ),
    (
        "The median {M} decreased from 8 (interquartile range 7-9) to 3 (interquartile range 2-4) after 12 weeks.",
        [
            ("level", "baseline", 8, {"q1": 7, "q3": 9}),
            ("level", 84, 3, {"q1": 2, "q3": 4}),
        ],
    ),
    (
        "Mean preoperative and postoperative {M} were 8.1 and 3.2 (p < 0.001).",
        [
            ("level", "baseline", 8.1, {}),
            ("level", "post", 3.2, {}),
        ],
    ),
    (
        "Mean pre- and post-treatment {M} was 8.1 and 3.2, respectively.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", "post", 3.2, {}),
        ],
    ),
    (
        "The mean pre-treatment {M} was 8.1 and the mean post-treatment {M} was 3.2.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", "post", 3.2, {}),
        ],
    ),
    (
        "Preprocedure mean {M} of 8.1 improved to 3.2 at 24 h, 2.9 at 1 week and 2.7 at 3 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 1, 3.2, {}),
            ("level", 7, 2.9, {}),
            ("level", 91, 2.7, {}),
        ],
    ),
    (
        "{M1} (mean, SD) before treatment and at 6 weeks: 8.1 (1.2) and 3.2 (1.4).",
        [
            ("level", "baseline", 8.1, {"sd": 1.2}),
            ("level", 42, 3.2, {"sd": 1.4}),
        ],
    ),
    (
        "The mean {M} fell to 3.2 at 3 months from a baseline of 8.1.",
        [
            ("level", 91, 3.2, {}),
            ("level", "baseline", 8.1, {}),
        ],
    ),
    (
        "The mean {M}, which was 8.1 before treatment, fell to 3.2 at 3 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
        ],
    ),
    (
        "The mean {M} at presentation was 8.1, and at the final follow-up it was 2.7.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", "final", 2.7, {}),
        ],
    ),
    (
        "The mean {M} decreased from 8.1 preoperatively to 3.2 postoperatively and to 2.7 at 12-month follow-up.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", "post", 3.2, {}),
            ("level", 365, 2.7, {}),
        ],
    ),
    (
        "At one year the mean {M} had improved to 2.7 (p < 0.001), having been 8.1 preoperatively.",
        [
            ("level", 365, 2.7, {}),
            ("level", "baseline", 8.1, {}),
        ],
    ),
    (
        "Mean {M} fell significantly from 8.1 ± 1.2 to 4.0 ± 1.5, 3.2 ± 1.4 and 2.7 ± 1.3 at 1, 3 and 6 months, respectively (p < 0.001 for all).",
        [
            ("level", "baseline", 8.1, {"pm": 1.2}),
            ("level", 30, 4.0, {"pm": 1.5}),
            ("level", 91, 3.2, {"pm": 1.4}),
            ("level", 183, 2.7, {"pm": 1.3}),
        ],
    ),
    (
        "Mean {M}: baseline 8.1, 1 month 3.2, 3 months 2.9, 6 months 2.7.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 30, 3.2, {}),
            ("level", 91, 2.9, {}),
            ("level", 183, 2.7, {}),
        ],
    ),
    (
        "Mean {M}: 8.1 at baseline, 3.2 at 1 month and 2.7 at 6 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 30, 3.2, {}),
            ("level", 183, 2.7, {}),
        ],
    ),
    (
        "Mean {M} dropped to 3.2 after 1 month and to 2.7 after 6 months (baseline, 8.1).",
        [
            ("level", 30, 3.2, {}),
            ("level", 183, 2.7, {}),
            ("level", "baseline", 8.1, {}),
        ],
    ),
    (
        "Mean {M} was lower after treatment than before (3.2 vs 8.1, p < 0.001).",
        [
            ("level", "post", 3.2, {}),
            ("level", "baseline", 8.1, {}),
        ],
    ),
    (
        "Mean {M} was significantly lower at 6 months than before treatment (2.7 ± 1.3 vs. 8.1 ± 1.2; p < 0.001).",
        [
            ("level", 183, 2.7, {"pm": 1.3}),
            ("level", "baseline", 8.1, {"pm": 1.2}),
        ],
    ),
    (
        "Mean {M} at 3 months was 3.2 versus 8.1 at baseline (p = 0.001).",
        [
            ("level", 91, 3.2, {}),
            ("level", "baseline", 8.1, {}),
        ],
    ),
    (
        "Mean {M} was 8.1 at baseline, and decreased to 3.2 and 2.7 at 1 and 6 months, respectively.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 30, 3.2, {}),
            ("level", 183, 2.7, {}),
        ],
    ),
    (
        "We observed that mean {M} declined from 8.1 to 3.2 one week after the procedure and that this was maintained at 6 months (2.9).",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 7, 3.2, {}),
            ("level", 183, 2.9, {}),
        ],
    ),
    (
        "The mean {M} fell from 8.1 to 3.2 at 1 month; this improvement was sustained at 12 months (mean {M}, 2.9).",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 30, 3.2, {}),
            ("level", 365, 2.9, {}),
        ],
    ),
    (
        "The preoperative mean {M} was 8.1. This decreased to 3.2 at 6 weeks (p < 0.001) and 2.7 at 1 year (p < 0.001).",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 42, 3.2, {}),
            ("level", 365, 2.7, {}),
        ],
    ),
    (
        "The mean {M} was 8.1 (SD = 1.2) at pretest and 3.2 (SD = 1.4) at posttest.",
        [
            ("level", "baseline", 8.1, {"sd": 1.2}),
            ("level", "post", 3.2, {"sd": 1.4}),
        ],
    ),
    (
        "Mean {M} of 8.1 ± 1.2 at baseline improved to 3.2 ± 1.4 at 3 months.",
        [
            ("level", "baseline", 8.1, {"pm": 1.2}),
            ("level", 91, 3.2, {"pm": 1.4}),
        ],
    ),
    (
        "Patients' mean {M} went down from 8.1 to 3.2 within 1 week.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 7, 3.2, {}),
        ],
    ),
    (
        "After treatment the mean {M} was 3.2 (before: 8.1).",
        [
            ("level", "post", 3.2, {}),
            ("level", "baseline", 8.1, {}),
        ],
    ),
    (
        "In these patients, mean {M} decreased from 8.1/10 to 3.2/10 at 3 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
        ],
    ),
    (
        "The mean {M} was 81 mm before treatment and 32 mm at 3 months.",
        [
            ("level", "baseline", 81, {}),
            ("level", 91, 32, {}),
        ],
    ),
    (
        "Mean {M} (0-10) was 8.1 before and 3.2 six weeks after treatment.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 42, 3.2, {}),
        ],
    ),
    (
        "Mean {M} decreased from 8.1 (n = 48) at baseline to 3.2 (n = 48) at 3 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
        ],
    ),
    (
        "Mean {M} was 8.1 before treatment, 3.2 after 1 week (p < 0.001), 2.9 after 1 month (p < 0.001) and 2.7 after 1 year (p < 0.001).",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 7, 3.2, {}),
            ("level", 30, 2.9, {}),
            ("level", 365, 2.7, {}),
        ],
    ),
    (
        "All patients improved; mean {M} before treatment 8.1, at 6 months 2.7.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 183, 2.7, {}),
        ],
    ),
    (
        "The average {M} decreased significantly, from 8.1 ± 1.2 points at admission to 3.2 ± 1.4 points at discharge.",
        [
            ("level", "baseline", 8.1, {"pm": 1.2}),
            ("level", "disch", 3.2, {"pm": 1.4}),
        ],
    ),
    (
        "The mean difference in {M} between baseline and 6 months was -4.9 (95% CI -5.6 to -4.2).",
        [
            ("change", 183, -4.9, {"ci_low": -5.6, "ci_high": -4.2}),
        ],
    ),
    (
        "The mean {M} at baseline (8.1 ± 1.2) decreased significantly at 3 months (3.2 ± 1.4) and 6 months (2.7 ± 1.3).",
        [
            ("level", "baseline", 8.1, {"pm": 1.2}),
            ("level", 91, 3.2, {"pm": 1.4}),
            ("level", 183, 2.7, {"pm": 1.3}),
        ],
    ),
    (
        "Significant improvement in mean {M} was noted at all follow-ups: 3.2 at 1 month, 2.9 at 3 months and 2.7 at 6 months versus 8.1 at baseline.",
        [
            ("level", 30, 3.2, {}),
            ("level", 91, 2.9, {}),
            ("level", 183, 2.7, {}),
            ("level", "baseline", 8.1, {}),
        ],
    ),
    (
        "Mean {M} decreased from 8.1 to 3.2 and 2.7 at 1 and 6 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 30, 3.2, {}),
            ("level", 183, 2.7, {}),
        ],
    ),
    (
        "With {X}, mean {M} fell from 8.1 to 3.2 at 3 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
        ],
    ),
    (
        "{X1} resulted in a decrease in mean {M} from 8.1 to 3.2 at 3 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
        ],
    ),
    (
        "Patients treated with {X} had a mean {M} of 8.1 before and 3.2 at 3 months after treatment.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
        ],
    ),
    (
        "Three months after {X}, mean {M} was 3.2, compared with 8.1 before it.",
        [
            ("level", 91, 3.2, {}),
            ("level", "baseline", 8.1, {}),
        ],
    ),
    (
        "Mean {M} was significantly reduced by {X}, from 8.1 to 3.2 at 3 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
        ],
    ),
    (
        "Pain improved: mean {M} was 8.1 before and 3.2 at 3 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
        ],
    ),
    (
        "Mean {M} decreased from 8.1 (SD 1.2) to 3.2 (SD 1.4) at 3 months, p < 0.001. Mean Oswestry Disability Index decreased from 62.4 (SD 9.8) to 24.6 (SD 8.7).",
        [
            ("level", "baseline", 8.1, {"sd": 1.2}),
            ("level", 91, 3.2, {"sd": 1.4}),
            ("level", "baseline", 62.4, {"sd": 9.8}),
            ("level", 91, 24.6, {"sd": 8.7}),
        ],
    ),
    (
        "At 1, 3, 6, and 12 months after the procedure, mean {M} decreased from 8.1 to 3.9, 3.2, 2.9, and 2.7, respectively.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 30, 3.9, {}),
            ("level", 91, 3.2, {}),
            ("level", 183, 2.9, {}),
            ("level", 365, 2.7, {}),
        ],
    ),
    (
        "At 1 week and at 3 and 6 months, mean {M} had fallen from 8.1 to 3.2, 2.9 and 2.7.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 7, 3.2, {}),
            ("level", 91, 2.9, {}),
            ("level", 183, 2.7, {}),
        ],
    ),
    (
        "Mean {M} decreased by 4.9 points at 1 month, 5.2 points at 3 months and 5.4 points at 6 months (all p < 0.001).",
        [
            ("change", 30, -4.9, {}),
            ("change", 91, -5.2, {}),
            ("change", 183, -5.4, {}),
        ],
    ),
    (
        "The mean {M} decreased 4.9, 5.2 and 5.4 points at 1, 3 and 6 months, respectively.",
        [
            ("change", 30, -4.9, {}),
            ("change", 91, -5.2, {}),
            ("change", 183, -5.4, {}),
        ],
    ),
    (
        "Mean reductions in {M} at 1, 3 and 6 months were 4.9, 5.2 and 5.4.",
        [
            ("change", 30, -4.9, {}),
            ("change", 91, -5.2, {}),
            ("change", 183, -5.4, {}),
        ],
    ),
    (
        "Reductions from baseline in mean {M} were 4.9 (95% CI 4.2 to 5.6) at 1 month and 5.4 (95% CI 4.7 to 6.1) at 6 months.",
        [
            ("change", 30, -4.9, {"ci_low": -5.6, "ci_high": -4.2}),
            ("change", 183, -5.4, {"ci_low": -6.1, "ci_high": -4.7}),
        ],
    ),
    (
        "Mean {M} decreased from 8.1 at baseline to 3.2 at 3 months (mean difference -4.9; 95% CI -5.6 to -4.2; p < 0.001).",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
            ("change", 91, -4.9, {"ci_low": -5.6, "ci_high": -4.2}),
        ],
    ),
    (
        "Mean {M} decreased from 8.1 at baseline to 3.2 at 3 months, a mean change of -4.9 (p < 0.001).",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
            ("change", 91, -4.9, {}),
        ],
    ),
    (
        "Mean {M} decreased from 8.1 at baseline to 3.2 at 3 months, a decrease of 4.9 points.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
            ("change", 91, -4.9, {}),
        ],
    ),
    (
        "Mean {M} fell from 8.1 to 3.2 by 3 months and to 2.7 by 12 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
            ("level", 365, 2.7, {}),
        ],
    ),
    (
        "Mean {M} started at 8.1, fell to 3.2 at 1 month and was 2.7 at 6 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 30, 3.2, {}),
            ("level", 183, 2.7, {}),
        ],
    ),
    (
        "A mean {M} of 8.1 was recorded at baseline; at 3 months the corresponding value was 3.2.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
        ],
    ),
    (
        "Mean {M} was 8.1 at baseline, whereas at 3 months it was only 3.2.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
        ],
    ),
    (
        "Mean {M} was 8.1 at baseline but only 3.2 at 3 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
        ],
    ),
    (
        "While mean {M} was 8.1 before treatment, it was 3.2 at 3 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
        ],
    ),
    (
        "Baseline mean {M}, 8.1 ± 1.2; 3-month mean {M}, 3.2 ± 1.4.",
        [
            ("level", "baseline", 8.1, {"pm": 1.2}),
            ("level", 91, 3.2, {"pm": 1.4}),
        ],
    ),
    (
        "Mean {M} before, 1 week after and 6 months after the procedure was 8.1 ± 1.2, 3.2 ± 1.4 and 2.7 ± 1.3, respectively.",
        [
            ("level", "baseline", 8.1, {"pm": 1.2}),
            ("level", 7, 3.2, {"pm": 1.4}),
            ("level", 183, 2.7, {"pm": 1.3}),
        ],
    ),
    (
        "Mean {M} (± SD) was 8.1 ± 1.2 preoperatively, 3.2 ± 1.4 at 1 month, 2.9 ± 1.5 at 3 months and 2.7 ± 1.6 at 1 year.",
        [
            ("level", "baseline", 8.1, {"sd": 1.2}),
            ("level", 30, 3.2, {"sd": 1.4}),
            ("level", 91, 2.9, {"sd": 1.5}),
            ("level", 365, 2.7, {"sd": 1.6}),
        ],
    ),
    (
        "Median {M} was 8 (Q1-Q3: 7-9) at baseline and 3 (Q1-Q3: 2-4) at 3 months.",
        [
            ("level", "baseline", 8, {"q1": 7, "q3": 9}),
            ("level", 91, 3, {"q1": 2, "q3": 4}),
        ],
    ),
    (
        "Median {M} fell from 8 (IQR, 7 to 9) to 3 (IQR, 2 to 4) at 6 months (p < 0.001).",
        [
            ("level", "baseline", 8, {"q1": 7, "q3": 9}),
            ("level", 183, 3, {"q1": 2, "q3": 4}),
        ],
    ),
    (
        "The mean {M} was 8.1 (range, 6-10; SD, 1.2) before and 3.2 (range, 0-7; SD, 1.4) 1 month after treatment.",
        [
            ("level", "baseline", 8.1, {"min": 6, "max": 10, "sd": 1.2}),
            ("level", 30, 3.2, {"min": 0, "max": 7, "sd": 1.4}),
        ],
    ),
    (
        "Before the procedure, mean {M} was 8.1; the day after, 4.0; and at 6 months, 2.7.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 1, 4.0, {}),
            ("level", 183, 2.7, {}),
        ],
    ),
    (
        "Mean {M} at rest decreased from 8.1 to 3.2 at 3 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
        ],
    ),
    (
        "Mean {M} decreased from 8.1 to 3.2 at the 3-month follow-up and remained stable at the 1-year follow-up (2.9).",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
            ("level", 365, 2.9, {}),
        ],
    ),
    (
        "Mean {M} decreased from 8.1 to 3.2 at 3 months and this was maintained at 12 months (2.9, p < 0.001 vs baseline).",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
            ("level", 365, 2.9, {}),
        ],
    ),
    (
        "Mean {M} fell from 8.1 to 3.2 at discharge, rising slightly to 3.5 at 1 year.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", "disch", 3.2, {}),
            ("level", 365, 3.5, {}),
        ],
    ),
    (
        "Mean {M} dropped from 8.1 to 3.2 (p < 0.001) 1 month after treatment.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 30, 3.2, {}),
        ],
    ),
    (
        "A significant decrease in mean {M} was observed at 1 month (8.1 vs 3.2; p < 0.001).",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 30, 3.2, {}),
        ],
    ),
    (
        "A significant decrease in mean {M} was observed after treatment (8.1 ± 1.2 vs. 3.2 ± 1.4; p < 0.001).",
        [
            ("level", "baseline", 8.1, {"pm": 1.2}),
            ("level", "post", 3.2, {"pm": 1.4}),
        ],
    ),
    (
        "Mean {M} was significantly lower at 3 months (3.2 ± 1.4) compared with baseline (8.1 ± 1.2).",
        [
            ("level", 91, 3.2, {"pm": 1.4}),
            ("level", "baseline", 8.1, {"pm": 1.2}),
        ],
    ),
    (
        "Mean {M} had significantly decreased compared with the preoperative value (8.1 vs 3.2 at 3 months).",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
        ],
    ),
    (
        "The preoperative mean {M} (8.1 ± 1.2) was significantly higher than the values at 1 month (3.2 ± 1.4) and 6 months (2.7 ± 1.3).",
        [
            ("level", "baseline", 8.1, {"pm": 1.2}),
            ("level", 30, 3.2, {"pm": 1.4}),
            ("level", 183, 2.7, {"pm": 1.3}),
        ],
    ),
    (
        "Mean {M}: 8.1 → 3.2 at 3 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
        ],
    ),
    (
        "Mean {M} (before/after): 8.1/3.2.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", "post", 3.2, {}),
        ],
    ),
    (
        "The mean {M} pre-treatment was 8.1, and post-treatment at 24 h, 1 month and 3 months was 4.0, 3.2 and 2.7, respectively.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 1, 4.0, {}),
            ("level", 30, 3.2, {}),
            ("level", 91, 2.7, {}),
        ],
    ),
    (
        "Mean {M} was reduced from 8.1 at baseline to 3.2 at week 4 and 2.7 at week 12.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 28, 3.2, {}),
            ("level", 84, 2.7, {}),
        ],
    ),
    (
        "Mean {M} at baseline, week 4 and week 12 was 8.1, 3.2 and 2.7, respectively.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 28, 3.2, {}),
            ("level", 84, 2.7, {}),
        ],
    ),
    (
        "The reduction in mean {M} was from 8.1 to 3.2 at 3 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
        ],
    ),
    (
        "Patients had significantly less pain after 3 months (mean {M} 3.2) than before treatment (mean {M} 8.1).",
        [
            ("level", 91, 3.2, {}),
            ("level", "baseline", 8.1, {}),
        ],
    ),
    (
        "Mean {M} was 8.1 prior to treatment, compared to 3.2 at 3 months and 2.7 at 6 months.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
            ("level", 183, 2.7, {}),
        ],
    ),
    (
        "Mean {M} at 24 hours was 4.0, at 1 week 3.2, and at 3 months 2.7, versus 8.1 before treatment.",
        [
            ("level", 1, 4.0, {}),
            ("level", 7, 3.2, {}),
            ("level", 91, 2.7, {}),
            ("level", "baseline", 8.1, {}),
        ],
    ),
    (
        "The mean {M} decreased to 3.2 at 1 month, 2.9 at 3 months and 2.7 at 6 months from 8.1 at baseline.",
        [
            ("level", 30, 3.2, {}),
            ("level", 91, 2.9, {}),
            ("level", 183, 2.7, {}),
            ("level", "baseline", 8.1, {}),
        ],
    ),
    (
        "Mean {M} decreased from 8.1 ± 1.2 to 3.2 ± 1.4 at 6 weeks (t = 9.3, p < 0.001).",
        [
            ("level", "baseline", 8.1, {"pm": 1.2}),
            ("level", 42, 3.2, {"pm": 1.4}),
        ],
    ),
    (
        "Mean {M} decreased from 8.1 to 3.2 at 3 months (Cohen's d = 1.9).",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
        ],
    ),
    (
        "Mean {M} fell from 8.1 before to 3.2 after 3 months, and Roland-Morris score from 16.2 to 7.4.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 91, 3.2, {}),
            ("level", "baseline", 16.2, {}),
            ("level", 91, 7.4, {}),
        ],
    ),
    (
        "Mean {M} improved from 8.1 to 3.2, and ODI improved from 62.4 to 24.6, at 6 months after the procedure.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 183, 3.2, {}),
            ("level", "baseline", 62.4, {}),
            ("level", 183, 24.6, {}),
        ],
    ),
    (
        "Before and 6 months after treatment, the mean {M} was 8.1 and 2.7, and the mean ODI was 62.4 and 24.6, respectively.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 183, 2.7, {}),
            ("level", "baseline", 62.4, {}),
            ("level", 183, 24.6, {}),
        ],
    ),
    (
        "Preoperatively, mean {M} and ODI were 8.1 and 62.4; at 6 months they were 2.7 and 24.6.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 183, 2.7, {}),
            ("level", "baseline", 62.4, {}),
            ("level", 183, 24.6, {}),
        ],
    ),
    (
        "By the end of follow-up (mean, 18 months) the mean {M} had fallen to 2.7 from 8.1.",
        [
            ("level", 548, 2.7, {}),
            ("level", "baseline", 8.1, {}),
        ],
    ),
    (
        "At a mean of 18 months (range 12-30), mean {M} was 2.7, compared with 8.1 before treatment.",
        [
            ("level", 548, 2.7, {}),
            ("level", "baseline", 8.1, {}),
        ],
    ),
    (
        "Mean follow-up was 18 months (range 12-30). Mean {M} was 8.1 before treatment and 2.7 at last follow-up.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 548, 2.7, {}),
        ],
    ),
    (
        "Within the first week mean {M} fell from 8.1 to 4.0, and at 6 months it averaged 2.7.",
        [
            ("level", "baseline", 8.1, {}),
            ("level", 7, 4.0, {}),
            ("level", 183, 2.7, {}),
        ],
    ),
]
SPREADS = ("sd", "se", "q1", "q3", "iqr_width", "min", "max", "ci_low", "ci_high", "pm")
OTHERS = (62.4, 24.6, 16.2, 7.4)  # scores of disability


def _upper(text):
    return text[0].upper() + text[1:]


def _fill(frame, treatment, disease, score):
    text = frame.format(X=treatment, X1=_upper(treatment), dx=disease, M=score, M1=_upper(score))
    return _upper(text)


def _visit(record):
    label, days = (record["timepoint_label"] or "").lower(), record["timepoint_days"]
    words = label.replace("-", " ").split()
    if "immediately" in words:
        return "imm"
    if days == 0:
        return "baseline"
    if days in (426, 42) and "six" not in words and {"after", "final", "last"} & set(words):
        days = None  # the visit is dated by the length of treatment or follow-up
    if days is not None:
        return {90: 91, 92: 91, 182: 183, 547: 548}.get(days, days)
    if "discharge" in words:
        return "disch"
    return "final" if {"final", "last"} & set(words) else "post"


def _read(text):
    found = {}
    for record in read_abstract(text)["records"]:
        centre = record["mean"] if record["mean"] is not None else record["median"]
        spread = {name: record[name] for name in SPREADS if record.get(name) is not None}
        assert record["measure"].startswith("pain") == (centre not in OTHERS)
        assert record["arm"] == "all"
        key = (record["stat"], _visit(record), centre)
        assert key not in found
        found[key] = (spread, record["n"])
    return found


def _same_spread(got, want):
    # An undeclared "±" may be taken for an SD by the habit of the field.
    return got == want or ("pm" in want and got == {"sd": want["pm"]})


@pytest.mark.parametrize("at", range(len(FRAMES)), ids=[frame[0][:60] for frame in FRAMES])
def test_one_group(at):
    frame, records = FRAMES[at]
    for turn in range(3):
        size, n, at_entry = SIZES[(3 * at + turn) % len(SIZES)]
        treatment, disease = TREATMENTS[(at + 5 * turn) % len(TREATMENTS)]
        score = SCORES[(at + 3 * turn) % len(SCORES)]
        text = (
            _fill(size, treatment, disease, score) + " " + _fill(frame, treatment, disease, score)
        )
        found = _read(text)
        assert set(found) == {(stat, day, centre) for stat, day, centre, _ in records}, text
        for stat, day, centre, spread in records:
            got, people = found[stat, day, centre]
            assert _same_spread(got, spread), text
            early = day != 365 and "at 1 year." in size
            allowed = {n, *at_entry} if day == "baseline" or early else {n}
            assert people in allowed, text
