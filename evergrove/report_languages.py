"""Languages as databases write them ("eng", "English", "en-GB", "Deutsch"), as one code each."""

from __future__ import annotations

import re

# ISO 639-2/B codes, as MEDLINE prints them: other codes and names of each language, in English
# and in the language itself. A name that is not here stays as it is, in lower case.
_NAMES = {
    "eng": "en english",
    "ger": "de deu german deutsch",
    "fre": "fr fra french français francais",
    "spa": "es spanish español espanol castellano",
    "por": "pt portuguese português portugues",
    "ita": "it italian italiano",
    "dut": "nl nld dutch nederlands flemish",
    "chi": "zh zho chinese mandarin 中文",
    "jpn": "ja japanese 日本語",
    "kor": "ko korean 한국어",
    "rus": "ru russian русский",
    "pol": "pl polish polski",
    "tur": "tr turkish türkçe turkce",
    "ara": "ar arabic",
    "heb": "he iw hebrew",
    "per": "fa fas persian farsi",
    "cze": "cs ces czech čeština",
    "slo": "sk slk slovak",
    "slv": "sl slovenian slovene",
    "hun": "hu hungarian magyar",
    "rum": "ro ron romanian",
    "gre": "el ell greek",
    "swe": "sv swedish svenska",
    "nor": "no nb nn nob nno norwegian norsk",
    "dan": "da danish dansk",
    "fin": "fi finnish suomi",
    "ukr": "uk ukrainian",
    "hrv": "hr croatian scr",
    "srp": "sr serbian scc",
    "bul": "bg bulgarian",
    "cat": "ca catalan",
    "ice": "is isl icelandic",
    "est": "et estonian",
    "lit": "lt lithuanian",
    "lav": "lv latvian",
    "tha": "th thai",
    "vie": "vi vietnamese",
    "ind": "id indonesian",
    "may": "ms msa malay",
    "hin": "hi hindi",
    "geo": "ka kat georgian",
    "alb": "sq sqi albanian",
    "mac": "mk mkd macedonian",
    "bos": "bs bosnian",
    "afr": "af afrikaans",
    "glg": "gl galician",
    "baq": "eu eus basque",
}
CODES = frozenset(_NAMES)
_CODE = {name: code for code, names in _NAMES.items() for name in (code, *names.split())}
# MEDLINE's codes that say nothing of a language.
_NOTHING = {"", "und", "mul", "undetermined", "multiple", "other", "unknown"}


def language_codes(text: str | None) -> set[str]:
    """The languages of a cell ("English; German", "eng,fre", "en_US") as codes, perhaps none."""
    parts = re.split(r"[;,/|]|\band\b", (text or "").casefold())
    words = {re.sub(r"[-_][a-z]{2}$", "", part.strip(" .()[]")) for part in parts}
    return {_CODE.get(word, word) for word in words if word not in _NOTHING}
