"""What is added is taken once, whatever else goes on."""

import multiprocessing
import os
import signal
import time

import pytest

from search.learning import spool


def _add(folder, worker, count):
    for i in range(count):
        assert spool.add(folder, {"w": worker, "i": i})


def test_several_processes_add_while_one_takes_and_nothing_is_lost_or_doubled(tmp_path):
    workers = [multiprocessing.Process(target=_add, args=(tmp_path, w, 400)) for w in range(3)]
    for worker in workers:
        worker.start()
    seen = []
    while any(worker.is_alive() for worker in workers):
        for path in spool.take(tmp_path):
            seen += [(line["w"], line["i"]) for line in spool.lines(path)]
            spool.done(path)
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    for path in spool.take(tmp_path):
        seen += [(line["w"], line["i"]) for line in spool.lines(path)]
    assert sorted(seen) == [(w, i) for w in range(3) for i in range(400)]


def _add_for_ever(folder):
    i = 0
    while True:
        spool.add(folder, {"i": i})
        i += 1


def test_a_process_that_is_killed_holds_nobody_up_and_loses_nothing_it_has_written(tmp_path):
    worker = multiprocessing.Process(target=_add_for_ever, args=(tmp_path,))
    worker.start()
    while not (tmp_path / spool.NAME).exists():
        time.sleep(0.01)
    time.sleep(0.05)
    os.kill(worker.pid, signal.SIGKILL)
    worker.join()
    (path,) = spool.take(tmp_path)
    found = [line["i"] for line in spool.lines(path)]
    assert found == list(range(len(found)))
    assert found


def test_what_was_taken_stays_until_it_is_done(tmp_path):
    spool.add(tmp_path, {"i": 1})
    first = spool.take(tmp_path)
    spool.add(tmp_path, {"i": 2})
    again = spool.take(tmp_path)
    assert again[0] == first[0]
    assert len(again) == 2
    for path in again:
        spool.done(path)
    assert spool.take(tmp_path) == []


def test_a_torn_line_is_left_out(tmp_path):
    path = tmp_path / "taken-1.jsonl"
    path.write_bytes(b'{"i":1}\n{"i":2\n\xff\xfe\n[3]\n{"i":4}\n')
    assert [line["i"] for line in spool.lines(path)] == [1, 4]


def test_the_disk_is_not_filled_where_nobody_takes(tmp_path, monkeypatch):
    monkeypatch.setattr(spool, "MOST_BYTES", 50)
    assert [spool.add(tmp_path, {"text": "x" * 20}) for _ in range(4)] == [True, True, False, False]


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(NotADirectoryError):
        spool.add(tmp_path / "file", {"i": 1})
