"""What is offered always has an answer, and is made of nothing but what the public may see now."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from search import registry, suggest
from search.engines.tantivy import TantivyEngine
from search.letters import strip_marks
from search.registry import Entry, Passage
from search.service import search
from search.text import tokens

NUMBERS = ("1937/KH-PGDĐT", "19/2017/TT-BGDĐT", "193/QĐ-UBND", "4725/QĐ-BGDĐT")
TITLES = (
    "Kế hoạch chuyển đổi số năm học mới",
    'Quy chế "một cửa" và quyết định -ban hành- kèm theo',
    "Về việc báo cáo số liệu thư viện",
    "Chỉ tiêu tuyển sinh",
)


class Room:
    def __init__(self, kind, **traits):
        self.kind = kind
        self.__dict__ |= traits

    def entries(self, ids):
        return iter(())


def documents():
    for i, (number, title) in enumerate(zip(NUMBERS, TITLES, strict=True)):
        passages = (Passage("p-1", (), "Nội dung thuộc phần riêng."),)
        yield Entry(f"document:{i}", "document", title, f"/{i}/", number, date=date(2020 + i, 1, 1), passages=passages)


SCHOOL = Entry("organisation:1", "organisation", "Trường Tiểu học Hoa Mai", "/co-quan/1/", aliases=("TH Hoa Mai",))
SECRET = Entry("document:99", "document", "Biên bản zyxwv mật", "/99/", "777/MAT-QQ", passages=())


@pytest.fixture(scope="module")
def engine(tmp_path_factory) -> TantivyEngine:
    """An index that has held something that was then taken away."""
    made = TantivyEngine(tmp_path_factory.mktemp("suggest"))
    with made.building() as builder:
        builder.write([*documents(), SCHOOL, SECRET])
        builder.publish()
    made.write([], drop=[SECRET.key])
    return made


@pytest.fixture(autouse=True)
def _asked(monkeypatch, engine):
    monkeypatch.setattr(suggest, "engine", lambda _name: engine)
    monkeypatch.setattr(suggest, "_past", [])
    rooms = {"document": Room("document"), "organisation": Room("organisation", is_named=True)}
    monkeypatch.setattr(registry, "_registered", rooms)


def values(q):
    return [one.value for one in suggest.suggest(q)]


@pytest.mark.parametrize("q", ["1937", "1937/kh", "1937 kh pgd", "số 1937", "kh 1937", "1937/KH-PGDĐT"])
def test_a_number_is_offered_in_any_spelling(q):
    assert values(q)[0] == "1937/KH-PGDĐT"


def test_of_numbers_that_begin_so_the_one_with_just_this_running_number_stands_first():
    assert values("19") == ["19/2017/TT-BGDĐT", "193/QĐ-UBND", "1937/KH-PGDĐT"]


@pytest.mark.parametrize("title", [*TITLES, SCHOOL.title])
@pytest.mark.parametrize("plain", [False, True], ids=["marks", "bare"])
def test_a_title_is_offered_from_any_of_its_syllables_the_last_unfinished(title, plain):
    shown = " ".join(title.replace('"', " ").replace(" -", " ").split())
    words = tokens(title)
    for first in range(len(words) - 1):
        for second_end in range(words[first + 1].start + 1, words[first + 1].end + 1):
            q = title[words[first].start : second_end]
            q = strip_marks(q) if plain else q
            assert shown in values(q), q


def test_one_syllable_offers_only_names_and_numbers():
    assert values("chuyển") == []
    assert values("ho") == [SCHOOL.title]
    assert values("c") == []


def test_words_side_by_side_come_before_words_apart():
    assert values("chỉ ti")[0] == "Chỉ tiêu tuyển sinh"


def test_typed_marks_prefer_titles_that_agree(engine, tmp_path, monkeypatch):
    made = TantivyEngine(tmp_path)
    titles = ("Chi tiêu công khai", "Chỉ tiêu công khai")
    with made.building() as builder:
        builder.write(Entry(f"document:{i}", "document", title, f"/{i}/") for i, title in enumerate(titles))
        builder.publish()
    monkeypatch.setattr(suggest, "engine", lambda _name: made)
    assert values("chỉ tiêu c")[0] == "Chỉ tiêu công khai"
    assert values("chi tiêu c")[0] == "Chi tiêu công khai"


@pytest.mark.parametrize("q", ["bien b", "biên bản z", "zyx", "bien ban zyxwv", "777", "777/mat", "biên bản "])
def test_what_was_taken_away_is_not_offered(q):
    assert values(q) == []


def test_words_that_stand_only_in_passages_are_not_offered():
    assert values("nội dung r") == []


def test_past_questions_are_offered_where_they_have_an_answer_now():
    suggest.register_past(lambda prefix: ["chuyển đổi số", "chuyển đổi zyxwv", "biên bản", prefix.upper()])
    assert suggest.past("x") == ["chuyển đổi số", "chuyển đổi zyxwv", "biên bản", "X"]
    found = suggest.suggest("chuyển đ")
    assert [one.value for one in found if one.kind == "past"] == ["chuyển đổi số"]
    assert suggest.suggest("c") == []


def test_a_provider_is_asked_once_however_often_it_is_registered():
    def provider(prefix):
        return ["chuyển đổi số"]

    suggest.register_past(provider)
    suggest.register_past(provider)
    assert suggest.past("ch") == ["chuyển đổi số"]


def test_at_most_eight_no_two_alike(tmp_path, monkeypatch):
    made = TantivyEngine(tmp_path)
    with made.building() as builder:
        builder.write(Entry(f"document:{i}", "document", f"Kế hoạch {i % 20}", f"/{i}/") for i in range(60))
        builder.publish()
    monkeypatch.setattr(suggest, "engine", lambda _name: made)
    found = values("kế ho")
    assert len(found) == len(set(found)) == suggest.MOST


def test_without_an_index_nothing_is_offered(tmp_path, monkeypatch):
    monkeypatch.setattr(suggest, "engine", lambda _name: TantivyEngine(tmp_path / "none"))
    assert values("kế hoạch") == []


LETTERS = 'abcdđehiklmnopqrstuvxyăâêôơưáàảãạ -"0123456789/.()“”'
TITLE = st.text(LETTERS, min_size=1, max_size=40)


def _entry(i, title, number):
    return Entry(f"document:{i}", "document", title, f"/{i}/", number, passages=(Passage("a", (), title),))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(TITLE, st.sampled_from(["", "1937/KH-PGDĐT", "19/QĐ", "-5/A", "7"])), min_size=1, max_size=4),
    st.lists(TITLE, min_size=1, max_size=3),
    st.data(),
)
@example([('a "b c" -d e', "")], ["b c zz"], None)
def test_what_is_offered_always_has_an_answer_and_no_word_that_only_private_things_have(
    tmp_path_factory, monkeypatch, public, private, data
):
    made = TantivyEngine(tmp_path_factory.mktemp("made"))
    hidden = [replace(_entry(100 + i, title, "99/XYZ"), passages=()) for i, title in enumerate(private)]
    with made.building() as builder:
        builder.write([*(_entry(i, *pair) for i, pair in enumerate(public)), *hidden])
        builder.publish()
    made.write([], drop=[entry.key for entry in hidden])
    monkeypatch.setattr(suggest, "engine", lambda _name: made)
    monkeypatch.setattr(suggest, "_past", [lambda prefix: [*private, *(title for title, _number in public)]])
    seen = {token.fold for title, number in public for text in (title, number) for token in tokens(text)}
    sources = [title for title, _number in public] + private + ["19", "1937 kh", "99"]
    for source in sources:
        cut = data.draw(st.integers(1, len(source))) if data else len(source)
        for q in {source[:cut], source, strip_marks(source)}:
            for one in suggest.suggest(q):
                assert search(one.value, engine=made).total, (q, one.value)
                assert {token.fold for token in tokens(one.value)} <= seen, (q, one.value)
            meant = search(q, engine=made).did_you_mean
            if meant:
                assert search(meant, engine=made).total, (q, meant)
                new = {token.fold for token in tokens(meant)} - {token.fold for token in tokens(q)}
                assert new <= seen, (q, meant)


def test_did_you_mean_never_offers_a_word_of_something_taken_away(tmp_path):
    made = TantivyEngine(tmp_path)
    secret = Entry("document:2", "document", "Khiếu nại", "/2/", passages=(Passage("", (), "khiếu nại nhà trường"),))
    with made.building() as builder:
        builder.write([_entry(1, "Nhà trường và gia đình", ""), secret])
        builder.publish()
    assert search("khiêus nại nhà trường khieeuu", engine=made).total
    before = search("khiêuu nại", engine=made).did_you_mean
    made.write([], drop=[secret.key])
    after = search("khiêuu nại nhà trường", engine=made)
    assert before is not None, "there was nothing to hide"
    assert after.did_you_mean is None
    assert not after.shown_for


# --- over HTTP


@pytest.fixture
def get(client, db):
    return lambda q, prefix="": client.get(f"{prefix}/tim-kiem/goi-y", {"q": q})


def test_the_address_answers_without_the_database_and_may_be_cached(get, django_assert_num_queries):
    assert reverse("search:suggest") == "/tim-kiem/goi-y"
    with django_assert_num_queries(0):
        answer = get("chuyển đ")
    assert set(answer.headers["Cache-Control"].split(", ")) == {"public", "max-age=60"}
    assert "Cookie" not in answer.headers.get("Vary", "")
    told = json.loads(answer.content)
    assert told["q"] == "chuyển đ"
    assert told["suggestions"] == [{"value": TITLES[0], "kind": "title", "note": NUMBERS[0]}]


def test_a_number_is_told_with_its_title_and_a_name_with_what_it_is(get):
    assert json.loads(get("4725").content)["suggestions"] == [
        {"value": NUMBERS[3], "kind": "number", "note": TITLES[3]}
    ]
    assert json.loads(get("hoa", "/en").content)["suggestions"][0]["note"] == "organisation"


@pytest.mark.parametrize("q", ["", " ", "a" * 10_000, "\x00", "😀", '"', "-", "\u202e", "1" * 5_000, "((("], ids=ascii)
def test_anything_can_be_typed(get, q):
    answer = get(q)
    assert answer.status_code == 200
    assert len(json.loads(answer.content)["suggestions"]) <= suggest.MOST


def test_a_broken_index_is_no_broken_field(get, monkeypatch):
    def broken(_name):
        raise RuntimeError("broken")

    monkeypatch.setattr(suggest, "engine", broken)
    assert json.loads(get("chuyển đ").content)["suggestions"] == []
