"""A running MotCua on a database and a data folder of its own."""

import json
import os
import re
import selectors
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parent.parent
BINARY = Path(os.environ.get("MOTCUA_BINARY", ROOT / ".build/debug/motcua"))
# What the papers print. The server is reached on loopback; this only has to be recognisable in a QR code.
SITE = "http://motcua.example.vn"
PASSWORD = "motcua-trinh-dien"


class House:
    """Begins with an empty database, or with a copy of what `pattern` holds."""

    def __init__(self, kind, pattern=None):
        self.kind = kind
        self.folder = Path(tempfile.mkdtemp(prefix=f"motcua-{kind}-"))
        self.log = self.folder / "log"
        self.process = None
        self.address = None
        self.name = f"motcua_{uuid.uuid4().hex[:12]}"
        if kind == "postgres":
            _psql(f"CREATE DATABASE {self.name}" + (f" TEMPLATE {pattern.name}" if pattern else ""))
            database = re.sub(r"dbname=\S+", f"dbname={self.name}", os.environ["TEST_POSTGRES"])
        else:
            database = f"sqlite:{self.folder}/motcua.db"
        if pattern:
            shutil.copytree(pattern.folder, self.folder, dirs_exist_ok=True)
        self.environment = os.environ | {
            "MOTCUA_DATABASE": database,
            "MOTCUA_DATA": str(self.folder / "data"),
            "MOTCUA_HOME": str(ROOT),
            "MOTCUA_PORT": "0",
            "MOTCUA_SITE": SITE,
            # These people do in a minute what others do in a year; quotas have tests of their own.
            "MOTCUA_QUOTA_FILINGS": "1000000",
            "MOTCUA_QUOTA_FILED_MB": "1000000",
        }

    def run(self, *command, check=True):
        """Runs one of the other commands on the same data."""
        done = subprocess.run(
            [BINARY, *command], env=self.environment, cwd=self.folder, capture_output=True, text=True, timeout=300
        )
        if check and done.returncode != 0:
            raise AssertionError(f"motcua {' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done

    def demo(self):
        self.run("demo", "--json")
        return self

    def verify(self):
        """What `motcua verify` found; an assertion when it is anything bad."""
        done = self.run("verify", "--json", check=False)
        findings = json.loads(done.stdout)
        assert done.returncode == 0, f"verify found differences: {findings}"
        return findings

    def start(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [BINARY, "serve", "--json"], env=self.environment, cwd=self.folder, stdout=subprocess.PIPE, stderr=log
            )
        self.address = json.loads(self._first_line(60))["address"]
        assert requests.get(f"{self.address}/health", timeout=10).status_code == 200
        return self

    def _first_line(self, seconds):
        line, end = b"", time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while not line.endswith(b"\n"):
                if not selector.select(timeout=max(0, end - time.monotonic())):
                    raise AssertionError(f"The server said nothing for {seconds} s.\n{self.tail()}")
                byte = os.read(self.process.stdout.fileno(), 1)
                assert byte, f"The server ended with {self.process.wait()} before it served.\n{self.tail()}"
                line += byte
        return line

    def stop(self):
        """Asks the server to end, as an operator does."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError("The server did not end within 20 s of SIGTERM.") from None
        self.process.stdout.close()
        self.process = None

    def kill(self):
        """What a power cut does to a process."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.process = None

    def remove(self):
        if self.process is not None:
            self.kill()
        if self.kind == "postgres":
            _psql(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        shutil.rmtree(self.folder, ignore_errors=True)

    def tail(self, lines=60):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:]) if self.log.exists() else ""

    @property
    def memory(self):
        """Resident memory of the server in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1000


def _psql(statement):
    subprocess.run(
        ["psql", os.environ["TEST_POSTGRES"], "--quiet", "--no-psqlrc", "-v", "ON_ERROR_STOP=1", "-c", statement],
        check=True,
        capture_output=True,
        text=True,
    )


class Program:
    """A program that uses the API with a token."""

    def __init__(self, house, login=None, kind="citizen", password=PASSWORD):
        self.house = house
        self.session = requests.Session()
        if login is not None:
            answer = self.post("sessions", json={"login": login, "password": password, "kind": kind})
            assert answer.status_code == 201, answer.text
            self.session.headers["Authorization"] = f"Bearer {answer.json()['token']}"
            self.person = answer.json()["person"]

    def request(self, method, path, **more):
        # The address changes when a house is started again.
        return self.session.request(method, f"{self.house.address}/api/v1/{path}", timeout=60, **more)

    def get(self, path, **more):
        return self.request("GET", path, **more)

    def post(self, path, **more):
        return self.request("POST", path, **more)

    def put(self, path, **more):
        return self.request("PUT", path, **more)

    def delete(self, path, **more):
        return self.request("DELETE", path, **more)

    def file(self, dossier, papers, key=None):
        """Files a whole dossier; `papers` maps a component to a file name and its bytes."""
        parts = [("dossier", (None, json.dumps(dossier), "application/json"))]
        parts += [(f"paper-{component}", (name, data)) for component, (name, data) in papers]
        headers = {"Idempotency-Key": key} if key else {}
        return self.post("dossiers", files=parts, headers=headers)
