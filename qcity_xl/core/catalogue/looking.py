"""Steps that look back or explain."""

from dataclasses import replace

from qcity_xl.core.catalogue.base import FORCE, Button, Option, Step

LOOKING = (
    Step(
        *("rules", "检查规则", "检查评分规则"),
        "列出评分规则里没有写清的地方：空档、分界、没有标准的词、取哪一年、任务弱于规则等，"
        "各种理解各得几分；不写总表。",
        "reads",
        button=Button(
            *("成果", "检查规则", "找出评分规则没写清的地方"),
            "空档、分界、没有标准的词、取哪一年、任务弱于规则等逐条列出，各种理解各得几分，影响大的在前；不改总表。",
            *("GZ", "Filter"),
            rare=True,
        ),
        example="qcity rules 总表.xlsx",
    ),
    Step(
        *("why", "得分理由", "得分理由"),
        "说明一个得分点（如 13(3)）或一个指标（如 13）为什么得这些分；不写总表。",
        "reads",
        (Option("subject", "编号", "subject", "得分点或指标的编号。", asked="first"),),
        Button(
            *("汇报", "得分理由", "说明选中的一行为什么得这些分"),
            "先在「得分点」「指标」「任务」或「佐证」点一行；列出答案、理由、缺的佐证和裁定，不改总表。",
            *("LY", "FunctionWizard"),
        ),
    ),
    Step(
        *("undo", "撤销", "撤销一次操作"),
        "撤销一次操作；之后又改过的格子不动，并逐格列出被哪次操作改过。",
        options=(
            Option(
                *("number", "哪次操作", "operation"),
                "撤销哪一次，见 log；不给则是最近一次。给某次撤销的操作号就是重做。",
                "--operation",
                hint="不选则是最近一次；选某次撤销就是重做。",
            ),
            replace(
                FORCE,
                label="填报表已发出也撤销",
                help="填报表已经发出也撤销；总表带有数字签名也写（签名会失效）。",
                asked="more",
                hint="邮件收不回来，报送的内容会对不上。",
            ),
        ),
        button=Button(
            *("总表", "撤销上次操作", "撤销最近一次操作"),
            "把最近一次按钮操作改的格子恢复原样，保存、关闭过也能撤；之后手工改过的格子不动。",
            *("CX", "Undo"),
        ),
        module="history",
        act="恢复{}格",
        sheet="日志",
    ),
    Step(
        *("manual", "使用手册", "使用手册"),
        "打开使用手册。",
        "reads",
        button=Button(
            *("帮助", "使用手册", "打开使用手册"),
            "每个按钮做什么、会改什么、出了岔子怎么办。",
            *("SC", "Help", True),
        ),
        target="",
    ),
    Step(
        *("doctor", "自检", "自检"),
        "查总表和旁边的文件夹有没有坏；坏了的用备份和日志修好，原件另存。",
        "makes",
        (FORCE,),
        button=Button(
            *("帮助", "自检", "检查安装和总表是否完好"),
            "逐项检查 Python、加载项、版本、邮件设置和打开的总表，有毛病的说明怎么修。",
            *("ZJ", "ControlProperties"),
        ),
        act="修好总表",
    ),
    Step(
        *("log", "日志核对", "查看日志"),
        "列出做过的操作。",
        "reads",
        (
            Option(
                *("check", "核对日志", "flag", "核对日志有没有被改、被删、换序。", "--verify"),
                asked="never",
                in_click=True,
            ),
        ),
        Button(
            *("帮助", "日志核对", "核对「日志」是否完整"),
            "列出做过的操作，并核对日志有没有被改、被删、换序。",
            *("RZ", "FileFind"),
            rare=True,
        ),
        module="history",
    ),
    Step(
        *("login", "登录邮箱", "登录邮箱（OAuth2）"),
        "邮箱不收密码的（Microsoft 365），在浏览器里登录一次，凭据存进系统钥匙串。\n\n"
        "加 --dry-run 只看凭据还能不能用。设置见 docs/邮件设置.md。",
        "makes",
        button=Button(
            *("帮助", "登录邮箱", "邮箱不收密码的，登录一次"),
            "登录方式是 OAuth2 的（Microsoft 365）用：给出网址和代码，凭据存进系统钥匙串。",
            *("DL", "AdpPrimaryKey"),
            rare=True,
        ),
        act="登录",
    ),
    Step(
        *("demo", "演示", "演示一整轮"),
        "用内置的表走完一整轮，模拟十二份回收件，所有文件留下来看。",
        "makes",
        target="文件夹",
    ),
)
