"""Three nodes with copies of everything; one is killed while the site writes and readers ask."""

import threading
import time

import pytest

from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch_client import connect
from search.registry import Entry, Passage
from search.server.distribution import Unavailable, obtain
from search.server.node import cluster
from search.service import search

from ..conftest import ROOT

pytestmark = [pytest.mark.soak, pytest.mark.xdist_group("elasticsearch")]
WRITES = 1_500
LONGEST = 10.0
"""Seconds for one question with nothing standing in; a site's readers have the embedded engine long before."""


@pytest.fixture(scope="module")
def nodes():
    try:
        made = cluster(obtain(ROOT / "var" / "es"), ["n1", "n2", "n3"])
    except Unavailable as error:
        pytest.skip(str(error))
    yield made
    for node in made:
        node.stop()


def entry(number: int, edition: int = 1) -> Entry:
    text = f"Văn bản {number} bản {edition} về thư viện và học phí"
    passages = tuple(Passage(f"p-{i}", (), f"{text}, đoạn {i}") for i in range(4))
    return Entry(f"document:{number}", "document", text, f"/{number}/", passages=passages)


def wait_for(nodes, status: str, seconds: float = 120) -> float:
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        found = next((health for node in nodes if (health := node.health())), {})
        if found.get("status") == status and not found.get("relocating_shards"):
            return time.monotonic() - began
        time.sleep(0.25)
    raise AssertionError(f"the cluster did not become {status}")


def master(nodes, engine) -> str:
    return engine.client.cat.master(format="json").body[0]["node"]


@pytest.mark.parametrize("which", ["a follower", "the master"])
def test_one_of_three_nodes_is_killed_in_the_middle_of_everything(nodes, which, capsys):
    for node in nodes:
        if node.process.poll() is not None:
            node.start(joining=True)
    for node in nodes:
        node.wait(nodes=3)
    engine = ElasticsearchEngine(
        connect(tuple(node.url for node in nodes)), f"soak-{time.time_ns():x}", replicas="0-all"
    )
    with engine.building() as builder:
        builder.write(entry(number) for number in range(500))
        builder.publish()
    wait_for(nodes, "green")

    acknowledged: list[int] = []
    write_times, search_times = [], []
    failures: list[Exception] = []
    over = threading.Event()

    def write() -> None:
        try:
            for start in range(500, 500 + WRITES, 10):
                if over.is_set():
                    return
                began = time.monotonic()
                engine.write([entry(number) for number in range(start, start + 10)], [f"document:{start - 500}"])
                write_times.append(time.monotonic() - began)
                acknowledged.extend(range(start, start + 10))
        except Exception as error:
            failures.append(error)

    def ask() -> None:
        while not over.is_set():
            began = time.monotonic()
            try:
                assert search("thư viện học phí", engine=engine).total
            except Exception as error:
                failures.append(error)
            search_times.append(time.monotonic() - began)

    writer = threading.Thread(target=write)
    readers = [threading.Thread(target=ask) for _ in range(2)]
    for thread in (writer, *readers):
        thread.start()
    time.sleep(2)
    lead = master(nodes, engine)
    victim = next(node for node in nodes if (node.name == lead) == (which == "the master"))
    victim.kill()
    killed_after = len(acknowledged)
    writer.join(180)
    over.set()
    for reader in readers:
        reader.join(30)

    survivors = [node for node in nodes if node is not victim]
    kept = {key for key, _ in engine.reader().digests()}
    dropped = {f"document:{start - 500}" for start in acknowledged if start % 10 == 0}
    wanted = {f"document:{number}" for number in [*range(500), *acknowledged]} - dropped
    victim.start(joining=True)
    victim.wait(nodes=3)
    green = wait_for(nodes, "green", 180)
    with capsys.disabled():
        print(
            f"\n{which} killed after {killed_after} of {len(acknowledged)} acknowledged; "
            f"{len(search_times)} searches, {len(failures)} failed; "
            f"slowest write {max(write_times):.2f} s, search {max(search_times):.2f} s; "
            f"green {green:.0f} s after the node was back; {len(survivors)} stood"
        )
    assert not failures, failures[:3]
    assert killed_after < len(acknowledged) == WRITES
    assert kept == wanted
    assert max(search_times) < LONGEST
    again = {key for key, _ in engine.reader().digests()}
    engine.remove()
    assert again == wanted
