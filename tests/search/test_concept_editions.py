"""Editors' lines stand on top of the software's; an index is asked with the list it was filled with."""

import pytest
from django.db import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from search import editions, registry, sync
from search.concepts import Line, build, lines_of_file, merged, of_file, using
from search.engines import engine
from search.engines.base import State
from search.models import Concept, ConceptEdition
from search.registry import Entry, Passage
from search.service import search
from search.text import analyse, analysis_stamp

FILE = lines_of_file()
NAMES = {line.name for line in FILE}


def names(lines) -> set[str]:
    return {line.name for line in lines}


def one(lines, name: str) -> Line:
    (found,) = [line for line in lines if line.name == name]
    return found


# --- putting lists together


def test_without_own_lines_the_list_is_the_softwares():
    assert build(merged(FILE, ())).digest == of_file().digest


def test_an_own_line_stands_in_the_place_of_the_line_of_its_name():
    own = Line("cds", "ours", ("CĐS", "chuyển đổi số ngành"))
    found = merged(FILE, [own])
    assert one(found, "cds") == own
    assert len(found) == len(FILE)


def test_what_is_switched_off_is_gone():
    assert names(merged(FILE, (), ["cds"])) == NAMES - {"cds"}


def test_what_an_upgrade_brings_gives_way_to_what_editors_said_before():
    upgraded = (Line("tkb", "file", ("TKB", "lịch học")),)
    own = Line("lich", "ours", ("lịch học", "lịch lên lớp"))
    found = merged(upgraded, [own])
    assert one(found, "lich") == own
    assert one(found, "tkb").forms == ("TKB",)


def test_a_line_without_equal_spellings_goes():
    found = merged((Line("tkb", "file", ("TKB",), one_way=("giờ học",)),), [Line("x", "ours", ("TKB",))])
    assert names(found) == {"x"}


@given(
    st.lists(
        st.builds(
            Line,
            st.sampled_from(["a", "b", "c", "cds"]),
            st.just("note"),
            st.lists(st.sampled_from(["một hai", "Mốt hai", "CĐS", "ba", "&", "", "a&b", "ab"]), max_size=4).map(tuple),
            st.lists(st.sampled_from(["BA", "CDS", "AB"]), max_size=2).map(tuple),
            st.lists(st.sampled_from(["ba", "bốn", "BA", "chuyển đổi số"]), max_size=3).map(tuple),
        ),
        max_size=5,
        unique_by=lambda line: line.name,
    )
)
def test_whatever_rows_there_are_the_list_can_be_used(own):
    found = merged(FILE, own)
    digest = build(found).digest
    assert build(merged((), found)).digest == digest


# --- editions and indexes


class Shelf:
    kind = "thing"
    texts = ("Câu lạc bộ văn thể họp thứ hai.", "Đội cờ vua tập chiều thứ ba.", "Họp đội cờ vua và cờ tướng.")

    def entries(self, ids):
        for i, text in enumerate(self.texts):
            if ids is None or i in ids:
                yield Entry(f"thing:{i}", "thing", f"Thông báo {i}", f"/{i}/", passages=(Passage("p", (), text),))


@pytest.fixture
def shelf(settings, tmp_path, monkeypatch, db):
    settings.SEARCH_DIR = tmp_path
    monkeypatch.setattr(registry, "_registered", {"thing": Shelf()})
    sync.rebuild()


@pytest.fixture
def chess():
    return Concept(name="covua", forms="CLB cờ\nđội cờ vua", note="chess club")


def forget() -> None:
    """As a process that has just begun."""
    editions._lines.cache_clear()
    editions._built.cache_clear()
    editions._known.clear()


def totals(*questions: str) -> list[int]:
    return [search(question).total for question in questions]


def test_a_change_that_says_something_makes_one_edition(db, chess):
    before = ConceptEdition.objects.count()
    chess.save()
    assert editions.keep()
    assert not editions.keep()
    chess.note = "said otherwise"
    chess.save()
    assert not editions.keep()
    chess.forms += "\nđội cờ"
    chess.save()
    assert editions.keep()
    assert [edition.number for edition in ConceptEdition.objects.all()[:2]] == [before + 2, before + 1]
    assert ConceptEdition.objects.count() == before + 2


def test_going_back_is_an_edition_with_the_digest_of_the_first(db, chess):
    chess.save()
    editions.keep()
    chess.delete()
    assert editions.keep()
    assert ConceptEdition.objects.first().digest == of_file().digest


def test_a_new_edition_counts_from_the_swap_on(shelf, chess):
    before = totals("CLB cờ")
    chess.save()
    editions.keep()
    assert engine().state() == State.ANALYSIS
    assert totals("CLB cờ") == before
    sync.rebuild()
    assert engine().state() == State.READY
    assert totals("CLB cờ") == [2]


def test_what_is_written_meanwhile_is_written_with_the_list_of_the_index(shelf, chess, monkeypatch):
    chess.save()
    sync.rebuild()
    chess.forms += "\nđội cờ tướng"
    chess.save()
    monkeypatch.setattr(Shelf, "texts", (*Shelf.texts, "Đội cờ tướng tập thứ tư.", "Đội cờ vua thi đấu."))
    sync.apply([("thing", 3), ("thing", 4)])
    assert totals("CLB cờ") == [3]
    sync.rebuild()
    assert totals("CLB cờ") == [4]


def test_the_list_of_an_index_is_looked_up_once(shelf, chess, monkeypatch, django_assert_num_queries):
    chess.save()
    sync.rebuild()
    monkeypatch.setattr(editions, "_known", {})
    with django_assert_num_queries(1):
        assert totals("CLB cờ", "CLB cờ") == [2, 2]
    with django_assert_num_queries(0):
        assert totals("đội cờ vua") == [2]


def test_an_index_keeps_the_softwares_list_it_was_filled_with(shelf, chess, monkeypatch):
    """After an upgrade, until the rebuild, the former list is the one that is asked with."""
    before = [*FILE, Line("covua", "file", ("CLB cờ", "đội cờ vua"))]
    with monkeypatch.context() as former:
        former.setattr(editions, "lines_of_file", lambda: tuple(before))
        former.setattr(editions, "of_file", lambda: build(before))
        forget()
        sync.rebuild()
    forget()
    assert engine().state() == State.ANALYSIS
    with editions.reading(engine().stamp().analysis):
        assert "@covua" in analyse("đội cờ vua").indexed_marks
    assert totals("CLB cờ vua") == [2], "of the concept; no text has these words"


def test_a_list_of_another_database_is_answered_for_and_says_rebuild(shelf, chess, caplog, django_assert_num_queries):
    """A restored backup: the index is newer than the database."""
    chess.save()
    sync.rebuild()
    Concept.objects.all().delete()
    ConceptEdition.objects.all().delete()
    editions._known.clear()
    assert totals("văn thể") == [1]
    assert "must be rebuilt" in caplog.text
    assert engine().state() == State.ANALYSIS
    with django_assert_num_queries(0):
        assert totals("đội cờ vua") == [2]
    sync.rebuild()
    assert engine().state() == State.READY


def test_a_stored_list_that_says_something_else_than_its_digest_is_not_trusted(shelf, chess):
    chess.save()
    sync.rebuild()
    ConceptEdition.objects.update(lines=[])
    editions._known.clear()
    assert editions.of(engine().stamp().analysis).digest == editions.newest().digest


def test_search_answers_while_the_database_is_away(shelf, chess, monkeypatch):
    chess.save()
    sync.rebuild()
    editions._known.clear()

    def away(digest):
        raise DatabaseError("gone")

    monkeypatch.setattr(editions, "_stored", away)
    assert totals("văn thể") == [1]


def test_reading_with_a_list_ends_with_the_block(db, chess):
    chess.save()
    editions.keep()
    stamp = analysis_stamp()
    with editions.filling():
        made = analysis_stamp()
        assert "@covua" in analyse("đội cờ vua").indexed_marks
    assert analysis_stamp() == stamp != made
    with editions.reading(made):
        assert "@covua" in analyse("đội cờ vua").indexed_marks
    with using(of_file()), editions.reading("9-ffffffff"):
        assert "@covua" in analyse("đội cờ vua").indexed_marks


def test_two_who_save_in_one_moment_do_not_both_win(db, chess, monkeypatch):
    """The second transaction numbers its edition as the first does, which the database refuses."""
    chess.save()
    number = ConceptEdition.objects.count() + 1

    def meanwhile(rows):
        ConceptEdition.objects.get_or_create(number=number, defaults={"digest": "other", "lines": []})
        return editions.merged(FILE, [line for line, _ in rows])

    monkeypatch.setattr(editions, "_lines", meanwhile)
    monkeypatch.setattr(editions, "_built", lambda rows: build(merged(FILE, [line for line, _ in rows])))
    with pytest.raises(editions.Together):
        editions.keep()
