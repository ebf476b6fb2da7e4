"""Which way a change went that no sign and no word tells: "the mean change in NRS was 3.5"."""

from __future__ import annotations

from evergrove.reading.document import Document
from evergrove.reading.text.words import BETTER, DOWN, WORSE, word_set

_MORE = WORSE | word_set("rose increase increased")
#: What is given so that pain falls.
_TREATED = word_set(
    "treated treatment treatments therapy trial randomised randomized randomly analgesia analgesic "
    "analgesics"
)


def falls(document: Document) -> bool:
    """Whether the text speaks of less, not of more; or of neither, in a trial of treatments.

    "Adults were RANDOMISED to wax or cork. The mean change in NRS was 3.5 and 2.2": two falls. Not
    so where another change of the text is printed with its sign: this one then has none to show.
    """
    words = [token.word for token in document.tokens]
    down = sum(word in DOWN or word in BETTER for word in words)
    up = sum(word in _MORE for word in words)
    if down or up:
        return down > up
    signed = any(value.sign for view in document.views for value in view.q.values)
    return not signed and not _TREATED.isdisjoint(words)
