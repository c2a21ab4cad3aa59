"""The fates of cells."""

from qcity_xl.core.adopting.ledger import BookCell, Ledger

A, B = BookCell("工作表“台账”", "A1", "甲"), BookCell("工作表“台账”", "B1", "乙")


def test_the_strongest_fate_counts() -> None:
    ledger = Ledger()
    ledger.enter(A)
    ledger.mark([A], "taken")
    ledger.mark([A], "there")
    assert list(ledger.cells("taken")) == [A]
    ledger.leave([A], "一格里有几项")
    ledger.mark([A], "taken")
    assert ledger.left()[0].reason == "一格里有几项"


def test_what_is_open_at_the_end_is_left() -> None:
    ledger = Ledger()
    ledger.enter(A)
    ledger.enter(B)
    ledger.mark([B], "heading")
    ledger.close()
    assert [c.cell for c in ledger.left()] == [A]
    assert ledger.count("open") == 0


def test_a_reason_is_said_once() -> None:
    ledger = Ledger()
    for reason in ("没有日期", "没有日期", "没有单位"):
        ledger.leave([A], reason)
    assert ledger.left()[0].reason == "没有日期；没有单位"
    assert str(A) == "工作表“台账”A1"
