import os
import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from house import BINARY, House

DATABASES = ["sqlite", "postgres"]
PHONE, DESK = 390, 1280
VIEWS = [(PHONE, True), (DESK, True), (PHONE, False), (DESK, False)]
SCREENSHOTS = Path(os.environ.get("SCREENSHOTS") or tempfile.mkdtemp(prefix="motcua-screenshots-"))


def view_name(view):
    width, scripts = view
    return f"{width}px-{'scripts' if scripts else 'plain'}"


def available(kind):
    if kind == "postgres" and not os.environ.get("TEST_POSTGRES"):
        if os.environ.get("TEST_POSTGRES_REQUIRED"):
            pytest.fail("TEST_POSTGRES is not set.")
        pytest.skip("TEST_POSTGRES is not set.")


@pytest.fixture(scope="session")
def a_demonstration():
    """Makes houses that hold the demonstration. Loading it takes a while, so it is done once and copied."""
    patterns = {}

    def make(kind):
        available(kind)
        if kind not in patterns:
            assert BINARY.exists(), f"Build it first: {BINARY}"
            pattern = House(kind)
            try:
                patterns[kind] = pattern.demo()
            except BaseException:
                pattern.remove()
                raise
        return House(kind, patterns[kind])

    yield make
    for pattern in patterns.values():
        pattern.remove()


def serving(house):
    """Serves until the tests that use it are done; then everything in it must agree."""
    try:
        yield house.start()
        house.stop()
        house.verify()
    finally:
        house.remove()


@pytest.fixture(scope="module", params=DATABASES)
def house(request, a_demonstration):
    yield from serving(a_demonstration(request.param))


@pytest.fixture(scope="module")
def one_house(a_demonstration):
    """For what does not depend on the database."""
    yield from serving(a_demonstration("sqlite"))


@pytest.fixture(scope="module", params=DATABASES)
def crowd_house(request, a_demonstration):
    """Behind a proxy of ours, so that five hundred people have five hundred addresses."""
    house = a_demonstration(request.param)
    house.environment["MOTCUA_BEHIND_PROXY"] = "true"
    yield from serving(house)


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        yield browser
        browser.close()


class Browsers:
    """Opens browsers of different people; each has its own cookies, and what went wrong in it fails the test."""

    def __init__(self, chromium, address, name):
        self.chromium, self.address, self.name = chromium, address, name
        self.contexts = []
        self.scripts = {}
        self.complaints = []

    def open(self, width=DESK, scripts=True, **more):
        context = self.chromium.new_context(
            base_url=self.address,
            viewport={"width": width, "height": 844 if width <= 500 else 900},
            java_script_enabled=scripts,
            is_mobile=width <= 500,
            has_touch=width <= 500,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            **more,
        )
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        page = context.new_page()
        self.scripts[page] = scripts
        page.on("console", lambda message: message.type == "error" and self._complain(message.text, page.url))
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        return page

    def another(self, page):
        """The browser of somebody else, of the same kind."""
        return self.open(page.viewport_size["width"], self.scripts[page])

    def has_scripts(self, page):
        return self.scripts[page]

    def _complain(self, text, url):
        # A refused form is answered with 4xx, which the console calls an error; tests look at those pages themselves.
        if "Failed to load resource" not in text or " 5" in text.split("status of")[-1][:3]:
            self.complaints.append(f"{url}: {text}")

    def picture(self, page, name, full=True):
        path = SCREENSHOTS / f"{name}-{page.viewport_size['width']}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=path, full_page=full)

    def close(self, failed):
        for number, context in enumerate(self.contexts):
            if failed:
                for page in context.pages:
                    self.picture(page, f"failed-{self.name}-{number}")
            context.close()


@pytest.fixture
def browsers(request, chromium):
    name = "house" if "house" in request.fixturenames else "one_house"
    browsers = Browsers(chromium, request.getfixturevalue(name).address, request.node.name.replace("/", "_"))
    yield browsers
    result = getattr(request.node, "result", None)
    browsers.close(failed=result is None or result.failed)
    assert not browsers.complaints, browsers.complaints


@pytest.fixture(params=[(PHONE, True), (DESK, False)], ids=view_name)
def page(request, browsers):
    """A phone with scripts and a desk without: what differs between them differs most between these two."""
    return browsers.open(*request.param)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if call.when == "call":
        item.result = report
    if report.failed:
        for name in ("house", "one_house"):
            house = getattr(item, "funcargs", {}).get(name)
            if house is not None:
                report.sections.append(("what the server said", house.tail()))
    return report
