"""BibTeX's markup as plain text: accents, symbols, braces, commands."""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "c": "\u0327",
    "k": "\u0328",
    "d": "\u0323",
    "b": "\u0331",
}
_SYMBOLS = {
    "ss": "ß",
    "SS": "ẞ",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "i": "ı",
    "j": "ȷ",
    "dh": "ð",
    "DH": "Ð",
    "th": "þ",
    "TH": "Þ",
    "dj": "đ",
    "DJ": "Đ",
    "textquoteright": "’",
    "textquoteleft": "‘",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "textquotesingle": "'",
    "textendash": "–",
    "textemdash": "—",
    "textellipsis": "…",
    "ldots": "…",
    "dots": "…",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textbackslash": "\\",
    "textbar": "|",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textless": "<",
    "textgreater": ">",
    "textunderscore": "_",
    "textdegree": "°",
    "textmu": "μ",
    "textpm": "±",
    "texttimes": "×",
    "textregistered": "®",
    "texttrademark": "™",
    "textcopyright": "©",
    "copyright": "©",
    "textbullet": "•",
    "textsuperscript": "",
    "textsubscript": "",
    "pm": "±",
    "times": "×",
    "leq": "≤",
    "le": "≤",
    "geq": "≥",
    "ge": "≥",
    "neq": "≠",
    "approx": "≈",
    "sim": "~",
    "cdot": "·",
    "degree": "°",
    "circ": "°",
    "infty": "∞",
    "rightarrow": "→",
    "to": "→",
    "leftarrow": "←",
    "S": "§",
    "P": "¶",
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "zeta": "ζ",
    "eta": "η",
    "theta": "θ",
    "iota": "ι",
    "kappa": "κ",
    "lambda": "λ",
    "mu": "μ",
    "nu": "ν",
    "xi": "ξ",
    "pi": "π",
    "rho": "ρ",
    "sigma": "σ",
    "tau": "τ",
    "phi": "φ",
    "chi": "χ",
    "psi": "ψ",
    "omega": "ω",
    "Gamma": "Γ",
    "Delta": "Δ",
    "Sigma": "Σ",
    "Omega": "Ω",
    "TeX": "TeX",
    "LaTeX": "LaTeX",
    "BibTeX": "BibTeX",
    "hyphen": "-",
    "slash": "/",
    "ng": "ŋ",
    "NG": "Ŋ",
    "quotesinglbase": "‚",
    "quotedblbase": "„",
    "guillemotleft": "«",
    "guillemotright": "»",
    "textperiodcentered": "·",
}
_ACCENT = re.compile(
    r"\\([`'^~=.\"])\s*(?:\{\s*(\\?[A-Za-z])\s*\}|(\\[ij](?![A-Za-z])|[A-Za-z]))"
    r"|\\([uvHcdbkr])(?:\s*\{\s*(\\?[A-Za-z])\s*\}|\s+([A-Za-z])(?![A-Za-z]))"
)
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?[ \t]*(?:\{\})?")
# What stands between \\( and \\) is a formula if it has a command, a power or an index.
_FORMULA = re.compile(r"\\\(([^()]{1,300})\\\)")
_DOLLARS = re.compile(r"\$[^$]{1,200}\$")
_INDEX = re.compile(r"_(?=\{)")
_ESCAPED = re.compile(r"\\([&%$#_{}~^, /;:!@|<>=+\-\[\]()])")
_MATH_DIGITS = re.compile(r"(?<=\d)\$?\^\{?([^{}$ ]{1,6})\}?")


def plain(text: str) -> str:
    """The text that a LaTeX value prints: "{\\'e}" is "é", "\\&" is "&", braces are gone."""
    if "\\" not in text and "{" not in text and "$" not in text and "~" not in text:
        return text
    if "\\" in text:
        text = _ACCENT.sub(_accented, text)
        text = _FORMULA.sub(_formula, text)
        text = _COMMAND.sub(_symbol, text)
        text = _ESCAPED.sub(lambda match: _held(match.group(1)), text)
    if text.count("$") > 1:
        text = _DOLLARS.sub(lambda match: match.group().replace("_", ""), text)
        text = _MATH_DIGITS.sub(r"(\1)", text).replace("$", "")
    text = _INDEX.sub("", text)
    text = text.replace("{", "").replace("}", "").replace("~", " ").replace("\\", "")
    return _released(text)


def _symbol(match: re.Match[str]) -> str:
    sign = _SYMBOLS.get(match.group(1), "")
    return _HELD.get(sign, sign)


def _formula(match: re.Match[str]) -> str:
    said = match.group(1)
    # The empty group keeps the blank behind the formula from the command before it.
    return said + "{}" if any(sign in said for sign in "\\^_") else match.group()


def _accented(match: re.Match[str]) -> str:
    mark = match.group(1) or match.group(4)
    letter = match.group(2) or match.group(3) or match.group(5) or match.group(6)
    letter = letter.lstrip("\\")
    return unicodedata.normalize("NFC", letter + _ACCENTS[mark])


# Escaped signs that the later steps would remove are held in the private use area meanwhile.
_HELD = {character: chr(0xE000 + number) for number, character in enumerate("{}$~^&%#_\\")}
_RELEASE = str.maketrans({held: character for character, held in _HELD.items()})


def _held(character: str) -> str:
    return _HELD.get(character, " " if character in ", ;:!" else character)


def _released(text: str) -> str:
    return text.translate(_RELEASE)
