"""Automatic numbers, as Word prints them."""

from __future__ import annotations

import pytest

from cms.documents.pipeline.docx.numbering import formatted
from cms.documents.pipeline.extractors import extract
from tests.documents.docx.made import abstract, level, listed, num, package, para

LEGAL = (
    level(0, "upperRoman", "%1."),
    level(1, "decimal", "%2."),
    level(2, "lowerLetter", "%3)"),
)


def printed(body: str, numbering: str, **parts: str) -> list[str]:
    data = package(body, numbering=numbering, **parts)
    return [item.text for item in extract(data, "a.docx").items]


def words(*places: tuple[int, int]) -> str:
    return "".join(listed("x", key, depth) for key, depth in places)


@pytest.mark.parametrize(
    ("places", "numbering", "expected"),
    [
        pytest.param(
            [(1, 0), (1, 1), (1, 1), (1, 2), (1, 2), (1, 0), (1, 1), (1, 2)],
            abstract(0, *LEGAL) + num(1, 0),
            ["I.", "1.", "2.", "a)", "b)", "II.", "1.", "a)"],
            id="levels restart below a higher one",
        ),
        pytest.param(
            [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1)],
            abstract(0, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."), level(2, "decimal", "%1.%2.%3"))
            + num(1, 0),
            ["1.", "1.1.", "1.2.", "1.2.1", "2.", "2.1."],
            id="paths of numbers",
        ),
        pytest.param(
            [(1, 1), (1, 0)],
            abstract(0, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2")) + num(1, 0),
            ["1.1", "1."],
            id="a level above that was never used prints its start",
        ),
        pytest.param(
            [(1, 0), (1, 0), (2, 0), (2, 0), (1, 0)],
            abstract(0, level(0, "decimal", "%1.")) + num(1, 0) + num(2, 0),
            ["1.", "2.", "3.", "4.", "5."],
            id="two nums of one list count on together",
        ),
        pytest.param(
            [(1, 0), (1, 0), (2, 0), (2, 0)],
            abstract(0, level(0, "decimal", "%1.")) + num(1, 0) + num(2, 0, {0: 1}),
            ["1.", "2.", "1.", "2."],
            id="a start override begins anew, once",
        ),
        pytest.param(
            [(1, 0), (2, 0), (2, 0)],
            abstract(0, level(0, "decimal", "%1.")) + num(1, 0) + num(2, 0, {0: 7}),
            ["1.", "7.", "8."],
            id="a start override with a number",
        ),
        pytest.param(
            [(1, 0), (1, 1), (1, 0), (1, 1)],
            abstract(0, level(0, "upperRoman", "%1."), level(1, "decimal", "Điều %2.", '<w:lvlRestart w:val="0"/>'))
            + num(1, 0),
            ["I.", "Điều 1.", "II.", "Điều 2."],
            id="articles count through (lvlRestart 0)",
        ),
        pytest.param(
            [(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)],
            abstract(
                0, level(0, "decimal", "%1."), level(1, "decimal", "%2)"),
                level(2, "lowerLetter", "%3)", '<w:lvlRestart w:val="1"/>'),
            ) + num(1, 0),
            ["1.", "1)", "a)", "2)", "b)", "2.", "a)"],
            id="lvlRestart names the level that restarts",
        ),
        pytest.param(
            [(1, 0), (1, 1)],
            abstract(0, level(0, "upperRoman", "%1"), level(1, "decimal", "%1.%2", "<w:isLgl/>")) + num(1, 0),
            ["I", "1.1"],
            id="isLgl prints digits",
        ),
        pytest.param(
            [(1, 0), (1, 0), (1, 0)],
            abstract(0, level(0, "decimal", "%1.", '<w:start w:val="5"/>')) + num(1, 0),
            ["5.", "6.", "7."],
            id="start",
        ),
        pytest.param(
            [(1, 0), (1, 1)],
            abstract(0, level(0, "none", ""), level(1, "none", "Điều kiện:")) + num(1, 0),
            ["", "Điều kiện:"],
            id="none has no number, only words",
        ),
        pytest.param(
            [(1, 0), (1, 1), (1, 2)],
            abstract(0, level(0, "bullet", "\uf0b7"), level(1, "bullet", "-"), level(2, "bullet", "o")) + num(1, 0),
            ["•", "-", "◦"],
            id="bullets",
        ),
        pytest.param([(9, 0)], abstract(0, *LEGAL) + num(1, 0), [""], id="a num that is not there"),
        pytest.param([(1, 7)], abstract(0, *LEGAL) + num(1, 0), [""], id="a level that is not there"),
        pytest.param([(1, 0)], num(1, 3), [""], id="an abstract list that is not there"),
    ],
)  # fmt: skip
def test_numbers_of_a_list(places: list[tuple[int, int]], numbering: str, expected: list[str]) -> None:
    assert printed(words(*places), numbering) == [f"{label} x".strip() for label in expected]


STYLES = (
    '<w:style w:type="paragraph" w:styleId="N"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:basedOn w:val="N"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="H1b"><w:name w:val="mine"/><w:basedOn w:val="H1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="None"><w:name w:val="off"/><w:basedOn w:val="H1"/>'
    '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="loop"/><w:basedOn w:val="Loop"/></w:style>'
)


def styled(style: str, properties: str = "") -> str:
    return para("x", f'<w:pStyle w:val="{style}"/>{properties}')


def test_numbers_come_from_styles_and_the_styles_they_are_based_on() -> None:
    body = "".join(map(styled, ("H1", "H2", "H2", "H1b", "None", "Loop", "H1")))
    body += styled("H1", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>')
    body += styled("H1", '<w:numPr><w:ilvl w:val="1"/></w:numPr>')
    assert printed(body, abstract(0, *LEGAL) + num(1, 0), styles=STYLES) == [
        "I. x", "1. x", "2. x", "II. x", "x", "x", "III. x", "x", "1. x",
    ]  # fmt: skip


def test_a_level_that_names_the_style_wins() -> None:
    linked = abstract(0, level(0, "upperRoman", "%1."), level(1, "decimal", "%2.", '<w:pStyle w:val="H1"/>'))
    assert printed(styled("H1"), linked + num(1, 0), styles=STYLES) == ["1. x"]


def test_a_list_may_be_defined_by_a_list_style() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:name w:val="list"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    link = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="L"/></w:abstractNum>'
    assert printed(words((2, 0)), abstract(0, *LEGAL) + link + num(1, 0) + num(2, 5), styles=styles) == ["I. x"]


def test_a_level_may_be_overridden_whole() -> None:
    other = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        + level(0, "decimal", "Điều %1.") + "</w:lvlOverride></w:num>"
    )  # fmt: skip
    assert printed(words((2, 0), (2, 0)), abstract(0, *LEGAL) + other) == ["Điều 1. x", "Điều 2. x"]


def test_no_gap_behind_the_number_where_the_list_has_none() -> None:
    tight = abstract(0, level(0, "decimal", "%1.", '<w:suff w:val="nothing"/>')) + num(1, 0)
    assert printed(words((1, 0)), tight) == ["1.x"]


def test_an_empty_numbered_paragraph_counts_and_is_not_printed() -> None:
    body = listed("x", 1) + listed("", 1) + listed("x", 1)
    assert printed(body, abstract(0, level(0, "decimal", "%1.")) + num(1, 0)) == ["1. x", "3. x"]


@pytest.mark.parametrize(
    ("fmt", "count", "text"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("upperRoman", 14, "XIV"),
        ("lowerRoman", 39, "xxxix"),
        ("upperRoman", 0, "0"),
        ("lowerLetter", 4, "d"),
        ("lowerLetter", 5, "e"),
        ("lowerLetter", 27, "aa"),
        ("upperLetter", 2, "B"),
        ("upperLetter", 54, "BBB"),
        ("vietnameseCounting", 21, "hai mươi mốt"),
        ("none", 3, ""),
        ("arabicAbjad", 3, "3"),
    ],
)
def test_formats(fmt: str, count: int, text: str) -> None:
    assert formatted(count, fmt) == text


def test_a_number_stands_before_its_words_also_behind_a_page_break() -> None:
    own = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    broken = para('<w:r><w:br w:type="page"/><w:t>x</w:t></w:r>', own) + para("y", "<w:pageBreakBefore/>" + own)
    titled = para("<w:r><w:br/><w:t>QUY ĐỊNH</w:t></w:r>", own)
    numbering = abstract(0, level(0, "upperRoman", "Chương %1")) + num(1, 0)
    assert printed(broken + titled, numbering) == ["Chương I x", "Chương II y", "Chương III", "QUY ĐỊNH"]
