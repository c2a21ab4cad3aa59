"""Steps on the master alone."""

from dataclasses import replace

from qcity_xl.core.catalogue.base import FORCE, Button, Option, Step

_PAIRS = Option(
    *("pairs", "对应关系", "text"),
    *(
        "总表编号=新表编号，如 13.3=13.4；取消写 13.3=无，新增写 无=13.4，自己加的写 13.9=保留；"
        "其余都对得上写 都是。",
        "--map",
    ),
    many=True,
    hint="如 13.3=13.4；13(2)=无；13.9=保留。几条用；隔开，其余都对得上写 都是",
)
_PACKS_OUT = Option(
    *("packs_out", "填报表没收齐也换", "flag"),
    *(
        "还有单位的填报表没有报送也换；报送时按原来的行并入，佐证编号换成现在的。",
        "--despite-packs",
    ),
    hint="没报送的填报表里是老表的任务；报送时编号自动换成现在的。",
)
_HEADERS = Option(
    *("headers", "表头的意思", "text"),
    *(
        "表头或某列的意思，如 采集分=分值、C列=牵头单位；可写多次，记在「设置」。",
        "--header",
    ),
    many=True,
    hint="如 采集分=分值；C列=牵头单位。不用的列写 不读",
)

TABLE = (
    Step(
        *("new", "新建总表", "新建总表"),
        "新建总表。加 --from 时只用那份文件的内容，读到什么、推断什么、剩下什么都列出来。",
        "makes",
        (
            Option(
                *("document", "本市的任务分解表", "file"),
                *(
                    "本市的任务分解表（Word、Excel、WPS、PDF、网页或文本）；不给则用内置的表。",
                    "--from",
                ),
                asked="first",
            ),
            _HEADERS,
            Option(
                *("like", "照以前的总表", "file"),
                *("以前的总表：它在「设置」里记住的表头说明，这次照用。", "--like"),
                asked="button",
            ),
        ),
        Button(
            *("总表", "新建总表", "新建一份总表"),
            "用内置的任务分解表，或本市自己的文件，新建一份总表；不改当前打开的表。",
            *("XJ", "FileNew"),
        ),
        act="新建",
    ),
    Step(
        *("adopt", "接收台账", "接收办公室自己的台账"),
        "把办公室自己的台账（进展、完成率、自评得分、佐证目录、问题、联系人）接收进总表；"
        "总表已有的不覆盖，放不下的逐格列出。",
        options=(
            Option(
                *("book", "台账", "file", "办公室自己的台账（Excel、WPS、Word 或文本）。"),
                required=True,
                asked="first",
            ),
            Option(
                *("table", "是新版的任务分解表", "flag"),
                *("那份文件不是台账，而是新版的任务分解表；同 qcity revise。", "--table"),
                asked="never",
            ),
            _HEADERS,
            replace(_PAIRS, asked="never"),
            replace(_PACKS_OUT, asked="never"),
            FORCE,
        ),
        button=Button(
            *("总表", "接收台账", "把自己的台账接收进总表"),
            "进展、问题、佐证、联系人和自评的分按任务和单位归到总表；已有的不覆盖，放不下的逐格列出。",
            *("TZ", "TableInsert"),
            rare=True,
        ),
        sheet="填报",
        example="qcity adopt 总表.xlsx 台账.xlsx",
        day="已有自己的台账的，一次接收进来，不用重填；再接收一次不会重复。",
    ),
    Step(
        *("revise", "换用新表", "换用新版的任务分解表"),
        "上级发了新版的任务分解表：按文字对上原来的各项，新增、取消、改号、改文字、改分值逐项列在「新旧对照」，"
        "填报、自评、核定、裁定和佐证跟着各自的那一项走。\n\n"
        "拿不准的先问，用 --map 说明；取消的，原来填的都留在「新旧对照」。",
        options=(
            Option(
                *("table", "新版的任务分解表", "file"),
                "新版的任务分解表（Word、Excel、WPS、PDF、网页或文本）。",
                required=True,
                asked="first",
            ),
            _PAIRS,
            _HEADERS,
            _PACKS_OUT,
            FORCE,
        ),
        button=Button(
            *("总表", "换用新表", "换用新版的任务分解表，填过的都带过去"),
            "编号、文字、分值变了的按新表改，填报、自评、佐证跟着走；取消的留在「新旧对照」；拿不准的先问。",
            *("HX", "TableSplitTable"),
            rare=True,
        ),
        sheet="新旧对照",
        example="qcity revise 总表.xlsx 新版任务分解表.docx",
        day="上级发了新版的，换过来；填过的内容跟着各自的任务走，取消的留在「新旧对照」。",
    ),
    Step(
        *("check", "检查", "检查总表"),
        "检查总表，问题列在「问题」表，点“转到”可跳到那一格。",
        options=(
            Option(
                *("rules", "只检查规则", "flag"),
                *("只检查规则有没有没写清的地方，不写总表；同 qcity rules。", "--rules"),
                asked="never",
            ),
            FORCE,
        ),
        button=Button(
            *("总表", "检查", "检查总表"),
            "找出填错、漏填、对不上的地方，列在「问题」表；只列问题，不改您填的内容。",
            *("JC", "AcceptTask", True),
        ),
        sheet="问题",
        example="qcity check 总表.xlsx",
        day="查单位名称、编号、分值、日期等，结果列在「问题」，说明哪一格、怎么改。",
    ),
    Step(
        *("score", "重算得分", "重算得分"),
        "重算自评、佐证、核定三种得分和最高可得，每个得分都写明理由。",
        options=(
            Option(
                *("as_of", "看哪一天的得分", "date"),
                *("不重算，只看到这一天为止的得分，如 2016-12-31。", "--as-of"),
                hint="如 2016-12-31：只看那时的得分，什么都不写；不填则重算。",
            ),
            FORCE,
        ),
        button=Button(
            *("成果", "重算得分", "重算自评、佐证、核定三种得分"),
            "按现在屏幕上的内容重算，每个得分点写明理由；没评的保持未评，不算零分。",
            *("CS", "CalculateNow", True),
        ),
        sheet="看板",
        example="qcity score 总表.xlsx",
        day="按「得分点」的答案计分并写明理由，看板随之更新。",
    ),
    Step(
        *("agree", "同意默认", "同意待定事项的默认"),
        "把「待定事项」里还没有裁定的一次同意（按默认办），写明谁、何时；影响得分的列出来先看。",
        options=(
            Option(
                *("harmless", "只同意不影响得分的", "flag"),
                *("只同意不影响得分的，影响得分的留着逐项裁定。", "--harmless"),
                hint="影响得分的留着，在「待定事项」逐项裁定。",
            ),
            FORCE,
        ),
        button=Button(
            *("成果", "同意默认", "其余的待定事项都按默认办"),
            "先逐项裁定影响得分的；其余没有裁定的一次填“同意”，记下谁、何时，可以撤销。",
            *("TY", "AcceptInvitation"),
            rare=True,
        ),
        act="同意{}项",
        sheet="待定事项",
        example="qcity agree 总表.xlsx",
        day="先看影响得分的待定事项，逐项裁定；其余的一次同意按默认办，下次重算就照此计分。",
    ),
    Step(
        *("evidence", "标记缺失佐证", "标记缺失佐证"),
        "按验收方式和周期清点佐证，缺什么、哪份有毛病都标出来。\n\n"
        "加 --scan 时还查看一个文件夹：按文件夹名、文件名、文号对上缺的材料，先列出来，"
        "加 --yes 才登记进「佐证」。",
        options=(
            Option(
                *("scan", "从哪个文件夹里找材料", "folder"),
                *("从这个文件夹里找缺的材料；先只列出来。", "--scan"),
                hint="要在总表所在的文件夹里；先列出来看，确认后才登记。",
            ),
            Option(
                *("doubtful", "拿不准的也登记", "flag"),
                *("与 --scan 合用：拿不准的也登记。", "--doubtful"),
            ),
            Option(
                *("yes", "登记", "flag", "与 --scan 合用：真正登记；不加只预览。", "--yes"),
                asked="never",
                in_click=True,
            ),
            FORCE,
        ),
        button=Button(
            *("成果", "标记缺失佐证", "清点佐证，缺的标出来"),
            "缺失、打不开、过期、未注日期、超出所属期、文件不在、重复、退回分开标在「得分点」和「佐证」；"
            "更多选项里可以选一个文件夹找材料。",
            *("ZZ", "AttachFile"),
        ),
        sheet="得分点",
        example="qcity evidence 总表.xlsx",
        day="按验收方式和周期列出还缺哪类、哪一年的材料。",
    ),
    Step(
        *("advise", "加分建议", "加分建议"),
        "再得若干分，花力气最少的一组办法：哪个得分点、做到什么、缺什么佐证、归谁、什么时限；写入「加分建议」。\n\n"
        "不写 --points 则按「设置」的“再得几分”。用 --set 假设某个答案，只看结果，不写总表。",
        options=(
            Option(
                *("points", "再得几分", "number", "再得几分；不写则按「设置」。", "--points"),
                hint="不填则按「设置」的“再得几分”。",
            ),
            Option(
                *("assume", "假设", "text"),
                *("假设某个得分点的答案，如 28(1)=95%；可写多次；不写总表。", "--set"),
                many=True,
                hint="如 28(1)=95%，几条用；隔开；只看结果，不写总表。",
            ),
            Option(
                *("claimed", "按自评算", "flag", "按自评算，不看佐证；不加则按佐证。", "--claimed"),
                hint="不看佐证；不选则按佐证得分算。",
            ),
            Option(
                *("basic", "只算基本分", "flag", "只算基本分，加分项不列。", "--basic"),
                hint="加分项不列。",
            ),
            FORCE,
        ),
        button=Button(
            *("成果", "加分建议", "再得几分，先办哪几件"),
            "算出花力气最少的一组办法，写明归谁、缺什么、什么时限；难度可在「得分点」改，可以先假设再看。",
            *("JF", "SortDescendingExcel"),
        ),
        act="写入{}格",
        sheet="加分建议",
        example="qcity advise 总表.xlsx --points 30",
        day="要再得多少分，先办哪几件、归谁、缺什么，列在「加分建议」。",
    ),
)
