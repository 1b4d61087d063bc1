"""Halls of 200 seats, and how many of their seats may be used according to OR-tools CP-SAT, which is told nothing but
the seats and the rule."""

import math
import random
import time

from ortools.sat.python import cp_model

# A hall is measured by tape: a millimetre less is the distance.
TOLERANCE = 0.001


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
    """How many seats can be used at most, by a solver that knows nothing of geometry, and the seconds it takes."""
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
    start = time.perf_counter()
    assert solver.solve(model) == cp_model.OPTIMAL
    return round(solver.objective_value), time.perf_counter() - start
