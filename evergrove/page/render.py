"""One HTML file from a view. All text is escaped; nothing is fetched; no script runs."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_HERE = Path(__file__).resolve().parent


def render(view: dict[str, Any]) -> str:
    """The page as HTML text. A name that the view does not have is an error, never a gap."""
    style = (_HERE / "style.css").read_text(encoding="utf-8")
    return _environment().get_template("page.html").render(view, style=Markup(style))


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
    return environment
