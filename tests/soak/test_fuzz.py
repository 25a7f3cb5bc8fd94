"""Whatever bytes arrive as a file and whatever is typed into the search field: a clear answer, never a crash.

A seeded sample runs with every test run; ``make soak`` runs twenty thousand of each.
"""

import random
from pathlib import Path

import pytest

from cms.documents.pipeline import Unreadable, nodes_from_blocks, read
from tests.factories import DocumentPageFactory

FILES = sorted((Path(__file__).parents[1] / "files").glob("*.txt"))
PIECES = [
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\t" * 40, b"\n" * 40, b"I. ", b"II. ", "đ) ".encode(), b"(1) ", b"- ",
    "PHỤ LỤC 9".encode(), "Số: 1/KH-".encode(), "Căn cứ ".encode(), "Nơi nhận:".encode(), b"\xc3", b"9" * 300,
    "ngày 31 tháng 02 năm 2023".encode(), b"| | |", b"<i>", b"](mailto:", "Điều 1. ".encode(), "̣̀".encode(),
]  # fmt: skip
QUERY_PIECES = [
    '"', "*", "AND", "OR", "NOT", "title:", "-", "+", "[", "]", "{", "}", "(", ")", "~", "^", "?", "\\", "/", "\x00",
    "\u202e", "😀", "ke hoach", "kế hoạch", "1937/KH-PGDĐT", "65%", "TTKDTM", " ", "\t", "̣", "ngaan hangf", "a" * 500,
]  # fmt: skip


def mutated(rng: random.Random) -> bytes:
    data = bytearray(rng.choice(FILES).read_bytes())
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(len(data) + 1)
        match rng.randrange(4):
            case 0:
                data[at:at] = rng.choice(PIECES)
            case 1:
                del data[at : at + rng.randint(1, 400)]
            case 2:
                data[at : at + 1] = bytes([rng.randrange(256)])
            case 3:
                start = rng.randrange(len(data) + 1)
                data[at:at] = data[start : start + rng.randint(1, 600)]
    return bytes(data)


def read_many(count: int, seed: int) -> tuple[int, int]:
    """How many of so many mutated files were read, and how many refused. Anything else is an error."""
    rng = random.Random(seed)
    read_ones = refused = 0
    for _ in range(count):
        data = mutated(rng)
        try:
            reading = read(data, "thu.txt")
        except Unreadable as error:
            assert "thu.txt" in str(error)
            refused += 1
            continue
        anchors = [node.anchor for node in reading.nodes]
        assert len(anchors) == len(set(anchors))
        assert list(reading.nodes) == nodes_from_blocks(reading.blocks)
        reading.as_json()
        read_ones += 1
    print(f"{count} files: {read_ones} read, {refused} refused")
    return read_ones, refused


def ask_many(client, count: int, seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(count):
        query = "".join(rng.choice(QUERY_PIECES) for _ in range(rng.randint(1, 30)))
        parameters = {
            "q": query,
            "trang": rng.choice(["", "1", "-1", "10" * 20, "x"]),
            "type": rng.choice(["", "plan", "?"]),
        }
        assert client.get("/tim-kiem/", parameters).status_code == 200, parameters


def test_a_sample_of_broken_files():
    read_ones, refused = read_many(150, seed=20261122)
    assert read_ones
    assert refused


@pytest.fixture
def something_to_find(db, committed):
    with committed():
        page = DocumentPageFactory(number="1937/KH-PGDĐT", body=[("text", "Kế hoạch: 65% thu qua TTKDTM.")])
        page.save_revision().publish()


def test_a_sample_of_odd_questions(something_to_find, reader):
    assert "1937/KH-PGDĐT" in reader.get("/tim-kiem/?q=ke+hoach").content.decode()
    ask_many(reader, 60, seed=20261122)


@pytest.mark.soak
def test_twenty_thousand_broken_files():
    read_many(20_000, seed=1)


@pytest.mark.soak
def test_twenty_thousand_odd_questions(something_to_find, reader):
    ask_many(reader, 20_000, seed=1)
