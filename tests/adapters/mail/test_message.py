"""Messages that other programs read: golden files, mblaze as the independent reader."""

import datetime as dt
import email
import email.policy
import email.utils
import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qcity_xl.adapters.mail.attachments import Unpacker
from qcity_xl.adapters.mail.envelope import header_text
from qcity_xl.adapters.mail.message import encoded, zipped
from qcity_xl.adapters.side_folder import safe_name
from qcity_xl.core.mail.addresses import Address, parse_addresses
from qcity_xl.core.mail.delivery import Attachment, Parcel
from qcity_xl.core.mail.letters import Item, Template, fill
from qcity_xl.core.master.settings import Limits
from tests.tools import program

GOLDEN = Path(__file__).with_name("golden.eml")
NAMES = ["第1轮_市科技局.xlsx", f"{'各辖市、区政府（含经济开发区）' * 5}.xlsx", "a b;c'd.xlsx"]


def parcel(*attachments: Attachment) -> Parcel:
    template = Template(
        "下发",
        (
            "【质量强市】{轮次}填报表：{单位}——请于{截止日期}前报送，逾期不候，特此通知，感谢支持配合",
            "{单位}{联系人}：\n您好！<请>&{未知}填报\n{任务清单}\n谢谢",
            "{城市}质量强市办\n{日期}",
        ),
    )
    values = {"单位": "市科技局", "联系人": "王敏", "轮次": "第1轮", "截止日期": "2016年12月7日"}
    letter = fill(template, values | {"城市": "常州市"}, [Item("1.1", "出台<意见>", "2016")])
    return Parcel(
        row="R第1轮/市科技局",
        unit="市科技局",
        message_id="<abc.1@example.com>",
        sender=Address("office@example.com", "质量强市领导小组办公室（市质监局，标准化处）"),
        to=(Address("a@example.com", '王"敏", 处长'), Address("b@example.com")),
        cc=(Address("c@example.com", "Zhang San"),),
        letter=letter,
        attachments=attachments,
    )


def golden() -> bytes:
    date = dt.datetime(2016, 11, 22, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    return encoded(parcel(*(Attachment(name, b"PK-" + name.encode()) for name in NAMES)), date)


def test_the_golden_message_has_not_changed() -> None:
    """After a wanted change: python -c "from tests.mail.test_message import *; write()"."""
    assert golden() == GOLDEN.read_bytes()


def write() -> None:
    GOLDEN.write_bytes(golden())


def _mblaze(name: str, *arguments: str) -> str:
    command = [program(name, "mblaze"), *arguments, str(GOLDEN)]
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("subject", parcel().letter.subject),
        ("from", "质量强市领导小组办公室（市质监局，标准化处）"),
        ("cc", "Zhang San <c@example.com>"),
    ],
)
def test_another_program_reads_the_headers(header: str, value: str) -> None:
    assert value in _mblaze("mhdr", "-d", "-h", header)


def test_another_program_reads_the_recipients() -> None:
    told = _mblaze("maddr", "-a", "-h", "to").split()
    assert told == ["a@example.com", "b@example.com"]


def test_another_program_reads_attachments_and_text(tmp_path: Path) -> None:
    listed = _mblaze("mshow", "-t")
    for name in NAMES:
        assert f'name="{name}"' in listed
    found = program("mshow", "mblaze")
    subprocess.run([found, "-x", str(GOLDEN)], cwd=tmp_path, check=True, capture_output=True)
    for name in NAMES:
        assert (tmp_path / name).read_bytes() == b"PK-" + name.encode()
    shown = subprocess.run([found, "-h", "", str(GOLDEN)], capture_output=True, check=True)
    assert "市科技局（王敏同志）：" in shown.stdout.decode()


def test_the_wire_is_ascii_in_short_lines() -> None:
    data = golden()
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_html_has_the_words_and_no_foreign_tags() -> None:
    html = parcel().letter.html
    assert "&lt;请&gt;&amp;" in html
    assert "出台&lt;意见&gt;" in html
    assert "1.1　出台<意见>（2016）" in parcel().letter.text


def test_a_zipped_pack_comes_out_as_it_was() -> None:
    packed = zipped(Attachment("第1轮_市科技局.xlsx", b"data" * 1000))
    assert packed.name == "第1轮_市科技局.zip"
    assert len(packed.data) < 300
    (found,) = Unpacker(Limits()).files(packed.name, packed.data)
    assert (found.name, found.data) == ("第1轮_市科技局.xlsx", b"data" * 1000)


@pytest.mark.parametrize(
    ("cell", "mails", "faults"),
    [
        ("a@b.cn；王敏 <c@d.cn>;ｅ＠f.cn\n g@h.cn", ["a@b.cn", "c@d.cn", "e@f.cn", "g@h.cn"], []),
        ("a@b.cn，A@B.CN", ["a@b.cn"], []),
        ("王敏", [], ["王敏"]),
        ("a@b@c.cn；x@y..cn；@z.cn；a b@c.cn；王@c.cn", [], 5),
        ("a@b.cn\r\nBcc: x@y.cn", ["a@b.cn"], 1),
        ("", [], []),
    ],
)
def test_addresses(cell: str, mails: list[str], faults: list[str] | int) -> None:
    found, wrong = parse_addresses(cell, "李强")
    assert [address.mail for address in found] == mails
    assert (len(wrong) if isinstance(faults, int) else list(wrong)) == faults
    assert all(unicodedata.is_normalized("NFKC", address.mail) for address in found)


HOSTILE = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(["\r\nBcc: x@evil.example", "=?", "?=", "=", "\x85", "\u2028", ",", '"']),
        st.sampled_from(["=?utf-8?B?eA0KQmNjOiBldmlsQHguY24=?=", "=?utf-8?Q?x=0D=0ABcc:_y?="]),
    ),
    max_size=6,
).map("".join)
HEADERS = ["From", "To", "Cc", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"]


@given(subject=HOSTILE, names=st.tuples(HOSTILE, HOSTILE, HOSTILE), city=HOSTILE, file=HOSTILE)
@example("=?utf-8?B?eA0KQmNjOiBldmlsQHguY24=?=", ("", "", ""), "", "")
def test_no_text_becomes_a_header(
    subject: str, names: tuple[str, str, str], city: str, file: str
) -> None:
    template = Template("下发", (f"{{城市}}{subject}", "{城市}正文", "{城市}"))
    letter = fill(template, {"城市": city}, [])
    sender, to, cc = (parse_addresses("a@example.com", name)[0][0] for name in names)
    sent = Parcel(
        row="R", unit="市水务局", message_id="<a.1@example.com>", sender=sender, to=(to,), cc=(cc,),
        letter=letter, attachments=(Attachment(f"a{safe_name(file)}.xlsx", b"x"),),
    )  # fmt: skip
    data = encoded(sent, dt.datetime(2016, 11, 22))
    parsed = email.message_from_bytes(data)
    assert sorted(parsed.keys()) == sorted(HEADERS)
    assert [part.get_content_type() for part in parsed.walk() if not part.is_multipart()][:2] == [
        "text/plain", "text/html",
    ]  # fmt: skip
    for header in ("From", "To", "Cc"):
        assert email.utils.parseaddr(parsed[header])[1] == "a@example.com"
    read = email.message_from_bytes(data, policy=email.policy.default)
    assert not {"\r", "\n"} & set(str(read["Subject"]))
    assert header_text(parsed["Subject"]) == letter.subject.encode("utf-8", "replace").decode()
