"""A reverse proxy that can be told to fail as real ones do: it answers 502, or falls silent."""

import asyncio
import threading


class FailingProxy:
    """Stands before `target`, as `http://host:port`; `state` is "passing", "failing" or "silent"."""

    def __init__(self, target):
        host, port = target.removeprefix("http://").split(":")
        self.target = (host, int(port))
        self.state = "passing"
        self.passed = []
        self.loop = asyncio.new_event_loop()
        self.server = None
        self.open = set()
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self):
        self.thread.start()
        assert self.ready.wait(10)
        return self

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"

    def fail(self):
        """The server behind it is gone: what is open breaks off, and what comes is answered with 502."""
        self.state = "failing"
        self.loop.call_soon_threadsafe(self._break)

    def fall_silent(self):
        """Connections stay open and nothing comes through them."""
        self.state = "silent"

    def recover(self):
        self.state = "passing"

    def _break(self):
        for writer in list(self.open):
            writer.close()

    def _run(self):
        asyncio.set_event_loop(self.loop)
        self.server = self.loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.ready.set()
        self.loop.run_forever()
        for task in asyncio.all_tasks(self.loop):
            task.cancel()
        self.loop.run_until_complete(asyncio.sleep(0))
        self.server.close()
        self.loop.close()

    async def _serve(self, reader, writer):
        self.open.add(writer)
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            if self.state == "failing":
                body = b"<h1>502 Bad Gateway</h1>"
                writer.write(
                    b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nConnection: close\r\n"
                    + f"Content-Length: {len(body)}\r\n\r\n".encode()
                    + body
                )
                await writer.drain()
                return
            self.passed.append(head.split(b" ", 2)[1].decode())
            behind_reader, behind = await asyncio.open_connection(*self.target)
            self.open.add(behind)
            # One request for each connection: so every one of them meets the state of the moment.
            lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
            behind.write(b"\r\n".join(lines[:1] + [b"Connection: close"] + lines[1:]))
            try:
                await asyncio.gather(self._pipe(reader, behind), self._pipe(behind_reader, writer, ends=True))
            finally:
                self.open.discard(behind)
                behind.close()
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, EOFError):
            pass
        finally:
            self.open.discard(writer)
            writer.close()

    async def _pipe(self, reader, writer, ends=False):
        is_first = ends
        while data := await reader.read(65536):
            while self.state == "silent":
                await asyncio.sleep(0.05)
            if is_first:
                data = data.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
                is_first = False
            writer.write(data)
            await writer.drain()
        if ends:
            raise EOFError
