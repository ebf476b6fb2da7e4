"""A token: the smallest piece of a text that the later modules look at."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Token:
    """A number ("n"), a word ("w") or a sign ("s").

    `word` is lower case and, in a text of another language, the English word that the glossary
    gives. `flag` of a number: "word" (written out), "ord" (2nd), "id" (3.1.1); otherwise "".
    """

    kind: str
    start: int
    end: int
    word: str
    value: float = 0.0
    spaced: bool = True
    flag: str = ""
    raw: str = ""
    mark: object = field(default=None, repr=False)


def numbers_of(tokens: list[Token]) -> list[int]:
    """The places of all numbers among the tokens."""
    return [at for at, token in enumerate(tokens) if token.kind == "n"]


def open_bracket(tokens: list[Token], floor: int, k: int) -> int | None:
    """The token of the bracket that is open at token k, looked for back to `floor`; or None."""
    depth = 0
    for m in range(k - 1, floor - 1, -1):
        word = tokens[m].word
        if word in (")", "]"):
            depth += 1
        elif word in ("(", "["):
            if not depth:
                return m
            depth -= 1
    return None


def close_bracket(tokens: list[Token], opened: int, stop: int) -> int | None:
    """The token before `stop` that closes the bracket at `opened`, over brackets in it; or None."""
    depth = 0
    for m in range(opened, stop):
        word = tokens[m].word
        if word in ("(", "["):
            depth += 1
        elif word in (")", "]"):
            depth -= 1
            if not depth:
                return m
    return None


def words_outside(tokens: list[Token], first: int, last: int) -> list[str]:
    """The words of tokens first..last that stand in no bracket, nor in one that is open at `first`.

    Of "(-2.1; p = 0.01) had less pain" behind the number: "had less pain".
    """
    out: list[str] = []
    depth = 0
    for k in range(first, last):
        word = tokens[k].word
        if word in ("(", "["):
            depth += 1
        elif word in (")", "]"):
            depth -= 1
            if depth < 0:
                out, depth = [], 0
        elif not depth:
            out.append(word)
    return out


def unmarked(token: Token) -> bool:
    """Whether a word means nothing to the profile, or only of what kind ("PEAK torque")."""
    return token.mark is None or getattr(token.mark, "kind", "") == "qualifier"


def is_measure(token: Token) -> bool:
    """Whether a word stands in the name of what was rated: "VAS", "pain", "headache"."""
    return getattr(token.mark, "kind", "") in ("measure", "compound")
