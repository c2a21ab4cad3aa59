"""The lists on 看板: live formulas over the tables, each column of a list a name of the workbook.

A list finds its rows by a key for each row of its table, whose last five digits count the row from
below: of equal ones the upper comes first. Everything is reckoned within SUMPRODUCT, which takes
arrays in every program. `core/master/board_values.py` computes the same.
"""

from collections.abc import Callable
from dataclasses import dataclass

from qcity_xl.core.schema.formulas import FACTORS
from qcity_xl.core.schema.words import (
    FINISHED,
    LACKING,
    LEAD,
    PARTNER,
    RED,
    RETURNED,
    YELLOW,
)

UNITS_SHOWN, GAINS_SHOWN, SOON_SHOWN = 9, 7, 7
SECTIONS_SHOWN, INDICATORS_SHOWN, RUNS_SHOWN = 12, 8, 12
SOON_DAYS = 30
WORDS_SHOWN = 11  # characters of a task
ROW = 100_000  # a key is what counts, times this, and the row from below
FAR = 10**12  # above all keys
OVERDUE, MISSING, INCOMPLETE, IN = "逾期未报", "未报", "不全", "已报"
SIGNS = {OVERDUE: RED[0], MISSING: "○", INCOMPLETE: YELLOW[0], IN: "●"}
NOT_SENT = "还没有下发；下发后这里列出各单位"


@dataclass(frozen=True, slots=True)
class Block:
    """A list of rows of formulas; `label` is what people call it.

    Its columns have names of their own, since columns that are shown wide lie apart on the sheet.
    """

    name: str
    label: str
    rows: tuple[tuple[str, ...], ...]

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.rows), len(self.rows[0])

    def column(self, number: int) -> str:
        """The name of a column, counted from 1."""
        return f"{self.name}_{number}"

    def cell(self, row: int, column: int) -> str:
        """What a cell of it is called, both counted from 0."""
        return f"{self.column(column + 1)}.{row}"


def number(cells: str) -> str:
    """Formula: the numbers of these cells as an array, 0 for what is none; none is below 0."""
    return f'VALUE("0"&MID({cells},1,15*ISNUMBER({cells})))'


def _nth(cells: str) -> str:
    """Formula: the numbers of the rows of a table, from 1."""
    return f"(ROW({cells})-MIN(ROW({cells}))+1)"


def _block(name: str, label: str, count: int, *columns: Callable[[int], str]) -> Block:
    """As many rows; each column is made from the number of its row, from 1."""
    rows = tuple(tuple(column(k) for column in columns) for k in range(1, count + 1))
    return Block(name, label, rows)


def _largest(key: str, cells: str) -> Callable[[int], str]:
    """Formula: in which row of the table the k-th largest key is, 0 without one."""

    def at(k: int) -> str:
        found = f"SUMPRODUCT(LARGE({key},{k}))"
        return f"IF({k}>ROWS({cells}),0,IF({found}<1,0,{ROW - 1}-MOD({found},{ROW})))"

    return at


def _at(block: str, shown: Callable[[str], str]) -> Callable[[int], str]:
    """Formula: what is shown of the row that another block found, blank without one."""

    def cell(k: int) -> str:
        at = f"INDEX({block}_1,{k})"
        return f'IF({at}=0,"",{shown(at)})'

    return cell


def _text(cells: str) -> Callable[[str], str]:
    return lambda at: f'INDEX({cells},{at})&""'


# -- the round, and what was before it

_ROUND = "tblRounds[轮次]"
_DUE = number("tblRounds[截止日期]")
_LATE = f"({_DUE}>0)*(TODAY()>{_DUE})*(TODAY()-{_DUE})"
_WAITING = f'({_ROUND}=qc_round)*(tblRounds[状态]<>"{RETURNED}")'
_OPEN = (
    "(COUNTIFS(tblAssignments[单位],{0})-"
    'COUNTIFS(tblAssignments[单位],{0},tblAssignments[完成情况],"?*"))'
).format
_DATES = "tblScoreLines[日期]"


def _if_sent(count: str) -> str:
    return f'IF(qc_round="","",{count})'


def _change(score: str, name: str) -> str:
    """Formula: 较上轮 +15, blank without a score of an earlier round."""
    before, now = f"INDEX(tblScoreLines[{name}],qc_before)", f"qc_{score}"
    apart = f"ROUND({now}-{before},2)"
    words = f'IF({apart}=0,"较上轮持平","较上轮"&IF({apart}>0,"+","")&{apart})'
    known = f'IF(AND(ISNUMBER({before}),ISNUMBER({now})),{words},"")'
    return f'IF(qc_before=0,"",{known})'


_SCORE_NAMES = {score: header.removesuffix("得分") for score, (header, *_) in FACTORS.items()}
CHANGES = {score: f"qc_{score}_change" for score in FACTORS}
_day = 'MONTH({0})&"月"&DAY({0})&"日"'.format
HEADING = (
    'INDEX(tblSettings[值],MATCH("总表/城市",tblSettings[行键],0))&IF(qc_round="","　尚未下发",'
    f'"　"&qc_round&IF(qc_due=0,"","　截止"&{_day("qc_due")}&"（周"&'
    'MID("日一二三四五六",WEEKDAY(qc_due),1)&"）"&'
    'IF(qc_due<TODAY(),"已过"&TODAY()-qc_due&"天",IF(qc_due=TODAY(),"就是今天",'
    '"还有"&qc_due-TODAY()&"天"))))'
    f'&IF(qc_lines=0,"　还没有计分","　得分算到"&{_day(f"INDEX({_DATES},qc_lines)")})'
)
# One cell each, by its name.
FACTS = {
    "qc_round": f'INDEX({_ROUND},ROWS({_ROUND}))&""',
    "qc_due": f"SUMPRODUCT(MAX(({_ROUND}=qc_round)*{_DUE}))",
    "qc_lines": f"SUMPRODUCT(MAX(({number(_DATES)}>0)*{_nth(_DATES)}))",
    "qc_before": (
        f'SUMPRODUCT(MAX((tblScoreLines[轮次]&""<>qc_round)*({number(_DATES)}>0)*{_nth(_DATES)}))'
    ),
    "qc_sent": _if_sent(f"SUMPRODUCT(({_ROUND}=qc_round)*1)"),
    "qc_waiting": _if_sent(f"SUMPRODUCT({_WAITING})"),
    "qc_late": _if_sent(f"SUMPRODUCT({_WAITING}*({_LATE}>0))"),
    "qc_incomplete": _if_sent(
        f'SUMPRODUCT(({_ROUND}=qc_round)*(tblRounds[状态]="{RETURNED}")*'
        f"({_OPEN('tblRounds[单位]')}>0))"
    ),
    "qc_heading": HEADING,
    "qc_returns": (
        f'IF(qc_round="","{NOT_SENT}",qc_round&"下发"&qc_sent&"件：已报"&qc_sent-qc_waiting'
        '&IF(qc_incomplete=0,"","（不全"&qc_incomplete&"）")&"，未报"&qc_waiting'
        '&IF(qc_late=0,"","（逾期"&qc_late&"）"))'
    ),
    **{CHANGES[score]: _change(score, name) for score, name in _SCORE_NAMES.items()},
}

# The last runs of 得分记录, a column for each score: what small charts draw. 0 for 未评.
TREND = Block(
    "qc_trend",
    "走势",
    tuple(
        tuple(
            f"IF(qc_lines<{back},0,N(INDEX(tblScoreLines[{name}],MAX(1,qc_lines-{back - 1}))))"
            for name in _SCORE_NAMES.values()
        )
        for back in range(RUNS_SHOWN, 0, -1)
    ),
)

# -- units of the round: who has not returned first, by how many days it is late

_UNIT_KEY = f"(({_ROUND}=qc_round)*({_WAITING}*(1+{_LATE})*{ROW}+{ROW - 1}-{_nth(_ROUND)}))"
UNITS_AT = _block(
    "qc_units_at",
    "各单位",
    UNITS_SHOWN,
    lambda k: f'IF(qc_round="",0,{_largest(_UNIT_KEY, _ROUND)(k)})',
)


def _counted(words: str) -> Callable[[str], str]:
    """Formula: how many rows of the unit fulfil a condition."""
    return lambda at: f"COUNTIFS({words.format(f'INDEX(tblRounds[单位],{at})')})"


def _state(at: str) -> str:
    late = f"SUMPRODUCT(({_nth(_ROUND)}={at})*{_LATE})"
    open_ = _OPEN(f"INDEX(tblRounds[单位],{at})")
    return (
        f'IF(INDEX(tblRounds[状态],{at})="{RETURNED}",'
        f'IF({open_}>0,"{INCOMPLETE}","{IN}"),IF({late}>0,"{OVERDUE}","{MISSING}"))'
    )


def _sign(k: int) -> str:
    state = f"INDEX(qc_units_3,{k})"
    words = "".join(f'IF({state}="{state_}","{sign}",' for state_, sign in SIGNS.items())
    return f'{words}""{")" * len(SIGNS)}'


def _late_days(at: str) -> str:
    days = f"SUMPRODUCT(({_nth(_ROUND)}={at})*{_WAITING}*{_LATE})"
    return f'IF({days}=0,"",{days})'


_ASSIGNED = "tblAssignments[单位],{}"
UNITS_LIST = _block(
    "qc_units",
    "各单位",
    UNITS_SHOWN,
    _sign,
    *(
        _at(UNITS_AT.name, shown)
        for shown in (
            _text("tblRounds[单位]"),
            _state,
            _late_days,
            _counted(f'{_ASSIGNED},tblAssignments[角色],"{LEAD}"'),
            _counted(f'{_ASSIGNED},tblAssignments[角色],"{PARTNER}"'),
            _counted(f'{_ASSIGNED},tblAssignments[完成情况],"{FINISHED}"'),
            lambda at: _OPEN(f"INDEX(tblRounds[单位],{at})"),
            _counted(f'{_ASSIGNED},tblAssignments[灯],"{RED}*"'),
            _counted(f'{_ASSIGNED},tblAssignments[灯],"{YELLOW}*"'),
            _counted(f'tblCriteria[自评单位],{{}},tblCriteria[佐证状态],"{LACKING}*"'),
        )
    ),
)

# -- indicators: what could still be gained, the most first

_NO = "tblIndicators[编号]"
_ROOM = (
    f"((1-ISNUMBER(tblIndicators[核定得分]))*ROUND(({number('tblIndicators[最高可得]')}"
    f"-{number('tblIndicators[佐证得分]')})*100,0))"
)
GAINS_AT = _block(
    "qc_gains_at",
    "还能加分的指标",
    GAINS_SHOWN,
    _largest(f"(({_ROOM}>0)*({_ROOM}*{ROW}+{ROW - 1}-{_nth(_NO)}))", _NO),
)


def _gain(at: str) -> str:
    return f"ROUND(N(INDEX(tblIndicators[最高可得],{at}))-N(INDEX(tblIndicators[佐证得分],{at})),2)"


def _owner(at: str) -> str:
    found = f"MATCH(INDEX({_NO},{at}),tblCriteria[指标],0)"
    return f'IFERROR(INDEX(tblCriteria[自评单位],{found})&"","")'


def _lacks(at: str) -> str:
    no = f"INDEX({_NO},{at})"
    blank = f'SUMPRODUCT((tblCriteria[指标]={no})*(tblCriteria[自评答案]=""))'
    gaps = f'COUNTIFS(tblCriteria[指标],{no},tblCriteria[佐证状态],"{LACKING}*")'
    parts = f'IF({blank}=0,"","、"&{blank}&"项未自评")&IF({gaps}=0,"","、"&{gaps}&"项缺佐证")'
    return f'IF({blank}+{gaps}=0,"自评未到满分",MID({parts},2,40))'


GAINS_LIST = _block(
    "qc_gains",
    "还能加分的指标",
    GAINS_SHOWN,
    *(
        _at(GAINS_AT.name, shown)
        for shown in (
            lambda at: f"INDEX({_NO},{at})",
            _text("tblIndicators[指标]"),
            _gain,
            _owner,
            _lacks,
        )
    ),
)

# -- tasks: what is due in the next days, the nearest first

_DAY = number("tblTasks[到期日]")
_SOON = f'(({_DAY}>=TODAY())*({_DAY}<=TODAY()+{SOON_DAYS})*(tblTasks[完成情况]<>"{FINISHED}"))'
_SOON_KEY = f"({_SOON}*({_DAY}*{ROW}+{_nth('tblTasks[编号]')})+(1-{_SOON})*{FAR})"


def _soonest(k: int) -> str:
    found = f"SUMPRODUCT(SMALL({_SOON_KEY},{k}))"
    return f"IF({k}>ROWS(tblTasks[编号]),0,IF({found}>={FAR},0,MOD({found},{ROW})))"


def _task(at: str) -> str:
    words = f"INDEX(tblTasks[工作任务],{at})"
    short = f'IF(LEN({words})>{WORDS_SHOWN},LEFT({words},{WORDS_SHOWN - 1})&"…",{words})'
    return f'INDEX(tblTasks[编号],{at})&" "&{short}'


FACTS["qc_soon_count"] = f"SUMPRODUCT({_SOON})"
FACTS["qc_soon_title"] = (
    f'"{SOON_DAYS}天内到期、还没有完成的任务："&IF(qc_soon_count=0,"没有",qc_soon_count&"项")'
)
SOON_AT = _block("qc_soon_at", "近期到期", SOON_SHOWN, _soonest)
SOON_LIST = _block(
    "qc_soon",
    "近期到期",
    SOON_SHOWN,
    *(
        _at(SOON_AT.name, shown)
        for shown in (
            _task,
            lambda at: f"INDEX(tblTasks[到期日],{at})",
            _text("tblTasks[牵头单位]"),
            _text("tblTasks[灯]"),
        )
    ),
)

# -- indicators of each section, and how much of their points is evidenced

_SECTION = "tblSections[编号]"


def _indicator(k: int, j: int) -> str:
    section = f"INDEX({_SECTION},{k})"
    mine = f"(tblIndicators[部分]={section})"
    nth = f"SUMPRODUCT(SMALL({mine}*{number(_NO)}+(1-{mine})*{FAR},{j}))"
    count = f"COUNTIFS(tblIndicators[部分],{section})"
    return f'IF({k}>ROWS({_SECTION}),"",IF({count}<{j},"",{nth}))'


def _share(k: int, j: int) -> str:
    no = f"INDEX(qc_heat_{j},{k})"
    place = f"MATCH({no},{_NO},0)"
    points, scored = (f"INDEX(tblIndicators[{h}],{place})" for h in ("分值", "佐证得分"))
    share = f'IF(AND(ISNUMBER({scored}),N({points})>0),ROUND({scored}/{points},2),"")'
    return f'IF({no}="","",{share})'


def _grid(name: str, label: str, cell: Callable[[int, int], str]) -> Block:
    rows = range(1, SECTIONS_SHOWN + 1)
    columns = range(1, INDICATORS_SHOWN + 1)
    return Block(name, label, tuple(tuple(cell(k, j) for j in columns) for k in rows))


HEAT = _grid("qc_heat", "各指标佐证得分", _indicator)
SHARES = _grid("qc_heat_share", "各指标佐证得分", _share)

BLOCKS = (
    *(TREND, UNITS_AT, UNITS_LIST, GAINS_AT, GAINS_LIST),
    *(SOON_AT, SOON_LIST, HEAT, SHARES),
)
# Columns by name, with how many rows each has.
HEIGHTS = {b.column(n): b.size[0] for b in BLOCKS for n in range(1, b.size[1] + 1)}
