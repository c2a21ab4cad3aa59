"""The ways to send that a user can choose: which carrier each gets, and what it does at once."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from qcity_xl.adapters.mail.eml import EmlFolder
from qcity_xl.adapters.mail.outlook import Outlook
from qcity_xl.adapters.mail.smtp import SmtpServer
from qcity_xl.adapters.mail.ways import WAY_NAMES, chosen_way
from qcity_xl.core.mail.settings import MailSettings

WAYS: list[tuple[Mapping[str, object], type, bool, bool]] = [
    ({"eml": Path("草稿")}, EmlFolder, False, False),
    ({"smtp": True}, SmtpServer, True, True),
    ({"outlook": True, "draft": True}, Outlook, False, False),
    ({"outlook": True}, Outlook, True, False),
]


@pytest.mark.parametrize(("asked", "kind", "leaves", "server"), WAYS)
def test_a_way_has_its_carrier(
    asked: Mapping[str, object], kind: type, leaves: bool, server: bool
) -> None:
    way = chosen_way({"units": ("市科技局",), **asked})
    assert way is not None
    carrier = way.carrier(MailSettings(), lambda _: None)
    assert isinstance(carrier, kind)
    assert (way.leaves, way.server) == (leaves, server)
    assert carrier.leaves is way.leaves


def test_every_way_of_the_catalogue_is_one_of_these() -> None:
    assert {name for asked, *_ in WAYS for name in asked} - {"draft"} == set(WAY_NAMES)


def test_without_a_way_nothing_is_sent() -> None:
    assert chosen_way({"draft": True, "eml": None, "smtp": False}) is None


def test_only_the_chosen_one_is_loaded() -> None:
    code = (
        "import sys; from qcity_xl.adapters.mail.ways import chosen_way;"
        "chosen_way({'eml': '草稿'}); sys.exit('smtplib' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
