"""Every route and every name that is read from outside, as the sources have them."""

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

SOURCES = Path(__file__).resolve().parent.parent / "Sources"
# What the router of a file is mounted under, where another file says so.
MOUNTED = {
    "StaffRoutes.swift": "work", "StaffAccountRoutes.swift": "work", "CalendarRoutes.swift": "work", "CatalogueAPI.swift": "api/v1",
    "NumberingRoutes.swift": "work", "AbsenceRoutes.swift": "work", "AssignmentRoutes.swift": "work", "HeldRoutes.swift": "work",
    "BulkRoutes.swift": "work", "ActRoutes.swift": "work/dossiers/:dossier",
}  # fmt: skip
REGISTRATION = re.compile(r'\.(get|post|put|patch|delete|head)\((?:(?:"(?P<path>[^"]*)"(?:,\s*use:|\)\s*\{))|use:)')
GROUP = re.compile(r'(?:let (?P<name>\w+) = )?\b(?P<on>\w+)\s*\.group\("(?P<path>[^"]*)"\)')
# What citizens do with a dossier: each act says its own addresses, and `CitizenActRoutes` registers them.
CITIZENS_ACTS = "Dossiers/Citizens/Acts"
NAMES = [
    re.compile(r'(?:query|form|fields|typed|sent|queryParameters)\["([^"\\]+)"\]'),
    re.compile(r'\.(?:filled|all)\("([^"\\]+)"\)'),
    re.compile(r'\b(?:day|time|date|number|optionalNumber|word|text|flag|field|select|hidden|choice|readText)\(\s*(?:form, |query, )?"([\w.-]+)"'),
    re.compile(r'^\s*case "([\w-]+)": '),
]  # fmt: skip


@dataclass(frozen=True)
class Route:
    method: str
    # `/work/dossiers/{dossier}`.
    path: str
    folder: str

    @property
    def parameters(self):
        return re.findall(r"{(\w+)}", self.path)


def swift_files():
    return sorted(SOURCES.rglob("*.swift"))


def routes():
    found = set()
    for file in swift_files():
        bases, chain = {"router": MOUNTED.get(file.name, ""), "work": "work"}, ""
        bases["dossier"] = bases["router"]
        for line in file.read_text().splitlines():
            for group in GROUP.finditer(line):
                if group["on"] not in bases:
                    continue
                base = f"{bases[group['on']]}/{group['path']}"
                if group["name"]:
                    bases[group["name"]] = base
                else:
                    chain = base
            for place in REGISTRATION.finditer(line):
                before = re.search(r"(\w+)$", line[: place.start()])
                if before and before[1] in bases:
                    chain = bases[before[1]]
                path = "/" + "/".join(part for part in f"{chain}/{place['path'] or ''}".split("/") if part)
                path = re.sub(r":(\w+)", r"{\1}", path)
                found.add(Route(place[1].upper(), path, str(file.parent.relative_to(SOURCES))))
    found |= routes_of_citizens_acts()
    return sorted(found, key=lambda route: (route.folder, route.path, route.method))


def routes_of_citizens_acts():
    found = set()
    for file in sorted((SOURCES / CITIZENS_ACTS).glob("*.swift")):
        text = file.read_text()
        says = dict(re.findall(r'let (key|address) = "([a-z-]+)"', text))
        if len(says) < 2:
            continue
        page = f"/ho-so/{{dossier}}/{says['address']}"
        method = re.search(r"let method = HTTPRequest.Method.(\w+)", text)
        own = [("GET", page), ("POST", page), (method[1].upper() if method else "POST", f"/api/v1/dossiers/{{dossier}}/{says['key']}")]
        if "let takesFiles = true" in text:
            own += [("POST", f"{page}/tep"), ("POST", f"{page}/tep/{{attachment}}/xoa")]
        found |= {Route(*route, CITIZENS_ACTS) for route in own}
    assert len(found) > 8, found
    return found


def registrations():
    """How often a route is registered, counted without understanding where; citizens' acts are not registered by name."""
    loose = re.compile(r'\.(?:get|post|put|patch|delete|head|on|ws)\((?:use:|"[^"]*",\s*use:|"[^"]*"\)\s*\{)')
    return sum(len(loose.findall(file.read_text())) for file in swift_files()) + len(routes_of_citizens_acts())


def names():
    """What is read by name out of queries and forms, for each folder."""
    found = defaultdict(set)
    for file in swift_files():
        folder = str(file.parent.relative_to(SOURCES))
        if folder.split("/")[0] not in ("Web", "Accounts", "Agencies", "Catalogue", "Dossiers", "OneStop"):
            continue
        for line in file.read_text().splitlines():
            for pattern in NAMES:
                found[folder].update(pattern.findall(line))
    found = {folder: names - {"csrf"} for folder, names in found.items()}
    return found
