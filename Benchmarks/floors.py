"""What the databases themselves do with the same bytes, and with the same queries: no server, no rules, no pages."""

import glob
import multiprocessing
import os
import random
import sqlite3
import subprocess
import time


def figures(latencies, seconds):
    latencies.sort()
    return {
        "rate": len(latencies) / seconds,
        "p50": latencies[len(latencies) // 2] * 1000,
        "p99": latencies[int(len(latencies) * 0.99)] * 1000,
    }


def sqlite(folder, answers, file, seconds):
    """One connection that inserts as fast as it can: SQLite has one writer, so more clients would only queue."""
    connection = sqlite3.connect(folder / "floor.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS floor (id INTEGER PRIMARY KEY, answers TEXT, file BLOB)")
    latencies = []
    start = time.perf_counter()
    while (before := time.perf_counter()) < start + seconds:
        # As many bytes as a submission has, no two the same.
        unique = b"%016d" % len(latencies) + file[16:]
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO floor (answers, file) VALUES (?, ?)", (answers, unique))
        connection.execute("COMMIT")
        latencies.append(time.perf_counter() - before)
    elapsed = time.perf_counter() - start
    connection.close()
    for path in glob.glob(str(folder / "floor.db*")):
        os.remove(path)
    return figures(latencies, elapsed)


def postgres(folder, conninfo, answers, file, clients, seconds):
    """pgbench with a script that inserts the same bytes; stored as they are, for our files are not compressed either."""
    subprocess.run(
        ["psql", conninfo, "-qc",
         "CREATE TABLE IF NOT EXISTS floor (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, answers text, file bytea);"
         "ALTER TABLE floor ALTER file SET STORAGE EXTERNAL"],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    script = folder / "floor.sql"
    quoted = answers.replace("'", "''")
    script.write_text(f"INSERT INTO floor (answers, file) VALUES ('{quoted}', '\\x{file.hex()}');\n")
    told = pgbench(folder, conninfo, clients, seconds, ["-M", "simple", "-f", str(script)])
    subprocess.run(["psql", conninfo, "-qc", "DROP TABLE floor"], check=True)
    return told


def pgbench(folder, conninfo, clients, seconds, words):
    for old in glob.glob(str(folder / "pgbench.*")):
        os.remove(old)
    subprocess.run(
        ["pgbench", "-n", "-c", str(clients), "-j", str(min(clients, 2)), "-T", str(max(1, int(seconds))), *words,
         "-l", "--log-prefix", str(folder / "pgbench"), conninfo],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    latencies = []
    for log in glob.glob(str(folder / "pgbench.*")):
        with open(log) as lines:
            latencies += [int(line.split()[2]) / 1e6 for line in lines]
        os.remove(log)
    return figures(latencies, max(1, int(seconds)))


def reading(database, url, folder, queries, clients, seconds):
    """The queries alone, in random order as the server gets them, with every row fetched: on SQLite in as many processes
    as there are clients, but no more than processors; on PostgreSQL by pgbench with its statements prepared."""
    if database == "postgres":
        return reading_postgres(url, folder, queries, clients, seconds)
    several = min(clients, os.cpu_count())
    with multiprocessing.get_context("fork").Pool(several) as pool:
        parts = pool.starmap(reading_sqlite, [(url.removeprefix("sqlite:"), queries, seconds, seed) for seed in range(several)])
    return figures([latency for part in parts for latency in part], seconds)


def reading_sqlite(path, queries, seconds, seed):
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    randomly, latencies = random.Random(seed), []
    start = time.perf_counter()
    while (before := time.perf_counter()) < start + seconds:
        statement, values = randomly.choice(queries)
        connection.execute(statement, values).fetchall()
        latencies.append(time.perf_counter() - before)
    connection.close()
    return latencies


def reading_postgres(url, folder, queries, clients, seconds):
    scripts = []
    for number, (statement, values) in enumerate(queries):
        script = folder / f"floor-{number}.sql"
        for name, value in values.items():
            quoted = "'" + str(value).replace("'", "''") + "'"
            statement = statement.replace(f":{name}", quoted)
        script.write_text(" ".join(statement.split()) + ";\n")
        scripts += ["-f", str(script)]
    return pgbench(folder, url, clients, seconds, ["-M", "prepared", *scripts])


def first(database, url, query):
    """The first value of the first row, to see that a floor asks what the server asks."""
    statement, values = query
    if database == "sqlite":
        connection = sqlite3.connect(f"file:{url.removeprefix('sqlite:')}?mode=ro", uri=True)
        row = connection.execute(statement, values).fetchone()
        connection.close()
        return row and row[0]
    for name, value in values.items():
        statement = statement.replace(f":{name}", "'" + str(value).replace("'", "''") + "'")
    told = subprocess.run(["psql", url, "-qAtX", "-F", "\t", "-c", statement], check=True, capture_output=True, text=True)
    return told.stdout.split("\t")[0] or None
