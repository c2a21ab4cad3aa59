"""What the placeholders of letters in Word stand for, and those of the list of late units."""

import datetime as dt
import re
from collections.abc import Sequence

from qcity_xl.core.mail.chasing import Late
from qcity_xl.core.mail.letters import Letter
from qcity_xl.core.reports.paper_values import Values

_KINDS = ("函", "通知", "通报")  # the last word of an official title
_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_CONTACT = "联系人"


def letter_values(letter: Letter) -> Values:
    """A letter as official ones have it: the addressee and the contact in their own places, the
    list as an annex (none where the text does not hold it), day and signature below.
    """
    annex = letter.items if None in letter.body else ()
    to, *text = [line for line in letter.body if line] or [""]
    if annex:
        text = [
            f"{line[:-1]}，清单见附件1。" if line.endswith(("：", ":")) else line for line in text
        ]
    days = [line for line in letter.signature if _DAY.fullmatch(line)]
    contacts = [line for line in letter.signature if line.startswith(_CONTACT)]
    return {
        "标题": _title(letter),
        "主送": to,
        "正文": text,
        "清单": [{"编号": one.no, "事项": one.text, "情况": one.note} for one in annex],
        "署名": [line for line in letter.signature if line and line not in (*days, *contacts)],
        "成文日期": days[0] if days else "",
        _CONTACT: "；".join(contacts),
    }


def _title(letter: Letter) -> str:
    """The title of a letter, without what names the mail and its addressee, who stand elsewhere:
    of one that does not end in its kind, the usual one.
    """
    said = re.split("[：:]", letter.subject.rpartition("】")[2])[0].strip()
    return said if said.endswith(_KINDS) or not letter.title else letter.title


def late_values(name: str, late: Sequence[Late], today: dt.date) -> Values:
    """未报送名单 of a round."""
    return {
        "轮次": name,
        "日期": today,
        "名单": [
            {
                "序号": number,
                "单位": one.unit,
                "情况": one.state,
                "逾期天数": max(one.days, 0),
                "未报事项": len(one.items),
            }
            for number, one in enumerate(late, 1)
        ],
    }
