"""检查: find what is wrong with the master and list it on 问题."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from itertools import count

from qcity_xl.core.catalogue import BY_ID
from qcity_xl.core.changes import Change, added_row, dropped_row
from qcity_xl.core.checks import check_master, check_name
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.master.model import Master
from qcity_xl.core.problems import SEVERITY_NAMES, Problem, told_together
from qcity_xl.core.rounds.progress_checks import check_future
from qcity_xl.core.schema import PROBLEMS
from qcity_xl.core.values import Value, canonical
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.data import CheckData
from qcity_xl.steps.shared.outcome import (
    DONE,
    LEFT,
    Column,
    Context,
    Count,
    Outcome,
    Section,
    problem_data,
)
from qcity_xl.steps.shared.rules_report import rules_report
from qcity_xl.steps.shared.target import Target, open_master

_SHOWN = 20


def check(target: Target, context: Context, *, rules: bool = False) -> Outcome[CheckData]:
    """Check the master; the list on 问题 is brought up to date, and so is an older master.

    With `rules`, what its rules leave open instead; then nothing is written.
    """
    file = open_master(target)
    if rules:
        report = rules_report(file.master)
        data: CheckData = {"problems": [], "changes": 0, "findings": report.data["findings"]}
        return Outcome(report.headline, data, counts=report.counts, sections=report.sections)
    problems = [*check_master(file.master), *check_future(file.master, context.now.date())]
    changes = problem_changes(file.master, problems)
    commit(file, as_lines(changes), context, BY_ID["check"].title, upgrades=True)
    counts = Counter(problem.severity for problem in problems)
    return Outcome(
        "检查完成" if problems else "检查完成，没有发现问题",
        {"problems": problem_data(problems), "changes": len(changes), "findings": []},
        LEFT if counts["error"] else DONE,
        tuple(Count(name, counts[s], "项") for s, name in SEVERITY_NAMES.items() if counts[s]),
        (_listed(problems),),
        changes=len(changes),
    )


def _listed(problems: list[Problem]) -> Section:
    """The worst first; of a kind that many cells have, one line."""
    worst_first = sorted(problems, key=lambda p: list(SEVERITY_NAMES).index(p.severity))
    columns = (Column("程度", "state"), Column("问题"))
    together = told_together(worst_first)
    rows = tuple((SEVERITY_NAMES[p.severity], p.sentence()) for p in together)
    return Section("", columns, rows, _SHOWN, PROBLEMS.sheet)


def problem_changes(master: Master, problems: list[Problem]) -> list[Change]:
    """Changes that make 问题 list just these problems: new ones added, settled ones taken away.

    A row is that of the problem which it shows: people sort without the hidden ids.
    """
    wanted = {_key(problem): problem for problem in problems}
    by_words = {_words(_row(problem)): key for key, problem in wanted.items()}
    present = master.rows(PROBLEMS)
    showing: dict[str, str] = {}  # a problem -> its row
    for key, row in present.items():
        if found := by_words.get(_words(row)):
            showing.setdefault(found, key)
    for key in wanted.keys() & present.keys() - set(showing.values()):
        showing.setdefault(key, key)  # its row, reworded
    stored = [column.field for column in PROBLEMS.columns if column.editor != "formula"]
    changes: list[Change] = []
    staying = set(showing.values())
    for key, row in present.items():
        if key not in staying:
            changes += dropped_row(PROBLEMS.name, key, {name: row.get(name) for name in stored})
    for key, problem in wanted.items():
        if key not in showing:
            free = next(k for n in count() if (k := key + "′" * n) not in staying)
            changes += added_row(PROBLEMS.name, free, _row(problem))
    return changes


def _words(row: Mapping[str, Value]) -> tuple[str, ...]:
    return tuple(canonical(row.get(name)) for name in ("severity", "sheet", "cell", "found"))


def _row(problem: Problem) -> dict[str, Value]:
    names = ("sheet", "cell", "found", "allowed", "fix")
    row: dict[str, Value] = {name: getattr(problem, name) or None for name in names}
    titles = {"severity": SEVERITY_NAMES[problem.severity], "check": check_name(problem.code)}
    return {**titles, **row}


def _key(problem: Problem) -> str:
    parts = (problem.code, problem.severity, problem.sheet, problem.cell, problem.found)
    return "P" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:10]
