"""A sign-in server on loopback (device codes, tokens) and what mail servers do with its tokens."""

import json
import ssl
import threading
import time
from base64 import b64decode, b64encode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from aiosmtpd.smtp import SMTP, AuthResult
from keyring.backend import KeyringBackend
from keyring.errors import PasswordSetError

from tests.mail.conftest import OFFICE
from tests.mail.servers import HOST, Certificate, Post

APPLICATION = "7d2f9a41-6a1e-4e6a-9f1b-2b1f3c5d7e90"
REFUSED = b'{"status":"401","schemes":"bearer","scope":"https://example.com"}'


def is_shown(line: bytes, tokens: set[str]) -> bool:
    """Whether a client's answer to XOAUTH2 has the office's name and one of these tokens."""
    user, bearer, *end = b64decode(line).decode().split("\x01")
    token = bearer.removeprefix("auth=Bearer ")
    return user == f"user={OFFICE}" and token in tokens and end == ["", ""]


class TokenPost(Post):
    """An SMTP server that takes tokens."""

    tokens: set[str]

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802
        answer = await server.challenge_auth("")
        if isinstance(answer, bytes) and is_shown(b64encode(answer), self.tokens):
            return AuthResult(success=True, handled=False, auth_data=OFFICE)
        assert await server.challenge_auth(REFUSED) == b""
        message = "535 5.7.3 Authentication unsuccessful"
        return AuthResult(success=False, handled=False, message=message)


@dataclass
class SignIn:
    """What the sign-in server says. `pending` times that the person is not done yet.

    `answer` is an error instead of a token; `tokens` are the access tokens that hold now, `fresh`
    the refresh token that holds: each is good for one exchange.
    """

    port: int
    tokens: set[str] = field(default_factory=set)
    fresh: str = ""
    pending: int = 0
    minutes: float = 15
    answer: tuple[str, str] | None = None
    who: str = OFFICE
    asked: list[dict[str, str]] = field(default_factory=list)
    _count: int = 0

    @property
    def authority(self) -> str:
        return f"https://{HOST}:{self.port}/organizations"

    def get(self) -> dict[str, Any]:
        place = self.authority
        return {
            "issuer": f"{place}/v2.0",
            "authorization_endpoint": f"{place}/authorize",
            "device_authorization_endpoint": f"{place}/devicecode",
            "token_endpoint": f"{place}/token",
        }

    def post(self, path: str, asked: dict[str, str]) -> dict[str, Any]:
        self.asked.append(asked)
        assert asked["client_id"] == APPLICATION
        if path.endswith("/devicecode"):
            if self.answer and self.answer[0] == "unauthorized_client":
                return self._error(*self.answer)
            assert "https://outlook.office.com/SMTP.Send" in asked["scope"]
            place = "https://example.com/device"
            return {
                "device_code": "d",
                "user_code": "QC-2016",
                "verification_uri": place,
                "expires_in": int(self.minutes * 60),
                "interval": 0,
            }
        if asked["grant_type"] == "refresh_token" and asked["refresh_token"] != self.fresh:
            return self._error("invalid_grant", "AADSTS700082: The refresh token has expired.")
        if self.pending:
            self.pending -= 1
            return self._error("authorization_pending", "AADSTS70016: not yet")
        return self._error(*self.answer) if self.answer else self._given()

    def _given(self) -> dict[str, Any]:
        self._count += 1
        token, self.fresh = f"access{self._count}-{'x' * 1500}", f"fresh{self._count}-{'y' * 1700}"
        self.tokens.add(token)
        claims = {
            "iss": f"{self.authority}/v2.0",
            "aud": APPLICATION,
            "sub": "s",
            "oid": "o",
            "tid": "t",
            "preferred_username": self.who,
            "iat": int(time.time()) - 10,
            "exp": int(time.time()) + 3600,
        }
        return {
            "token_type": "Bearer",
            "scope": "https://outlook.office.com/SMTP.Send",
            "expires_in": 3600,
            "access_token": token,
            "refresh_token": self.fresh,
            "id_token": f"{_part({'alg': 'none'})}.{_part(claims)}.x",
            "client_info": _part({"uid": "o", "utid": "t"}),
        }

    def _error(self, error: str, words: str) -> dict[str, Any]:
        return {"error": error, "error_description": words}


def _part(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@contextmanager
def sign_in_server(certificate: Certificate) -> Iterator[SignIn]:
    """A sign-in server, while inside."""
    said: list[SignIn] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(said[0].get())

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self._say(said[0].post(self.path, {key: one for key, (one, *_) in form.items()}))

        def _say(self, value: dict[str, Any]) -> None:
            data = json.dumps(value).encode()
            self.send_response(400 if "error" in value else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as above
            """Nothing on the screen."""

    with ThreadingHTTPServer((HOST, 0), Handler) as server:
        context: ssl.SSLContext = certificate.context()
        server.socket = context.wrap_socket(server.socket, server_side=True)
        said.append(SignIn(server.server_port))
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield said[0]
        finally:
            server.shutdown()
            thread.join()


class Keyring(KeyringBackend):
    """A keyring as narrow as that of Windows: 2,560 bytes, two for each character."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # it has no types
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if len(password) > 1280:
            raise PasswordSetError("The stub received bad data")
        self.kept[service, username] = password
