"""What the rules leave open, as a report."""

from qcity_xl.core.lint.findings import KIND_NAMES, Finding
from qcity_xl.core.lint.linter import lint
from qcity_xl.core.master.model import Master
from qcity_xl.core.text import number_text
from qcity_xl.steps.shared.outcome import Column, Count, Outcome, Section
from qcity_xl.steps.shared.rules_data import FindingData, RulesData

_COLUMNS = (
    *(Column("得分点", "label"), Column("类别", "state"), Column("相差", "points")),
    *(Column("问题"), Column("各种理解")),
)


def rules_report(master: Master) -> Outcome[RulesData]:
    """All findings, what moves most points first. Nothing is written."""
    findings = lint(master)
    moving = sum(1 for finding in findings if finding.effect)
    counts = (Count("没有写清的", len(findings), "处"), Count("其中影响得分的", moving, "处"))
    return Outcome(
        "规则检查完成" if findings else "规则检查完成，没有发现没写清的地方",
        {"findings": [_data(finding) for finding in findings]},
        counts=counts if findings else (),
        sections=(Section("", _COLUMNS, tuple(map(_line, findings))),),
    )


def _line(finding: Finding) -> tuple[str, str, float, str, str]:
    ways = "；".join(f"{way.words}，{number_text(way.points)}分" for way in finding.options)
    return (finding.criterion, KIND_NAMES[finding.kind], finding.effect, finding.found, ways)


def _data(finding: Finding) -> FindingData:
    return {
        "criterion": finding.criterion,
        "kind": finding.kind,
        "name": KIND_NAMES[finding.kind],
        "found": finding.found,
        "options": [{"words": way.words, "points": way.points} for way in finding.options],
        "effect": finding.effect,
    }
