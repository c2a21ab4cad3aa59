"""Live formulas: the master adds up in Excel without the program.

Written with structured references, so that they follow tables that grow; the program computes the
same numbers (`qcity_xl.core.master.formula_values`) and stores them as cached values.
"""

from collections.abc import Callable, Mapping

# Each score of an indicator, its column, and the field and column of its factor for 合理缺项.
FACTORS = {
    "claimed": ("自评得分", "claimed_factor", "自评折算系数"),
    "evidenced": ("佐证得分", "evidenced_factor", "佐证折算系数"),
    "reviewed": ("核定得分", "reviewed_factor", "核定折算系数"),
    "ceiling": ("最高可得", "factor", "折算系数"),
}

KEPT = "kept"  # the field of 台账得分, on 指标 and 得分点
# What rulings that are open may take from each score and add to it: fields and columns of 指标.
SPREAD = {
    score: (f"{score}_down", f"{name}可降", f"{score}_up", f"{name}可升")
    for score, (header, *_) in FACTORS.items()
    for name in (header.removesuffix("得分"),)
}
UNSETTLED, TO = "口径未定时", "至"  # what is said of a range, and between its ends
GO = "转到"  # what a link to a cell says


def total(scores: str, where: str) -> str:
    """Formula: the sum of the numbers of a column of formulas under a condition, blank without any.

    SUMIFS would say it shorter, but ONLYOFFICE keeps old sums of cells that are formulas.
    """
    count, points = f"SUMPRODUCT({where}*ISNUMBER({scores}))", f"SUMPRODUCT({where}*1,{scores})"
    return f'IF({count}=0,"",ROUND({points},2))'


def section_total(column: str) -> str:
    """Formula: points of a section from its indicators, blank while nothing is evaluated."""
    return total(f"tblIndicators[{column}]", f"(tblIndicators[部分]={this('tblSections', '编号')})")


def indicator_total(column: str, factor: str, *, kept: bool = False) -> str:
    """Formula: points of an indicator from its criteria under 组合方式, times that factor.

    Never more than 分值; MIN passes over a blank one. With `kept` the points of 台账得分 where no
    criterion has any, unless a veto makes the factor 0.
    """
    this = "tblIndicators[[#This Row],[{}]]".format
    mine = f"tblCriteria[指标],{this('编号')}"
    scores = f"tblCriteria[{column}]"
    total = f"SUMIFS({scores},{mine})"
    best = f"SUMPRODUCT(MAX((tblCriteria[指标]={this('编号')})*{scores}))"
    none = '""'
    if kept:
        held, most = this("台账得分"), f"MIN({this('分值')},{this('台账得分')})"
        none = f'IF(ISNUMBER({held}),IF({this(factor)}=0,0,ROUND(MAX(0,{most}),2)),"")'
    return (
        f'IF(COUNTIFS({mine},{scores},">-1E+9")=0,{none},ROUND(MIN({this("分值")},'
        f'{this(factor)}*IF({this("组合方式")}="取高",{best},'
        f'IF({this("组合方式")}="累加封顶",MIN({this("分值")},{total}),{total}))),2))'
    )


def indicator_range() -> str:
    """Formula: from where to where each score of an indicator may go, blank where it stands."""
    cell = "tblIndicators[[#This Row],[{}]]".format
    return _ranges(lambda header: f"SUM({cell(header)})", {s: h for s, (h, *_) in FACTORS.items()})


def section_range() -> str:
    """Formula: the same for a section."""
    mine = f"tblIndicators[部分],{this('tblSections', '编号')}"

    def total(header: str) -> str:
        if header.endswith(("可降", "可升")):
            return f"SUMIFS(tblIndicators[{header}],{mine})"
        return f"SUM({this('tblSections', header)})"

    return _ranges(total, {s: h.removesuffix("得分") for s, (h, *_) in FACTORS.items()})


def card_range(card: str, score: str, bonus: str) -> str:
    """Formula: the same for a total on 看板, whose own cell is named `card`."""
    _, down, _, up = SPREAD[score]
    own = "SUMIFS(tblIndicators[{}],tblIndicators[部分],tblSections[编号])".format
    down, up = (f'SUMPRODUCT({own(h)}*(tblSections[加分项]="{bonus}"))' for h in (down, up))
    return f'IF({down}+{up}=0,"","{UNSETTLED}"&{_span(f"SUM({card})", down, up)})'


def _ranges(value: Callable[[str], str], headers: Mapping[str, str]) -> str:
    """佐证10至20；自评15至20, of the scores that open rulings move."""
    parts = []
    for score, header in headers.items():
        down, up = value(SPREAD[score][1]), value(SPREAD[score][3])
        name = header.removesuffix("得分")
        parts.append(f'IF({down}+{up}=0,"","；{name}"&{_span(value(header), down, up)})')
    return f"MID({'&'.join(parts)},2,200)"


def _span(score: str, down: str, up: str) -> str:
    return f'ROUND({score}-{down},2)&"{TO}"&ROUND({score}+{up},2)'


def this(table: str, header: str) -> str:
    """The cell of a column in the formula's own row."""
    return f"{table}[[#This Row],[{header}]]"


def cell_link(table: str, sheets: Mapping[str, tuple[str, str]]) -> str:
    """Formula: 转到, a link to the cell that the 工作表, 行 and 列 of a row of this table name.

    `sheets` has the tables and their last columns by their sheets. Blank where there is no such row
    or column.
    """
    sheet, key, header = (this(table, name) for name in ("工作表", "行", "列"))
    place = "NA()"
    for name, (other, last) in reversed(list(sheets.items())):
        corner = f"{other}[[#Headers],[行键]]"
        row = f"ROW({corner})+MATCH({key},{other}[行键],0)"
        # The ids are hidden: what is said of a whole row leads to what stands beside them.
        # LibreOffice knows no [#Headers] alone.
        headers = f"{other}[[#Headers],[行键]:[{last}]]"
        column = f"COLUMN({corner})-1+MAX(2,MATCH({header},{headers},0))"
        place = f'IF({sheet}="{name}",ADDRESS({row},{column},4),{place})'
    return f'IFERROR(HYPERLINK("#\'"&{sheet}&"\'!"&{place},"{GO}"),"")'
