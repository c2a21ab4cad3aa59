"""What every way to send has in common."""

import inspect

import pytest

from qcity_xl.adapters.mail.carrier import Carrier, MailStopped
from qcity_xl.adapters.mail.eml import EmlFolder
from qcity_xl.adapters.mail.outlook import Outlook
from qcity_xl.adapters.mail.smtp import SmtpServer
from qcity_xl.core.errors import QcityError


@pytest.mark.parametrize("kind", [EmlFolder, Outlook, SmtpServer])
@pytest.mark.parametrize("method", ["open", "send", "close"])
def test_every_way_is_called_alike(kind: type, method: str) -> None:
    wanted = inspect.signature(getattr(Carrier, method))
    assert inspect.signature(getattr(kind, method)) == wanted


def test_a_closed_way_stops_a_step_with_its_sentence() -> None:
    with pytest.raises(QcityError, match=r"^邮局停电，请明天再发。$"):
        raise MailStopped("邮局停电，请明天再发。")
