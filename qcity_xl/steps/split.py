"""拆分下发: one pack for each responsible unit."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

from qcity_xl.adapters.disk import sha256_of
from qcity_xl.adapters.evidence_files import file_facts
from qcity_xl.adapters.ooxml.files import sweep_folder
from qcity_xl.adapters.packs import make_pack, make_pack_beside
from qcity_xl.adapters.side_folder import SideFolder, own_name
from qcity_xl.adapters.storage import Location, in_folder
from qcity_xl.adapters.workers import workers
from qcity_xl.core.advice import Advice
from qcity_xl.core.catalogue import BY_ID
from qcity_xl.core.changes import Change, added_row
from qcity_xl.core.errors import NothingToDo, NotReopened, Unknown
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.history.progress_lines import progress_changes
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.problems import Problem
from qcity_xl.core.rounds.asked import Occasion, first_sent, packs_for
from qcity_xl.core.rounds.assignments import assignment_changes
from qcity_xl.core.rounds.pack import PackContent, base_hash
from qcity_xl.core.rounds.part import base_round, by_section, part_of
from qcity_xl.core.rounds.passwords import passwords, unreadable_passwords
from qcity_xl.core.schema import CRITERIA, ROUNDS, TASKS
from qcity_xl.core.schema.words import HANDED_OUT
from qcity_xl.core.scoring.deadlines import IsHoliday, working_day
from qcity_xl.core.scoring.evidence import assess
from qcity_xl.core.scoring.lights import past_deadlines
from qcity_xl.core.values import parse_date
from qcity_xl.steps.shared.commit import check_writable, commit
from qcity_xl.steps.shared.data import PackData, SplitData
from qcity_xl.steps.shared.outcome import (
    DONE,
    LEFT,
    Column,
    Context,
    Outcome,
    Section,
    problem_data,
)
from qcity_xl.steps.shared.target import Target, open_sound
from qcity_xl.steps.shared.working_calendar import working_calendar

_SENT_BEFORE = "round-sent"


def split(
    target: Target,
    out: Location,
    context: Context,
    *,
    round_name: str = "",
    units: Sequence[str] = (),
    sections: str = "",
    role: str = "",
    tasks: str = "",
    apart: bool = False,
    scheduler: str = "",
) -> Outcome[SplitData]:
    """Write a pack for each unit into `out`, and who was sent what into 轮次.

    Of some `sections`, one `role` or some `tasks` alone (3、4), or a pack for each section `apart`:
    each part is a round of its own, 第2轮·第3部分.

    Without a name the round is the next one, or the last one if it would be sent again unchanged.
    A unit with a password gets its pack encrypted; our copy and the hash in 轮次 are of what is in
    it, which is the same each time. Packs are made on the cluster of this scheduler, if one is
    named. Raises NothingToDo, NoCluster, CannotWrite and what reading the master raises.
    """
    file = open_sound(target)
    check_writable(file, context)
    changes, problems = assignment_changes(file.master)
    master = file.master.with_changes(changes)
    wanted = _named_units(master, units)
    assessment = assess(master, file_facts(master, file.path))
    today, days_off = context.now.date(), working_calendar(master)

    told = {table.name: file.sent_along(table.name) for table in (TASKS, CRITERIA)}
    part = part_of(master, sections, role, tasks)
    parts = by_section(master, part) if apart else [part]

    @cache  # 轮次 has a row for each unit and round
    def dates(called: str) -> tuple[dt.date, dt.date]:
        return _dates(master, called, today, days_off)

    def build(name: str) -> list[PackContent]:
        found: list[PackContent] = []
        for one in parts:
            called = one.of_round(name)
            made, due = dates(called)
            past = past_deadlines(master, made, days_off)
            found += packs_for(master, assessment, Occasion(called, due, past, one, told), wanted)
        return found

    packs = build(round_name) if round_name else _default_round(master, build)
    if not packs:
        raise NothingToDo("没有要下发的内容：任务都已完成，或单位名录里没有责任单位。")
    fresh, clashes = _may_go_out(master, packs)
    known = passwords(master)
    if isinstance(out, Path):
        sweep_folder(out)
    rows: list[Change] = []
    written: list[PackData] = []
    with workers(scheduler) as pool, _taken_back(out, SideFolder(file.path)) as hand_out:
        for pack, data in pool.map(make_pack, context.progress(fresh, "生成填报表")):
            made = _place(out, pack)
            if not context.dry_run:
                made = hand_out(pack, data, known.get(pack.identity.unit, ""))
            sha256, due = sha256_of(data), dates(pack.identity.round)[1]
            rows += _round_row(master, pack, made.name, sha256, today, due)
            written.append(
                {
                    "unit": pack.identity.unit,
                    "file": str(made),
                    "tasks": pack.tasks,
                    "sha256": sha256,
                }
            )
        name = base_round(packs[0].identity.round) if apart else packs[0].identity.round
        kept = progress_changes(master) if rows else []
        lines = as_lines([*changes, *kept, *(first_sent(master, fresh) if rows else ()), *rows])
        commit(file, lines, context, BY_ID["split"].title, name)
    locked = [p.identity.unit for p in fresh if p.identity.unit in known]
    return _report(name, written, locked, [*clashes, *problems], out)


def _place(out: Location, pack: PackContent) -> Location:
    return out / own_name(pack.identity.unit, f"{pack.identity.round}_", ".xlsx")


@contextmanager
def _taken_back(
    out: Location, side: SideFolder
) -> Iterator[Callable[[PackContent, bytes, str], Location]]:
    """What writes a pack, and our copy of it; what it made goes again if 轮次 can't tell of it."""
    before, undo = set(in_folder(out)), ExitStack()

    def hand_out(pack: PackContent, data: bytes, password: str) -> Location:
        ours = pack.identity.round, pack.identity.unit
        made = make_pack_beside(_place(out, pack), data, password)
        if made not in before:
            undo.callback(made.unlink, missing_ok=True)
        if side.sent(*ours) is None:
            undo.callback(side.forget_sent, *ours)
        side.keep_sent(*ours, data)
        return made

    try:
        yield hand_out
    except NotReopened:  # all is in the file
        raise
    except BaseException:
        undo.close()
        raise


def _report(
    name: str, written: list[PackData], locked: list[str], problems: list[Problem], out: Location
) -> Outcome[SplitData]:
    notices = [problem.sentence() for problem in problems]
    if locked:
        names = "、".join(locked)
        words = f"其中{len(locked)}个要口令打开：{names}。口令请打电话说，不要写在邮件里。"
        notices.insert(0, words)
    sent = any(problem.code == _SENT_BEFORE for problem in problems)
    again = Advice("split", "另起一轮", (("round_name", ""),))
    units = len({pack["unit"] for pack in written})
    copies = f"{len(written)}份" if len(written) != units else ""
    # Several packs of a unit are told apart by their names, which say which part each is.
    columns = (Column("填报表" if copies else "单位"), Column("任务", "count", "项"))
    rows = tuple((Path(p["file"]).stem if copies else p["unit"], p["tasks"]) for p in written)
    return Outcome(
        f"{name}：给{units}个单位生成{copies}填报表，放在 {out}",
        {
            "round": name,
            "packs": written,
            "locked": locked,
            "problems": problem_data(problems),
        },
        LEFT if any(problem.severity == "error" for problem in problems) else DONE,
        sections=(Section("", columns, rows),),
        notices=tuple(notices),
        advice=(again,) if sent else (),
        pending=len(written),
    )


def _named_units(master: Master, units: Sequence[str]) -> list[str]:
    registry = master.registry
    found = []
    for name in units:
        unit = registry.find(name)
        if unit is None:
            near = registry.nearest(name)
            raise Unknown("单位", name, near or "、".join(sorted(set(registry.names.values()))))
        found.append(unit)
    return found


def _default_round(master: Master, build: Callable[[str], list[PackContent]]) -> list[PackContent]:
    """The last round if sending it again would say the same, else the next."""
    names = list(dict.fromkeys(text(row, "round") for row in master.rows(ROUNDS).values()))
    if names:
        again = build(base_round(names[-1]))
        sent = {
            (text(row, "round"), text(row, "unit"), text(row, "base"))
            for row in master.rows(ROUNDS).values()
        }
        if sent >= {
            (p.identity.round, p.identity.unit, base_hash(p.identity, p.base)) for p in again
        }:
            return again
    numbers = [int(n) for name in names for n in re.findall(r"第(\d+)轮", name)]
    return build(f"第{max(numbers, default=0) + 1}轮")


def _may_go_out(
    master: Master, packs: list[PackContent]
) -> tuple[list[PackContent], list[Problem]]:
    """Packs that may go out; a problem for each whose round went out with other content, or whose
    password can't be read.
    """
    fresh, clashes = [], []
    unreadable = unreadable_passwords(master)
    for pack in packs:
        if pack.identity.unit in unreadable:
            clashes.append(unreadable[pack.identity.unit])
            continue
        row = master.rows(ROUNDS).get(pack.identity.round_key)
        if row is None or text(row, "base") == base_hash(pack.identity, pack.base):
            fresh.append(pack)
            continue
        unit, name = pack.identity.unit, pack.identity.round
        clashes.append(
            Problem(
                _SENT_BEFORE,
                "error",
                ROUNDS.sheet,
                master.cell(ROUNDS, pack.identity.round_key, "round"),
                f"{name}已经下发给{unit}，之后总表内容变了",
                "同一轮次只下发一次",
                "换一个轮次名再拆分",
            )
        )
    return fresh, clashes


def _round_row(
    master: Master,
    pack: PackContent,
    file: str,
    sha256: str,
    today: dt.date,
    due: dt.date,
) -> list[Change]:
    if pack.identity.round_key in master.rows(ROUNDS):
        return []
    return added_row(
        ROUNDS.name,
        pack.identity.round_key,
        {
            "round": pack.identity.round,
            "unit": pack.identity.unit,
            "tasks": pack.tasks,
            "file": file,
            "sha256": sha256,
            "base": base_hash(pack.identity, pack.base),
            "made_on": today,
            "due": due,
            "state": HANDED_OUT,
        },
    )


def _dates(
    master: Master, name: str, today: dt.date, days_off: IsHoliday
) -> tuple[dt.date, dt.date]:
    """When a round was made and when it is due: as 轮次 has it, else today, and the first working
    day after so many days.
    """
    rows = [row for row in master.rows(ROUNDS).values() if text(row, "round") == name]
    made = next((day for row in rows if (day := parse_date(row.get("made_on")))), today)
    given = next((day for row in rows if (day := parse_date(row.get("due")))), None)
    return made, given or working_day(today + dt.timedelta(days=master.settings.days), days_off)
