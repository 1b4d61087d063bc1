"""Attacks that take something from others: time, memory, places, connections. Beside each of them an honest reader is
served within two seconds, and at the end the server is the same process, no larger than it should be.

To add one: write a function that attacks for at most some seconds, and give it `@attack`. What is asserted inside it is
what the attacker must see; the rest is asserted for all.
"""

import io
import json
import socket
import struct
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import papers
import pytest
import requests
from filings import LETTER, LETTER_PAPER, letter, letter_papers
from honest import Honest
from house import PASSWORD, Program
from person import JUSTICE
from requests.adapters import HTTPAdapter
from test_hostile import token_on

OFFICE = f"{JUSTICE}-mot-cua"
ATTACKS = []
# Refusals say what is wrong; answers about capacity say when to come again.
KINDLY = {200, 201, 302, 303, 400, 401, 403, 404, 405, 408, 409, 411, 413, 414, 415, 422, 429, 431, 503}


def attack(function):
    ATTACKS.append(function)
    return function


class From(HTTPAdapter):
    """Sends from an address of its own."""

    def __init__(self, address):
        self.address = address
        super().__init__(pool_maxsize=32)

    def init_poolmanager(self, *arguments, **more):
        super().init_poolmanager(*arguments, source_address=(self.address, 0), **more)


class Stranger:
    """Somebody with a browser and a program, at an address of their own."""

    def __init__(self, house, address):
        self.house = house
        self.web = requests.Session()
        self.web.mount("http://", From(address))
        self.csrf = token_on(self.web.get(house.address + "/sign-in", timeout=30).text)

    def post(self, path, pairs, **more):
        return self.web.post(
            self.house.address + path, data=[("csrf", self.csrf), *pairs], timeout=60, allow_redirects=False, **more
        )

    def sign_up(self, name, phone):
        answer = self.web.post(
            f"{self.house.address}/api/v1/accounts",
            json={"name": name, "phone": phone, "password": "mua he xanh tham"},
            timeout=60,
        )
        assert answer.status_code == 201, answer.text
        self.web.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        return self

    def api(self, method, path, **more):
        return self.web.request(method, f"{self.house.address}/api/v1/{path}", timeout=60, **more)


def together(work, items, threads=16):
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, items))


def connect(house, address):
    place = urlsplit(house.address)
    return socket.create_connection((place.hostname, place.port), timeout=20, source_address=(address, 0))


def ended(connection, seconds):
    """What came until the other side closed; None when it was still open after so long."""
    connection.settimeout(0.5)
    out, end = b"", time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            part = connection.recv(65536)
        except TimeoutError:
            continue
        except ConnectionError:
            return out
        if not part:
            return out
        out += part
    return None


# MARK: work that grows faster than its input


def nested(depth, kind):
    return b"[" * depth + b"]" * depth if kind == "array" else b'{"a":' * depth + b"1" + b"}" * depth


@attack
def nested_json(house):
    lan = Program(house, "0912000001")
    documents = [nested(depth, kind) for depth in (31, 490, 511, 5_000, 200_000) for kind in ("array", "object")]
    documents += [b'{"answers":' + nested(490, "object") + b',"procedure":"1.001193"}', b"[" * 900_000]
    # As deep as it is wide: what was quadratic took a quarter of an hour for this megabyte.
    documents.append(b'{"answers":{"applicant":[' + b",".join([nested(200, "array")] * 2_400) + b"]}}")

    def send(number):
        body = documents[number % len(documents)]
        path = ["dossiers", "drafts", "accounts", "sessions", "look-ups"][number % 5]
        start = time.monotonic()
        answer = lan.post(path, data=body, headers={"Content-Type": "application/json"})
        assert answer.status_code in KINDLY - {200, 201}, answer.text[:300]
        assert time.monotonic() - start < 5, f"{len(body)} bytes held {path} for {time.monotonic() - start:.1f} s"

    together(send, range(60), threads=8)


@attack
def wide_json(house):
    lan = Program(house, "0912000001")
    draft = lan.post("drafts", json={"procedure": LETTER, "agency": JUSTICE, "returnBy": "online"}).json()["id"]
    documents = [
        {f"k{n}": n for n in range(60_000)},
        {"applicant": {f"k{n}": "x" for n in range(40_000)}},
        {"applicant": {"fullName": "x" * 900_000}},
        {"applicant": ["x"] * 200_000},
        [{}] * 300_000,
    ]

    def send(number):
        body = json.dumps(documents[number % len(documents)]).encode()
        answer = lan.put(f"drafts/{draft}/answers", data=body, headers={"Content-Type": "application/json"})
        assert answer.status_code in KINDLY, answer.text[:300]
        assert len(answer.content) < 50_000, f"{len(body)} bytes were answered with {len(answer.content)}"

    together(send, range(25), threads=5)
    assert lan.delete(f"drafts/{draft}").status_code in (200, 204)


@attack
def searches_that_never_end(house):
    words = ["a " * 2_000, "khai " * 1_000, "%" * 3_000, "đăng ký " * 700, " ".join(f"{n}x" for n in range(1_500)), "ư" * 2_400]

    def send(number):
        word = words[number % len(words)]
        for path in ("/thu-tuc", "/api/v1/procedures"):
            answer = requests.get(house.address + path, params={"q": word}, timeout=30)
            assert answer.status_code in KINDLY

    together(send, range(48), threads=8)


@attack
def forms_of_thousands_of_fields(house):
    stranger = Stranger(house, "127.0.66.11")
    pairs = [(f"field{n}", "x" * 20) for n in range(4_900)]
    same = [("login", str(n)) for n in range(4_900)]

    def send(number):
        path = ["/sign-up", "/tra-cuu", "/sign-in", f"/quay/{OFFICE}", "/dat-lich/dat"][number % 5]
        assert stranger.post(path, pairs if number % 2 else same).status_code in KINDLY

    together(send, range(30), threads=6)


# MARK: storage without an owner


@attack
def forms_kept_for_nobody(house):
    before = stored(house)
    stranger = Stranger(house, "127.0.66.12")
    field = "x" * (1 << 20)

    def send(number):
        files = [("csrf", (None, stranger.csrf))] + [(f"f{n}", (None, field)) for n in range(20)]
        answer = stranger.web.post(house.address + "/work/many", files=files, timeout=60, allow_redirects=False)
        assert answer.status_code in KINDLY

    together(send, range(6), threads=2)
    grown = stored(house) - before
    assert grown < 2_000_000, f"{grown} bytes are kept for somebody who was never signed in"


def stored(house):
    """Bytes of data on disk (SQLite's files and everything below the data folder)."""
    return sum(path.stat().st_size for path in house.folder.rglob("*") if path.is_file() and path.name != "log")


@attack
def drafts_and_files_without_end(house):
    somebody = Stranger(house, "127.0.66.13").sign_up("Lê Văn Đầy", "0987650113")
    statuses = []
    for _ in range(60):
        answer = somebody.api("POST", "drafts", json={"procedure": LETTER, "agency": JUSTICE, "returnBy": "online"})
        statuses.append(answer.status_code)
        if answer.status_code != 201:
            problem = answer.json()
            assert answer.status_code in (409, 413, 422, 429) and problem["detail"]
            break
        draft = answer.json()["id"]
    assert statuses[-1] != 201, "somebody has sixty drafts and is not stopped"


# MARK: connections without bounds


@attack
def heads_and_bodies_that_drip(house):
    heads = [connect(house, "127.0.66.21") for _ in range(60)]
    bodies = [connect(house, "127.0.66.22") for _ in range(40)]
    for connection in bodies:
        connection.sendall(b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000\r\n\r\n")
    try:
        for beat in range(8):
            for connection in heads + bodies:
                try:
                    connection.sendall(b"GET / HTTP/1.1\r\nX-Slow: "[beat : beat + 1] if connection in heads else b"a")
                except OSError:
                    pass  # it was cut off already
            time.sleep(0.5)
    finally:
        for connection in heads + bodies:
            connection.close()


@attack
def a_thousand_streams(house):
    open_streams = []
    try:
        for number in range(1_000):
            try:
                connection = connect(house, "127.0.66.23")
                connection.sendall(f"GET /mot-cua/{OFFICE}/live HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            except OSError:
                continue  # refused: that is what limits are for
            open_streams.append(connection)
        time.sleep(2)
    finally:
        for connection in open_streams:
            connection.close()


@attack
def connections_that_say_nothing(house):
    idle = []
    try:
        for number in range(1_200):
            try:
                idle.append(connect(house, "127.0.66.24"))
            except OSError:
                break
        time.sleep(2)
    finally:
        for connection in idle:
            connection.close()


@attack
def answers_that_nobody_reads(house):
    greedy = []
    try:
        for number in range(60):
            try:
                connection = connect(house, "127.0.66.25")
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
                connection.sendall(b"GET /assets/app.css HTTP/1.1\r\nHost: x\r\n\r\n" * 200)
                greedy.append(connection)
            except OSError:
                continue
        time.sleep(3)
    finally:
        for connection in greedy:
            # Without a farewell, as a phone in a lift.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.close()


@attack
def broken_http(house):
    wires = [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500), b"GET / HTTP/9.9\r\n\r\n", b"GET\r\n\r\n", b"\r\n" * 5_000,
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 20_000 + b"\r\n", b"GET / HTTP/1.1\r\nX: " + b"a" * 900_000 + b"\r\n\r\n",
        b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
        b"POST /sign-in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\nx", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n", b"CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n",
    ]  # fmt: skip

    def send(number):
        try:
            with connect(house, "127.0.66.26") as connection:
                connection.sendall(wires[number % len(wires)])
                connection.shutdown(socket.SHUT_WR)
                answer = ended(connection, 10)
        except OSError:
            return  # closed while it was still being written: refused
        assert answer is None or b" 500 " not in answer.split(b"\r\n")[0], answer[:200]

    together(send, range(130), threads=13)


# MARK: files that are larger inside


def png_bomb(side=30_000):
    """A picture of very many white points in a few kilobytes."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    row = b"\0" + b"\xff" * (side // 8)
    data = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@attack
def pictures_and_documents_that_swell(house):
    somebody = Stranger(house, "127.0.66.31").sign_up("Lê Văn Phình", "0987650131")
    draft = somebody.api("POST", "drafts", json={"procedure": LETTER, "agency": JUSTICE, "returnBy": "online"}).json()["id"]
    zeros = zlib.compress(bytes(40_000_000), 9)
    bombs = [
        ("a.png", png_bomb()), ("b.pdf", papers.pdf()[:200] + zeros), ("c.zip", b"PK\x03\x04" + zeros), ("d.jpg", papers.photo(width=6000, height=4500)),
        ("e.pdf", papers.pdf(size=3_000_000)), ("f.png", papers.png(4000, 4000)),
    ]  # fmt: skip
    for name, data in bombs:
        answer = somebody.api("POST", f"drafts/{draft}/files", files={f"paper-{LETTER_PAPER}": (name, io.BytesIO(data))})
        assert answer.status_code in KINDLY, answer.text[:300]
    somebody.api("DELETE", f"drafts/{draft}")


# MARK: shutting others out


@attack
def wrong_passwords_for_somebody_else(house):
    def guess(number):
        stranger = Stranger(house, f"127.0.66.{100 + number}")
        for word in range(6):
            answer = stranger.post("/work/sign-in", [("login", "vanthu"), ("password", f"sai mật khẩu {word}")])
            assert answer.status_code in (401, 422, 429, 503, 200), answer.status_code

    together(guess, range(8), threads=4)
    # From elsewhere the person herself comes in, however often somebody else was wrong.
    owner = Stranger(house, "127.0.77.8")
    end = time.monotonic() + 30
    while True:
        answer = owner.post("/work/sign-in", [("login", "vanthu"), ("password", PASSWORD)])
        if answer.status_code in (302, 303) or time.monotonic() > end:
            break
        assert answer.status_code in (429, 503), answer.text[:500]
        wait = int(answer.headers.get("Retry-After", "1"))
        assert wait <= 15, f"the owner is told to wait {wait} s"
        time.sleep(wait)
    assert answer.status_code in (302, 303), "the owner was shut out by somebody else's guesses"


@attack
def sign_ins_by_the_hundred(house):
    def guess(number):
        stranger = Stranger(house, f"127.0.66.{150 + number}")
        for _ in range(12):
            answer = stranger.post("/sign-in", [("login", f"09{number:08d}"), ("password", "một mật khẩu nào đó")])
            assert answer.status_code in KINDLY

    together(guess, range(8), threads=8)


@pytest.fixture(scope="module")
def target(one_house):
    yield one_house


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_an_attack_takes_nothing_from_others(target, attack):
    process = target.process.pid
    with Honest(target):
        attack(target)
    assert target.process.poll() is None and target.process.pid == process, f"The server is gone.\n{target.tail()}"
    assert target.memory < 450, f"{target.memory} MB after {attack.__name__}"
    assert requests.get(f"{target.address}/health", timeout=2).status_code == 200
