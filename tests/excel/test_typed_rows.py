"""Rows that were typed below a table, or pasted with another row's id: by click as by command."""

from collections.abc import Callable
from pathlib import Path

from tests.excel.conftest import Opened
from tests.excel.test_parity import typed
from tests.live.test_typed_rows import checked


def test_a_click_gives_ids_as_the_command_does(
    stage: Callable[..., Path], opened: Callable[[Path], Opened]
) -> None:
    by_command, by_click = checked(stage, opened)
    assert typed(by_click) == typed(by_command)
