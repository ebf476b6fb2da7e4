"""YAML that is kept by hand, checked against its JSON Schema: one plain message for a mistake."""

from __future__ import annotations

import difflib
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from evergrove.errors import EvergroveError
from evergrove.tables import read_text

# The C parser reads a protocol some ten times faster; both accept the same files.
_Base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_Base):
    """A safe YAML loader that refuses a key that stands twice instead of keeping the last one."""


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    loader.flatten_mapping(node)
    pairs: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, Hashable) or key in pairs:
            raise yaml.MarkedYAMLError(
                problem=f'the key "{key}" stands twice', problem_mark=key_node.start_mark
            )
        pairs[key] = loader.construct_object(value_node, deep=True)
    return pairs


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_yaml(path: Path | str) -> Any:
    """The content of a YAML file (safe tags only; a repeated key is an error)."""
    text = read_text(path)
    try:
        return yaml.load(text, Loader=_StrictLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = None if mark is None else f"line {mark.line + 1}"
        problem = getattr(error, "problem", None) or "not readable as YAML"
        raise EvergroveError(str(problem), file=path, place=place) from None


def check(value: Any, schema: dict[str, Any], file: Path | str) -> None:
    """Raise an `EvergroveError` that names the most telling violation of the schema."""
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match

    error = best_match(Draft202012Validator(schema).iter_errors(value))
    if error is not None:
        raise _explained(error, file)


def with_defaults(value: Any, schema: dict[str, Any], root: dict[str, Any] | None = None) -> Any:
    """A copy of `value` in which every absent property has its schema's default."""
    root = root or schema
    schema = _resolved(schema, root)
    if isinstance(value, dict):
        filled = dict(value)
        properties = schema.get("properties", {})
        for name, part in properties.items():
            if name not in filled and "default" in part:
                filled[name] = part["default"]
        other = schema.get("additionalProperties")
        for name, item in filled.items():
            part = properties.get(name, other if isinstance(other, dict) else {})
            filled[name] = with_defaults(item, part, root)
        return filled
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        return [with_defaults(item, schema["items"], root) for item in value]
    return value


def _resolved(schema: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref")
    if reference is None:
        return schema
    target: Any = root
    for part in reference.removeprefix("#/").split("/"):
        target = target[part]
    return {**target, **{key: item for key, item in schema.items() if key != "$ref"}}


def _explained(error: Any, file: Path | str) -> EvergroveError:
    place = dotted(error.absolute_path)
    if error.validator == "additionalProperties":
        known = list(error.schema.get("properties", {}))
        name = next(name for name in error.instance if name not in known)
        return unknown_key(name, known, file, place)
    if error.validator == "required":
        missing = next(name for name in error.validator_value if name not in error.instance)
        return EvergroveError(
            f'"{missing}" is missing', file=file, place=place, remedy=f'Add "{missing}".'
        )
    if error.validator == "enum":
        allowed = ", ".join(str(item) for item in error.validator_value)
        return EvergroveError(
            "not one of the values that are known here",
            file=file,
            place=place,
            value=error.instance,
            remedy=f"Use one of: {allowed}.",
        )
    if error.validator == "pattern":
        return EvergroveError(
            "not a valid short name",
            file=file,
            place=place,
            value=error.instance,
            remedy="Use small letters and digits, with single hyphens (names) or underscores "
            f"(flags) between them: {error.validator_value}.",
        )
    return EvergroveError(error.message, file=file, place=place)


def unknown_key(name: object, known: list[str], file: Path | str, place: str) -> EvergroveError:
    """The error for a key nobody knows, with the nearest known one as the remedy."""
    near = difflib.get_close_matches(str(name), known, n=1)
    remedy = f'Did you mean "{near[0]}"?' if near else f"Known keys: {', '.join(known)}."
    return EvergroveError(f'unknown key "{name}"', file=file, place=place, remedy=remedy)


def dotted(path: Any) -> str:
    """A place in a document as a person reads it: `syntheses.windows[2].min_days`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.lstrip(".") or "top level"
