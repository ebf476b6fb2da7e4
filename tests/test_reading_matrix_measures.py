"""Which measure a number is of: plain sentences about several measures and circumstances.

Every frame is read with several pairs of names. A value is written as measure.group.time.number:
M and N are the two measures, T and R the two groups, b and 6 the baseline and 6 months, and the
letter of the number is that of the frame (~ for a change).
"""

# fmt: off
from __future__ import annotations

import pytest

from evergrove.reading import read_abstract

ONE = "Forty patients underwent endoscopic fusion. "
TWO = "Sixty patients were randomised to taping (n = 31) or bracing (n = 29). "
FIRST = dict(p="7.1", q="2.3", x="3.6", p2="6.9", m="4.4", c="4.8", c2="3.3")
PAIN = dict(r="6.8", s="1.9", y="3.2", r2="6.6", n="4.1", d="4.9", d2="3.4")
WHOLE = dict(r="48", s="21", y="29", r2="47", n="33", d="27", d2="18")
TENTHS = dict(r="15.2", s="6.4", y="9.1", r2="14.8", n="8.7", d="8.8", d2="5.7")
# two names, both in one phrase, their keys, the numbers of the second
PAIRS = [
    ("VAS", "ODI", "VAS and ODI", "pain_vas", "odi", WHOLE),
    ("pain (NRS)", "function (ODI)", "pain (NRS) and function (ODI)", "pain_nrs", "odi", WHOLE),
    ("VAS", "WOMAC pain score", "VAS and WOMAC pain score", "pain_vas", "womac:pain", TENTHS),
    ("VAS for back pain", "VAS for leg pain", "VAS for back and leg pain",
     "pain_vas:back", "pain_vas:leg", PAIN),
    ("pain at rest", "pain during coughing", "pain at rest and during coughing",
     "pain:rest", "pain:movement", PAIN),
    ("BPI worst pain", "BPI average pain", "BPI worst and average pain",
     "pain_bpi:worst", "pain_bpi:average", PAIN),
]
ONE_GROUP = [
    ("Mean {M} improved from {p} to {q} and {N} from {r} to {s} at 6 months.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("Mean {MN} improved from {p} and {r} at baseline to {q} and {s} at 6 months, "
     "respectively.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("Mean {MN} improved from {p} to {q} and from {r} to {s}, respectively, at 6 months.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("At 6 months, mean {MN} were {q} and {s}, respectively.",
     "M.all.6.q N.all.6.s"),
    ("{M} ({p} to {q}) and {N} ({r} to {s}) improved at 6 months.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("At 6 months there was improvement in {M} (from {p} to {q}) and {N} (from {r} to "
     "{s}).",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("At 6 months, {M}: {p} → {q}; {N}: {r} → {s}.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("Scores at baseline and 6 months were: {M}, {p} and {q}; {N}, {r} and {s}.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("Mean scores improved from {p} to {q} for {M} and from {r} to {s} for {N} at 6 "
     "months.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("Mean preoperative {MN} were {p} and {r}, respectively. At 6 months they were {q} "
     "and {s}.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("At baseline, {M} was {p} and {N} was {r}; at 6 months these scores were {q} and "
     "{s}, respectively.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("At 6 months, {M} had fallen from {p} to {q} (p < 0.001) and {N} from {r} to {s} (p "
     "= 0.002).",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("Mean baseline {MN} were {p} and {r}. Both scores had improved at 6 months ({q} and "
     "{s}, respectively).",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("{M} improved from {p} ± 1.2 to {q} ± 1.1 and {N} from {r} ± 1.3 to {s} ± 1.4 at 6 "
     "months.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("Mean {M} was {p} at baseline and {q} at 6 months. Mean {N} was {r} at baseline and "
     "{s} at 6 months.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("Mean {M} fell from {p} to {q} at 6 months. {N} changed from {r} to {s}.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("At 6 months, mean {M} improved by {c} points and {N} by {d} points.",
     "M.all.6.~c N.all.6.~d"),
    ("The mean improvement at 6 months was {c} in {M} and {d} in {N}.",
     "M.all.6.~c N.all.6.~d"),
    ("At 6 months the mean improvement in {M} was {c} and that in {N} was {d}.",
     "M.all.6.~c N.all.6.~d"),
    ("Mean {M} at baseline, 1 month and 6 months was {p}, {m} and {q}; mean {N} was {r}, "
     "{n} and {s}.",
     "M.all.b.p M.all.1.m M.all.6.q N.all.b.r N.all.1.n N.all.6.s"),
    ("Mean {M} was {p} at baseline, {m} at 1 month and {q} at 6 months; the corresponding "
     "values for {N} were {r}, {n} and {s}.",
     "M.all.b.p M.all.1.m M.all.6.q N.all.b.r N.all.1.n N.all.6.s"),
    ("Mean {M} fell from {p} to {m} at 1 month and {q} at 6 months, and mean {N} from {r} "
     "to {n} and {s}, respectively.",
     "M.all.b.p M.all.1.m M.all.6.q N.all.b.r N.all.1.n N.all.6.s"),
    ("At baseline {M} was {p} and {N} {r}; at 6 months {M} was {q} and {N} {s}.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("At baseline, mean {M} was {p} and mean {N} was {r}. At 6 months, mean {M} was {q} "
     "and mean {N} was {s}.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("At 6 months, {M} (mean {q}, SD 1.1) and {N} (mean {s}, SD 1.4) were low.",
     "M.all.6.q N.all.6.s"),
    ("Mean scores at 6 months were as follows: {M}, {q}; {N}, {s}.",
     "M.all.6.q N.all.6.s"),
    ("Pre- and postoperative {M} was {p} and {q}, and {N} was {r} and {s}.",
     "M.all.b.p M.all.*.q N.all.b.r N.all.*.s"),
    ("The mean {M} was {p} before surgery and {q} at 6 months, and the mean {N} was {r} "
     "and {s}, respectively.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("{M} decreased from {p} to {q} at 6 months, whereas {N} changed from {r} to {s}.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("At 6 months, patients had a mean {M} of {q} and a mean {N} of {s}.",
     "M.all.6.q N.all.6.s"),
    ("A mean {M} of {p} and a mean {N} of {r} before treatment improved to {q} and {s} at "
     "6 months.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("At 6 months, mean {M} had improved by {c} (from {p} to {q}) and mean {N} by {d} "
     "(from {r} to {s}).",
     "M.all.6.~c N.all.6.~d M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("At 6 months, {M} and {N} had improved by {c} and {d} points, respectively.",
     "M.all.6.~c N.all.6.~d"),
    ("The mean change from baseline to 6 months was {c} for {M} and {d} for {N}.",
     "M.all.6.~c N.all.6.~d"),
    ("Mean changes in {M} and {N} at 6 months were {c} and {d}, respectively.",
     "M.all.6.~c N.all.6.~d"),
    ("Mean {M} was {p} before surgery and {q} at 6 months (p < 0.001); mean {N} was {r} "
     "and {s}, respectively (p < 0.001).",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("At 6 months, the median {M} was {q} (IQR 1-4) and the median {N} was {s}.",
     "M.all.6.q N.all.6.s"),
    ("At 6 months, mean {M} was {q}, with a mean {N} of {s}.",
     "M.all.6.q N.all.6.s"),
    ("Mean {M} fell from {p} at baseline to {q} at 6 months. Similarly, {N} changed from "
     "{r} to {s}.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("At 6 months, mean {M} was {q} (baseline {p}) and mean {N} was {s} (baseline {r}).",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("At 6 months, {M} ({q} vs {p} at baseline) and {N} ({s} vs {r} at baseline) had "
     "improved.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("There was a significant improvement in {M} (from {p} ± 1.1 to {q} ± 1.2; p < 0.001) "
     "and in {N} (from {r} ± 1.3 to {s} ± 1.4; p < 0.001) at 6 months.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("Mean preoperative {M} of {p} improved to {q} at 6 months, and mean preoperative {N} "
     "of {r} improved to {s}.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("Mean values before treatment and at 6 months were {p} and {q} for {M} and {r} and "
     "{s} for {N}.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("The mean {M} and {N} decreased from {p} and {r} to {q} and {s} at 6 months.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("At 6 months the mean {M} decreased to {q} and the mean {N} to {s}.",
     "M.all.6.q N.all.6.s"),
    ("From baseline to 6 months, {M} changed from {p} to {q} and {N} from {r} to {s}.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("{M} and {N} were recorded at baseline and 6 months. Mean {M} was {p} and {q}, and "
     "mean {N} was {r} and {s}, respectively.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
]
TWO_GROUPS = [
    ("At 6 months, mean {M} was {q} in the taping group and {x} in the bracing group, and "
     "mean {N} was {s} and {y}, respectively.",
     "M.T.6.q M.R.6.x N.T.6.s N.R.6.y"),
    ("At 6 months, {M} ({q} vs {x}) and {N} ({s} vs {y}) were better in the taping group "
     "than in the bracing group.",
     "M.T.6.q M.R.6.x N.T.6.s N.R.6.y"),
    ("At 6 months, {M} ({q} ± 1.1 vs {x} ± 1.2, p = 0.01) and {N} ({s} ± 1.3 vs {y} ± "
     "1.4, p = 0.02) differed between the taping and bracing groups.",
     "M.T.6.q M.R.6.x N.T.6.s N.R.6.y"),
    ("At 6 months, mean {M} was {q} vs {x} and mean {N} was {s} vs {y} in the taping and "
     "bracing groups, respectively.",
     "M.T.6.q M.R.6.x N.T.6.s N.R.6.y"),
    ("In the taping group, mean {MN} at 6 months were {q} and {s}; in the bracing group "
     "they were {x} and {y}.",
     "M.T.6.q M.R.6.x N.T.6.s N.R.6.y"),
    ("Mean {MN} at 6 months were {q} and {s} in the taping group and {x} and {y} in the "
     "bracing group.",
     "M.T.6.q M.R.6.x N.T.6.s N.R.6.y"),
    ("At 6 months, in the taping group, {M} had changed from {p} to {q} and {N} from {r} "
     "to {s}; in the bracing group, {M} had changed from {p2} to {x} and {N} from {r2} to "
     "{y}.",
     "M.T.b.p M.T.6.q N.T.b.r N.T.6.s M.R.b.p2 M.R.6.x N.R.b.r2 N.R.6.y"),
    ("{M} changed from {p} to {q} with taping and from {p2} to {x} with bracing at 6 "
     "months; {N} changed from {r} to {s} and from {r2} to {y}, respectively.",
     "M.T.b.p M.T.6.q N.T.b.r N.T.6.s M.R.b.p2 M.R.6.x N.R.b.r2 N.R.6.y"),
    ("Six-month results for taping versus bracing: {M} {q} vs {x}; {N} {s} vs {y}.",
     "M.T.6.q M.R.6.x N.T.6.s N.R.6.y"),
    ("At 6 months, mean {M} was {q} in the taping group and {x} in the bracing group (p = "
     "0.03). Mean {N} was {s} and {y}, respectively (p = 0.04).",
     "M.T.6.q M.R.6.x N.T.6.s N.R.6.y"),
    ("At 6 months, {M} improved by {c} points with taping and {c2} points with bracing, "
     "and {N} by {d} and {d2} points, respectively.",
     "M.T.6.~c M.R.6.~c2 N.T.6.~d N.R.6.~d2"),
    ("The taping group had a lower {M} than the bracing group at 6 months ({q} vs {x}), "
     "and a lower {N} ({s} vs {y}).",
     "M.T.6.q M.R.6.x N.T.6.s N.R.6.y"),
    ("At 6 months, {M} and {N} were {q} and {s} with taping and {x} and {y} with bracing, "
     "respectively.",
     "M.T.6.q M.R.6.x N.T.6.s N.R.6.y"),
    ("At 6 months, mean {M} was {q} with taping and {x} with bracing; the corresponding "
     "figures for {N} were {s} and {y}.",
     "M.T.6.q M.R.6.x N.T.6.s N.R.6.y"),
    ("At 6 months, both {M} ({q} vs {x}) and {N} ({s} vs {y}) favoured taping over "
     "bracing.",
     "M.T.6.q M.R.6.x N.T.6.s N.R.6.y"),
    ("At 6 months, the taping group had a mean {M} of {q} and a mean {N} of {s}, whereas "
     "the bracing group had a mean {M} of {x} and a mean {N} of {y}.",
     "M.T.6.q M.R.6.x N.T.6.s N.R.6.y"),
    ("At 6 months, {M} was lower with taping ({q}) than with bracing ({x}), as was {N} "
     "({s} and {y}, respectively).",
     "M.T.6.q M.R.6.x N.T.6.s N.R.6.y"),
    ("At 6 months, {M} was {q} ± 1.1 and {x} ± 1.2, and {N} was {s} ± 1.3 and {y} ± 1.4 "
     "in the taping and bracing groups, respectively.",
     "M.T.6.q M.R.6.x N.T.6.s N.R.6.y"),
    ("In the taping group, {M} and {N} changed from {p} and {r} at baseline to {q} and "
     "{s} at 6 months; in the bracing group, they changed from {p2} and {r2} to {x} and "
     "{y}.",
     "M.T.b.p M.T.6.q N.T.b.r N.T.6.s M.R.b.p2 M.R.6.x N.R.b.r2 N.R.6.y"),
    ("Baseline {M} was {p} and {p2} and baseline {N} was {r} and {r2} in the taping and "
     "bracing groups, respectively.",
     "M.T.b.p M.R.b.p2 N.T.b.r N.R.b.r2"),
    ("{M} fell from {p} to {q} in the taping group and from {p2} to {x} in the bracing "
     "group at 6 months. {N} changed from {r} to {s} and from {r2} to {y}, respectively.",
     "M.T.b.p M.T.6.q N.T.b.r N.T.6.s M.R.b.p2 M.R.6.x N.R.b.r2 N.R.6.y"),
    ("At 6 months, mean scores with taping and bracing were {q} and {x} for {M} and {s} "
     "and {y} for {N}.",
     "M.T.6.q M.R.6.x N.T.6.s N.R.6.y"),
    ("At 6 months, {M} (taping {q}, bracing {x}) and {N} (taping {s}, bracing {y}) "
     "differed between groups.",
     "M.T.6.q M.R.6.x N.T.6.s N.R.6.y"),
    ("At 6 months, the taping group improved by {c} points on the {M} and {d} points on "
     "the {N}, compared with {c2} and {d2} in the bracing group.",
     "M.T.6.~c N.T.6.~d M.R.6.~c2 N.R.6.~d2"),
    ("The mean reduction in {M} at 6 months was {c} in the taping group and {c2} in the "
     "bracing group; that in {N} was {d} and {d2}.",
     "M.T.6.~c N.T.6.~d M.R.6.~c2 N.R.6.~d2"),
    ("Mean {M} at baseline, 1 month and 6 months was {p}, {m} and {q} in the taping group "
     "and {p2}, {c} and {x} in the bracing group. Mean {N} at 6 months was {s} and {y}, "
     "respectively.",
     "M.T.b.p M.T.1.m M.T.6.q M.R.b.p2 M.R.1.c M.R.6.x N.T.6.s N.R.6.y"),
]
# {I}: the score, {S} and {U}: two circumstances
CIRCUMSTANCES = [
    ("At 6 months, mean {I} was {q} {S} and {s} {U}.",
     "M.all.6.q N.all.6.s"),
    ("At 6 months, mean {I} {S} was {q} with taping and {x} with bracing, and {U} {s} and "
     "{y}, respectively.",
     "M.T.6.q M.R.6.x N.T.6.s N.R.6.y"),
    ("At 6 months, {I} {S} was {q} in the taping group and {x} in the bracing group; {U}, "
     "it was {s} and {y}.",
     "M.T.6.q M.R.6.x N.T.6.s N.R.6.y"),
    ("At 6 months, mean {I} was lower with taping than with bracing both {S} ({q} vs {x}) "
     "and {U} ({s} vs {y}).",
     "M.T.6.q M.R.6.x N.T.6.s N.R.6.y"),
    ("At 6 months, mean {I} was lower in the taping group than in the bracing group {S} "
     "({q} ± 1.1 vs {x} ± 1.2; p = 0.01) and {U} ({s} ± 1.3 vs {y} ± 1.4; p = 0.02).",
     "M.T.6.q M.R.6.x N.T.6.s N.R.6.y"),
    ("Mean {I} fell from {p} to {q} {S} and from {r} to {s} {U} at 6 months.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("Mean {I} {S} fell from {p} to {q} and {U} from {r} to {s} at 6 months.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("{S}, mean {I} fell from {p} at baseline to {q} at 6 months; {U}, it fell from {r} "
     "to {s}.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("At 6 months, {I} {S} ({q} vs {x}) and {U} ({s} vs {y}) was lower in the taping "
     "group than in the bracing group.",
     "M.T.6.q M.R.6.x N.T.6.s N.R.6.y"),
    ("In the taping group, mean {I} at 6 months was {q} {S} and {s} {U}, compared with "
     "{x} and {y} in the bracing group.",
     "M.T.6.q M.R.6.x N.T.6.s N.R.6.y"),
    ("Mean {I} {S} and {U} was {p} and {r} at baseline and {q} and {s} at 6 months.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("Mean {I} {S} and {U} was {p} and {r}, respectively, at baseline, and {q} and {s} at "
     "6 months.",
     "M.all.b.p M.all.6.q N.all.b.r N.all.6.s"),
    ("At 1 and 6 months, mean {I} {S} was {m} and {q}, and {U} it was {n} and {s}.",
     "M.all.1.m M.all.6.q N.all.1.n N.all.6.s"),
    ("At 6 months, mean {I} had decreased by {c} points {S} and by {d} points {U}.",
     "M.all.6.~c N.all.6.~d"),
    ("Mean {I} {S} was {q} at 6 months. {U}, it was {s}.",
     "M.all.6.q N.all.6.s"),
    ("Mean {I} {S} at 1 month and 6 months was {m} and {q} with taping, and {n} and {x} "
     "with bracing.",
     "M.T.1.m M.T.6.q M.R.1.n M.R.6.x"),
    ("At 6 months, mean {I} in the taping and bracing groups was {q} and {x} {S}, and {s} "
     "and {y} {U}.",
     "M.T.6.q M.R.6.x N.T.6.s N.R.6.y"),
    ("At 6 months, mean {I} was {q} vs {x} {S} and {s} vs {y} {U} (taping vs bracing).",
     "M.T.6.q M.R.6.x N.T.6.s N.R.6.y"),
]
SCORES = [("VAS", "pain_vas"), ("pain intensity (NRS)", "pain_nrs"), ("pain score", "pain")]
STATES = [
    ("at rest", "when walking", "rest", "walking"),
    ("at night", "during activity", "night", "activity"),
]
# A, B and C: three measures, 0 before and 1 at 6 months; {L}: the three in one phrase
THREE = [
    ("At baseline, mean {L} were {a0}, {b0} and {c0}, respectively.",
     "A.0 B.0 C.0"),
    ("Mean {L} improved from {a0}, {b0} and {c0} at baseline to {a1}, {b1} and {c1} at 6 "
     "months, respectively.",
     "A.0 B.0 C.0 A.1 B.1 C.1"),
    ("Mean {L} changed from {a0} to {a1}, from {b0} to {b1} and from {c0} to {c1}, "
     "respectively, at 6 months.",
     "A.0 B.0 C.0 A.1 B.1 C.1"),
    ("At 6 months, mean {A} had changed from {a0} to {a1}, {B} from {b0} to {b1} and {C} "
     "from {c0} to {c1}.",
     "A.0 B.0 C.0 A.1 B.1 C.1"),
    ("{A} improved from {a0} to {a1} (p < 0.001), {B} from {b0} to {b1} (p < 0.001), and "
     "{C} from {c0} to {c1} (p = 0.004) at 6 months.",
     "A.0 B.0 C.0 A.1 B.1 C.1"),
    ("At 6 months, mean {A} was {a1}, {B} {b1} and {C} {c1}.",
     "A.1 B.1 C.1"),
    ("At 6 months, {A} ({a1}), {B} ({b1}) and {C} ({c1}) had changed.",
     "A.1 B.1 C.1"),
    ("At 6 months, {A} ({a0} to {a1}), {B} ({b0} to {b1}) and {C} ({c0} to {c1}) had "
     "changed.",
     "A.0 B.0 C.0 A.1 B.1 C.1"),
    ("Results at baseline and 6 months were {A}: {a0} and {a1}; {B}: {b0} and {b1}; {C}: "
     "{c0} and {c1}.",
     "A.0 B.0 C.0 A.1 B.1 C.1"),
    ("At 6 months, scores had changed from {a0} to {a1} for {A}, from {b0} to {b1} for "
     "{B} and from {c0} to {c1} for {C}.",
     "A.0 B.0 C.0 A.1 B.1 C.1"),
    ("Mean {L} were {a0} ± 1.1, {b0} ± 1.2 and {c0} ± 0.9 at baseline and {a1} ± 1.1, "
     "{b1} ± 1.3 and {c1} ± 0.8 at 6 months.",
     "A.0 B.0 C.0 A.1 B.1 C.1"),
    ("At 6 months, the following had changed: {A}, {a0} → {a1}; {B}, {b0} → {b1}; {C}, "
     "{c0} → {c1}.",
     "A.0 B.0 C.0 A.1 B.1 C.1"),
]
TRIPLES = [
    ("VAS", "ODI", "RMDQ", "VAS, ODI and RMDQ", "pain_vas odi rmdq", "7.1 48 15.2", "2.3 21 6.4"),
    ("worst pain", "average pain", "least pain", "worst, average and least pain",
     "pain:worst pain:average pain:least", "7.1 6.8 3.6", "2.3 1.9 0.8"),
    ("WOMAC pain", "WOMAC stiffness", "WOMAC function", "WOMAC pain, stiffness and function",
     "womac:pain womac:stiffness womac:function", "7.1 3.8 33.6", "2.3 1.9 10.8"),
    ("NPRS", "NDI", "SF-12 PCS", "NPRS, NDI and SF-12 PCS",
     "pain_nrs ndi sf12:physical_component", "7.1 48 31.2", "2.3 21 46.5"),
    ("VAS at rest", "VAS during activity", "VAS at night",
     "VAS at rest, during activity and at night",
     "pain_vas:rest pain_vas:activity pain_vas:night", "7.1 6.8 3.6", "2.3 1.9 0.8"),
]
# what the methods say, the key, the top of the scale
METHODS = [
    ("Pain was measured on a visual analogue scale (VAS, 0-100 mm).", "pain_vas", 100),
    ("Pain was rated on a 10-cm VAS before surgery and at 6 months.", "pain_vas", 10),
    ("Pain intensity was assessed with the numeric pain rating scale (NPRS; range 0-10).",
     "pain_nrs", 10),
    ("Pain was marked on a visual analog scale ranging from 0 to 10.", "pain_vas", 10),
    ("Pain was rated on the Wong-Baker faces scale (0-10).", "pain_faces", 10),
    ("Pain was rated on a verbal rating scale (VRS) from 0 to 10.", "pain_vrs", 10),
]
RESULTS = [
    "Mean pain scores fell from {p} to {q} at 6 months.",
    "The mean score was {p} at baseline and {q} at 6 months.",
    "It fell from a mean of {p} at baseline to {q} at 6 months.",
    "Baseline and 6-month pain scores were {p} and {q}.",
]
SCALES = [
    ("VAS (0-100 mm)", "pain_vas", 100), ("VAS score (range 0-10)", "pain_vas", 10),
    ("10-cm VAS", "pain_vas", 10), ("pain on a 0-10 scale", "pain", 10),
    ("pain score (maximum 10)", "pain", 10), ("pain score out of 10", "pain", 10),
    ("pain (0-10 NRS)", "pain_nrs", 10), ("VAS score (range, 0 to 100)", "pain_vas", 100),
]
WITH_SCALE = [
    "Mean {S} fell from {p} to {q} at 6 months.",
    "Baseline {S} was {p} ± 1.2, and {q} ± 1.3 at 6 months.",
]
DAYS = {"b": 0, "6": 183, "1": 30, "*": None}
GROUPS = {"all": 40, "T": 31, "R": 29}


def read(text: str, *more: str) -> set[tuple]:
    """What is read: measure, group, days, n, number, and the fields in `more`."""
    rows = set()
    for r in read_abstract(text)["records"]:
        value = r["mean"] if r["mean"] is not None else r["median"]
        changed = r["stat"] == "change"
        rows.add((r["measure"], r["arm"].replace(" group", ""), r["timepoint_days"], r["n"],
                  ("~" if changed else "") + str(abs(value) if changed else value),
                  *(r[name] for name in more)))
    return rows


def wanted(gold: str, numbers: dict[str, str], keys: dict[str, str]) -> set[tuple]:
    rows = set()
    for one in gold.split():
        which, group, time, letter = one.split(".")
        name = {"T": "taping", "R": "bracing"}.get(group, group)
        mark = "~" if letter[0] == "~" else ""
        rows.add((keys[which], name, DAYS[time], GROUPS[group], mark + numbers[letter.strip("~")]))
    return rows


def capital(text: str) -> str:
    parts = text.split(". ")
    return ". ".join(part[0].upper() + part[1:] for part in parts)


@pytest.mark.parametrize(("intro", "frame", "gold"),
                         [(ONE, *row) for row in ONE_GROUP] + [(TWO, *row) for row in TWO_GROUPS])
def test_two_measures(intro: str, frame: str, gold: str) -> None:
    for m, n, both, key_m, key_n, numbers in PAIRS:
        numbers = {**FIRST, **numbers}
        text = intro + capital(frame.format(M=m, N=n, MN=both, **numbers))
        assert read(text) == wanted(gold, numbers, {"M": key_m, "N": key_n}), text


@pytest.mark.parametrize(("frame", "gold"), CIRCUMSTANCES)
def test_circumstances(frame: str, gold: str) -> None:
    numbers = {**FIRST, **PAIN}
    intro = TWO if ".T." in gold else ONE
    for score, key in SCORES:
        for s, u, one, two in STATES:
            text = intro + capital(frame.format(I=score, S=s, U=u, **numbers))
            keys = {"M": f"{key}:{one}", "N": f"{key}:{two}"}
            assert read(text) == wanted(gold, numbers, keys), text


@pytest.mark.parametrize(("frame", "gold"), THREE)
def test_three_measures(frame: str, gold: str) -> None:
    for a, b, c, all_three, keys, before, after in TRIPLES:
        told = (before.split(), after.split())
        numbers = {f"{x}{t}": told[t][i] for i, x in enumerate("abc") for t in (0, 1)}
        text = ONE + capital(frame.format(A=a, B=b, C=c, L=all_three, **numbers))
        rows = [("ABC".index(one[0]), int(one[2])) for one in gold.split()]
        expected = {(keys.split()[i], "all", (0, 183)[t], 40, told[t][i]) for i, t in rows}
        assert read(text) == expected, text


def two_scores(key: str, top: int) -> tuple[dict[str, str], set[tuple]]:
    numbers = {"p": "71", "q": "23"} if top == 100 else {"p": "7.1", "q": "2.3"}
    days = {"p": 0, "q": 183}
    return numbers, {(key, "all", days[x], 40, numbers[x], top) for x in days}


@pytest.mark.parametrize("frame", RESULTS)
def test_scale_of_the_methods(frame: str) -> None:
    for methods, key, top in METHODS:
        numbers, expected = two_scores(key, top)
        text = f"{ONE}{methods} {frame.format(**numbers)}"
        assert read(text, "scale_max") == expected, text


@pytest.mark.parametrize("frame", WITH_SCALE)
def test_scale_beside_the_name(frame: str) -> None:
    for name, key, top in SCALES:
        numbers, expected = two_scores(key, top)
        text = ONE + frame.format(S=name, **numbers)
        assert read(text, "scale_max") == expected, text
