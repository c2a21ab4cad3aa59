"""What was collected, in the side folder: packs by content, all envelopes, how far we read.

`packs` holds the packs for `qcity merge`, `files` what could not be used, `envelopes.jsonl` a line
for each file of each message. It can be lost: collecting again finds what the server still has, and
merging the same file twice changes nothing.
"""

import json
from dataclasses import asdict

from qcity_xl.adapters.disk import sha256_of, writing
from qcity_xl.adapters.mail.imap import InboxMark
from qcity_xl.adapters.side_folder import SideFolder, safe_name
from qcity_xl.core.mail.inbox import Received

_DIGITS = 16  # of a file's SHA-256, before its name


class Archive:
    """The folder `collected` in the side folder."""

    def __init__(self, side: SideFolder) -> None:
        """Made when something is first put in."""
        self._side = side
        self.path = side.path / "collected"
        self.packs = self.path / "packs"
        self.files = self.path / "files"
        self._known = {path.name[:_DIGITS] for path in self.packs.glob("*-*")}

    def has(self, data: bytes) -> bool:
        """Whether the very same pack came before."""
        return sha256_of(data)[:_DIGITS] in self._known

    def keep_pack(self, name: str, data: bytes) -> None:
        """Keep a pack that is new. Raises CannotWrite."""
        if not self.has(data):
            digits = sha256_of(data)[:_DIGITS]
            self._side.put(self.packs / f"{digits}-{safe_name(name)}", data)
            self._known.add(digits)

    def record(self, received: Received, sha256: str) -> None:
        """A line about a file, whatever it is. Raises CannotWrite."""
        found = received.found
        envelope = found.envelope
        line = {
            "file": found.name,
            "sha256": sha256,
            "from": envelope.mail,
            "name": envelope.name,
            "date": envelope.sent,
            "subject": envelope.subject,
            "message_id": envelope.message_id,
            "state": received.state,
            "unit": received.unit,
            "round": received.round,
            "reason": received.reason,
            "place": received.place,
        }
        path = self.path / "envelopes.jsonl"
        if not path.exists():
            self._side.put(path, b"")
        with writing(path.name), path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def mark(self, inbox: str) -> InboxMark:
        """How far an inbox was read; the beginning where that is not known."""
        try:
            held = json.loads((self.path / "inboxes.json").read_text("utf-8"))[inbox]
            return InboxMark(int(held["validity"]), int(held["uid"]), str(held["since"]))
        except (OSError, ValueError, KeyError, TypeError):
            return InboxMark()

    def keep_mark(self, inbox: str, mark: InboxMark) -> None:
        """Remember how far we read. Raises CannotWrite."""
        path = self.path / "inboxes.json"
        try:
            held = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            held = {}
        held[inbox] = asdict(mark)
        self._side.put(path, json.dumps(held, ensure_ascii=False, indent=1).encode())
