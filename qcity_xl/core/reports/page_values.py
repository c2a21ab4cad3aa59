"""What the page tells beside the overview: each criterion and each task, and units by section."""

from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.master.units import load_registry
from qcity_xl.core.reports.overview import Overview, SectionLine
from qcity_xl.core.reports.paper_values import UNSCORED, Values, paper_values
from qcity_xl.core.rounds.assignments import in_force
from qcity_xl.core.schema import ASSIGNMENTS, CRITERIA, EVIDENCE, INDICATORS, TASKS, UNITS
from qcity_xl.core.schema.history import SCORE_NAMES
from qcity_xl.core.schema.words import BLUE, FINISHED, GREEN, RED, VALID, YELLOW
from qcity_xl.core.scoring.evidence import Assessment, criteria_in, criteria_labels
from qcity_xl.core.text import number_text, one_line
from qcity_xl.core.values import Value, parse_number

_COLOURS = {RED: "bad", YELLOW: "wait", GREEN: "good", BLUE: "done"}


def page_values(master: Master, assessment: Assessment, overview: Overview) -> dict[str, object]:
    """All that the page shows, by the names of its template."""
    shared = paper_values(overview, ranked=True)
    lines = overview.sections
    sections = [
        {**section, "条": _bars(line)}
        for section, line in zip(_listed(shared["各部分"]), lines, strict=True)
    ]
    states = dict.fromkeys(str(unit["报送"]) for unit in _listed(shared["各单位"]))
    return {
        **shared,
        "各部分": sections,
        "得分块": _tiles(overview),
        "热图": _heat(master, overview),
        "得分点": _criteria(master, assessment),
        "任务": _tasks(master),
        "单位名": [unit.name for unit in sorted(overview.units, key=lambda unit: unit.name)],
        "报送词": list(states),
    }


def _listed(value: object) -> list[Values]:
    return value if isinstance(value, list) else []


def _bars(line: SectionLine) -> list[Values]:
    """From the widest to the narrowest, in parts of 100."""
    shares = [
        (100 * min(max((line.scores[name] or 0.0) / line.of, 0), 1) if line.of else 0.0, name)
        for name in ("claimed", "evidenced", "reviewed")
    ]
    return [
        {"宽": number_text(round(width, 1)), "色": name}
        for width, name in sorted(shares, key=lambda one: -one[0])
        if width
    ]


def _tiles(overview: Overview) -> list[Values]:
    tiles: list[Values] = []
    for one, bonus in zip(overview.basic, overview.bonus, strict=True):
        more = UNSCORED if bonus.points is None else f"{number_text(bonus.points)}分"
        change = ""
        if one.before is not None and one.points is not None:
            apart = round(one.points - one.before, 2)
            change = f"较上轮{apart:+g}分；" if apart else "较上轮持平；"
        tiles.append(
            {
                "名称": SCORE_NAMES[one.score],
                "得分": UNSCORED if one.points is None else number_text(one.points),
                "满分": number_text(one.of),
                "值": number_text(max(one.points or 0.0, 0.0)),
                "说明": f"{change}加分{more}",
            }
        )
    tiles.append(
        {
            "名称": "任务",
            "得分": overview.finished,
            "满分": overview.tasks,
            "值": overview.finished,
            "说明": "已完成",
        }
    )
    return tiles


def _heat(master: Master, overview: Overview) -> list[Values]:
    """For each unit, section by section, finished parts of all, with how deep its colour is."""
    section_of = {text(r, "no"): text(r, "section") for r in master.rows(INDICATORS).values()}
    tasks = {k: section_of.get(text(r, "indicator"), "") for k, r in master.rows(TASKS).items()}
    counts: dict[tuple[str, str], list[int]] = {}
    assigned = master.rows(ASSIGNMENTS)
    for key in in_force(master):
        row = assigned[key]
        own = counts.setdefault((text(row, "unit"), tasks.get(key.partition("/")[0], "")), [0, 0])
        own[0] += text(row, "progress") == FINISHED
        own[1] += 1
    return [
        {"名称": unit.name, "格": [_cell(counts.get((unit.name, s.no))) for s in overview.sections]}
        for unit in overview.units
    ]


def _cell(counted: list[int] | None) -> Values:
    if not counted:
        return {"字": "", "深": 0}
    done, of = counted
    return {"字": f"{done}/{of}", "深": 0 if not done else 1 + (3 * done) // of}


def _criteria(master: Master, assessment: Assessment) -> list[Values]:
    indicators = {text(r, "no"): r for r in master.rows(INDICATORS).values()}
    labels = criteria_labels(master)
    tasks: dict[str, list[str]] = {}
    for row in master.rows(TASKS).values():
        words = "　".join(filter(None, (text(row, "no"), one_line(text(row, "text")))))
        for key in criteria_in(text(row, "criteria"), labels):
            tasks.setdefault(key, []).append(f"{words}（{text(row, 'leads')}）")
    files: dict[str, list[str]] = {}
    for key, finding in assessment.findings.items():
        row = master.rows(EVIDENCE)[key]
        named = one_line(text(row, "title")) or text(row, "number") or key
        words = named if finding == VALID else f"{named}（{finding}）"
        for criterion in criteria_in(text(row, "criteria"), labels):
            files.setdefault(criterion, []).append(words)
    return [
        _criterion(key, row, indicators.get(text(row, "indicator"), {}))
        | {
            "缺": [gap.sentence() for gap in assessment.gaps_of(key)],
            "材料": files.get(key, []),
            "任务": tasks.get(key, []),
        }
        for key, row in master.rows(CRITERIA).items()
    ]


def _criterion(key: str, row: Row, indicator: Row) -> dict[str, object]:
    return {
        "编号": text(row, "label") or key,
        "部分": text(row, "section"),
        "指标": text(row, "indicator"),
        "指标名": one_line(text(indicator, "title")),
        "内容": one_line(text(row, "text")),
        "单位": text(row, "owner"),
        "分值": row.get("points"),
        "规则": text(row, "reading"),
        "答案": row.get("answer"),
        "理由": one_line(text(row, "reason")),
        **{SCORE_NAMES[name]: _points(row.get(name)) for name in SCORE_NAMES},
    }


def _points(value: Value) -> Value:
    return UNSCORED if parse_number(value) is None else value


def _tasks(master: Master) -> list[Values]:
    registry = load_registry(master.rows(UNITS).values())
    return [
        {
            "任务": text(row, "no"),
            "内容": one_line(text(row, "text")),
            "牵头": text(row, "leads"),
            "牵头名": "|".join(registry.split(text(row, "leads"))),
            "时限": text(row, "deadline"),
            "完成情况": text(row, "progress") or "未报",
            "灯": text(row, "light"),
            "色": _COLOURS.get(text(row, "light")[:2], ""),
        }
        for row in master.rows(TASKS).values()
    ]
