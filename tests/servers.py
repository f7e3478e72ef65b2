"""Other sites on this machine, which answer as they are told, and remember what they were asked."""

import socket
import ssl
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

CERTIFICATE = Path(__file__).parent / "tls/localhost.pem"  # of the name localhost, signed by itself


@dataclass
class Site:
    """`pages` has what is sent for a path, or for a method and a path: bytes, or a function of the line."""

    port: int
    secure: bool = False
    greeting: bytes = b""  # said before anything was asked
    pages: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)
    headers: list = field(default_factory=list)

    def address(self, path="/", host="127.0.0.1"):
        return f"http{'s' if self.secure else ''}://{host}:{self.port}{path}"

    def answer(self, line):
        line.sendall(self.greeting)
        request = bytearray()
        while b"\r\n\r\n" not in request:
            if not (received := line.recv(4096)):
                return
            request += received
        first, *rest = request.decode().split("\r\n")
        method, path, _ = first.split(" ")
        self.asked.append(f"{method} {path}")
        self.headers.append(dict(each.split(": ", 1) for each in rest if each))
        found = self.pages.get(f"{method} {path}", self.pages.get(path, status(404)))
        found(line) if callable(found) else line.sendall(found)


def status(code, **headers):
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {code} Whatever\r\n{lines}Content-Length: 0\r\n\r\n".encode()


def html(text):
    length = f"Content-Type: text/html\r\nContent-Length: {len(text.encode())}"
    return f"HTTP/1.1 200 Whatever\r\n{length}\r\n\r\n{text}".encode()


def leading_to(address, code=301):
    return status(code, Location=address)


def forever(beginning, drop, pause=0.02):
    """Sends a beginning, then drop by drop until nobody listens any more."""

    def send(line):
        line.sendall(beginning)
        while not over.wait(pause):
            line.sendall(drop)

    over = threading.Event()
    return send


@contextmanager
def site(pages=None, *, secure=False, host="127.0.0.1"):
    with socket.create_server((host, 0), backlog=64) as server:
        found = Site(server.getsockname()[1], secure, pages=pages if pages is not None else {})
        threading.Thread(target=serve, args=(server, found), daemon=True).start()
        yield found
        server.shutdown(socket.SHUT_RDWR)


def serve(server, found):
    context = None
    if found.secure:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(CERTIFICATE)
    with suppress(OSError):
        while True:
            line, _ = server.accept()
            threading.Thread(target=talk, args=(found, line, context), daemon=True).start()


def talk(found, line, context):
    with suppress(OSError), line:
        found.answer(context.wrap_socket(line, server_side=True) if context else line)
