"""The master evaluated and what changed written: what 重算得分 and 标记缺失佐证 have in common."""

from collections.abc import Sequence
from dataclasses import replace

from qcity_xl.adapters.calendar import is_published
from qcity_xl.adapters.evidence_files import file_facts
from qcity_xl.core.changes import Change
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.history.progress_lines import progress_changes
from qcity_xl.core.history.score_lines import line_changes
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import CONFLICTS, MAIL
from qcity_xl.core.scoring.evaluate import Evaluation, evaluate
from qcity_xl.core.scoring.evidence import FileFact
from qcity_xl.core.scoring.lights import deadline_years, light_changes
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.outcome import Context, Count
from qcity_xl.steps.shared.target import Workbook
from qcity_xl.steps.shared.working_calendar import working_calendar

BESIDE = (MAIL, CONFLICTS)  # tables that no score and no evidence hangs on
Facts = dict[str, FileFact]


def written(
    file: Workbook,
    context: Context,
    command: str,
    before: Sequence[Change] = (),
    source: str = "",
) -> tuple[Evaluation, Facts, Master]:
    """Evaluate and commit; the facts of its files, and the master as it is after.

    On a dry run too. Changes `before` go in with it. Both steps go by the same facts, so that it
    doesn't matter which one is run first.
    """
    master = file.master.with_changes(before)
    facts = file_facts(master, file.path, remember=not context.dry_run, progress=context.progress)
    evaluation = evaluate(master, facts)
    scored, today = master.with_changes(evaluation.changes), context.now.date()
    beside = [*light_changes(scored, today, working_calendar(master)), *progress_changes(scored)]
    writes = bool(before or evaluation.changes or beside)
    beside += line_changes(scored, today, writes=writes)
    evaluation = replace(evaluation, changes=(*evaluation.changes, *beside))
    changes = (*before, *evaluation.changes)
    commit(file, as_lines(changes), context, command, source)
    return evaluation, facts, file.preview(changes if context.dry_run else ())


def unpublished(master: Master) -> list[str]:
    """What is told of years whose holidays nobody knows yet."""
    years = sorted(year for year in deadline_years(master) if not is_published(year))
    if not years:
        return []
    named = "、".join(map(str, years))
    return [
        f"{named}年的放假安排程序还不知道，时间节点只避开了周末；"
        "需要避开的日子填在「设置」的“另休”“另班”。"
    ]


def headline(what: str, changes: Sequence[Change]) -> str:
    """What was done, and whether it was anything new."""
    return what if changes else f"{what}，与上次相同，没有改动"


def changed(changes: Sequence[Change]) -> tuple[Count, ...]:
    """How many cells changed, if any."""
    return (Count("改动", len(changes), "格"),) if changes else ()
