"""Pages that follow a queue, when what lies between them and the server fails and comes back."""

import time

import pytest
from playwright.sync_api import expect

from conftest import DESK, PHONE, Browsers
from failing_proxy import FailingProxy
from person import officer
from test_queue import OFFICE, act, open_all_day, take

# What a browser says of an answer of the proxy; the pages say it better.
EXPECTED = ("502", "ERR_", "Failed to load resource", "EventSource")


@pytest.fixture
def proxied(request, chromium, house):
    with FailingProxy(house.address) as proxy:
        browsers = Browsers(chromium, proxy.address, request.node.name)
        yield proxy, browsers
        browsers.close(failed=False)
        complaints = [text for text in browsers.complaints if not any(word in text for word in EXPECTED)]
        assert not complaints, complaints


def within(seconds, happened, what):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happened():
            return
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s: {what}")


def test_display_counter_and_ticket_come_back_after_a_502(house, browsers, proxied):
    open_all_day(browsers)
    proxy, far = proxied
    board = far.open(DESK)
    board.goto(f"/bang/{OFFICE}")
    counter = officer(far.open(DESK), "tiepnhan")
    counter.goto("/work/counter/1")
    # Tickets are taken and called past the proxy.
    near = officer(browsers.open(DESK), "tiepnhan")
    near.goto("/work/counter/1")
    if near.locator('main button[value="open"]').count():
        act(near, "open")
    ticket, number = take(far, "0912000901")
    expect(counter.locator("table")).to_contain_text(number)

    proxy.fail()
    for page in (board, counter, ticket):
        expect(page.locator(".old-numbers")).to_contain_text("Mất liên lạc", timeout=5000)
    browsers.picture(board, "streams-board-old")
    far.picture(ticket, "streams-ticket-old")
    act(near, "next")
    assert not board.locator(".calls li").filter(has_text=number).count()

    proxy.recover()
    start = time.monotonic()
    expect(board.locator(".calls li.calling strong")).to_have_text(number, timeout=5000)
    expect(counter.locator(".ticket-number")).to_have_text(number, timeout=5000)
    expect(ticket.locator("#live")).to_contain_text("Mời đến quầy 1", timeout=5000)
    assert time.monotonic() - start < 5
    for page in (board, counter, ticket):
        expect(page.locator(".old-numbers")).to_have_count(0)

    # And they follow again, by the stream: faster than any page asks by itself.
    time.sleep(1.5)
    act(near, "begin")
    start = time.monotonic()
    expect(board.locator(".calls li.served strong")).to_have_text(number, timeout=5000)
    assert time.monotonic() - start < 2
    act(near, "finish")


def test_pages_do_not_all_knock_at_once_and_not_for_ever_as_often(house, browsers, proxied):
    proxy, far = proxied
    board = far.open(DESK)
    board.goto(f"/bang/{OFFICE}")
    times = []
    board.on("request", lambda request: times.append(time.monotonic()))
    proxy.fail()
    board.wait_for_timeout(9000)
    assert 3 <= len(times) <= 14, f"{len(times)} requests within nine seconds"
    # Later waits are longer than the first ones.
    gaps = [after - before for before, after in zip(times, times[1:])]
    assert max(gaps[-2:]) > 1 and max(gaps) < 4.5, gaps
    proxy.recover()
    expect(board.locator(".old-numbers")).to_have_count(0, timeout=5000)


def test_a_called_ticket_rings_shakes_and_says_so_on_its_window(house, browsers):
    open_all_day(browsers)
    counter = officer(browsers.open(DESK), "tiepnhan")
    counter.goto("/work/counter/1")
    if counter.locator('main button[value="open"]').count():
        act(counter, "open")
    ticket, number = take(browsers, "0912000911", width=PHONE)
    title = ticket.title()
    ticket.evaluate(
        """() => {
            window.tones = 0; window.shakes = [];
            const make = AudioContext.prototype.createOscillator;
            AudioContext.prototype.createOscillator = function () { window.tones += 1; return make.call(this); };
            Navigator.prototype.vibrate = (pattern) => window.shakes.push(pattern);
        }"""
    )
    ticket.locator("[data-bell]").click()
    expect(ticket.locator("[data-bell]")).to_have_text("Chuông đã bật")
    tried = ticket.evaluate("window.tones")
    act(counter, "next")
    expect(ticket.locator("#live")).to_contain_text("Mời đến quầy 1")
    within(3, lambda: ticket.title().startswith(f"Mời đến quầy 1 – số {number}"), "the window's title")
    assert ticket.evaluate("window.tones") == tried + 3
    assert ticket.evaluate("window.shakes.length") == 1
    browsers.picture(ticket, "streams-ticket-called")
    # Called again, it rings again; served, it is as it was.
    act(counter, "recall")
    within(3, lambda: ticket.evaluate("window.shakes.length") == 2, "the second call")
    act(counter, "begin")
    within(3, lambda: ticket.title() == title, "the title of a ticket that is not called")
    # Who runs no script reads it on the window when the page is loaded again.
    act(counter, "finish")
    expect(ticket.locator("#live")).to_contain_text("Đã phục vụ xong")
