"""The demonstration content keeps its rules: codes resolve, shapes are legal, nothing copied, nobody named.

Pure: reads the data files only. The copy rule compares with the source texts beside the repository and skips
where they are absent.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
ORGANISATIONS = ROOT / "cms" / "organisations" / "demo" / "organisations.csv"
SUCCESSIONS = ROOT / "cms" / "organisations" / "demo" / "successions.csv"
DOCUMENTS = ROOT / "cms" / "documents" / "demo" / "documents.yaml"

ORGANISATION_COLUMNS = (
    "code,name,short_name,aliases,kind,levels,area,ownership,parent_code,opened_on,closed_on,address,"
    "latitude,longitude,website,source_note"
).split(",")
SUCCESSION_COLUMNS = ["predecessor_code", "successor_code", "on", "kind", "note"]
KINDS = {"government", "ministry", "province", "district", "commune", "agency", "school", "centre", "other"}
LEVELS = {"preschool", "primary", "lower_secondary", "upper_secondary", "continuing", "special"}
TYPES = set("plan decision letter guidance scheme report regulation resolution circular decree other".split())
FIELDS = set(
    "number type issuer parent_issuer place issued_on effective_from period_raw title recipients addressees "
    "topics is_summary signer body".split()
)
TABLE_KEYS = set("data first_row_is_table_header first_col_is_header table_caption cell mergeCells".split())
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONG_SUMMARIES = ["1937/KH-PGDĐT", None, "18/KH-THCVA", "396/GDĐT-CNTT"]
LEGAL_BASIS = re.compile(r"^(Căn cứ|Thực hiện) \w[\w ]* số \S+ ngày \d{1,2}/\d{1,2}/\d{4} của ")
RUN = 12


def rows_of(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        return list(reader.fieldnames or []), list(reader)


DATA = yaml.safe_load(DOCUMENTS.read_text(encoding="utf-8"))
BY_NUMBER = {document["number"]: document for document in DATA["documents"]}
CODES = {row["code"] for row in rows_of(ORGANISATIONS)[1]}


def fragments(document: dict) -> Iterator[str]:
    """Every piece of running text of a body: one line, one cell, one heading, one caption, one note."""
    for block in document["body"]:
        value = block["value"]
        match block["type"]:
            case "text":
                yield from value.split("\n")
            case "heading" | "note":
                yield value["text"]
            case "table":
                yield value["table_caption"]
                for row in value["data"]:
                    yield from row


def words(text: str) -> list[str]:
    """Lower-case words, composed Unicode, punctuation dropped; a document symbol falls into its parts."""
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())


def longest_run(text: str, source: str) -> list[str]:
    """The longest run of consecutive words of ``text`` in ``source`` (words joined by spaces, padded)."""
    tokens, best = words(text), []
    for start in range(len(tokens)):
        end = start + len(best) + 1
        while end <= len(tokens) and f" {' '.join(tokens[start:end])} " in source:
            best = tokens[start:end]
            end += 1
    return best


# ------------------------------------------------------------------ organisations


def test_the_organisation_files_have_the_agreed_columns():
    assert rows_of(ORGANISATIONS)[0] == ORGANISATION_COLUMNS
    assert rows_of(SUCCESSIONS)[0] == SUCCESSION_COLUMNS


def test_codes_are_unique_ascii_and_parents_exist_without_a_cycle():
    rows = rows_of(ORGANISATIONS)[1]
    codes = [row["code"] for row in rows]
    assert len(codes) == len(set(codes))
    parents = {row["code"]: row["parent_code"] for row in rows}
    for code, parent in parents.items():
        assert CODE.fullmatch(code), code
        assert parent == "" or parent in parents, f"{code} → {parent}"
        seen = {code}
        while parent:
            assert parent not in seen, f"a cycle through {code}"
            seen.add(parent)
            parent = parents[parent]


def test_names_kinds_and_levels_are_legal():
    rows = rows_of(ORGANISATIONS)[1]
    names = [row["name"] for row in rows]
    assert len(names) == len(set(names))
    for row in rows:
        levels = [level for level in row["levels"].split(";") if level]
        assert row["name"].strip(), row["code"]
        assert row["source_note"].strip(), row["code"]
        assert row["kind"] in KINDS, row["code"]
        assert set(levels) <= LEVELS, row["code"]
        assert bool(levels) == (row["kind"] == "school"), row["code"]


def test_an_alias_names_one_organisation_only():
    owner: dict[str, str] = {}
    for row in rows_of(ORGANISATIONS)[1]:
        mine = {row["name"], row["short_name"], *row["aliases"].split(";")} - {""}
        for name in mine:
            assert owner.setdefault(name.casefold(), row["code"]) == row["code"], name


def test_organisation_and_succession_dates_are_iso_and_in_order():
    for row in rows_of(ORGANISATIONS)[1]:
        dates = [dt.date.fromisoformat(row[key]) for key in ("opened_on", "closed_on") if row[key]]
        assert dates == sorted(set(dates)), row["code"]
    for row in rows_of(SUCCESSIONS)[1]:
        dt.date.fromisoformat(row["on"])
        assert {row["predecessor_code"], row["successor_code"]} <= CODES


# ------------------------------------------------------------------ documents


def test_topics_are_unique_and_those_used_exist():
    slugs = [topic["slug"] for topic in DATA["topics"]]
    assert len(slugs) == len(set(slugs))
    assert all(CODE.fullmatch(slug) for slug in slugs)
    assert all(topic["name"] and topic["name_en"] for topic in DATA["topics"])
    used = {slug for document in DATA["documents"] for slug in document["topics"]}
    assert used == set(slugs)


@pytest.mark.parametrize("document", DATA["documents"], ids=lambda document: str(document["number"]))
def test_document_fields_are_legal(document):
    assert set(document) == FIELDS
    assert document["type"] in TYPES
    assert document["issuer"] in CODES
    assert document["parent_issuer"] is None or document["parent_issuer"] in CODES
    assert document["title"].strip()
    assert document["is_summary"] is True
    for key in ("issued_on", "effective_from"):
        assert document[key] is None or type(document[key]) is dt.date, key
    for key in ("recipients", "addressees", "topics"):
        assert all(isinstance(item, str) and item for item in document[key]), key


def test_a_document_is_known_by_number_issuer_and_year():
    keys = [
        (document["number"] or document["title"], document["issuer"], str(document["issued_on"])[:4])
        for document in DATA["documents"]
    ]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("document", DATA["documents"], ids=lambda document: str(document["number"]))
def test_body_blocks_have_the_shape_the_editor_edits(document):
    marks, used = [], []
    for block in document["body"]:
        assert set(block) == {"type", "value"}
        value = block["value"]
        match block["type"]:
            case "heading":
                assert set(value) == {"level", "number", "text"}
                assert type(value["level"]) is int
                assert 1 <= value["level"] <= 6
                assert isinstance(value["number"], str)
                assert not value["number"].endswith(".")
                assert value["text"].strip()
            case "text":
                lines = value.split("\n")
                assert all(line.strip() == line and line for line in lines), value
            case "table":
                assert set(value) == TABLE_KEYS
                assert len(value["data"]) >= 2
                assert len({len(row) for row in value["data"]}) == 1
                assert all(isinstance(cell, str) for row in value["data"] for cell in row)
                assert all(value["data"][0])
                assert value["first_row_is_table_header"] is True
                assert value["table_caption"]
                assert value["cell"] == []
                assert value["mergeCells"] == []
            case "note":
                assert set(value) == {"mark", "text"}
                assert value["text"].strip()
                marks.append(value["mark"])
            case other:
                pytest.fail(f"unknown block {other}")
        if block["type"] != "note":
            used += re.findall(r"\[(\d+)\]", str(value))
    assert len(marks) == len(set(marks))
    assert set(marks) == set(used), "every note is referred to, every reference has its note"


@pytest.mark.parametrize("number", LONG_SUMMARIES)
def test_the_five_summaries_are_long_enough_and_carry_a_table(number):
    document = BY_NUMBER[number]
    length = sum(len(fragment.split()) for fragment in fragments(document))
    print(f"{number}: {length} words")
    assert 600 <= length <= 1500
    assert any(block["type"] == "table" for block in document["body"])
    assert document["body"][0]["type"] == "text"
    assert all(LEGAL_BASIS.match(line) for line in document["body"][0]["value"].split("\n"))


def test_some_citations_resolve_and_some_do_not():
    symbol = re.compile(r"\d+(?:/\d{4})?[/-][A-ZĐ][A-ZĐa-z&-]*(?:[/-][A-ZĐ][A-ZĐa-z&-]*)*")
    cited = {
        found
        for document in DATA["documents"]
        for fragment in fragments(document)
        for found in re.findall(r"số (" + symbol.pattern + ")", fragment)
    }
    held = {number for number in BY_NUMBER if number}
    assert len(cited & held) >= 15
    assert {"09-NQ/TU", "59/KH-UBND", "564/PGD&ĐT"} <= cited - held


def test_criteria_maxima_and_scores_add_up_to_their_groups():
    def column(number: str, caption: str, index: int) -> dict[str, str]:
        tables = [block["value"] for block in BY_NUMBER[number]["body"] if block["type"] == "table"]
        [table] = [table for table in tables if table["table_caption"].startswith(caption)]
        return {row[0]: row[index] for row in table["data"][1:]}

    for values in (column("4725/QĐ-BGDĐT", "Tiêu chí", 2), column("18/KH-THCVA", "Điểm tự", 2),
                   column("18/KH-THCVA", "Điểm tự", 3)):  # fmt: skip
        for group in ("1", "2"):
            parts = [value for code, value in values.items() if code.startswith(f"{group}.")]
            assert sum(int(value) for value in parts if value.isdigit()) == int(values[group])


# ------------------------------------------------------------------ nobody named, nothing copied


def test_no_signer_is_named():
    assert all(document["signer"] is None for document in DATA["documents"])
    everything = DOCUMENTS.read_text(encoding="utf-8") + ORGANISATIONS.read_text(encoding="utf-8")
    assert not re.search(r"(?<!\w)(?:đồng chí|ông|bà|Ông|Bà) [A-ZĐ]\w+ [A-ZĐ]", everything)
    assert not re.search(r"\S+@\S+", everything), "no mail address"


def test_the_persons_of_the_sources_are_absent():
    golden = SHARED / "golden"
    if not (golden / "documents.yaml").exists():
        pytest.skip("the read-out of the source documents is not beside the repository")
    documents = yaml.safe_load((golden / "documents.yaml").read_text(encoding="utf-8"))["documents"]
    names = {document["nguoi_ky"] for document in documents if document.get("nguoi_ky")}
    school = yaml.safe_load((golden / "school_inventory.yaml").read_text(encoding="utf-8"))["school"]
    names |= set(school["it_contacts"]["names"])
    everything = DOCUMENTS.read_text(encoding="utf-8") + ORGANISATIONS.read_text(encoding="utf-8")
    assert len(names) >= 3
    assert not [name for name in names if name in everything]


def test_the_longest_run_is_found():
    source = " " + " ".join(words("Một hai ba bốn năm.")) + " "
    assert longest_run("không hai, BA bốn sáu", source) == ["hai", "ba", "bốn"]
    assert longest_run("ha ba", source) == ["ba"]


def test_no_sentence_of_the_sources_is_copied():
    """Titles and legal bases (number, date, issuer, title) are facts; all else is our own wording."""
    if not SEEDS:
        pytest.skip("the source texts are not beside the repository")
    source = " " + " ".join(words("\n".join(path.read_text(encoding="utf-8") for path in SEEDS))) + " "
    titles = sorted((document["title"] for document in DATA["documents"]), key=len, reverse=True)
    worst: tuple[list[str], str] = ([], "")
    copied = []
    for document in DATA["documents"]:
        for fragment in fragments(document):
            if LEGAL_BASIS.match(fragment):
                continue
            for title in titles:
                fragment = fragment.replace(title, " ¶¶ ")
            for part in fragment.split("¶¶"):
                run = longest_run(part, source)
                worst = max(worst, (run, part), key=lambda pair: len(pair[0]))
                if len(run) >= RUN:
                    copied.append((document["number"], " ".join(run)))
    print(f"longest run of a source: {len(worst[0])} words: {' '.join(worst[0])!r}")
    assert copied == []
