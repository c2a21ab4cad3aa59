"""Steps for leaders and inspectors."""

from qcity_xl.core.catalogue.base import SCHEDULER, Button, Option, Step

REPORTS = (
    Step(
        *("report", "通报", "生成通报和报告"),
        "生成给领导和单位看的材料：通报、月报、单位情况、自查报告、督办函（Word）、一览（网页）；不写总表。\n\n"
        "版式用 Word 模板，可自己改：把模板放进总表旁的“模板”文件夹，加 --templates 取出自带的。",
        "makes",
        (
            Option(
                *("kind", "哪几种", "text"),
                *(
                    "bulletin 通报、monthly 月报、unit 单位情况、self 自查报告、letters 督办函、"
                    "page 网页；可写多次，不写则是通报。",
                    "--kind",
                ),
                many=True,
                hint="可以多选；不选则是通报。",
                choices=("通报", "月报", "单位情况", "自查报告", "督办函", "网页"),
            ),
            Option(
                *(
                    "out",
                    "放到哪个文件夹",
                    "folder",
                    "文件夹；不写则是总表旁的“汇报”。",
                    "--out",
                ),
                hint="不填则放到总表旁边的“汇报”文件夹。",
                stored=True,
            ),
            Option(
                *("templates", "取出模板", "flag"),
                *("把自带的模板放到总表旁的“模板”文件夹，供修改；已有的不动。", "--templates"),
                hint="放到总表旁边的“模板”文件夹，改好后再生成；已有的不动。",
            ),
        ),
        Button(
            *("汇报", "通报", "生成通报、月报、单位情况、自查报告、督办函或网页"),
            "得分、变化、单位报送、佐证缺口、到期和风险，写成公文版式的 Word 或网页；不改总表。",
            *("TB", "FilePrintPreview", True),
        ),
        act="生成{}个文件",
        example="qcity report 总表.xlsx --kind bulletin",
        day="给领导的通报、月报和每个单位一页的情况，数字与看板一致。",
    ),
    Step(
        *("inspect", "迎检包", "生成迎检包"),
        "按部分、指标、得分点建文件夹，佐证编号复制进去，附目录、验收清单、缺件清单和校验清单；"
        "再生成一次只复制变了的。\n\n加 --verify 只核对文件夹与校验清单是否一致。",
        "makes",
        (
            Option(
                *("out", "放到哪个文件夹", "folder", "迎检包的文件夹。", "--out"),
                required=True,
                asked="first",
                hint="空文件夹，或以前生成的那个。",
                stored=True,
            ),
            Option(
                *("compress", "另压缩成一个文件", "flag", "另压缩成一个 .zip 文件。", "--zip"),
            ),
            Option(
                *("check", "只核对", "flag", "只核对文件夹与校验清单是否一致。", "--verify"),
                hint="什么都不写，只看文件有没有被改、缺、多。",
            ),
            SCHEDULER,
        ),
        Button(
            *("汇报", "迎检包", "按指标整理佐证，交给检查组"),
            "每个指标一个文件夹，佐证编号复制，附目录、各验收方式清单和缺件清单；不改总表，只复制变了的。",
            *("YJ", "FileSaveAs"),
        ),
        act="生成迎检包",
        example="qcity inspect 总表.xlsx --out 迎检包",
        day="检查前，佐证按指标编号归好，附目录和缺件清单，交前再核对一次。",
    ),
    Step(
        *("answer", "答复上级", "照本市总表填上级的填报表"),
        "照本市的总表填好上级发来的填报表，另存一份，核对后报送；两边都不改。\n\n"
        "编号和文字都对得上的才填，对不上的列出来自己填。上级也可以直接合并市的总表。",
        "makes",
        (
            Option(
                *("pack", "上级的填报表", "file", "上级发来的填报表。"),
                required=True,
                asked="first",
                stored=True,
            ),
            Option(
                *("out", "填好的放在哪个文件夹", "folder", "填好的放在这里。", "--out"),
                required=True,
                asked="first",
                stored=True,
            ),
        ),
        Button(
            *("汇报", "答复上级", "照本市总表填上级发来的填报表"),
            "进展、自评、佐证按编号和文字对上的填好，另存一份；对不上的列出来自己填，核对后报送；总表和原件不改。",
            *("DF", "ExportExcel"),
        ),
        act="填{}格",
        example="qcity answer 总表.xlsx 省里的填报表.xlsx --out 答复",
        day="上级也用本工具的：照本市总表填好上级发来的填报表，核对后报送。",
    ),
    Step(
        *("rollup", "汇总", "汇总各市的总表"),
        "汇总多份总表（各市的，或历年的）：得分、部分、指标、单位、佐证、灯、走势；读不成的列出来，不写任何总表。",
        "makes",
        (
            Option(
                *("more", "别的总表", "paths", "别的总表或文件夹..."), many=True, required=False
            ),
            Option(
                *("out", "汇总表", "file", "另写一个 Excel 汇总表，带图。", "--out"),
                stored=True,
            ),
            SCHEDULER,
        ),
        target="总表或文件夹",
    ),
)
