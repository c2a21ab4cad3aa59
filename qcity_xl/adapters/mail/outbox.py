"""A line for each message that was handed over: after a crash it shows what was sent.

The master holds the record; this file only narrows what is in doubt, and can be lost.
"""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from qcity_xl.adapters.disk import only_one, writing
from qcity_xl.core.mail.delivery import Event


class Outbox:
    """One line for each step of a message's way, on disk before the next step is taken."""

    def __init__(self, side_folder: Path) -> None:
        """The file is made with its first line."""
        self._path = side_folder / "outbox.jsonl"

    @contextmanager
    def held(self) -> Iterator[None]:
        """While inside, no other run sends for this master. Raises AnotherStep, CannotWrite."""
        folder = self._path.parent
        with writing(folder.name):
            folder.mkdir(exist_ok=True)
        with only_one(folder / "outbox.lock", folder.stem):
            yield

    def record(self, message_ids: Iterable[str], event: Event) -> None:
        """Add a line for each message. Raises CannotWrite."""
        lines = [
            json.dumps({"id": message_id, **asdict(event)}, ensure_ascii=False).encode()
            for message_id in message_ids
        ]
        with writing(self._path.name), self._path.open("ab") as file:
            # A line that a crash cut off must not swallow the next one.
            file.write(b"\n" + b"\n".join(lines) + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def events(self) -> dict[str, Event]:
        """Message-ID -> the last that is recorded of it; lines that can't be read are left out."""
        found: dict[str, Event] = {}
        if not self._path.is_file():
            return found
        for raw in self._path.read_bytes().splitlines():
            try:
                line = json.loads(raw)
                rest = line.get("rest", "")
                found[line["id"]] = Event(line["state"], line["time"], line["note"], rest)
            except (ValueError, KeyError, TypeError):
                continue
        return found
