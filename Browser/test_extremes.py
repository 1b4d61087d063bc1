"""The extremes of every kind of number, day and time, in every place where something is read from outside.

Places are derived: routes and names from the sources, fields from the forms on the pages, JSON from the API's
description. A new route is fuzzed as soon as it is registered; one whose path holds a new word fails here until somebody
says what may stand in it.
"""

import html
import itertools
import json
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
import requests
import yaml

import routes
from conftest import serving
from crowd import Door, open_all_day
from filings import LETTER, LETTER_PAPER, letter, letter_papers
from person import JUSTICE
from test_hostile import STAFF, Person, made

METRICS = "numbers-for-the-extremes"

ROOT = Path(__file__).resolve().parent.parent
OFFICE = "h26-tu-phap-mot-cua"
SECONDS = 5
THREADS = 8

# Arithmetic of 64 bits ends at the first six.
CORE = [
    "-9223372036854775808", "9223372036854775807", "-9223372036854775809", "9223372036854775808", "18446744073709551615", "9" * 400,
]  # fmt: skip
REST = [
    "9223372036854775806", "-9223372036854775807", "4294967296", "2147483648", "-2147483649", "1e308", "1e999", "-1e999", "-0", "-1", "0",
    "NaN", "Infinity", "٣", "９９", "", "99999999999999999999", "0x10", "1_000", "+5", "1.5", "1,5", "0000-00-00", "0001-01-01", "9999-12-31",
    "99999-01-01", "31/12/9999", "01/01/0001", "2026-02-30", "24:00", "99:99", "23:59", "00:00", "9999-12-31T23:59", "0", "[]", "[[[[1]]]]",
    '{"a":{"a":{}}}', "-9223372036854775808-x", "9223372036854775807-01abc-h26", "1.-9223372036854775808", "9" * 30 + "-" + "9" * 30,
]  # fmt: skip
EXTREMES = CORE + REST
JSON_EXTREMES = [
    "-9223372036854775808", "9223372036854775807", "-9223372036854775809", "9223372036854775808", "18446744073709551615", "1e308", "-1e308",
    "1e999", "-0", "-1", "0", "0.5", "NaN", "٣", "9" * 400, "null", "true", "[]", "{}", "[" * 40 + "]" * 40, '{"a":' * 40 + "1" + "}" * 40,
    '"9999-12-31"', '"0001-01-01"', '"0000-00-00"', '"24:00"', '"9223372036854775807"', '"' + "9" * 400 + '"', "[" * 400_000,
    "[" + "[]," * 15_000 + "[]]", "[" + "{}," * 30_000 + "{}]", "{" + ",".join(f'"k{n}":{n}' for n in range(15_000)) + "}",
]  # fmt: skip

# Who may do most below a path; the first that fits.
RIGHT = [
    (r"^/(sign-out|tai-khoan/sessions)|^/api/v1/sessions/current", "minh"),
    (r"^/work/(sign-out|account/sessions)", "chutich"),
    (r"^/api/v1/work/register|^/work/(register|board|assignment|held|absences|office)", "lanhdao"),
    (r"^/work/(staff|calendar)", "quantri"),
    (r"^/work/numbering", "vanthu"),
    (r"^/work/(sign-in|new-password)", "nobody"),
    (r"^/work|^/api/v1/work", "tiepnhan"),
    (r"^/(ho-so|nhap|nop|tai-khoan|account)|^/api/v1/(dossiers|drafts|me)", "lan"),
    (r"", "nobody"),
]  # fmt: skip
# What takes away what others are still tried on comes last.
LATE = re.compile(r"sign-out|sessions|/xoa$|disabled|password|/rut$|withdraw|/nop$|submission|discard|remove|/lift|/huy$|roles|/agency$|DELETE")
# Who is sent there is nobody afterwards; nothing else is tried as these two.
ENDS = re.compile(r"sign-out|sessions/current|account/sessions|tai-khoan/sessions")
LIVE = "/live"


def right(path):
    return next(who for pattern, who in RIGHT if re.search(pattern, path))


def quick(values, seed, count):
    """Some of `values`, others for every seed, the same in every run."""
    start = sum(seed.encode()) * 7
    return [values[(start + step * 5) % len(values)] for step in range(count)]


class Forms(HTMLParser):
    """The forms of a page, with what stands in them."""

    def __init__(self, page):
        super().__init__()
        self.forms, self.name = [], None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self.forms.append({"action": attributes.get("action") or "", "method": attributes.get("method", "get"), "fields": {}})
        elif self.forms and attributes.get("name"):
            fields, name = self.forms[-1]["fields"], attributes["name"]
            if tag in ("input", "button") and attributes.get("type") != "file":
                if tag == "input" and attributes.get("type") not in ("radio", "checkbox"):
                    fields[name] = attributes.get("value") or ""
                else:
                    fields.setdefault(name, attributes.get("value") or "")
            elif tag in ("select", "textarea"):
                fields.setdefault(name, "")
                self.name = name
        elif tag == "option" and self.forms and self.name and attributes.get("value"):
            self.forms[-1]["fields"][self.name] = self.forms[-1]["fields"][self.name] or attributes["value"]


class Scene:
    """A house with one of everything in it, and those who may see it."""

    def __init__(self, house):
        self.house, self.pid = house, house.process.pid
        self.people = {name: Person(house, name) for name in ["nobody", "lan", "minh", *STAFF]}
        self.local = threading.local()
        self.faults, self.slow, self.sent = [], [], 0
        lan, tiepnhan = self.people["lan"].program, self.people["tiepnhan"].program
        dossier = made(lan.file(letter(), letter_papers()))["id"]
        draft = made(lan.post("drafts", json={"procedure": LETTER, "agency": JUSTICE, "returnBy": "online"}))["id"]
        file = lan.get(f"dossiers/{dossier}").json()["files"][0]["id"]
        files = (ROOT / "Sources/Dossiers/Acts").glob("*.swift")
        acts = sorted(key for file in files for key in re.findall(r'let key = "([a-z-]+)"', file.read_text()))
        assert len(acts) > 20, acts
        lead = self.people["lanhdao"]
        open_all_day(house, OFFICE)
        office = lead.browser.get(f"{house.address}/work/office/{OFFICE}").text
        entry = re.search(r"/work/calendar/([0-9a-z]{20,})", self.people["quantri"].browser.get(f"{house.address}/work/calendar").text)
        part = re.search(r"/sessions/(\w+)/remove", office)
        ticket = self.ticket()
        self.words = {
            "dossier": [dossier], "draft": [draft], "file": [file], "attachment": [file], "code": [LETTER, "A001"], "act": acts,
            "officer": [self.people["thuly"].program.person["id"]], "kind": ["day-off", "extra-day", "hours", "week"],
            "entry": [entry[1] if entry else "x"], "id": [JUSTICE, OFFICE], "paper": ["receipt", "control-slip"], "inbox": ["all"],
            "sheet": ["receipt", "labels", "hand-over"], "absence": ["x"], "component": [LETTER_PAPER], "section": ["applicant", "request"],
            "batch": ["x"], "number": ["1"], "appointment": ["x"], "secret": [ticket], "office": [OFFICE], "part": [part[1] if part else "x"],
            "counter": ["1"], "proposal": ["x"], "proof": ["x"], "ticket": [ticket], "order": ["x"], "device": ["x"],
        }  # fmt: skip
        assert tiepnhan.get(f"work/dossiers/{dossier}").status_code == 200

    def ticket(self):
        door = Door(self.house, OFFICE)
        return door.take(door.form(1, door.lines[0], "0987111222"))[0].split("/")[-1]

    def paths(self, route, **odd):
        """The path of a route with real words in it, or with `odd` ones; one for each act, one for the rest."""
        words = self.words | ({"officer": ["x"]} if route.path.endswith("/password") else {})  # A new one costs a second.
        choices = [odd[name] if name in odd else words[name] for name in route.parameters]
        for words in itertools.islice(itertools.product(*choices), 24):
            named = dict(zip(route.parameters, words))
            yield re.sub(r"{(\w+)}", lambda place: quote(named[place[1]], safe=""), route.path)

    # MARK: sending

    def session(self, who, is_api):
        """Sessions are not made for several threads; each thread has copies of its own."""
        copies = self.local.__dict__.setdefault("copies", {})
        if (who, is_api) not in copies:
            person = self.people[who]
            copy = requests.Session()
            copy.headers.update(person.program.session.headers if is_api else {"Accept": "text/html"})
            if not is_api:
                copy.cookies.update(person.browser.cookies.get_dict())
            copies[who, is_api] = copy
        return copies[who, is_api]

    def send(self, case):
        """Sends one request, and notes what must not be."""
        who, method, path, more = case
        if self.faults and self.faults[-1].startswith("GONE"):
            return
        is_api = path.startswith("/api/")
        body = dict(more)
        if method == "POST" and not is_api and "data" in body:
            body["data"] = [("csrf", self.people[who].csrf), *body["data"]]
        elif method == "POST" and not is_api and "files" in body:
            body["files"] = [("csrf", (None, self.people[who].csrf)), *body["files"]]
        start = time.monotonic()
        try:
            with self.session(who, is_api).request(
                method, self.house.address + path, timeout=60, allow_redirects=False, stream=True, **body
            ) as answer:
                if LIVE not in path:
                    answer.content
        except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError) as error:
            if self.house.process.poll() is not None:
                self.faults.append(f"GONE with {self.told(case)}")
            else:
                self.faults.append(f"{type(error).__name__}: {self.told(case)}")
            return
        self.sent += 1
        if answer.status_code >= 500 and not (answer.status_code == 503 and "Retry-After" in answer.headers):
            self.faults.append(f"{answer.status_code}: {self.told(case)}")
        if time.monotonic() - start > SECONDS:
            self.slow.append(case)

    def told(self, case):
        return " ".join(str(part)[:400] for part in case)

    def run(self, cases):
        """All of `cases` at once, then what answered late once more alone: the machine may have been busy."""
        cases = list(cases)
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(self.send, cases))
        late, self.slow = self.slow, []
        for case in late[:20]:
            self.send(case)
        self.faults += [f"more than {SECONDS} s: {self.told(case)}" for case in self.slow]
        faults, self.faults, self.slow = self.faults, [], []
        assert not faults, "\n".join(faults[-1:] if faults[-1].startswith("GONE") else faults[:20])
        assert self.house.process.poll() is None and self.house.process.pid == self.pid, "The server is gone."
        assert requests.get(f"{self.house.address}/health", timeout=SECONDS).status_code == 200
        return len(cases)


ROUTES = routes.routes()
NAMES = routes.names()
# Where acts of a dossier and their forms live in folders of their own.
NAMES["Dossiers/Officers"] |= NAMES["Dossiers/Opinions"] | NAMES["Dossiers/Passing"] | NAMES["Dossiers/Supplements"]
NAMES["OneStop/Tickets"] |= NAMES["OneStop/Triage"]


def in_order(cases):
    return sorted(cases, key=lambda case: bool(LATE.search(f"{case[1]} {case[2].split('?')[0]}")))


def sent_as(route, who, path, pairs):
    """A case that sends `pairs` as this route reads them."""
    if route.method in ("GET", "DELETE"):
        query = "&".join(f"{quote(name)}={quote(value)}" for name, value in pairs)
        return who, route.method, f"{path}?{query}", {}
    if path.startswith("/api/"):
        body = "{" + ",".join(f"{json.dumps(name)}:{json.dumps(value)}" for name, value in dict(pairs).items()) + "}"
        return who, route.method, path, {"data": body.encode(), "headers": {"Content-Type": "application/json"}}
    if sum(path.encode()) % 3 == 0:
        return who, route.method, path, {"files": [(name, (None, value)) for name, value in pairs[:40]]}
    return who, route.method, path, {"data": pairs}


@pytest.fixture(scope="module")
def scene(a_demonstration):
    house = a_demonstration("sqlite")
    house.environment["MOTCUA_METRICS_TOKEN"] = METRICS
    for served in serving(house):
        yield Scene(served)


def test_every_registration_is_understood():
    assert len(ROUTES) > 150
    assert len(ROUTES) == routes.registrations()


def test_every_word_in_a_path_is_known(scene):
    words = {name for route in ROUTES for name in route.parameters}
    assert words <= scene.words.keys(), f"Say in Scene.words what may stand for {words - scene.words.keys()}"


def test_words_in_paths(scene):
    cases = []
    for route in ROUTES:
        for name in route.parameters:
            for value in CORE[:2] + quick(EXTREMES, route.path + name, 10):
                path = next(scene.paths(route, **{name: [value or " "]}))
                cases.append((right(route.path), route.method, path, {"data": []} if route.method == "POST" else {}))
    assert scene.run(in_order(cases)) > 800


def test_forms_as_the_pages_show_them(scene):
    """One field after the other is changed, while the others stay as the page has them: past the first check."""
    cases, seen = [], set()
    for route in ROUTES:
        if route.method != "GET" or route.path.startswith("/api/") or LIVE in route.path:
            continue
        who = right(route.path)
        for path in scene.paths(route):
            answer = scene.people[who].browser.get(scene.house.address + path, timeout=60, allow_redirects=False)
            if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
                continue
            for form in Forms(answer.text).forms:
                action = html.unescape(form["action"] or path)
                names = frozenset(form["fields"])
                if (who, urlsplit(action).path, names) in seen or not names - {"csrf", "lang"}:
                    continue
                seen.add((who, urlsplit(action).path, names))
                for name in sorted(names - {"csrf", "lang"}):
                    for value in CORE[:2] + quick(CORE[2:] + REST, action + name, 3):
                        pairs = [(field, value if field == name else old) for field, old in form["fields"].items() if field != "csrf"]
                        if form["method"].lower() == "post":
                            cases.append((who, "POST", action, {"data": pairs}))
                        else:
                            cases.append((who, "GET", action + "?" + "&".join(f"{quote(a)}={quote(b)}" for a, b in pairs), {}))
    assert len(seen) > 40, seen
    assert scene.run(in_order(cases)) > 800


# MARK: JSON


def sound(schema, components, depth=0):
    """A value that the API's description allows."""
    while "$ref" in schema:
        schema = components["schemas"][schema["$ref"].split("/")[-1]]
    if "example" in schema:
        return schema["example"]
    if "enum" in schema:
        return schema["enum"][0]
    for several in ("oneOf", "anyOf", "allOf"):
        if several in schema:
            parts = [sound(part, components, depth) for part in schema[several]]
            return {key: value for part in parts for key, value in part.items()} if several == "allOf" else parts[0]
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object" or "properties" in schema:
        if depth > 4:
            return {}
        return {name: sound(part, components, depth + 1) for name, part in schema.get("properties", {}).items()} or {"applicant": {"fullName": "x"}}
    if kind == "array":
        return [sound(schema.get("items", {}), components, depth + 1)]
    return {"integer": 1, "number": 1, "boolean": True}.get(kind, "2026-12-01" if schema.get("format") == "date" else "x")


def places(value, path=()):
    """Where something can be put into a document: the whole, and every part of it."""
    yield path
    if isinstance(value, dict):
        for key, part in value.items():
            yield from places(part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from places(part, (*path, index))


def with_part(value, path, mark):
    if not path:
        return mark
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = with_part(value[path[0]], path[1:], mark)
    return copy


def test_json(scene):
    description = yaml.safe_load((ROOT / "Docs/openapi.yaml").read_text())
    components, cases, count = description["components"], [], 0
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            body = operation.get("requestBody", {}) if isinstance(operation, dict) else {}
            while "$ref" in body:
                body = components["requestBodies"][body["$ref"].split("/")[-1]]
            for kind, content in body.get("content", {}).items():
                route = next(route for route in ROUTES if route.method == method.upper() and shape(route.path) == shape(path))
                whole = sound(content["schema"], components)
                if kind != "application/json":
                    whole = letter() if path == "/api/v1/dossiers" else {}
                    if not whole:
                        continue
                if path.endswith("/answers"):
                    whole = letter()["answers"]
                count += 1
                for place in places(whole):
                    seed = f"{path}{place}"
                    for value in JSON_EXTREMES[:4] + quick(JSON_EXTREMES, seed, 8):
                        text = json.dumps(with_part(whole, place, "@@")).replace('"@@"', value).encode()
                        for at in itertools.islice(scene.paths(route), 3 if place else 1):
                            if kind == "application/json":
                                more = {"data": text, "headers": {"Content-Type": kind}}
                            else:
                                more = {"files": [("dossier", (None, text, "application/json"))]}
                            cases.append((right(route.path), route.method, at, more))
    assert count > 8
    assert scene.run(in_order(cases)) > 800
    for who in ["lan", "tiepnhan"]:
        assert scene.people[who].program.get("me").status_code == 200, f"{who} was signed out, so that little was tried"


def shape(path):
    return re.sub(r"{\w+}", "{}", path)


def test_headers(scene):
    names = ["If-Match", "If-None-Match", "If-Modified-Since", "Idempotency-Key", "Range", "Accept-Language", "Last-Event-ID", "X-Forwarded-For"]
    cases = []
    for route in ROUTES:
        path = next(scene.paths(route))
        for name in quick(names, route.path + route.method, 3):
            value = quick([value for value in EXTREMES if value.isascii()], path + name, 1)[0]
            value = f"bytes={value}-{value}" if name == "Range" else f'"v{value}"' if name == "If-Match" else value
            body = {"data": []} if route.method == "POST" and not path.startswith("/api/") else {}
            cases.append((right(route.path), route.method, path, body | {"headers": {name: value}}))
    assert scene.run(in_order(cases)) > 500


def test_names_one_by_one(scene):
    cases = []
    for route in ROUTES:
        path = next(scene.paths(route))
        for name in sorted(NAMES.get(route.folder, ())):
            for value in CORE[:2] + quick(CORE[2:] + REST, route.path + name, 1):
                cases.append(sent_as(route, right(route.path), path, [(name, value)]))
    assert scene.run(in_order(cases)) > 5000


def test_all_names_at_once(scene):
    """As whoever may, for every act and kind; and a few as everybody else."""
    cases = []
    for route in ROUTES:
        names = sorted(NAMES.get(route.folder, ())) or ["x"]
        for path in scene.paths(route):
            for value in quick(EXTREMES, path, 6):
                cases.append(sent_as(route, right(route.path), path, [(name, value) for name in names]))
            for number, who in enumerate(scene.people):
                if who != right(route.path) and not ENDS.search(path) and (number + len(route.path)) % 3 == 0:
                    value = quick(CORE, path + who, 1)[0]
                    cases.append(sent_as(route, who, path, [(name, value) for name in names]))
    assert scene.run(in_order(cases)) > 1500


def test_every_route_was_reached(scene):
    """As the server itself counted them: none was missed by a wrong address, none is unknown here."""
    answer = requests.get(f"{scene.house.address}/metrics", headers={"Authorization": f"Bearer {METRICS}"})
    assert answer.status_code == 200
    numbers = answer.text
    counted = set(re.findall(r'_count{method="(\w+)",route="([^"]+)"', numbers))
    reached = {(method, shape(path)) for method, path in counted if path != "unmatched"}
    known = {(route.method, shape(route.path)) for route in ROUTES}
    assert known <= reached, known - reached
