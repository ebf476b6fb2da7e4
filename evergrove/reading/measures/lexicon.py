"""Review profiles: which measures exist, what they are called, and what is no outcome.

A profile is YAML (`profiles/`); it may include others. The grammar itself knows nothing of pain.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from evergrove.errors import EvergroveError
from evergrove.reading.text.words import DOSES, MEASURED, UNIT_DAYS

FOLDER = Path(__file__).resolve().parents[1]
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KEYS = {
    "name",
    "include",
    "constructs",
    "measures",
    "qualifiers",
    "alike",
    "other_constructs",
    "vetoes",
    "drop_vetoes",
    "planning",
    "units",
    "open",
}


@dataclass(slots=True)
class Measure:
    """One instrument, or one construct without an instrument (`instrument` is False)."""

    key: str
    construct: str | None = None
    instrument: bool = True
    direction: str = "lower"
    scales: tuple[tuple[float, float], ...] = ()
    default_scale: tuple[float, float] | None = None
    percent: bool = False
    # The construct of whose score a change by this is a change, if it is no scale itself.
    change_of: str | None = None
    #: Part of the instrument -> single words that name it.
    parts: dict[str, frozenset[str]] = field(default_factory=dict)
    #: Parts of which the other direction is the better one, as of symptoms beside functions.
    turned: frozenset[str] = frozenset()

    @property
    def alone(self) -> bool:
        """Whether it is an instrument of its own, and not one of pain or relief."""
        return self.construct is None and self.change_of is None

    def better(self, part: str | None) -> str:
        """ "lower" or "higher": the better direction of the whole, or of a part of it."""
        if part and part in self.turned:
            return "higher" if self.direction == "lower" else "lower"
        return self.direction


@dataclass(slots=True)
class Entry:
    """What a name in the text stands for: a measure, qualifier, veto ... and its key.

    `part` is the subscale that the name tells ("bodily_pain"), if it tells one.
    """

    kind: str
    key: str
    acronym: bool = False
    part: str = ""


#: Names that begin alike, by the stem of their second word ("" for names of one word).
BySecond = dict[str, list[tuple[tuple[str, ...], Entry]]]
#: The same, and those of one second word by the stem of the third ("" for names of two words).
ByThird = dict[str, BySecond]


@dataclass(slots=True)
class Profile:
    """A compiled profile. `names`: stem of a first word -> (words, entry), longest first."""

    name: str
    #: Whether outcomes that the profile does not list are read by the name that a text gives them.
    open: bool = False
    measures: dict[str, Measure] = field(default_factory=dict)
    names: dict[str, list[tuple[tuple[str, ...], Entry]]] = field(default_factory=dict)
    # The same by the stem of the second word too ("" for names of one word).
    by_second: dict[str, BySecond] = field(default_factory=dict)
    #: The same by every printed form that a name may begin with: a stem of `names`, its plurals.
    by_form: dict[str, ByThird] = field(default_factory=dict, repr=False)
    unit_instrument: dict[str, dict[str, str]] = field(default_factory=dict)
    measure_units: frozenset[str] = frozenset()
    veto_units: dict[str, str] = field(default_factory=dict)
    construct_words: set[str] = field(default_factory=set)
    #: A circumstance -> those that are kinds of it, told apart only where a text tells two of them.
    alike: dict[str, frozenset[str]] = field(default_factory=dict)
    #: By measure: the words (stems) of every name of a part -> the part.
    part_forms: dict[str, dict[tuple[str, ...], str]] = field(default_factory=dict)


@lru_cache(1 << 14)
def stem(word: str) -> str:
    """The singular of a regular English plural; anything else unchanged."""
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui" and word != "does":
        return word[:-1]
    return word[:-2] if word.endswith("'s") else word


def load_profile(name_or_path: str = "default") -> Profile:
    """The profile of that name among the shipped ones, or in that YAML file.

    Raises `EvergroveError` for an unknown name, unreadable YAML or an unknown key.
    """
    path = Path(name_or_path)
    if path.suffix not in (".yaml", ".yml"):
        path = FOLDER / "profiles" / f"{name_or_path}.yaml"
        if not path.is_file():
            shipped = sorted(file.stem for file in (FOLDER / "profiles").glob("*.yaml"))
            raise EvergroveError(
                "no such profile",
                value=name_or_path,
                remedy=f"Shipped: {', '.join(shipped)}; or give the path of a YAML file.",
            )
    try:
        stamp = path.stat().st_mtime_ns
    except OSError:
        raise EvergroveError("no such profile file", file=path.name) from None
    return _compiled(str(path), stamp)


@cache
def _compiled(path: str, _stamp: int) -> Profile:
    return compile_profile(_read(Path(path), ()), Path(path).stem)


def _read(path: Path, chain: tuple[str, ...]) -> dict[str, Any]:
    """The profile with everything that it includes merged into it, its own keys last."""
    try:
        own = yaml.load(path.read_bytes(), Loader=_Loader) or {}
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        detail = str(error).splitlines()[0]
        raise EvergroveError(f"profile not readable: {detail}", file=path.name) from None
    if not isinstance(own, dict):
        raise EvergroveError("a profile is a mapping of keys", file=path.name)
    for key in own:
        if key not in _KEYS:
            raise EvergroveError(
                "unknown key in a profile",
                file=path.name,
                value=key,
                remedy=f"Known keys: {', '.join(sorted(_KEYS))}.",
            )
    merged: dict[str, Any] = {}
    for name in own.get("include", ()):
        if name in chain:
            raise EvergroveError("a profile includes itself", file=path.name, value=name)
        beside = path.parent / f"{name}.yaml"
        other = beside if beside.is_file() else FOLDER / "profiles" / f"{name}.yaml"
        _merge(merged, _read(other, (*chain, name)))
    _merge(merged, own)
    return merged


def _merge(into: dict[str, Any], new: dict[str, Any]) -> None:
    for key, value in new.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        elif isinstance(value, list) and isinstance(into.get(key), list):
            into[key] = into[key] + value
        else:
            into[key] = value


def compile_profile(data: dict[str, Any], name: str) -> Profile:
    """A profile ready for use from the loaded YAML."""
    profile = Profile(str(data.get("name", name)), bool(data.get("open")))
    dropped = {" ".join(_words(text)) for text in data.get("drop_vetoes", ())}
    for reason, names in (data.get("vetoes") or {}).items():
        if profile.open and str(reason) in dropped:
            continue
        for text in names:
            if " ".join(_words(text)) not in dropped:
                _add(profile, text, "veto", str(reason))
    for text in data.get("planning") or ():
        _add(profile, text, "planning", "planning, eligibility or a threshold")
    for text in data.get("other_constructs") or ():
        _add(profile, text, "other", str(text))
    for qualifier, names in (data.get("qualifiers") or {}).items():
        for text in names:
            _add(profile, text, "qualifier", str(qualifier))
    for whole, kinds in (data.get("alike") or {}).items():
        profile.alike[str(whole)] = frozenset(map(str, kinds))
    for key, entry in (data.get("constructs") or {}).items():
        profile.measures[key] = Measure(
            key, key, instrument=False, direction=entry.get("direction", "lower")
        )
        for text in entry.get("names", ()):
            _add(profile, text, "measure", key)
            profile.construct_words.add(_words(text)[0])
        for text, place in (entry.get("compounds") or {}).items():
            _add(profile, text, "compound", f"{key}:{place}")
        profile.unit_instrument[key] = dict(entry.get("unit_instrument") or {})
    for key, entry in (data.get("measures") or {}).items():
        scales = tuple((float(a), float(b)) for a, b in entry.get("scales", ()))
        default = entry.get("default_scale")
        profile.measures[key] = Measure(
            key,
            entry.get("construct"),
            True,
            entry.get("direction", "lower"),
            scales,
            (float(default[0]), float(default[1])) if default else None,
            bool(entry.get("percent")),
            entry.get("change_of"),
            {
                str(part): frozenset(word for text in printed for word in _words(text)[-1:])
                for part, printed in (entry.get("parts") or {}).items()
            },
            frozenset(entry.get("turned") or ()),
        )
        profile.part_forms[key] = {
            tuple(stem(word) for word in _words(str(text).lstrip("="))): str(part)
            for part, printed in (entry.get("parts") or {}).items()
            for text in printed
        }
        for text in entry.get("names", ()):
            _add(profile, text, "measure", key, acronym=True)
        for part, printed in (entry.get("parts") or {}).items():
            _add_part(profile, key, str(part), printed, entry.get("names", ()))
    units = data.get("units") or {}
    profile.measure_units = frozenset(units.get("measure", ()))
    if profile.open:
        # Doses and lengths of time are none, unless the text measures such (measured_amounts.py).
        profile.measure_units -= DOSES
        profile.measure_units |= {unit + MEASURED for unit in DOSES | UNIT_DAYS.keys()}
    profile.veto_units = {
        str(key): str(value)
        for key, value in units.get("veto", {}).items()
        if key not in profile.measure_units
    }
    for first, entries in profile.names.items():
        entries.sort(key=lambda item: -len(item[0]))
        second = profile.by_second.setdefault(first, {})
        for words, entry in entries:
            key = stem(words[1]) if len(words) > 1 else ""
            second.setdefault(key, []).append((words, entry))
    profile.by_form = {
        form: names
        for first in profile.names
        for form in (first, f"{first}s", f"{first}'s")
        if (names := _beginning_so(form, profile.by_second.get(stem(form), {})))
    }
    return profile


def _beginning_so(form: str, by_second: BySecond) -> ByThird:
    """The names whose first word may be printed so, longest first, by their next two words."""
    fitting: ByThird = {}
    for second, names in by_second.items():
        for words, entry in names:
            if same_word(form, words[0]):
                third = stem(words[2]) if len(words) > 2 else ""
                fitting.setdefault(second, {}).setdefault(third, []).append((words, entry))
    return fitting


def same_word(printed: str, name: str) -> bool:
    """Whether a printed word is a word of a name or its plural; "had" is not "HADS"."""
    return (
        printed == name or stem(printed) == name or (len(name) > 5 and stem(name) == stem(printed))
    )


def _words(text: object) -> list[str]:
    return str(text).lower().replace("-", " ").split()


_PART_FORMS = (
    "{name} {part}", "{name} {part} subscale", "{name} {part} score",
    "{part} subscale of the {name}",
    "{part} domain of the {name}", "{part} score of the {name}", "{part} scale of the {name}",
    "{part} dimension of the {name}", "{part} component of the {name}", "{part} {name}",
    "{part} of the {name}",
    "{part} subscore of the {name}", "{name} subscale {part}", "{part} section of the {name}",
)  # fmt: skip


def _add_part(profile: Profile, key: str, part: str, printed: Any, names: Any) -> None:
    """Every way to name a subscale of an instrument: "KOOS pain", "pain subscale of the KOOS"."""
    for words in printed:
        if str(words).startswith("="):
            # A name of the subscale that stands alone ("=bodily pain").
            _add(profile, str(words)[1:], "measure", key, acronym=True, part=part)
            continue
        for name in names:
            for form in _PART_FORMS:
                text = form.format(name=name, part=words)
                _add(profile, text, "measure", key, acronym=True, part=part)


def _add(
    profile: Profile, text: object, kind: str, key: str, *, acronym: bool = False, part: str = ""
) -> None:
    words = _words(text)
    entries = profile.names.setdefault(stem(words[0]), [])
    # A later entry replaces an earlier one of the same words: measures come after vetoes.
    same = [stem(word) for word in words]
    entries[:] = [
        item
        for item in entries
        if [stem(word) for word in item[0]] != same or (item[1].kind, item[1].key) == (kind, key)
    ]
    entries.append((tuple(words), Entry(kind, key, acronym, part)))
