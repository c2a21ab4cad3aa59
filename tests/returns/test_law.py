"""Whatever hands do to a return, each cell is accounted for; `tests.returns.fuzz --law` goes on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.returns import law
from tests.returns.conftest import Round
from tests.returns.law import EDITS, Cells, Hand, cells_of, check, hand_on

FEW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def sheets(sent: Round) -> dict[str, Cells]:
    return cells_of(sent.pack())


@FEW
@given(edits=st.lists(st.sampled_from(EDITS), min_size=1, max_size=5), seed=st.integers(0, 9_999))
def test_every_cell_that_differs_is_accounted_for(
    sent: Round,
    sheets: dict[str, Cells],
    tmp_path: Path,
    edits: list[Callable[[Hand], None]],
    seed: int,
) -> None:
    hand = hand_on(sheets, seed)
    for edit in edits:
        edit(hand)
    check(sent, sent.pack(), hand, tmp_path)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_each_slip_by_itself(
    sent: Round, sheets: dict[str, Cells], tmp_path: Path, edit: Callable[[Hand], None]
) -> None:
    hand = hand_on(sheets, 7)
    law.fill(hand)
    edit(hand)
    assert check(sent, sent.pack(), hand, tmp_path) is not None or hand.names


def test_the_oracle_sees_what_is_nowhere(
    sent: Round, sheets: dict[str, Cells], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The law can fail: words on a sheet of the unit's own, were they not listed."""
    monkeypatch.setattr("qcity_xl.adapters.packs.reading.elsewhere", lambda *_: ())
    hand = hand_on(sheets, 3)
    law.own_sheet(hand)
    with pytest.raises(AssertionError):
        check(sent, sent.pack(), hand, tmp_path)
