"""Visitors are told apart for a week and a question, and never known."""

from datetime import date

import pytest

from search.learning import visitors


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("203.0.113.250", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("", ""),
        ("unix:", ""),
        ("203.0.113.7, 10.0.0.1", ""),
    ],
)
def test_an_address_is_only_its_network(address, network):
    assert visitors.network_of(address) == network


@pytest.mark.parametrize(
    ("meta", "address"),
    [
        ({"REMOTE_ADDR": "203.0.113.7", "HTTP_X_FORWARDED_FOR": "198.51.100.1"}, "203.0.113.7"),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "1.1.1.1, 198.51.100.1"}, "198.51.100.1"),
        ({"REMOTE_ADDR": "", "HTTP_X_FORWARDED_FOR": "198.51.100.1"}, "198.51.100.1"),
        ({"REMOTE_ADDR": "127.0.0.1"}, "127.0.0.1"),
        ({}, ""),
    ],
    ids=["a stranger's header counts for nothing", "the last entry", "a socket", "nobody between", "nothing"],
)
def test_only_the_proxy_of_this_machine_is_believed(meta, address):
    assert visitors.address_of(meta) == address


@pytest.mark.parametrize(
    ("agent", "robot"),
    [
        ("Mozilla/5.0 (compatible; Googlebot/2.1)", True),
        ("Mozilla/5.0 (compatible; bingbot/2.0)", True),
        ("facebookexternalhit/1.1", True),
        ("curl/8.5", True),
        ("python-requests/2.32", True),
        ("Mozilla/5.0 HeadlessChrome/120", True),
        ("", True),
        ("Mozilla/5.0 (Linux; Android 10; SM-A107F) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36", False),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 16_0) AppleWebKit/605 Zalo iOS/1", False),
        ("Mozilla/5.0 (X11; CrOS x86_64) CUBOT Chrome/120", False),
        ("Opera/9.80 (J2ME/MIDP; Opera Mini/7.1)", False),
    ],
)
def test_robots_name_themselves(agent, robot):
    assert visitors.is_robot(agent) is robot


def test_a_mark_is_of_one_week_one_question_and_one_network(tmp_path):
    salt = visitors.salt_of(tmp_path, "2026-W47")
    mark = visitors.mark(salt, "hoc phi", "203.0.113.0/24")
    assert len(mark) == 4
    assert visitors.mark(visitors.salt_of(tmp_path, "2026-W47"), "hoc phi", "203.0.113.0/24") == mark
    assert visitors.mark(salt, "hoc phi", "198.51.100.0/24") != mark
    assert visitors.mark(salt, "thu vien", "203.0.113.0/24") != mark
    assert visitors.salt_of(tmp_path, "2026-W48") != salt


def test_a_mark_is_shared_by_many_networks_so_that_it_names_none(tmp_path):
    salt = visitors.salt_of(tmp_path, "2026-W47")
    marks = {visitors.mark(salt, "hoc phi", f"10.{b}.{c}.0/24") for b in range(256) for c in range(256)}
    assert len(marks) < 0.7 * 65_536  # Of the 16 million networks there are, each mark fits some 256.


def test_the_weeks_key_is_thrown_away_and_for_this_user_alone(tmp_path):
    old = visitors.salt_of(tmp_path, "2026-W46")
    new = visitors.salt_of(tmp_path, "2026-W47")
    assert (tmp_path / "salt-2026-W47").stat().st_mode & 0o077 == 0
    visitors.forget(tmp_path, "2026-W47")
    assert [path.name for path in tmp_path.iterdir()] == ["salt-2026-W47"]
    assert visitors.salt_of(tmp_path, "2026-W47") == new
    assert visitors.salt_of(tmp_path, "2026-W46") != old


def test_weeks_are_those_of_the_calendar():
    assert visitors.week_of(date(2026, 11, 22)) == "2026-W47"
    assert visitors.week_of(date(2027, 1, 1)) == "2026-W53"
