"""The embedded engine on a small collection, through the service everyone calls."""

import json
import multiprocessing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from search.engines.base import IndexMissing, State
from search.engines.elasticsearch import ElasticsearchBuilder, ElasticsearchEngine
from search.engines.elasticsearch_reader import ElasticsearchReader
from search.engines.tantivy import TantivyBuilder, TantivyEngine
from search.engines.tantivy_reader import TantivyReader
from search.letters import strip_marks
from search.registry import Entry, Passage
from search.service import search

CLUSTERS = (ElasticsearchEngine, ElasticsearchReader, ElasticsearchBuilder)

PLAN, LETTER, SCHOOL = "document:1", "document:2", "organisation:7"


def keys(results) -> list[str]:
    return [hit.record.key for hit in results.hits]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("12/KH-PGDĐT", PLAN),
        ("12 kh pgddt", PLAN),
        ("số 396", LETTER),
        ("396/gddt-cntt", LETTER),
        ("65% TTKDTM", PLAN),
        ("65 phần trăm", PLAN),
        ("thanh toan khong dung tien mat", PLAN),
        ("thư viện", LETTER),
        ("thu vien", LETTER),
        ("phụ huynh", LETTER),
        ("tieu hoc hoa mai", SCHOOL),
        ("Trường Tiểu học Hoa Mai", SCHOOL),
        ("TH Hoa Mai", SCHOOL),
        ("phổ thông cơ sở Hoa Mai", SCHOOL),
        ("131/qd-ttg", PLAN),
        ("25/01/2022", PLAN),
        ("báo cáo số liệu thư viện", LETTER),
    ],
)
def test_the_right_one_comes_first(engine, question, first):
    assert keys(search(question, engine=engine))[0] == first


def test_a_document_comes_before_those_that_mention_its_number(engine):
    assert keys(search("12/KH-PGDĐT", engine=engine)) == [PLAN, LETTER]


def test_a_mentioned_number_is_found_and_told_as_not_held(engine):
    results = search("131/QĐ-TTg", engine=engine)
    assert keys(results) == [PLAN]
    assert results.unknown_numbers == ("131/QĐ-TTg",)


def test_parents_are_found_by_either_name(engine):
    for question in ("phụ huynh", "cha mẹ học sinh", "phu huynh", "CMHS"):
        assert set(keys(search(question, engine=engine))) == {PLAN, LETTER}


def test_one_way_concepts_go_one_way(tmp_path):
    made = TantivyEngine(tmp_path / "one-way")
    texts = ("Bố mẹ được mời họp.", "Phụ huynh được mời họp.")
    with made.building() as builder:
        builder.write(
            Entry(f"a:{i}", "a", "Thư mời", "/", passages=(Passage("p", (), t),)) for i, t in enumerate(texts)
        )
        builder.publish()
    assert set(keys(search("bố mẹ", engine=made))) == {"a:0", "a:1"}
    assert keys(search("phụ huynh", engine=made)) == ["a:1"]


def test_a_hit_is_a_document_with_its_best_passage_and_where_it_stands(engine):
    (hit,) = search("sổ liên lạc", engine=engine).hits
    assert hit.passages[0].url == "/van-ban/12-kh-pgddt/#ii.1"
    assert hit.passages[0].path == ("II. NHIỆM VỤ", "1. Hạ tầng")
    assert "<mark>sổ liên lạc</mark>" in hit.passages[0].excerpt.to_html()


def test_totals_and_facets_count_documents_not_passages(engine):
    results = search("thực hiện", engine=engine)
    assert results.total == 2
    assert {b.value: b.count for b in results.facets["type"]} == {"plan": 1, "letter": 1}
    assert {b.value: b.count for b in results.facets["issuer"]} == {"pgd": 2}
    assert [b.value for b in results.facets["year"]] == ["2024", "2023"]


def test_a_facet_ignores_its_own_filter_and_respects_the_others(engine):
    results = search("thực hiện", filters={"type": ["plan"]}, engine=engine)
    assert keys(results) == [PLAN]
    assert {b.value: b.count for b in results.facets["type"]} == {"plan": 1, "letter": 1}
    assert {b.value: b.count for b in results.facets["year"]} == {"2024": 1}


def test_a_filter_that_finds_nothing_still_offers_the_other_values(engine):
    results = search("thực hiện", filters={"type": ["none"]}, engine=engine)
    assert results.total == 0
    assert {b.value: b.count for b in results.facets["type"]} == {"plan": 1, "letter": 1}
    assert set(results.facets) == {"type"}


def test_values_of_one_filter_are_alternatives(engine):
    assert search("thực hiện", filters={"type": ["plan", "letter"]}, engine=engine).total == 2
    assert search("thực hiện", filters={"type": ["plan"], "year": ["2023"]}, engine=engine).total == 0
    assert search("thực hiện", filters={"type": ["none"]}, engine=engine).total == 0


def test_a_filter_nobody_knows_is_ignored(engine):
    assert search("thực hiện", filters={"colour": ["red"]}, engine=engine).total == 2


def test_one_kind_can_be_asked_for(engine):
    assert keys(search("phòng giáo dục và đào tạo", kind="organisation", engine=engine)) == [SCHOOL]


def test_quoted_words_must_stand_together(engine):
    assert keys(search('"báo cáo thư viện"', engine=engine)) == [LETTER]
    assert search('"thư viện báo cáo"', engine=engine).total == 0


def test_phrases_do_not_cross_passages(engine):
    assert search('"hằng tháng thực hiện"', engine=engine).total == 0


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("thực hiện -thư", {PLAN}),
        ('thực hiện -"gửi báo cáo"', {PLAN}),
        ("thực hiện -khongco", {PLAN, LETTER}),
        ("thực hiện -thử", {PLAN, LETTER}),
    ],
)
def test_what_is_excluded_is_not_found(engine, question, found):
    assert set(keys(search(question, engine=engine))) == found


def test_a_word_nobody_has_is_dropped_and_named(engine):
    results = search("viện xyzq", engine=engine)
    assert keys(results) == [LETTER]
    assert results.dropped == ("xyzq",)


def test_words_that_never_meet_are_relaxed_and_named(engine):
    results = search("tháng hoa", engine=engine)
    assert results.total
    assert results.dropped


def test_newest_first(engine):
    assert keys(search("thực hiện", sort="newest", engine=engine)) == [PLAN, LETTER]


@pytest.mark.parametrize("page", [-1, 0, 1, 2, 10**9])
def test_any_page_number_is_brought_into_range(engine, page):
    results = search("thực hiện", page=page, per_page=1, engine=engine)
    assert (results.total, results.pages, len(results.hits)) == (2, 2, 1)
    assert results.page == (1 if page < 2 else 2)


def test_pages_beyond_the_ranked_ones_hold_the_rest(tmp_path):
    engine = TantivyEngine(tmp_path)
    with engine.building() as builder:
        builder.write(Entry(f"document:{i}", "document", f"Thư viện {i}", f"/{i}/") for i in range(430))
        builder.publish()
    seen: list[str] = []
    for page in range(1, 10):
        seen += keys(search("thư viện", page=page, per_page=50, engine=engine))
    assert len(seen) == len(set(seen)) == 430


def test_a_name_asked_for_comes_before_texts_that_repeat_it(engine):
    office = Entry("organisation:8", "organisation", "Phòng Giáo dục và Đào tạo huyện Sông Lam", "/co-quan/sl/")
    texts = [
        Entry(f"organisation:{i}", "organisation", f"Trường {i}", "/", passages=(Passage("", (), office.title),))
        for i in range(20, 30)
    ]
    engine.write([office, *texts])
    for question in ("phong giao duc va dao tao", "Phòng GDĐT Sông Lam", "PGD&ĐT Sông Lam"):
        assert keys(search(question, engine=engine))[0] == "organisation:8", question


def test_an_alias_many_share_names_none_of_them(engine):
    issued = [Entry(f"document:{i}", "document", f"Văn bản {i}", "/", aliases=("Sở Giáo dục",)) for i in range(20, 30)]
    engine.write(issued)
    results = search("sở giáo dục", engine=engine)
    assert not any(name == "exact_title" for hit in results.hits for name, _ in hit.signals)


def test_only_passages_worth_reading_are_shown(engine):
    passages = (
        Passage("a", (), "Thư viện thông minh mở cửa cả ngày."),
        Passage("b", (), "Học sinh thông hiểu bài."),
    )
    engine.write([Entry("document:9", "document", "Mở cửa", "/9/", passages=passages)])
    hit = next(h for h in search("thư viện thông minh", engine=engine).hits if h.record.key == "document:9")
    assert [passage.anchor for passage in hit.passages] == ["a"]


def test_homographs_are_kept_apart_where_marks_are_typed(engine):
    pairs = [("bán ghế", "bàn ghế"), ("lớp học tối", "lớp học tôi"), ("sổ gốc", "số góc")]
    for one, other in pairs:
        texts = {"document:21": other, "document:22": one}
        engine.write(
            [Entry(key, "document", "Tin", "/", passages=(Passage("a", (), text),)) for key, text in texts.items()]
        )
        assert keys(search(one, engine=engine))[0] == "document:22"
        assert keys(search(other, engine=engine))[0] == "document:21"
        assert {"document:21", "document:22"} <= set(keys(search(strip_marks(one), engine=engine)))


@pytest.mark.parametrize(
    "question",
    ["sổ vàng là gì?", "định nghĩa của “sổ vàng”", "theo Quy chế 2020, sổ vàng được hiểu như thế nào", "so vang la gi"],
)
def test_a_question_of_meaning_prefers_the_passage_that_says_it(engine, question):
    said = "Sổ vàng là quyển ghi tên người góp sách."
    often = "Sổ vàng do sổ vàng giữ; sổ vàng để ở tủ sổ vàng, sổ vàng mở mỗi năm."
    engine.write(
        [
            Entry(f"document:{n}", "document", "Quy chế", f"/{n}/", passages=(Passage("a", (), text),))
            for n, text in ((31, often), (32, "Quy chế thư viện. " + said))
        ]
    )
    hits = search(question, engine=engine).hits
    assert hits[0].record.key == "document:32"
    assert "defines" in dict(hits[0].signals)


def test_new_cited_and_in_force_come_before_their_equals(engine):
    this_year = str(date.today().year)
    text = (Passage("a", (), "Mượn sách về nhà."),)
    facets = {
        "document:41": {},
        "document:42": {"year": ((this_year, this_year),)},
        "document:43": {"cited": (("8", "8"),)},
        "document:44": {"status": (("expired", "expired"),)},
    }
    engine.write([Entry(key, "document", "Nội quy", "/", facets=own, passages=text) for key, own in facets.items()])
    results = search("mượn sách về nhà", engine=engine)
    assert keys(results) == ["document:42", "document:43", "document:41", "document:44"]
    assert [dict(hit.signals).get("out_of_force") for hit in results.hits][-1] == -0.4
    assert "status" not in results.facets and "cited" not in results.facets


# --- keeping


def test_putting_again_replaces_and_dropping_removes(engine, collection):
    changed = replace(collection[1], title="Mượn sách", passages=(Passage("p-9", (), "Nội dung mới."),))
    engine.write([changed], [PLAN])
    assert keys(search("mượn sách", engine=engine)) == [LETTER]
    assert search("thư viện", engine=engine).total == 0
    assert search("tiền mặt", engine=engine).total == 0
    assert engine.reader().stats() == {"documents": 2, "passages": 2}


def test_writing_twice_changes_nothing(engine, collection):
    before = dict(engine.reader().digests())
    engine.write(collection)
    assert dict(engine.reader().digests()) == before


def test_a_rebuild_swaps_at_once_and_an_open_reader_goes_on(engine, collection):
    old = engine.reader()
    with engine.building() as builder:
        builder.write(collection[:1])
        assert search("viện", engine=engine).total == 1
        builder.publish()
    assert search("viện", engine=engine).total == 0
    assert old.stats()["documents"] == 3


def test_only_the_present_and_the_former_index_stay_on_the_disk(engine, collection):
    for _ in range(3):
        with engine.building() as builder:
            builder.write(collection)
            builder.publish()
    assert len(list(engine.folder.glob("index-*"))) == 2
    assert [p.name for p in engine.folder.glob("current*")] == ["current"]


def test_a_failed_rebuild_leaves_the_old_index(engine):
    def breaks():
        yield Entry("document:9", "document", "Một", "/1/")
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError), engine.building() as builder:
        builder.write(breaks())
    assert search("thư viện", engine=engine).total == 1
    assert len(list(engine.folder.glob("index-*"))) == 1


def test_a_failed_write_leaves_nothing_behind(engine, collection):
    def breaks():
        yield replace(collection[1], title="Mượn sách")
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        engine.write(breaks())
    assert search("mượn sách", engine=engine).total == 0
    engine.write([collection[1]])
    assert search("thư viện", engine=engine).total == 1


def test_no_index_is_told_apart_from_no_result(tmp_path):
    engine = TantivyEngine(tmp_path)
    assert engine.state() == State.MISSING
    with pytest.raises(IndexMissing):
        engine.reader()
    assert not search("thư viện", engine=engine).ready


@pytest.mark.parametrize(
    ("stamp", "state", "answers"),
    [({"analysis": "0-old"}, State.ANALYSIS, True), ({"schema": 0}, State.SCHEMA, False)],
)
def test_an_index_of_another_version_says_rebuild(engine, stamp, state, answers):
    path = engine.folder / engine.current() / "stamp.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | stamp))
    fresh = TantivyEngine(engine.folder)
    assert fresh.state() == state
    assert search("thư viện", engine=fresh).ready is answers


def _write_elsewhere(folder: Path) -> None:
    TantivyEngine(folder).write([Entry("document:5", "document", "Mượn sách", "/5/")])


def _rebuild_elsewhere(folder: Path) -> None:
    with TantivyEngine(folder).building() as builder:
        builder.write([Entry("document:6", "document", "Trả sách", "/6/")])
        builder.publish()


@pytest.mark.parametrize(("change", "question"), [(_write_elsewhere, "mượn sách"), (_rebuild_elsewhere, "trả sách")])
def test_what_another_process_wrote_is_seen_at_the_next_question(engine, change, question):
    assert search("thư viện", engine=engine).total == 1
    process = multiprocessing.get_context("fork").Process(target=change, args=(engine.folder,))
    process.start()
    process.join(30)
    assert process.exitcode == 0
    assert search(question, engine=engine).total == 1


@pytest.mark.parametrize("made", [TantivyEngine, TantivyReader, TantivyBuilder, *CLUSTERS])
def test_both_engines_have_all_that_is_asked_of_one(made):
    """Also where there is no cluster to try it with."""
    assert not made.__abstractmethods__


def test_nothing_is_asked_of_the_library_for_nothing(engine):
    """It ends in no ordinary exception where no hit is wanted."""
    reader = engine.reader()
    assert (reader.placed([]), reader.records([])) == ({}, {})


@pytest.mark.parametrize("title", ["", "\x00", "\ud83d\ude00", "a\nb", "x" * 100_000, '"&<>', "﷽"])
def test_any_text_can_be_kept(engine, title):
    title = title.encode("utf-16", "surrogatepass").decode("utf-16")
    engine.write([Entry("document:8", "document", title, "/8/", passages=(Passage("p", (title,), title),))])
    assert engine.reader().records(["document:8"])["document:8"].title == title
