"""What a reader asked for exactly: these words with these marks, the document of this number, this section."""

import pytest
from django.utils import translation

from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch_client import connect
from search.engines.tantivy import TantivyEngine
from search.explain import reasons
from search.misread import readings
from search.registry import Entry, Passage
from search.service import search


def document(pk: int, number: str, title: str = "Văn bản", *texts: str, issuer: str = "Phòng A", path=()) -> Entry:
    passages = tuple(Passage(f"p{i}", path, text) for i, text in enumerate(texts))
    facets = {"issuer": ((issuer.lower(), issuer),)}
    return Entry(f"document:{pk}", "document", title, f"/{pk}/", number, (issuer,), facets, passages=passages)


ENTRIES = (
    document(1, "1937/KH-PGDĐT", "Kế hoạch năm học", "Thực hiện nhiệm vụ trọng tâm."),
    document(2, "396/GDĐT-CNTT", "Báo cáo", "Thực hiện Kế hoạch số 1937/KH-PGDĐT về chỉ tiêu."),
    document(3, "74/PGDĐT", issuer="Phòng A"),
    document(4, "74/PGDĐT", issuer="Phòng B"),
    document(5, "74/PGDĐT", issuer="Phòng C"),
    document(6, "131/QĐ-TTg"),
    document(7, "19/2017/TT-BGDĐT"),
    document(8, "09-NQ/TU"),
    document(9, "18/KH-THCVA", "Chi tiêu của trường", "Chi tiêu nội bộ."),
    document(10, "4725/QĐ-BGDĐT"),
    document(11, "1938/KH-PGDĐT"),
    document(12, "30/2020/NĐ-CP"),
    Entry(
        "document:13",
        "document",
        "Kế hoạch có hai phần",
        "/13/",
        passages=(
            Passage("i", (), "I. Nhân lực"),
            Passage("i.1", ("I. Nhân lực",), "Chỉ tiêu: mười người."),
            Passage("ii", (), "II. Hạ tầng số"),
            Passage("ii.1", ("II. Hạ tầng số",), "Chỉ tiêu: mười phòng."),
        ),
    ),
)


@pytest.fixture(
    scope="module",
    params=["tantivy", pytest.param("elasticsearch", marks=pytest.mark.xdist_group("elasticsearch"))],
)
def engine(request, tmp_path_factory):
    if request.param == "tantivy":
        made = TantivyEngine(tmp_path_factory.mktemp("exactly"))
    else:
        url = request.getfixturevalue("search_server").url
        made = ElasticsearchEngine(connect((url,)), "exactly")
    with made.building() as builder:
        builder.write(ENTRIES)
        builder.publish()
    yield made
    if request.param == "elasticsearch":
        made.remove()


def found(engine, question: str) -> list[str]:
    return sorted(hit.record.key for hit in search(question, engine=engine).hits)


# --- marks in quotes


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ('"chỉ tiêu"', ["document:13", "document:2"]),
        ('"chi tiêu"', ["document:9"]),
        ('"chi tieu"', ["document:13", "document:2", "document:9"]),
        ('"chi tiêu nội bộ"', ["document:9"]),
        ('"chỉ tiêu" "hạ tầng số"', ["document:13"]),
        ('"kế hoạch" -"chỉ tiêu"', ["document:1"]),
        ('"ke hoach" -"chi tieu"', ["document:1"]),
    ],
)
def test_a_phrase_typed_with_its_marks_means_that_spelling_only(engine, question, right):
    results = search(question, engine=engine)
    assert sorted(hit.record.key for hit in results.hits) == right
    assert results.total == len(right)
    assert sum(bucket.count for bucket in results.facets["kind"]) == len(right)


def test_where_nothing_is_spelt_so_the_other_spellings_are_shown_and_that_is_said(engine):
    results = search('"chí tiêu"', engine=engine)
    assert (results.total, results.shown_for) == (3, '"chi tieu"')
    assert search('"chí phí"', engine=engine).total == 0


# --- headings


def test_of_two_clauses_with_the_words_the_one_under_the_heading_asked_for_is_shown(engine):
    (hit,) = search("chỉ tiêu hạ tầng số", engine=engine).hits[:1]
    clauses = [passage.anchor for passage in hit.passages if "." in passage.anchor]
    assert clauses[0] == "ii.1"
    (hit,) = search("chỉ tiêu nhân lực", engine=engine).hits[:1]
    assert next(passage.anchor for passage in hit.passages if "." in passage.anchor) == "i.1"


# --- numbers

SPELLINGS = {
    1: [
        "1937/KH-PGDĐT", "1937/kh-pgddt", "1937 KH PGDĐT", "1937/KH PGD ĐT", "1937/KH.PGDĐT", "1937 / KH - PGD&ĐT",
        "số: 1937/KH-PGDĐT", "Số 1937 / KH – PGDĐT", "1937-KH-PGDĐT", "kế hoạch 1937", "kế hoạch số 1937", "KH 1937",
        "kh1937", "1937KHPGDDT", "1937/KHPGDĐT", "1937/KH", "số 1937", "1937", "1937/KH-PGD-ĐT", "(1937/KH-PGDĐT)",
        "“1937/KH-PGDĐT”", '"1937/KH-PGDĐT"', "ké hoạch số 1937/KH_PGDĐT", "1937/KH-PGDĐT học phí bóng đá",
        # out of a stamp or a photo
        "l937/KH-PGDĐT", "I937/KH-PGDĐT", "1937/KH-PGÐÐT", "1937/KH-PGDOT", "1937/KH-PGDT", "1937/HK-PGDĐT",
        "193 7/KH-PGDĐT", "1937∕KH−PGDĐT", "1937\\KH-PGDĐT", "i937/KH-PGDĐT",
    ],
    2: ["396/GDĐT-CNTT", "396/GDDT-CNTI", "396 gddt cntt", "công văn 396", "cv 396"],
    6: ["131/QĐ-TTg", "131/QD-TTG", "131 qđ ttg", "quyết định 131", "13l/QĐ-TTg", "I3I/QĐ-TTg", "QĐ 131", "131/QÐ-TTg"],
    7: [
        "19/2017/TT-BGDĐT", "thông tư 19/2017", "thông tư số 19 năm 2017", "TT 19/2017/BGDĐT", "19/2O17/TT-BGDĐT",
        "19-2017-TT-BGDĐT", "thông tư 19",
    ],
    8: ["09-NQ/TU", "9-NQ/TU", "nghị quyết 09", "09/NQ-TU", "O9-NQ/TU"],
    9: ["18/KH-THCVA", "18 kh thcva", "I8/KH-THCVA", "018/KH-THCVA"],
    10: ["4725", "số 4725", "4725/QĐ-BGDĐT", "qđ 4725", "472S/QĐ-BGDĐT"],
    12: ["30/2020/NĐ-CP", "nghị định 30", "30/2O20/NĐ-CP", "3O/2020/NĐ-CP", "NĐ 30/2020/CP"],
}  # fmt: skip


@pytest.mark.parametrize(("pk", "spelt"), [(pk, spelt) for pk, ways in SPELLINGS.items() for spelt in ways])
def test_the_document_with_the_number_asked_for_is_the_answer_however_it_is_spelt(engine, pk, spelt):
    results = search(spelt, engine=engine)
    assert results.hits[0].record.key == f"document:{pk}"
    assert results.answer is results.hits[0]


def test_all_that_bear_one_number_stand_first_and_say_whose_they_are(engine):
    results = search("74/PGDĐT kế hoạch", engine=engine)
    assert {hit.record.key for hit in results.hits[:3]} == {"document:3", "document:4", "document:5"}
    assert {hit.record.facets["issuer"][0][1] for hit in results.hits[:3]} == {"Phòng A", "Phòng B", "Phòng C"}
    assert results.answer is None
    assert search("74/PGDĐT", engine=engine, filters={"issuer": ["phòng b"]}).answer.record.key == "document:4"


@pytest.mark.parametrize(
    "question", ["chỉ tiêu", "99/KH-PGDĐT", "1939/KH-PGDĐT", "2017", "1937/KH-PGDĐT 131/QĐ-TTg", ""]
)
def test_without_one_document_of_that_number_there_is_no_answer(engine, question):
    assert search(question, engine=engine).answer is None


def test_the_answer_is_not_repeated_in_the_commands_json(engine):
    assert set(search("1937/KH-PGDĐT", engine=engine).as_json()) == {
        "query", "total", "hits", "did_you_mean", "facets", "engine",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["", "thư viện", "năm 2025 có 10 lớp", "giai đoạn 2023-2025", "1937/KH-PGDĐT", "5/6"])
def test_what_is_no_misread_number_is_left_as_it_is(text):
    assert text not in readings(text)
    assert [made for made in readings(text) if "/" not in made] in ([], ["số " + text])


# --- why


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("1937/KH-PGDĐT", "It is the document with the number asked for."),
        ("1937/HK-PGDĐT", "Its number is the nearest to the one asked for."),
        ("số 4725", "Its number begins with 4725."),
        ('"chỉ tiêu"', "It has “chỉ tiêu”, word for word."),
        ("kế hoạch có hai phần", "It bears exactly this name."),
        ("nhiệm vụ", "All the words stand in one passage."),
        ("nhiem", "Its text has the words asked for."),
        ("nhiệm vụ xyzzyx", "Nothing has all the words; this was found without: xyzzyx."),
    ],
)
def test_every_result_says_why_in_words(engine, question, said):
    results = search(question, engine=engine)
    with translation.override("en"):
        told = [reasons(hit, results.plan) for hit in results.hits]
    assert said in told[0]
    assert all(told)
    assert all(len(set(each)) == len(each) for each in told)
