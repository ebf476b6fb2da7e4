"""Raw text to tokens: normalised spelling with a map back.

Every later module works on tokens; every span that leaves the package goes through
`Source.span`, so that it always points into the text as it came.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

from evergrove.reading.numbers.named_ends import MAYBE_ENDS, name_ends
from evergrove.reading.text.arrows import ARROWS, MAYBE_ARROW, spell_arrows
from evergrove.reading.text.clues import Clues
from evergrove.reading.text.decimal_commas import COMMA_DIGIT, writes_commas
from evergrove.reading.text.glued_names import split_numbers
from evergrove.reading.text.plain_words import plain_words
from evergrove.reading.text.square_brackets import one_form
from evergrove.reading.text.stray_commas import (
    MAYBE_COMMA,
    MAYBE_LISTED,
    join_listed_commas,
    join_stray_commas,
)
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE
from evergrove.reading.text.written_numbers import number_words

# Headings of an abstract whose blank was lost: "ResultsPatients had ...".
_GLUED_HEADINGS = (
    "Results?|Methods?|Background|Conclusions?|Objectives?|Introduction|Purpose|Aims?|Findings|"
    "Interpretation|Discussion|Measurements|Interventions?|Participants|Design|Setting"
)
# "+/-", "+ -2.1", "-/+ 2.1", "+_ 2.1", "+ or -", "plus or minus", "plus-minus", ".+-.": one sign
_MINUS = "[-\u2010-\u2013\u2212]"
_PLUS_OR_MINUS = (
    rf"(?:\+\s?[/|]\s?(?:{_MINUS}|_(?=\s?[\d.]))"
    r"|\.\+/?-\.(?=\s?\d)"
    r"|\+[ \u00a0]?[-_\u2013\u2212](?=[ \u00a0]?[\d.\])}$])"
    rf"|{_MINUS}(?<![^\W\d_]{_MINUS})/\+(?=\s?\d)|\+ or {_MINUS}"
    r"|plus(?<!\wplus)(?: or |[-/ ])minus\b)"
)
# Spellings of one sign that take several characters. Everything else is normalised one to one.
# What each may begin with is asked first: at most characters of a text nothing else is.
_LONG = re.compile(
    rf"(?=[&<({{$+.pv\[\\\u00c2A-Z]|{_MINUS})(?:"
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,12}\d{0,2});"
    r"|</?(?:i|b|u|em|strong|sup|sub|p|br|span|sc|bold|italic)\s?/?>"
    # "7.1 {+-} 1.2", "7.1 [plus or minus] 1.2", "7.1 $\pm$ 1.2": the sign in brackets of its own
    rf"|[\[({{$]\s?(?:{_PLUS_OR_MINUS}|\u00c2?\u00b1|\\pm)\s?[\])}}$](?=\s?[\d.])"
    rf"|{_PLUS_OR_MINUS}|\u00c2\u00b1|\\pm\b|-{{1,2}}>"
    r"|v(?<![^\W\d_]v)(?:s|ersus)(?=\d)"
    rf"|(?=[A-Z])(?<![^\W\d_])(?:{_GLUED_HEADINGS})(?=[A-Z]))"
)
# One of these stands in each of them; looking for them first is many times faster.
# A single rare sign is found faster still; what stands before it is asked behind it.
_MAYBE_LONG = Clues(
    "&", "+", "plus", "\u00c2", ("\\", r"\\pm"), (">", r">(?<=->)"),
    ("\u00b1", r"\u00b1(?<=[(\[{]\u00b1)"),
)  # fmt: skip
_TAG = re.compile("<[/a-z]")  # not every "<": that of "p < 0.001" is in most texts
_GLUED = re.compile(r"(?:vs|versus)(?=\d)")  # "3.2 vs5.1": a blank was lost
_GLUED_HEADING = re.compile(f"(?:{_GLUED_HEADINGS})(?=[A-Z])")
_CHARACTERS = {
    # Every space and line end, and marks that print nothing.
    **dict.fromkeys(
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009", " "
    ),
    **dict.fromkeys(
        "\u200a\u202f\u205f\u3000\t\n\r\x0b\x0c\x85\u2028\u2029\u200b\ufeff\u00ad", " "
    ),
    **dict.fromkeys("*\u2217\u200e\u200f\u2060", " "),
    # Marks of a trade name: "the Vibro® group".
    **dict.fromkeys("\u00ae\u2122\u00a9", " "),
    # Hyphens; the en dash, em dash and minus sign are kept apart.
    **dict.fromkeys("\u2010\u2011\u2012\ufe63\uff0d\u2043", "-"),
    # Signs that look like "<" and ">": "P \u02c2 0.05".
    **dict.fromkeys("\u02c2\u2039\u27e8\u3008\u227a\u1438", "<"),
    **dict.fromkeys("\u02c3\u203a\u27e9\u3009\u227b\u1433", ">"),
    "\u207b": "\u2212",
    "\u2015": "\u2014",
    **dict.fromkeys("\u2a7d\u2266", "\u2264"),
    **dict.fromkeys("\u2a7e\u2267", "\u2265"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`", "'"),
    "\u2213": "\u00b1",
    # Signs as the files of some publishers hold them: "3.4 \u2afe 1.6", "p \u2afd 0.03".
    **dict.fromkeys("\u2afe\u2d1e", "\u00b1"),
    **dict.fromkeys("\u2afd\u2d1d\u208c\u207c", "="),
    **dict.fromkeys("\u2afa\u2d1a\u208b", "\u2212"),
    "\u2b0d": "<",
    "\u2b0e": ">",
    **dict.fromkeys("\u2044\u2215", "/"),
    **dict.fromkeys("\u02da\u00ba", "\u00b0"),
    "\u03bc": "\u00b5",
    **{chr(0xFEE0 + ord(sign)): sign for sign in "=<>%()[],;:./+"},
}
_POINTS_BETWEEN = "\u00b7\u2219\u22c5\u2022\u2027"
_POINT = re.compile(rf"(?<=\d)[{_POINTS_BETWEEN}](?=\d)")


@dataclass(slots=True, eq=False)
class Source:
    """The raw text, its normalised form, and where each normalised character came from.

    `said`: its words and numbers in small letters, once it is cut into tokens.
    """

    raw: str
    norm: str
    starts: list[int] | None = None
    ends: list[int] | None = None
    said: frozenset[str] = frozenset()

    def span(self, start: int, end: int) -> list:
        """[start, end, surface] in the raw text of a half-open range of the normalised text."""
        if self.starts is not None and self.ends is not None:
            start, end = self.starts[start], self.ends[end - 1]
        return [start, end, self.raw[start:end]]

    def place(self, start: int) -> int:
        """The place in the raw text of one character of the normalised text."""
        return start if self.starts is None else self.starts[start]


def _normal_character(character: str) -> str:
    known = _CHARACTERS.get(character)
    if known is not None:
        return known
    if character.isdecimal() and not character.isascii():
        return str(unicodedata.decimal(character))
    if 0xD800 <= ord(character) <= 0xDFFF:
        return " "
    return character


class _Table(dict):
    """A translation table that fills itself with the characters it meets."""

    def __missing__(self, key: int) -> str:
        value = self[key] = _normal_character(chr(key))
        return value


_TABLE = _Table()
# What may have another spelling; looking for it is faster than a look at each character.
_OTHER = re.compile("[^ -)+-_a-~]")


def _plain(text: str) -> str:
    return _OTHER.sub(lambda match: _TABLE[ord(match.group())], text)


def _spelt(text: str) -> str:
    """Each sign in its one spelling, where none makes the text longer or shorter."""
    return one_form(_dashes(_points(_plain(text))))


def _points(norm: str) -> str:
    """ "3·1": a decimal point."""
    if norm.isascii() or not any(point in norm for point in _POINTS_BETWEEN):
        return norm
    return _POINT.sub(".", norm)


def _dashes(norm: str) -> str:
    """ "2.4~3.8": a range; "~3.8" alone is about so much. "p \u00bc 0.03": an equals sign."""
    if "\u00bc" in norm:
        norm = _QUARTER.sub("=", norm)
    return _TILDE.sub("\u2013", norm) if _MAYBE_TILDE.within(norm) else norm


_QUARTER = re.compile(r"(?:(?<=\b[pPnN])|(?<=\b[pPnN] ))\u00bc(?=\s?[\d.])")
_TILDES = "~\u223c\uff5e\u301c"
_MAYBE_TILDE = Clues(*_TILDES)
_TILDE = re.compile(rf"(?<=\d)[{_TILDES}](?=\d)|(?<=\d )[{_TILDES}](?= \d)")


def normalise(raw: str) -> Source:
    """The text with one spelling for each sign, space and digit, and the map back."""
    glued = ("vs" in raw or "versus" in raw) and _GLUED.search(raw)
    glued = glued or _GLUED_HEADING.search(raw)
    maybe = glued or _MAYBE_LONG.within(raw) or _TAG.search(raw)
    if not maybe or not (glued or _LONG.search(raw)):
        return Source(raw, _spelt(raw))
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for match in _LONG.finditer(raw):
        _copy(raw, position, match.start(), pieces, starts, ends)
        new = _long_form(match.group())
        pieces.append(new)
        starts.extend([match.start()] * len(new))
        ends.extend([match.end()] * len(new))
        position = match.end()
    _copy(raw, position, len(raw), pieces, starts, ends)
    norm = _spelt("".join(pieces))
    return Source(raw, norm, starts, ends)


def _copy(raw: str, a: int, b: int, pieces: list[str], starts: list[int], ends: list[int]) -> None:
    pieces.append(raw[a:b])
    starts.extend(range(a, b))
    ends.extend(range(a + 1, b + 1))


def _long_form(text: str) -> str:
    if text[-1] == ">" and text[0] == "-":
        return "\u2192"
    if text[0] == "&":
        plain = html.unescape(text)
        return plain[0] if len(plain) == 1 else text
    if text[0] == "v":
        return f" {text} "
    if text[0].isupper():
        return f"{text} "
    return " " if text[0] == "<" else "±"


# Blanks, and one of the kinds: a tuple of all of them, of which one is not empty. Most words are
# "plain" ones; what else is a word ("naïve", "Smith's") is looked for after numbers.
_TOKEN = r"""
(\s*)(?:
(?P<plain>[A-Za-z][A-Za-z0-9]*(?![\w.']))
|(?P<id>\d+(?:\.\d+){2,}|10\.(?<![\w.]10\.)\d{4,5}/[\w.()/:;-]*\w)
|(?P<num>%s\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?|\d+(?:\.\d+)?|\.(?<![\w.]\.)\d+)
|(?P<abbr>(?=[^\W\d_]{1,6}\.)(?i:v\.(?<!/v\.)(?=\s[\d(a-z])|s\.\s?[de]\.(?:\s?m\.)?|std\.\s?dev\.|c\.i(?=\s?[:=])|vs\.|versus\.(?=\s[\d(a-z−-])|i\.e\.|e\.g\.|n\.s\.|c\.i\.|approx\.|ca\.|resp\.|incl\.|cf\.
  |al\.|no\.(?=\s?\d)|figs?\.|p\.o\.|i\.v\.|v\.a\.s\.|n\.r\.s\.|wks?\.(?=\s(?-i:[a-z(]))|mos?\.(?=\s(?-i:[a-z(]))|yrs?\.(?=\s(?-i:[a-z(])))(?![^\W\d_]))
|(?P<word>[^\W\d_][^\W_]*(?:'[^\W\d_]+)?)
|(?P<sym>=>|-{1,2}>|\S))
"""
# "0,01" is a decimal comma in any text; other commas only where the text writes so.
_POINTS = re.compile(_TOKEN % r"0(?<![\d.,]0),\d+(?![\d,]|\.\d)|", re.X)
_COMMAS = re.compile(_TOKEN % r"\d+,\d{1,2}(?![\d,])|0,\d{3,5}(?!\d)|", re.X)
# The same where the language is one that writes so: a comma may follow ("5,1, 3,8 und 2,6").
_LISTED = re.compile(_TOKEN % r"\d+,\d{1,2}(?!\d|,\d)|0,\d{3,5}(?!\d)|", re.X)
_ABBREVIATIONS = {
    "s.d.": "sd",
    "s.e.": "se",
    "std.dev.": "sd",
    "s.e.m.": "sem",
    "n.s.": "ns",
    "c.i.": "ci",
    "c.i": "ci",
    "v.a.s.": "vas",
    "v.": "vs",
    # "3.8 at 6 months, i.e. a mean reduction of 3.5": what follows belongs to what was said.
    "i.e.": "with",
}


# "4.0 in the music group as OPPOSED to 6.0"; a capital V is a name
_SPELT_OTHERWISE = {"v": "vs", "opposed": "compared"}
_ORDINAL_ENDS = frozenset({"st", "nd", "rd", "th"})


def close(tokens: list[Token]) -> list[Token]:
    """The tokens with a full stop of no length behind them, where a text was cut before its own."""
    if not tokens or tokens[-1].word in (".", "!", "?"):
        return tokens
    end = tokens[-1].end
    return [*tokens, Token("s", end, end, ".", 0.0, False, "", ".")]


def tokenise(source: Source, *, decimal_comma: bool = False) -> list[Token]:
    """All tokens of a text in order; `decimal_comma` for a language that writes 5,1 for 5.1."""
    norm = source.norm
    digit_behind = COMMA_DIGIT.search(norm) is not None
    comma = digit_behind and writes_commas(norm)
    tokens: list[Token] = []
    end = 0
    glued = False  # "decreased from138.2"
    commas = _LISTED if decimal_comma else _COMMAS
    add = tokens.append
    stop = len(norm.rstrip())  # blanks at the end would be looked at again and again
    for blanks, plain, ident, num, abbr, part, sign in (commas if comma else _POINTS).findall(
        norm, 0, stop
    ):
        spaced = blanks != "" or end == 0
        start = end + len(blanks)
        text = plain or sign or num or part or abbr or ident
        end = start + len(text)
        if sign:
            add(Token("s", start, end, "to" if sign in ARROWS else sign, 0.0, spaced, "", sign))
        elif plain or part:
            word = text.lower()
            if not spaced:
                if word in _ORDINAL_ENDS and tokens and tokens[-1].kind == "n":
                    tokens[-1].flag = "ord"
            elif word in _SPELT_OTHERWISE and text != "V":
                word = _SPELT_OTHERWISE[word]
            add(Token("w", start, end, word, 0.0, spaced, "", text))
            glued = glued or (part != "" and part[-1].isdigit())
        elif num:
            word = _plain_number(text, comma) if "," in text else text
            value = float(word.replace(",", "") if "," in word else word)
            add(Token("n", start, end, word, value, spaced, "", text))
        elif abbr:
            word = text.lower().replace(" ", "")
            word = _ABBREVIATIONS.get(word, word.rstrip("."))
            add(Token("w", start, end, word, 0.0, spaced, "", text))
        else:
            add(Token("n", start, end, text, 0.0, spaced, "id", text))
    if glued:
        tokens = split_numbers(tokens)
    source.said = frozenset([token.word for token in tokens])
    plain_words(tokens, norm)
    if "±" in norm and _DASHED.search(norm):
        _dash_for_to(tokens)
    if "+" in norm and _PLUS.search(norm):
        _plus_for_spread(tokens)
    if MAYBE_ARROW.within(norm):
        spell_arrows(tokens)
    if " down to " in norm or " up to " in norm or " back to " in norm:
        tokens = _plain_to(tokens)
    if _SPACED.search(norm):
        tokens = _spaced_thousands(tokens)
    if not decimal_comma and (digit_behind or comma) and MAYBE_COMMA.search(norm):
        tokens = join_stray_commas(tokens, sure=comma)
    if comma and MAYBE_LISTED.search(norm):
        tokens = join_listed_commas(tokens)
    tokens = number_words(tokens)
    if MAYBE_ENDS.within(norm.lower(), source.said):
        tokens = name_ends(tokens)
    return _per_cent(tokens) if "cent" in norm else tokens


_SPACED = re.compile(r" \d{3} (?<=\d \d\d\d )[a-z]")  # begins with a blank, to be found fast
_NUMBERED = frozenset(("group", "arm", "phase", "type", "grade", "stage", "week", "day", "month"))


def _spaced_thousands(tokens: list[Token]) -> list[Token]:
    """ "10 845 patients": one number of people, with a blank for the comma of its thousands."""
    out: list[Token] = []
    for at, token in enumerate(tokens):
        head = out[-1] if out else None
        near = {later.word for later in tokens[at + 1 : at + 3]}
        if (
            head is not None
            and head.kind == token.kind == "n"
            and head.raw.isdigit()
            and token.raw.isdigit()
            and len(token.raw) == 3 >= len(head.raw)
            and token.start == head.end + 1
            and near & PEOPLE
            and (len(out) < 2 or (out[-2].word not in _NUMBERED and out[-2].kind != "n"))
        ):
            whole = head.raw + token.raw
            raw = f"{head.raw} {token.raw}"
            out[-1] = Token("n", head.start, token.end, whole, float(whole), head.spaced, "", raw)
            continue
        out.append(token)
    return out


_PLUS = re.compile(r"\d\s?\+\s?\d")


def _plus_for_spread(tokens: list[Token]) -> None:
    """ "fell by 3.1 + 1.2", "41 ± 9 vs 38 + 8": a plus that was printed for a ±.

    Two numbers with decimals, or two behind a number with its ±; "3 + 4" alone may be a sum.
    """
    for i in range(1, len(tokens) - 1):
        left, right = tokens[i - 1], tokens[i + 1]
        if tokens[i].word != "+" or left.kind != "n" or right.kind != "n":
            continue
        exact = "." in left.word and "." in right.word
        if exact or any(token.word == "±" for token in tokens[max(0, i - 6) : i]):
            tokens[i].word = "±"


_DASHED = re.compile(r"±\s?\d[\d.]*\s?[-\u2013\u2014]\s?\d[\d.]*\s?±")


def _dash_for_to(tokens: list[Token]) -> None:
    """ "VAS: 5.9 ± 0.9–2.3 ± 0.6": a dash between two scores with their spreads says "to"."""
    for k in range(2, len(tokens) - 2):
        if tokens[k].word not in ("-", "\u2013", "\u2014"):
            continue
        ends = tokens[k - 1].kind == "n" and tokens[k - 2].word == "±"
        if ends and tokens[k + 1].kind == "n" and tokens[k + 2].word == "±":
            tokens[k].word = "to"


_WAYS = frozenset({"down", "up", "back"})


def _plain_to(tokens: list[Token]) -> list[Token]:
    """ "from 7.1 down to 2.4", "from 12 mm up to 30 mm": the verb already says which way."""
    out: list[Token] = []
    for at, token in enumerate(tokens[:-1]):
        way = token.word in _WAYS and tokens[at + 1].word == "to" and tokens[at - 1].kind != "s"
        before = [t.word for t in out[-9:]] if way else []
        if "from" in before and any(t.kind == "n" for t in out[-9:][before.index("from") :]):
            continue
        out.append(token)
    return out + tokens[-1:]


def _plain_number(text: str, comma: bool) -> str:
    """The digits of a number with a decimal point, where its comma is a decimal one."""
    if (
        (comma or text[:2] == "0,")
        and text.count(",") == 1
        and "." not in text
        and (len(text) - text.index(",") < 4 or text[:2] == "0,")
    ):
        return text.replace(",", ".")
    return text


def _per_cent(tokens: list[Token]) -> list[Token]:
    """ "95 per cent", "95 percent" and "ninety-five percent" as "95 %"."""
    out: list[Token] = []
    for token in tokens:
        number = bool(out) and out[-1].kind == "n"
        if token.word == "percent" and number:
            token.word, token.kind = "%", "s"
        elif (
            token.word == "cent"
            and len(out) > 1
            and out[-1].word == "per"
            and (out[-2].kind == "n")
        ):
            out[-1].word, out[-1].kind, out[-1].end = "%", "s", token.end
            continue
        out.append(token)
    return out
