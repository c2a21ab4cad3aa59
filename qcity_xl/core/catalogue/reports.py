"""Steps for leaders and inspectors."""

from qcity_xl.core.catalogue.base import Button, Option, Step

REPORTS = (
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
            ),
            Option(
                *("compress", "另压缩成一个文件", "flag", "另压缩成一个 .zip 文件。", "--zip"),
            ),
            Option(
                *("check", "只核对", "flag", "只核对文件夹与校验清单是否一致。", "--verify"),
                hint="什么都不写，只看文件有没有被改、缺、多。",
            ),
        ),
        Button(
            *("汇报", "迎检包", "按指标整理佐证，交给检查组"),
            "每个指标一个文件夹，佐证编号复制，附目录、各验收方式清单和缺件清单；不改总表，只复制变了的。",
            *("YJ", "FileSave", True),
        ),
        act="复制{}个文件",
        example="qcity inspect 总表.xlsx --out 迎检包",
        day="检查前，佐证按指标编号归好，附目录和缺件清单，交前再核对一次。",
    ),
)
