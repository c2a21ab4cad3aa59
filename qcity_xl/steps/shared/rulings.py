"""What steps tell of 待定事项: which ones move points, and by how much."""

from collections.abc import Iterable, Mapping

from qcity_xl.core.schema import RULINGS
from qcity_xl.core.scoring.effects import Effect
from qcity_xl.steps.shared.score_data import RulingData


def heaviest_first(effects: Iterable[Effect]) -> list[Effect]:
    """Those that move points, the heaviest first."""
    return sorted((e for e in effects if e.weight), key=lambda effect: -effect.weight)


def ruling_data(effects: Mapping[str, Effect]) -> list[RulingData]:
    """Those that move points, for --json."""
    return [
        {
            "row": effect.matter.key,
            "subject": effect.matter.subject,
            "item": effect.matter.item,
            "value": effect.matter.value,
            "ruled": effect.matter.ruled,
            "weight": effect.weight,
            "options": [
                {
                    "option": one.option,
                    "claimed": one.now.get("claimed", 0.0),
                    "evidenced": one.now.get("evidenced", 0.0),
                    "reviewed": one.now.get("reviewed", 0.0),
                    "ceiling": one.now.get("ceiling", 0.0),
                    "most": one.most,
                    "example": one.example,
                }
                for one in effect.options
            ],
        }
        for effect in heaviest_first(effects.values())
    ]


def open_notice(effects: Mapping[str, Effect]) -> tuple[str, ...]:
    """A sentence on what is open and moves points, none where nothing is."""
    waiting = [e for e in heaviest_first(effects.values()) if not e.matter.ruled]
    if not waiting:
        return ()
    first = waiting[0].matter
    return (
        f"还有{len(waiting)}项影响得分的待定事项没有裁定，暂按默认计算；"
        f"影响最大的是{first.subject}的“{first.item}”，见「{RULINGS.sheet}」的“各选项的影响”。",
    )
