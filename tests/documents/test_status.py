"""What holds of a document on a day."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cms.documents.enums import RelationKind as K
from cms.documents.status import Effect, Facts, is_normative, status_on

D = date
PLAN = Facts(doc_type="plan", number="12/KH-PGDĐT", issued_on=D(2023, 12, 25), period="giai đoạn 2023 - 2025")
CIRCULAR = Facts("circular", "42/2021/TT-BGDĐT", issued_on=D(2021, 12, 30), effective_from=D(2022, 2, 14))
LETTER = Facts(doc_type="letter", number="74/PGDĐT", issued_on=D(2023, 2, 16))


JUNE, MAY = D(2024, 6, 1), D(2024, 5, 1)


def by(kind=K.REPLACES, since=JUNE, issued_on=MAY, **more):
    return Effect(kind, since, issued_on=issued_on, label="Kế hoạch 9/KH", **more)


def with_(facts, *effects, **fields):
    return Facts(**(facts.__dict__ | fields | {"effects": effects}))


@pytest.mark.parametrize(
    ("doc_type", "number", "expected"),
    [
        ("circular", "", True),
        ("decree", "24/2021/NĐ-CP", True),
        ("decision", "16/2022/QĐ-UBND", True),
        ("other", "43/2019/QH14", True),
        ("decision", "131/QĐ-TTg", False),
        ("plan", "1937/KH-PGDĐT", False),
        ("letter", "4267/BGDĐT-CNTT", False),
        ("decision", "2021/QĐ-UBND", False),
    ],
)
def test_normative_documents_are_told_by_type_or_by_the_year_in_the_number(doc_type, number, expected):
    assert is_normative(doc_type, number) is expected


CASES = [
    ("a plan before its day", PLAN, D(2023, 12, 24), "pending"),
    ("a plan in its period", PLAN, D(2024, 7, 1), "holds"),
    ("on the last day", PLAN, D(2025, 12, 31), "holds"),
    ("after its period", PLAN, D(2026, 1, 1), "over"),
    ("a plan made before its period begins", with_(PLAN, issued_on=D(2022, 11, 1)), D(2022, 12, 1), "pending"),
    ("in force until, whatever the period says", with_(PLAN, expires_on=D(2024, 1, 31)), D(2024, 2, 1), "over"),
    ("a plan without a period goes on", with_(PLAN, period=""), D(2040, 1, 1), "holds"),
    ("a school year", with_(PLAN, period="năm học 2022 - 2023", issued_on=D(2022, 9, 20)), D(2023, 6, 1), "holds"),
    ("a school year later", with_(PLAN, period="năm học 2022 - 2023", issued_on=D(2022, 9, 20)), D(2023, 9, 1), "over"),
    ("replaced later", with_(PLAN, by()), D(2024, 5, 31), "holds"),
    ("replaced", with_(PLAN, by()), D(2024, 6, 1), "replaced"),
    ("replaced is said rather than over", with_(PLAN, by()), D(2030, 1, 1), "replaced"),
    ("repealed", with_(PLAN, by(K.REPEALS)), D(2024, 6, 1), "repealed"),
    ("in part only", with_(PLAN, by(is_partial=True)), D(2024, 6, 1), "holds"),
    ("an effect without a date", with_(PLAN, by(since=None, issued_on=None)), D(2024, 1, 1), "replaced"),
    ("an older document cannot replace it", with_(PLAN, by(issued_on=D(2020, 1, 1))), D(2024, 7, 1), "holds"),
    ("a circle of one day", with_(PLAN, by(is_circular=True)), D(2024, 7, 1), "holds"),
    ("withdrawn", with_(PLAN, withdrawn_on=D(2024, 3, 1)), D(2024, 3, 1), "withdrawn"),
    ("a circular before it is in force", CIRCULAR, D(2022, 2, 13), "pending"),
    ("in force", CIRCULAR, D(2022, 2, 14), "holds"),
    ("amended", with_(CIRCULAR, by(K.AMENDS)), D(2024, 6, 1), "partly"),
    ("repealed in part", with_(CIRCULAR, by(K.REPEALS, is_partial=True)), D(2024, 6, 1), "partly"),
    ("corrected only", with_(CIRCULAR, by(K.CORRECTS)), D(2024, 6, 1), "holds"),
    ("replaced circular", with_(CIRCULAR, by()), D(2024, 6, 1), "replaced"),
    ("amended, then repealed", with_(CIRCULAR, by(K.AMENDS), by(K.REPEALS)), D(2024, 6, 1), "repealed"),
    ("run out", with_(CIRCULAR, expires_on=D(2023, 12, 31)), D(2024, 1, 1), "expired"),
    ("a letter has none", LETTER, D(2024, 1, 1), ""),
    ("a letter on the day it was written", LETTER, D(2023, 2, 1), ""),
    ("a letter that was replaced", with_(LETTER, by()), D(2024, 6, 1), "replaced"),
    ("a letter with an end", with_(LETTER, expires_on=D(2023, 6, 30)), D(2023, 3, 1), "holds"),
    ("a letter past its end", with_(LETTER, expires_on=D(2023, 6, 30)), D(2023, 7, 1), "over"),
    ("a withdrawn letter", with_(LETTER, withdrawn_on=D(2023, 3, 1)), D(2024, 1, 1), "withdrawn"),
    ("nothing known", Facts(), D(2024, 1, 1), ""),
]


@pytest.mark.parametrize(("facts", "day", "code"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_status_on_a_day(facts, day, code):
    status = status_on(facts, day)
    assert status.code == code
    assert bool(status) is bool(code)
    assert bool(status.label) is bool(code)


def test_in_force_is_said_of_normative_documents_only():
    with translation.override("en"):
        assert status_on(CIRCULAR, D(2023, 1, 1)).label == "In force"
        assert status_on(PLAN, D(2024, 1, 1)).label == "Being carried out"
        assert status_on(with_(CIRCULAR, by()), D(2025, 1, 1)).label == "No longer in force"
        assert status_on(with_(PLAN, by()), D(2025, 1, 1)).label == "Replaced"


def test_a_status_says_by_what_and_since_when():
    status = status_on(with_(PLAN, by(K.REPEALS, since=D(2024, 9, 1)), by()), D(2024, 12, 1))
    assert (status.code, status.since) == ("replaced", D(2024, 6, 1))
    assert status.by.label in status.reason
    assert "2024" in status.reason


days = st.dates(D(2015, 1, 1), D(2030, 12, 31))
effects = st.builds(
    Effect, st.sampled_from(K.values), st.none() | days, st.booleans(), st.just("X"), issued_on=st.none() | days
)
facts = st.builds(
    Facts, st.sampled_from(["plan", "circular", "letter", ""]), st.sampled_from(["", "1/KH", "1/2020/NĐ-CP"]),
    st.none() | days, st.none() | days, st.none() | days, st.sampled_from(["", "năm 2023", "giai đoạn 2023 - 2025"]),
    st.lists(effects, max_size=5).map(tuple), st.none() | days,
)  # fmt: skip


@given(facts, days)
def test_the_order_of_the_effects_does_not_matter(known, day):
    assert status_on(known, day) == status_on(with_(known, *reversed(known.effects)), day)


@given(facts, days, days)
def test_what_was_replaced_stays_replaced(known, one, other):
    first, later = sorted((one, other))
    if status_on(known, first).code in ("replaced", "repealed"):
        assert status_on(known, later).code in ("replaced", "repealed")
