"""Debian's updates are taken once a day, and being off the network keeps nobody from serving."""

import os
import subprocess
from pathlib import Path

import pytest

from house import ROOT


class Machine:
    """The script in a folder of its own, with a Debian that only says what it was asked."""

    def __init__(self, folder):
        self.folder, self.calls, self.bin = folder, folder / "calls", folder / "bin"
        (folder / "Scripts").mkdir()
        self.bin.mkdir()
        script = folder / "Scripts/install"
        script.write_text((ROOT / "Scripts/install").read_text())
        script.chmod(0o755)
        self.have("sudo", 'exec "$@"')
        self.have("dpkg-query", "echo installed")
        self.debian(online=True, offers="")

    def have(self, name, body):
        (self.bin / name).write_text(f"#!/usr/bin/env bash\n{body}\n")
        (self.bin / name).chmod(0o755)

    def debian(self, online, offers):
        told = "".join(f"echo 'Inst {name} [1] (2 Debian)'\n" for name in offers.split())
        self.have(
            "apt-get",
            f"""echo "$*" >> {self.calls}
case "$*" in
    update*) {'exit 0' if online else 'exit 100'} ;;
    --simulate*) {told or ':'} ;;
esac""",
        )

    def install(self):
        self.calls.write_text("")
        environment = os.environ | {"PATH": f"{self.bin}:{os.environ['PATH']}"}
        done = subprocess.run(
            ["Scripts/install", "serve"], cwd=self.folder, env=environment, capture_output=True, text=True, timeout=60
        )
        return done, self.calls.read_text().splitlines()


@pytest.fixture
def machine(tmp_path):
    return Machine(Path(tmp_path))


def test_an_update_of_a_library_is_taken(machine):
    machine.debian(online=True, offers="libpoppler-glib-dev libpng16-16")
    done, calls = machine.install()
    assert done.returncode == 0, done.stderr
    assert calls[-1].startswith("--only-upgrade install") and calls[-1].endswith("libpoppler-glib-dev libpng16-16")


def test_nothing_is_installed_when_nothing_is_newer(machine):
    done, calls = machine.install()
    assert done.returncode == 0, done.stderr
    assert [call.split()[0] for call in calls] == ["update", "--simulate"]


def test_debian_is_asked_once_a_day(machine):
    machine.install()
    done, calls = machine.install()
    assert (done.returncode, calls) == (0, [])
    yesterday = (machine.folder / ".build/debian-asked").stat().st_mtime - 90_000
    os.utime(machine.folder / ".build/debian-asked", (yesterday, yesterday))
    assert machine.install()[1]


def test_off_the_network_the_machine_serves_as_it_is_and_asks_again(machine):
    machine.debian(online=False, offers="libpng16-16")
    for _ in range(2):
        done, calls = machine.install()
        assert done.returncode == 0 and "not taken today" in done.stderr
        assert [call.split()[0] for call in calls] == ["update"]


def test_a_missing_package_is_installed_whatever_the_day(machine):
    machine.install()
    machine.have("dpkg-query", 'case "$*" in *libzbar-dev*) echo unknown ;; *) echo installed ;; esac')
    done, calls = machine.install()
    assert done.returncode == 0, done.stderr
    assert any(call.startswith("install") and call.endswith(" libzbar-dev") for call in calls), calls
