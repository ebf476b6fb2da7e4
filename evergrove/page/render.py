"""One HTML file from a view. All text is escaped; nothing is fetched; one script may run."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from evergrove.page.explore import script, script_hash

_HERE = Path(__file__).resolve().parent


def render(view: dict[str, Any]) -> str:
    """The page as HTML text. A name that the view does not have is an error, never a gap."""
    style = "".join(
        (_HERE / name).read_text(encoding="utf-8") for name in ("style.css", "explore.css")
    )
    return (
        _environment()
        .get_template("page.html")
        .render(
            view, style=Markup(style), script=Markup(script()), script_hash=Markup(script_hash())
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # The drawings are the only markup in a view; evergrove.page.svg has made them harmless.
    environment.filters["drawing"] = Markup
    # JSON in which evergrove.page.explore has left no "<".
    environment.filters["script"] = Markup
    return environment
