"""Lists lettered in the Vietnamese alphabet and in the one Word counts with."""

from __future__ import annotations

import pytest

from cms.documents.pipeline import read

TYPED = "abcdđeghiklmnopqrstuvxy"
WORDS_OWN = "abcdefghijklmnopqrstuvwxyz"


def items(letters: str, form: str = "{})") -> tuple[list[str], list[str], int]:
    """Printed marks, anchors and repairs of a list of short sentences under "I. MỘT"."""
    lines = [f"{form.format(letter)} Việc thứ {at} của trường;" for at, letter in enumerate(letters)]
    reading = read(
        "\n".join(["KẾ HOẠCH", "Đọc sách", "I. MỘT", "Các việc:", *lines, "II. HAI", "Xong."]).encode(), "x.txt"
    )
    found = [node for node in reading.nodes if node.kind == "item"]
    return [node.number for node in found], [node.anchor for node in found], len(reading.repairs)


@pytest.mark.parametrize("letters", [TYPED, WORDS_OWN], ids=["Vietnamese", "Word's own"])
@pytest.mark.parametrize("form", ["{})", "({})"])
def test_every_letter_of_both_alphabets_is_a_point(letters: str, form: str) -> None:
    numbers, anchors, repaired = items(letters, form)
    assert numbers == [form.format(letter) for letter in letters]
    assert anchors == [f"i.{'dd' if letter == 'đ' else letter}" for letter in letters]
    assert not repaired


@pytest.mark.parametrize(
    ("printed", "read_as"),
    [
        ("abcdde", "abcdđe"),
        ("abcdd", "abcdđ"),
        ("abcdđe", "abcdđe"),
        ("abcdef", "abcdef"),
        ("abcddef", "abcddef"),
        ("abcddđe", "abcddđe"),
        ("abcdabcdd", "abcdabcdđ"),
        ("abcdefabcdde", "abcdefabcdđe"),
        ("abcdabcd", "abcdabcd"),
    ],
)
def test_a_second_d_is_read_as_the_letter_after_d_only_where_the_list_proves_it(printed: str, read_as: str) -> None:
    numbers, _anchors, repaired = items(printed)
    assert numbers == [f"{letter})" for letter in read_as]
    assert bool(repaired) == (printed != read_as)
