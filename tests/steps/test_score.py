"""重算得分: scores that the master comes to hold."""

import datetime as dt
import fcntl
import os
import pty
import shutil
import struct
import subprocess
import sys
import termios
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

import openpyxl

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.papers import paper
from qcity_xl.core.changes import Change, added_row
from qcity_xl.core.schema import CRITERIA, EVIDENCE, INDICATORS, SCORE_LINES
from qcity_xl.steps.evidence import evidence
from qcity_xl.steps.history import undo
from qcity_xl.steps.score import score
from qcity_xl.steps.shared.outcome import Context
from tests.steps.conftest import Qcity


def test_score_has_three_scores_and_the_ceiling(qcity: Qcity, master: Path) -> None:
    status, data = qcity("score", master)
    assert status == 0
    assert data["claimed"] == data["evidenced"] == data["reviewed"]
    assert data["claimed"] == {"points": None, "bonus": None}
    assert data["ceiling"] == {"points": 1000, "bonus": 60}
    assert len(data["sections"]) == 10
    assert {"id", "claimed", "evidenced", "reviewed", "ceiling", "reason"} <= set(
        data["indicators"][0]
    )


def test_a_formula_that_somebody_typed_over_stays_theirs(qcity: Qcity, master: Path) -> None:
    file = WorkbookFile.open(master)
    key, row = next(iter(file.master.rows(INDICATORS).items()))
    place = file.master.cell(INDICATORS, key, "claimed")
    book = openpyxl.load_workbook(master)
    book[INDICATORS.sheet][place] = 7
    book.save(master)
    for step in ("score", "check", "evidence"):
        assert qcity(step, master)[0] == 0
    assert WorkbookFile.open(master).master.rows(INDICATORS)[key]["claimed"] == 7
    assert row["claimed"] != 7


def test_score_and_evidence_give_one_number_whichever_comes_first(
    master: Path, context: Context
) -> None:
    """One file under two names proves one year, not two."""
    for name in ("会议.pdf", "会议（副本）.pdf"):
        (master.parent / name).write_bytes(paper("第一次联席会议"))
    file = WorkbookFile.open(master)
    rows = [
        {"criteria": "2(1)", "unit": "市质监局", "kind": kind, "title": "会议", "location": name}
        for kind, name in (("文件", "会议.pdf"), ("会议纪要", "会议（副本）.pdf"))
    ]
    file.apply([Change(CRITERIA.name, "C2.1", "answer", None, "达成")])
    for number, row in enumerate(rows):
        file.apply(added_row(EVIDENCE.name, f"E{number}", {**row, "dated": "2016-05-01"}))
    file.save()
    other = master.with_name("另一份.xlsx")
    shutil.copy(master, other)
    steps: tuple[Any, ...] = (score, evidence)
    first, second = (run(master, context) for run in steps)
    assert second.changes == 0
    backwards = [run(other, context) for run in reversed(steps)]
    assert [outcome.changes for outcome in backwards] == [first.changes, 0]
    assert score(master, context).data == score(other, context).data
    criteria = {row["id"]: row for row in second_scores(master, context)}
    assert criteria["2(1)"]["claimed"] == 10
    assert criteria["2(1)"]["evidenced"] == 0


def second_scores(master: Path, context: Context) -> list[dict[str, Any]]:
    return cast(list[dict[str, Any]], score(master, context).data["criteria"])


def answer(master: Path, **answers: str) -> None:
    file = WorkbookFile.open(master)
    rows = file.master.rows(CRITERIA)
    file.apply(
        Change(CRITERIA.name, key, "answer", rows[key]["answer"], value)
        for key, value in answers.items()
    )
    file.save()


def scored(master: Path, day: str) -> int:
    return score(master, Context(dt.datetime.fromisoformat(day), "李四")).changes


def then(master: Path, day: str) -> Any:
    context = Context(dt.datetime(2017, 9, 1), "李四")
    return score(master, context, as_of=dt.date.fromisoformat(day)).data


def test_scores_of_an_earlier_day(master: Path) -> None:
    answer(master, **{"C2.3": "达成"})
    scored(master, "2017-03-02")
    answer(master, **{"C2.1": "达成", "C2.3": "未达成"})
    scored(master, "2017-06-15")
    before = master.read_bytes()
    march, june = then(master, "2017-06-14"), then(master, "2017-06-15")
    assert (march["claimed"]["points"], june["claimed"]["points"]) == (10, 10)
    assert march["sections"][0]["claimed"] == 10
    answers = [
        {row["id"]: row["claimed"] for row in data["criteria"] if row["id"] in ("2(1)", "2(3)")}
        for data in (march, june)
    ]
    assert answers == [{"2(1)": None, "2(3)": 10}, {"2(1)": 10, "2(3)": 0}]
    assert (march["as_of"], march["changes"]) == ("2017-06-14", 0)
    assert master.read_bytes() == before


def test_a_day_before_the_first_score_is_told(qcity: Qcity, master: Path) -> None:
    status, data = qcity("score", master, "--as-of", "2001-01-01")
    assert status == 3
    assert "还没有重算过得分" in data["error"]
    assert qcity("score", master)[0] == 0
    status, data = qcity("score", master, "--as-of", "2099-01-01")
    assert (status, data["ceiling"]) == (0, {"points": 1000, "bonus": 60})


def test_a_run_leaves_one_line_and_a_second_none(master: Path) -> None:
    def lines() -> list[object]:
        rows = WorkbookFile.open(master).master.rows(SCORE_LINES).values()
        return [(row["date"], row["claimed"]) for row in rows]

    answer(master, **{"C2.3": "达成"})
    assert scored(master, "2017-03-02") > 0
    assert scored(master, "2017-03-02") == 0
    assert lines() == [(dt.date(2017, 3, 2), 10)]
    undo(master, Context(dt.datetime(2017, 3, 3), "李四"))
    assert lines() == []


def test_the_chart_of_the_course_stays_as_it_is(master: Path) -> None:
    def charts() -> dict[str, bytes]:
        with zipfile.ZipFile(master) as file:
            names = [name for name in file.namelist() if name.startswith("xl/charts/")]
            return {name: file.read(name) for name in names}

    before = charts()
    course = next(body.decode() for body in before.values() if b"lineChart" in body)
    row = WorkbookFile.open(master).master
    answer(master, **{"C2.3": "达成"})
    scored(master, "2017-03-02")
    assert charts() == before
    after = WorkbookFile.open(master).master
    place = after.cell(SCORE_LINES, "R1", "claimed")
    column = place.rstrip("0123456789")
    assert f"${column}$5:${column}$1004" in course  # from its first line far beyond
    assert row.rows(SCORE_LINES) == {}


def on_a_terminal(master: Path, columns: int) -> str:
    """What `qcity score` says on a terminal of so many columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    command = [sys.executable, "-m", "qcity_xl", "score", str(master), "--dry-run"]
    own = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=own) as running:
        os.close(theirs)
        said = b""
        with suppress(OSError):  # the other end is closed
            while piece := os.read(ours, 4096):
                said += piece
        os.close(ours)
        assert running.wait() == 0
    return said.decode()


def test_sections_are_bars_on_a_terminal_and_words_elsewhere(qcity: Qcity, master: Path) -> None:
    file = WorkbookFile.open(master)
    file.apply([Change(CRITERIA.name, "C2.1", "answer", None, "达成")])
    file.save()
    shown = on_a_terminal(master, 120)
    (line,) = (line for line in shown.splitlines() if line.startswith("  1 质量发展战略和规划"))
    assert "[=====....." in line
    assert "自评10分  佐证0分  核定未评  满分80分" in line
    command = [sys.executable, "-m", "qcity_xl", "score", str(master), "--dry-run"]
    piped = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    assert "  1 质量发展战略和规划：自评10分  佐证0分  核定未评  满分80分\n" in piped
    assert "[=" not in piped
    assert qcity("score", master, "--dry-run")[1]["sections"][0]["claimed"] == 10
