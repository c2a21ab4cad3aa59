"""An SMTP server that answers as it is told, for what a good server does not do."""

import socketserver
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.mail.servers import HOST


@dataclass
class OddPost:
    """What the server says at each point, the first time and after; what it was given.

    Points are EHLO, RSET, MAIL, RCPT, DATA, and "." for the end of a message.
    """

    answers: Mapping[str, Sequence[str]]
    given: list[bytes] = field(default_factory=list)
    heard: dict[str, int] = field(default_factory=dict)

    def answer(self, point: str) -> str:
        """What is said now; the last of several answers holds from then on."""
        number = self.heard[point] = self.heard.get(point, -1) + 1
        usual = {"DATA": "354 go on", "QUIT": "221 bye"}.get(point, "250 ok")
        said = self.answers.get(point, (usual,))
        return said[min(number, len(said) - 1)]


@contextmanager
def odd_smtp(**answers: Sequence[str]) -> Iterator[tuple[int, OddPost]]:
    """Its port and what it was given, while inside; without TLS. `END` is "."."""
    post = OddPost({"." if point == "END" else point: said for point, said in answers.items()})

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 hello")
            while line := self.rfile.readline():
                point = line.strip().split()[0].decode().upper()
                said = post.answer(point)
                self._say(said)
                if point == "QUIT":
                    return
                if point == "DATA" and said.startswith("354"):
                    message = b"".join(iter(self.rfile.readline, b".\r\n"))
                    post.given.append(message)
                    self._say(post.answer("."))

        def _say(self, words: str) -> None:
            for line in words.split("|"):
                self.wfile.write(f"{line}\r\n".encode())

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    with Server((HOST, 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1], post
        finally:
            server.shutdown()
            thread.join()
