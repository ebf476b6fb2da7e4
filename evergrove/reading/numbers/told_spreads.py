"""What the name of a spread at one value, "7.1 (SE 0.2)", tells of the bare ones behind it."""

from __future__ import annotations

import math

from evergrove.reading.drafts import Draft
from evergrove.reading.numbers.quantities import Spread
from evergrove.reading.numbers.scales import ScaleFinder
from evergrove.reading.numbers.spread import cannot_be_se, half_unit, smallest_sd

_LEAST = 0.05  # of the scale: SDs of single scores are larger


class ToldSpreads(ScaleFinder):
    """Names at numbers, and what the scale forbids them to be."""

    def _told_at_numbers(self, drafts: list[Draft]) -> None:
        """ "The mean (SD) AGE was 54 (11). NRS was 7.1 (SE 0.2) and later 3.3 (0.3)": both are SE.

        A name at a number is nearer than what another sentence declares; it holds for what is
        printed behind it in its sentence, and of the same measure in those that follow. What a
        sentence about something else declares is put aside where the scale forbids it.
        """
        for draft in drafts:
            if "stated_spread" in draft.record["reasons"] and draft.undecided is None:
                kind = "sd" if draft.record["sd"] is not None else "se"
                self.told_kinds[cell_of(draft)] = (kind, draft.sentence)
                continue
            declared = draft.declared
            if declared is None or declared is draft.view.convention:
                continue
            kind, sentence = self.told_kinds.get(cell_of(draft), ("", -1))
            own = kind if sentence == draft.sentence or not declared.document else ""
            if own and own != declared.spread:
                self._open_again(draft)
                if not self._cannot_be(draft, own):
                    draft.record["reasons"].append("spread_of_the_sentence")
                    self._put(draft, own, draft.undecided, 0)
                    draft.record["dispersion"], draft.undecided = "inferred_same_sentence", None
            elif not declared.document and self._doubtful(draft, declared.spread or ""):
                self._open_again(draft)

    def _told_before(self, draft: Draft) -> str:
        """The name that the last value of the same measure and kind has at its number, if any."""
        return self.told_kinds.get(cell_of(draft), ("", -1))[0]

    def _open_again(self, draft: Draft) -> None:
        """Take the spread of a draft back, so that the numbers decide what it is."""
        spread = next(s for s in draft.cell.value.spreads if s.kind in ("pm", "paren"))
        for name in ("sd", "se"):
            draft.record[name] = None
            draft.places.pop(name, None)
        draft.undecided, draft.record["dispersion"] = spread, None
        draft.record["reasons"].remove("declared_spread")

    def _doubtful(self, draft: Draft, kind: str) -> bool:
        """Whether what a sentence about something else declares may not hold for a score."""
        if self._cannot_be(draft, kind):
            return True
        return kind == "sd" and not self._of_like_scores(draft) and self._too_little(draft)

    def _too_little(self, draft: Draft) -> bool:
        """ "The mean (SD) AGE was 54 (11). VAS was 7.1 ± 0.2": hardly an SD of scores.

        It would take nearly all people within one twentieth of the scale.
        """
        bounds, _ = self._bounds(draft)
        spread = next((s for s in draft.cell.value.spreads if s.kind in ("pm", "paren")), None)
        if draft.record["stat"] != "level" or bounds is None or spread is None:
            return False
        return spread.values[0] < _LEAST * (bounds[1] - bounds[0])

    def _of_like_scores(self, draft: Draft) -> bool:
        """Whether the declaration stands in a sentence that tells the same measure."""
        where = draft.declared.where if draft.declared is not None else 0
        views = [v for v in self.document.views if v.a <= where < v.b]
        return any(m.key == draft.key for v in views for m in v.mentions)

    def _cannot_be(self, draft: Draft, kind: str) -> bool:
        """Whether the scale forbids a spread to be what it is taken for."""
        spread = next((s for s in draft.cell.value.spreads if s.kind in ("pm", "paren")), None)
        record = draft.record
        if spread is None or record["mean"] is None or record["n"] is None:
            return False
        if kind == "sd":
            return self._below_whole_numbers(draft, spread)
        bounds, _ = self._bounds(draft)
        if bounds is None or record["stat"] not in ("level", "change"):
            return False
        width = bounds[1] - bounds[0]
        low, high = bounds if record["stat"] == "level" else (-width, width)
        return cannot_be_se(spread.values[0], record["mean"], low, high, record["n"])

    def _below_whole_numbers(self, draft: Draft, spread: Spread) -> bool:
        """Whether a spread is too small for an SD of a single item scored in whole numbers."""
        record = draft.record
        measure = self.document.profile.measures[draft.key]
        if measure.default_scale is None or record["n"] is None or record["mean"] is None:
            return False
        if record["stat"] != "level" or record["mean"] > measure.default_scale[1]:
            return False
        mention, at = draft.cell.mention, draft.cell.value.at
        if mention is not None and any(
            token.word in ("during", "throughout") for token in self.tokens[mention.last : at]
        ):
            return False  # "mean NRS during the stay": several ratings of each, and no whole number
        half = half_unit(self.tokens[draft.cell.value.at].word)
        low, high = record["mean"] - half, record["mean"] + half
        if math.floor(low) != math.floor(high) or half >= 0.5:
            return False
        n = record["n"]
        least = min(smallest_sd(low, n), smallest_sd(high, n))
        return spread.values[0] + half_unit(self.tokens[spread.at[0]].word) < least


def cell_of(draft: Draft) -> tuple[str, str]:
    return draft.key, draft.record["stat"]
