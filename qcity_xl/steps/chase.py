"""催办: who has not returned, or not all; letters in three tones, by mail and in Word."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

from qcity_xl.adapters.calendar import is_holiday
from qcity_xl.adapters.disk import make_file
from qcity_xl.core.mail.chasing import Late, late_units, placeholders_of
from qcity_xl.core.mail.delivery import CHASING
from qcity_xl.core.mail.letters import template_problems
from qcity_xl.core.schema.words import CHASE_LEVELS
from qcity_xl.steps.shared.data import ChaseData, LateData
from qcity_xl.steps.shared.mail_desk import MailDesk, open_desk
from qcity_xl.steps.shared.mail_orders import Extras, Orders
from qcity_xl.steps.shared.outcome import Column, Context, Count, Outcome, Section
from qcity_xl.steps.shared.target import Target

_QUIET = "今天是休息日，不发催办邮件，只列名单；下个工作日再发（「设置」里可改）。"


def chase(
    target: Target, context: Context, orders: Orders, *, word: Path | None = None
) -> Outcome[ChaseData]:
    """List late units and write to them: a letter once for each level, never on quiet days.

    `word` is a folder for the letters as Word documents and the list of late units.
    """
    desk = open_desk(target, context, CHASING, orders)
    today = context.now.date()
    late = late_units(desk.master, desk.rows, today, desk.settings)
    quiet = desk.settings.is_quiet(today, is_holiday)
    desk.problems += template_problems(desk.master, CHASE_LEVELS)
    for one in late:
        row = desk.rows[one.row]
        again = one.unit in orders.resend
        if one.level and one.sent and not again and not desk.lacks_some(row, one.level):
            desk.leave(row)
        elif one.level and not quiet:
            extras = Extras(values=placeholders_of(row, one), level=one.level)
            desk.add(one.row, one.level, one.items, extras)
    mailed = desk.finish()
    files = _written(desk, late, word) if word and not context.dry_run else []
    data: ChaseData = {
        **mailed.data,
        "late": [_data(one) for one in late],
        "quiet": quiet,
        "files": files,
    }
    states = Counter(one.state for one in late)
    letters = [replace(section, title=mailed.summary) for section in mailed.sections]
    return Outcome(
        f"{desk.round}未报送名单" if late else f"{desk.round}全部报送齐全",
        data,
        mailed.status,
        tuple(Count(state, number, "个") for state, number in states.items()),
        (_listed(late), *letters, Section("函件", (Column("文件"),), tuple((f,) for f in files))),
        (*([_QUIET] if quiet and late else []), *mailed.notices),
        mailed.advice,
        mailed.changes,
        mailed.pending + (len(late) if word else 0),
    )


def _listed(late: list[Late]) -> Section:
    """未报送名单."""
    columns = (
        *(Column("单位"), Column("报送"), Column("逾期")),
        *(Column("缺", "count", "项"), Column("催办")),
    )
    rows = []
    for one in late:
        when = f"逾期{one.days}天" if one.days > 0 else "未到期"
        letter = f"{one.level}{one.sent}" if one.sent else f"应{one.level}" if one.level else ""
        rows.append((one.unit, one.state, when, len(one.items), letter))
    return Section("", columns, tuple(rows))


def _data(one: Late) -> LateData:
    return {
        "unit": one.unit,
        "days": one.days,
        "level": one.level,
        "state": one.state,
        "due": one.due.isoformat() if one.due else None,
        "items": [{"no": i.no, "text": i.text, "note": i.note} for i in one.items],
        "told": one.sent,
    }


def _written(desk: MailDesk, late: list[Late], folder: Path) -> list[str]:
    """A letter for each unit whose time has come, and the list."""
    from qcity_xl.adapters.reports.templates import own_template  # Word, for these alone
    from qcity_xl.steps.shared.chase_papers import chase_papers

    template = own_template(desk.master.settings.papers, desk.file.path.parent)
    files = chase_papers(desk.master, desk.round, late, desk.context.now.date(), template)
    for name, data in files.items():
        make_file(folder / name, data)
    return [str(folder / name) for name in files]
