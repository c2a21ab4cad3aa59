"""What the office rules on 待定事项 that belongs in a cell of its own is written there."""

from collections.abc import Iterator

from qcity_xl.core.changes import Change
from qcity_xl.core.master.formula_values import combined
from qcity_xl.core.master.model import Master, differences, text
from qcity_xl.core.master.rulings import DUTY, settle
from qcity_xl.core.master.units import Registry
from qcity_xl.core.plan import COMBINE_NAMES
from qcity_xl.core.problems import Problem
from qcity_xl.core.schema import CRITERIA, INDICATORS, RULINGS, TASKS, UNITS
from qcity_xl.core.scoring.absence import policy_rows
from qcity_xl.core.scoring.evidence import criteria_in, criteria_labels
from qcity_xl.core.text import fold, number_text
from qcity_xl.core.values import Value, parse_number

# Items confirmed by 裁定 and the column of 指标 that they settle; 组合 holds by its default too.
_CONFIRMED = {"标题": "title", "验收方式": "methods"}


def ruling_changes(master: Master) -> list[Change]:
    """Changes that write rulings into 指标 (标题, 分值, 验收方式, 组合) and 自评单位 (责任).

    What is still to be ruled on 合理缺项 gets its row.
    """
    chosen = _choices(master)
    held = master.rulings()
    points = _points(master)[0]
    indicators: dict[str, dict[str, Value]] = {}
    for key, row in master.rows(INDICATORS).items():
        no = text(row, "no")
        cells: dict[str, Value] = {
            field: chosen[no, item] for item, field in _CONFIRMED.items() if (no, item) in chosen
        }
        if no in points:
            cells["points"] = points[no]
        combine = held.get(no, {}).get("组合")
        if combine in COMBINE_NAMES.values():
            cells["combine"] = combine
        indicators[key] = cells
    return [
        *policy_rows(master),
        *differences(master, INDICATORS, indicators),
        *differences(master, CRITERIA, _owners(master)[0]),
    ]


def void_rulings(master: Master) -> list[Problem]:
    """A problem for each ruling that changes nothing: it is none of the choices, names no lead of
    its task, or gives an indicator other points than its criteria have.
    """
    return [*_not_chosen(master), *_points(master)[1], *_owners(master)[1]]


def _choices(master: Master) -> dict[tuple[str, str], str]:
    settled = {
        (text(row, "subject"), text(row, "item")): settle(row)
        for row in master.rows(RULINGS).values()
    }
    return {place: s.value for place, s in settled.items() if s.ruled and s.value is not None}


def _not_chosen(master: Master) -> Iterator[Problem]:
    for key, row in master.rows(RULINGS).items():
        if allowed := settle(row).allowed:
            yield Problem(
                "choice",
                "error",
                RULINGS.sheet,
                master.cell(RULINGS, key, "choice"),
                f"裁定填的是“{text(row, 'choice')}”，没有起作用，仍按默认“{text(row, 'default')}”",
                allowed,
                "改成其中之一，或留空",
            )


def _points(master: Master) -> tuple[dict[str, float], list[Problem]]:
    """Ruled points by indicator, as far as its criteria can earn just these."""
    chosen = _choices(master)
    ruled: dict[str, float] = {}
    problems = []
    for indicator in master.rows(INDICATORS).values():
        no = text(indicator, "no")
        points = parse_number(fold(chosen.get((no, "分值"), "")).removesuffix("分"))
        if points is None:
            continue
        own = [
            parse_number(row.get("points")) or 0.0
            for row in master.rows(CRITERIA).values()
            if text(row, "indicator") == no
        ]
        most = combined({**indicator, "points": points}, own) if own else points
        if most == points:
            ruled[no] = points
        else:
            found = f"裁定指标{no}为{number_text(points)}分，得分点合起来却是{number_text(most)}分"
            problems.append(
                Problem(
                    "ruling",
                    "error",
                    RULINGS.sheet,
                    master.cell(RULINGS, _row_of(master, no, "分值"), "choice"),
                    f"{found}，没有起作用",
                    "两者相等",
                    f"先在「{CRITERIA.sheet}」改好这个指标各得分点的分值和参数，再重算得分",
                )
            )
    return ruled, problems


def _row_of(master: Master, subject: str, item: str) -> str:
    return next(
        (
            key
            for key, row in master.rows(RULINGS).items()
            if (text(row, "subject"), text(row, "item")) == (subject, item)
        ),
        "",
    )


def _owners(master: Master) -> tuple[dict[str, dict[str, Value]], list[Problem]]:
    """责任 of a task with several leads: who answers its criteria, while one of them does.

    A ruling that changes nothing, and would change nothing later, is a problem.
    """
    labels = criteria_labels(master)
    places = {key: place for place, key in enumerate(master.rows(CRITERIA))}
    tasks = {fold(text(row, "no")): row for row in master.rows(TASKS).values()}
    owners: dict[str, dict[str, Value]] = {}
    problems: list[Problem] = []
    for key, ruling in master.rows(RULINGS).items():
        settled = settle(ruling)
        choice = settled.value or ""
        if text(ruling, "item") != DUTY or not settled.ruled:
            continue
        task = tasks.get(fold(text(ruling, "subject")), {})
        registry = master.registry  # units are needed where such a ruling is
        leads = registry.split(text(task, "leads"))
        owner = registry.find(choice) or choice
        linked = criteria_in(text(task, "criteria"), labels)
        served = sorted(linked, key=places.__getitem__)
        answering = {
            one: registry.find(held) or held
            for one in served
            if (held := text(master.rows(CRITERIA)[one], "owner"))
        }
        concerned = [one for one in served if answering.get(one, owner) in leads]
        if owner in leads and registry.find(owner) is not None and concerned:
            owners |= {one: {"owner": owner} for one in concerned}
        else:
            problems.append(_void(master, key, registry, leads, list(answering.values())))
    return owners, problems


def _void(
    master: Master, key: str, registry: Registry, leads: list[str], answering: list[str]
) -> Problem:
    """Why a ruling 责任 changes nothing."""
    row = master.rows(RULINGS)[key]
    subject, choice = text(row, "subject"), settle(row).value or ""
    allowed = f"任务{subject}的牵头单位：{'、'.join(leads)}"
    if not leads:
        why, allowed = f"没有任务{subject}，或它没有牵头单位", "任务表里的一项任务"
        fix = "改正“对象”，或在「任务」填上牵头单位"
    elif registry.find(choice) is None:
        near = registry.nearest(choice)
        why = f"“{choice}”不在单位名录" + (f"，是不是“{near}”" if near else "")
        fix = f"改正裁定，或在「{UNITS.sheet}」登记这个单位或别名"
    elif registry.find(choice) not in leads:
        why, fix = f"“{choice}”不是任务{subject}的牵头单位", "改正裁定，或先改「任务」的牵头单位"
    elif answering:
        why = f"任务{subject}的得分点由{'、'.join(dict.fromkeys(answering))}自评，不是牵头单位"
        fix = f"在「{CRITERIA.sheet}」的“自评单位”直接改，或留空这条裁定"
    else:
        why, allowed = f"任务{subject}没有对应得分点", "有得分点的任务"
        fix = f"在「{TASKS.sheet}」补上得分点，或留空这条裁定"
    cell = master.cell(RULINGS, key, "choice")
    return Problem(
        "ruling", "error", RULINGS.sheet, cell, f"裁定“{choice}”没有起作用：{why}", allowed, fix
    )
