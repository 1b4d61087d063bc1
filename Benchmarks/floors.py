"""What the databases themselves do with the same bytes: no server, no rules, no history, no search."""

import glob
import os
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
    for old in glob.glob(str(folder / "pgbench.*")):
        os.remove(old)
    subprocess.run(
        ["pgbench", "-n", "-M", "simple", "-c", str(clients), "-j", str(min(clients, 2)), "-T", str(int(seconds)),
         "-f", str(script), "-l", "--log-prefix", str(folder / "pgbench"), conninfo],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    latencies = []
    for log in glob.glob(str(folder / "pgbench.*")):
        with open(log) as lines:
            latencies += [int(line.split()[2]) / 1e6 for line in lines]
        os.remove(log)
    subprocess.run(["psql", conninfo, "-qc", "DROP TABLE floor"], check=True)
    return figures(latencies, int(seconds))
