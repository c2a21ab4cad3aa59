"""The ways to send that a user can choose: which carrier each gets, and what it does at once."""

from pathlib import Path

import pytest

from qcity_xl.adapters.mail.eml import EmlFolder
from qcity_xl.adapters.mail.outlook import Outlook
from qcity_xl.adapters.mail.smtp import SmtpServer
from qcity_xl.adapters.mail.ways import Way, eml_way, outlook_way, smtp_way
from qcity_xl.core.mail.settings import MailSettings

WAYS = [
    (eml_way(Path("草稿")), EmlFolder, False, False),
    (smtp_way(), SmtpServer, True, True),
    (outlook_way(draft=True), Outlook, False, False),
    (outlook_way(draft=False), Outlook, True, False),
]


@pytest.mark.parametrize(("way", "kind", "leaves", "server"), WAYS)
def test_a_way_has_its_carrier(way: Way, kind: type, leaves: bool, server: bool) -> None:
    carrier = way.carrier(MailSettings(), lambda _: None)
    assert isinstance(carrier, kind)
    assert (way.leaves, way.server) == (leaves, server)
    assert carrier.leaves is way.leaves
