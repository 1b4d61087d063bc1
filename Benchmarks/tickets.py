"""What a ticket and a counter's next visitor cost at the beginning and at the end of a day with 1,500 tickets.

    .venv/bin/python Benchmarks/tickets.py [--tickets 1500] [--beside OTHER-BINARY]
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

import house

sys.path.append(str(house.ROOT / "Browser"))

from crowd import Desk, Door, open_all_day, person, token  # noqa: E402

BINARY = os.environ.get("MOTCUA_BINARY", house.ROOT / ".build/release/motcua")
OFFICE = "h26-tu-phap-mot-cua"
# As many always wait, so that only the length of the day differs.
WAITING = 30


def day(binary, url, folder, tickets):
    """The milliseconds of every ticket and of every visitor called after the one before."""
    served = house.House(binary, Path(folder), url)
    served.fill(0)
    with served:
        open_all_day(served, OFFICE)
        door, desk = Door(served, OFFICE), Desk(served, "tiepnhan")
        desk.send("/work/counter/1", act="open", key=uuid.uuid4().hex)
        took, called = [], []
        for number in range(tickets):
            # A browser of their own for everybody: one takes three tickets at most.
            visitor = person(number)
            csrf = token(visitor.get(served.address + door.path, timeout=60).text)
            form = {"csrf": csrf, "key": uuid.uuid4().hex, "may": "0", "line": door.lines[0], "health": "yes"}
            form["code"] = door.code
            start = time.perf_counter()
            answer = visitor.post(
                served.address + door.path, data=form | {"holder": f"09{number:08d}"}, timeout=60, allow_redirects=False
            )
            took.append((time.perf_counter() - start) * 1000)
            assert answer.status_code in (302, 303), answer.text
            if number > WAITING:
                # Whoever was called has come: only then they can be done with.
                desk.send("/work/counter/1", act="begin", key=uuid.uuid4().hex)
            if number >= WAITING:
                start = time.perf_counter()
                act = "next" if number == WAITING else "finish-next"
                desk.send("/work/counter/1", act=act, key=uuid.uuid4().hex)
                called.append((time.perf_counter() - start) * 1000)
    return took, called


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--tickets", type=int, default=1500)
    options.add_argument("--beside", help="another binary, measured in the same run")
    options = options.parse_args()
    databases = ["sqlite"] + (["postgres"] if os.environ.get("TEST_POSTGRES") else [])
    print(f"{'':36}{'first 100':>12}{'last 100':>12}{'ratio':>8}")
    for database in databases:
        for name, binary in [("", BINARY)] + ([("beside: ", options.beside)] if options.beside else []):
            # Beside the build, because /tmp may be memory, where an fsync costs nothing.
            with tempfile.TemporaryDirectory(dir=house.ROOT / ".build") as folder:
                url = f"sqlite:{folder}/motcua.db"
                if database == "postgres":
                    url = os.environ["TEST_POSTGRES"] + f" options='-c search_path=bench_{uuid.uuid4().hex[:8]}'"
                    schema(url)
                for what, times in zip(("a ticket", "the next visitor"), day(binary, url, folder, options.tickets)):
                    first, last = statistics.median(times[:100]), statistics.median(times[-100:])
                    print(f"{f'{name}{database}, {what}':36}{first:9.1f} ms{last:9.1f} ms{last / first:8.1f}")


def schema(url):
    name = url.rsplit("=", 1)[1].rstrip("'")
    subprocess.run(
        ["psql", os.environ["TEST_POSTGRES"], "--quiet", "--no-psqlrc", "-c", f"CREATE SCHEMA {name}"], check=True
    )


if __name__ == "__main__":
    main()
