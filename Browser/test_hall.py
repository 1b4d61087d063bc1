"""`motcua office plan` against another solver: OR-tools CP-SAT is told nothing but the seats and the rule."""

import json
import math
import random
import subprocess
import xml.etree.ElementTree as ElementTree

import pytest
from ortools.sat.python import cp_model

from house import BINARY

# A hall is measured by tape: a millimetre less is the distance.
TOLERANCE = 0.001
SVG = "{http://www.w3.org/2000/svg}"


def hall(points, counters=(), outline=None):
    seats = [{"number": str(i + 1), "x": x, "y": y} for i, (x, y) in enumerate(points)]
    room = {"outline": outline} if outline else {
        "width": max(x for x, _ in points) + 1, "depth": max(y for _, y in points) + 1}
    return {"name": {"vi": "Phòng thử", "en": "A test hall"}, "room": room, "counters": list(counters), "seats": seats}


def grid(columns, rows, pitch):
    return hall([(1 + c * pitch, 1 + r * pitch) for r in range(rows) for c in range(columns)])


def hexagonal(columns, rows, pitch):
    height = pitch * math.sqrt(3) / 2
    return hall([(1 + (c + r % 2 / 2) * pitch, 1 + r * height) for r in range(rows) for c in range(columns)])


def rows_with_aisles():
    """Benches of five with two gangways across and one along."""
    return hall([
        (1 + c * 0.55 + (c // 5) * 1.3, 1 + r * 0.9 + (r // 4) * 1.1) for r in range(10) for c in range(20)])


def irregular(seed, width, depth, corner=None):
    """200 seats anywhere; `corner` is cut out of the room."""
    chance, points = random.Random(seed), []
    while len(points) < 200:
        x, y = round(chance.uniform(0, width), 3), round(chance.uniform(0, depth), 3)
        if corner and x > corner[0] and y > corner[1]:
            continue
        if all(math.dist((x, y), other) >= 0.45 for other in points):
            points.append((x, y))
    outline = [(0, 0), (width, 0), (width, depth), (0, depth)]
    if corner:
        outline[2:3] = [(width, corner[1]), corner, (corner[0], depth)]
    return hall(points, outline=[{"x": x, "y": y} for x, y in outline])


def with_counters():
    plan = grid(20, 10, 0.8)
    for i in range(8):
        plan["counters"].append({
            "id": str(i + 1), "name": {"vi": "Quầy", "en": "Counter"}, "kind": ["reception", "return"][i % 2],
            "x": 1.5 + 2 * i, "y": 0.2})
        plan["seats"][2 * i]["counter"] = str(i + 1)
    return plan


HALLS = {
    "grid": (grid(20, 10, 0.8), 2, None),
    "square grid": (grid(14, 14, 0.8), 2, None),
    "hexagonal": (hexagonal(20, 10, 0.8), 2, None),
    "rows with aisles": (rows_with_aisles(), 2, None),
    "irregular": (irregular(1, 16, 10), 2, None),
    "irregular with a corner": (irregular(2, 18, 12, (10, 7)), 2, None),
    "irregular, 1.5 m": (irregular(3, 15, 11), 1.5, None),
    "counters": (with_counters(), 2, None),
    "counters, 10 %": (with_counters(), 2, 10),
}


def apart(a, b, distance):
    return math.dist((a["x"], a["y"]), (b["x"], b["y"])) >= distance - TOLERANCE


def most(plan, distance, percent):
    """How many seats can be used at most, by a solver that knows nothing of geometry."""
    model = cp_model.CpModel()
    seats = plan["seats"]
    used = [model.new_bool_var(seat["number"]) for seat in seats]
    for i, seat in enumerate(seats):
        if "counter" not in seat and not all(apart(seat, counter, distance) for counter in plan["counters"]):
            model.add(used[i] == 0)
        for j in range(i):
            if not apart(seat, seats[j], distance):
                model.add_bool_or(~used[i], ~used[j])
    if percent is not None:
        model.add(100 * sum(used) <= percent * len(seats))
    model.maximize(sum(used))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = 60
    assert solver.solve(model) == cp_model.OPTIMAL
    return round(solver.objective_value)


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
    assert answer["count"] == len(answer["use"]) == most(plan, distance, percent)

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
