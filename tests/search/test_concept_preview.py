"""What trying a list shows is what the rebuilt index will answer."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import concept_preview, editions, registry, sync
from search.concept_preview import preview
from search.concepts import Line, build, lines_of_file, merged, of_file, using
from search.engines import engine
from search.engines.tantivy import TantivyEngine
from search.engines.tantivy_trial import TrialReader, changed_marks
from search.query import parse
from search.registry import Entry, Passage
from search.service import find

FILE = lines_of_file()
TEXTS = {
    "1": ("Câu lạc bộ cờ vua", "Đội cờ vua tập chiều thứ ba tại nhà đa năng."),
    "2": ("Thông báo họp", "CLB cờ vua và CLB cầu lông họp sáng thứ hai."),
    "3": ("Kế hoạch năm học", "Nhà trường mở thêm câu lạc bộ văn thể, có cờ và vua hề."),
    "4": ("Cờ đỏ", "Đội cờ đỏ trực cổng trường, vua và tướng không có."),
    "5": ("Chuyển đổi số", "Trường học chuyển đổi số toàn diện, số hóa sổ điểm."),
}  # fmt: skip
CHESS = Line("covua", "n", ("CLB cờ", "đội cờ vua", "CLB cờ vua"), one_way=("đánh cờ",))


def entries():
    for key, (title, text) in TEXTS.items():
        yield Entry(f"document:{key}", "document", title, f"/{key}/", passages=(Passage("p", (title,), text),))


class Shelf:
    kind = "document"

    def entries(self, ids):
        return entries()


@pytest.fixture(autouse=True)
def index(settings, tmp_path, monkeypatch):
    settings.SEARCH_DIR = tmp_path
    monkeypatch.setattr(registry, "_registered", {"document": Shelf()})
    monkeypatch.setattr(concept_preview, "_providers", [])
    sync.rebuild()


def with_line(line: Line):
    return build(merged(FILE, [line]))


def test_the_effect_names_numbers_and_first_results():
    found = preview(CHESS, of_file(), with_line(CHESS))
    effects = {effect.question: effect for effect in found.effects}
    asked = effects["CLB cờ"]
    assert asked.before.reading == (("CLB", "clb"), ("cờ", ""))
    assert asked.after.reading == (("CLB cờ", "covua"),)
    assert asked.after.total == 2
    assert set(asked.after.first) == {"Câu lạc bộ cờ vua", "Thông báo họp"}
    assert effects["đánh cờ"].after.total == 2


def test_nothing_is_changed_by_looking():
    stamp, digests = engine().stamp(), sorted(engine().reader().digests())
    preview(CHESS, of_file(), with_line(CHESS))
    assert (engine().stamp(), sorted(engine().reader().digests())) == (stamp, digests)


def test_the_latest_questions_of_readers_are_tried_and_told():
    concept_preview.recent_from(lambda count: ["đội cờ vua  họp", "đội cờ vua họp", "căng tin", "  "][:count])
    found = preview(CHESS, of_file(), with_line(CHESS))
    assert found.asked == 2
    told = {effect.question: effect.asked for effect in found.effects}
    assert told["đội cờ vua họp"] is True
    assert told["CLB cờ"] is False
    assert "căng tin" not in told


def test_without_questions_titles_are_tried():
    line = Line("cds", "n", ("CĐS", "chuyển đổi số", "số hóa"))
    found = preview(line, of_file(), with_line(line))
    assert found.asked == 0
    assert found.tried > len((*line.forms, *line.one_way))


def test_what_is_said_no_longer_is_tried_too():
    (old,) = [line for line in FILE if line.name == "cds"]
    found = preview(Line("cds", "n", ("CĐS",)), of_file(), with_line(Line("cds", "n", ("CĐS",))))
    questions = {effect.question: effect for effect in found.effects}
    assert questions["CĐS"].before.total == 1
    assert questions["CĐS"].after.total == 0
    assert "chuyen doi so" in questions
    assert old.forms


def test_a_change_that_changes_nothing_shows_nothing():
    (own,) = [line for line in FILE if line.name == "cds"]
    found = preview(own, of_file(), of_file())
    assert found.effects == ()
    assert found.changed == 0


def test_what_takes_too_long_is_told(monkeypatch):
    monkeypatch.setattr(concept_preview, "SECONDS", -1.0)
    found = preview(CHESS, of_file(), with_line(CHESS))
    assert (found.tried, found.effects) == (0, ())
    assert found.untried > 3


def test_without_an_index_nothing_can_be_tried(settings, tmp_path):
    settings.SEARCH_DIR = tmp_path / "empty"
    assert not preview(CHESS, of_file(), with_line(CHESS)).ready


def test_a_spelling_in_capitals_is_told_to_be_taken_in_any_letters():
    line = Line("vua", "n", ("vua hề",), upper=("VUA",))
    found = preview(line, of_file(), with_line(line))
    assert found.in_capitals
    assert {e.question: e.after.total for e in found.effects}["VUA"] >= 1


words = st.sampled_from(["cờ", "vua", "đội", "CLB", "câu lạc bộ", "họp", "số", "chuyển đổi", "trường", "năm học"])
spellings = st.lists(words, min_size=1, max_size=3).map(" ".join)
lines = st.builds(
    Line,
    st.sampled_from(["moi", "cds", "clb"]),
    st.just("n"),
    st.lists(spellings, min_size=1, max_size=3).map(tuple),
    st.just(()),
    st.lists(spellings, max_size=2).map(tuple),
)


@given(lines, st.lists(spellings, min_size=1, max_size=4))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_the_numbers_are_those_of_the_rebuilt_index(tmp_path_factory, line, questions):
    """The rule the preview rests on: a mark stands where its words do."""
    target = with_line(line)
    present = engine().reader()
    _, moved = changed_marks(editions.of(present.analysis), target)
    trial = TrialReader(present, moved)
    made = TantivyEngine(tmp_path_factory.mktemp("rebuilt"))
    with using(target):
        with made.building() as builder:
            builder.write(entries())
            builder.publish()
        for question in [*questions, *line.forms, *line.one_way]:
            query = parse(question)
            tried, rebuilt = find(trial, query, {}), find(made.reader(), query, {})
            assert tried[2].total == rebuilt[2].total, question
            assert {item.key for item in tried[1]} == {item.key for item in rebuilt[1]}, question
