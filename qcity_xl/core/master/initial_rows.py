"""A plan as rows of the master's tables: what a new master holds before anyone fills it."""

from collections.abc import Sequence

from qcity_xl.core.changes import KEY
from qcity_xl.core.master.formula_values import SCORES, factor_field
from qcity_xl.core.master.settings import years_in
from qcity_xl.core.plan import COMBINE_NAMES, UNIT_KIND_NAMES, Plan
from qcity_xl.core.schema import (
    CRITERIA,
    INDICATORS,
    MAIL,
    MASTER,
    RULINGS,
    SECTIONS,
    SETTINGS,
    TASKS,
    UNITS,
)
from qcity_xl.core.schema.setting import SettingRow
from qcity_xl.core.schema.words import NO, YES
from qcity_xl.core.values import Value, tidy

NewRow = dict[str, Value]
LetterRow = tuple[str, str, str, str]  # use, subject, text, signature
LIST_MARK = "、"
UNIT_MARK = "；"  # a unit's name may hold 、: 各辖市、区政府


def master_rows(
    plan: Plan, settings: Sequence[SettingRow], letters: Sequence[LetterRow]
) -> dict[str, list[NewRow]]:
    """Rows by table name, blank cells as None; tables that only the work fills are empty."""
    rows: dict[str, list[NewRow]] = {table.name: [] for table in MASTER}
    rows[SECTIONS.name] = _sections(plan)
    rows[INDICATORS.name] = _indicators(plan)
    rows[CRITERIA.name] = _criteria(plan)
    rows[TASKS.name] = _tasks(plan)
    rows[UNITS.name] = _units(plan)
    rows[RULINGS.name] = _rulings(plan)
    rows[SETTINGS.name] = _settings(plan, settings)
    rows[MAIL.name] = [
        _row(use, use=use, subject=subject, text=text, signature=signature)
        for use, subject, text, signature in letters
    ]
    return rows


def _row(key: str, **values: Value) -> NewRow:
    return {KEY: key, **{name: tidy(value) for name, value in values.items()}}


def _yes_no(value: bool) -> str:
    return YES if value else NO


def _sections(plan: Plan) -> list[NewRow]:
    return [
        _row(
            s.key,
            no=s.no,
            title=s.title,
            bonus=_yes_no(s.bonus),
            points=s.points,
            goal=s.goal or None,
        )
        for s in plan.sections
    ]


def _indicators(plan: Plan) -> list[NewRow]:
    return [
        _row(
            i.key,
            no=i.no,
            section=i.section,
            title=i.title,
            points=i.points,
            combine=COMBINE_NAMES[i.combine],
            methods=LIST_MARK.join(i.methods),
            **{factor_field(score): 1 for score in SCORES},
            wording=i.wording,
        )
        for i in plan.indicators
    ]


def _criteria(plan: Plan) -> list[NewRow]:
    sections, answering = {i.no: i.section for i in plan.indicators}, owners(plan)
    return [
        _row(
            c.key,
            label=c.label,
            section=sections.get(c.indicator),
            indicator=c.indicator,
            text=c.text,
            points=c.points,
            kind=c.kind,
            params=c.params,
            may_be_absent=_yes_no(c.may_be_absent),
            period=c.period,
            owner=answering[c.label],
        )
        for c in plan.criteria
    ]


def owners(plan: Plan) -> dict[str, str]:
    """The unit that answers each criterion, by its label: the first lead of a task that serves it.

    Where no such task has a lead, the first one of its indicator counts; none without tasks.
    """
    by_indicator: dict[int, str] = {}
    by_label: dict[str, str] = {}
    for task in plan.tasks:
        for lead in task.leads[:1]:
            by_indicator.setdefault(task.indicator, lead)
            for label in task.criteria:
                by_label.setdefault(label, lead)
    return {
        c.label: by_label.get(c.label) or by_indicator.get(c.indicator, "") for c in plan.criteria
    }


def _tasks(plan: Plan) -> list[NewRow]:
    return [
        _row(
            t.key,
            no=t.no,
            indicator=t.indicator,
            text=t.text,
            criteria=LIST_MARK.join(t.criteria),
            deadline=t.deadline,
            leads=UNIT_MARK.join(t.leads),
            partners=UNIT_MARK.join(t.partners),
            remark=t.remark or None,
        )
        for t in plan.tasks
    ]


def _units(plan: Plan) -> list[NewRow]:
    return [
        _row(
            u.key,
            name=u.name,
            kind=UNIT_KIND_NAMES[u.kind],
            aliases=LIST_MARK.join(u.aliases),
            members=LIST_MARK.join(u.members),
            contact=u.contact or None,
            phone=u.phone or None,
            email=u.email or None,
        )
        for u in plan.units
    ]


def _rulings(plan: Plan) -> list[NewRow]:
    return [
        _row(
            r.key,
            subject=r.subject,
            item=r.item,
            question=r.question,
            options=" / ".join(r.options),
            default=r.default,
            choice=r.choice,
            reason=r.reason,
        )
        for r in plan.rulings
    ]


def _settings(plan: Plan, settings: Sequence[SettingRow]) -> list[NewRow]:
    times = _times(plan)
    return [
        _row(key, group=group, item=item, value=times.get(key, value), help=note)
        for group, item, value, note in settings
        if (key := f"{group}/{item}")
    ]


def _times(plan: Plan) -> dict[str, str]:
    """What a plan says of time: the years of all its deadlines, the last one for 当年."""
    years = sorted({year for task in plan.tasks for year in years_in(task.deadline)})
    last = str(years[-1]) if years else ""
    span = f"{years[0]}-{last}" if len(years) > 1 else last
    return {"总表/考核年份": last, "总表/任务年份": span}
