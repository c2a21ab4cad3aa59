"""What the papers in Word say: templates that an office may edit."""

from qcity_xl.adapters.templates.official import Grid, Paper


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
    paper.break_page()
    paper.title("材料目录")
    paper.table(
        Grid(
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
        Grid(
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
        Grid(
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


_PAPERS = {"迎检目录": _catalogue, "验收清单": _acceptance}
