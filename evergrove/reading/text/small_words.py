"""Signs and small words between phrases, clauses and groups, as many rules ask for them.

Each stands here once; a rule that asks for one more, or for one less, says so with `|` or `-`.
"""

from __future__ import annotations

from evergrove.reading.text.words import word_set

#: Signs that open an aside.
OPENS = word_set("( [")
#: Signs that close one.
CLOSES = word_set(") ]")
#: Before a clause, or the next part of one.
JOINS_CLAUSES = word_set(", ; and but whereas while")
#: So too, but for a comma.
TURNS = word_set("and but while whereas")
TURNS_ON = TURNS | {"although", "though"}
STARTS_CLAUSE = word_set("; and but whereas while")
#: Before a clause that has a subject of its own.
TURNS_CLAUSE = word_set("; but whereas while whilst")
#: Behind a phrase, or before one.
ENDS_PHRASE = word_set(", . ; : (")
#: Before an aside.
OPENS_ASIDE = word_set("( [ , ;")
#: Behind one.
CLOSES_ASIDE = word_set(") ] , ;")
IS = word_set("was were is are")
WERE = word_set("was were")
#: Between two groups, or two numbers.
VERSUS = word_set("vs versus against compared")
#: Before "with" or "to" and whom.
COMPARED = word_set("compared comparison relative")
#: Between parts of a list.
LIST_SIGNS = word_set(", and & or")
OR_AND = word_set(", and or")
#: Before the people who were scored.
AMONG = word_set("in for among amongst")
GROUP_NOUNS = word_set("group groups arm arms")
#: Between two names.
CHOICES = word_set("and or vs versus")
#: Before a time.
WHEN = word_set("at after by in on")
#: People told by a pronoun.
THEM = word_set("them these those whom")
THAN_WORDS = word_set("vs versus over than against")
#: Before whom, or what, something is compared with.
LEADS_OTHER = word_set("against from over than to versus vs with")
AND_SIGNS = word_set(", ; and")
DIFFERENCES = word_set("difference differences")
OPENS_CLAUSE = word_set(". ; : , and but while whereas")
FAVOURING = word_set("favour favor favouring favoring favoured favored")
SCORE_NOUNS = word_set("score scores value values rating ratings level levels")
#: Of a score before treatment.
EARLIER = word_set("baseline before initial preoperative pretreatment previous entry")
IN_PEOPLE = word_set("in for among of")
#: Between a heading and its number.
HEADS_NUMBER = word_set(": = ,")
COMPARATIVES = word_set("lower higher less more better worse smaller greater")
THESE_PEOPLE = word_set("these this our")
KINDS_OF_POINT = word_set("base point window final immediate discharge")
STOPS = word_set(". ;")
CLAUSE_STOPS = word_set(". : ;")
ENDS_SAID = word_set("; : . while whereas but although")
SCORE = word_set("score scores")
THAT_THOSE = word_set("that those")
VS = word_set("versus vs")
COMMA_AND = word_set(", and")
UNDER_WHAT = word_set(
    "anaesthesia anesthesia sedation fluoroscopy guidance control tourniquet ct ultrasound x-ray "
    "supervision direct vision visual fluoroscopic sonographic observation monitoring"
)
