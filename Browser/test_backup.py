"""A backup is taken while people file, and everything they were told is in it is there when it is put back."""

import hashlib
import json
import shutil
import sqlite3
import threading
import time
from pathlib import Path

import pytest

import papers
from conftest import DATABASES
from filings import LETTER_PAPER, letter
from house import House, Program

WRITERS = 4
LAN = "0912000001"


@pytest.fixture(params=DATABASES)
def full_house(request, a_demonstration):
    house = a_demonstration(request.param)
    yield house.start()
    house.remove()


@pytest.fixture
def empty_house(full_house):
    house = House(full_house.kind)
    shutil.rmtree(house.folder / "data", ignore_errors=True)
    yield house
    house.remove()


def file(program, key):
    body = papers.pdf(f"So {key}", 20_000, seed=key)
    answer = program.file(letter(content=f"Hồ sơ {key}"), [(LETTER_PAPER, (f"{key}.pdf", body))], key=key)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"], hashlib.sha256(body).hexdigest()


class Writers:
    """People who file until they are told to stop, and remember what was acknowledged and when."""

    def __init__(self, house, token):
        self.house, self.token, self.stopped = house, token, threading.Event()
        self.acknowledged, self.failures = {}, []
        self.threads = [threading.Thread(target=self._write, args=(number,)) for number in range(WRITERS)]

    def _write(self, number):
        program, count = Program(self.house), 0
        program.session.headers["Authorization"] = self.token
        while not self.stopped.is_set():
            count += 1
            try:
                dossier, digest = file(program, f"writer-{number}-{count}")
            except Exception as failure:  # Whatever it is, the test tells it.
                self.failures.append(failure)
                return
            self.acknowledged[dossier] = (time.monotonic(), digest)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        for thread in self.threads:
            thread.join(timeout=60)


def backup(house, folder, *more, check=True):
    done = house.run("backup", str(folder), "--json", *more, check=check)
    return json.loads(done.stdout)


def test_what_was_acknowledged_before_a_backup_is_in_it(full_house, empty_house):
    house, folder = full_house, full_house.folder / "backups"
    lan = Program(house, LAN)
    token = lan.session.headers["Authorization"]
    with Writers(house, token) as writers:
        while len(writers.acknowledged) < 20 and not writers.failures:
            time.sleep(0.05)
        begun = time.monotonic()
        first = backup(house, folder)
        ended = time.monotonic()
        while not writers.failures and not any(at > ended for at, _ in writers.acknowledged.values()):
            time.sleep(0.05)
    assert not writers.failures, writers.failures[0]
    before = {dossier: digest for dossier, (at, digest) in writers.acknowledged.items() if at < begun}
    during = [at for at, _ in writers.acknowledged.values() if begun < at < ended]
    assert len(before) >= 20 and during, "Nobody filed while the backup was taken."
    assert len(before) <= first["dossiers"] and first["copiedFiles"] >= len(before)

    again = backup(house, folder, "--rehearse")
    assert again["copiedFiles"] == again["files"] - first["files"], "What is there was copied again."
    assert again["rehearsal"]["differences"] == []

    empty_house.run("restore", first["folder"])
    findings = empty_house.verify()
    assert (findings["dossiers"], findings["notes"]) == (first["dossiers"], [])
    secrets = [(one.folder / "data/secret").read_bytes() for one in (house, empty_house)]
    assert secrets[0] == secrets[1]
    program = Program(empty_house.start())
    program.session.headers["Authorization"] = token
    for dossier, digest in before.items():
        attached = program.get(f"dossiers/{dossier}").json()["files"][0]
        content = program.get(f"dossiers/{dossier}/files/{attached['id']}").content
        assert hashlib.sha256(content).hexdigest() == digest == attached["sha256"]
    # Life goes on where it was cut.
    file(program, "after-the-restore")
    empty_house.stop()
    empty_house.verify()
    refused = empty_house.run("restore", str(folder), check=False)
    assert refused.returncode != 0 and "is not empty" in refused.stderr


def test_a_rehearsal_finds_what_is_wrong_with_a_backup(full_house):
    house, folder = full_house, full_house.folder / "backups"
    lan = Program(house, LAN)
    digests = [file(lan, f"one-paper-{number}")[1] for number in range(3)]
    made = backup(house, folder)

    def place(digest):
        return folder / "files" / digest[:2] / digest

    def rehearsed():
        done = house.run("restore", "--rehearse", str(folder), "--json", check=False)
        return done.returncode, json.loads(done.stdout)["differences"]

    assert rehearsed() == (0, [])
    whole = place(digests[0]).read_bytes()
    place(digests[0]).write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
    place(digests[1]).unlink()
    expected = {f"file {digests[0]} has another content", f"file {digests[1]} is missing"}
    status, differences = rehearsed()
    assert status == 1 and set(differences) == expected

    # The next backup brings back what is missing; the rehearsal goes on naming what is damaged.
    assert backup(house, folder)["copiedFiles"] == 1
    assert rehearsed() == (1, [f"file {digests[0]} has another content"])
    place(digests[0]).write_bytes(whole)
    assert rehearsed() == (0, [])

    database = Path(made["folder"]) / "database"
    database.write_bytes(database.read_bytes()[:-1000])
    done = house.run("restore", "--rehearse", made["folder"], check=False)
    assert done.returncode == 1 and "database has" in done.stdout
    assert not any(folder.glob("**/*.restoring")), "A rehearsal leaves nothing behind."


def test_a_file_that_the_installation_has_lost_is_told_when_it_is_backed_up(full_house):
    house = full_house
    digest = file(Program(house, LAN), "a-paper-that-is-lost")[1]
    (house.folder / "data/files" / digest[:2] / digest).unlink()
    done = house.run("backup", str(house.folder / "backups"), "--json", check=False)
    assert (done.returncode, json.loads(done.stdout)["lostFiles"]) == (1, [digest])


def test_a_database_copied_without_its_newest_part_is_noticed(a_demonstration):
    """`cp motcua.db` while the server runs leaves the -wal behind, and with it whatever was not yet moved over."""
    house, copy = a_demonstration("sqlite"), House("sqlite")
    try:
        with sqlite3.connect(house.folder / "motcua.db") as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        house.start()
        lan = Program(house, LAN)
        for number in range(12):
            file(lan, f"one-paper-{number}")
        end = time.monotonic() + 20
        while witnessed(house) < events(house):
            assert time.monotonic() < end, "The server does not note where its log ends."
            time.sleep(0.05)
        assert (house.folder / "motcua.db-wal").stat().st_size > 0
        shutil.copy(house.folder / "motcua.db", copy.folder / "motcua.db")
        shutil.copytree(house.folder / "data", copy.folder / "data", dirs_exist_ok=True)
        house.kill()
        found = house.verify()
        assert found["dossiers"] == 12

        done = copy.run("verify", "--json", check=False)
        findings = json.loads(done.stdout)
        assert done.returncode == 1 and findings["dossiers"] < 12
        (fault,) = findings["logFaults"]
        end, seen = events(copy), events(house)
        assert f"{seen - end} events are missing" in fault, fault
        assert findings["notes"], "Files that nothing names any more were not told."
        served = copy.run("serve", check=False)
        assert served.returncode != 0 and "events are missing" in served.stderr

        # When everything is lost, the log that is begun anew is not the one that was seen here.
        for file_of_it in copy.folder.glob("motcua.db*"):
            file_of_it.unlink()
        done = copy.run("verify", "--json", check=False)
        (fault,) = json.loads(done.stdout)["logFaults"]
        assert done.returncode == 1 and f"has seen event {seen} of another log and nothing of this one" in fault
    finally:
        house.remove()
        copy.remove()


def witnessed(house):
    """What the server has noted of the end of its log."""
    return max(json.loads(note.read_text())["position"] for note in (house.folder / "data/log-ends").glob("?" * 32))


def events(house):
    with sqlite3.connect(house.folder / "motcua.db") as database:
        return database.execute("SELECT max(position) FROM event").fetchone()[0]
