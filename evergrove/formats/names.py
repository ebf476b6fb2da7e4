"""Authors as exports write them, as "Family, Given" or as a group's name."""

from __future__ import annotations

import re

# Most names need no work. "et al." and "others" are found by two letters that few names hold.
_PLAIN = re.compile(r"[^\s,;.&<]+(?: [^\s,;.&<]+)*, [^\s,;&<]+(?: [^\s,;&<]+)*$")
# Several of them, in plain letters; "|" is between them. A subset that is quickly recognised.
_EASY = r"[A-Z][A-Za-z'-]+(?: [A-Z][A-Za-z'-]+)?, [A-Z][A-Za-z.-]*(?: [A-Z][A-Za-z.-]*)*"
_ALL_EASY = re.compile(rf"{_EASY}(?:\|{_EASY})*$")
_LONGEST = 600
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.?-?){1,4}$")
_ONLY_INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.?[ -]?){1,4}$")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|2nd|3rd|4th)\.?$")
_ET_AL = re.compile(r"[\s,;]*(?:\b(?:et\.? ?al\b\.?|and others|others)|\.{3}|…)\s*$", re.IGNORECASE)
_EDITOR = re.compile(r",\s*\(?Eds?\.?\)?$")
_NOBODY = re.compile(
    r"\[?\(?(?:no author(?: name)?s?(?: available| listed)?|anon(?:ymous)?|null|none|n/?a|unknown)"
    r"\)?\]?\.?$",
    re.IGNORECASE,
)
_COLLECTIVE = re.compile(
    r"\b(?:group|study|trial|trialists|committee|consortium|collaborat\w*|investigators?|network"
    r"|society|association|organi[sz]ation|institutes?|university|ministry|department|cent(?:er|re)s?"
    r"|team|council|college|academy|foundation|agency|commission|project|registry|initiative"
    r"|program(?:me)?|working|panel|board|task force|alliance|union|federation|office|service"
    r"|bureau|library|press|hospital|clinic|unit|administration|school|international|national"
    r"|health|research|for|of|the|on|in|und|für)\b",
    re.IGNORECASE,
)
_PARTICLE = re.compile(r"(?:[a-zà-ÿ][\w'’]*|d'|l')$")
# Marks of the affiliation after a name ("Smith, John 1,2,+", "Hu, L. MD, PhD *").
_MARKS = re.compile(
    r"\s*(?:\[[^\]]*\]?|[*+†‡§¶#]|(?:\(?(?<!\d)\d{1,3}(?!\d)\)?(?:\s*,\s*)?)+)[\s,]*$"
)
_DEGREE = re.compile(
    r"[\s,]+(?:M\.?D\.?|Ph\.?\s?D\.?|D\.?Phil\.?|M\.?P\.?H\.?|[BM]\.?Sc\.?|[BM]\.?A\.?|M\.?S\.?|M\.?B\.?"
    r"|B\.?Ch\.?|Ch\.?B\.?|R\.?N\.?|D\.?O\.?|P\.?T\.?|D\.?Sc\.?|FACSM|FACS|FRCS\w*|FRCR|FRCP|MBBS|MBChB"
    r"|DPT|PharmD|DDS|DMD|DVM|EdD|PsyD|MPhil|MHS|MMed\w*|Dr\.?\s?med\.?|Prof\.?|J\.?D\.?)[\s,]*$"
)


def comma_names(texts: list[str]) -> list[str]:
    """Names that the format writes as "Family, Given" or as a group's name; empty ones left out."""
    if all_plain(texts):
        return texts.copy()
    return [name for name in map(comma_name, texts) if name]


def all_plain(names: list[str]) -> bool:
    """Whether every name is "Family, Given" already: asked once for all names of a record."""
    text = "|".join(names)
    if _ALL_EASY.match(text) and text.count("|") < len(names) and "thers" not in text:
        return True
    # Plain searches, written out: a pattern over every name would take five times as long.
    commas = text.count(", ")
    return not (
        commas != len(names)
        or commas != text.count(",")
        or not text.isprintable()
        or "  " in text
        or " ," in text
        or "|," in text
        or text.startswith((",", " "))
        or " |" in text
        or "| " in text
        or text.endswith(" ")
        or ";" in text
        or "&" in text
        or "<" in text
        or " al" in text
        or "thers" in text
        or "null" in text
        or False in [", " in name for name in names]
    )


def comma_name(text: str) -> str | None:
    """A name that the format writes as "Family, Given" or as a group's name."""
    if len(text) > _LONGEST:
        return _too_long(text)
    if _PLAIN.match(text) and "thers" not in text and " al" not in text:
        return text
    text = _ET_AL.sub("", text).strip(" ;\t\n")
    text = _EDITOR.sub("", text)
    if not text or _NOBODY.match(text):
        return None
    if "&" in text or "<" in text:
        from evergrove.formats.text import clean

        text = clean(text) or ""
    family, comma, given = text.partition(",")
    if not comma:
        return " ".join(text.split())
    family = " ".join(family.split())
    parts = [" ".join(part.split()) for part in given.split(",")]
    parts = [part for part in parts if part and part.lower() != "null"]
    if len(parts) > 1 and _SUFFIX.match(parts[0]):
        # "Smith, Jr., John A." and "Smith, John A., Jr." name the same man.
        parts = [*parts[1:], parts[0]]
    if len(parts) > 1 and all(_SUFFIX.match(part) for part in parts[1:]):
        parts = [" ".join(parts)]
    given = ", ".join(parts)
    return f"{family}, {given}" if family and given else family or given or None


def _too_long(text: str) -> str | None:
    """What no name can be, as one line: a search for names in it could take for ever."""
    return " ".join(text.split()).strip(" ,;") or None


def initials_name(text: str) -> str | None:
    """A name as MEDLINE abbreviates it: "van der Berg JA Jr" gives "van der Berg, JA Jr"."""
    if "," in text or len(text) > _LONGEST:
        return comma_name(text)
    words = _ET_AL.sub("", text).strip(" .;\t\n" if not text.endswith(".") else " ;\t\n").split()
    if not words or _NOBODY.match(" ".join(words)):
        return None
    suffix = [words.pop()] if len(words) > 2 and _SUFFIX.match(words[-1]) else []
    first = len(words)
    # In a name that is all in capitals, three and more of them are a name: "CAIZHI SHEN".
    capitals = len(words[0]) > 2 and words[0].isupper()
    while (
        first > 1
        and _INITIALS.match(words[first - 1])
        and not (capitals and len(words[first - 1]) > 2 and words[first - 1].isalpha())
    ):
        first -= 1
    if first == len(words) or _COLLECTIVE.search(" ".join(words[:first])):
        return " ".join(words + suffix)
    return f"{' '.join(words[:first])}, {' '.join(words[first:] + suffix)}"


def natural_name(text: str) -> str | None:
    """A name that may be written "Given Family": "Jan van Eyck" gives "van Eyck, Jan".

    Names with a comma and names with initials at the end are read as such; a group's name stays.
    """
    if "," in text or len(text) > _LONGEST:
        return comma_name(text)
    words = _ET_AL.sub("", text).strip(" ;\t\n").split()
    if not words or _NOBODY.match(" ".join(words)):
        return None
    if len(words) < 2:
        return " ".join(words)
    if _INITIALS.match(words[-1]) and len(words[-1]) < 8 and _may_be_family(words[0], words[-1]):
        return initials_name(" ".join(words))
    if not is_person(" ".join(words)):
        return " ".join(words)
    suffix = [words.pop()] if len(words) > 2 and _SUFFIX.match(words[-1]) else []
    if suffix and _INITIALS.match(words[-1]) and not _INITIALS.match(words[0]):
        return initials_name(" ".join(words + suffix))
    first = len(words) - 1
    while first > 1 and _PARTICLE.match(words[first - 1]):
        first -= 1
    return f"{' '.join(words[first:])}, {' '.join(words[:first] + suffix)}"


def _may_be_family(first: str, last: str) -> bool:
    """Whether the first word of a name is no set of initials: "ASH" before "A" is none."""
    return not _INITIALS.match(first) or (first.isalpha() and len(first) > max(2, len(last)))


def loose_name(text: str) -> str | None:
    """A name in a format that asks for commas and does not always get them.

    Without a comma, only what initials show is turned round: "A. Smith" and "Smith A B" are one
    name each, "Jane Smith" stays, because it could be a group's name as well.
    """
    if "," in text:
        return comma_name(text)
    words = text.split()
    if len(words) > 1 and re.match(r"(?:[A-ZÀ-Þ]\.-?)+$", words[0]):
        return natural_name(text)
    return initials_name(text)


def read_names(texts: list[str]) -> list[str]:
    """The names of one record in a format that asks for commas.

    Where none of several names has one, nor initials at its end, they are taken for "Given
    Family", groups apart. Initials that stand alone belong to the name before them.
    """
    whole: list[str] = []
    for text in texts:
        if whole and "," not in whole[-1] and _ONLY_INITIALS.match(text):
            whole[-1] += f", {text}"
        else:
            whole.append(text)
    natural = len(whole) > 1 and not any("," in text or _ends_in_initials(text) for text in whole)
    return [name for name in map(natural_name if natural else loose_name, whole) if name]


def _ends_in_initials(text: str) -> bool:
    words = text.split()
    return len(words) > 1 and _INITIALS.match(words[-1]) is not None


def is_person(text: str) -> bool:
    """Whether a name without a comma looks like a person's, not like a group's."""
    words = text.split()
    if len(words) > 5 or any(character.isdigit() for character in text):
        return False
    if _COLLECTIVE.search(text) or re.search(r"[()/&:]", text):
        return False
    return words[0][0].isupper() and words[-1][0].isalpha()


def undecorated(text: str) -> str:
    """A name without degrees, affiliation marks and roles in brackets, as Ovid adds them."""
    before = None
    while text != before and len(text) <= _LONGEST:
        before = text
        text = _MARKS.sub("", text).rstrip(" ,;")
        shorter = _DEGREE.sub("", text).rstrip(" ,;")
        # "Smith, B.A." has initials, not a degree.
        if "," not in text or "," in shorter:
            text = shorter
    return text


def name_list(text: str) -> list[str]:
    """The names of one cell or field that lists several, whatever separates them.

    Separators are ";", "|", " and ", line ends, or commas: "Hu L, Day K." is two names, as is
    "Hu, L., Day, K.", while "Hu, Li" is one.
    """
    lines = [" ".join(line.split()).strip(";| ") for line in text.split("\n")]
    lines = [line for line in lines if line]
    text = " ".join(lines)
    for separator in (";", "|", " and "):
        if separator in text:
            found = [part.strip() for part in text.split(separator) if part.strip(" ,.")]
            # "Hu L, Day K and Roe B": the last separator is another one.
            if separator == " and " and len(found) == 2 and "," in found[0]:
                return [*name_list(found[0]), found[1]]
            return found
    if len(lines) > 1:
        return lines
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) < 2:
        return parts
    whole = [_is_family_initials(part) for part in parts]
    if all(whole) or (len(parts) > 2 and sum(whole) >= len(parts) - 1):
        if not any("." in part for part in parts[:-1]):
            parts[-1] = parts[-1].rstrip(".")
        return parts
    if len(parts) > 2:
        if all(_INITIALS.match(part) for part in parts[1::2]) and len(parts) % 2 == 0:
            return [f"{a}, {b}" for a, b in zip(parts[::2], parts[1::2], strict=True)]
        if all(" " in part for part in parts):
            return parts
    return [text]


def _is_family_initials(text: str) -> bool:
    words = text.rstrip(".").split()
    return len(words) > 1 and _INITIALS.match(words[-1]) is not None
