"""A master whose units have addresses, packs made, and servers to talk to."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from qcity_xl.adapters.mail.carrier import Way
from qcity_xl.adapters.mail.smtp import way as smtp_way
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.changes import Change
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.master.model import text
from qcity_xl.core.schema import SETTINGS, UNITS
from qcity_xl.core.values import Value
from qcity_xl.steps.new import new
from qcity_xl.steps.send import send
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.mail_orders import Orders
from qcity_xl.steps.shared.outcome import Context, Outcome
from qcity_xl.steps.split import split
from tests.mail.servers import Certificate, Dovecot, Post, dovecot, make_certificate, smtp_server

ROUND = "第1轮"
OFFICE = "office@example.com"
NOW = dt.datetime(2016, 11, 22, 9, 30)  # a Tuesday


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def trusted(certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> Certificate:
    """The certificate, trusted, and the password in the environment."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.authority))
    monkeypatch.setenv("QCITY_MAIL_PASSWORD", "abc+/=def")
    return certificate


@pytest.fixture(scope="session")
def imap(certificate: Certificate) -> Iterator[Dovecot]:
    with dovecot(certificate) as server:
        yield server


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def smtp(post: Post, trusted: Certificate) -> Iterator[int]:
    with smtp_server(post, trusted) as port:
        yield port


def listed(report: Outcome[Any], key: str) -> list[dict[str, Any]]:
    """A list of a report's data."""
    return cast("list[dict[str, Any]]", report.data[key])


class Office:
    """A master with packs of one round for some units, and what the office does with it."""

    def __init__(self, folder: Path) -> None:
        self.path, self.context = folder / "总表.xlsx", Context(NOW, "张三")
        self.slept: list[float] = []

    @property
    def master_file(self) -> WorkbookFile:
        return WorkbookFile.open(self.path)

    def set(self, **items: Value) -> None:
        """Set items of 设置, whatever their group."""
        file = self.master_file
        changes = [
            Change(SETTINGS.name, key, "value", row.get("value"), items[text(row, "item")])
            for key, row in file.master.rows(SETTINGS).items()
            if text(row, "item") in items
        ]
        assert len(changes) >= len(items)
        self.write(changes)

    def write(self, changes: list[Change]) -> None:
        commit(self.master_file, as_lines(changes), self.context, "手工填写")

    def unit(self, name: str, **cells: Value) -> None:
        """Fill cells of one unit."""
        rows = self.master_file.master.rows(UNITS)
        key = next(k for k, row in rows.items() if text(row, "name") == name)
        self.write([Change(UNITS.name, key, f, rows[key].get(f), v) for f, v in cells.items()])

    def split(self, *units: str) -> None:
        split(self.path, self.path.parent / "下发", self.context, round_name=ROUND, units=units)

    def send(self, way: Way | None = None, *, go: bool = True, **more: object) -> Outcome[Any]:
        orders = Orders(way=way, go=go, sleep=self.slept.append, **more)  # type: ignore[arg-type]  # a test's own words
        return send(self.path, self.context, orders)

    def states(self, field: str = "mail_state") -> dict[str, str]:
        """What 轮次 says of each unit."""
        from qcity_xl.core.schema import ROUNDS

        rows = self.master_file.master.rows(ROUNDS).values()
        return {text(row, "unit"): text(row, field) for row in rows}


UNITS_USED = ("市科技局", "市教育局", "市财政局", "市农委")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a master, four units with addresses and packs: made once, copied by tests."""
    folder = tmp_path_factory.mktemp("prepared")
    made = Office(folder)
    new(made.path, made.context, master_id="test")
    made.set(发件地址=OFFICE, 城市="常州市", 办公室联系人="张三 0519-12345678", 每分钟封数=6000)
    for number, name in enumerate(UNITS_USED):
        made.unit(name, contact=f"联络员{number}", email=f"unit{number}@example.com")
    made.split(*UNITS_USED)
    return folder


@pytest.fixture
def office(tmp_path: Path, prepared: Path) -> Office:
    """Four units with addresses and packs."""
    return Office(shutil.copytree(prepared, tmp_path / "质量 强市（２０１６）"))


@pytest.fixture
def by_smtp(office: Office, smtp: int) -> Way:
    """The office's SMTP server is ours."""
    office.set(发送服务器="localhost", 发送端口=smtp, 超时秒数=5)
    return smtp_way({})
