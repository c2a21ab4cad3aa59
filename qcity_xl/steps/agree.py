"""同意默认: agree to the defaults of 待定事项 that nobody ruled on, in one step."""

from qcity_xl.adapters.evidence_files import file_facts
from qcity_xl.core.advice import Advice
from qcity_xl.core.catalogue import BY_ID
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.master.model import Master, Row, differences, text
from qcity_xl.core.master.rulings import AGREE
from qcity_xl.core.schema import RULINGS
from qcity_xl.core.scoring.agreement import Agreement, agree_to_defaults
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.core.text import shorten
from qcity_xl.core.values import Value
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.outcome import (
    DONE,
    LEFT,
    Column,
    Context,
    Count,
    Outcome,
    Section,
    change_data,
)
from qcity_xl.steps.shared.score_data import AgreeData
from qcity_xl.steps.shared.target import Target, open_sound

_SHOWN = 12
_HARMLESS = (Advice("agree", "影响得分的想逐项裁定", (("harmless", ""),)),)


def agree(target: Target, context: Context, harmless: bool = False) -> Outcome[AgreeData]:
    """Write 同意, who, when and on what ground into each row that is open and has a default.

    With `harmless` only where no option moves points.
    """
    file = open_sound(target)
    facts = file_facts(
        file.master, file.path, remember=not context.dry_run, progress=context.progress
    )
    effects = evaluate(file.master, facts).effects
    weights = {key: effect.weight for key, effect in effects.items()}
    agreement = agree_to_defaults(file.master, weights, harmless=harmless)
    changes = differences(file.master, RULINGS, _cells(file.master, agreement, context))
    commit(file, as_lines(changes), context, BY_ID["agree"].title)
    rows = file.master.rows(RULINGS)
    data: AgreeData = {
        "agreed": [
            {
                "row": key,
                "subject": text(rows[key], "subject"),
                "item": text(rows[key], "item"),
                "default": default,
                "weight": weights.get(key, 0.0),
            }
            for key, default in agreement.agreed.items()
        ],
        "left": [
            {
                "row": key,
                "subject": text(rows[key], "subject"),
                "item": text(rows[key], "item"),
                "reason": reason,
            }
            for key, reason in agreement.left.items()
        ],
        "changes": len(changes),
        "changed": change_data(changes),
    }
    moving = [key for key in agreement.agreed if weights.get(key)]
    return Outcome(
        f"同意{len(agreement.agreed)}项默认" if changes else "没有可以同意的默认，没有改动",
        data,
        LEFT if agreement.faulty else DONE,
        (Count("其中影响得分", len(moving), "项"),) if moving else (),
        (
            Section(
                "同意后就按默认计分的",
                (Column("对象", "label"), Column("事项和默认"), Column("影响", "note")),
                tuple((*_place(rows[key], moved=True), effects[key].words()) for key in moving),
                _SHOWN,
                RULINGS.sheet,
            ),
            Section(
                "没有同意的",
                (Column("对象", "label"), Column("事项"), Column("原因", "note")),
                tuple((*_place(rows[key]), reason) for key, reason in agreement.left.items()),
                _SHOWN,
                RULINGS.sheet,
            ),
        ),
        advice=_HARMLESS if moving and context.dry_run else (),
        changes=len(changes),
        pending=len(agreement.agreed),
    )


def _cells(master: Master, agreement: Agreement, context: Context) -> dict[str, dict[str, Value]]:
    """同意, who, when and on what ground; what the office wrote of these stays."""
    stated: dict[str, Value] = {
        "ruled_by": context.user,
        "ruled_on": context.now.date(),
        "ground": BY_ID["agree"].title,
    }
    rows = master.rows(RULINGS)
    return {
        key: {
            "choice": AGREE,
            **{field: value for field, value in stated.items() if rows[key].get(field) is None},
        }
        for key in agreement.agreed
    }


def _place(row: Row, *, moved: bool = False) -> tuple[str, str]:
    default = f"，默认 {shorten(text(row, 'default'), 30)}" if moved else ""
    return text(row, "subject"), f"{text(row, 'item')}{default}"
