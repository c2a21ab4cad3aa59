"""登录邮箱 by click: the code in a window, until somebody has signed in or gives up."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qcity_xl import ribbon
from tests.excel.conftest import Opened, engine, excel, opened  # noqa: F401 - fixtures
from tests.live.conftest import Answers, screen  # noqa: F401 - a fixture among them
from tests.live.screen import Screen
from tests.mail.conftest import Office
from tests.mail.servers import Certificate
from tests.mail.sign_in import APPLICATION, SignIn, sign_in_server
from tests.test_desk import desk, ready

NO_KEYRING = "keyring.backends.null.Keyring"  # what signing in gives is tested with its tokens


@pytest.fixture
def server(
    office: Office, trusted: Certificate, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SignIn]:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", NO_KEYRING)
    with sign_in_server(trusted) as server:
        office.set(登录方式="OAuth2", 应用编号=APPLICATION, 登录地址=server.authority)
        yield server


def test_in_excel_the_code_is_shown_until_somebody_has_signed_in(
    office: Office,
    server: SignIn,
    opened: Callable[[Path], Opened],  # noqa: F811
) -> None:
    opened(office.path)
    server.pending = 1
    answers = Answers()
    ribbon.click("login", answers)
    preview, code = answers.shown
    assert "还没有登录过" in preview
    assert "https://example.com/device" in code
    assert answers.copied == ["QC-2016"]
    assert answers.buttons[0][0] == "登录"
    assert "已登录" in answers.told[0]


def wait_until_asked(server: SignIn) -> None:
    """Until the program looks whether somebody has signed in with the code."""
    until = time.monotonic() + 60
    while not any("device_code" in asked for asked in server.asked):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_in_the_window_the_code_is_copied_and_the_window_goes_once_it_is_done(
    office: Office,
    server: SignIn,
    screen: Screen,  # noqa: F811
    tmp_path: Path,
) -> None:
    server.pending = 10**9
    with desk(screen, tmp_path, office.path) as click:
        ready(screen)
        screen.press("alt+d", "l")
        click.answer("登录邮箱", "Return")  # 登录
        wait_until_asked(server)
        code = screen.wait_for("登录邮箱")
        screen.press("Return")  # 复制代码
        server.pending = 0
        screen.wait_until_gone(code)
        click.answer("登录邮箱", "Return")  # 已登录
    assert [a for a in server.asked if "device_code" in a]


def test_in_the_window_it_can_be_given_up(
    office: Office,
    server: SignIn,
    screen: Screen,  # noqa: F811
    tmp_path: Path,
) -> None:
    server.pending = 10**9
    with desk(screen, tmp_path, office.path) as click:
        ready(screen)
        screen.press("alt+d", "l")
        click.answer("登录邮箱", "Return")
        wait_until_asked(server)
        click.answer("登录邮箱", "Escape")
        ready(screen)
