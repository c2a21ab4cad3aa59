"""Steps of a round: packs out, mail, returns in."""

from qcity_xl.core.catalogue.base import FORCE, SCHEDULER, Button, Option, Step

_ROUND = Option("round_name", "轮次", "round", "不给则是最近一轮。", "--round")
_MAIL = (
    _ROUND,
    Option("units", "单位", "unit", "只发这个；可写多次。", "--unit", many=True),
    Option(
        *("resend", "再发一次", "unit", "给它再发一次；可写多次。", "--resend"),
        many=True,
        hint="发过的、拿不准是否送达的，选中的再发一次。",
    ),
    Option(
        *("smtp", "用「设置」里的发送服务器发送", "flag"),
        *("用「设置」里的发送服务器发送。", "--smtp"),
        one_of="way",
    ),
    Option(
        *("eml", "存成邮件草稿（.eml）", "folder", "存成 .eml 草稿，不发送。", "--eml"),
        one_of="way",
    ),
    Option(
        *("outlook", "用本机 Outlook 发送", "flag"),
        *("用本机 Outlook 发送（只限 Windows）。", "--outlook"),
        one_of="way",
    ),
    Option(
        *("draft", "只存进 Outlook 草稿箱", "flag"),
        *("与 --outlook 合用：只存进草稿箱。", "--draft"),
    ),
    Option(
        *("yes", "真正发送", "flag", "真正发送；不加只预览。", "--yes"),
        asked="never",
        in_click=True,
    ),
)

ROUNDS = (
    Step(
        *("split", "拆分下发", "拆分下发"),
        "给每个责任单位生成一份填报表，并记入「轮次」。",
        "hands out",
        (
            Option(
                *("out", "填报表放在哪个文件夹", "folder", "填报表放在哪里。", "--out"),
                required=True,
                asked="first",
                stored=True,
            ),
            Option(
                *("round_name", "轮次名", "text", "轮次名；不给则自动取下一轮。", "--round"),
                hint="不填则自动取下一轮。",
            ),
            Option(
                *("units", "单位", "unit", "只给这个单位；可以写多次。", "--unit"),
                many=True,
            ),
            Option(
                *("sections", "部分", "text", "只发这几个部分的，如 3 或 3、4。", "--section"),
                hint="写部分的编号，如 3 或 3、4；不填则全部。",
            ),
            Option(
                *("role", "角色", "text", "只发牵头的或配合的。", "--role"),
                hint="不选则都发。",
                choices=("牵头", "配合"),
            ),
            Option(
                *("tasks", "任务", "text", "只发这几项任务，如 13.3 或 13.3、13.4。", "--task"),
                hint="写任务编号，如 13.3 或 13.3、13.4；不填则全部。",
            ),
            Option(
                *("apart", "每个部分一份", "flag"),
                *("每个部分单独一份，任务多的单位好分头填。", "--by-section"),
            ),
            SCHEDULER,
            FORCE,
        ),
        Button(
            *("分发", "拆分下发", "给每个单位生成填报表"),
            "按牵头、配合单位拆成一单位一份，已填的预先填好，并记入「轮次」。",
            *("CF", "SplitCells", True),
        ),
        act="生成{}份",
        sheet="轮次",
        example="qcity split 总表.xlsx --out 下发",
        day="每个单位生成一份填报表，只含本单位的任务、得分点和佐证。",
    ),
    Step(
        *("send", "发送", "发送填报表"),
        "把一轮的填报表发到各单位邮箱。先预览，加 --yes 才发；发过的不会再发。\n\n"
        "拿不准是否送达的标为“待核实”，问过单位后用 --resend 重发。密码见 docs/邮件设置.md。",
        "hands out",
        (
            *_MAIL,
            Option(
                *("packs", "填报表原件所在的文件夹", "folder"),
                *("填报表原件所在；不给则用存档。", "--packs"),
                hint="不选则用总表旁边的存档。",
            ),
            Option(
                *("replies", "改发这个文件夹里的退回件", "folder"),
                *("发这个文件夹里的退回件，不发填报表。", "--replies"),
                hint="合并回收时写的退回件；选了就只发退回件。",
            ),
            FORCE,
        ),
        Button(
            *("分发", "发送", "把填报表发给各单位"),
            "先列出发给谁、发哪份，确认后再发；发过的不会重发。",
            *("FS", "AddressBook"),
        ),
        act="发送{}封",
        sheet="轮次",
        leaves=True,
        example="qcity send 总表.xlsx --smtp --yes",
        day="按「邮件模板」把填报表发到各单位邮箱；先预览，发过的不会再发，结果记在「轮次」。",
    ),
    Step(
        *("collect", "收件", "收件"),
        "取出报送来的填报表存档，按内容认表；用不了的说明原因。接着用 merge 合并。",
        "makes",
        (
            Option(
                *("imap", "收「设置」里的邮箱", "flag"),
                *("收「设置」里的邮箱；邮件不删、不移、不标已读。", "--imap"),
                required=True,
                one_of="source",
            ),
            Option(
                *("folder", "收一个文件夹", "folder"),
                *("收一个文件夹，里面可以有另存的 .eml、.msg 邮件。", "--folder"),
                required=True,
                one_of="source",
            ),
            Option("since", "只看这天及以后", "date", "只看这天及以后。", "--since"),
            FORCE,
        ),
        Button(
            *("回收", "收件", "从邮箱或文件夹取回收件"),
            "认出各单位报送的填报表并存好；读不了的放在一边，写明原因。",
            *("SJ", "ImportExcel"),
        ),
        act="收下{}个",
        example="qcity collect 总表.xlsx --imap",
        day="从邮箱或文件夹里取出报送来的填报表，按内容认表，邮箱里的邮件不删不改。",
    ),
    Step(
        *("merge", "合并回收", "合并回收"),
        "把回收的填报表合并进总表。文件叫什么名都行，文件夹里的全部都看。",
        options=(
            Option(
                *("sources", "回收件", "paths", "回收件或文件夹..."),
                many=True,
                required=True,
                asked="first",
            ),
            Option(
                *("reply", "退回单位的放在哪个文件夹", "folder"),
                *("没有采用、没有读到的，写成标好的填报表放在这里，退回单位改。", "--reply"),
                hint="没有采用、没有读到的，写成标好的填报表，退回单位改；不选则不写。",
                stored=True,
            ),
            SCHEDULER,
            FORCE,
        ),
        button=Button(
            *("回收", "合并回收", "把回收件合并进总表"),
            "逐格比较下发值、总表和回收件；两边都改的列入「冲突」，总表先不动。",
            *("HB", "MergeCells", True),
        ),
        act="合并{}份",
        sheet="填报",
        example="qcity merge 总表.xlsx 回收",
        day="收回的文件放进一个文件夹一次合并；与总表不一致的不覆盖，列入「冲突」。",
    ),
    Step(
        *("attach", "对应佐证", "对应佐证"),
        "把收件时存下的附件对应到「佐证」里还没有文件的行，写明凭什么；拿不准的只列出来。",
        options=(FORCE,),
        button=Button(
            *("回收", "对应佐证", "给「佐证」的各行找到附件"),
            "按文件名、材料名称、文号在各单位的佐证文件夹里找，先列出来，确认后写进“存放位置”。",
            *("DY", "FileOpen"),
        ),
        act="写入{}格",
        sheet="佐证",
        example="qcity attach 总表.xlsx",
        day="收到的附件按单位放在“佐证”文件夹；逐行列出对得上的文件，确认后写进“存放位置”。",
    ),
    Step(
        *("resolve", "处理冲突", "处理冲突"),
        "按「冲突」表里选的处理方式改总表。",
        options=(FORCE,),
        button=Button(
            *("回收", "处理冲突", "按「冲突」表的选择改总表"),
            "先在「冲突」表逐条选好采用哪一边；没选的留着不动。",
            *("CT", "ReviewHighlightChanges"),
        ),
        sheet="填报",
        example="qcity resolve 总表.xlsx",
        day="按「冲突」表“处理”列的选择写入总表。",
    ),
    Step(
        *("chase", "催办", "催办"),
        "列出没报、没报全的单位；按逾期天数发提醒、催办、督办，每级只发一次，休息日不发。",
        "hands out",
        (
            *_MAIL,
            Option(
                *("word", "另存 Word 函件和名单的文件夹", "folder"),
                *("另存 Word 函件和未报送名单。", "--word"),
                hint="不选则不存。",
            ),
            FORCE,
        ),
        Button(
            *("分发", "催办", "提醒还没报送的单位"),
            "列出到期未交的单位和天数，确认后发提醒；每单位一次只发一封。",
            *("CB", "ReviewNewComment"),
        ),
        act="发送{}封",
        sheet="轮次",
        leaves=True,
        example="qcity chase 总表.xlsx --smtp --yes",
        day="列出没报、没报全的单位，按逾期天数发提醒、催办、督办，只列未报的事项。",
    ),
    Step(
        *("units", "单位变更", "单位更名、合并、拆分、撤销"),
        "机构改革时用：单位更名、合并、拆分、撤销，任务、得分点、佐证、组成员、填报里一次改全。\n\n"
        "以前的轮次和日志仍是旧名；旧名记为别名，用旧名报送的填报表照样认得。",
        options=(
            Option(
                *("rename", "更名", "text", "旧名=新名；可写多次。", "--rename"),
                many=True,
                hint="旧名=新名，几项用；隔开。",
            ),
            Option(
                *("merge", "合并", "text", "甲、乙=新名；可写多次。", "--merge"),
                many=True,
                hint="甲、乙=新名。",
            ),
            Option(
                *("split", "拆分", "text", "旧名=甲、乙；可写多次。", "--split"),
                many=True,
                hint="旧名=甲、乙；牵头的任务先都写上，再按分工删。",
            ),
            Option(
                *("abolish", "撤销", "text", "单位名称，没有单位接替的；可写多次。", "--abolish"),
                many=True,
                hint="没有单位接替的，写单位名称。",
            ),
            Option(
                *("date", "从哪天起", "date", "从哪天起，如 2016-12-01；不写则是今天。", "--date"),
                hint="不填则是今天。",
            ),
            FORCE,
        ),
        button=Button(
            *("分发", "单位变更", "单位更名、合并、拆分、撤销"),
            "点“更多选项”写明怎样变；任务、得分点、佐证、组成员里一次改全，旧名仍认得，可以撤销。",
            *("DW", "TableRowsDistribute"),
        ),
        sheet="单位",
        example="qcity units 总表.xlsx --rename 市质监局=市市场监管局",
    ),
)
