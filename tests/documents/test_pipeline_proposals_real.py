"""How much of real plans is recognised: targets and tasks, held against the records made of them by hand."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from cms.documents.pipeline import read, row_anchor, row_text
from cms.documents.pipeline.proposals import TargetProposal, find_targets, find_tasks, years_in
from search.text import strip_marks

SHARED = Path(__file__).resolve().parents[3] / "shared"
GOLDEN = SHARED / "golden"


def passages(nodes) -> dict[str, str]:
    """Every text a proposal may point into, by anchor."""
    texts = {node.anchor: node.text for node in nodes if node.kind != "table"}
    for node in nodes:
        if node.kind == "table":
            for index, row in enumerate(node.rows[node.header_rows :], start=1):
                texts[row_anchor(node.anchor, index)] = row_text(row)
    return texts


def _seed(number: str):
    path = next((SHARED / "seeds").glob(f"{number}_*"), None) if SHARED.exists() else None
    if path is None or not (GOLDEN / "indicators.yaml").exists():
        pytest.skip("the source texts are not beside the repository (../shared/seeds, ../shared/golden)")
    return path, read(path.read_bytes(), path.name)


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", strip_marks(text)))


def _expected(number: str) -> list[dict]:
    indicators = yaml.safe_load((GOLDEN / "indicators.yaml").read_text(encoding="utf-8"))["indicators"]
    return [item for item in indicators if str(item["seed"]) == number]


def _line_of(text: str, source: list[str]) -> list[int]:
    """Lines of the source a passage comes from (wrapped lines begin one, end another)."""
    wanted = _folded(text)
    return [at for at, line in enumerate(source, start=1) if len(line) > 3 and (line in wanted or wanted in line)]


def _value(proposal: TargetProposal) -> object:
    if proposal.upper is not None:
        return (proposal.value, proposal.upper)
    return proposal.value


def _golden_value(target: dict) -> tuple:
    sign = {"between": "range", "~=": "~"}.get(target["comparator"], target["comparator"])
    value = target["value"]
    value = tuple(map(Decimal, value)) if isinstance(value, list) else Decimal(str(value))
    return sign, value


def _measure(number: str, capsys) -> tuple[float, float, float]:
    """Recall and precision of values (line, comparator, value), in body and appendix; share of right years.

    Figures inside tasks ("task_figure") are no targets but no mistakes either: they count where they are found.
    """
    path, reading = _seed(number)
    numbers = re.compile(r"^\W*(?:[\d.]+|[a-zđ])\)\s*")
    plain = re.sub(r"</?i>", "", path.read_text(encoding="utf-8"))
    source = [_folded(numbers.sub("", line)) for line in plain.splitlines()]
    wanted: Counter[tuple] = Counter()
    welcome: Counter[tuple] = Counter()
    years: dict[tuple, set[tuple[int, ...]]] = {}
    for item in _expected(number):
        for target in item.get("targets") or []:
            if isinstance(target["value"], bool):
                continue
            sign, value = _golden_value(target)
            places = [item["verbatim"][0]["line"], *[v["line"] for v in item["verbatim"][1:2]]]
            key = (places[0], sign, value)
            (wanted if item["kind"] == "target" else welcome)[key] += 1
            years.setdefault(key, set()).add(_years(target["period"]))
            if item.get("appendix"):
                key = (item["appendix"]["line"], sign, value)
                wanted[key] += 1
                years.setdefault(key, set()).add(_years(item["appendix"]["deadline"]))
    left, spare = Counter(wanted), Counter(welcome)
    right = extra = wrong = right_years = dated = 0
    missed_precision = []
    texts = passages(reading.nodes)
    for proposal in find_targets(reading.nodes, reading.header.period_raw or ""):
        at = {*_line_of(proposal.raw, source), *_line_of(texts[proposal.anchor], source)}
        keys = [(line, proposal.comparator, _value(proposal)) for line in sorted(at)]
        key = next((key for key in keys if left[key] > 0), None)
        if key:
            left[key] -= 1
            right += 1
            if any(years[key]):
                dated += 1
                right_years += proposal.years in years[key]
        elif key := next((key for key in keys if spare[key] > 0), None):
            spare[key] -= 1
            extra += 1
        else:
            wrong += 1
            missed_precision.append(proposal.raw)
    total = wanted.total()
    with capsys.disabled():
        print(
            f"\nseed {number}: targets {right}/{total} found, {wrong} not wanted, figures of tasks {extra}/"
            f"{welcome.total()}, years {right_years}/{dated}"
        )
        for key, count in left.items():
            if count:
                print("  missed", key)
        for raw in missed_precision:
            print("  not wanted", raw[:80])
    return right / total, (right + extra) / (right + extra + wrong), right_years / dated if dated else 1.0


def _years(period: object) -> tuple[int, ...]:
    found, _ = years_in(str(period or ""))
    return found


def test_targets_of_a_real_plan(capsys) -> None:
    recall, precision, years = _measure("000", capsys)
    assert recall >= 0.95
    assert precision >= 0.95
    assert years >= 0.95


@pytest.mark.parametrize("number", ["001", "002", "003"])
def test_targets_of_other_real_plans(number: str, capsys) -> None:
    recall, precision, years = _measure(number, capsys)
    assert recall >= 0.9
    assert precision >= 0.9
    assert years >= 0.9


def test_tasks_of_a_real_plan(capsys) -> None:
    """Thirteen tasks with who leads, who joins in and until when."""
    _, reading = _seed("001")
    golden = yaml.safe_load((GOLDEN / "tasks.yaml").read_text(encoding="utf-8"))["tasks"]
    golden = {item["number"]: item for item in golden if str(item["seed"]) == "001" and item["kind"] == "task"}
    found = find_tasks(reading.nodes)
    counts = {name: [0, 0, 0] for name in ("tasks", "leads", "scopes", "coordinating", "times", "titles")}

    def count(name: str, expected: Counter, given: Counter) -> None:
        entry = counts[name]
        entry[0] += (expected & given).total()
        entry[1] += expected.total()
        entry[2] += given.total()

    count("tasks", Counter(golden.keys()), Counter(task.number for task in found))
    for task in found:
        item = golden.get(task.number)
        if item is None:
            continue
        leads = item["lead"] if isinstance(item["lead"], list) else [{"agency": item["lead"], "scope": ""}]
        count("leads", Counter(_folded(lead["agency"]) for lead in leads), Counter(_folded(a.name) for a in task.leads))
        scopes = [_folded(lead["scope"] or "") for lead in leads]
        given = [_folded(agency.scope) for agency in task.leads]
        counts["scopes"][0] += sum(one in other for one, other in zip(scopes, given, strict=False))
        counts["scopes"][1] += len(scopes)
        counts["scopes"][2] += len(given)
        count(
            "coordinating",
            Counter(map(_folded, item["coordinating"])),
            Counter(_folded(a.name) for a in task.coordinating),
        )
        times = (str(item["end"])[:4], str(item["start"] or "")[:4], _folded(item["time_raw"]))
        period = task.deadline
        given = (str(period.due or "")[:4], str(period.start or "")[:4], _folded(period.raw)) if period else None
        count("times", Counter([times]), Counter([given] if given else []))
        count("titles", Counter([_folded(item.get("raw", item["title"]))[:12]]), Counter([_folded(task.title)[:12]]))
    with capsys.disabled():
        print("\nseed 001: " + ", ".join(f"{name} {r}/{e} found of {g} given" for name, (r, e, g) in counts.items()))
    for right, expected, given in counts.values():
        assert right / expected >= 0.9
        assert right / given >= 0.9
