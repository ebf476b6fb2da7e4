"""The configuration and the protocols of the reviews: read, checked, defaults filled in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evergrove import figure_list, report_languages, report_status
from evergrove.errors import EvergroveError
from evergrove.validation import check, read_yaml, with_defaults

CONFIG = Path("config/config.yaml")
REVIEWS = Path("config/reviews")
SCHEMAS = Path(__file__).resolve().parent.parent / "workflow" / "schemas"


def load_reviews(config: dict[str, Any], root: Path | str = ".") -> dict[str, dict[str, Any]]:
    """The protocol of every review that the configuration names, by slug, in its order.

    `config` is the content of config/config.yaml; `root` the folder that holds config/. Raises
    EvergroveError for an unknown key, a missing folder, or anything wrong in a protocol.
    """
    check(config, read_yaml(SCHEMAS / "config.schema.yaml"), Path(root) / CONFIG)
    return {slug: load_protocol(slug, root) for slug in config["reviews"]}


def load_protocol(slug: str, root: Path | str = ".") -> dict[str, Any]:
    """One review's protocol as a plain dict, validated, with every default filled in."""
    folder = Path(root) / REVIEWS / slug
    if not folder.is_dir():
        known = sorted(path.parent.name for path in folder.parent.glob("*/protocol.yaml"))
        raise EvergroveError(
            f'there is no review "{slug}"',
            file=Path(root) / CONFIG,
            place="reviews",
            value=slug,
            remedy=f"Reviews in {folder.parent}: {', '.join(known) or 'none'}; "
            f"`evergrove new {slug}` makes one.",
        )
    file = folder / "protocol.yaml"
    schema = read_yaml(SCHEMAS / "protocol.schema.yaml")
    protocol = read_yaml(file)
    check(protocol, schema, file)
    protocol = with_defaults(protocol, schema)
    # What the program sets by itself counts as declared, behind the review's own.
    protocol["flags"] = {**protocol["flags"], **report_status.FLAGS, **protocol["flags"]}
    _check_sense(protocol, slug, file)
    return protocol


def _check_sense(protocol: dict[str, Any], slug: str, file: Path) -> None:
    """What a schema cannot say: references that must resolve, bounds that must be in order."""
    if protocol["slug"] != slug:
        raise EvergroveError(
            "the slug is not the folder's name",
            file=file,
            place="slug",
            value=protocol["slug"],
            remedy=f'Write "{slug}", or rename the folder.',
        )
    _check_criteria(protocol["criteria"], file)
    syntheses = protocol["syntheses"]
    _check_bounds(protocol["outcome"]["scale"], file, "outcome.scale", ("min", "max"))
    if protocol["effect"]["measure"] == "ROMC" and protocol["outcome"]["scale"]["min"] != 0:
        raise EvergroveError(
            "a ratio of means needs a scale that begins at 0",
            file=file,
            place="outcome.scale.min",
            value=protocol["outcome"]["scale"]["min"],
            remedy="A ratio has no meaning where 0 is not none: use MC or SMCR, or another scale.",
        )
    for name, scale in protocol["outcome"]["instruments"].items():
        _check_bounds(scale, file, f"outcome.instruments.{name}", ("min", "max"))
    _check_bounds(
        syntheses["primary"]["window"], file, "syntheses.primary.window", ("min_days", "max_days")
    )
    for number, window in enumerate(syntheses["windows"]):
        place = f"syntheses.windows[{number}]"
        _check_bounds(window, file, place, ("min_days", "max_days"), may_be_equal=True)
    _check_ids(protocol, file)
    _check_flags(protocol, file)


CONDITIONS = ("year_before", "year_after", "languages", "publication_types")


def _check_criteria(criteria: dict[str, Any], file: Path) -> None:
    """Every reason has a name of its own, and every automatic rule one condition."""
    places: dict[str, str] = {}
    for kind in ("exclude", "automatic"):
        for number, item in enumerate(criteria[kind]):
            place = f"criteria.{kind}[{number}]"
            earlier = places.setdefault(item["id"], place)
            if earlier != place:
                raise EvergroveError(
                    f"the name is taken by {earlier}",
                    file=file,
                    place=f"{place}.id",
                    value=item["id"],
                    remedy="Every reason needs a name of its own: reports are counted by it.",
                )
    for number, rule in enumerate(criteria["automatic"]):
        place = f"criteria.automatic[{number}]"
        conditions = [name for name in CONDITIONS if name in rule]
        if len(conditions) != 1:
            raise EvergroveError(
                "an automatic rule needs exactly one condition",
                file=file,
                place=place,
                value=", ".join(conditions) or "none",
                remedy=f"Give one of: {', '.join(CONDITIONS)}; write two rules for two conditions.",
            )
        for code in rule.get("languages", ()):
            if code not in report_languages.CODES:
                raise EvergroveError(
                    "not a language code that is known here",
                    file=file,
                    place=f"{place}.languages",
                    value=code,
                    remedy=f"Write MEDLINE's: {', '.join(sorted(report_languages.CODES))}.",
                )


def _check_bounds(
    part: dict[str, Any],
    file: Path,
    place: str,
    names: tuple[str, str],
    *,
    may_be_equal: bool = False,
) -> None:
    low, high = part[names[0]], part[names[1]]
    if low is None or high is None:
        return
    if low > high or (low == high and not may_be_equal):
        raise EvergroveError(
            f"{names[0]} is not below {names[1]}", file=file, place=place, value=f"{low}, {high}"
        )


def _check_ids(protocol: dict[str, Any], file: Path) -> None:
    syntheses = protocol["syntheses"]
    ids: dict[str, int] = {}
    for number, search in enumerate(protocol["searches"]):
        if ids.setdefault(search["id"], number) != number:
            raise EvergroveError(
                f"the name is taken by searches[{ids[search['id']]}]",
                file=file,
                place=f"searches[{number}].id",
                value=search["id"],
                remedy="It names the search's exports: every search needs one of its own.",
            )
    seen = {"primary": "syntheses.primary"}
    named = [
        (item["id"], f"syntheses.{kind}[{number}].id")
        for kind in ("windows", "sensitivity", "subgroups")
        for number, item in enumerate(syntheses[kind])
    ]
    named += [
        (f"without-{flag.replace('_', '-')}", f"syntheses.without_each_flag[{number}]")
        for number, flag in enumerate(syntheses["without_each_flag"])
    ]
    named += [
        (f"{group['id']}-{level}", f"syntheses.subgroups[{number}].levels")
        for number, group in enumerate(syntheses["subgroups"])
        for level in group["levels"]
    ]
    for name, place in named:
        if name in seen:
            raise EvergroveError(
                f"the name is taken by {seen[name]}",
                file=file,
                place=place,
                value=name,
                remedy="Every synthesis needs a name of its own.",
            )
        seen[name] = place
        if figure_list.taken(name):
            raise EvergroveError(
                "another figure of every review has that name",
                file=file,
                place=place,
                value=name,
                remedy="Give the synthesis another name; its figure would take the other's place.",
            )


def _check_flags(protocol: dict[str, Any], file: Path) -> None:
    syntheses, declared = protocol["syntheses"], protocol["flags"]
    used = [
        ("syntheses.primary.exclude_flags", syntheses["primary"]["exclude_flags"]),
        ("syntheses.without_each_flag", syntheses["without_each_flag"]),
    ]
    for number, item in enumerate(syntheses["sensitivity"]):
        for key in ("drop_flags", "admit_flags"):
            used.append((f"syntheses.sensitivity[{number}].{key}", item.get(key, [])))
    for place, flags in used:
        for flag in flags:
            if flag not in declared:
                raise EvergroveError(
                    "the flag is not declared",
                    file=file,
                    place=place,
                    value=flag,
                    remedy=f'Add it under "flags" with its meaning, or use one of: '
                    f"{', '.join(sorted(declared)) or 'none yet'}.",
                )
