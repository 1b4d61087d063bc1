"""Messages as they leave the house, read where they arrive: a real mail server, and a stand-in for a gateway of short messages."""

import json
import os
import random
import re
import sqlite3
import subprocess
import time
import uuid

import pytest
import requests

import papers
from conftest import DATABASES
from crowd import Desk, token
from filings import LETTER_PAPER, LETTER_RESULT, letter, letter_papers
from house import PASSWORD, Program
from post_office import Gateway, Letters, mail_server
from test_booking import FIELD, OFFICE


def sql(house, statement):
    """Rows of texts; the server may run meanwhile."""
    if house.kind == "sqlite":
        with sqlite3.connect(house.folder / "motcua.db", timeout=30) as database:
            return [[None if cell is None else str(cell) for cell in row] for row in database.execute(statement)]
    where = house.environment["MOTCUA_DATABASE"]
    done = subprocess.run(
        ["psql", where, "--quiet", "--no-psqlrc", "-At", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-c", statement],
        check=True,
        capture_output=True,
        text=True,
    )
    return [line.split("\t") for line in done.stdout.splitlines()]


class Posts:
    """A house that sends, the mail server and the gateway it is connected to."""

    def __init__(self, house, letters, gateway):
        self.house, self.letters, self.gateway = house, letters, gateway
        self.citizen = sql(house, "SELECT min(id) FROM citizen_account")[0][0]
        sql(house, f"UPDATE citizen_account SET phone = NULL, email = 'lan@vidu.vn' WHERE id = '{self.citizen}'")

    def say(self, count=1, to=None, phone=None):
        """As the house itself says it, to an account or to a telephone."""
        names = []
        for _ in range(count):
            name = f"t{uuid.uuid4().hex}"
            link = json.dumps({"link": {"link": {"_0": "https://motcua.vidu.vn/v?h=1"}}})
            who = f"NULL, '{phone}'" if phone else f"'{to or self.citizen}', NULL"
            sql(
                self.house,
                "INSERT INTO notice (id, kind, about, account, phone, language, facts, is_fleeting, said, state, attempts) "
                f"VALUES ('{name}', 'appointment.offerLapsed', 'test/{name}', {who}, 'vi', '{link}', 0, 0, 'waiting', 0)",
            )
            sql(
                self.house,
                f"INSERT INTO outbox (topic, key, payload, due, attempts) VALUES ('notice', 'test/{name}', '{name}', 0, 0)",
            )
            names.append(name)
        return names

    def states(self, names):
        listed = ", ".join(f"'{name}'" for name in names)
        rows = sql(self.house, f"SELECT id, state, way, settled FROM notice WHERE id IN ({listed})")
        return {name: (state, way if settled else None) for name, state, way, settled in rows}

    def settled(self, names, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            states = self.states(names)
            if all(state != "waiting" for state, _ in states.values()):
                return states
            time.sleep(0.1)
        raise AssertionError(f"still waiting: {self.states(names)}\n{self.house.log.read_text()[-2000:]}")


@pytest.fixture(scope="module", params=DATABASES)
def posts(request, a_demonstration, tmp_path_factory):
    """A demonstration never sends, so this one is not marked as one any more."""
    house, folder = a_demonstration(request.param), tmp_path_factory.mktemp("post")
    sql(house, "DELETE FROM demonstration")
    letters, gateway = Letters(), Gateway()
    with mail_server(letters, folder) as mail, gateway.serving() as sms:
        house.environment |= {
            "MOTCUA_SMS_GATEWAY": "esms",
            "MOTCUA_SMS_URL": f"http://127.0.0.1:{sms}/send",
            "MOTCUA_SMS_USER": "key",
            "MOTCUA_SMS_PASSWORD": "secret",
            "MOTCUA_SMS_SENDER": "MOTCUA",
            "MOTCUA_MAIL_SERVER": f"smtp://127.0.0.1:{mail}",
            "MOTCUA_MAIL_FROM": "motcua@hoankiem.vidu.vn",
            "MOTCUA_MAIL_USER": "motcua",
            "MOTCUA_MAIL_PASSWORD": "mật khẩu",
            "MOTCUA_MESSAGES_AUTHORITIES": str(folder / "ca.pem"),
        }
        try:
            house.start()
            yield Posts(house, letters, gateway)
            house.stop()
            house.verify()
        finally:
            house.remove()


@pytest.fixture(autouse=True)
def healthy(posts):
    posts.letters.answers, posts.letters.seconds, posts.gateway.illness = [], 0, None


def test_a_code_arrives_at_the_telephone_and_proves_it(posts):
    """And the page says no more than what has become of it."""
    visitor = requests.Session()
    page = visitor.get(f"{posts.house.address}/dat-lich?linh-vuc={FIELD}&co-quan={OFFICE}", timeout=60).text
    day, hour = re.search(r"ngay=([\d-]+)&(?:amp;)?gio=([\d:]+)\"", page).groups()
    where = {"linh-vuc": FIELD, "co-quan": OFFICE, "ngay": day, "gio": hour}
    page = visitor.get(f"{posts.house.address}/dat-lich/dat", params=where, timeout=60)
    form = {"csrf": token(page.text), "name": "Nguyễn Thị Lan", "phone": "0912 345 678", "reason": ""} | where
    page = visitor.post(f"{posts.house.address}/dat-lich/dat", data=form, timeout=60)
    end = time.monotonic() + 30
    while "được chuyển cho cổng tin nhắn lúc" not in page.text and time.monotonic() < end:
        time.sleep(0.1)
        page = visitor.get(page.url, timeout=60)
    order = list(posts.gateway.sent.values())[-1]
    assert order["Phone"] == "84912345678" and order["Brandname"] == "MOTCUA" and order["Content"].isascii()
    code = re.search(r"\b(\d{6})\b", order["Content"])[1]
    assert "được chuyển cho cổng tin nhắn lúc" in page.text and code not in page.text
    page = visitor.post(page.url, data={"csrf": token(page.text), "code": code}, timeout=60)
    assert "Đã xác nhận" in page.text


def test_a_letter_arrives_in_its_box_over_tls(posts):
    [name] = posts.say()
    assert posts.settled([name]) == {name: ("handedOver", "mail")}
    receivers, letter, tls, signed_in = posts.letters.taken[-1]
    assert receivers == ["lan@vidu.vn"] and tls and signed_in
    assert letter["Subject"] == "Lời mời nhận chỗ đã hết hạn" and letter["From"].addresses[0].display_name == "Một Cửa"
    assert letter["Message-ID"] == f"<{name}@hoankiem.vidu.vn>" and letter["Auto-Submitted"] == "auto-generated"
    assert "Nếu vẫn cần, hãy đặt lại: https://motcua.vidu.vn/v?h=1" in letter.get_content()


def test_a_letter_that_is_sent_away_for_now_comes_again_and_one_for_good_does_not(posts):
    before = len(posts.letters.taken)
    posts.letters.answers = ["451 busy"]
    [later] = posts.say()
    assert posts.settled([later]) == {later: ("handedOver", "mail")}
    posts.letters.answers = ["550 nobody of that name"]
    [never] = posts.say()
    assert posts.settled([never]) == {never: ("failed", "mail")}
    assert len(posts.letters.taken) == before + 1


def test_a_gateway_that_is_ill_or_silent_sends_a_message_once(posts):
    posts.gateway.illness = "500"
    [name] = posts.say(phone="0912345679")
    time.sleep(1)
    assert posts.states([name])[name][0] == "waiting" and name not in posts.gateway.sent
    # It takes the message, and nobody hears that it has.
    posts.gateway.illness = "taken and silent"
    end = time.monotonic() + 30
    while name not in posts.gateway.sent and time.monotonic() < end:
        time.sleep(0.1)
    asked = posts.gateway.asked
    posts.gateway.illness = None
    assert posts.settled([name]) == {name: ("handedOver", "shortMessage")}
    assert posts.gateway.asked > asked and name in posts.gateway.sent


def test_a_slow_mail_server_keeps_no_short_message_waiting(posts):
    posts.letters.seconds = 8
    letters = posts.say(count=20)
    time.sleep(0.5)
    began = time.monotonic()
    [message] = posts.say(phone="0912345670")
    posts.settled([message])
    assert time.monotonic() - began < 8
    assert any(state == "waiting" for state, _ in posts.states(letters).values())
    posts.letters.seconds = 0
    assert set(posts.settled(letters).values()) == {("handedOver", "mail")}


def test_no_letter_is_sent_twice_by_a_server_that_is_killed(posts):
    """Killed while it sends, again and again: each ends in one state, and what was taken without a witness is called unclear."""
    posts.letters.seconds = 0.2
    before, names, chance = len(posts.letters.taken), [], random.Random(7)
    for _ in range(int(os.environ.get("KILLS", "10"))):
        names += posts.say(count=4)
        time.sleep(chance.uniform(0, 0.6))
        posts.house.kill()
        # What waits for its next attempt is due, however long the pause has become.
        sql(posts.house, "UPDATE outbox SET due = 0")
        posts.house.start()
    states = posts.settled(names)
    taken = [letter["Message-ID"].split("@")[0][1:] for _, letter, _, _ in posts.letters.taken[before:]]
    assert len(taken) == len(set(taken))
    assert set(states.values()) <= {("handedOver", "mail"), ("unclear", "mail")}
    assert {name for name in names if states[name][0] == "handedOver"} <= set(taken)
    unclear = sum(state == "unclear" for state, _ in states.values())
    print(f"{len(names)} letters: {len(taken)} arrived, none twice; of {unclear} it is not known")


def test_an_order_tells_those_whose_appointment_it_moves_by_letter(posts):
    """Who has an e-mail address and no telephone; and the office reads how each was told."""
    citizen = requests.Session()
    at = posts.house.address
    page = citizen.get(f"{at}/sign-in", timeout=60)
    form = {"csrf": token(page.text), "login": "lan@vidu.vn", "password": PASSWORD}
    assert citizen.post(f"{at}/sign-in", data=form, timeout=60).status_code == 200
    page = citizen.get(f"{at}/dat-lich?linh-vuc={FIELD}&co-quan={OFFICE}", timeout=60).text
    day, hour = re.findall(r"ngay=([\d-]+)&(?:amp;)?gio=([\d:]+)\"", page)[5]
    where = {"linh-vuc": FIELD, "co-quan": OFFICE, "ngay": day, "gio": hour}
    page = citizen.get(f"{at}/dat-lich/dat", params=where, timeout=60)
    form = {"csrf": token(page.text), "name": "Nguyễn Thị Lan", "phone": "0912 345 671", "reason": ""} | where
    page = citizen.post(f"{at}/dat-lich/dat", data=form, timeout=60)
    end = time.monotonic() + 30
    while not (orders := [o for o in posts.gateway.sent.values() if o["Phone"] == "84912345671"]):
        assert time.monotonic() < end
        time.sleep(0.1)
    code = re.search(r"\b(\d{6})\b", orders[0]["Content"])[1]
    while "Đã xác nhận" not in page.text and time.monotonic() < end:
        page = citizen.post(page.url, data={"csrf": token(page.text), "code": code}, timeout=60)
    assert "Đã xác nhận" in page.text

    leader = Desk(posts.house, "lanhdao")
    before = len(posts.letters.taken)
    form = leader.get("/work/orders/new")
    agency = re.search(r'<option value="([^"]+)" selected', form) or re.search(r'name="agency" value="([^"]+)"', form)
    order = {"agency": agency[1], "closed": "counter", "scope": "everything", "number": "18/CT-UBND", "date": "23/07/2021"}
    leader.send(re.search(r'method="post" action="(/work/orders[^"]*)"', form)[1], reason="Giãn cách xã hội", **order)
    end = time.monotonic() + 30
    while len(posts.letters.taken) == before and time.monotonic() < end:
        time.sleep(0.1)
    receivers, letter, _, _ = posts.letters.taken[-1]
    assert receivers == ["lan@vidu.vn"] and letter["Subject"] == "Lịch hẹn của bạn bị mệnh lệnh tạm dừng"
    link = re.search(r"https?://\S+", letter.get_content())[0]
    assert "cần được xếp lại" in requests.get(at + "/v?" + link.split("/v?")[1], timeout=60).text
    assert "Máy chủ thư điện tử đã nhận thư lúc" in leader.get("/work/appointments")


def test_a_dossiers_life_is_read_in_its_receivers_box(posts):
    """On the telephone of its form, by letter where the gateway refuses, by an officer's call where nobody takes it."""
    lan = Program(posts.house, "lan@vidu.vn")
    people = {login: Program(posts.house, login, "staff") for login in ("tiepnhan", "thuly", "lanhdao", "vanthu")}
    leader = Desk(posts.house, "lanhdao")
    whole = letter("Nguyễn Thị Lan", "Thu hồi thẻ số 15") | {"returnBy": "counter"}
    whole["answers"]["applicant"]["phone"] = "0912345672"
    filed = lan.file(whole, letter_papers())
    assert filed.status_code == 201, filed.text
    dossier, code = filed.json()["id"], filed.json()["code"]
    call = f"/work/dossiers/{dossier}/act/record-call"

    def texts():
        return [order["Content"] for order in list(posts.gateway.sent.values()) if order["Phone"] == "84912345672"]

    def letters():
        return [letter for _, letter, _, _ in posts.letters.taken if code in letter.get_content()]

    def wait(what):
        end = time.monotonic() + 30
        while not what():
            assert time.monotonic() < end, (texts(), [letter["Subject"] for letter in letters()], posts.house.tail())
            time.sleep(0.1)

    def act(login, name, **order):
        answer = people[login].post(f"work/dossiers/{dossier}/acts/{name}", json=order)
        assert answer.status_code == 200, answer.text

    wait(lambda: len(texts()) == 1)
    act("tiepnhan", "accept")
    wait(lambda: len(texts()) == 2)
    assert "hen tra ket qua" in texts()[1]
    act("tiepnhan", "hand-over")
    act("thuly", "take")
    posts.gateway.illness = "refused"
    act("thuly", "supplement", text="Thiếu bản gốc", components=[LETTER_PAPER])
    wait(lambda: len(letters()) == 1)
    assert letters()[0]["Subject"] == "Hồ sơ cần bổ sung" and "lan@vidu.vn" in letters()[0]["To"]
    act("tiepnhan", "receive-supplement", components=[LETTER_PAPER])
    parts = {"outcome": (None, "granted"), f"paper-{LETTER_RESULT}": ("quyet-dinh.pdf", papers.pdf())}
    assert people["thuly"].post(f"work/dossiers/{dossier}/result", files=parts).status_code == 200
    # Nobody takes what comes now.
    posts.letters.answers = ["550 no such box"] * 9
    for login in ("thuly", "lanhdao", "vanthu"):
        act(login, "complete-step")
    wait(lambda: call in leader.get("/work/untold"))
    assert "Có kết quả để nhận tại quầy" in leader.get("/work/untold") and "0912345672" in leader.get("/work/untold")
    page = leader.get(call)
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    leader.send(call, **hidden | {"text": "Gặp bà Lan, chiều mai đến nhận."})
    assert call not in leader.get("/work/untold")
    shown = leader.get(f"/work/dossiers/{dossier}")
    for words in ("Đã chuyển cho cổng tin nhắn lúc", "Máy chủ thư điện tử đã nhận thư lúc", "Cán bộ ghi là đã gọi điện lúc"):
        assert words in shown, words
    for words in texts() + [letter.get_content() for letter in letters()]:
        assert code in words and f"/ho-so/{dossier}" in words
        assert not any(secret in words for secret in ("Nguy", "thẻ", "the so 15", "Minh", "0912345672"))
    assert len(set(texts())) == len(texts()) == 2 and len(letters()) >= 1
