"""Whether what is asked of evidence can be known: its times, its kinds, its years."""

from collections.abc import Iterator

from qcity_xl.core.master.model import Master, text
from qcity_xl.core.master.settings import years_in
from qcity_xl.core.problems import Problem
from qcity_xl.core.rules.yearly import split_years
from qcity_xl.core.schema import CRITERIA, EVIDENCE, INDICATORS, SETTINGS
from qcity_xl.core.schema.rounds import EVIDENCE_KINDS
from qcity_xl.core.schema.words import NOT_NEEDED
from qcity_xl.core.scoring.needs import each_year, is_period, recurs
from qcity_xl.core.text import entries


def check_periods(master: Master) -> Iterator[Problem]:
    """What recurs says when: an unreadable period would ask for no year at all."""
    for key, row in master.rows(CRITERIA).items():
        period = text(row, "period")
        if period and not is_period(period):
            words = (
                f"佐证周期“{period}”看不懂",
                "每年、每年9月、当年、连续3年、2016-2017，几个用、隔开",
                "改成其中一种写法，或留空",
            )
            yield Problem(
                "period", "warning", CRITERIA.sheet, master.cell(CRITERIA, key, "period"), *words
            )


def check_years(master: Master) -> Iterator[Problem]:
    """An answer given year by year says something of each year that is asked for."""
    for key, row in master.rows(CRITERIA).items():
        asked = each_year(text(row, "period"), master.settings)
        for name in ("answer", "ruling"):
            said = split_years(row.get(name))
            lacking = [f"{year}年" for year in asked if year not in said]
            if said and lacking:
                words = (
                    f"没有填{'、'.join(lacking)}，只按填了的年份计分",
                    f"{asked[0]}年至{asked[-1]}年每年都填",
                    "补上；那一年确实没有的，不用管",
                )
                where = master.cell(CRITERIA, key, name)
                yield Problem("answer", "warning", CRITERIA.sheet, where, *words)


def check_needs(master: Master) -> Iterator[Problem]:
    """What evidence is asked for follows from what 设置 knows: its years, its methods."""
    settings = master.settings
    periods = {
        word for row in master.rows(CRITERIA).values() for word in entries(text(row, "period"))
    }
    plan_years = {word for word in periods if recurs(word)}
    for wanted, known, item in (
        (plan_years, settings.years, "任务年份"),
        ({p for p in periods - plan_years if not years_in(p)}, settings.review_year, "考核年份"),
    ):
        if wanted and not known:
            words = (
                f"“{item}”是空的，佐证周期“{'、'.join(sorted(wanted))}”不知道是哪几年",
                "年份，如 2017 或 2016-2017",
                "填好后重新标记缺失佐证",
            )
            yield Problem(
                "setting",
                "error",
                SETTINGS.sheet,
                master.cell(SETTINGS, f"总表/{item}", "value"),
                *words,
            )
    for key, row in master.rows(INDICATORS).items():
        unknown = [m for m in entries(text(row, "methods")) if m not in settings.kinds_of_method]
        if unknown:
            words = (
                f"验收方式“{'、'.join(unknown)}”在「{SETTINGS.sheet}」没有对应的材料类型，按“文件”要佐证",
                f"「{SETTINGS.sheet}」列出的验收方式",
                f"改正，或在「{SETTINGS.sheet}」的“验收方式”类别补一行",
            )
            yield Problem(
                "method",
                "warning",
                INDICATORS.sheet,
                master.cell(INDICATORS, key, "methods"),
                *words,
            )


def check_kinds(master: Master) -> Iterator[Problem]:
    """材料类型 of a criterion are kinds that rows of 佐证 can have, or 无需 alone."""
    known = {*EVIDENCE_KINDS, *master.settings.kinds_of_method.values()} - {""}
    for key, row in master.rows(CRITERIA).items():
        given = entries(text(row, "kinds"))
        unknown = [kind for kind in given if kind not in known and kind != NOT_NEEDED]
        if NOT_NEEDED in given and len(given) > 1:
            unknown.append(NOT_NEEDED)
        if unknown:
            words = (
                f"材料类型“{'、'.join(unknown)}”对不上佐证的类型，这样要的佐证谁也交不齐",
                f"{'、'.join(EVIDENCE_KINDS)}，几类用、隔开；或只填{NOT_NEEDED}",
                "改正，或留空按验收方式要",
            )
            where = master.cell(CRITERIA, key, "kinds")
            yield Problem("evidence-kind", "error", CRITERIA.sheet, where, *words)


def check_expiry(master: Master) -> Iterator[Problem]:
    """Where evidence says until when it is valid, 设置 says when the inspection is."""
    limited = [key for key, row in master.rows(EVIDENCE).items() if text(row, "valid_until")]
    if limited and master.settings.inspected_on is None:
        words = (
            f"“检查日期”是空的，填了有效期的{len(limited)}份佐证不知道到时候过没过期，暂按没过期",
            "检查的日期，如 2017-11-20",
            "填好后重新标记缺失佐证",
        )
        where = master.cell(SETTINGS, "佐证/检查日期", "value")
        yield Problem("setting", "warning", SETTINGS.sheet, where, *words)
