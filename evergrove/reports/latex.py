"""Tables for LaTeX documents: booktabs rules, every special character escaped.

The documents that take them up need the packages booktabs, longtable and array. Letters beyond
ASCII stay as they are: pdfLaTeX knows those of the Latin script, XeLaTeX and LuaLaTeX all that
their font has.
"""

from __future__ import annotations

import re
from typing import Any

from evergrove import wording
from evergrove.reports.text import one_line

_BACKSLASH = "\\"
_MAP = {
    _BACKSLASH: r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "`": r"\textasciigrave{}",
    '"': r"\symbol{34}",
    # Behind the end of a row, a bracket would be its argument and an asterisk a part of it.
    "[": "{[}",
    "]": "{]}",
    "*": "{*}",
    wording.MINUS: "$-$",
    "\u2013": r"\textendash{}",
    "\u2014": r"\textemdash{}",
    "\u2018": r"\textquoteleft{}",
    "\u2019": r"\textquoteright{}",
    "\u201c": r"\textquotedblleft{}",
    "\u201d": r"\textquotedblright{}",
    "\u2026": r"\textellipsis{}",
    wording.NO_BREAK_SPACE: "~",
    wording.NARROW_SPACE: r"\,",
    wording.WORD_JOINER: "",
    "\u00d7": r"$\times$",
    "\u00b1": r"$\pm$",
    "\u2264": r"$\le$",
    "\u2265": r"$\ge$",
    "\u2260": r"$\ne$",
    "\u2192": r"$\rightarrow$",
    "\u03b1": r"$\alpha$",
    "\u03b2": r"$\beta$",
    "\u03ba": r"$\kappa$",
    "\u03bc": r"$\mu$",
    "\u03c1": r"$\rho$",
    "\u03c3": r"$\sigma$",
    "\u03c4": r"$\tau$",
    "\u03c7": r"$\chi$",
}
_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", [*"0123456789", "$-$"], strict=True))
_LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
_SMALL = re.compile(f"([{''.join(_RAISED)}]+)|([{''.join(_LOWERED)}]+)")
# Two of them beside each other would print as another sign: "--" as a dash, "<<" as a guillemet.
_LIGATURES = re.compile(r"([-,'!?])(?=\1)")
# Longer tables break over pages.
_ONE_PAGE = 30


def escape(text: str | None) -> str:
    """The text for a LaTeX document: it prints what it says and runs nothing."""
    parts, done = [], 0
    text = one_line(text)
    for found in _SMALL.finditer(text):
        parts.append(_plain(text[done : found.start()]))
        signs, name = (_RAISED, "super") if found[1] else (_LOWERED, "sub")
        parts.append(f"\\text{name}script{{{''.join(signs[sign] for sign in found[0])}}}")
        done = found.end()
    return "".join([*parts, _plain(text[done:])])


def _plain(text: str) -> str:
    return "".join(_MAP.get(sign, sign) for sign in _LIGATURES.sub("\\1\u2063", text)).replace(
        "\u2063", "{}"
    )


def table(made: dict[str, Any], slug: str) -> str:
    """One table of the page as LaTeX, its notes below it; label ``tab:<slug>-<table>``.

    A second line of a cell follows in brackets, as in the CSV file; footnote marks are raised.
    """
    head = f"% Needs \\usepackage{{booktabs,longtable,array}}\n% {_comment(made['caption'])}\n"
    caption = f"\\caption{{{escape(made['caption'])}}}\\label{{tab:{slug}-{made['id']}}}"
    if not made["groups"]:
        return f"{head}\\begin{{table}}[htbp]\n{caption}\n{escape(made['empty'])}\n\\end{{table}}\n"
    columns = "".join(_alignment(column["kind"]) for column in made["columns"])
    labels = " & ".join(escape(column["label"]) for column in made["columns"]) + r" \\"
    body = "\\addlinespace\n".join(
        "".join(f"{' & '.join(map(_cell, row))} \\\\\n" for row in group)
        for group in made["groups"]
    )
    notes = "".join(f"{text}\\par\n" for text in _notes(made))
    if sum(map(len, made["groups"])) > _ONE_PAGE:
        return (
            f"{head}\\begingroup\\footnotesize\n\\begin{{longtable}}{{{columns}}}\n{caption}\\\\\n"
            f"\\toprule\n{labels}\n\\midrule\n\\endfirsthead\n\\toprule\n{labels}\n\\midrule\n"
            f"\\endhead\n\\bottomrule\n\\endlastfoot\n{body}\\end{{longtable}}\n"
            f"{notes}\\endgroup\n"
        )
    return (
        f"{head}\\begin{{table}}[htbp]\n\\centering\\footnotesize\n{caption}\n"
        f"\\begin{{tabular}}{{{columns}}}\n\\toprule\n{labels}\n\\midrule\n{body}\\bottomrule\n"
        f"\\end{{tabular}}\n\\par\\medskip\n{notes}\\end{{table}}\n"
    )


def _alignment(kind: str) -> str:
    return {"number": "r", "long": r">{\raggedright\arraybackslash}p{4.5cm}"}.get(kind, "l")


def _cell(item: dict[str, Any]) -> str:
    text = escape(item["text"])
    if item["detail"]:
        text = f"{text} {{[}}{escape(item['detail'])}{{]}}".lstrip()
    marks = ",".join(escape(note["mark"]) for note in item["notes"])
    if marks:
        text += f"\\textsuperscript{{{marks}}}"
    # An empty first cell must not let the row begin with what could be an argument.
    return text or "{}"


def _notes(made: dict[str, Any]) -> list[str]:
    found = []
    for note in made["footnotes"]:
        more = f": {escape(note['text'])}" if note["text"] else ""
        found.append(f"\\textsuperscript{{{escape(note['mark'])}}}~{escape(note['label'])}{more}")
    return found + ([escape(made["note"])] if made["note"] else [])


def _comment(text: str) -> str:
    """Text behind a percent sign: nothing in it can end the line."""
    return one_line(text)
