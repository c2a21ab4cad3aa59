"""Random damage to a real pack: python -m tests.returns.fuzz --seconds N [--seed N] [--law].

Whatever comes back, `read_pack` gives a pack or NotAPack, and what is decided about a pack can be
stored in a cell. With `--law` hands edit the pack anywhere, and each cell is to be accounted for:
see `tests.returns.law`. A finding is printed with what made it and ends the run with status 1.
"""

import argparse
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from qcity_xl.adapters.ooxml.cells import Where, value_xml
from qcity_xl.adapters.packs import NotAPack, read_pack
from qcity_xl.core.master.model import Master
from qcity_xl.core.master.settings import Limits
from qcity_xl.core.merge.conflicts import conflict_rows
from qcity_xl.core.merge.decide import changes_of, decide_pack
from qcity_xl.core.merge.repair import mend
from tests.adapters.ooxml.build import zipped
from tests.returns.hand import parts_of

# Few and small: a mutation that explodes shows in time and memory too.
BOUNDS = Limits(file_mb=2, unpacked_mb=20)
PAYLOADS = (
    *(b"", b"<", b">", b"/>", b'"', b"'", b"&", b"&#0;", b"]]>", b"<!--", b"<![CDATA[", b"\0"),
    *(b"<c>", b"<c/>", b"<row>", b"</row>", b"<v>", b"</v>", b"<f>1</f>", b"<is/>", b"<x:c>"),
    *(b' r="A1"', b' r="XFD1048576"', b' r="ZZZZ9"', b' r="A0"', b' r=""', b' t="e"', b' t="s"'),
    *(b' t="d"', b' t="b"', b' t="str"', b' s="99999"', b' s="-1"', b"1e999", b"-1", b"NaN"),
    *(b"9" * 400, b"0001-01-01", b"9999-12-31T23:59:59Z", b"#REF!", b"DISPIMG(ID_1", b"\xff\xfe"),
    *(b"\xed\xa0\x80", b"_x0000_", b"_xD800_", b"&#xD800;", b"\xf0\x9f\x91\x8d", b"\xee\x97\xa5"),
    *(b'<mergeCell ref="A1:XFD1048576"/>', b'<mergeCell ref="Z9:A1"/>', b"<!DOCTYPE a>"),
    *(b' date1904="1"', b'Target="../../x"', b'TargetMode="External"', b"worksheet", b"r:id"),
)


@dataclass(frozen=True)
class Mutation:
    """One change of bytes: in a part (from 0), or, with part -1, in the file itself."""

    part: int
    place: float  # 0 to 1
    cut: int  # bytes taken away
    payload: int
    copied: int = 0  # bytes from elsewhere in the part put in as well


def mutated(data: bytes, mutations: Iterable[Mutation]) -> bytes:
    """The pack with these mutations, parts first."""
    listed = list(mutations)
    parts = parts_of(data)
    names = sorted(parts)
    for mutation in listed:
        if mutation.part >= 0:
            name = names[mutation.part % len(names)]
            parts[name] = _spliced(parts[name], mutation)
    made = zipped(parts) if any(m.part >= 0 for m in listed) else data
    for mutation in listed:
        if mutation.part < 0:
            made = _spliced(made, mutation)
    return made


def _spliced(body: bytes, mutation: Mutation) -> bytes:
    at = int(mutation.place * len(body))
    if mutation.payload % 2:  # half of them stand where a tag ends, where they have most effect
        at = max(body.rfind(b" ", 0, at), body.rfind(b">", 0, at) + 1, 0)
    copied = body[at // 2 : at // 2 + mutation.copied]
    new = PAYLOADS[mutation.payload % len(PAYLOADS)]
    return body[:at] + new + copied + body[at + mutation.cut :]


def check(data: bytes, master: Master) -> bool:
    """Whether the file is a pack; an AssertionError or whatever was raised is a finding."""
    try:
        pack = read_pack(data, BOUNDS)
    except NotAPack as error:
        assert str(error)
        return False
    pack = mend(pack, pack.base)
    decisions = decide_pack(pack, master)
    changes = changes_of(decisions, master, pack)
    changes += conflict_rows(master.with_changes(changes), pack.identity, decisions, "a.xlsx")
    for change in changes:
        value_xml(b"", change.new, False, Where("填报", 1, 1))
    return True


def _random(source: random.Random) -> Mutation:
    part = source.choice((-1, *range(40)))
    cut = source.choice((0, 0, 1, 4, 40, 400))
    copied = source.choice((0, 0, 0, 30, 3_000))
    return Mutation(part, source.random(), cut, source.randrange(len(PAYLOADS)), copied)


def main() -> int:
    """Fuzz for as long as asked."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    options.add_argument("--law", action="store_true")
    given = options.parse_args()
    if given.law:
        return _hold_law(given.seconds, given.seed)
    source = random.Random(given.seed)  # noqa: S311 - not a secret
    tried = read = 0
    with tempfile.TemporaryDirectory() as folder:
        data, master = _made(Path(folder))
        end = time.monotonic() + given.seconds
        while time.monotonic() < end:
            mutations = [_random(source) for _ in range(source.randint(1, 4))]
            try:
                read += check(mutated(data, mutations), master)
            except Exception:
                traceback.print_exc()
                sys.stdout.write(f"seed {given.seed}, try {tried}: {mutations}\n")
                return 1
            tried += 1
    sys.stdout.write(f"seed {given.seed}: {tried} files, {read} read as packs, no finding\n")
    return 0


def _hold_law(seconds: float, seed: int) -> int:
    """Hands on one pack after another; each has the seed after that of the one before."""
    from tests.returns import law
    from tests.returns.conftest import make_round

    tried = read = 0
    with tempfile.TemporaryDirectory() as folder:
        sent = make_round(Path(folder))
        pack = sent.pack()
        sheets = law.cells_of(pack)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            hand = law.hand_on(sheets, seed + tried)
            edits = law.random_edits(seed + tried)
            try:
                for edit in edits:
                    edit(hand)
                read += law.check(sent, pack, hand, Path(folder)) is not None
            except Exception:
                traceback.print_exc()
                names = [edit.__name__ for edit in edits]
                sys.stdout.write(f"seed {seed + tried}: {names}\n")
                return 1
            tried += 1
    sys.stdout.write(f"seed {seed}: {tried} edited packs, {read} merged, no finding\n")
    return 0


def _made(folder: Path) -> tuple[bytes, Master]:
    from tests.returns.conftest import make_round

    made = make_round(folder)
    return made.honest, made.master


if __name__ == "__main__":
    sys.exit(main())
