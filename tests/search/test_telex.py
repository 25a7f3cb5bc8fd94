"""Vietnamese typed with the converter off: read where it makes a word that is here, left alone everywhere else."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.tantivy import TantivyEngine
from search.letters import fold_word, strip_marks, tone_key
from search.query import parse, reread
from search.service import search
from search.syllables import FOLDED_RIMES, RIMES, TONES, is_well_formed, with_tones, written
from search.telex import reading, telex, vni

ONSETS = [
    "",
    "b",
    "ch",
    "đ",
    "g",
    "h",
    "kh",
    "l",
    "m",
    "n",
    "ng",
    "nh",
    "ph",
    "qu",
    "r",
    "s",
    "t",
    "th",
    "tr",
    "v",
    "x",
]
KEYS = {"â": ("aa", "a6"), "ê": ("ee", "e6"), "ô": ("oo", "o6"), "ơ": ("ow", "o7"), "ư": ("uw", "u7"),
        "ă": ("aw", "a8"), "đ": ("dd", "d9")}  # fmt: skip
DIGITS = dict(zip(TONES, "12345", strict=True))

SYLLABLES = [
    made
    for onset in ONSETS
    for rime in sorted(RIMES)
    for tone in ("", *TONES.values())
    if (made := written(onset + rime, tone))
]


def typed(syllable: str, way: int, late: bool) -> str:
    """A syllable as it is keyed: 0 Telex, 1 VNI; ``late`` puts the tone at the end of the word."""
    out, after = "", ""
    for char in syllable:
        parts = unicodedata.normalize("NFD", char)
        mark = next((key for key, value in TONES.items() if value in parts), "")
        bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES.values()))
        mark = DIGITS[mark] if mark and way else mark
        out += KEYS.get(bare, (bare, bare))[way] + ("" if late else mark)
        after += mark if late else ""
    return out + after


def test_the_inventory_is_the_size_of_the_language():
    """Textbooks count some 150 rimes and 2,500 folded syllables."""
    assert 150 <= len(RIMES) <= 175
    assert 1_500 <= len({strip_marks(word) for word in SYLLABLES}) <= 3_000


@given(
    st.sampled_from([word for word in SYLLABLES if "oo" not in strip_marks(word)]),
    st.sampled_from([0, 1]),
    st.booleans(),
)
def test_every_syllable_comes_back_from_either_keyboard(syllable, way, late):
    keyed = typed(syllable, way, late)
    made = (telex, vni)[way](keyed)
    if keyed == syllable:
        assert made is None
    else:
        assert made is not None
        assert tone_key(made) == tone_key(syllable)


@pytest.mark.parametrize(
    ("keyed", "read"),
    [
        ("ngaan", "ngân"),
        ("hangf", "hàng"),
        ("chuyeenr", "chuyển"),
        ("ddooir", "đổi"),
        ("soos", "số"),
        ("dduwowcj", "được"),
        ("dduowcj", "được"),
        ("tieesng", "tiếng"),
        ("giaos", "giáo"),
        ("quyeets", "quyết"),
        ("thuyr", "thủy"),
        ("hoaf", "hòa"),
        ("tiene", "tiên"),
        ("HOCJ", "học"),
    ],
)
def test_telex_is_read(keyed, read):
    assert telex(keyed) == read


@pytest.mark.parametrize(
    ("keyed", "read"),
    [
        ("chuye6n3", "chuyển"),
        ("chuye63n", "chuyển"),
        ("d9o6i3", "đổi"),
        ("so61", "số"),
        ("nuoc71", "nước"),
        ("a8n", "ăn"),
    ],
)
def test_vni_is_read(keyed, read):
    assert vni(keyed) == read


@pytest.mark.parametrize(
    "word", ["internet", "laptop", "class", "ban", "hang", "stem", "", "w", "sss", "teams", "hocjs"]
)
def test_what_makes_no_syllable_is_left_alone(word):
    assert telex(word) in (None, "ư")
    assert vni(word) is None


@given(st.text(max_size=30))
def test_no_word_breaks_the_reader(word):
    telex(word)
    vni(word)
    is_well_formed(word or "a")
    reading(word, lambda _: False)


KNOWN = frozenset("chuyen doi so ngan hang hoc phi lop 1 has tax chu ky".split())


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("chuyeenr ddooir soos", "chuyển đổi số"),
        ("ngaan hangf", "ngân hàng"),
        ("chuye6n3 d9o6i3 so61", "chuyển đổi số"),
        ("hocj phi", "học phi"),
        ("chuyển đổi số", None),
        ("chuyen doi so", None),
        ("has tax", None),
        ("lop1", None),
        ("xyzq roof", None),
        ("65% 1937/KH", None),
    ],
)
def test_only_unknown_words_that_become_known_ones_are_read(question, read):
    assert reading(question, KNOWN.__contains__) == read


def test_a_question_is_read_and_the_reader_is_told(engine: TantivyEngine):
    results = search("thuw vieenj", engine=engine)
    assert [hit.record.key for hit in results.hits] == ["document:2"]
    assert results.plan.read_as == "thư viện"
    assert results.query.text == "thuw vieenj"
    assert search("thư viện", engine=engine).plan.read_as == ""


def test_quotes_and_signs_stay_where_they_are(engine):
    query = reread(parse('"thuw vieenj" -soos'), engine.reader().vocab)
    assert [phrase.words for phrase in query.phrases] == [("thu", "vien")]
    assert query.read_as == '"thư viện" -số'


@pytest.mark.parametrize(
    ("word", "sound"),
    [
        ("ngành", True), ("nghành", False), ("quyết", True), ("giếng", True), ("giết", True), ("gì", True),
        ("kĩ", True), ("thuý", True), ("hiình", False), ("mnih", False), ("robto", False), ("cí", False),
        ("kà", False), ("hòc", False),
    ],
)  # fmt: skip
def test_a_slip_is_told_from_a_syllable(word, sound):
    assert is_well_formed(word) is sound


@given(st.sampled_from(SYLLABLES))
def test_every_printed_form_of_a_folded_word_is_known(syllable):
    keys = {key for _, key in with_tones(strip_marks(syllable))}
    assert tone_key(syllable) in keys
    assert all(strip_marks(form) == strip_marks(syllable) for form, _ in with_tones(strip_marks(syllable)))


def test_folded_rimes_are_folded():
    assert all(fold_word(rime) in FOLDED_RIMES or rime.endswith("y") for rime in RIMES)
