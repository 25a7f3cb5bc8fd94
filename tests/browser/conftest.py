"""A real Chromium against a real server; every request to another host is refused and fails the test."""

import os
import shutil
from pathlib import Path

import pytest

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            item.add_marker(pytest.mark.django_db(transaction=True))
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed (Debian: chromium)"))


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--no-first-run",
            ],
        )  # fmt: skip
        yield browser
        browser.close()


class Visit:
    """A browser context of its own, with what it asked for and what that weighed."""

    def __init__(self, browser, base_url, **options):
        self.base_url = base_url
        self.foreign: list[str] = []
        self.requests = 0
        self.weight = 0
        self.errors: list[str] = []
        self.context = browser.new_context(base_url=base_url, service_workers="block", locale="vi-VN", **options)
        self.context.route("**/*", self._gate)
        self.context.on("requestfinished", self._count)
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda m: self.errors.append(m.text) if "Content Security" in m.text else None)

    def _gate(self, route):
        if route.request.url.startswith((self.base_url, "data:", "blob:")):
            route.continue_()
        else:
            self.foreign.append(route.request.url)
            route.abort()

    def _count(self, request):
        self.requests += 1
        sizes = request.sizes()
        self.weight += sizes["responseBodySize"] + sizes["responseHeadersSize"]

    def violations(self):
        """What axe finds against WCAG 2.2 A and AA, as readable lines."""
        from axe_playwright_python.sync_playwright import Axe

        # A colour half-way between two is nobody's mistake.
        self.page.evaluate(
            "Promise.race([Promise.allSettled(document.getAnimations().map(a => a.finished)),"
            " new Promise(done => setTimeout(done, 3000))])"
        )
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        results = Axe().run(self.page, options={"runOnly": tags})
        return [f"{v['id']}: {v['help']}: {v['nodes'][0]['html'][:160]}" for v in results.response["violations"]]


@pytest.fixture
def visit(chromium, live_server):
    """``visit(width=360, java_script_enabled=False, …)`` -> a fresh ``Visit``."""
    open_visits = []

    def start(width=1280, height=900, **options):
        made = Visit(chromium, live_server.url, viewport={"width": width, "height": height}, **options)
        open_visits.append(made)
        return made

    yield start
    for made in open_visits:
        made.context.close()
        assert not made.foreign, f"asked another host: {made.foreign}"
        assert not made.errors, made.errors
