"""Tickets are for people who are there: from afar nobody fills a hall, shuts somebody out, or learns of their ticket."""

import re

import pytest
import requests
from playwright.sync_api import expect

from conftest import DESK
from crowd import Desk, Door, all_at_once, code_of_the_door, open_all_day, person, token
from person import JUSTICE, officer, press

OFFICE = f"{JUSTICE}-mot-cua"
VICTIM = "0912345678"


@pytest.fixture(scope="module")
def opened(crowd_house):
    open_all_day(crowd_house, OFFICE)
    return crowd_house


def post(door, session, data):
    return session.post(door.address + door.path, data=data, timeout=60, allow_redirects=False)


def waiting(house):
    """How many wait at the office now."""
    page = requests.get(f"{house.address}/bang/{OFFICE}", timeout=60).text
    return int(re.search(r"Đang chờ</dt><dd>(\d+)", page)[1])


def test_without_the_code_of_the_door_nobody_takes_a_ticket_from_afar(opened):
    door, before = Door(opened, OFFICE), waiting(opened)
    session, data = door.form(1001, door.lines[0], "0900000000")
    statuses = set()
    for number in range(77):
        wrong = {"code": "" if number % 2 else f"{number:06d}", "priority": "elderly", "holder": f"09{number:08d}"}
        if wrong["code"] == door.code:
            continue
        answer = post(door, session, data | wrong | {"key": f"remote-{number:04d}"})
        statuses.add(answer.status_code)
        if answer.status_code == 422:
            # What was typed is still there, and it is said what is missing.
            assert f'value="{wrong["holder"]}"' in answer.text and "số của cửa" in answer.text.lower()
    assert statuses == {422, 429}
    assert waiting(opened) == before
    # Whoever stands there is not kept out by that.
    assert door.take(door.form(1002, door.lines[0], "0900000001"))


def test_a_code_that_has_leaked_is_worth_little(opened):
    door, before = Door(opened, OFFICE), waiting(opened)
    session, data = door.form(1010, door.lines[0], "0900000000")
    # One browser with different numbers.
    statuses = [
        post(door, session, data | {"holder": f"07{number:08d}", "key": f"leaked-{number:04d}"}).status_code
        for number in range(77)
    ]
    assert statuses.count(303) == 3 and set(statuses) == {303, 409, 429}
    # And one address that throws its cookies away.
    forms = [door.form(1020, door.lines[0], f"03{number:08d}") for number in range(77)]
    statuses = [post(door, *form).status_code for form in forms]
    assert 3 < statuses.count(303) <= 40 and set(statuses) == {303, 429}
    assert waiting(opened) - before == 3 + statuses.count(303)


def shape(answer):
    """An answer without what is different every time."""
    return answer.status_code, sorted(answer.headers.keys()), re.sub(r"/phieu/[0-9a-f]{16}", "/phieu/", answer.headers["location"])


def test_a_victim_gets_a_ticket_and_nobody_learns_whether_they_have_one(opened):
    door = Door(opened, OFFICE)
    attack = door.take(door.form(1030, door.lines[0], VICTIM))
    own = door.take(door.form(1031, door.lines[0], VICTIM))
    assert attack and own and attack[0] != own[0]
    # Asked again by a stranger, for a number that has tickets and for one that has none.
    known = post(door, *door.form(1032, door.lines[0], VICTIM))
    unknown = post(door, *door.form(1033, door.lines[0], "0912345999"))
    assert shape(known) == shape(unknown) and known.status_code == 303
    # The same by message: the page does not tell either; the code alone opens a ticket.
    pages = []
    for number, phone in ((1034, VICTIM), (1035, "0912345998")):
        session, data = door.form(number, door.lines[0], phone)
        page = session.post(door.address + door.path, data=data | {"act": "message", "code": ""}, timeout=60)
        assert page.status_code == 200
        pages.append(re.sub(r"[0-9a-f]{64}|[0-9a-z]{26}|\d{6}|\d\d:\d\d", "", page.text))
    assert pages[0] == pages[1]


def test_a_ticket_opens_by_its_cookie_or_its_link_and_not_by_its_address(opened):
    door = Door(opened, OFFICE)
    path, cookie = door.take(door.form(1040, door.lines[0], "0912000040"))
    secret = cookie.split(".")[1]
    assert secret not in path
    stranger = person(1041)
    locked = stranger.get(door.address + path, timeout=60)
    nothing = stranger.get(f"{door.address}/phieu/0123456789abcdef", timeout=60)
    assert locked.status_code == nothing.status_code == 403
    assert "Số A" not in locked.text
    wrong = stranger.post(f"{door.address}/v", data={"csrf": token(locked.text), "secret": "x" * 16}, timeout=60)
    assert wrong.status_code == 422 and f'value="{"x" * 16}"' in wrong.text
    typed = stranger.post(f"{door.address}/v", data={"csrf": token(locked.text), "secret": secret.upper()}, timeout=60)
    assert typed.status_code == 200 and typed.url == door.address + path
    for link in (f"/v?p={secret}", f"/phieu/{secret}"):
        page = person(1042).get(door.address + link, timeout=60)
        assert page.status_code == 200 and page.url == door.address + path and secret not in page.url
        assert page.headers["cache-control"] == "no-store"


def test_priority_counts_when_the_desk_has_seen_it(opened):
    door, desk = Door(opened, OFFICE), Desk(opened, "tiepnhan")
    session, data = door.form(1050, door.lines[0], "0912000050")
    answer = post(door, session, data | {"priority": "pregnant"})
    page = session.get(door.address + answer.headers["location"], timeout=60).text
    number = re.search(r"<h1[^>]*>Số ([A-Z]+\d{3,})", page)[1]
    assert "Diện ưu tiên: đến bàn hướng dẫn để xác nhận" in page
    before = int(re.search(r"Trước bạn</dt><dd>(\d+)", page)[1])
    assert f'value="{number}"' in desk.get("/work/triage")
    desk.send("/work/priority", number=number)
    page = session.get(door.address + answer.headers["location"], timeout=60).text
    assert "Ưu tiên: Phụ nữ mang thai" in page and "để xác nhận" not in page
    assert int(re.search(r"Trước bạn</dt><dd>(\d+)", page)[1]) < before


def test_the_machine_is_one_that_an_officer_has_made_known(opened):
    desk = Desk(opened, "tiepnhan")
    word = re.search(r'data-word="(\w{12})"', desk.get("/work/door"))[1]
    address = f"{opened.address}/quay/{OFFICE}"
    machine = person(1060)
    # A bare address from afar is the page of a phone, without the code.
    plain = machine.get(f"{address}?may", timeout=60).text
    assert 'name="code"' in plain and "data-code" not in plain
    assert "data-code" not in machine.get(f"{opened.address}/bang/{OFFICE}", timeout=60).text
    form = {"csrf": token(plain), "word": "x" * 12, "as": "machine"}
    assert machine.post(f"{address}/may", data=form, timeout=60).status_code == 422
    page = machine.post(f"{address}/may", data=form | {"word": word}, timeout=60)
    assert page.url == f"{address}?may" and 'name="code"' not in page.text
    assert code_of_the_door(page.text) == code_of_the_door(desk.get("/work/door"))
    assert "data-code" in machine.get(f"{opened.address}/bang/{OFFICE}", timeout=60).text
    # Everybody in the hall uses it: more than a browser may take, and the same number twice.
    form = {"csrf": token(page.text), "may": "1", "line": "result", "health": "yes", "holder": VICTIM, "priority": ""}
    taken = [
        machine.post(address, data=form | {"key": f"machine-{number:04d}"}, timeout=60, allow_redirects=False)
        for number in range(6)
    ]
    assert [answer.status_code for answer in taken] == [303] * 6
    assert machine.get(opened.address + taken[5].headers["location"], timeout=60).status_code == 200
    assert machine.get(opened.address + taken[0].headers["location"], timeout=60).status_code == 403


def test_what_it_looks_like(house, browsers):
    open_all_day(house, OFFICE)
    desk = officer(browsers.open(DESK), "tiepnhan")
    desk.goto("/work/door")
    browsers.picture(desk, "presence-door-desk")
    code, word = (desk.locator(f"[{name}]").get_attribute(name) for name in ("data-code", "data-word"))
    desk.goto("/work/door/poster")
    browsers.picture(desk, "presence-poster")

    phone = browsers.open(360)
    phone.goto(f"/quay/{OFFICE}#ma={code}&cua=")
    expect(phone.locator("[name=code]")).to_have_value(code)
    assert "#" not in phone.url
    phone.locator("[name=line]").first.check()
    phone.locator("[name=code]").fill("12")
    phone.locator("[name=holder]").fill("0912 777 001")
    phone.locator("[name=priority]").select_option("elderly")
    if phone.locator("[name=health]").count():
        phone.locator("[name=health]").check()
    with phone.expect_navigation():
        press(phone, "Lấy số")
    expect(phone.locator(".summary")).to_contain_text("số của cửa")
    assert phone.locator("[name=holder]").input_value() == "0912 777 001"
    browsers.picture(phone, "presence-door")
    phone.locator("[name=code]").fill(code)
    with phone.expect_navigation():
        press(phone, "Lấy số")
    expect(phone.locator("main")).to_contain_text("đến bàn hướng dẫn để xác nhận")
    browsers.picture(phone, "presence-ticket")

    machine = browsers.open(DESK)
    machine.goto(f"/quay/{OFFICE}/may#ma={word}")
    expect(machine.locator("[name=word]")).to_have_value(word)
    browsers.picture(machine, "presence-device")
    with machine.expect_navigation():
        press(machine, "Là máy lấy số")
    browsers.picture(machine, "presence-machine")
    machine.goto(f"/bang/{OFFICE}")
    browsers.picture(machine, "presence-display")

    desk.goto("/work/triage")
    browsers.picture(desk, "presence-triage")
    desk.goto("/work/counter/1")
    browsers.picture(desk, "presence-counter")
    desk.goto("/work/triage")
    with desk.expect_navigation():
        desk.get_by_role("form", name="Xác nhận ưu tiên").get_by_role("button").first.click()
    expect(desk.locator("main")).not_to_contain_text("Diện ưu tiên chờ xác nhận")

    afar = browsers.open(360)
    afar.goto(f"/quay/{OFFICE}")
    afar.locator("[name=line]").first.check()
    afar.locator("[name=holder]").fill("0912777002")
    if afar.locator("[name=health]").count():
        afar.locator("[name=health]").check()
    with afar.expect_navigation():
        press(afar, "Không ở cửa: nhận mã qua tin nhắn")
    browsers.picture(afar, "presence-message")
    afar.locator("[name=code]").fill(afar.locator(".notice strong").inner_text())
    with afar.expect_navigation():
        press(afar, "Lấy số")
    expect(afar.locator("h1")).to_have_text(re.compile("Số [A-Z]\\d{3}"))


def test_a_crowd_before_the_desk_is_served_while_a_stranger_guesses(opened):
    door = Door(opened, OFFICE)
    guessing = [door.form(1070, door.lines[0], "0900000000") for _ in range(4)]
    forms = all_at_once(lambda number: door.form(1100 + number, door.lines[0], f"05{number:08d}"), range(40))
    work = [("guess", guess) for guess in guessing * 10] + [("take", form) for form in forms]

    def do(item):
        kind, form = item
        if kind == "take":
            return door.take(form)
        session, data = form
        cookies, headers = session.cookies.get_dict(), dict(session.headers)
        wrong = "000000" if door.code != "000000" else "000001"
        requests.post(
            door.address + door.path, data=data | {"code": wrong}, cookies=cookies, headers=headers, timeout=60
        )
        return None

    assert sum(1 for link in all_at_once(do, work) if link) == 40
