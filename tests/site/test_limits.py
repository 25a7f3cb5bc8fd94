"""Whoever asks too often waits, and nobody else."""

import multiprocessing
import re

import pytest
from django.test import RequestFactory
from minhbach import limits

URLS = [
    "/tim-kiem/?q=a",
    "/en/tim-kiem/?q=a",
    "/tim-kiem/ket-qua.csv?q=a",
    "/tim-kiem/atom.xml?q=a",
    "/tim-kiem/goi-y?q=a",
    "/api/v1/search?q=a",
]


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.RATE_LIMIT_DIR = tmp_path
    settings.RATE_LIMITS = {
        **dict.fromkeys(("search:search", "search:csv", "search:feed", "search:suggest", "api:search"), 20)
    }
    limits._table.cache_clear()
    yield
    limits._table.cache_clear()


def request(peer="203.0.113.7", forwarded=""):
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return RequestFactory(headers=headers).get("/", REMOTE_ADDR=peer)


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "address"),
    [
        ("203.0.113.7", "", 0, "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", 0, "203.0.113.7"),  # her own claim
        ("127.0.0.1", "198.51.100.1", 0, "198.51.100.1"),  # nginx on this host
        ("", "198.51.100.1", 0, "198.51.100.1"),  # nginx through a socket
        ("127.0.0.1", "10.9.9.9, 198.51.100.1", 0, "198.51.100.1"),  # what she sent comes first and is not believed
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", 2, "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1", 2, "198.51.100.1"),
        ("127.0.0.1", "10.9.9.9, 198.51.100.1, 10.0.0.2", 1, "198.51.100.1"),  # one elsewhere, and nginx on this host
        ("127.0.0.1", "", 0, "127.0.0.1"),
    ],
)
def test_the_address_is_what_a_trusted_proxy_saw(settings, peer, forwarded, proxies, address):
    settings.TRUSTED_PROXIES = proxies
    assert limits.address_of(request(peer, forwarded).META) == address


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("no address", ""),
        ("\x00" * 5_000, ""),
    ],
)
def test_of_ipv6_the_network_counts(address, network):
    assert limits.network(address) == network


def test_the_last_sixty_seconds_count_also_across_a_minutes_end():
    start = 1_000_000 * 60
    assert [limits.too_many("one", 10, start + 50) for _ in range(10)] == [0] * 10
    assert limits.too_many("one", 10, start + 55) == 6
    assert limits.too_many("one", 10, start + 60) > 0  # all ten lie within the last sixty seconds
    assert limits.too_many("other", 10, start + 60) == 0
    assert limits.too_many("one", 10, start + 90) == 0  # half of them
    assert limits.too_many("one", 10, start + 180) == 0


def _ask(folder, times):
    from django.conf import settings

    settings.RATE_LIMIT_DIR = folder
    limits._table.cache_clear()
    for _ in range(times):
        limits.too_many("shared", 10_000, 1_000_000 * 60 + 5)


def test_processes_of_one_host_share_the_count(tmp_path):
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_ask, args=(tmp_path, 100)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    place = limits._place("shared")
    assert 150 <= limits._read(limits._table(1_000_000), place) <= 200  # an instant shared by two counts once


def test_old_minutes_are_removed_and_hold_no_address(tmp_path):
    for minute in range(10):
        limits.too_many("203.0.113.7", 10, minute * 60.0)
    left = sorted(int(path.name) for path in tmp_path.iterdir())
    assert left[-1] == 9
    assert len(left) <= 4
    assert not any(re.search(rb"203", path.read_bytes()) for path in tmp_path.iterdir())


@pytest.mark.django_db
def test_where_nothing_can_be_counted_everybody_passes(reader, settings, tmp_path, monkeypatch, caplog):
    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(limits.os, "posix_fallocate", full)
    settings.RATE_LIMITS = {"search:search": 1}
    assert [reader.get("/tim-kiem/").status_code for _ in range(3)] == [200] * 3
    assert "cannot count" in caplog.text


def test_every_place_has_its_block_on_the_disk(tmp_path):
    limits.too_many("one", 10, 60.0)
    (made,) = [path for path in tmp_path.iterdir() if path.name == "1"]
    assert made.stat().st_blocks * 512 >= limits.PLACES * limits._COUNT.size


@pytest.mark.django_db
@pytest.mark.parametrize("url", URLS)
def test_too_many_questions_get_429_in_their_own_form(reader, url):
    answers = [reader.get(url, REMOTE_ADDR="203.0.113.9") for _ in range(25)]
    assert 429 not in {answer.status_code for answer in answers[:20]}
    for answer in answers[20:]:
        assert answer.status_code == 429
        assert 1 <= int(answer.headers["Retry-After"]) <= 61
        assert answer.headers["Cache-Control"] == "no-store"
    assert ("json" in answers[-1].headers["Content-Type"]) == url.startswith("/api/")
    assert ("Access-Control-Allow-Origin" in answers[-1].headers) == url.startswith("/api/")
    assert reader.get(url, REMOTE_ADDR="203.0.113.10").status_code != 429
    assert reader.get("/", REMOTE_ADDR="203.0.113.9").status_code != 429
