"""Readers of the page and of the exports, each written from its format and not from its writer."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser

from docx import Document
from docx.oxml.ns import qn

NUMERAL = re.compile("[\u2212-]?[0-9]+(?:[.,\u202f][0-9]+)*")


def numerals(text: str) -> list[str]:
    """Every number of a text, sign and digits as printed."""
    return NUMERAL.findall(text.replace("\u2060", ""))


# --- the page ----------------------------------------------------------------------------------


class _Tables(HTMLParser):
    """The cells of every table of a page, by the id of the element around it."""

    def __init__(self):
        super().__init__()
        self.found, self.name, self.marks = {}, "", 0
        self.open, self.depth = None, 0

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "div" and given.get("class") == "sheet":
            self.name, self.over = given["id"], {}
            self.found[self.name] = []
        elif tag == "tr":
            self.row, self.place = [], 0
        elif tag in ("td", "th"):
            self._covered()
            self.open, self.rows = "", int(given.get("rowspan", 1))
        elif tag == "a" and given.get("class") == "marks":
            self.marks = 1
        elif tag == "span" and self.open is not None:
            self.open += " "

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self.open is not None:
            if self.rows > 1:
                self.over[len(self.row)] = [self.rows - 1, self.open]
            self.row.append(self.open)
            self.open = None
        elif tag == "tr":
            self._covered()
            if self.name:
                self.found[self.name].append(self.row)
        elif tag == "a":
            self.marks = 0
        elif tag == "table":
            self.name = ""

    def handle_data(self, data):
        if self.open is not None and not self.marks:
            self.open += data

    def _covered(self):
        while self.name and self.over.get(len(self.row), [0])[0]:
            held = self.over[len(self.row)]
            held[0] -= 1
            self.row.append(held[1])


def html_tables(html: str) -> dict[str, list[list[str]]]:
    """Rows of text, header first, of every table of the page; merged cells are repeated."""
    reader = _Tables()
    reader.feed(html)
    return reader.found


# --- CSV, LaTeX ----------------------------------------------------------------------------------


def csv_rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


_NAMED = {
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textless": "<",
    "textgreater": ">", "textbar": "|", "textasciigrave": "`", "textendash": "–",
    "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "textellipsis": "…",
}  # fmt: skip
_MATH = {
    "-": "−", r"\times": "×", r"\pm": "±", r"\le": "≤", r"\ge": "≥", r"\ne": "≠",
    r"\rightarrow": "→", r"\alpha": "α", r"\beta": "β", r"\kappa": "κ", r"\mu": "μ",
    r"\rho": "ρ", r"\sigma": "σ", r"\tau": "τ", r"\chi": "χ",
}  # fmt: skip
_TOKEN = re.compile(
    r"\\symbol\{34\}|\\text(?:super|sub)script\{(?:[^{}]*)\}|\\[A-Za-z]+(?:\{\})?|\\.|\$[^$]*\$"
    r"|\{\[\}|\{\]\}|\{\*\}|\{\}|.",
    re.DOTALL,
)


def tex_tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def tex_plain(text: str) -> str:
    """What a piece of escaped LaTeX prints. Anything that is not known raises ValueError."""
    out = []
    for token in tex_tokens(text):
        if token.startswith("$"):
            out.append(_MATH[token.strip("$")])
        elif script := re.fullmatch(r"\\text(super|sub)script\{(.*)\}", token):
            low = script[1] == "sub"
            digits = "₀₁₂₃₄₅₆₇₈₉" if low else "⁰¹²³⁴⁵⁶⁷⁸⁹"
            inner = script[2].replace("$-$", "-")
            out.append("".join("⁻" if c == "-" else digits[int(c)] for c in inner))
        elif token == r"\symbol{34}":
            out.append('"')
        elif token == r"\,":
            out.append("\u202f")
        elif token.startswith("\\"):
            name = token[1:].removesuffix("{}")
            if name in _NAMED:
                out.append(_NAMED[name])
            elif name in set("{}&%$#_"):
                out.append(name)
            else:
                raise ValueError(token)
        elif token in ("{[}", "{]}", "{*}"):
            out.append(token[1])
        elif token == "~":
            out.append("\u00a0")
        elif token == "{}":
            continue
        elif token in set("{}&%$#_^\\"):
            raise ValueError(f"bare {token} in {text!r}")
        else:
            out.append(token)
    return "".join(out)


def tex_rows(text: str) -> list[list[str]]:
    """Rows of text of a LaTeX table, header first; raised footnote marks are left out."""
    rows = []
    head = r"\endfirsthead"
    if head in text:
        start = text[: text.index(head)]
        text = start + text[text.index(r"\endlastfoot") :]
    for line in text.split("\n"):
        if not line.endswith(r" \\") or line.startswith("%"):
            continue
        line = re.sub(r"\\textsuperscript\{[a-z,]+\}", "", line.removesuffix(r" \\"))
        row, cell = [], ""
        for token in tex_tokens(line):
            if token == "&":
                row.append(cell)
                cell = ""
            else:
                cell += token
        rows.append([tex_plain(part.strip()) for part in [*row, cell]])
    return rows


# --- Word ----------------------------------------------------------------------------------------


def docx_tables(data: bytes) -> dict[str, list[list[str]]]:
    """Rows of text of every table, by the number in its caption; raised runs are left out."""
    document = Document(io.BytesIO(data))
    for raised in document.element.body.iter(qn("w:vertAlign")):
        for text in raised.getparent().getparent().iter(qn("w:t")):
            text.text = ""
    found = {}
    for table in document.tables:
        caption = "".join(t.text or "" for t in table._tbl.getprevious().iter(qn("w:t")))
        rows = []
        for row in table._tbl.iter(qn("w:tr")):
            cells = []
            for place, cell in enumerate(row.iter(qn("w:tc"))):
                merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                if merged is not None and merged.get(qn("w:val")) == "continue":
                    cells.append(rows[-1][place])
                else:
                    lines = cell.iter(qn("w:p"))
                    cells.append(
                        " ".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in lines)
                    )
            rows.append(cells)
        found[re.match(r"Table (\d+)\.", caption)[1]] = rows
    return found


# --- Markdown ------------------------------------------------------------------------------------


def md_plain(text: str) -> str:
    """Escaped Markdown as it is read."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


def md_tables(text: str) -> dict[str, list[list[str]]]:
    """Rows of every pipe table, header first, by the number in its title."""
    found, number = {}, ""
    for line in text.split("\n"):
        if title := re.match(r"\*\*Table (\d+)\.\*\*", line):
            number = title[1]
        elif line.startswith("| ") and not re.fullmatch(r"[| :-]+", line):
            cells = re.split(r"(?<!\\)\|", line)[1:-1]
            found.setdefault(number, []).append([md_plain(cell.strip()) for cell in cells])
    return found
