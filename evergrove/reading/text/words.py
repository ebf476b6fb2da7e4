"""Words of the grammar: English function words and verbs that hold for any outcome.

Other languages are read through their glossary (`glosses/`), which translates to these.
"""

from __future__ import annotations

from functools import lru_cache


def word_set(text: str, *more: str) -> frozenset[str]:
    """The words of a text, and more that cannot stand in one (the empty word)."""
    return frozenset(text.split()) | frozenset(more)


# Verbs between a measure and its value: "pain WAS 3.1".
STATE = word_set(
    "was were is are be been being averaged averaging average stood reached peaked reads read "
    "equalled equaled totalled measured remained stayed amounted became become came come lay "
    "ran sat held registered hovered settled levelled leveled started began hit arrived "
    "turned ended"
)
# Verbs and nouns of change, with the sign that later minus earlier has.
DOWN = word_set(
    "fall falls fell fallen falling drop drops dropped dropping decrease decreases decreased "
    "decreasing decline declines declined declining reduce reduces reduced reducing reduction "
    "reductions lower lowered lowering lessened lessening lessen sank sunk shrank shrunk "
    "diminish diminished eased easing ease subsided regressed abated fewer plummeted relieved "
    "resolved loss lost dipped tumbled slid cut less smaller relief decrement receded halved "
    "tapered dwindled waned ebbed faded slackened slumped plunged thinned melted shrunken sagged "
    "shed"
)
UP = word_set(
    "rise rises rose risen rising increase increases increased increasing climb climbs "
    "climbed climbing grew grown elevated elevation raised higher gain gains gained mounted "
    "crept went-up more greater rebounded surged increment soared swelled flared ballooned"
)
BETTER = word_set(
    "improve improves improved improving improvement improvements better bettered benefit "
    "benefits recovery recovered ameliorated amelioration progress"
)
WORSE = word_set(
    "worsen worsens worsened worsening deterioration deteriorated deteriorate worse aggravated "
    "relapsed"
)
MOVE = word_set(
    "alter alters altered change changes changed changing shift shifted shifts move "
    "moved moves moving went gone "
    "going go varied evolved passed progressed developed switched swung travelled slipped "
    "came"
)
CHANGE_NOUNS = word_set(
    "change changes fall falls drop drops decrease decreases decline declines reduction "
    "reductions rise rises increase increases improvement improvements gain gains worsening "
    "deterioration relief shift shifts loss losses benefit lowering decrement increment recovery "
    "easing climb"
)
CHANGE = DOWN | UP | BETTER | WORSE | MOVE
# Verbs whose subject is a person or a group: "runners SCORED 3.1".
AGENT = word_set(
    "had has have having reported report reporting scored score scoring showed shown show "
    "showing experienced experiencing yielded yielding gave given gives recorded noted logged "
    "rated rating marked listed described felt displayed demonstrated obtained achieved "
    "produced attained presented registered stated wrote exhibited saw seen observed found caused "
    "giving returned posted entered noticed suffered perceived got put expressed"
)
VERBS = (
    STATE
    | CHANGE
    | AGENT
    | word_set(
        "did do does remain compared versus underwent received received completed treated enrolled "
        "included randomised randomized assigned allocated differed differ favoured favored "
        "favouring favoring ranged parted followed could should would may might must can will "
        "using used use "
        "brought brings bringing replied responded led leads leading caused causing took taken "
        "continued resulted occurred required needed "
        "persisted correlated analysed analyzed assessed evaluated determined calculated "
        "investigated studied returned answered attended declined separated beat outperformed "
        "exceeded allowed chose chosen preferred opted selected kept managed mobilised mobilized "
        "fitted immobilised immobilized placed held left put receive receives undergo undergoes"
    )
)
# Words that may be part of a measure's name without changing it.
MEASURE_FILL = word_set(
    "score scores scale scales rating ratings mean means average averages median medians "
    "value values reading readings intensity level levels severity grade grades the a an of "
    "for on in by to self reported rated patient patients' pooled overall numeric numerical "
    "points point line global total composite recorded current usual typical subjective "
    "perceived weekly daily scoring assessment assessed measured using via with adjusted raw "
    "crude corresponding respective questionnaire least squares chronic pre post preoperative "
    "postoperative preprocedural postprocedural pretreatment posttreatment preprocedure "
    "postprocedure item baseline initial final group groups between difference data summary "
    "participants' patient-reported primary secondary outcome main estimated calculated "
    "result results their his her its own most"
)
ANAPHORS = word_set(
    "it they these this those score scores rating ratings value values reading readings "
    "figure figures level levels result results mean means median medians average averages "
    "number numbers index grades grade ones one both that which intensity severity scoring "
    "outcome marks mark means' latter former respective corresponding counterpart "
    "counterparts equivalent equivalents analogous matching estimate estimates"
)
DETERMINERS = word_set(
    "the a an this that these those their its his her our all both each every some any"
)
PREPOSITIONS = word_set(
    "in on at to from of for with without by among after before during within under over "
    "between through against versus vs into via per than as until till since across following "
    "upon about throughout toward towards amongst alongside concerning regarding"
)
CONJUNCTIONS = word_set(
    "and or but while whereas whilst although though when where who which that if because as "
    "so & then nor yet plus"
)
ADVERBS = word_set(
    "respectively significantly also only then still even already again further approximately "
    "about around roughly nearly almost just now not no never very more less most least "
    "significant markedly slightly dramatically substantially considerably clearly quickly "
    "rapidly steadily gradually later earlier thereafter afterwards there here too well "
    "however therefore overall respectively, statistically similarly conversely finally "
    "initially subsequently consistently greatly sharply modestly largely likewise meanwhile "
    "instead otherwise once twice ie eg namely"
)
# Before a number that is not exact: no mean can be taken from it.
APPROXIMATE = word_set(
    "under below over above about around approximately roughly nearly almost beneath "
    "exceeding exceed exceeds exceeded beyond ca circa approx some"
)
# Nouns for people or treated parts; a number before one is a count.
PEOPLE = word_set(
    "pt pts patient patients subject subjects participant participants people persons person "
    "individual individuals case cases women men woman man adults adult children child "
    "volunteers volunteer controls control respondents respondent completers completer "
    "survivors survivor females males female male knees hips eyes hands limbs shoulders feet legs "
    "athletes workers nurses members member residents veterans soldiers students players "
    "outpatients inpatients infants adolescents recipients enrollees attendees responders "
    "amputees amputee trainees trainee employees employee retirees inmates recruits conscripts "
    "cadets pensioners donors donor parturients parturient neonates neonate newborns newborn "
    "toddlers teenagers mothers primiparas multiparas primiparae multiparae nulliparas seniors "
    "probands sufferers consenters users dogs horses cats rats mice animals calves piglets elbows "
    "wrists ankles thumbs shins"
)
# Those that say nothing about which people: never the name of a group.
ANYONE = word_set(
    "pt pts patient patients subject subjects participant participants people persons person "
    "individual individuals case cases adults adult volunteers volunteer respondents "
    "respondent completers completer members member outpatients inpatients enrollees "
    "attendees probands sufferers consenters users recipients survivors knees hips eyes hands "
    "limbs shoulders feet elbows wrists ankles wrist legs thumbs shins"
)


# Of which one person may have two; a study may count them instead of people.
LIMBS = word_set(
    "knees hips eyes hands limbs shoulders feet legs elbows wrists ankles thumbs shins"
)


@lru_cache(1 << 14)
def names_people(noun: str) -> bool:
    """Whether a plural noun names people: one that is listed, or by what somebody does.

    "lacemakers", "quarrymen", "florists"; not "numbers", "answers".
    """
    if noun in PEOPLE:
        return True
    return noun.endswith(_WHO_DO) and len(noun) > 6 and noun not in _NO_ONE


_WHO_DO = ("ers", "ists", "women", "men", "ians")
_NO_ONE = word_set(
    "answers numbers centers papers letters orders powers layers fibers fibres drawers trackers "
    "boosters fillers spacers plasters rollers stickers blockers inhibitors parameters markers "
    "registers centimeters millimeters meters waters quarters chapters clusters disorders "
    "specimen regimen abdomen specimens regimens abdomens ulcers cancers fevers blisters filters "
    "others transfers washers fasteners stabilisers stabilizers screeners containers pointers"
)
GROUP = word_set(
    "group groups arm arms cohort cohorts limb limbs subgroup subgroups users recipients group's "
    "arm's cohort's "
    "condition conditions sample samples side sides team teams series population branch wing "
    "stratum strata class quadrant quadrants"
)
# What stands before a group's name: "with tape", "among 29 swimmers".
ARM_PREPOSITIONS = word_set(
    "following with in for among amongst after on under by given receiving using of versus vs "
    "over than within from between without against wearing taking allocated assigned to "
    "compared treated undergoing during"
)
NOT_ARM = word_set(
    "concentrations down up published exclusion exception number bed "
    "regard regards respect terms equal postpartum postpartal postnatal puerperal "
    "actual expected anticipated predicted additional extra rating ratings readings "
    "withdrew died discontinued "
    "turn except excepting excepted manner way fashion extent degree magnitude max min cumulative "
    "past previous preceding follows brackets parentheses medians averages sds ses iqrs deviations "
    "errors intention intent protocol per-protocol "
    "rest line scale scales point points group groups subgroups both total average time times "
    "visit visits follow up follow-up favour favor baseline study trial year years month "
    "months week weeks day days hour hours p n treatment surgery procedure procedures "
    "operation intervention therapy end mean means median sd se sem iqr ci range interval "
    "deviation error confidence score scores value values same each all patients patient "
    "participants people subjects subject cases individuals others addition contrast "
    "comparison respectively results result order terms part fact general use aid help "
    "assessment review questionnaire questionnaires instrument instruments measure measures "
    "intensity severity visual "
    "analog analogue numeric rating index improvement reduction decrease increase change "
    "changes difference decline fall drop rise period phase one two three first second third "
    "short medium long term which whom whose who that them it they this these injection "
    "injections discharge admission entry last final latest evaluation examination session "
    "minutes seconds significance statistical outcome outcomes comparator course waking next "
    "completion least most cohort cohorts sample series arm arms data available return exit close "
    "closing start outset studies trials articles papers reports publications scoring "
    "reported adjustment adjusting account view question analysis regression model models "
    "comparisons contrasts analyses tests measurements assessments differences trend interaction "
    "noninferiority superiority we us authors surgeons investigators raters assessors observers "
    "options option techniques technique methods method treatments approaches approach strategies "
    "interventions procedures modalities regimens regimes schedules drugs agents products devices "
    "conditions centres centers sites occasions levels vertebrae those these others ones whole "
    "symptom symptoms pros proms "
    "complaint complaints wellbeing well-being highest lowest greatest smallest largest out "
    "intention intent treat protocol domain domains dimension dimensions parameter parameters "
    "variable variables aspect aspects cycle cycles trimester trimesters "
    "labour labor "
    # How a sentence may open: "In summary, ...", "For example, ...", "As shown in Table 2, ..."
    "particular summary experience retrospect hindsight brief conclusion conclusions detail "
    "details parallel meantime words essence sense keeping agreement accordance example examples "
    "instance instances contrary basis exception exceptions spite table tables figure figures "
    "questioning controlling correcting accounting stratifying findings finding endpoint "
    "endpoints reality practice theory principle entire sexes genders hospital department "
    "institution clinic randomly rebound upturn uptick starting beginning crisis crises"
)
# "by 10 physiotherapists in private practices": those who treated, and no group.
CAREGIVERS = word_set(
    "physiotherapists therapists clinicians physicians surgeons doctors radiologists "
    "anaesthetists anaesthesiologists anesthesiologists osteopaths chiropractors acupuncturists "
    "practitioners operators specialists examiners raters readers observers"
)
# ", proving non-inferiority of X to Y": what a result is taken to show.
SHOWING = word_set(
    "proving showing demonstrating confirming meeting establishing indicating satisfying "
    "fulfilling supporting suggesting"
)
# What a centre is called, with its plurals
MEANS = word_set("mean means average averages")
MEDIANS = word_set("median medians")
#: What joins the names or numbers of groups: "wax, clay and bran", "group 1 vs 2".
JOINS_GROUPS = word_set(", and or & vs versus")
#: Signs of a bound: "< 60", "≥ 4 points".
BOUND_SIGNS = word_set("< > ≤ ≥")
#: People, also where nothing says who they are.
THOSE = PEOPLE | word_set("those ones")
# How a score of several people is called
CENTRES = word_set("mean median average")
PRE_WORDS = word_set(
    "baseline preoperative preoperatively pretreatment preprocedural preprocedure "
    "preprocedurally preinjection preintervention preinterventional preop preinterventionally "
    "pretest initially presurgery presurgical preablation beforehand pre initial pretherapy "
    "pretherapeutic prevertebroplasty presurgically predose"
)
POST_WORDS = word_set(
    "postoperative postoperatively posttreatment postprocedural postprocedure "
    "postprocedurally postinjection postintervention postinterventional postop posttest "
    "postsurgery postsurgical postablation afterwards afterward post posttherapy "
    "postinterventionally postsurgically"
)
# What "before" or "after" may be followed by when it means the time relative to treatment.
EVENT = word_set(
    "treatment treatments surgery procedure procedures operation intervention interventions "
    "therapy injection injections block vertebroplasty kyphoplasty sacroplasty ablation rfa "
    "fusion session sessions program programme randomisation randomization enrolment "
    "enrollment training exercise infusion implantation embolization embolisation "
    "radiotherapy cementoplasty augmentation discectomy decompression replacement "
    "arthroplasty stimulation study trial start course recruitment it them dose "
    "administration immobilisation immobilization osteoplasty release repair fixation removal "
    "switch change intake rehabilitation physiotherapy fracture anaesthesia anesthesia "
    "transfer transplant puncture needling massage manipulation taping acupuncture blockade "
    "neurolysis denervation defecation evacuation micturition voiding ambulation mobilisation "
    "mobilization placement insertion application "
    "arthrocentesis lavage irrigation initiation commencement"
)
# Parts of the body: "the elbow score" is the score of what hurts there.
BODY = word_set(
    "elbow wrist ankle foot heel hand finger thumb toe jaw shin thigh calf groin rib chest forearm "
    "hip knee shoulder neck back leg arm spine stump"
)
# Where it hurts: "pain in the burned hand".
BODY_PLACES = BODY | word_set(
    "elbows wrists ankles feet heels hands fingers thumbs toes ribs hips knees shoulders legs arms "
    "face scalp ear ears eye eyes tooth teeth gum gums tongue throat breast breasts nipple abdomen "
    "belly buttock buttocks coccyx sacrum pelvis perineum vulva vagina penis scrotum testis "
    "limb limbs calves thighs shins joint joints muscle muscles skin scar wound tendon nerve "
    "flank loin palm sole foot forefoot hindfoot midfoot"
)
# "bed REST", "sling rest": a treatment, not the state in which pain is rated.
RESTED = word_set(
    "bed sling voice strict relative complete absolute splint prolonged enforced cast plaster home "
    "hospital limb joint pelvic couch"
)
# Words for the last examination.
FINAL = word_set("final last latest closing end endpoint concluding terminal")
CHECK = word_set(
    "follow followup follow-up review visit visits examination assessment evaluation "
    "consultation check control appointment contact observation study treatment trial therapy "
    "session measurement survey interview questionnaire timepoint program programme course"
)

UNIT_DAYS = {
    "minute": 1 / 1440, "min": 1 / 1440, "mins": 1 / 1440, "minutes": 1 / 1440,
    "hour": 1 / 24, "hours": 1 / 24, "hr": 1 / 24, "hrs": 1 / 24, "h": 1 / 24,
    "day": 1.0, "days": 1.0, "d": 1.0,
    "week": 7.0, "weeks": 7.0, "wk": 7.0, "wks": 7.0, "w": 7.0,
    "fortnight": 14.0, "fortnights": 14.0,
    "month": 30.4375, "months": 30.4375, "mo": 30.4375, "mos": 30.4375,
    "mth": 30.4375, "mths": 30.4375,
    "year": 365.25, "years": 365.25, "yr": 365.25, "yrs": 365.25, "y": 365.25,
}  # fmt: skip
#: Ends the word of a unit that belongs to a value, where it elsewhere says when or how much.
MEASURED = "-measured"
#: Units of what is given.
DOSES = word_set("mg g µg μg mcg ng ug iu ml mls cc l litre litres dose-of mmol mmols unit units")
#: Units behind values of any outcome, as the grammar spells them ("rate-of" for "mg/dl").
OPEN_UNITS = word_set("rate-of kg mmhg bpm kcal") | {
    unit + MEASURED for unit in DOSES | UNIT_DAYS.keys()
}
UNIT_NAME = {
    "minute": "minute", "min": "minute", "mins": "minute", "minutes": "minute",
    "hour": "hour", "hours": "hour", "hr": "hour", "hrs": "hour", "h": "hour",
    "day": "day", "days": "day", "d": "day", "week": "week", "weeks": "week", "wk": "week",
    "wks": "week", "w": "week", "fortnight": "fortnight", "fortnights": "fortnight",
    "month": "month", "months": "month", "mo": "month", "mos": "month", "mth": "month",
    "mths": "month", "year": "year", "years": "year", "yr": "year", "yrs": "year", "y": "year",
}  # fmt: skip
# Symbols of statistics: a number after "symbol =" is theirs.
STATISTIC = word_set(
    "r r2 rho ρ κ kappa auc or hr rr t f z χ2 x2 χ i2 β beta α alpha d smd nnt icc q tau2 tau "
    "η2 ηp2 ηg2 ηp η² ηp² ηg² χ² chi² ω2 ω² ωp² r² τ² tau² ε² λ df "
    "ahr aor irr wmd chi chi2 c s k b w h u η g roc cv mcid"
)


#: Words that are no part of a name.
GRAMMAR = PREPOSITIONS | CONJUNCTIONS | VERBS | ADVERBS | DETERMINERS


def is_content(word: str) -> bool:
    """Whether a word can be (part of) a name rather than grammar."""
    return word not in GRAMMAR


#: What was done with people at a visit: "the 73 patients REVIEWED".
LOOKED_AT = word_set("seen examined re-examined reexamined assessed evaluated reviewed")
#: Units behind a score: points, or lengths on a line.
SCORE_UNITS = word_set("cm mm point points")
#: Names of groups that are given nothing that works.
CONTROLS = word_set("control controls placebo sham")
CONTROL_DRUGS = CONTROLS | word_set("vehicle saline")
#: "those ASSIGNED to wax": verbs whose "to" leads to a group.
ALLOTTED = word_set("randomised randomized assigned allocated allotted")
#: Words that set one thing against another.
SET_AGAINST = word_set("against compared relative than versus vs")
#: Those of them that stand between two scores: "3.1 at a year THAN 6.2 before".
SET_BESIDE = SET_AGAINST - {"relative"}
