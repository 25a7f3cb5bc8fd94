"""The search page over HTTP beside stock Wagtail's, both with 10,000 pages of the same words, in one run.

Stock Wagtail searches in Elasticsearch, its n-gram analyzers replaced (``tests/bench/stock``); ours is asked on either
engine and always counts its facets. One client, a new connection a question, two synchronous workers each, the sites
in turns. ``python -m tests.bench.search_page [PAGES]``.
"""

import http.client
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

from search.evaluate import percentile
from search.server.distribution import Unavailable, obtain
from search.server.node import Node, free_ports
from tests.bench.collection import vocabulary

ROOT = Path(__file__).resolve().parents[2]
STOCK = Path(__file__).parent / "stock"
PAGES = 10_000
ROUNDS = 3
QUESTIONS = 60
PARAGRAPHS = 10
WORDS = 40
WORKERS = 2
BIN = Path(sys.executable).parent


def texts(words: list[str], count: int) -> Iterator[dict]:
    """Pages of some four hundred words, drawn as often as in any language; each tenth shares a code."""
    rnd = random.Random(5)
    weights = [1 / (rank + 3) for rank in range(len(words))]
    total = 0.0
    weights = [total := total + weight for weight in weights]
    for number in range(count):
        pick = rnd.choices(words, cum_weights=weights, k=PARAGRAPHS * WORDS + 8)
        lines = [" ".join(pick[8 + i * WORDS : 8 + (i + 1) * WORDS]) for i in range(PARAGRAPHS)]
        lines[0] += f" zq{number // 10}"
        yield {
            "title": " ".join(pick[:8]),
            "lines": lines,
            "body": "\n".join(lines),
            "kind": f"k{number % 8}",
            "year": str(2014 + number % 12),
            "office": f"cq{number % 63}",
        }


def questions(words: list[str], pages: int) -> dict[str, list[str]]:
    rnd = random.Random(6)

    def some(low: int, high: int, length: int) -> list[str]:
        return [" ".join(rnd.sample(words[low:high], length)) for _ in range(QUESTIONS)]

    return {
        "rare": [f"zq{rnd.randrange(pages // 10)}" for _ in range(QUESTIONS)],
        "rare word": some(1_500, 2_000, 1),
        "common": some(0, 30, 1),
        "two": some(0, 100, 2),
        "three": some(50, 400, 3),
    }


@contextmanager
def serving(command: list, folder: Path, environment: dict, port: int) -> Iterator[int]:
    process = subprocess.Popen(command, cwd=folder, env=environment, start_new_session=True)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
                connection.request("GET", "/static/none")
                connection.getresponse().read()
                break
            except OSError:
                time.sleep(0.2)
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def gunicorn(port: int, application: str, *more: str) -> list:
    return [BIN / "gunicorn", "-w", str(WORKERS), "-k", "sync", "-b", f"127.0.0.1:{port}", "--log-level", "error",
            *more, application]  # fmt: skip


def make_stock(folder: Path, pages: list[dict], url: str) -> dict:
    """A new project of Wagtail's, filled and indexed. Returns its environment."""
    subprocess.run([BIN / "wagtail", "start", "mysite", folder], check=True, stdout=subprocess.DEVNULL)
    for name, place in {
        "models.py": "home/models.py", "views.py": "search/views.py", "backend.py": "mysite/backend.py",
        "bench_settings.py": "mysite/settings/bench.py", "fill.py": "fill.py",
    }.items():  # fmt: skip
        shutil.copy(STOCK / name, folder / place)
    counts = (
        "{% for name, counts in facets.items %}<ul>{% for value, count in counts.items %}"
        "<li>{{ value }} ({{ count }})</li>{% endfor %}</ul>{% endfor %}"
    )
    page = folder / "search" / "templates" / "search" / "search.html"
    page.write_text(page.read_text().replace("{% if search_results %}", counts + "{% if search_results %}", 1))
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "mysite.settings.bench", "ELASTICSEARCH_URL": url}
    environment.pop("PYTHONPATH", None)

    def manage(*command: str) -> None:
        subprocess.run([sys.executable, "manage.py", *command], cwd=folder, env=environment, check=True,
                       stdout=subprocess.DEVNULL)  # fmt: skip

    manage("makemigrations", "home")
    manage("migrate")
    lines = "\n".join(json.dumps(page) for page in pages)
    subprocess.run([sys.executable, "fill.py"], cwd=folder, env=environment, check=True, input=lines, text=True)
    began = time.perf_counter()
    manage("update_index")
    print(f"  stock update_index {time.perf_counter() - began:.1f} s")
    return environment


FILL = """
import json, sys, time
import django
django.setup()
from datetime import date
from search.engines import CLUSTER, EMBEDDED, engine
from search.registry import Entry, Passage
from search.sync import now
def entries():
    for number, line in enumerate(open(sys.argv[1], encoding="utf-8")):
        made = json.loads(line)
        facets = {"type": ((made["kind"],) * 2,), "year": ((made["year"],) * 2,), "issuer": ((made["office"],) * 2,)}
        passages = tuple(Passage(f"p-{i}", (f"Mục {i}",), text) for i, text in enumerate(made["lines"]))
        yield Entry(f"document:{number}", "document", made["title"], f"/van-ban/{number}/", f"{number}/KH-UBND",
                    facets=facets, date=date(int(made["year"]), 3, 1), passages=passages)
for name in (EMBEDDED, CLUSTER):
    began = time.perf_counter()
    with engine(name).building() as builder:
        builder.write(entries(), read_at=now())
        builder.publish()
    print(f"  ours, {name}: index {time.perf_counter() - began:.1f} s")
"""


def make_ours(folder: Path, pages: list[dict], url: str) -> dict:
    """Our site, empty but for its frame; its two indexes hold the pages: the search page asks the database nothing."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "minhbach.settings.production", "SECRET_KEY": "only-for-the-benchmark",
        "ALLOWED_HOSTS": "127.0.0.1", "BASE_URL": "http://127.0.0.1", "SECURE_SSL_REDIRECT": "0",
        "MINHBACH_VAR": str(folder), "ELASTICSEARCH_URL": url, "SEARCHES_PER_MINUTE": "0",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
    }  # fmt: skip

    def manage(*command: str) -> None:
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True,
                       stdout=subprocess.DEVNULL)  # fmt: skip

    manage("migrate")
    manage("demo")
    manage("collectstatic", "--noinput")
    path = folder / "pages.jsonl"
    path.write_text("\n".join(json.dumps(page) for page in pages), encoding="utf-8")
    subprocess.run([sys.executable, "-c", FILL, path], cwd=ROOT, check=True,
                   env=environment | {"SEARCH_ENGINE": "elasticsearch"})  # fmt: skip
    return environment


def ask(port: int, path: str) -> tuple[float, int]:
    """Milliseconds and bytes of one answer."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    spent = (time.perf_counter() - began) * 1000
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status}")
    return spent, len(body)


def cpu_seconds(pid: int) -> float:
    """Processor time of a server and its workers."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == pid:  # the process group
            total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def measure(count: int = PAGES) -> None:
    words = vocabulary()
    pages = list(texts(words, count))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        try:
            node = Node(obtain(ROOT / "var" / "es"), heap_mb=1024)
            node.start()
            stack.callback(node.stop)
            node.wait()
        except Unavailable as error:
            print(f"The search page beside stock Wagtail: no Elasticsearch here ({error})")
            return
        print(f"\nThe search page over HTTP, {count:,} pages")
        (folder / "stock").mkdir()
        (folder / "ours").mkdir()
        stock = make_stock(folder / "stock", pages, node.url)
        ours = make_ours(folder / "ours", pages, node.url)
        ports = free_ports(3)
        own = ["--pythonpath", "site", "--limit-request-line", "0"]
        pids = {}
        for name, command, where, environment in (
            ("stock", gunicorn(ports[0], "mysite.wsgi"), folder / "stock", stock),
            ("tantivy", gunicorn(ports[1], "minhbach.wsgi", *own), ROOT, ours | {"SEARCH_ENGINE": "tantivy"}),
            (
                "elasticsearch",
                gunicorn(ports[2], "minhbach.wsgi", *own),
                ROOT,
                ours | {"SEARCH_ENGINE": "elasticsearch"},
            ),
        ):
            pids[name] = stack.enter_context(serving(command, where, environment, ports[len(pids)]))
        sites = {
            "stock": (pids["stock"], ports[0], "/search/?query="),
            "stock, 3 facets": (pids["stock"], ports[0], "/search/?facets=1&query="),
            "ours, tantivy": (pids["tantivy"], ports[1], "/tim-kiem/?q="),
            "ours, elasticsearch": (pids["elasticsearch"], ports[2], "/tim-kiem/?q="),
        }
        report(sites, questions(words, count))


def report(sites: dict[str, tuple[int, int, str]], asked: dict[str, list[str]]) -> None:
    for _pid, port, path in sites.values():
        for _ in range(20):
            ask(port, path + quote("xa"))
    figures: dict[tuple[str, str], list[tuple[float, float]]] = {}
    sizes: dict[str, int] = {}
    cpu: dict[str, float] = dict.fromkeys(sites, 0.0)
    for _ in range(ROUNDS):
        for name, list_of in asked.items():
            times: dict[str, list[float]] = {site: [] for site in sites}
            for question in list_of:
                for site, (pid, port, path) in sites.items():
                    before = cpu_seconds(pid)
                    spent, size = ask(port, path + quote(question))
                    cpu[site] += cpu_seconds(pid) - before
                    times[site].append(spent)
                    sizes[site] = max(sizes.get(site, 0), size)
            for site, values in times.items():
                figures.setdefault((name, site), []).append((statistics.median(values), percentile(values, 0.95)))
    median = {key: tuple(map(statistics.median, zip(*rounds, strict=True))) for key, rounds in figures.items()}
    print(f"  {'':<12}{'':<22}{'p50':>8}{'p95':>8}{'p95 / stock':>13}")
    for name in asked:
        base = median[name, "stock"][1]
        for site in sites:
            p50, p95 = median[name, site]
            print(f"  {name:<12}{site:<22}{p50:8.1f}{p95:8.1f}{p95 / base:13.2f}")
    turns = ROUNDS * sum(map(len, asked.values()))
    for site in sites:
        print(f"  {site:<22} CPU {cpu[site] / turns * 1000:6.1f} ms a request, at most {sizes[site] / 1000:.0f} kB")


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else PAGES)
