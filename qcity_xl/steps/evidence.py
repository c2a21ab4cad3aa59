"""标记缺失佐证: what is lacking, what is wrong with what there is, and what a folder would give."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from qcity_xl.adapters.evidence_files import file_facts, folder_facts
from qcity_xl.core.advice import Advice
from qcity_xl.core.catalogue import BY_ID
from qcity_xl.core.changes import Change
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.schema import EVIDENCE
from qcity_xl.core.schema.words import VALID
from qcity_xl.core.scoring.evaluate import Evaluation
from qcity_xl.core.scoring.evidence import FileFact, assess
from qcity_xl.core.scoring.intake import Intake, Proposal, intake_changes, propose
from qcity_xl.steps.shared.evaluated import BESIDE, changed, headline, written
from qcity_xl.steps.shared.evidence_data import EvidenceData, FaultData, ProposalData
from qcity_xl.steps.shared.outcome import (
    Column,
    Context,
    Count,
    Outcome,
    Section,
    change_data,
    change_section,
    plain,
)
from qcity_xl.steps.shared.target import Target, Workbook, open_sound

_NOTHING = Intake((), ())


def evidence(
    target: Target,
    context: Context,
    scan: Path | None = None,
    yes: bool = False,
    doubtful: bool = False,
) -> Outcome[EvidenceData]:
    """Mark what evidence is missing and why. It writes what `score` writes, and tells the gaps.

    With `scan` the files of a folder are matched to what is lacking. That is shown alone; with
    `yes` the certain ones are entered in 佐证, with `doubtful` the others too.
    """
    file = open_sound(target, unasked=BESIDE)
    intake, entered = _NOTHING, list[Change]()
    if scan is not None:
        intake, entered = _taken_in(file, scan, context, doubtful)
        context = replace(context, dry_run=context.dry_run or not yes)
    evaluation, facts, after = written(file, context, BY_ID["evidence"].title, entered)
    changes = (*entered, *evaluation.changes)
    data = _data(evaluation, after, intake, changes)
    sections = (*_proposed(intake), *_found(data, evaluation), change_section(changes))
    waits = bool(intake.proposals) and not yes
    return Outcome(
        headline("清点佐证", changes),
        data,
        counts=(*_counts(evaluation, intake, scan is not None), *changed(changes)),
        sections=sections,
        notices=tuple(_notices(after, facts, evaluation)),
        advice=(_CONFIRM,) if waits else (),
        changes=len(changes),
    )


_CONFIRM = Advice(
    "", "以上只是预览，什么都没有写；认可有把握的，就登记", (("scan", ""), ("yes", ""))
)


def _taken_in(
    file: Workbook, folder: Path, context: Context, doubtful: bool
) -> tuple[Intake, list[Change]]:
    master, remember = file.master, not context.dry_run
    assessment = assess(master, file_facts(master, file.path))
    facts = folder_facts(folder, file.path, remember=remember, progress=context.progress)
    intake = propose(master, assessment, facts)
    taken = [p for p in intake.proposals if p.certain or doubtful]
    return intake, intake_changes(master, taken, facts)


def _data(
    evaluation: Evaluation, master: Master, intake: Intake, changes: Sequence[Change]
) -> EvidenceData:
    assessment = evaluation.assessment
    return {
        "needs": len(assessment.needs),
        "missing": [
            {
                "criterion": gap.need.label,
                "unit": gap.need.unit,
                "kind": gap.need.kind,
                "period": gap.need.period,
                "state": gap.state,
            }
            for gap in assessment.gaps
        ],
        "findings": dict(assessment.findings),
        "faults": _faults(assessment.findings, master),
        "reuse": [
            {
                "row": reuse.row,
                "title": text(master.rows(EVIDENCE)[reuse.row], "title"),
                "criterion": reuse.gap.need.label,
                "kind": reuse.gap.need.kind,
                "period": reuse.gap.need.period,
                "reason": reuse.why,
            }
            for reuse in evaluation.reuses
        ],
        "proposals": [_proposal_data(proposal, master) for proposal in intake.proposals],
        "left": [{"file": file, "reason": reason} for file, reason in intake.left],
        "changes": len(changes),
        "changed": change_data(changes),
    }


def _faults(findings: Mapping[str, str], master: Master) -> list[FaultData]:
    rows = master.rows(EVIDENCE)
    return [
        {
            "row": key,
            "criteria": text(rows[key], "criteria"),
            "unit": text(rows[key], "unit"),
            "title": text(rows[key], "title"),
            "location": text(rows[key], "location"),
            "finding": finding,
        }
        for key, finding in findings.items()
        if finding != VALID
    ]


def _proposal_data(proposal: Proposal, master: Master) -> ProposalData:
    cells = {**master.rows(EVIDENCE).get(proposal.row, {}), **proposal.cells}
    shown = {name: str(plain(cells.get(name)) or "") for name in _SHOWN}
    return {
        "file": proposal.file,
        "certain": proposal.certain,
        "row": proposal.row,
        "criterion": shown["criteria"],
        "unit": shown["unit"],
        "kind": shown["kind"],
        "title": shown["title"],
        "dated": shown["dated"],
        "period": shown["period"],
        "reason": proposal.reason,
        "doubt": proposal.doubt,
    }


_SHOWN = ("criteria", "unit", "kind", "title", "dated", "period")


def _counts(evaluation: Evaluation, intake: Intake, scanned: bool) -> tuple[Count, ...]:
    gaps = evaluation.assessment.gaps
    states = Counter(gap.state for gap in gaps)
    certain = sum(1 for proposal in intake.proposals if proposal.certain)
    proposed = (
        Count("有把握的文件", certain, "份"),
        Count("拿不准的", len(intake.proposals) - certain, "份"),
        Count("没有对上的", len(intake.left), "份"),
    )
    return (
        *(proposed if scanned else ()),
        Count("需要佐证", len(evaluation.assessment.needs), "项"),
        Count("缺", len(gaps), "项"),
        *(Count(f"其中{state}", count, "项") for state, count in states.most_common()),
    )


def _proposed(intake: Intake) -> tuple[Section, ...]:
    columns = (Column("文件"), Column("得分点"), Column("材料类型"), Column("说明", "note"))
    certain, doubtful = (
        tuple(
            (
                p.file,
                str(p.cells.get("criteria") or ""),
                str(p.cells.get("kind") or ""),
                "；".join(filter(None, (p.doubt, p.reason))),
            )
            for p in intake.proposals
            if p.certain is wanted
        )
        for wanted in (True, False)
    )
    left = (Column("文件"), Column("原因", "note"))
    return (
        Section("有把握，可以登记", columns, certain, most=20),
        Section("拿不准，请人看过再登记", columns, doubtful, most=20),
        Section("没有对上", left, intake.left, most=20),
    )


def _found(data: EvidenceData, evaluation: Evaluation) -> tuple[Section, ...]:
    by_unit = Counter(gap.need.unit or "（未定单位）" for gap in evaluation.assessment.gaps)
    faults = tuple((f["finding"], f["criteria"], f["title"]) for f in data["faults"])
    reuse = tuple(
        (r["title"], r["criterion"], f"{r['kind']}{r['period']}", r["reason"])
        for r in data["reuse"]
    )
    return (
        Section("", (Column("单位"), Column("缺", "count", "项")), tuple(by_unit.most_common())),
        Section(
            "有毛病的材料",
            (Column("检查结果", "state"), Column("得分点"), Column("材料名称")),
            faults,
            most=12,
            sheet=EVIDENCE.sheet,
        ),
        Section(
            "还可用于别的得分点（合适的请自己加编号）",
            (Column("材料名称"), Column("得分点"), Column("缺的材料"), Column("理由")),
            reuse,
            most=12,
            sheet=EVIDENCE.sheet,
        ),
    )


def _notices(master: Master, facts: Mapping[str, FileFact], evaluation: Evaluation) -> list[str]:
    rows = master.rows(EVIDENCE)
    unchecked = [
        key
        for key, finding in evaluation.assessment.findings.items()
        if finding == VALID
        and (fact := facts.get(text(rows[key], "location"))) is not None
        and fact.unchecked
    ]
    if not unchecked:
        return []
    name = text(rows[unchecked[0]], "title")
    return [
        f"有{len(unchecked)}份材料（如“{name}”）的格式程序不会打开检查，按有效算；"
        "请人工打开看一眼。"
    ]
