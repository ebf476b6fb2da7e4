"""A ± that was lost between two numbers, and pairs of numbers that are something else."""

from evergrove.reading import read_abstract


def centres(text):
    return [(r["mean"], r["sd"], r["se"], r["pm"]) for r in read_abstract(text)["records"]]


def test_a_lost_sign_is_put_back_and_queued():
    text = (
        "Values are means (SD). The heel NRS of 24 sailors was 7.1 1.2 before and 3.4 1.1 at 5 "
        "weeks."
    )
    assert centres(text) == [(7.1, 1.2, None, None), (3.4, 1.1, None, None)]
    assert "plus_minus_lost" in read_abstract(text)["queue"]


def test_the_spans_point_at_the_numbers():
    text = "Mean (SD) heel NRS of 24 sailors was 7.1 1.2 before and 3.4 1.1 at 5 weeks."
    for record in read_abstract(text)["records"]:
        for start, end, surface in record["spans"].values():
            assert text[start:end] == surface


def test_one_pair_alone_is_no_proof():
    text = "Values are means (SD). The heel NRS of 24 sailors was 7.1 1.2 at 5 weeks."
    assert "plus_minus_lost" not in read_abstract(text)["queue"]


def test_no_spread_is_named():
    text = "The heel NRS of 24 sailors was 7.1 1.2 before and 3.4 1.1 at 5 weeks."
    assert "plus_minus_lost" not in read_abstract(text)["queue"]


def test_pairs_that_rise_are_something_else():
    text = "Mean (SD) heel NRS of 24 sailors was 1.2 7.1 before and 3.4 1.1 at 5 weeks."
    assert "plus_minus_lost" not in read_abstract(text)["queue"]


def test_a_sign_that_is_left_says_that_none_was_lost():
    text = "NRS was 7.1 ± 1.0 in 24 sailors; 3.4 1.1 and 4.4 1.2 (SD) stood in a table."
    assert "plus_minus_lost" not in read_abstract(text)["queue"]
