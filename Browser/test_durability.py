"""The power fails while people file. What was acknowledged is there afterwards, and nothing is there twice."""

import hashlib
import os
import random
import threading
import time

import pytest
import requests

import papers
from conftest import DATABASES
from filings import LETTER_PAPER, letter
from house import Program

ROUNDS = int(os.environ.get("KILL_ROUNDS", "3"))
SENDERS = 6
LAN = "0912000001"


@pytest.fixture(params=DATABASES)
def cold_house(request, a_demonstration):
    house = a_demonstration(request.param)
    yield house
    house.remove()


class Load:
    """Threads that file whole dossiers until the server is gone, and remember what they were told."""

    def __init__(self, house, token, round_number):
        self.house, self.token, self.round = house, token, round_number
        self.acknowledged, self.unanswered = {}, {}
        self.threads = [threading.Thread(target=self._send, args=(number,)) for number in range(SENDERS)]

    def _send(self, number):
        program = Program(self.house)
        program.session.headers["Authorization"] = self.token
        count = 0
        while True:
            count += 1
            key = f"round-{self.round}-{number}-{count}"
            body = papers.pdf(f"So {key}", 100_000, seed=key)
            try:
                answer = file(program, key, body)
            except requests.RequestException:
                self.unanswered[key] = body
                return
            if answer.status_code != 201:
                self.unanswered[key] = answer.text
                return
            self.acknowledged[key] = (answer.json()["id"], hashlib.sha256(body).hexdigest())

    def run(self, seconds):
        for thread in self.threads:
            thread.start()
        time.sleep(seconds)
        self.house.kill()
        for thread in self.threads:
            thread.join(timeout=60)
            assert not thread.is_alive(), "A request still waits for a server that is gone."
        refused = [answer for answer in self.unanswered.values() if isinstance(answer, str)]
        assert not refused, refused[0]


def file(program, key, body):
    return program.file(letter(content=f"Hồ sơ {key}"), [(LETTER_PAPER, (f"{key}.pdf", body))], key=key)


def listed(program):
    """All dossiers of the citizen, page by page."""
    found, after = [], None
    while True:
        page = program.get("dossiers", params={"limit": 100} | ({"after": after} if after else {})).json()
        found += [item["id"] for item in page["items"]]
        after = page.get("next")
        if after is None:
            return found


def test_no_acknowledged_dossier_is_lost_when_the_server_is_killed(cold_house):
    house = cold_house.start()
    lan = Program(house, LAN)
    token = lan.session.headers["Authorization"]
    everything, told = {}, []
    for number in range(ROUNDS):
        load = Load(house, token, number)
        load.run(random.uniform(1.0, 4.0))
        assert load.acknowledged, "Nothing was filed before the power failed."
        findings = house.verify()
        house.start()
        for key, (dossier, digest) in load.acknowledged.items():
            details = lan.get(f"dossiers/{dossier}")
            assert details.status_code == 200, f"{key} was acknowledged and is gone."
            attached = details.json()["files"][0]
            content = lan.get(f"dossiers/{dossier}/files/{attached['id']}").content
            assert hashlib.sha256(content).hexdigest() == digest == attached["sha256"], key
        everything |= {key: dossier for key, (dossier, _) in load.acknowledged.items()}

        # Whoever got no answer asks again with the same key: filed once, whether it had been stored or not.
        for key, body in load.unanswered.items():
            first, second = file(lan, key, body), file(lan, key, body)
            assert first.status_code == second.status_code == 201, first.text
            assert first.json() == second.json()
            everything[key] = first.json()["id"]
        for key in random.sample(sorted(load.acknowledged), min(5, len(load.acknowledged))):
            again = file(lan, key, papers.pdf(f"So {key}", 100_000, seed=key))
            assert (again.status_code, again.json()["id"]) == (201, load.acknowledged[key][0])
        mine = listed(lan)
        assert len(mine) == len(set(mine)) == len(everything) and set(mine) == set(everything.values())
        told.append(f"round {number + 1}: {len(load.acknowledged)} acknowledged, {len(load.unanswered)} cut off, {findings['dossiers']} stored")
    house.stop()
    house.verify()
    print("\n".join(told))
