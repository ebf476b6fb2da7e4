"""The one error that a user may see, and the one way it is worded."""

from __future__ import annotations

from pathlib import Path


class EvergroveError(Exception):
    """Something a person can put right: what is wrong, where, and what to do.

    The message is one line: ``file, place: problem (found: value). remedy``. It is caught in
    two places only, `evergrove.cli.main` and `evergrove.stages.stage`, which print it and end
    with exit status 2.
    """

    def __init__(
        self,
        problem: str,
        *,
        file: str | Path | None = None,
        place: str | None = None,
        value: object = None,
        remedy: str | None = None,
    ) -> None:
        self.problem = problem
        self.file = None if file is None else str(file)
        self.place = place
        self.value = value
        self.remedy = remedy
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        where = ", ".join(part for part in (self.file, self.place) if part)
        text = f"{where}: {self.problem}" if where else self.problem
        if self.value is not None:
            text += f" (found: {_short(self.value)})"
        if not text.endswith((".", "?", "!")):
            text += "."
        if self.remedy:
            text += f" {self.remedy}"
        return text


def _short(value: object, limit: int = 120) -> str:
    """The value as a person would quote it, on one line and not longer than `limit`."""
    text = " ".join((value if isinstance(value, str) else repr(value)).split())
    text = "".join(character if character.isprintable() else "�" for character in text)
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    return f'"{text}"' if isinstance(value, str) else text
