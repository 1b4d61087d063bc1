"""How long `motcua office plan` takes for halls of 200 seats, beside OR-tools CP-SAT in the same run.

    .venv/bin/python Benchmarks/seats.py [--repeat 5]
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "Browser"))

from hall_plans import HALLS, hall, most  # noqa: E402

BINARY = os.environ.get("MOTCUA_BINARY", ROOT / ".build/release/motcua")


def command(path, distance, percent):
    """The seats and the seconds of the whole command."""
    rules = ["--distance", str(distance)] + ([] if percent is None else ["--percent", str(percent)])
    start = time.perf_counter()
    done = subprocess.run([BINARY, "office", "plan", path, *rules, "--json"], capture_output=True, check=True)
    return json.loads(done.stdout)["count"], time.perf_counter() - start


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--repeat", type=int, default=5, help="how often each is done; the median counts")
    repeat = options.parse_args().repeat
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hall.json"

        def ours(plan, distance, percent):
            path.write_text(json.dumps(plan))
            counts, seconds = zip(*(command(path, distance, percent) for _ in range(repeat)))
            return counts[0], statistics.median(seconds)

        # What starting the program and reading a file costs is no part of the search.
        _, start = ours(hall([(1, 1)]), 2, None)
        print(f"{'200 seats':26}{'used':>6}{'command':>11}{'search':>11}{'CP-SAT':>11}{'ratio':>8}")
        for name, (plan, distance, percent) in HALLS.items():
            count, seconds = ours(plan, distance, percent)
            other = [most(plan, distance, percent) for _ in range(repeat)]
            assert {found for found, _ in other} == {count}, f"{name}: {count} against {other}"
            floor = statistics.median(taken for _, taken in other)
            search = max(seconds - start, 1e-4)
            print(f"{name:26}{count:6}{seconds * 1000:8.1f} ms{search * 1000:8.1f} ms{floor * 1000:8.1f} ms"
                  f"{floor / search:8.1f}")


if __name__ == "__main__":
    main()
