"""What holds for every sheet: texts apart, on the page, and inside what holds them."""

from evergrove.figures.sheet import Line, Shape, Sheet, Words


def overlap(one, other):
    """How far two boxes (left, top, right, bottom) overlap; not above 0 where they do not."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    return min(across, min(one[3], other[3]) - max(one[1], other[1]))


def extent(item: Line | Shape):
    xs, ys = zip(*item.points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def assert_texts_are_apart(sheet: Sheet):
    words = sorted(sheet.words(), key=lambda item: item.box[1])
    assert words
    for number, one in enumerate(words):
        left, top, right, bottom = one.box
        assert left >= 0 and top >= 0 and right <= sheet.width and bottom <= sheet.height, one.text
        for other in words[number + 1 :]:
            if other.box[1] >= bottom:
                break
            assert overlap(one.box, other.box) <= 1e-6, (one.text, other.text)


def group(sheet: Sheet, id: str):
    return next(group for group in sheet.groups if group.id == id)


def texts(sheet: Sheet, id: str):
    return [item.text for item in group(sheet, id).items if isinstance(item, Words)]
