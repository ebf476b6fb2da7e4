"""Figures: a table of what is where comes first, then the picture that is drawn from it.

The way of a figure, one module a step:

`table` (texts as printed, raw numbers beside them) -> `forest` (a `sheet` of words, lines and
shapes, placed in points) -> `canvas` (the sheet on a matplotlib figure) -> `save` (bytes).

Charts on two axes go the same way: `chart_funnel`, `chart_influence`, `chart_curves` and
`chart_course` make their tables (from `chart_data`), `chart_review` those of a whole review, and
`chart` places every kind (`chart_frame` and `chart_axes` the axes, `chart_labels` the names beside
points, `chart_marks` the points).

`numbers` prints every number, `measures` knows the effect measures, `axis` chooses range and
ticks, `style` holds the look, `fonts` measures words. Only `fonts`, `canvas` and `save` import
matplotlib; everything before them can be tested without it.
"""
