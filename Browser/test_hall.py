"""`motcua office plan` against another solver, and against plans that are none."""

import json
import math
import subprocess
import xml.etree.ElementTree as ElementTree

import pytest

from hall_plans import HALLS, apart, grid, most, with_counters
from house import BINARY

SVG = "{http://www.w3.org/2000/svg}"


def run(tmp_path, plan, *arguments):
    path = tmp_path / "hall.json"
    path.write_bytes(plan if isinstance(plan, bytes) else json.dumps(plan).encode())
    return subprocess.run(
        [BINARY, "office", "plan", path, *map(str, arguments)], capture_output=True, text=True, timeout=60, cwd=tmp_path)


@pytest.mark.parametrize("name", HALLS)
def test_as_many_seats_as_another_solver(name, tmp_path):
    plan, distance, percent = HALLS[name]
    rules = ["--distance", distance] + ([] if percent is None else ["--percent", percent])
    done = run(tmp_path, plan, *rules, "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["isProven"]
    assert answer["count"] == len(answer["use"]) == most(plan, distance, percent)[0]

    seats = {seat["number"]: seat for seat in plan["seats"]}
    use = [seats.pop(number) for number in answer["use"]]
    assert sorted(answer["leaveEmpty"]) == sorted(seats)
    for i, seat in enumerate(use):
        assert all(apart(seat, other, distance) for other in use[:i])
        assert "counter" in seat or all(apart(seat, counter, distance) for counter in plan["counters"])


def test_the_drawing_shows_every_seat_and_trusts_no_name(tmp_path):
    plan = with_counters()
    plan["name"] = {"vi": "<script>alert('1')</script> & \"Phòng\"", "en": "]]><b>Hall</b>"}
    done = run(tmp_path, plan, "--percent", 50, "--distance", 2, "--svg", "hall.svg", "--json")
    assert done.returncode == 0, done.stderr
    drawing = ElementTree.parse(tmp_path / "hall.svg").getroot()
    assert drawing.find(f"{SVG}title").text == f"{plan['name']['vi']} / {plan['name']['en']}"
    assert not list(drawing.iter(f"{SVG}script"))
    shown = {text.text for text in drawing.find(f"{SVG}g").iter(f"{SVG}text")}
    assert shown >= {seat["number"] for seat in plan["seats"]}
    # One circle for each seat to use, and no two overlap.
    circles = [(int(c.get("cx")), int(c.get("cy")), int(c.get("r"))) for c in drawing.find(f"{SVG}g").iter(f"{SVG}circle")]
    assert len(circles) == json.loads(done.stdout)["count"]
    for i, (x, y, r) in enumerate(circles):
        assert all(math.dist((x, y), other[:2]) >= 2 * r - 1.5 for other in circles[:i])


SOUND = json.dumps(grid(3, 2, 0.8))
HOSTILE = [
    b"", b"\0", b"\xff\xfe", b"null", b"7", b"[]", b"{}", b"{", b"[" * 200_000, b'{"name":' * 100_000, b" " * 3_000_000,
    b'{"name": 1e999}', SOUND.replace('"x": 1.8', '"x": NaN').encode(), SOUND.replace('"x": 1.8', '"x": 1e400').encode(),
    SOUND.replace('"x": 1.8', '"x": -1e308').encode(), SOUND.replace('"x": 1.8', '"x": []').encode(),
    SOUND.replace('"number": "2"', '"number": "1"').encode(), SOUND.replace('"number": "2"', '"number": "\\u0000"').encode(),
    SOUND.replace('"number": "2"', '"number": "' + "a" * 1_000_000 + '"').encode(),
    SOUND.replace('"seats"', '"chairs"').encode(), SOUND.replace('"width": 3.6', '"width": 1e-300').encode(),
    json.dumps(grid(51, 40, 0.8)).encode(),
]


@pytest.mark.parametrize("plan", HOSTILE, ids=range(len(HOSTILE)))
def test_a_plan_that_is_none_is_explained(plan, tmp_path):
    done = run(tmp_path, plan, "--distance", 2, "--json")
    assert done.returncode == 1, (done.returncode, done.stderr[-500:])
    faults = json.loads(done.stdout)["faults"]
    assert 0 < len(faults) <= 21
    assert all(fault["problem"]["vi"] and fault["problem"]["en"] for fault in faults)
    assert len(done.stdout) < 20_000


@pytest.mark.parametrize("option", [
    "--percent=-1", "--percent=101", "--percent=many", "--distance=-2", "--distance=51", "--distance=nan",
    "--distance=inf", "--svg=/nowhere/hall.svg", "--no-such",
])
def test_a_senseless_option_is_refused(option, tmp_path):
    done = run(tmp_path, SOUND.encode(), option)
    assert done.returncode > 0 and not done.stdout
    assert option.split("=")[0] in done.stderr


def test_a_file_that_is_not_there_is_named(tmp_path):
    for path in [tmp_path / "nowhere.json", tmp_path]:
        done = subprocess.run([BINARY, "office", "plan", path], capture_output=True, text=True, timeout=60)
        assert done.returncode == 1
        assert str(path) in done.stdout and "cannot be opened" in done.stdout
