"""The three commands keep their contract: keys, exit status, Chinese sentences, dry runs."""

from pathlib import Path

import pytest

from tests.mail import formats
from tests.mail.conftest import Office
from tests.steps.conftest import Qcity, qcity

__all__ = ["qcity"]


def test_send(office: Office, qcity: Qcity, tmp_path: Path) -> None:
    before = office.path.read_bytes()
    drafts = tmp_path / "草稿"
    for more in ((), ("--smtp",), ("--eml", drafts, "--dry-run")):
        status, data = qcity("send", office.path, "--round", "第1轮", *more)
        assert status == (3 if more == ("--smtp",) else 0)
        assert {"unit", "to", "state"} <= set(data["messages"][0])
    assert office.path.read_bytes() == before
    assert not drafts.exists()
    status, data = qcity("send", office.path, "--eml", drafts, "--unit", "科技局")
    assert (status, data["round"]) == (0, "第1轮")
    assert [m["state"] for m in data["messages"]] == ["已存草稿"]
    assert len(list(drafts.iterdir())) == 1
    qcity("undo", office.path)
    assert office.states()["市科技局"] == "已存草稿"


def test_chase(office: Office, qcity: Qcity, tmp_path: Path) -> None:
    status, data = qcity("chase", office.path, "--word", tmp_path / "函件")
    assert status == 0
    assert {"unit", "days", "level"} <= set(data["late"][0])
    assert {one["level"] for one in data["late"]} == {"督办"}
    assert len(list((tmp_path / "函件").iterdir())) == 5


def test_collect(office: Office, qcity: Qcity, tmp_path: Path) -> None:
    (tmp_path / "收件").mkdir()
    (tmp_path / "收件" / "a.eml").write_bytes(formats.mail(("佐证.pdf", b"%PDF-")))
    for dry in (("--dry-run",), ()):
        status, data = qcity("collect", office.path, "--folder", tmp_path / "收件", *dry)
        assert status == 0
        (one,) = data["received"]
        assert {"file", "unit", "round", "state", "reason"} <= set(one)
        assert one["state"] == "附件"


@pytest.mark.parametrize(
    ("args", "status"),
    [
        (("send", "--round", "第9轮"), 3),
        (("send", "--unit", "没有这个局"), 3),
        (("send", "--smtp", "--outlook"), 2),
        (("collect",), 2),
        (("collect", "--imap"), 3),
        (("chase", "--round", "第9轮"), 3),
    ],
)
def test_wrong_usage(
    office: Office,
    qcity: Qcity,
    args: tuple[str, ...],
    status: int,
) -> None:
    before = office.path.read_bytes()
    assert qcity(args[0], office.path, *args[1:])[0] == status
    assert office.path.read_bytes() == before
