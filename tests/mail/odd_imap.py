"""An IMAP server that answers as it is told, for what a good server does not do."""

import socketserver
import ssl
import threading
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from tests.mail.servers import HOST, Certificate
from tests.mail.sign_in import REFUSED, is_shown


@dataclass
class OddInbox:
    """Messages by UID, and what is said instead of an answer to a FETCH.

    `answers` maps a UID and what is asked of it (RFC822.SIZE, BODY.PEEK[]) to the status line
    without its tag; what it gives of the message is left out. `instead` has whole answers by the
    beginning of a command.
    """

    messages: dict[int, bytes]
    answers: dict[tuple[int, str], str] = field(default_factory=dict)
    instead: dict[str, Callable[[bytes], Iterable[bytes]]] = field(default_factory=dict)
    tokens: set[str] | None = None  # where these are asked for, and no password

    def lines(self, tag: bytes, command: str) -> Iterator[bytes]:
        """What a client hears after a command."""
        for beginning, answered in self.instead.items():
            if command.startswith(beginning):
                yield from answered(tag)
                return
        verb, *words = command.split()
        if verb == "LOGIN" and self.tokens is not None:
            yield tag + b" NO passwords are off\r\n"
            return
        if verb == "CAPABILITY":
            yield b"* CAPABILITY IMAP4rev1\r\n"
        elif verb in ("SELECT", "EXAMINE"):
            yield b"* %d EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n" % len(self.messages)
        elif verb == "UID" and words[0] == "SEARCH":
            yield b"* SEARCH %s\r\n" % " ".join(map(str, self.messages)).encode()
        elif verb == "UID" and words[0] == "FETCH":
            asked = int(words[1]), words[2].strip("()")
            if said := self.answers.get(asked):
                yield b"%s %s\r\n" % (tag, said.encode())
                return
            yield self._given(*asked)
        elif verb == "LOGOUT":
            yield b"* BYE\r\n"
        yield tag + b" OK done\r\n"

    def _given(self, uid: int, what: str) -> bytes:
        data = self.messages[uid]
        if what == "RFC822.SIZE":
            return b"* 1 FETCH (UID %d RFC822.SIZE %d)\r\n" % (uid, len(data))
        return b"* 1 FETCH (UID %d BODY[] {%d}\r\n%s)\r\n" % (uid, len(data), data)


@contextmanager
def odd_imap(
    messages: Mapping[int, bytes], certificate: Certificate
) -> Iterator[tuple[int, OddInbox]]:
    """Its port and what it answers, while inside; with TLS."""
    inbox = OddInbox(dict(messages))

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"* OK hello\r\n")
            while line := self.rfile.readline():
                tag, _, command = line.strip().partition(b" ")
                if command.upper().startswith(b"AUTHENTICATE XOAUTH2"):
                    self.wfile.write(b"+ \r\n")
                    if not is_shown(self.rfile.readline(), inbox.tokens or set()):
                        self.wfile.write(b"+ %s\r\n" % b64encode(REFUSED))
                        assert self.rfile.readline() == b"\r\n"
                        self.wfile.write(tag + b" NO AUTHENTICATE failed.\r\n")
                        continue
                    self.wfile.write(tag + b" OK done\r\n")
                    continue
                with suppress(OSError):  # the client has gone
                    for answer in inbox.lines(tag, command.decode("ascii", "replace")):
                        self.wfile.write(answer)

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

        def get_request(self) -> tuple[ssl.SSLSocket, object]:
            plain, address = super().get_request()
            return certificate.context().wrap_socket(plain, server_side=True), address

    with Server((HOST, 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1], inbox
        finally:
            server.shutdown()
            thread.join()
