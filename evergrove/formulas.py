"""Every formula that may stand in effects.csv, by its id: what is computed, and whose it is.

s1, s2: SDs before and after; s_D: SD of the change; r: correlation of before and after; n: people
analysed; Δ: before minus after.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Formula:
    """What is computed and where it comes from."""

    text: str
    source: str


_HANDBOOK = "Cochrane Handbook for Systematic Reviews of Interventions"
_METAFOR = "Viechtbauer 2010, J Stat Softw 36(3)"
_WAN = "Wan et al. 2014, BMC Med Res Methodol 14:135"
_LUO = "Luo et al. 2018, Stat Methods Med Res 27:1785"

FORMULAS: dict[str, Formula] = {
    "scale.linear": Formula("x' = (x − lo)/(hi − lo) · (hi' − lo') + lo'", f"{_HANDBOOK}, 6.5"),
    "scale.reversed": Formula("x' = lo' + hi' − (x − lo)/(hi − lo) · (hi' − lo') − lo'", _HANDBOOK),
    "sd.from_se": Formula("SD = SE √n", f"{_HANDBOOK}, 6.5.2.2"),
    "sd.from_ci": Formula("SD = √n (high − low)/(2 t(n − 1))", f"{_HANDBOOK}, 6.5.2.2"),
    "sd.wan_s1": Formula("SD = (max − min)/ξ(n)", f"{_WAN}, eq. 9"),
    "sd.wan_s2": Formula("SD = (q3 − q1)/η(n)", f"{_WAN}, eq. 16"),
    "sd.shi_s3": Formula(
        "SD = w (max − min)/ξ(n) + (1 − w)(q3 − q1)/η(n), w = 1/(1 + 0.07 n^0.6)",
        "Shi et al. 2020, Res Synth Methods 11:641, eq. 10",
    ),
    "mean.luo_s1": Formula("mean from minimum, median, maximum", f"{_LUO}, eq. 7"),
    "mean.luo_s2": Formula("mean from q1, median, q3", f"{_LUO}, eq. 11"),
    "mean.luo_s3": Formula("mean from minimum, q1, median, q3, maximum", f"{_LUO}, eq. 15"),
    "mean_sd.qe": Formula(
        "the best of normal, log-normal, gamma and Weibull fitted to the quantiles",
        "McGrath et al. 2020, Stat Methods Med Res 29:2520",
    ),
    "mean_sd.bc": Formula(
        "Box-Cox transform to symmetry, Luo's mean and Wan's SD, integrated back",
        "McGrath et al. 2020, Stat Methods Med Res 29:2520",
    ),
    "sd_change.from_se": Formula("s_D = SE √n", f"{_HANDBOOK}, 6.5.2.3"),
    "sd_change.from_ci": Formula("s_D = √n (high − low)/(2 t(n − 1))", f"{_HANDBOOK}, 6.5.2.3"),
    "sd_change.from_t": Formula("s_D = |Δ| √n/|t|", f"{_HANDBOOK}, 6.5.2.8"),
    "sd_change.from_f": Formula("s_D = |Δ| √n/√F (two times)", f"{_HANDBOOK}, 6.5.2.8"),
    "sd_change.from_p": Formula("s_D = |Δ| √n/t, t from the two-sided p", f"{_HANDBOOK}, 6.5.2.8"),
    "r.from_sds": Formula("r = (s1² + s2² − s_D²)/(2 s1 s2)", f"{_HANDBOOK}, 6.5.2.8"),
    "r.pooled": Formula(
        "r of other studies of the review by Fisher's z, weights n − 3", f"{_HANDBOOK}, 6.5.2.8"
    ),
    "MC": Formula("yi = Δ; vi = (s1² + s2² − 2 r s1 s2)/n", _METAFOR),
    "MC.sd_change": Formula("yi = Δ; vi = s_D²/n", _METAFOR),
    "SMCC": Formula("yi = J(n − 1) Δ/s_D; vi = 1/n + yi²/(2 n)", "Gibbons et al. 1993"),
    "SMCR": Formula("yi = J(n − 1) Δ/s1; vi = 2 (1 − r)/n + yi²/(2 n)", "Becker 1988"),
    "SMCRH": Formula(
        "yi = J(n − 1) Δ/s1; vi = J² (s_D²/(s1² (n − 1)) + yi²/(2 (n − 1)))", "Bonett 2008"
    ),
    "ROMC": Formula(
        "yi = log(m1/m2); vi = s1²/(n m1²) + s2²/(n m2²) − 2 r s1 s2/(m1 m2 n)", "Lajeunesse 2011"
    ),
}
