"""A city's own master as the return of the unit of that name."""

import datetime as dt

from qcity_xl.core.errors import QcityError
from qcity_xl.core.master.board_values import last_day
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.merge.successors import current_name
from qcity_xl.core.merge.versions import rounds_by_unit
from qcity_xl.core.rounds.pack import Identity
from qcity_xl.core.rounds.part import base_round
from qcity_xl.core.schema import ROUNDS
from qcity_xl.core.values import chinese_date, parse_date


class NotAReturn(QcityError):
    """A master that answers nothing that was sent; the text says why, in Chinese."""


def asked_of(master: Master, city: Master) -> list[Identity]:
    """The packs of the last round that went to the unit of this city, under its name of then: one,
    or one for each part.

    Raises NotAReturn for a master of nobody, of another year, or one that by its 日志 is older than
    what was sent: what it says was said before that.
    """
    own, theirs = master.settings, city.settings
    unit = master.registry.find(theirs.city) if theirs.city else None
    if own.master_id == theirs.master_id:
        raise NotAReturn("是总表，不是单位报送的填报表；请只选填报表")
    if unit is None:
        named = f"“{theirs.city}”，不在「单位」里" if theirs.city else "空白的"
        raise NotAReturn(
            f"是总表，不是单位报送的填报表；它的「设置」里“城市”是{named}。请只选填报表；"
            "是下级市的总表，请把“城市”填成「单位」里的名称再合并"
        )
    sent = {
        Identity(own.master_id, name, old): order
        for old, rounds in rounds_by_unit(master).items()
        if current_name(master, old) == unit
        for name, order in rounds.items()
    }
    if not sent:
        raise NotAReturn(
            f"是{unit}的总表，还没有给{unit}下发过填报表，没有可以代填的；请先拆分下发"
        )
    if own.review_year and theirs.review_year and own.review_year != theirs.review_year:
        raise NotAReturn(
            f"是{unit}{theirs.review_year}年考核的总表，本总表考核{own.review_year}年；"
            "请选同一年度的；年份填错的，在「设置」的“考核年份”里改对"
        )
    latest = max(sent, key=lambda who: (_made_on(master, who) or dt.date.min, sent[who]))
    newest = base_round(latest.round)
    found = [who for who in sent if base_round(who.round) == newest]
    made = [d for who in found if (d := _made_on(master, who))]
    last = last_day(city)
    if made and last < min(made):
        when = (
            f"「日志」最后一次是{chinese_date(last)}，"
            if last > dt.date.min
            else "「日志」是空的，"
        )
        raise NotAReturn(
            f"是{unit}的总表，但{when}早于{newest}下发（{chinese_date(min(made))}），是旧的副本；"
            f"请{unit}重算得分后报送现在的总表"
        )
    return found


def _made_on(master: Master, who: Identity) -> dt.date | None:
    return parse_date(text(master.rows(ROUNDS).get(who.round_key, {}), "made_on"))
