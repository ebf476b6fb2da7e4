"""Texts in other languages than English: which one it is, and its words as those of the grammar.

The grammar knows English function words only. A glossary (`glosses/`) gives, for one language, the
English words of its small words, verbs, units and phrases, the endings of its compounds and the
words that take endings. Numbers and signs are never touched, so that every span stays what it was.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from evergrove.reading.text import german
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import UNIT_DAYS, word_set
from evergrove.reading.text.written_numbers import number_words

FOLDER = Path(__file__).resolve().parents[1] / "glosses"
LANGUAGES = ("de", "es", "fr", "pt")
# Everything is text: "no" and "on" are words here, not truth values.
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# Without "in", which is German too.
_ENGLISH = word_set("the of and was were with at to from for than by had after is")


@dataclass(slots=True)
class Glossary:
    """One language. `phrases`: first word -> (words, their English words), longest first;
    `heads`: ending of a compound -> its English words, longest first; `parts`: what may stand
    before one; `two_parts`: verb -> its second part at the clause's end -> the English word."""

    markers: frozenset[str]
    words: dict[str, str]
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    heads: list[tuple[str, str]] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)
    two_parts: dict[str, dict[str, str]] = field(default_factory=dict)


@cache
def glossary(name: str) -> Glossary:
    """The glossary of a language in `LANGUAGES`, from its file in `glosses/`."""
    data: dict[str, Any] = yaml.load((FOLDER / f"{name}.yaml").read_bytes(), Loader=_Loader)
    words = dict(data["words"])
    for base, english in (data.get("inflected") or {}).items():
        for ending in ("", *data["endings"]):
            words.setdefault(f"{base}{ending}", english)
    for joined in data.get("joined_numbers") or ():
        # "vierundzwanzig": units, the joining word, tens
        for unit, small in joined["units"].items():
            for ten, large in joined["tens"].items():
                words[f"{unit}{joined['by']}{ten}"] = f"{large} {small}"
    out = Glossary(frozenset(data["markers"]), words)
    for printed, english in (data.get("phrases") or {}).items():
        parts = tuple(printed.split())
        out.phrases.setdefault(parts[0], []).append((parts, english))
    for entries in out.phrases.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    heads = (data.get("heads") or {}).items()
    out.heads = sorted(heads, key=lambda item: (-len(item[0]), item[0]))
    out.parts = dict(data.get("parts") or {})
    for verb in data.get("two_parts") or ():
        for form in verb["forms"]:
            out.two_parts[form] = verb["with"]
    return out


def language(words: list[str]) -> str | None:
    """The language of a text other than English, by its commonest small words."""
    count = len(words) or 1
    english = sum(map(_ENGLISH.__contains__, words))
    if english > 0.15 * count:
        return None
    best, score = None, 0
    for name in LANGUAGES:
        markers = glossary(name).markers
        hits = sum(map(markers.__contains__, words))
        if hits > score:
            best, score = name, hits
    return best if score > max(english, 0.1 * count) else None


def translate(tokens: list[Token], name: str) -> list[Token]:
    """The tokens with the words of the grammar in English; `raw`, spans and numbers stay."""
    gloss = glossary(name)
    for token in tokens if name == "fr" else ():
        if token.kind == "w" and token.word[1:2] == "'" and token.word[0] in "ldn":
            token.word = token.word[2:]  # "l'EVA", "d'intensité"
    out = _out_of(_translated(tokens, gloss))
    if name == "de":
        return number_words(german.reorder(out, gloss.two_parts))
    _romance_times(out)
    _romance_from(out)
    return out


def _out_of(tokens: list[Token]) -> list[Token]:
    """ "3,1 ± 1,2 sur 10", "3,1 sobre 10": the top of the scale behind a value."""
    out: list[Token] = []
    for at, token in enumerate(tokens):
        sides = tokens[at - 1 : at] + tokens[at + 1 : at + 2]
        numbers = [side.word for side in sides if side.kind == "n"]
        told = token.raw.lower() in ("sur", "sobre") and len(numbers) == 2
        if told and numbers[1] in ("10", "100"):
            out.extend(_as_words(token, token, "out of"))
        else:
            out.append(token)
    return out


def _translated(tokens: list[Token], gloss: Glossary) -> list[Token]:
    out: list[Token] = []
    known = {token.raw.lower() for token in tokens} if gloss.heads else set()
    shared = 0  # where a compound left its ending to a later one: "Laser- bzw. Scheingruppe"
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.kind == "s":
            after = tokens[index + 1] if index + 1 < len(tokens) else None
            if gloss.heads and _left_open(tokens[index - 1], token, after):
                shared = index + 6
                if out:
                    out[-1].raw = _without_link(out[-1].raw, known)
            else:
                out.append(token)
            index += 1
            continue
        if token.kind == "n":
            out.append(token)
            index += 1
            continue
        word = token.raw.lower()
        phrase = _phrase(tokens, index, gloss.phrases.get(word, ()))
        if phrase is not None:
            size, english = phrase
            out.extend(_as_words(token, tokens[index + size - 1], english))
            index += size
            continue
        english = gloss.words.get(word)
        if english is not None:
            out.extend(_as_words(token, token, english))
        else:
            out.extend(_compound(token, word, gloss, known, index < shared) or [token])
        index += 1
    return out


def _left_open(before: Token, sign: Token, after: Token | None) -> bool:
    """Whether a hyphen leaves a compound open: "Laser- und", not "pre-op" and no minus sign."""
    return (
        sign.word == "-"
        and not sign.spaced
        and before.kind == "w"
        and after is not None
        and after.kind == "w"
        and after.spaced
    )


def _phrase(
    tokens: list[Token], index: int, entries: list[tuple[tuple[str, ...], str]] | tuple[()]
) -> tuple[int, str] | None:
    for words, english in entries:
        size = len(words)
        if index + size <= len(tokens) and all(
            tokens[index + k].raw.lower() == words[k] for k in range(1, size)
        ):
            return size, english
    return None


def _as_words(first: Token, last: Token, english: str) -> list[Token]:
    """One token for each English word; the first shows what was printed."""
    out: list[Token] = []
    for word in english.split():
        raw = first.raw if not out else word
        spaced = first.spaced if not out else True
        kind = "w" if word[0].isalnum() else "s"
        out.append(Token(kind, first.start, last.end, word, 0.0, spaced, "", raw))
    return out


_SHORTEST_PART = 3


def _compound(
    token: Token, word: str, gloss: Glossary, known: set[str], shared: bool
) -> list[Token] | None:
    """ "Scheingruppe": the part before a known ending, and the English words of the ending.

    `known`: all words of the text; `shared`: whether a name before leaves its ending to this one.
    """
    for head, english in gloss.heads:
        size = len(word) - len(head)
        if size < _SHORTEST_PART or not word.endswith(head):
            continue
        part = gloss.parts.get(word[:size]) or gloss.words.get(word[:size])
        if part is None and word[size - 1] in "sn":
            part = gloss.parts.get(word[: size - 1]) or gloss.words.get(word[: size - 1])
        printed = token.raw[:size]
        if english in ("group", "groups"):
            printed = _without_link(printed, known)
        middle = token.start + size
        first = Token("w", token.start, middle, "", 0.0, token.spaced, "", printed)
        out = _as_words(first, first, part) if part else [first]
        if not part:
            first.word = printed.lower()
        last = Token("w", middle, token.end, "", 0.0, False, "", token.raw[size:])
        plural = "groups" if shared and english == "group" else english
        return out + _as_words(last, last, plural)
    return None


_LINKED = ("ungs", "ions", "heits", "keits", "täts", "gleichs")


def _without_link(part: str, known: set[str]) -> str:
    """The first part of a compound as a word of its own: "Übungs" is "Übung".

    "Salben" is "Salbe" where the text has that word.
    """
    for end in ("s", "n", "en", "es"):
        bare = part[: -len(end)]
        if part.endswith(end) and bare.lower() in known and len(bare) >= _SHORTEST_PART:
            return bare
    if f"{part}e".lower() in known:
        return f"{part}e"
    return part[:-1] if part.lower().endswith(_LINKED) else part


def _romance_times(tokens: list[Token]) -> None:
    """ "a las 24 horas", "al mes": the preposition of a goal before a time is "at"."""
    for k in range(len(tokens) - 2):
        token = tokens[k]
        if token.word != "to" or token.kind != "w":
            continue
        at = k + 1 + (tokens[k + 1].word == "the")
        if tokens[at].kind == "n" and any(t.word in UNIT_DAYS for t in tokens[at + 1 : at + 2]):
            token.word = "at"
        elif tokens[k + 1].word in UNIT_DAYS and token.raw.lower() in ("al", "ao", "a"):
            # "al mes": after one month
            token.kind, token.word, token.value, token.flag = "n", "1", 1.0, "word"


def _romance_from(tokens: list[Token]) -> None:
    """ "era de 6,8", "con una media de 2,9" is "of"; "de 6,8 a 2,7" is where a fall begins."""
    for k in range(1, len(tokens) - 1):
        if tokens[k].raw.lower() != "de" or tokens[k].word != "from" or tokens[k + 1].kind != "n":
            continue
        goes_on = False
        for m in range(k + 2, min(k + 16, len(tokens) - 1)):
            if tokens[m].word in (".", ";"):
                break
            if tokens[m].word == "to" and tokens[m + 1].kind == "n":
                goes_on = True
                break
        if tokens[k - 1].word in ("was", "were") or not goes_on:
            tokens[k].word = "of"
