"""It does not fill up, and a store that is full or gone is said: reading goes on, nothing is lost, and it recovers."""

import html
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
import requests

import papers
from filings import LETTER, LETTER_PAPER, letter, letter_papers
from house import PASSWORD, House, Program
from person import JUSTICE

LAN = "0912000001"
POSTGRES = Path("/usr/lib/postgresql/15/bin")


class Visitor:
    """A browser without a screen: cookies, and the token of the last page in every form."""

    def __init__(self, house, login=None):
        self.house, self.session, self.token = house, requests.Session(), ""
        if login:
            assert self.sign_in(login).status_code == 303

    def get(self, path, **more):
        answer = self.session.get(f"{self.house.address}{path}", timeout=60, **more)
        found = re.search(r'name="csrf" value="([^"]+)"', answer.text)
        self.token = found[1] if found else self.token
        return answer

    def post(self, path, fields=(), files=None, **more):
        fields = [("csrf", self.token), *dict(fields).items()]
        if files is None:
            return self.session.post(
                f"{self.house.address}{path}", data=fields, allow_redirects=False, timeout=60, **more
            )
        parts = [(name, (None, value)) for name, value in fields] + files
        return self.session.post(f"{self.house.address}{path}", files=parts, allow_redirects=False, timeout=60, **more)

    def sign_in(self, login):
        self.get("/sign-in")
        answer = self.post("/sign-in", {"login": login, "password": PASSWORD})
        if answer.status_code == 303:
            self.get("/tai-khoan")
        return answer


def waiting(for_what, seconds, condition):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.2)
    raise AssertionError(f"{for_what} did not come within {seconds} s.")


def refused(answer, *words):
    assert answer.status_code == 503, f"{answer.status_code}: {answer.text[:2000]}"
    assert int(answer.headers["Retry-After"]) > 0
    text = html.unescape(answer.text)
    for word in words:
        assert word in text, f"Nothing is said about {word!r}: {text[:3000]}"


# MARK: kept forms


def test_what_strangers_send_is_not_kept(one_house):
    database = one_house.folder / "motcua.db"

    def stored():
        size = sum(Path(f"{database}{end}").stat().st_size for end in ("", "-wal") if Path(f"{database}{end}").exists())
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
            return size, connection.execute("SELECT COUNT(*), COALESCE(SUM(LENGTH(body)), 0) FROM kept_form").fetchone()

    stranger = Visitor(one_house)
    stranger.get("/sign-in")
    stranger.session.cookies.set("session", "A" * 43)
    before, _ = stored()
    for _ in range(4):
        parts = [(f"field{number}", (None, "x" * 1_000_000)) for number in range(49)]
        answer = stranger.post("/work/many", files=parts)
        assert answer.status_code in (303, 404), answer.status_code
        assert "kept" not in answer.headers.get("Location", "")
    after, kept = stored()
    print(f"kept of 4 requests with 49 MB each: {kept[0]} forms, {kept[1]} bytes; the database grew by {after - before}")
    assert kept == (0, 0)
    # What the server writes for itself meanwhile is counted too.
    assert after - before < 2_000_000

    told = stranger.get(answer.headers["Location"]) if answer.status_code == 303 else stranger.get("/sign-in?lost=1")
    assert "không được giữ lại" in told.text


# MARK: quotas


def test_quotas_are_told_kindly_and_what_was_typed_is_kept(a_demonstration):
    house = a_demonstration("sqlite")
    house.environment |= {"MOTCUA_QUOTA_DRAFTS": "2", "MOTCUA_QUOTA_MB": "1", "MOTCUA_QUOTA_FILINGS": "2"}
    try:
        house.start()
        lan = Visitor(house, LAN)
        begun = []
        for _ in range(3):
            lan.get(f"/nop/{LETTER}")
            begun.append(lan.post(f"/nop/{LETTER}", {"agency": JUSTICE, "returnBy": "online"}))
        assert [answer.status_code for answer in begun] == [303, 303, 409]
        assert "2 bản nháp chưa nộp" in begun[2].text
        draft = begun[0].headers["Location"]

        lan.get(f"{draft}/giay-to")

        def upload(size, seed):
            return lan.post(
                f"{draft}/giay-to",
                files=[(f"paper-{LETTER_PAPER}", ("giấy.pdf", papers.pdf(size=size, seed=seed), "application/pdf"))],
            )

        assert upload(600_000, 1).status_code == 303
        full = upload(600_000, 2)
        assert full.status_code == 422, full.text[:2000]
        assert re.search(r"đã dùng 600 kB trong 1,0 MB", full.text), full.text[:4000]
        assert "hỏi Bộ phận Một cửa" in full.text
        assert "Giấy tờ chưa nộp của bạn dùng 600 kB trong 1,0 MB" in lan.get("/ho-so").text
        remove = re.search(rf'action="({draft}/giay-to/[^"]+/xoa)"', lan.get(f"{draft}/giay-to").text)[1]
        assert lan.post(remove).status_code == 303
        assert upload(600_000, 2).status_code == 303

        program = Program(house, LAN)
        filed = [program.file(letter(content=f"Số {number}"), letter_papers()) for number in range(3)]
        assert [answer.status_code for answer in filed] == [201, 201, 429]
        assert filed[2].headers["Content-Type"].startswith("application/problem+json")
        assert 0 < int(filed[2].headers["Retry-After"]) <= 86_400
        house.stop()
        house.verify()
    finally:
        house.remove()


# MARK: disk


@pytest.fixture
def small_disk(a_demonstration):
    """A house whose database and files lie on a disk of 160 MB of their own."""
    house = a_demonstration("sqlite")
    disk = Path(tempfile.mkdtemp(prefix="motcua-small-disk-"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", disk], capture_output=True, text=True
    )
    if mounted.returncode != 0:
        house.remove()
        disk.rmdir()
        pytest.skip(f"A small disk cannot be mounted here: {mounted.stderr.strip()}")
    try:
        for file in house.folder.glob("motcua.db*"):
            shutil.copy(file, disk / file.name)
        shutil.copytree(house.folder / "data", disk / "data")
        house.environment |= {"MOTCUA_DATABASE": f"sqlite:{disk}/motcua.db", "MOTCUA_DATA": str(disk / "data")}
        yield house, disk
    finally:
        house.remove()
        subprocess.run(["umount", "-l", disk], check=True)
        disk.rmdir()


def fill(disk, leaving=0):
    """Writes until only so much is left free; tells the file to remove again."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        while True:
            status = os.statvfs(disk)
            rest = status.f_bavail * status.f_frsize - leaving
            if rest <= 0:
                return ballast
            try:
                file.write(b"\0" * min(rest, 1 << 20))
            except OSError:
                return ballast


def test_a_disk_that_is_nearly_full_is_read_and_not_written(small_disk):
    house, disk = small_disk
    house.environment["MOTCUA_DISK_RESERVE"] = "30"
    house.start()
    lan, program = Visitor(house, LAN), Program(house, LAN)
    lan.get(f"/nop/{LETTER}")
    draft = lan.post(f"/nop/{LETTER}", {"agency": JUSTICE, "returnBy": "online"}).headers["Location"]
    section = f"{draft}/khai/request"
    lan.get(section)

    ballast = fill(disk, leaving=20_000_000)
    time.sleep(1.1)
    text = "Đề nghị dài có dấu “ngoặc” & <thẻ>"
    refused(lan.post(section, {"request.content": text}), "sắp hết chỗ lưu trữ", text, "Gửi lại")
    upload = [(f"paper-{LETTER_PAPER}", ("to.pdf", papers.pdf(size=3_000_000)))]
    refused(lan.post(f"{draft}/giay-to", files=upload), "chưa được ghi nhận")
    filed = program.file(letter(), letter_papers())
    refused(filed)
    assert filed.headers["Content-Type"].startswith("application/problem+json")
    for path in ("/", "/thu-tuc", "/ho-so", section, "/health"):
        assert lan.get(path).status_code == 200, path
    assert program.get("dossiers").status_code == 200
    # Whoever is told to come back later can leave and come in.
    Visitor(house, LAN)

    ballast.unlink()
    time.sleep(1.1)
    lan.get(section)
    assert lan.post(section, {"request.content": text}).status_code in (200, 303)
    assert text in html.unescape(lan.get(section).text)
    assert program.file(letter(), letter_papers()).status_code == 201
    house.stop()
    house.verify()


def test_a_disk_that_is_full_to_the_last_byte_answers_503_and_loses_nothing(small_disk):
    house, disk = small_disk
    house.environment["MOTCUA_DISK_RESERVE"] = "0"
    house.start()
    lan, program = Visitor(house, LAN), Program(house, LAN)
    acknowledged, answers = {}, []
    for round_number in range(3):
        ballast = fill(disk, leaving=3_000_000 if round_number == 0 else 0)
        for number in range(30):
            body = papers.pdf(size=400_000, seed=100 * round_number + number)
            answer = program.file(letter(content=f"Số {round_number}-{number}"), [(LETTER_PAPER, ("a.pdf", body))])
            answers.append(answer.status_code)
            if answer.status_code == 201:
                acknowledged[answer.json()["id"]] = body
            else:
                refused(answer)
        for path in ("/", "/thu-tuc", "/ho-so"):
            assert lan.get(path).status_code == 200, path
        ballast.unlink()
        answer = program.file(letter(content=f"Sau lần {round_number}"), letter_papers())
        assert answer.status_code == 201, f"It does not recover: {answer.status_code} {answer.text}"
    assert 503 in answers
    assert set(answers) <= {201, 503}
    for dossier, body in acknowledged.items():
        files = program.get(f"dossiers/{dossier}").json()["files"]
        assert program.get(f"dossiers/{dossier}/files/{files[0]['id']}").content == body
    assert list((disk / "data/files/incoming").iterdir()) == [], "what did not fit was left behind"
    house.stop()
    house.verify()
    print(f"{answers.count(201)} filed and {answers.count(503)} refused on a full disk")


# MARK: a database that is gone


class Server:
    """A PostgreSQL of this test's own, which it may stop."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="motcua-postgres-"))
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")
        self.run("initdb", "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--username", "postgres")
        self.conninfo = f"host={self.folder} user=postgres dbname=postgres"

    def run(self, command, *more):
        owner = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        # Output is not captured: the server that pg_ctl starts would keep the pipe open.
        subprocess.run(
            [*owner, POSTGRES / command, "--pgdata", self.folder / "data", *more],
            check=True,
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def start(self, connections=200):
        options = f"-k {self.folder} -c listen_addresses='' -c max_connections={connections}"
        self.run("pg_ctl", "--log", self.folder / "log", "--wait", "--options", options, "start")

    def stop(self, mode):
        self.run("pg_ctl", "--mode", mode, "--wait", "stop")

    def remove(self):
        subprocess.run(
            [POSTGRES / "pg_ctl", "--pgdata", self.folder / "data", "--mode", "immediate", "stop"]
            if os.getuid() != 0
            else ["runuser", "-u", "postgres", "--", POSTGRES / "pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop"],
            cwd="/",
            capture_output=True,
        )
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.fixture
def fragile_house(monkeypatch):
    if not POSTGRES.exists():
        pytest.skip(f"There is no PostgreSQL server at {POSTGRES}.")
    server = Server()
    try:
        server.start()
        monkeypatch.setenv("TEST_POSTGRES", server.conninfo)
        house = House("postgres")
        try:
            yield house.demo(), server
        finally:
            if house.process is not None:
                house.kill()
            shutil.rmtree(house.folder, ignore_errors=True)
    finally:
        server.remove()


def test_a_database_that_stops_is_said_and_found_again(fragile_house):
    house, server = fragile_house
    house.start()
    lan, program = Visitor(house, LAN), Program(house, LAN)
    lan.get(f"/nop/{LETTER}")
    draft = lan.post(f"/nop/{LETTER}", {"agency": JUSTICE, "returnBy": "online"}).headers["Location"]
    section = f"{draft}/khai/request"
    lan.get(section)
    text = "Đề nghị gõ rất lâu"
    for mode in ("fast", "immediate"):
        before = program.file(letter(content=f"Trước {mode}"), letter_papers())
        assert before.status_code == 201
        server.stop(mode)
        refused(lan.get("/ho-so"), "tạm thời không trả lời", "Tạm thời chưa phục vụ được")
        refused(lan.post(section, {"request.content": text}), text, "Gửi lại")
        answer = program.file(letter(), letter_papers())
        refused(answer)
        assert answer.headers["Content-Type"].startswith("application/problem+json")
        # Nobody has to look up who asks for these.
        assert requests.get(f"{house.address}/thu-tuc", timeout=10).status_code == 200
        assert requests.get(f"{house.address}/health", timeout=10).status_code == 503
        server.start()
        waiting("The database", 10, lambda: requests.get(f"{house.address}/health", timeout=10).status_code == 200)
        lan.get(section)
        assert lan.post(section, {"request.content": text}).status_code in (200, 303)
        assert text in html.unescape(lan.get(section).text)
        assert program.get(f"dossiers/{before.json()['id']}").status_code == 200
        assert program.file(letter(content=f"Sau {mode}"), letter_papers()).status_code == 201

    def followed():
        sql = "SELECT COUNT(*) FROM follower WHERE position < (SELECT MAX(position) FROM event)"
        conninfo = re.sub(r"dbname=\S+", f"dbname={house.name}", server.conninfo)
        return subprocess.run(["psql", conninfo, "-Atc", sql], capture_output=True, text=True).stdout.strip() == "0"

    waiting("What follows from the log", 20, followed)
    house.stop()
    house.verify()


# MARK: sweeping


def test_a_server_that_restarts_often_sweeps_daily(a_demonstration):
    house = a_demonstration("sqlite")
    digest = "ab" * 32
    stray = house.folder / "data/files/ab" / digest

    def stray_appears():
        stray.parent.mkdir(exist_ok=True)
        stray.write_bytes(b"x")
        os.utime(stray, (time.time() - 200_000,) * 2)

    def last_run(change=None):
        with sqlite3.connect(house.folder / "motcua.db") as connection:
            if change:
                connection.execute(f"UPDATE chore SET last_run = last_run - {change} WHERE name = 'files'")
            return connection.execute("SELECT last_run FROM chore WHERE name = 'files'").fetchone()

    try:
        stray_appears()
        house.start()
        waiting("The first sweep", 20, lambda: not stray.exists())
        house.stop()
        first = last_run()
        # Started again within the day: it was done.
        stray_appears()
        house.start()
        house.stop()
        assert stray.exists() and last_run() == first
        # A day later, although no process has run for a day.
        last_run(change=25 * 3_600_000)
        house.start()
        waiting("The sweep of the next day", 20, lambda: not stray.exists())
        house.stop()
        house.verify()
    finally:
        house.remove()
