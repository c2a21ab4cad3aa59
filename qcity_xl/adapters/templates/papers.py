"""What the papers in Word say: templates that an office may edit."""

from qcity_xl.adapters.templates.official import SECOND, LoopTable, Paper


def build_papers() -> dict[str, bytes]:
    """File name -> template, as shipped in workbook/papers."""
    return {f"{name}.docx": build().data() for name, build in _PAPERS.items()}


def _catalogue() -> Paper:
    paper = Paper()
    paper.title("{{城市}}质量强市迎检材料")
    paper.centred("指标{{编号}}　{{指标}}")
    paper.text("")
    for name in ("部分", "分值", "验收方式", "现场地点", "责任单位"):
        paper.control(f"{{%p if {name} %}}")
        paper.text(f"{name}：{{{{{name}}}}}", indent=False)
        paper.control("{%p endif %}")
    paper.title("材料目录", new_page=True)
    paper.table(
        LoopTable(
            "材料",
            (
                ("编号", 20, "^{{行.编号}}"),
                ("材料名称", 58, "{{行.名称}}"),
                ("文号", 28, "{{行.文号}}"),
                ("日期", 24, "^{{行.日期}}"),
                ("单位", 26, "{{行.单位}}"),
            ),
        )
    )
    paper.text("")
    paper.heading("得分点")
    paper.table(
        LoopTable(
            "得分点",
            (
                ("编号", 16, "^{{行.编号}}"),
                ("得分点", 74, "{{行.内容}}"),
                ("分值", 14, "^{{行.分值}}"),
                ("自评答案", 36, "{{行.答案}}"),
                ("材料", 16, "^{{行.份数}}份"),
            ),
        )
    )
    return paper


def _acceptance() -> Paper:
    paper = Paper(wide=True)
    paper.title("{{方式}}清单")
    paper.centred("{{城市}}　共{{指标|length}}项指标")
    paper.table(
        LoopTable(
            "指标",
            (
                ("编号", 14, "^{{行.编号}}"),
                ("指标", 70, "{{行.名称}}"),
                ("现场地点", 50, "{{行.地点}}"),
                ("责任单位和联系人", 80, "{{行.单位}}"),
                ("材料", 16, "^{{行.份数}}份"),
                ("备注", 13, ""),
            ),
        )
    )
    return paper


def _bulletin() -> Paper:
    paper = Paper()
    paper.title("{{城市}}质量强市工作通报")
    paper.centred("{% if 轮次 %}（{{轮次}}，{{日期}}）{% else %}（{{日期}}）{% endif %}")
    _totals(paper)
    paper.heading("二、各部分得分")
    paper.table(_SECTIONS)
    _returns(paper, "三")
    _open(paper, "四", "五", "六", "七")
    _signed(paper)
    return paper


def _monthly() -> Paper:
    paper = Paper()
    paper.title("{{城市}}质量强市工作月报")
    paper.centred("（{{日期.year}}年{{日期.month}}月）")
    _totals(paper)
    paper.heading("二、各部分得分")
    paper.table(_SECTIONS)
    _returns(paper, "三")
    _open(paper, "四", "五", "六", "七")
    paper.heading("八、待裁定的口径")
    paper.control("{%p if not 待裁定 %}")
    paper.text("没有影响得分的待定事项。")
    paper.control("{%p else %}")
    paper.table(
        LoopTable(
            "待裁定",
            (
                ("对象", 22, "^{{行.对象}}"),
                ("问题", 104, "{{行.问题}}"),
                ("最多差", 30, "^{{行.分值}}分"),
            ),
        )
    )
    paper.control("{%p endif %}")
    _signed(paper)
    return paper


def _totals(paper: Paper) -> None:
    paper.heading("一、总体情况")
    paper.text(
        "截至{{日期}}，自评得分{{得分.自评.分数}}（满分{{得分.自评.满分}}分），"
        "其中佐证齐全、站得住的{{得分.佐证.分数}}；核定{{得分.核定.分数}}；"
        "最高可得{{得分.最高可得.分数}}。加分项自评{{加分.自评.分数}}，佐证{{加分.佐证.分数}}，"
        "满分{{加分.自评.满分}}分。"
        "分解的{{任务数}}项任务已完成{{已完成}}项。"
    )
    paper.control("{%p if 上期 %}")
    paper.text(
        "与{{上期}}相比，自评{{得分.自评.变化 or '无从比较'}}，"
        "佐证{{得分.佐证.变化 or '无从比较'}}。"
    )
    paper.control("{%p endif %}")
    paper.centred("{{图_各部分}}")


def _returns(paper: Paper, number: str) -> None:
    paper.heading(f"{number}、各单位报送和完成情况")
    paper.control("{%p if 轮次 %}")
    paper.text(
        "{{轮次}}应报{{应报}}个单位，已报{{已报}}个"
        "{% if 截止日期 %}，截止日期{{截止日期}}{% endif %}。"
        "{% if 未报送 %}未报送的：{{未报送}}。{% endif %}"
        "{% if 报送不全 %}报送不全的：{{报送不全}}。{% endif %}"
    )
    paper.control("{%p endif %}")
    paper.table(_UNITS)


def _open(paper: Paper, lacking: str, soon: str, risks: str, gains: str) -> None:
    _list(paper, f"{lacking}、佐证缺口", "个得分点佐证不齐，分值大的在前", "缺佐证数", _LACKING)
    _list(paper, f"{soon}、近{{{{近期天数}}}}天到期的任务", "项", "近期到期数", _DUTIES)
    _list(paper, f"{risks}、亮红灯、黄灯的任务", "项", "风险数", _RISKS)
    _list(paper, f"{gains}、最能加分的事项", "项", "加分建议数", _GAINS)


def _list(paper: Paper, heading: str, what: str, count: str, grid: LoopTable) -> None:
    """A list with how many there are, and that it is not all of them; 无 without any."""
    paper.heading(heading)
    paper.control(f"{{%p if {grid.loop} %}}")
    shown = f"{{{{{grid.loop}|length}}}}"
    rest = f"{{% if {grid.loop}|length < {count} %}}，列出前{shown}{what[0]}{{% endif %}}"
    paper.text(f"共{{{{{count}}}}}{what}{rest}。", kept=True)
    paper.table(grid)
    paper.control("{%p else %}")
    paper.text("无。")
    paper.control("{%p endif %}")


def _signed(paper: Paper) -> None:
    paper.text("", kept=True)
    paper.text("{{城市}}质量强市工作领导小组办公室", right=2, kept=True)
    paper.text("{{日期}}", right=4)


def _units() -> Paper:
    """One page a unit; the set is one file with all."""
    paper = Paper()
    paper.control("{%p for 单位 in 单位表 %}")
    paper.title("{{单位.名称}}质量强市工作情况", new_page=True)
    paper.centred("{% if 轮次 %}（{{轮次}}，{{日期}}）{% else %}（{{日期}}）{% endif %}")
    paper.text(
        "牵头{{单位.牵头}}项、配合{{单位.配合}}项任务，已完成{{单位.已完成}}项"
        "（{{单位.完成率}}），红灯{{单位.红灯}}项、黄灯{{单位.黄灯}}项。"
        "{% if 轮次 %}{{轮次}}{{单位.报送}}"
        "{% if 单位.逾期 %}，逾期{{单位.逾期}}天{% endif %}。{% endif %}"
        "{% if 单位.未填 %}还有{{单位.未填}}项没有填{% else %}没有漏填的{% endif %}，"
        "{% if 单位.缺佐证 %}{{单位.缺佐证}}件佐证没有交{% else %}佐证没有缺的{% endif %}。"
    )
    paper.control("{%p if 单位.要办 %}")
    paper.heading("要办的任务（急的在前）")
    paper.table(
        LoopTable(
            "单位.要办",
            (
                ("任务", 15, "^{{行.任务}}"),
                ("内容", 80, "{{行.内容}}"),
                ("角色", 12, "^{{行.角色}}"),
                ("完成情况", 19, "^{{行.完成情况}}"),
                ("灯", 30, "{{行.灯}}"),
            ),
        )
    )
    paper.control("{%p endif %}")
    paper.control("{%p if 单位.要补 %}")
    paper.heading("要补的佐证（分值大的在前）")
    paper.table(
        LoopTable(
            "单位.要补",
            (
                ("得分点", 20, "^{{行.得分点}}"),
                ("分值", 16, "^{{行.分值}}"),
                ("缺什么、哪里不对", 120, "{{行.缺什么}}"),
            ),
        )
    )
    paper.control("{%p endif %}")
    paper.control("{%p endfor %}")
    return paper


def _self() -> Paper:
    """自查报告: by section and indicator, with answers, points, why, and the evidence."""
    paper = Paper()
    paper.title("{{城市}}质量强市自查报告")
    paper.centred("（{{日期}}）")
    _totals(paper)
    paper.control("{%p for 部分 in 自查 %}")
    paper.heading("{{部分.次序}}、{{部分.名称}}（{{部分.分值}}分，自评{{部分.自评}}）")
    paper.control("{%p for 指标 in 部分.指标 %}")
    paper.heading(
        "（{{指标.次序}}）指标{{指标.编号}}　{{指标.名称}}（{{指标.分值}}分，自评{{指标.自评}}）",
        SECOND,
    )
    paper.control("{%p if 指标.说明 %}")
    paper.text("{{指标.说明}}", kept=True)
    paper.control("{%p endif %}")
    paper.table(
        LoopTable(
            "指标.得分点",
            (
                ("得分点", 52, "{{行.编号}}　{{行.内容}}"),
                ("自评答案", 26, "{{行.答案}}"),
                ("得分", 18, "^{{行.自评}}/{{行.分值}}"),
                ("理由和佐证", 60, "{{行.理由}}"),
            ),
        )
    )
    paper.control("{%p endfor %}")
    paper.control("{%p endfor %}")
    _signed(paper)
    return paper


def _letter() -> Paper:
    """提醒, 催办 and 督办: text from 邮件模板, the list as an annex on a page of its own."""
    paper = Paper()
    paper.title("{{标题}}")
    paper.text("{{主送}}", indent=False)
    paper.control("{%p for 段 in 正文[:-1] %}")
    paper.text("{{段}}")
    paper.control("{%p endfor %}")
    paper.control("{%p if 正文 %}")
    paper.text("{{正文[-1]}}", kept=True)  # who signs is never alone on a page
    paper.control("{%p endif %}")
    paper.control("{%p if 清单 %}")
    paper.text("", kept=True)
    paper.text("附件：1. 未报送和需更正事项清单", kept=True)
    paper.control("{%p endif %}")
    paper.text("", kept=True)
    paper.control("{%p for 行 in 署名 %}")
    paper.text("{{行}}", right=2, kept=True)
    paper.control("{%p endfor %}")
    paper.text("{{成文日期}}", right=4)
    paper.control("{%p if 联系人 %}")
    paper.text("（{{联系人}}）")
    paper.control("{%p endif %}")
    paper.control("{%p if 清单 %}")
    paper.annex("附件1")
    paper.title("未报送和需更正事项清单")
    paper.table(
        LoopTable(
            "清单",
            (
                ("编号", 30, "{{行.编号}}"),
                ("事项", 90, "{{行.事项}}"),
                ("情况", 36, "{{行.情况}}"),
            ),
        )
    )
    paper.control("{%p endif %}")
    return paper


def _late() -> Paper:
    paper = Paper()
    paper.title("{{轮次}}填报未报送名单")
    paper.centred("（截至{{日期}}）")
    paper.table(
        LoopTable(
            "名单",
            (
                ("序号", 16, "^{{行.序号}}"),
                ("单位", 50, "{{行.单位}}"),
                ("情况", 34, "^{{行.情况}}"),
                ("逾期天数", 28, "^{{行.逾期天数}}"),
                ("未报事项", 28, "^{{行.未报事项}}"),
            ),
        )
    )
    return paper


_SECTIONS = LoopTable(
    "各部分",
    (
        ("部分", 66, "{{行.编号}}　{{行.名称}}"),
        ("分值", 14, "^{{行.分值}}"),
        ("自评", 14, "^{{行.自评}}"),
        ("佐证", 14, "^{{行.佐证}}"),
        ("核定", 14, "^{{行.核定}}"),
        ("已评", 16, "^{{行.已评}}/{{行.得分点}}"),
        ("缺佐证", 18, "^{{行.缺佐证}}"),
    ),
)
_UNITS = LoopTable(
    "各单位",
    (
        ("{% if 按名次 %}名次{% else %}序号{% endif %}", 12, "^{{行.名次}}"),
        ("单位", 40, "{{行.名称}}"),
        ("牵头", 13, "^{{行.牵头}}"),
        ("配合", 13, "^{{行.配合}}"),
        ("完成率", 18, "^{{行.完成率}}"),
        ("报送", 24, "^{{行.报送}}"),
        ("逾期天数", 20, "^{{行.逾期 or ''}}"),
        ("缺佐证", 16, "^{{行.缺佐证}}"),
    ),
)
_LACKING = LoopTable(
    "缺佐证",
    (
        ("得分点", 20, "^{{行.得分点}}"),
        ("单位", 36, "{{行.单位}}"),
        ("分值", 14, "^{{行.分值}}"),
        ("缺什么", 86, "{{行.缺什么}}"),
    ),
)
_DUTIES = LoopTable(
    "近期到期",
    (
        ("日期", 30, "^{{行.日期}}"),
        ("任务", 14, "^{{行.任务}}"),
        ("内容", 66, "{{行.内容}}"),
        ("牵头单位", 26, "{{行.牵头}}"),
        ("完成情况", 20, "^{{行.完成情况}}"),
    ),
)
_RISKS = LoopTable(
    "风险",
    (
        ("灯", 28, "{{行.灯}}"),
        ("任务", 14, "^{{行.任务}}"),
        ("内容", 70, "{{行.内容}}"),
        ("牵头单位", 24, "{{行.牵头}}"),
        ("完成情况", 20, "^{{行.完成情况}}"),
    ),
)
_GAINS = LoopTable(
    "加分建议",
    (
        ("得分点", 16, "^{{行.得分点}}"),
        ("内容", 46, "{{行.内容}}"),
        ("单位", 24, "{{行.单位}}"),
        ("做到", 22, "{{行.做到}}"),
        ("还缺", 36, "{{行.还缺}}"),
        ("可加", 12, "^{{行.可加}}"),
    ),
)
_PAPERS = {
    "迎检目录": _catalogue,
    "验收清单": _acceptance,
    "通报": _bulletin,
    "月报": _monthly,
    "单位情况": _units,
    "自查报告": _self,
    "督办函": _letter,
    "未报送名单": _late,
}
