"""Live formulas: the master adds up in Excel without the program.

Written with structured references, so that they follow tables that grow; the program computes the
same numbers (`qcity_xl.core.master.formula_values`) and stores them as cached values.
"""

# Each score of an indicator, its column, and the field and column of its factor for 合理缺项.
FACTORS = {
    "claimed": ("自评得分", "claimed_factor", "自评折算系数"),
    "evidenced": ("佐证得分", "evidenced_factor", "佐证折算系数"),
    "reviewed": ("核定得分", "reviewed_factor", "核定折算系数"),
    "ceiling": ("最高可得", "factor", "折算系数"),
}

KEPT = "kept"  # the field of 台账得分, on 指标 and 得分点


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


def this(table: str, header: str) -> str:
    """The cell of a column in the formula's own row."""
    return f"{table}[[#This Row],[{header}]]"
