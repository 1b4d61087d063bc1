"""Measures an installation through HTTP at 1, 8 and 32 clients, beside a floor of the same run, and prints a table."""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time
import urllib.parse

import floors
import payload
from house import ROOT, House

HERE = pathlib.Path(__file__).resolve().parent
PARTS = ["submissions", "inbox", "search", "procedures", "papers", "mixed"]
CLIENTS = [1, 8, 32]
APPLICANTS = 33

# As people type: without accents, the beginning of a name or its middle, a family name alone, a telephone number.
FRAGMENTS = [
    "nguyen van", "nguyen thi lan", "tran duc", "van hung", "le", "thi thu ha", "pham minh", "hoang", "bao chau",
    "ngoc mai", "quoc", "do dinh", "0912", "xuan phuc", "huynh cong", "vu thanh",
]
QUESTIONS = [
    "khai sinh", "ly lich tu phap", "giay khai sinh cho con", "dang ky ket hon", "ho kinh doanh", "giay doc than",
    "tam tru", "sao y ban chinh", "khai tu", "ho khau", "doi ten", "công chứng chữ ký",
]

# What lists select, as in Sources/Dossiers/DossierRow.swift and Standing.swift.
COLUMNS = (
    "d.id, d.code, d.version, d.procedure_code, d.procedure_name, d.agency, d.channel, d.return_by, d.applicant, "
    "d.applicant_name, d.stage, d.role, d.holder, d.withdrawal_asked, d.filed_at, d.due_at, d.updated_at, "
    "d.finished_at, d.first_answer_due, d.step, d.held_since, d.answer_ends, d.asked_again, "
    "NULLIF(d.desk, d.agency), d.part_due"
)

# What the issue asks for: at least this share of the floor, this rate, this latency, this much memory.
SHARE_OF_FLOOR = {"sqlite": 1.00, "postgres": 0.80}
SHARE_ALONE = 0.60
READS_PER_SECOND = 2500
MIXED_P99 = 20
MEMORY = 150
PAPER_PAGE = 10


def arguments():
    parser = argparse.ArgumentParser(prog="Benchmarks/run", description=__doc__)
    parser.add_argument("--only", choices=PARTS, action="append", help="measure this part only; may be repeated")
    parser.add_argument("--database", choices=["sqlite", "postgres"], action="append", help="on this database only")
    parser.add_argument("--clients", type=int, action="append", help="with this many clients only; may be repeated")
    parser.add_argument("--dossiers", type=int, default=100_000, help="dossiers that are there already (100000)")
    parser.add_argument("--seconds", type=float, default=5, help="length of each measurement (5)")
    parser.add_argument("--folder", type=pathlib.Path, help="keep SQLite's data here, and use again what is here")
    parser.add_argument("--json", type=pathlib.Path, help="also write the figures to this file")
    return parser.parse_args()


def wrk(script, clients, seconds, address, *words):
    """The figures of one run of wrk."""
    output = subprocess.run(
        ["wrk", "-t", "1" if clients < 8 else "2", "-c", str(clients), "-d", f"{max(1, round(seconds))}s",
         "--timeout", "20s", "--latency", "-s", str(HERE / script), address, "--", *map(str, words)],
        capture_output=True, text=True,
    )
    for line in output.stdout.splitlines():
        if line.startswith("{"):
            told = json.loads(line)
            return {
                "requests": told["requests"],
                "rate": told["requests"] / told["microseconds"] * 1e6,
                "p50": told["p50"] / 1000,
                "p99": told["p99"] / 1000,
                "refused": told["refused"],
                "lost": told["lost"],
            }
    sys.exit(f"wrk said nothing useful:\n{output.stdout}{output.stderr}")


class Bench:
    def __init__(self, options, database, url, folder):
        self.options, self.database, self.url, self.folder = options, database, url, folder
        self.clients = options.clients or CLIENTS
        self.rows = []

    def run(self, binary):
        house = House(binary, self.folder, self.url)
        marker = self.folder / f"holds-{self.options.dossiers}"
        if not marker.exists():
            say(f"{self.database}: filing {self.options.dossiers} invented dossiers …")
            seconds = house.fill(self.options.dossiers)
            say(f"{self.database}: filed in {seconds:.0f} s ({self.options.dossiers / seconds:.0f}/s)")
            marker.touch()
        with house:
            self.house = house
            self.citizen = house.sign_in("0912000001", "citizen")
            self.officer = house.sign_in("tiepnhan", "staff")
            house.rest()
            wanted = self.options.only or PARTS
            # Reads first: they are measured on the dossiers asked for, and not on those plus what was filed meanwhile.
            for part in sorted(wanted, key=lambda part: part == "submissions"):
                getattr(self, part)()
        return self.rows

    # MARK: reads

    def api(self, path):
        return f"{path}\tAuthorization: Bearer {self.officer}"

    def page(self, path):
        return f"{path}\tCookie: session={self.officer}\tAccept: text/html"

    def inbox(self):
        path = "/api/v1/work/inboxes/new?limit=50"
        # As Sources/Dossiers/Inbox.swift asks: one row more tells whether there are more.
        query = (
            f"SELECT {COLUMNS} FROM dossier d WHERE d.agency = :agency AND d.box = 'new' "
            "ORDER BY d.filed_at DESC, d.id DESC LIMIT 51",
            {"agency": self.house.agency(self.officer)},
        )
        self.same(query, path)
        self.read("inbox, 50 newest (API)", [self.api(path)], [query])
        self.read("inbox, 50 newest (page)", [self.page("/work/inbox/new")], [query])

    def search(self):
        paths = [f"/api/v1/work/search?q={urllib.parse.quote_plus(words)}" for words in FRAGMENTS]
        # As Sources/Dossiers/Inbox.swift asks.
        statement = (
            f"SELECT {COLUMNS} FROM dossier_word w JOIN dossier d ON d.id = w.dossier WHERE w.agency = :agency "
            "AND w.word >= :from AND w.word < :to ORDER BY w.word, w.dossier LIMIT 50"
        )
        agency = self.house.agency(self.officer)
        queries = [(statement, {"agency": agency, "from": words, "to": words + "\U0010FFFF"}) for words in FRAGMENTS]
        for query, path in zip(queries, paths):
            self.same(query, path)
        self.read("search by name (API)", [self.api(path) for path in paths], queries)
        pages = [f"/work/search?q={urllib.parse.quote_plus(words)}" for words in FRAGMENTS]
        self.read("search by name (page)", [self.page(path) for path in pages], queries)

    def procedures(self):
        self.read(
            "procedure search (page)",
            [f"/thu-tuc?q={urllib.parse.quote_plus(words)}\tAccept: text/html" for words in QUESTIONS],
        )

    def papers(self):
        """Form 01 as the printer gets it: one page for the agency, one for the applicant."""
        items = self.house.call("/api/v1/work/inboxes/accepted?limit=50", self.officer)["items"]
        paths = [f"/api/v1/work/dossiers/{item['id']}/papers/receipt" for item in items]
        self.read(RECEIPT, [self.api(path) for path in paths])

    def mixed(self):
        """What a morning looks like: lists, searches and single dossiers of officers, the portal of citizens."""
        items = self.house.call("/api/v1/work/inboxes/new?limit=100", self.officer)["items"]
        requests = [self.page("/work/inbox/new"), self.api("/api/v1/work/inboxes/accepted?limit=50")] * 4
        requests += [self.page(f"/work/dossiers/{item['id']}") for item in items[:16]]
        requests += [self.page(f"/work/search?q={urllib.parse.quote_plus(words)}") for words in FRAGMENTS]
        requests += [f"/thu-tuc?q={urllib.parse.quote_plus(words)}\tAccept: text/html" for words in QUESTIONS]
        requests += ["/\tAccept: text/html", "/thu-tuc/2.000488\tAccept: text/html"] * 4
        requests += [f"/api/v1/dossiers\tAuthorization: Bearer {self.citizen}"] * 4
        self.read("mixed reads", requests)

    def same(self, query, path):
        """Ends the run when a floor is no longer what the server asks."""
        items = self.house.call(path, self.officer)["items"]
        alone, answered = floors.first(self.database, self.url, query), items[0]["id"] if items else None
        if alone != answered:
            sys.exit(f"{path}: the floor's query begins with {alone}, the answer with {answered}")

    def read(self, name, requests, queries=None):
        file = self.folder / "requests.txt"
        file.write_text("\n".join(requests) + "\n")
        wrk("read.lua", 8, 1, self.house.address, file)
        for clients in self.clients:
            floor = queries and floors.reading(
                self.database, self.url, self.folder, queries, clients, self.options.seconds / 2
            )
            self.note(name, clients, floor, lambda: wrk("read.lua", clients, self.options.seconds, self.house.address, file))

    # MARK: submissions

    def submissions(self):
        answers, file = payload.dossier(), payload.pdf()
        # What one person files is counted in a row of theirs, where their own filings queue.
        applicants = ",".join(self.house.applicants(APPLICANTS))
        (self.folder / "answers.json").write_text(answers)
        (self.folder / "file.pdf").write_bytes(file)
        alone = floors.sqlite(self.folder, answers, file, self.options.seconds) if self.database == "sqlite" else None
        for clients in self.clients:
            floor = alone or floors.postgres(self.folder, self.url, answers, file, clients, self.options.seconds)
            run = f"{self.database[0]}{clients}-{time.time_ns() % 10**10:010d}"
            self.note(
                "submissions (2 kB + 100 kB)", clients, floor,
                lambda: wrk("submit.lua", clients, self.options.seconds * 1.6, self.house.address, applicants,
                            self.folder / "answers.json", self.folder / "file.pdf", run),
            )

    def note(self, name, clients, floor, measure):
        """Runs `measure` and prints its row. What the server has worked meanwhile includes what runs beside requests."""
        before = self.house.worked()
        figures = measure()
        worked = self.house.worked() - before
        now, most = self.house.memory()
        row = {
            "database": self.database, "what": name, "clients": clients, **figures,
            "cpu": worked * 1000 / max(1, figures["requests"]), "floor": floor, "rss": now, "highest": most,
        }
        self.rows.append(row)
        print(line(row), flush=True)


HEAD = (
    f"{'database':9} {'what':28} {'clients':>7} {'ops/s':>8} {'p50 ms':>8} {'p99 ms':>8} {'CPU ms':>7} {'floor/s':>8} {'ratio':>6} "
    f"{'RSS MB':>7} {'most':>6}"
)


def line(row):
    floor = row["floor"]
    beside = f"{floor['rate']:8.0f} {row['rate'] / floor['rate']:6.2f}" if floor else f"{'':8} {'':6}"
    text = (
        f"{row['database']:9} {row['what']:28} {row['clients']:7} {row['rate']:8.0f} {row['p50']:8.2f} "
        f"{row['p99']:8.2f} {row['cpu']:7.2f} {beside} {row['rss']:7.0f} {row['highest']:6.0f}"
    )
    if row["refused"] or row["lost"]:
        text += f"  NOT VALID: {row['refused']} refused, {row['lost']} lost"
    return text


RECEIPT = "receipt, 2 pages (PDF)"


def aims(rows):
    """What the issue asks for, each with what was measured; None where it was not measured."""
    def value(database, what, key, clients=32):
        found = [row for row in rows if row["database"] == database and row["what"].startswith(what)
                 and row["clients"] == clients]
        return key(found[0]) if found else None

    told = []
    for database in dict.fromkeys(row["database"] for row in rows):
        mine = [row for row in rows if row["database"] == database]
        share = value(database, "submissions", lambda row: row["rate"] / row["floor"]["rate"])
        told += [
            (database, f"submissions at 32 clients ≥ {SHARE_OF_FLOOR[database]:.0%} of the floor", share,
             share and share >= SHARE_OF_FLOOR[database], "{:.0%}"),
        ]
        alone = value(database, "submissions", lambda row: row["rate"] / row["floor"]["rate"], clients=1)
        told.append((database, f"submissions at one client ≥ {SHARE_ALONE:.0%} of the floor", alone,
                     alone and alone >= SHARE_ALONE, "{:.0%}"))
        for what in ["inbox, 50 newest (API)", "search by name (API)"]:
            rate = value(database, what, lambda row: row["rate"])
            told.append((database, f"{what} ≥ {READS_PER_SECOND}/s", rate, rate and rate >= READS_PER_SECOND, "{:.0f}/s"))
        latency = value(database, "mixed", lambda row: row["p99"])
        told.append((database, f"mixed reads p99 < {MIXED_P99} ms at 32 clients", latency, latency and latency < MIXED_P99, "{:.1f} ms"))
        page = [row["p50"] / 2 for row in mine if row["what"] == RECEIPT and row["clients"] == 1]
        told.append((database, f"a printed page < {PAPER_PAGE} ms", *((page[0], page[0] < PAPER_PAGE) if page else (None, None)), "{:.1f} ms"))
        most = max(row["highest"] for row in mine)
        told.append((database, f"resident memory < {MEMORY} MB at all times", most, most < MEMORY, "{:.0f} MB"))
    return [aim for aim in told if aim[2] is not None]


def say(sentence):
    print(sentence, file=sys.stderr, flush=True)


def main():
    options = arguments()
    binary = str(pathlib.Path(os.environ.get("MOTCUA_BINARY", ROOT / ".build/release/motcua")).resolve())
    rows = []
    print(HEAD, flush=True)
    for database in options.database or ["sqlite", "postgres"]:
        kept = options.folder if database == "sqlite" else None
        # Beside the sources and not in /tmp, which may be memory: there an fsync would cost nothing.
        folder = (kept or ROOT / ".build-bench" / database).resolve()
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        url = f"sqlite:{folder}/motcua.db" if database == "sqlite" else os.environ["TEST_POSTGRES"]
        rows += Bench(options, database, url, folder).run(binary)
        if not kept:
            shutil.rmtree(folder)
    print()
    for database, what, value, is_met, form in aims(rows):
        print(f"{'met    ' if is_met else 'NOT MET'}  {database:9} {what}: {form.format(value)}")
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
    if any(row["refused"] or row["lost"] for row in rows):
        sys.exit("Some requests were not answered as they should be: those figures are not valid.")


main()
