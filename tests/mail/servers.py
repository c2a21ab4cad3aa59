"""A real SMTP server and a real IMAP server on loopback, with TLS and their own certificate."""

import asyncio
import getpass
import grp
import imaplib
import logging
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.tools import unavailable

PASSWORD = "abc+/=def"  # noqa: S105 - of the test servers
HOST = "localhost"


@dataclass(frozen=True)
class Certificate:
    """A certificate for localhost and the authority that clients must trust."""

    chain: Path
    key: Path
    authority: Path

    def context(self) -> ssl.SSLContext:
        """The servers' side."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.chain, self.key)
        return context


def make_certificate(folder: Path) -> Certificate:
    authority = trustme.CA()
    issued = authority.issue_cert(HOST)
    made = Certificate(folder / "chain.pem", folder / "key.pem", folder / "authority.pem")
    made.chain.write_bytes(b"".join(pem.bytes() for pem in issued.cert_chain_pems))
    issued.private_key_pem.write_to_path(made.key)
    authority.cert_pem.write_to_path(made.authority)
    return made


@dataclass
class Received:
    """One message as the server has it."""

    sender: str
    to: list[str]
    data: bytes


@dataclass
class Post:
    """What the SMTP server does with messages: keeps them, or misbehaves as told.

    `answers` maps an address to the reply to RCPT; `final` gives the replies to the next
    messages, "" to accept, "drop" to cut the line, a number to be slow for so many seconds.
    """

    messages: list[Received] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    final: list[str | float] = field(default_factory=list)
    deliver: Callable[[Received], None] = lambda _: None
    sessions: int = 0

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, told: list[str]
    ) -> list[str]:
        self.sessions += 1
        session.host_name = hostname
        return told

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        queue = self.answers.get(address, [])
        answer = queue.pop(0) if len(queue) > 1 else (queue or ["250 OK"])[0]
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        order = self.final.pop(0) if self.final else ""
        if isinstance(order, float):
            await asyncio.sleep(order)
            order = ""
        if order and order != "drop":
            return order
        content = envelope.content
        assert isinstance(content, bytes)
        received = Received(str(envelope.mail_from), list(envelope.rcpt_tos), content)
        if order == "drop":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "250 too late"
        self.messages.append(received)
        self.deliver(received)
        return "250 OK"


def _authenticate(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
) -> AuthResult:
    assert isinstance(data, LoginPassword)
    return AuthResult(success=data.password == PASSWORD.encode(), handled=False)


@contextmanager
def smtp_server(
    post: Post, certificate: Certificate, encryption: str = "TLS", **more: Any
) -> Iterator[int]:
    """Its port, while inside. With AUTH unless there is no encryption."""
    if encryption == "STARTTLS":
        more |= {"tls_context": certificate.context(), "require_starttls": True}
    if encryption != "无":
        more |= {"auth_required": True, "auth_require_tls": False, "authenticator": _authenticate}
    # With TLS from the start, aiosmtpd does not know that the line is safe, and warns.
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    context = certificate.context() if encryption == "TLS" else None
    port = free_port()
    controller = Controller(post, HOST, port, ssl_context=context, **more)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


_DOVECOT = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{chain}
ssl_key = <{key}
first_valid_uid = 1
first_valid_gid = 1
{users}
mail_location = maildir:{folder}/mail/%u
mail_fsync = never
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
service imap-login {{
  {chroot}
  inet_listener imap {{
    port = {starttls}
  }}
  inet_listener imaps {{
    port = {tls}
  }}
}}
service anvil {{
  {chroot}
}}
"""
# Without root, dovecot can't change to users of its own, nor shut itself in.
_UNPRIVILEGED = """
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
"""


@dataclass
class Dovecot:
    """A running IMAP server; `deliver` puts a message into a user's inbox."""

    tls: int
    starttls: int
    authority: Path

    def deliver(self, user: str, data: bytes) -> None:
        """Put a message into a user's inbox, as it is."""
        with self.box(user) as box:
            box.append("INBOX", None, None, data)

    @contextmanager
    def box(self, user: str) -> Iterator[imaplib.IMAP4_SSL]:
        """The user's own client."""
        context = ssl.create_default_context(cafile=self.authority)
        with imaplib.IMAP4_SSL(HOST, self.tls, ssl_context=context) as client:
            client.login(user, PASSWORD)
            yield client


@contextmanager
def dovecot(certificate: Certificate) -> Iterator[Dovecot]:
    """Debian's dovecot with a private configuration; as root, mail belongs to the user mail."""
    search = f"{os.environ['PATH']}:/usr/sbin"
    program = shutil.which("dovecot", path=search) or unavailable(
        "dovecot", "install the package dovecot-imapd"
    )
    root = os.getuid() == 0
    user = "mail" if root else getpass.getuser()
    group = "mail" if root else grp.getgrgid(os.getgid()).gr_name
    with tempfile.TemporaryDirectory(prefix="dovecot-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = Dovecot(free_port(), free_port(), certificate.authority)
        boxes = folder / "mail"
        boxes.mkdir()
        shutil.chown(boxes, user, group)
        names = {"user": user, "group": group}
        config = _DOVECOT.format(
            folder=folder,
            chain=certificate.chain,
            key=certificate.key,
            users="" if root else _UNPRIVILEGED.format(**names),
            chroot="" if root else "chroot =",
            password=PASSWORD,
            tls=server.tls,
            starttls=server.starttls,
            **names,
        )
        (folder / "dovecot.conf").write_text(config)
        process = subprocess.Popen([program, "-F", "-c", str(folder / "dovecot.conf")])
        try:
            _wait_for(server.tls, process, folder / "log")
            yield server
        finally:
            process.terminate()
            process.wait(20)


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        assert process.poll() is None, log.read_text()
        threading.Event().wait(0.1)
    raise AssertionError(log.read_text())
