"""An honest client beside an attack: whoever does nothing wrong is served meanwhile, within two seconds."""

import http.client
import threading
import time
from urllib.parse import urlsplit

SECONDS = 2.0
# Another address than the attacker's, as another person has one; all of 127.0.0.0/8 is this machine.
ADDRESS = "127.0.77.7"
PAGES = ["/", "/thu-tuc?q=khai%20sinh", "/thu-tuc/1.001193", "/sign-in", "/co-quan", "/mot-cua", "/health"]


class Honest:
    """Reads page after page while the block runs; at its end every answer has been a good one and come in time."""

    def __init__(self, house, seconds=SECONDS, pages=PAGES):
        self.place, self.seconds, self.pages = urlsplit(house.address), seconds, pages
        self.waits, self.complaints = [], []
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._read, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, kind, *_):
        self.stopped.set()
        self.thread.join(timeout=self.seconds + 30)
        if kind is None:
            assert not self.complaints, f"An honest reader was not served: {self.complaints[:5]}"
            assert self.waits, "The honest reader never got an answer."

    def _read(self):
        number = 0
        while not self.stopped.is_set():
            page = self.pages[number % len(self.pages)]
            number += 1
            start = time.monotonic()
            try:
                status = self.ask(page)
            except OSError as failure:
                self.complaints.append(f"{page}: {failure!r}")
            else:
                took = time.monotonic() - start
                self.waits.append(took)
                if status != 200 or took > self.seconds:
                    self.complaints.append(f"{page}: {status} after {took:.2f} s")
            self.stopped.wait(0.02)

    def ask(self, page):
        """A connection of its own for every page: that is what an attack on connections takes from others."""
        connection = http.client.HTTPConnection(
            self.place.hostname, self.place.port, timeout=self.seconds * 5, source_address=(ADDRESS, 0)
        )
        try:
            connection.request("GET", page)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()
