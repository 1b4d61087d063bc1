"""Many people before a one-stop office at the same time, through plain HTTP."""

import re
from concurrent.futures import ThreadPoolExecutor

import requests

from house import PASSWORD


def token(page):
    return re.search(r'name="csrf" value="([^"]+)"', page)[1]


def person(number):
    """Behind a proxy of ours everybody has an address of their own."""
    session = requests.Session()
    session.headers["X-Forwarded-For"] = f"10.{number // 250}.{number % 250}.7"
    return session


def all_at_once(work, items):
    with ThreadPoolExecutor(48) as pool:
        return list(pool.map(work, items))


class Desk:
    """An officer who is signed in."""

    def __init__(self, house, login):
        self.session, self.address = requests.Session(), house.address
        self.csrf = token(self.session.get(f"{self.address}/work/sign-in", timeout=60).text)
        self.send("/work/sign-in", login=login, password=PASSWORD)
        self.csrf = token(self.get("/work/office" if login == "lanhdao" else "/work/triage"))

    def get(self, path):
        answer = self.session.get(self.address + path, timeout=60)
        assert answer.status_code == 200, answer.text
        return answer.text

    def send(self, path, **form):
        form = {"csrf": self.csrf} | form
        answer = self.session.post(self.address + path, data=form, timeout=60, allow_redirects=False)
        assert answer.status_code in (302, 303), answer.text
        return answer


def open_all_day(house, office):
    """The demonstration's offices keep office hours; this one works whenever the test runs."""
    leader, path = Desk(house, "lanhdao"), f"/work/office/{office}"
    for removal in re.findall(rf'action="({path}/sessions/[^"]+/remove)"', leader.get(path)):
        leader.send(removal)
    leader.send(f"{path}/sessions", weekday=[str(day) for day in range(1, 8)], **{"from": "00:01", "to": "23:58"})


def code_of_the_door(page):
    """The six digits that officers, the machine and the display show."""
    return re.search(r'data-code="(\d{6})"', page)[1]


class Door:
    """Where tickets are taken, by people who stand there and can read its code."""

    def __init__(self, house, office):
        self.address, self.path = house.address, f"/quay/{office}"
        self.code = code_of_the_door(Desk(house, "tiepnhan").get("/work/door"))
        page = requests.get(self.address + self.path, timeout=60).text
        self.lines = re.findall(r'name="line" type="radio" value="([^"]+)"', page)

    def form(self, number, line, phone):
        """What somebody has filled in and not yet sent."""
        session = person(number)
        page = session.get(self.address + self.path, timeout=120).text
        key = re.search(r'name="key" value="([^"]+)"', page)[1]
        data = {"csrf": token(page), "key": key, "may": "0", "line": line, "holder": phone, "health": "yes"}
        return session, data | {"priority": "", "code": self.code}

    def take(self, form):
        """The page of the ticket with the cookie that opens it, or None when this browser has one for the matter."""
        session, data = form
        # A session is not for two threads at once.
        cookies, headers = session.cookies.get_dict(), dict(session.headers)
        answer = requests.post(
            self.address + self.path, data=data, cookies=cookies, headers=headers, timeout=120, allow_redirects=False
        )
        if answer.status_code == 409:
            assert "bạn đang có số thứ tự" in answer.text, answer.text
            return None
        assert answer.status_code in (302, 303), answer.text
        return answer.headers["location"], answer.cookies["phieu"]

    def take_by_phone(self, form):
        """The same from afar: the stand-in for a gateway shows the code that would have been sent."""
        session, data = form
        data = data | {"code": "", "act": "message"}
        asked = session.post(self.address + self.path, data=data, timeout=120)
        assert asked.status_code == 200, asked.text
        code = re.search(r"<strong>(\d{6})</strong>", asked.text)[1]
        data = {"csrf": token(asked.text), "code": code}
        answer = session.post(asked.url, data=data, timeout=120, allow_redirects=False)
        assert answer.status_code in (302, 303), answer.text
        return answer.headers["location"], answer.cookies["phieu"]
