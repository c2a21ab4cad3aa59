"""A click that Excel refuses anywhere leaves the state before or after, or says otherwise."""

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from qcity_xl import ribbon
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from tests.excel.conftest import Opened
from tests.excel.objects import Workbook
from tests.excel.test_parity import without_time
from tests.excel.wire import GONE, REJECTED, ComError, Fault, editing, from_call, refused
from tests.live.conftest import Answers
from tests.live.test_parity import CHOSEN, STEPS, answers_for, copies, more

pytestmark = pytest.mark.usefixtures("impatient")

FAULTS: dict[str, Callable[[int], Fault]] = {
    "refused once": lambda n: from_call(n, lambda _: refused("no"), 1),
    "editing from here on": lambda n: from_call(n, editing),
    "busy for a while": lambda n: from_call(n, lambda _: ComError(REJECTED), 150),
    "gone": lambda n: from_call(n, lambda _: ComError(GONE)),
}
HALF = "不要保存"
MAILS = ("send", "chase")
_TRIED = 6  # places of a click; each fault comes at some of them


class Scene:
    """A master open in Excel, and how all was before."""

    def __init__(self, path: Path, model: Workbook) -> None:
        self._path, self._folder, self._model = path, path.parent, model
        self._kept = path.parent.with_name("原样")
        shutil.copytree(self._folder, self._kept)
        self._sheets = [(dict(s.cells), [t.bounds for t in s.tables]) for s in model.sheets]
        self._settings = dict(model.app.settings)
        self._view = model.active, model.app.selection

    def restore(self) -> None:
        """All as it was, files beside the master too; open anew if it was closed meanwhile."""
        shutil.rmtree(self._folder)
        shutil.copytree(self._kept, self._folder)
        if self._model not in self._model.app.books:
            self._model.app.books.clear()
            self._model = self._model.app.open(self._path)
        for sheet, (cells, bounds) in zip(self._model.sheets, self._sheets, strict=True):
            sheet.cells = dict(cells)
            for table, known in zip(sheet.tables, bounds, strict=True):
                table.bounds = known
        self._model.app.settings |= self._settings
        self._model.active, self._model.app.selection = self._view

    def now(self, live: Opened) -> dict[tuple[str, str, str], str]:
        """What the master says, on screen; in its file where it is not open any more."""
        if not self._model.app.books:
            return without_time(WorkbookFile.open(self._path).master)
        self._model = live.again().model
        return without_time(live.again().master)

    @property
    def touched(self) -> bool:
        """Whether a cell or the size of a table is not as before."""
        return any(
            (sheet.cells, [table.bounds for table in sheet.tables]) != known
            for sheet, known in zip(self._model.sheets, self._sheets, strict=True)
        )

    @property
    def looks_elsewhere(self) -> bool:
        """Whether another sheet is in front, or other cells are chosen."""
        return (self._model.active, self._model.app.selection) != self._view

    @property
    def unset(self) -> set[str]:
        """The settings of Excel that are not as before, but for the words in the status bar."""
        now = self._model.app.settings
        return {n for n, v in self._settings.items() if now[n] != v} - {"StatusBar"}


@pytest.mark.parametrize("name", STEPS)
def test_a_click_refused_anywhere_leaves_the_state_before_or_after(
    name: str, stage: Callable[..., Path], opened: Callable[[Path], Opened]
) -> None:
    path, _ = copies(name, STEPS[name][0], stage)
    live, chosen = opened(path), answers_for(name, path)
    wire, scene = live.model.wire, Scene(path, live.model)

    def click() -> str:
        person = Answers(folder=chosen.folder, files=chosen.files, more=more(name))
        ribbon.click(name, person)
        return "".join(person.told)

    before = without_time(live.master)
    wire.calls = 0
    assert "完成" in click()
    calls, after = wire.calls, scene.now(live)
    assert before != after
    places = range(1 + len(name), calls, calls // _TRIED)
    for first, fault in zip(places, itertools.cycle(FAULTS), strict=False):
        scene.restore()
        live = live.again()
        wire.calls, wire.fault = 0, FAULTS[fault](first)
        told = click()
        wire.fault = None
        state = scene.now(live)
        where = f"{fault} at call {first} of {calls}: {told}"
        assert not scene.unset or "没能恢复" in told or fault == "gone", where
        if HALF in told:
            assert scene.touched or fault == "gone", where  # then nobody can tell
        elif state == after:
            assert told, where
        elif name in MAILS and state != before:
            click()  # what was on its way is told of by the outbox: no letter goes twice
            assert scene.now(live) == after, where
        else:
            assert state == before, where
            assert "完成" not in told, where
            assert not scene.looks_elsewhere, where
        if name in MAILS and HALF not in told:
            drafts = [*(path.parent / CHOSEN[name]).rglob("*.eml")]
            assert len(drafts) in (0, 2), where
