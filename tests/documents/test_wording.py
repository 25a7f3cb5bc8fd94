"""A place in the text is told as it is printed."""

import pytest

from cms.documents.wording import passage


@pytest.mark.parametrize(
    ("anchor", "said"),
    [
        ("ii.2.1.dd", "II.2.1.đ"),
        ("i.h-27a0e1", "I"),
        ("p-6c6eb0", ""),
        ("p-6c6eb0-2", ""),
        ("2.1.a", "2.1.a"),
        ("c.1", "c.1"),
        ("pl.b1.r3", "pl.b1.r3"),
    ],
)
def test_an_anchor_is_said_as_people_write_it(anchor, said):
    assert passage(anchor) == said
