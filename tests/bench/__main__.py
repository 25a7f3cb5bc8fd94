"""``make bench``: ratios measured in one run, in a site of its own that is thrown away afterwards."""

import statistics
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 3
REQUESTS = 60


def cpu_ms(call, count: int = REQUESTS) -> float:
    """CPU milliseconds a call, the steadier measure on a shared machine."""
    call()
    start = time.process_time()
    for _ in range(count):
        call()
    return (time.process_time() - start) / count * 1000


def interleaved(calls: dict) -> dict[str, float]:
    """The median of three rounds of each, in turns, so that a busy minute hits all alike."""
    rounds: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(ROUNDS):
        for name, call in calls.items():
            rounds[name].append(cpu_ms(call))
    return {name: statistics.median(values) for name, values in rounds.items()}


def pages() -> None:
    """Our look-up of a page and its frame beside Wagtail's own view of the same page."""
    from django.test import Client, RequestFactory
    from wagtail.views import serve

    from cms.documents.models import DocumentPage

    client, factory = Client(headers={"host": "localhost"}), RequestFactory(headers={"host": "localhost"})
    slug = DocumentPage.objects.filter(number_key="1937khpgddt").values_list("slug", flat=True).get()
    path = f"van-ban/{slug}/"

    def stock() -> None:
        request = factory.get(f"/{path}")
        request.user = None
        serve(request, path).render()

    measured = interleaved(
        {
            "a document, our view, whole request": lambda: client.get(f"/{path}"),
            "the same page, Wagtail's view, no middleware": stock,
            "the list of documents": lambda: client.get("/van-ban/"),
            "home": lambda: client.get("/"),
        }
    )
    base = measured["the same page, Wagtail's view, no middleware"]
    print("\nPages (CPU ms a request; ratio to Wagtail's own view of the same document)")
    for name, value in measured.items():
        print(f"  {name:<50}{value:8.1f}{value / base:8.2f}")


def searching() -> None:
    """The service and the page around it, by class of question, as ratios to the rare one."""
    from django.test import Client

    from search.service import search

    questions = {
        "rare": "phòng studio", "number": "1937/KH-PGDĐT", "common": "giáo dục", "three words": "chuyển đổi số",
        "sentence": "tỷ lệ thanh toán không dùng tiền mặt ở vùng miền núi",
    }  # fmt: skip
    client = Client(headers={"host": "localhost"})
    service = interleaved({name: (lambda q=q: search(q)) for name, q in questions.items()})
    page = interleaved({name: (lambda q=q: client.get("/tim-kiem/", {"q": q})) for name, q in questions.items()})
    print("\nSearch (CPU ms; ratio to the rare question)")
    for name in questions:
        print(
            f"  {name:<20} service {service[name]:7.1f}{service[name] / service['rare']:7.2f}"
            f"   page {page[name]:7.1f}{page[name] / page['rare']:7.2f}"
        )


def reading() -> None:
    """Reading a text, by its size: linear means that the last column stays flat."""
    from cms.documents.pipeline import read

    text = (ROOT / "tests" / "files" / "ke-hoach-mat-dau.txt").read_text(encoding="utf-8")
    print("\nReading a file (CPU ms for each 100 kB)")
    for times in (1, 10, 100):
        data = (text * times).encode()
        start = time.process_time()
        read(data, "bench.txt")
        spent = (time.process_time() - start) * 1000
        print(f"  {len(data):>10,} bytes {spent:9.1f} ms {spent / len(data) * 100_000:9.1f}")


def main() -> None:
    from .site import site

    with site():
        from tests.bench import search, search_page, suggest
        from tests.bench.admin_search import admin_search
        from tests.bench.graph import graph

        pages()
        searching()
        search.measure()
        search_page.measure()
        suggest.measure()
        reading()
        graph()
        admin_search()


if __name__ == "__main__":
    main()
