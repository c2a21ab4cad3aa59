"""Sections, indicators and criteria of an outline, with what was lost and what does not add up."""

from dataclasses import dataclass, field

from qcity_xl.core.plan import Criterion, Indicator, PlanSection
from qcity_xl.core.reading.findings import Findings
from qcity_xl.core.reading.methods import parse_methods
from qcity_xl.core.reading.model import Outline, RawIndicator, Recovered
from qcity_xl.core.reading.parts import is_scoring
from qcity_xl.core.reading.scoring import (
    Scoring,
    combination,
    criteria_of,
    parse_scoring,
    rulings_of,
)
from qcity_xl.core.reading.totals import close_section
from qcity_xl.core.text import number_text, shorten


@dataclass(slots=True)
class Graded:
    """What is graded: the rows of the plan down to the criteria."""

    sections: list[PlanSection] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    criteria: list[Criterion] = field(default_factory=list)
    recovered: list[Recovered] = field(default_factory=list)


def read_indicators(outline: Outline, findings: Findings) -> Graded:
    """All sections with their indicators; lost scores come from the rules and the totals."""
    graded = Graded()
    scored = any(raw.points or raw.wording for raw in outline.indicators())
    methods = any(raw.methods for raw in outline.indicators())
    for section in outline.sections:
        scorings = {i.no: _scoring(i, i.points) for i in section.indicators}
        points, recovered = close_section(section, scorings, findings)
        total = sum(points.values()) if section.points is None else section.points
        graded.sections.append(
            PlanSection(section.no, section.title, total, section.bonus, section.goal)
        )
        graded.recovered += recovered
        sources = {found.indicator: found.source for found in recovered}
        for raw in section.indicators:
            worth = points[raw.no]
            scoring = scorings[raw.no]
            if not scoring.sum:  # the rule names no points: it has those of the indicator
                scoring = _scoring(raw, worth)
            _note_lost_cells(raw, worth, sources.get(raw.no), methods, scored, findings)
            _check_scoring(raw, worth, scoring, findings)
            graded.indicators.append(_indicator(raw, section.no, worth, scoring))
            graded.criteria += criteria_of(raw.no, scoring, raw.title)
            findings.rulings += rulings_of(raw.no, scoring, worth)
    _check_totals(outline, graded, findings)
    if outline.columns and graded.indicators and not methods:
        findings.problem(
            "no-methods",
            "全文",
            "文件没有验收方式",
            "每项指标有验收方式，如查阅文件",
            "在总表「指标」补上；不补的，不提示缺少哪些佐证",
        )
    if graded.indicators and not any(i.points for i in graded.indicators):
        findings.problem(
            "no-points",
            "全文",
            "文件没有分值和评分办法，总分为0，只建了任务",
            "有分值的任务分解表",
            "不评分的可以照用；要评分的，在总表「指标」「得分点」补上",
        )
    return graded


def _scoring(raw: RawIndicator, points: float | None) -> Scoring:
    """The criteria of an indicator: one row after the other where each has its own points."""
    if not raw.parts:
        return parse_scoring(raw.wording, points)
    each = [
        parse_scoring(f"{part.wording.rstrip('。；;，,')}（{number_text(part.points or 0)}分）")
        if part.points and not is_scoring(part.wording)
        else parse_scoring(part.wording, part.points)
        for part in raw.parts
    ]
    rest = "；".join(scoring.rest for scoring in each if scoring.rest)
    return Scoring(tuple(draft for scoring in each for draft in scoring.drafts), rest)


def _check_totals(outline: Outline, graded: Graded, findings: Findings) -> None:
    """The sums that the document states, as proof that it was read whole."""
    worths = {section.no: section.points for section in graded.sections}
    plain = sum(section.points for section in graded.sections if not section.bonus)
    for total in outline.totals:
        found = plain if total.section is None else worths.get(total.section, 0)
        sums = {found, sum(worths.values())} if total.section is None else {found}
        if total.points not in sums:
            findings.problem(
                "total",
                total.where,
                f"文件写“{total.label}”{number_text(total.points)}分，读到的合计{number_text(found)}分",
                "合计等于各项之和",
                "查原件，核对各部分和各项指标的分值",
            )


def _indicator(raw: RawIndicator, section: int, points: float, scoring: Scoring) -> Indicator:
    combine, methods = combination(scoring, points), parse_methods(raw.methods)
    wording = "\n".join(filter(None, (raw.wording, raw.content)))
    return Indicator(raw.no, section, raw.title, points, combine, methods, wording)


def _check_scoring(raw: RawIndicator, points: float, scoring: Scoring, findings: Findings) -> None:
    if not scoring.drafts and not points:
        return  # nothing is graded here, or the lost points are told
    if not scoring.drafts:
        findings.problem(
            "no-wording",
            raw.where,
            f"指标{raw.no}没有评分办法",
            "每项指标写明怎样得分",
            "查原件，在总表「得分点」补上",
        )
    elif scoring.sum != points and (scoring.sum < points or scoring.best != points):
        findings.problem(
            "criteria-sum",
            raw.where,
            f"指标{raw.no}为{number_text(points)}分，得分点合计{number_text(scoring.sum)}分",
            "得分点合计（或最高一档）等于指标分值",
            "查原件，核对指标分值和评分办法",
        )
    if scoring.rest:
        findings.problem(
            "scoring-rest",
            raw.where,
            f"指标{raw.no}评分办法末尾还有“{shorten(scoring.rest, 40)}”，没有列为得分点",
            "每个得分点后面写明分值",
            "核对原文；要计分的，在总表「得分点」补上",
        )


def _note_lost_cells(
    raw: RawIndicator,
    points: float,
    source: str | None,
    methodical: bool,
    scored: bool,
    findings: Findings,
) -> None:
    methods = parse_methods(raw.methods)
    lost: list[tuple[str, str, str, str]] = []  # item, taken, reason, question
    if not raw.title:
        lost.append(("标题", "", "程序不代拟标题", "文件缺标题，请查原件填写"))
    if source:
        question = "文件缺分值，由评分规则推出，是否正确"
        lost.append(("分值", number_text(points), source, question))
    elif raw.points is None and scored:
        lost.append(("分值", "", "评分规则也推不出", "文件缺分值，请查原件填写"))
    if not methods and methodical:
        lost.append(("验收方式", "", "程序不代拟验收方式", "文件缺验收方式，应为哪些"))
    elif len(methods) == 1 and not raw.title and raw.points is None:
        question = f"文件中验收方式只剩“{methods[0]}”，前面是否还有"
        reason = "标题、分值同时缺失，前面的几行可能一起丢了"
        lost.append(("验收方式", methods[0], reason, question))
    for item, taken, reason, question in lost:
        findings.guess(raw.where, str(raw.no), item, taken, reason, question)
