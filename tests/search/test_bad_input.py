"""Whatever is typed is answered, and soon: no question may cost the server more than a moment.

CPU time, the better of two turns, so that a busy machine does not decide; over 5,000 made passages, where common words
match nearly everything.
"""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.tantivy import TantivyEngine
from search.service import search
from tests.bench.collection import entries, vocabulary

BUDGET = 0.3
WORDS = vocabulary()
BAD = {
    "ten thousand letters": "a" * 10_000,
    "ten thousand characters of words": " ".join(WORDS)[:10_000],
    "only stop words": "và là của các những được cho trong với không có thì mà ở này đó khi nào",
    "the commonest words, repeated": " ".join(WORDS[:5] * 400),
    "five hundred quotation marks": '"' * 500,
    "five hundred phrases": '"và" ' * 500,
    "a phrase of a thousand words": '"' + " ".join(WORDS[:1_000]) + '"',
    "minus signs": "-a " * 2_000,
    "only exclusions": " ".join(f"-{word}" for word in WORDS[:500]),
    "control characters": "".join(map(chr, range(32))) + "thư\x00viện\x7f\x9f",
    "right to left": "\u202eمدرسة הספר\u202c thư viện",
    "emoji": "👩‍🏫📚🏫" * 300,
    "operators": "a AND b OR NOT (c:d)^2 ~3 [x TO y] {z} +w -v !u \\ / * ? && ||",
    "a query in another language's syntax": "title:(thư viện) AND year:[2020 TO *]; DROP TABLE x --",
    "combining marks": "a" + "\u0301" * 5_000,
    "letters apart": "a " * 5_000,
    "digits": "1" * 10_000,
    "numbers": "1/KH-UBND " * 1_000,
    "types and digits": "quyết định 131 " * 600,
    "misread numbers": "l9O7/KH-UBND " * 700,
    "percentages": "65% " * 2_500,
    "dates": "25/12/2023 " * 900,
    "telex": "ngaan hangf chuyeenr ddooir soos " * 300,
    "vni": "chuye6n3 d9o6i3 so61 " * 400,
    "unknown words": "qzxv wkpj " * 500,
    "three slips": "thưx viênx trườngx",
    "long unknown word": "qz" * 5_000,
    "definitions": "là gì " * 1_500,
    "theo": "theo " * 2_000,
    "full width and compatibility": "Ｋế ﷺ ½ ㎏ ﬁ ① ａｂｃ" * 200,
    "lonely surrogates": "\ud800\udfff thư",
    "zero width": "t\u200bh\u200dư\ufeff v\u00adiện",
    "newlines and tabs": "thư\n\tviện\r\n" * 500,
    "nothing": "",
    "blank": " \u00a0\u3000\t",
}


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> TantivyEngine:
    made = TantivyEngine(tmp_path_factory.mktemp("large"))
    with made.building() as builder:
        builder.write(entries(WORDS, 5_000))
        builder.publish()
    return made


@pytest.mark.parametrize("name", BAD)
def test_it_is_answered_in_time(large, name):
    spent = []
    for _ in range(2):
        began = time.process_time()
        results = search(BAD[name], engine=large)
        spent.append(time.process_time() - began)
    results.as_json()
    assert results.ready
    assert min(spent) < BUDGET, f"{name}: {min(spent):.3f} s"


TYPED = st.one_of(
    st.text(max_size=200),
    st.text(alphabet='aàđ số0123/"-%&*KHPGDĐT.,“”l\u0301\u200b\n', max_size=400),
    st.lists(st.sampled_from([*WORDS[:60], '"', "-", "là gì", "số 12", "1/KH-UBND", "65%", "ngaan"]), max_size=120).map(
        " ".join
    ),
)


@settings(max_examples=60, deadline=None)
@given(TYPED)
def test_anything_is_answered_in_time(large, typed):
    began = time.process_time()
    results = search(typed, engine=large)
    assert results.ready
    assert time.process_time() - began < BUDGET
    for hit in results.hits:
        assert hit.title.plain == hit.record.title
