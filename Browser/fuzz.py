"""Sends very many broken requests over all routes, as everybody there is. Run by hand, outside `make test`:

    Scripts/with-postgres .venv/bin/python Browser/fuzz.py --requests 1000000 --minutes 40

A house with the demonstration is started; each role's pages are read for links and forms, and these, with the routes
that the sources name and the API's description, are sent again and again with values that do not fit. It ends with a
table, and with 1 when the server crashed, answered 5xx without saying that it is a matter of capacity, or grew.
"""

import argparse
import collections
import html
import http.client
import json
import multiprocessing
import random
import re
import sys
import time
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlencode, urljoin, urlsplit

from house import PASSWORD, House

ROLES = {
    "nobody": None,
    "citizen": ("/sign-in", "0912000001", "citizen"),
    "other-citizen": ("/sign-in", "0912000002", "citizen"),
    "tiepnhan": ("/work/sign-in", "tiepnhan", "staff"),
    "thuly": ("/work/sign-in", "thuly", "staff"),
    "lanhdao": ("/work/sign-in", "lanhdao", "staff"),
    "vanthu": ("/work/sign-in", "vanthu", "staff"),
    "quantri": ("/work/sign-in", "quantri", "staff"),
    "phuong": ("/work/sign-in", "phuong", "staff"),
    "chutich": ("/work/sign-in", "chutich", "staff"),
}
# What would end the fuzzing person's own session or account; these have tests of their own.
AVOIDED = re.compile(r"sign-out|/password|/disable|/reset|sessions|new-password|/sign-up$|lang=")

WILD = [
    "", " ", "0", "-1", "1", "2147483648", "-2147483649", "9223372036854775807", "-9223372036854775808",
    "9223372036854775808", "18446744073709551616", "1e308", "1e999", "-0", "NaN", "inf", "0x10", "1_000", "1,5", "٣", "１２",
    "9" * 20, "9" * 400, "0000-00-00", "0001-01-01", "9999-12-31", "99999-01-01", "2026-02-30", "1970-01-01", "31/12/9999",
    "00:00", "24:00", "99:99", "-1:-1", "true", "null", "[]", "{}", "[[[[]]]]", "' OR 1=1 --", "%", "_", "\\", '"><script>x</script>',
    "..%2f..", "../../etc/passwd", "\u202e", "\ufffe", "a\u0300" * 200, "đ" * 300, "😀" * 50, "x" * 5000, "\r\nX-Evil: 1", "\t", "a" * 64,
    "{{7*7}}", "${7*7}", "1.001193", "h26-doi-can", "h26-tu-phap", "counter", "online", "post", "0912000001", "+84 912 000 001", "001190012345",
]  # fmt: skip
JSON_WILD = [
    None, True, False, 0, -1, 2**31, 2**63 - 1, -(2**63), 2**63, 2**64, 1e308, -1e308, 0.1, "", "x", "đ" * 300, [], {}, [[]], [[[[[[[[[]]]]]]]]],
    {"a": {"a": {"a": {"a": {}}}}}, ["x"] * 300, {str(n): n for n in range(300)},
]  # fmt: skip


class Page(HTMLParser):
    """The links and forms of a page."""

    def __init__(self, text):
        super().__init__()
        self.links, self.forms, self.csrf = set(), [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "a" and attributes.get("href"):
            self.links.add(attributes["href"])
        elif tag == "form":
            self.forms.append({"action": attributes.get("action"), "method": (attributes.get("method") or "get").upper(), "fields": []})
        elif tag in ("input", "select", "textarea", "button") and self.forms and attributes.get("name"):
            if attributes["name"] == "csrf":
                self.csrf = attributes.get("value")
            elif attributes.get("type") != "file":
                self.forms[-1]["fields"].append((attributes["name"], attributes.get("value") or ""))
        elif tag == "option" and self.forms and self.forms[-1]["fields"] and attributes.get("value"):
            name, value = self.forms[-1]["fields"][-1]
            if not value:
                self.forms[-1]["fields"][-1] = (name, attributes["value"])


class Client:
    """One person with a connection that is kept; fast enough to send thousands a second."""

    def __init__(self, address, role, lot):
        self.place, self.role, self.lot = urlsplit(address), role, lot
        self.cookies, self.bearer, self.csrf = {}, None, None
        self.connection = None
        self.signed_in_at = -1e9

    def send(self, method, path, body=None, headers=None):
        headers = dict(headers or {})
        if path.startswith("/api/"):
            if self.bearer:
                headers.setdefault("Authorization", f"Bearer {self.bearer}")
        elif self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        for attempt in (0, 1):
            if self.connection is None:
                # Everybody has an address of their own, or the limits per address would answer for the rest.
                source = f"127.{self.lot.randrange(1, 250)}.{self.lot.randrange(256)}.{self.lot.randrange(1, 255)}"
                self.connection = http.client.HTTPConnection(
                    self.place.hostname, self.place.port, timeout=30, source_address=(source, 0)
                )
                self.connection._validate_path = lambda path: None
            try:
                self.connection.putrequest(method, path.encode("utf-8", "surrogatepass").decode("latin-1"), skip_accept_encoding=True)
                for name, value in headers.items():
                    self.connection.putheader(name, value)
                if body is not None:
                    self.connection.putheader("Content-Length", str(len(body)))
                self.connection.endheaders(body)
                answer = self.connection.getresponse()
                content = answer.read()
                for header, value in answer.getheaders():
                    if header.lower() == "set-cookie":
                        name, _, rest = value.partition("=")
                        self.cookies[name.strip()] = rest.partition(";")[0]
                return answer.status, answer.headers, content
            except (OSError, http.client.HTTPException):
                self.connection.close()
                self.connection = None
                if attempt:
                    raise

    def sign_in(self):
        """Again after a session was lost, but not more often than a person would."""
        login = ROLES[self.role]
        if time.monotonic() - self.signed_in_at < 20:
            return
        self.signed_in_at = time.monotonic()
        status, _, page = self.send("GET", login[0] if login else "/sign-in")
        self.csrf = Page(page.decode("utf-8", "replace")).csrf
        if login is None:
            return
        form = urlencode({"csrf": self.csrf or "", "login": login[1], "password": PASSWORD}).encode()
        self.send("POST", login[0], form, {"Content-Type": "application/x-www-form-urlencoded"})
        body = json.dumps({"login": login[1], "password": PASSWORD, "kind": login[2]}).encode()
        status, _, answer = self.send("POST", "/api/v1/sessions", body, {"Content-Type": "application/json"})
        if status == 201:
            self.bearer = json.loads(answer)["token"]

    def crawl(self, most=250):
        """What this person can reach: addresses to read and forms to send."""
        seen, todo, forms = set(), collections.deque(["/", "/work", "/work/register", "/ho-so", "/mot-cua", "/dat-lich", "/tra-cuu"]), {}
        shapes = collections.Counter()
        while todo and len(seen) < most:
            path = todo.popleft()
            if path in seen or AVOIDED.search(path):
                continue
            # Of pages that differ in one name only, three will do.
            shape = re.sub(r"[0-9a-f]{12,}|[0-9][\w.-]*", "*", path)
            shapes[shape] += 1
            if shapes[shape] > 3:
                continue
            seen.add(path)
            status, headers, content = self.send("GET", path)
            if not (headers.get("Content-Type") or "").startswith("text/html"):
                continue
            page = Page(content.decode("utf-8", "replace"))
            self.csrf = page.csrf or self.csrf
            for form in page.forms:
                action = urljoin(path, form["action"] or path)
                if action.startswith("/") and not AVOIDED.search(action):
                    key = (form["method"], action, tuple(name for name, _ in form["fields"]))
                    forms.setdefault(key, (form["method"], action, form["fields"]))
            for link in page.links:
                target = urljoin(path, link.partition("#")[0])
                if target.startswith("/") and not target.startswith("//"):
                    todo.append(target)
        return sorted(seen), list(forms.values())


def documented():
    """Methods and paths of the API, from its description."""
    import yaml

    description = yaml.safe_load((Path(__file__).parent.parent / "Docs/openapi.yaml").read_text())
    found = []
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            if method in ("get", "post", "put", "delete", "patch"):
                parameters = [p.get("name") for p in operation.get("parameters", []) if p.get("in") == "query"]
                base = "" if path.startswith("/api") else "/api/v1"
                found.append((method.upper(), base + path, [name for name in parameters if name]))
    return found


class Fuzzer:
    def __init__(self, client, seen, forms, operations, lot):
        self.client, self.lot, self.operations = client, lot, operations
        self.seen, self.forms = seen, forms
        self.ids = sorted({part for path in seen for part in path.partition("?")[0].split("/") if re.search(r"\d", part)}) or ["x"]

    def wild(self):
        value = self.lot.choice(WILD)
        if self.lot.random() < 0.1:
            value = "".join(chr(self.lot.choice([self.lot.randrange(1, 127), self.lot.randrange(0xA0, 0x1FFF)])) for _ in range(self.lot.randrange(40)))
        return value

    def request(self):
        draw = self.lot.random()
        if draw < 0.35:
            return self.read()
        if draw < 0.65 and self.forms:
            return self.form()
        if draw < 0.72:
            return self.multipart()
        return self.program()

    def read(self):
        path, _, query = self.lot.choice(self.seen).partition("?")
        parts = path.split("/")
        if self.lot.random() < 0.4:
            parts[self.lot.randrange(len(parts))] = quote(self.wild(), safe="")
        names = [pair.partition("=")[0] for pair in query.split("&") if pair] + self.lot.sample(QUERY_NAMES, 2)
        pairs = [(name, self.wild()) for name in names]
        return "GET", "/" + "/".join(parts).lstrip("/") + "?" + urlencode(pairs, errors="replace")[:7000], None, {}

    def filled(self, fields):
        pairs = []
        for name, value in fields:
            fate = self.lot.random()
            if fate < 0.1:
                continue
            pairs.append((name, self.wild() if fate < 0.4 else value))
            if fate > 0.97:
                pairs.append((name, self.wild()))
        return pairs

    def form(self):
        method, action, fields = self.lot.choice(self.forms)
        pairs = self.filled(fields)
        if method == "GET":
            return "GET", action.partition("?")[0] + "?" + urlencode(pairs, errors="replace")[:7000], None, {}
        body = urlencode([("csrf", self.client.csrf or "")] + pairs, errors="replace").encode()
        return "POST", action, body, {"Content-Type": "application/x-www-form-urlencoded"}

    def multipart(self):
        method, action, fields = self.lot.choice(self.forms or [("POST", "/tra-cuu", [("code", "x")])])
        out = b""
        for name, value in [("csrf", self.client.csrf or "")] + self.filled(fields):
            out += f'--grenze\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode("utf-8", "replace")
        junk = self.lot.randbytes(self.lot.randrange(2000))
        head = self.lot.choice([b"%PDF-1.4\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b""])
        name = self.lot.choice(["file", "photo", "pile", "paper-x", self.wild().replace('"', "")])
        out += f'--grenze\r\nContent-Disposition: form-data; name="{name}"; filename="x.pdf"\r\nContent-Type: application/pdf\r\n\r\n'.encode("utf-8", "replace")
        out += head + junk + b"\r\n"
        out += b"--grenze--\r\n" if self.lot.random() < 0.9 else b""
        return "POST", action.partition("?")[0], out, {"Content-Type": "multipart/form-data; boundary=grenze"}

    def program(self):
        method, path, names = self.lot.choice(self.operations)
        if AVOIDED.search(path):
            method, path = "GET", "/api/v1/procedures"
        path = re.sub(r"\{[^}]*\}", lambda _: quote(self.lot.choice(self.ids) if self.lot.random() < 0.7 else self.wild(), safe=""), path)
        if names or self.lot.random() < 0.2:
            path += "?" + urlencode([(name, self.wild()) for name in names + self.lot.sample(QUERY_NAMES, 1)], errors="replace")[:7000]
        if method in ("GET", "DELETE"):
            return method, path, None, {}
        body = self.lot.choice([self.document(3), self.document(1), self.document(5)])
        text = json.dumps(body, ensure_ascii=self.lot.random() < 0.5).encode("utf-8", "replace")
        if self.lot.random() < 0.1 and text:
            place = self.lot.randrange(len(text))
            text = text[:place] + self.lot.randbytes(2) + text[place + 1 :]
        return method, path, text, {"Content-Type": "application/json"}

    def document(self, depth):
        if depth == 0 or self.lot.random() < 0.2:
            return self.lot.choice(JSON_WILD) if self.lot.random() < 0.6 else self.wild()
        return {self.lot.choice(JSON_NAMES): self.document(depth - 1) for _ in range(self.lot.randrange(1, 6))}


QUERY_NAMES = [
    "q", "trang", "page", "limit", "after", "before", "number", "from", "to", "date", "day", "month", "year", "field", "level", "agency", "office",
    "by", "state", "sort", "version", "count", "minutes", "may", "next", "form", "seal", "given", "co-quan", "thu-tuc", "linh-vuc", "ngay", "gio", "ma", "khoa",
]  # fmt: skip
JSON_NAMES = [
    "procedure", "agency", "returnBy", "answers", "applicant", "fullName", "phone", "address", "request", "content", "version", "reason", "until", "day",
    "items", "number", "count", "copies", "originals", "situation", "login", "password", "kind", "code", "secret", "officer", "officers", "outcome", "message", "legalBasis",
]  # fmt: skip


def work(address, share, minutes, seed, results):
    lot = random.Random(seed)
    operations = documented()
    found = collections.Counter()
    slow, faults = [], []
    people = []
    for role in ROLES:
        client = Client(address, role, lot)
        client.sign_in()
        seen, forms = client.crawl()
        people.append(Fuzzer(client, seen, forms, operations, lot))
    crawled = {fuzzer.client.role: (len(fuzzer.seen), len(fuzzer.forms)) for fuzzer in people}
    end = time.monotonic() + minutes * 60
    for number in range(share):
        if time.monotonic() > end:
            break
        fuzzer = lot.choice(people)
        method, path, body, headers = fuzzer.request()
        if number % 400 == 0 and fuzzer.client.connection:
            fuzzer.client.connection.close()
            fuzzer.client.connection = None
        start = time.monotonic()
        try:
            status, answer_headers, content = fuzzer.client.send(method, path, body, headers)
        except Exception as failure:  # the server closed a connection, or is gone: the parent sees which
            found[(fuzzer.client.role, type(failure).__name__)] += 1
            if len(faults) < 50:
                faults.append((fuzzer.client.role, method, path[:500], repr(failure), (body or b"")[:300].decode("latin-1")))
            if isinstance(failure, ConnectionRefusedError):
                break
            continue
        took = time.monotonic() - start
        found[(fuzzer.client.role, status)] += 1
        if took > 2:
            slow.append((round(took, 2), method, path[:200]))
        if status >= 500 and not (status == 503 and answer_headers.get("Retry-After")) and status != 501:
            faults.append((fuzzer.client.role, method, path[:500], status, (body or b"")[:300].decode("latin-1")))
        location = answer_headers.get("Location") or ""
        if status == 401 or "/sign-in" in location:
            fuzzer.client.sign_in()
    results.put((crawled, found, sorted(slow, reverse=True)[:20], faults[:100]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    house = House(options.database)
    try:
        house.demo().run("demo", "--dossiers", "200", "--json", "--for-everybody", "--really")
        house.start()
        results = multiprocessing.Queue()
        workers = [
            multiprocessing.Process(
                target=work,
                args=(house.address, options.requests // options.processes, options.minutes, options.seed * 1000 + number, results),
            )
            for number in range(options.processes)
        ]
        start = time.monotonic()
        for worker in workers:
            worker.start()
        memory, ended = [house.memory], []
        while len(ended) < len(workers):
            try:
                ended.append(results.get(timeout=20))
            except Exception:  # nothing yet
                if house.process.poll() is not None:
                    break
                memory.append(house.memory)
        seconds = time.monotonic() - start
        crashed = house.process.poll()
        for worker in workers:
            worker.join(timeout=10)
            worker.terminate()
        found = sum((one[1] for one in ended), collections.Counter())
        faults = [fault for one in ended for fault in one[3]]
        print(f"{sum(found.values())} requests in {seconds:.0f} s by {len(ROLES)} roles on {options.database}, seed {options.seed}")
        print("read and forms per role:", ended[0][0] if ended else None)
        by_status = collections.Counter()
        for (_, status), count in found.items():
            by_status[str(status)] += count
        print("answers:", dict(sorted(by_status.items())))
        print("memory in MB, every 20 s:", [round(value) for value in memory])
        print("slowest:", sorted((slow for one in ended for slow in one[2]), reverse=True)[:10])
        if crashed is not None:
            print(f"THE SERVER ENDED with {crashed}\n{house.tail(20)}")
        for fault in faults[:40]:
            print("FAULT", fault)
        serious = [fault for fault in faults if isinstance(fault[3], int)]
        sys.exit(1 if crashed is not None or serious else 0)
    finally:
        house.remove()


if __name__ == "__main__":
    main()
