"""Did you mean: unknown words only, and nothing that was typed right."""

import csv
import random
from pathlib import Path

import pytest

from search.engines.tantivy import TantivyEngine
from search.evaluate import read_corpus
from search.letters import fold_word, nfc, strip_marks
from search.query import parse
from search.registry import Entry, Passage
from search.service import search
from search.spelling import correct, slips
from search.text import analyse
from tests.search import judged_collection as judged

EVAL = Path(__file__).resolve().parents[3] / "shared" / "eval"
REPAIRED = 0.70
CHANGED = 0.01


@pytest.fixture
def vocab(engine):
    engine.write(
        [
            Entry(
                "document:9",
                "document",
                "Phòng studio",
                "/9/",
                passages=(Passage("a", (), "Dạy học bằng robot ở trường."),),
            ),
            Entry(
                "document:10", "document", "Robot", "/10/", passages=(Passage("a", (), "Trường trung học thi robot."),)
            ),
        ]
    )
    return engine.reader().vocab


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("phòng studoi", "phòng studio"),
        ("Phòng Studoi", "Phòng Studio"),
        ("thi robto", "thi robot"),
        ("thư viênn", "thư viện"),
        ("thu vienn", "thu vien"),
        ('"thư viênn" trường', '"thư viện" trường'),
    ],
)
def test_a_slip_is_put_right_in_the_readers_own_writing(vocab, typed, meant):
    assert correct(parse(typed), vocab).text == meant


@pytest.mark.parametrize(
    "typed",
    [
        "phòng studio", "thu vien", "thử viên", "65% 12/KH-PGDDT", "XYZT", "mua", "vịt quay", "studio -robto", "qwzxv",
        "", "2024x", "số 9999", "a b c",
    ],
)  # fmt: skip
def test_what_is_known_or_meant_otherwise_is_left(vocab, typed):
    assert correct(parse(typed), vocab) is None


def test_a_question_in_another_language_is_left(vocab):
    assert correct(parse("studiox robotx trườngx thivx"), vocab) is None


def test_slips_are_one_step_away():
    found = slips("hoc")
    assert {"hc", "ohc", "hoac", "hoi"} <= set(found)
    assert "hoc" not in found
    assert found["ohc"] > found["hco"]


def test_nothing_found_is_asked_again_in_the_likely_spelling(engine, vocab):
    results = search("studoi", engine=engine)
    assert (results.shown_for, results.did_you_mean) == ("studio", "studio")
    assert results.hits[0].record.key == "document:9"


def test_where_something_is_found_the_other_spelling_is_only_offered(engine, vocab):
    results = search("trường studoi", engine=engine)
    assert results.shown_for == ""
    assert results.did_you_mean == "trường studio"
    assert results.dropped == ("studoi",)


# --- measured


def slipped(word: str, rnd: random.Random) -> str:
    i, letter = rnd.randrange(len(word)), rnd.choice("abcdeghiklmnopqrstuvxy")
    swapped = word[:i] + word[i + 1 : i + 2] + word[i : i + 1] + word[i + 2 :]
    return rnd.choice(
        [word[:i] + word[i + 1 :], word[:i] + letter + word[i:], word[:i] + letter + word[i + 1 :], swapped]
    )


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    if not EVAL.is_dir():
        pytest.skip("../shared/eval is not on this machine")
    made = TantivyEngine(tmp_path_factory.mktemp("articles"))
    with made.building() as builder:
        builder.write(read_corpus(EVAL / "alqac2022_corpus.jsonl"))
        builder.publish()
    with open(EVAL / "alqac2022_queries.csv", encoding="utf-8") as handle:
        questions = sorted({nfc(row["query"]) for row in csv.DictReader(handle)})
    return made.reader().vocab, questions


def test_clean_questions_stay_as_they_are(articles, capsys):
    vocab, questions = articles
    typed = [*questions, *map(strip_marks, questions)]
    changed = [question for question in typed if correct(parse(question), vocab)]
    with capsys.disabled():
        print(f"\nclean questions changed: {len(changed)} of {len(typed)}")
    assert len(changed) <= CHANGED * len(typed)


@pytest.mark.skipif(not judged.SEEDS.is_dir(), reason="../shared/seeds is not on this machine")
def test_clean_questions_about_what_is_not_here_stay_as_they_are(articles, tmp_path, capsys):
    """A small collection lacks most words; that does not make them slips."""
    engine = TantivyEngine(tmp_path)
    with engine.building() as builder:
        builder.write(judged.entries())
        builder.publish()
    vocab, (_, questions) = engine.reader().vocab, articles
    changed = [question for question in questions if correct(parse(question), vocab)]
    with capsys.disabled():
        print(f"\nclean foreign questions changed: {len(changed)} of {len(questions)}")
    assert len(changed) <= CHANGED * len(questions)


def test_most_single_slips_are_repaired(articles, capsys):
    """Slips that make a word nobody has, one a question, with marks and without."""
    vocab, questions = articles
    rnd = random.Random(7)
    made = right = 0
    for question in questions:
        for text in (question, strip_marks(question)):
            words = [t for t in analyse(text).tokens if t.fold.isalpha() and len(t.fold) > 2 and vocab.words(t.fold)]
            token = rnd.choice(words)
            tries = (slipped(text[token.start : token.end], rnd) for _ in range(50))
            typed = next((w for w in tries if w and not vocab.words(fold_word(w)) and w.isalpha()), "")
            if typed:
                made += 1
                found = correct(parse(text[: token.start] + typed + text[token.end :]), vocab)
                right += bool(found) and token.fold in {fold_word(meant) for _, meant in found.changed}
    with capsys.disabled():
        print(f"\nsingle slips repaired: {right} of {made}, {right / made:.3f}")
    assert right >= REPAIRED * made
