"""The first day: what there is to do before the first packs go out, and a tick that sets itself.

Each thing has a live formula that counts what is open of it, in a cell with a name on 使用说明.
`core.master.first_day` counts the same.
"""

from dataclasses import dataclass

from qcity_xl.core.schema.cards import ON_BOARD
from qcity_xl.core.schema.words import GROUP, RETURNED

TRIAL = "试"  # the name of a round that is a trial begins so
DONE, OPEN = "✓ 已做好", "☐ "
FIRST_SETTINGS = ("城市", "考核年份", "办公室联系人")


@dataclass(frozen=True, slots=True)
class FirstThing:
    """One thing to do: `name` is a defined name, `sheet` where it is done.

    `count` is the formula of how much is open, `left` says so, with {} for the number if it has
    one.
    """

    name: str
    title: str
    how: str
    sheet: str
    count: str
    left: str

    @property
    def formula(self) -> str:
        """The tick, or what is left."""
        before, number, after = self.left.partition("{}")
        said = f'"{OPEN}{before}"&{self.count}&"{after}"' if number else f'"{OPEN}{self.left}"'
        return f'IF({self.count}=0,"{DONE}",{said})'

    def state(self, count: int) -> str:
        """What the formula shows where so many are open."""
        return OPEN + self.left.format(count) if count else DONE


_SETTINGS = "+".join(f'(tblSettings[项目]="{item}")' for item in FIRST_SETTINGS)
_NAMED = f'(tblUnits[单位名称]<>"")*(tblUnits[类型]{{}}"{GROUP}")'
FIRST_DAY = (
    FirstThing(
        "qc_first_settings",
        "本市",
        f"「设置」里填{'、'.join(FIRST_SETTINGS)}。",
        "设置",
        f'SUMPRODUCT(({_SETTINGS})*(tblSettings[值]=""))',
        "还有{}项没填",
    ),
    FirstThing(
        "qc_first_groups",
        "辖市区和各组",
        "各辖市、区政府等名录里没有的单位，接着「单位」最后一行往下填；类型是“组”的各行填成员单位，"
        "用、隔开，每项任务各不相同的写“按需”。",
        "单位",
        f'SUMPRODUCT({_NAMED.format("=")}*(tblUnits[成员单位]=""))',
        "还有{}个组没有成员",
    ),
    FirstThing(
        "qc_first_contacts",
        "联系人",
        "「单位」里填联系人、邮箱。手头有通讯录的，点“接收台账”选那个文件，按单位名称自动对上。",
        "单位",
        f'SUMPRODUCT({_NAMED.format("<>")}*((tblUnits[联系人]="")+(tblUnits[邮箱]="")>0))',
        "还有{}个单位没有联系人或邮箱",
    ),
    FirstThing(
        "qc_first_rulings",
        "口径",
        "「待定事项」里有影响分值的先裁定；来不及的按默认算，以后再定也行，其余的点“同意默认”。",
        "待定事项",
        'SUMPRODUCT((tblRulings[裁定]="")*ISNUMBER(tblRulings[影响分值])*(tblRulings[影响分值]>0))',
        "还有{}项影响得分的没有裁定",
    ),
    FirstThing(
        "qc_first_trial",
        "试一轮",
        "点“拆分下发”，在“更多选项”里把轮次写成“试发”，单位只写本单位；填一格，再点“合并回收”收回来。",
        "轮次",
        f'(COUNTIFS(tblRounds[轮次],"{TRIAL}*",tblRounds[状态],"{RETURNED}")=0)*1',
        "还没有试过",
    ),
    FirstThing(
        "qc_first_round",
        "正式下发",
        "点“拆分下发”，再点“发送”。以后每轮照下面“办公室的一天”做。",
        "轮次",
        f'(SUMPRODUCT((tblRounds[轮次]<>"")*(LEFT(tblRounds[轮次],{len(TRIAL)})<>"{TRIAL}"))=0)*1',
        "还没有下发",
    ),
)
# The title of 使用说明, which the city heads.
TITLE_NAME, MASTER_TITLE = "qc_master_title", "质量强市考核总表"
TITLE_FORMULA = (
    f'IFERROR(INDEX(tblSettings[值],MATCH("总表/城市",tblSettings[行键],0))&"","")&"{MASTER_TITLE}"'
)
# Every cell with a name that shows a figure or a state.
FIGURES = (*ON_BOARD, *(thing.name for thing in FIRST_DAY), TITLE_NAME)
