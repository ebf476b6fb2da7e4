"""The inks of a figure: told apart by colour in every kind of sight, or by shape."""

import itertools

import pytest

from evergrove.figures.sheet import Line, Shape
from evergrove.figures.style import GENERIC
from tests.colour_vision import MACHADO, ciede2000, difference
from tests.figure_sample import hard_cases
from tests.test_figures_save import drawn

#: The inks of marks; `soft_ink` is for words only.
INKS = {
    name: getattr(GENERIC, name) for name in ("ink", "quiet", "square", "diamond", "prediction")
}
APART = 20.0
#: Nearer than APART to normal or colour-blind eyes, or in grey: their shapes are not alike.
BY_SHAPE = {
    ("ink", "diamond"),
    ("quiet", "square"),
    ("quiet", "prediction"),
    ("square", "diamond"),
    ("square", "prediction"),
    ("diamond", "prediction"),
}


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        # Pairs 1, 4, 7, 15 and 19 of the test data of Sharma, Wu and Dalal (2005).
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0000),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ],
)
def test_the_difference_is_that_of_the_published_pairs(one, other, wanted):
    assert ciede2000(one, other) == pytest.approx(wanted, abs=5e-5)
    assert ciede2000(other, one) == pytest.approx(wanted, abs=5e-5)


def test_every_ink_stands_out_from_the_paper_in_every_kind_of_sight():
    for vision, ink in itertools.product(MACHADO, [*INKS.values(), GENERIC.soft_ink]):
        assert difference(ink, "#ffffff", vision) >= APART, (vision, ink)


def test_inks_that_look_alike_are_those_whose_shapes_differ():
    near = {
        pair
        for pair in itertools.combinations(INKS, 2)
        if min(difference(*map(INKS.get, pair), vision) for vision in MACHADO) < APART
    }
    assert near == BY_SHAPE
    forms = {name: set() for name in INKS}
    _, sheet, _ = drawn(hard_cases()["k = 13"])
    for item in sheet.items():
        for name, ink in INKS.items():
            if isinstance(item, Line | Shape) and ink in item.colours:
                forms[name].add(form(item))
    assert all(forms.values())
    for one, other in BY_SHAPE:
        assert forms[one] != forms[other], (one, other)
    assert forms["square"] == {"box"}
    assert forms["quiet"] == {"upright line"}
    assert forms["prediction"] == {"level line", "upright line"}
    assert "slanted area" in forms["diamond"] and "slanted area" not in forms["ink"]


def form(item):
    """What a mark looks like without its colour and size."""
    turns = list(zip(item.points, [*item.points[1:], item.points[0]], strict=True))
    level = all(one[1] == other[1] for one, other in turns)
    upright = all(one[0] == other[0] for one, other in turns)
    if isinstance(item, Line):
        way = "level" if level else "upright" if upright else "slanted"
        return f"{way} {'dashes' if item.dash else 'line'}"
    square = all(one[0] == other[0] or one[1] == other[1] for one, other in turns)
    return "box" if square else "slanted area"
