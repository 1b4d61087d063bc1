"""Who takes messages outside: a mail server, which is a real one, and stand-ins for gateways, which speak their wire format."""

import asyncio
import email
import email.policy
import http.server
import json
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Letters:
    """What the mail server took; `answers` are given, one after the other, instead of taking the letter."""

    def __init__(self):
        self.taken, self.answers, self.seconds, self.tries = [], [], 0, 0

    async def handle_DATA(self, server, session, envelope):
        self.tries += 1
        await asyncio.sleep(self.seconds)
        if self.answers:
            return self.answers.pop(0)
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.taken.append((envelope.rcpt_tos, letter, session.ssl is not None, session.authenticated))
        return "250 taken"


def certificate(folder):
    """A key and a certificate of its own for 127.0.0.1."""
    pem = folder / "server.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
        + ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", pem, "-out", folder / "ca.pem"],
        check=True,
        capture_output=True,
    )
    pem.write_bytes(pem.read_bytes() + (folder / "ca.pem").read_bytes())
    return pem, folder / "ca.pem"


class Server(Controller):
    """It asks itself whether it stands; the port is whichever is free."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(letters, folder, tls=True, password="mật khẩu"):
    def signs_in(server, session, envelope, mechanism, given):
        return AuthResult(success=given.login == b"motcua" and given.password == password.encode())

    options = {}
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate(folder)[0])
        options = {"tls_context": context, "require_starttls": True}
    controller = Server(
        letters,
        hostname="127.0.0.1",
        port=0,
        authenticator=signs_in,
        auth_required=True,
        auth_require_tls=tls,
        **options,
    )
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


class Gateway:
    """A stand-in for eSMS: it takes a message, knows the ids that it has taken, and can be told to be ill."""

    def __init__(self):
        self.sent, self.asked, self.illness = {}, 0, None

    @contextmanager
    def serving(self):
        gateway = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_POST(self):
                order = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                gateway.asked += 1
                known = order["RequestId"] in gateway.sent
                if gateway.illness == "500":
                    self.send_error(500)
                    return
                if order["ApiKey"] != "key" or order["SecretKey"] != "secret":
                    return self.say({"CodeResult": "101"})
                if gateway.illness == "refused":
                    return self.say({"CodeResult": "146"})
                if not known:
                    gateway.sent[order["RequestId"]] = order
                if gateway.illness == "taken and silent":
                    time.sleep(0.2)
                    self.close_connection = True
                    return
                self.say({"CodeResult": "124" if known else "100"})

            def say(self, answer):
                body = json.dumps(answer).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
