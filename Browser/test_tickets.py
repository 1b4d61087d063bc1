"""Tickets when everybody comes at once: each person one number, none twice, none lost."""

import random
import re
import time

import pytest
import requests

from crowd import Door, all_at_once, open_all_day, person
from person import JUSTICE

OFFICE = f"{JUSTICE}-mot-cua"


@pytest.fixture(scope="module")
def opened(crowd_house):
    open_all_day(crowd_house, OFFICE)
    return crowd_house


def numbers(house, links):
    """The numbers that stand on tickets."""

    def number(link):
        path, cookie = link
        page = person(random.randrange(5000)).get(house.address + path, cookies={"phieu": cookie}, timeout=120)
        assert page.status_code == 200, page.text
        return re.search(r"<h1[^>]*>Số ([A-Z]+\d{3,})", page.text)[1]

    return all_at_once(number, links)


def test_five_hundred_people_get_five_hundred_numbers(opened):
    door = Door(opened, OFFICE)
    forms = all_at_once(lambda number: door.form(number, door.lines[0], f"09{number:08d}"), range(500))
    # Every fifth presses twice: the same form, at the same time.
    presses = list(range(500)) + list(range(0, 500, 5))
    random.Random(1).shuffle(presses)
    start = time.monotonic()
    links = all_at_once(lambda number: door.take(forms[number]), presses)
    assert time.monotonic() - start < 120
    assert None not in links
    of_person = {}
    for number, link in zip(presses, links, strict=True):
        assert of_person.setdefault(number, link) == link, "a form that was sent twice gave two tickets"
    given = numbers(opened, [of_person[number] for number in range(500)])
    letter = given[0][0]
    assert sorted(given) == [f"{letter}{count:03d}" for count in range(1, 501)]
    # As many are inside as may be, and no more.
    page = requests.get(f"{opened.address}/quay/{OFFICE}", timeout=60).text
    inside, capacity = map(int, re.search(r"(\d+)/(\d+) người", page).groups())
    assert inside == capacity == 20


def test_two_devices_of_one_person_get_one_ticket(opened):
    door = Door(opened, OFFICE)
    forms = all_at_once(lambda number: door.form(number, door.lines[1], f"08{number % 100:08d}"), range(200))
    links = all_at_once(door.take_by_phone, forms)
    assert len({path for path, _ in links}) == 100, "one ticket for each of a hundred telephones, whatever they press"
    for number in range(100):
        assert links[number][0] == links[number + 100][0], "the second device opens the ticket of the first"
    taken = numbers(opened, links[:100])
    assert sorted(taken) == [f"{taken[0][0]}{count:03d}" for count in range(1, 101)]
    # For another matter the same people may have another.
    assert all(all_at_once(lambda number: door.take(door.form(number, "result", f"08{number:08d}")), range(20)))
