"""All steps, one record each: what commands, buttons, windows, guide sheet, log and docs name.

To add a step, write its function in `qcity_xl/steps/` and its record in one of these files.
"""

from qcity_xl.core.catalogue.base import Button, Menu, Option, OptionKind, Step, StepEffect
from qcity_xl.core.catalogue.looking import LOOKING
from qcity_xl.core.catalogue.reports import REPORTS
from qcity_xl.core.catalogue.rounds import ROUNDS
from qcity_xl.core.catalogue.table import TABLE

__all__ = ["BUTTONS", "BY_ID", "DAY", "GROUPS", "MENUS", "STEPS", "WAYS", "Button", "StepEffect"]
__all__ += ["Menu", "Option", "OptionKind", "Step"]

GROUPS = (
    "总表",
    "分发",
    "回收",
    "成果",
    "汇报",
    "帮助",
)  # as on screen: the order of an office's day
MENUS = {  # what is wanted once in a while, by group
    "总表": Menu("台账和新表", "接收自己的台账；换用新版的任务分解表。", "ZB"),
    "成果": Menu("规则和裁定", "检查评分规则；待定事项都按默认办。", "CG"),
    "帮助": Menu("日志和登录", "核对日志；登录邮箱。", "BZ"),
}
WAYS = {"way": "怎样发", "source": "从哪里收"}  # what alternatives decide

STEPS = (*TABLE, *ROUNDS, *REPORTS, *LOOKING)
BY_ID = {step.id: step for step in STEPS}
BUTTONS = tuple(
    step
    for group in GROUPS
    for look in ((True, False), (False, False), (False, True))
    for step in STEPS
    if step.button and step.button.group == group and (step.button.large, step.button.rare) == look
)
# A round from its start to its end, then what is done now and then.
_ROUND = (
    *("check", "score", "evidence", "split", "send", "chase"),
    *("collect", "merge", "resolve", "attach"),
)
DAY = tuple(
    sorted(
        (step for step in STEPS if step.day),
        key=lambda step: _ROUND.index(step.id) if step.id in _ROUND else len(_ROUND),
    )
)
