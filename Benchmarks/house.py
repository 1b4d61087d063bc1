"""An installation to be measured: its data, its server, its sign-ins."""

import json
import os
import pathlib
import re
import subprocess
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
PASSWORD = "motcua-trinh-dien"


class House:
    """`motcua serve` on a free port over the database `url`, with everything else in `folder`."""

    def __init__(self, binary, folder, url):
        self.binary, self.folder = binary, folder
        self.environment = os.environ | {
            "MOTCUA_DATABASE": url,
            "MOTCUA_DATA": str(folder),
            "MOTCUA_HOME": str(ROOT),
            "MOTCUA_PORT": "0",
            "MOTCUA_SITE": "http://127.0.0.1:8080",
            # So that people may sign up from addresses of their own.
            "MOTCUA_BEHIND_PROXY": "true",
            # A few people file for all.
            "MOTCUA_QUOTA_FILINGS": "1000000",
            "MOTCUA_QUOTA_FILED_MB": "1000000",
        }

    def fill(self, dossiers):
        """The demonstration's people and `dossiers` invented dossiers; answers the seconds it took."""
        start = time.monotonic()
        with open(self.folder / "demo.log", "wb") as log:
            subprocess.run(
                [self.binary, "demo", "--dossiers", str(dossiers)],
                env=self.environment, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, check=True,
            )
        return time.monotonic() - start

    def __enter__(self):
        self.log = open(self.folder / "serve.log", "ab")
        self.process = subprocess.Popen(
            [self.binary, "serve", "--json"],
            env=self.environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=self.log,
        )
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"the server did not start: see {self.folder}/serve.log")
        self.address = json.loads(line)["address"]
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def call(self, path, token=None, body=None, address=None):
        """The JSON that the API answers, to a client at `address`."""
        request = urllib.request.Request(self.address + path, method="POST" if body is not None else "GET")
        if address:
            request.add_header("X-Forwarded-For", address)
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        if body is not None:
            request.add_header("Content-Type", "application/json")
            request.data = json.dumps(body).encode()
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def sign_in(self, login, kind):
        return self.call("/api/v1/sessions", body={"login": login, "password": PASSWORD, "kind": kind})["token"]

    def applicants(self, count):
        """The sign-ins of so many people, who get accounts of their own the first time."""
        return [self.applicant(f"0912{700000 + number:06d}", f"10.1.1.{number + 1}") for number in range(count)]

    def applicant(self, phone, address):
        try:
            body = {"login": phone, "password": PASSWORD, "kind": "citizen"}
            return self.call("/api/v1/sessions", body=body, address=address)["token"]
        except urllib.error.HTTPError:
            body = {"name": "Nguyễn Văn Nộp", "phone": phone, "password": PASSWORD}
            return self.call("/api/v1/accounts", body=body, address=address)["token"]

    def agency(self, officer):
        return self.call("/api/v1/me", officer)["agency"]["id"]

    def rest(self, seconds=90):
        """Waits until the server has nothing to do: after a start its followers read what was filed before."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            before = self.worked()
            time.sleep(1)
            if self.worked() - before < 0.05:
                return

    def worked(self):
        """Seconds of processor time so far."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """Resident megabytes now and at most so far."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return tuple(int(re.search(rf"{name}:\s+(\d+)", status)[1]) / 1024 for name in ("VmRSS", "VmHWM"))
