"""What WPS, and the safety programs beside it, are known to do to workbooks that they save.

Each from public reports of readers that failed over it; no WPS was run here.
"""

import re
import zipfile
from collections.abc import Callable, Mapping

from tests.adapters.ooxml.build import zipped
from tests.returns.hand import parts_of

RELATIONSHIPS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _folders(data: bytes) -> bytes:
    """Folders as entries of the package (read by one library as a part with a bad name)."""
    return zipped({"xl/": b"", "xl/_rels/": b"", "xl/worksheets/": b"", **parts_of(data)})


def _first_cell_only(data: bytes) -> bytes:
    """A sheet says that its first cell is all that it has."""
    parts = parts_of(data)
    for name, body in parts.items():
        if name.startswith("xl/worksheets/sheet"):
            bare = re.sub(rb"<dimension[^>]*/>", b"", body)
            said = rb'<dimension ref="A1:A1"/>'
            at = re.search(rb"<sheetPr.*?(?:/>|</sheetPr>)", bare, re.DOTALL)
            head = at.end() if at else bare.index(b">", bare.index(b"<worksheet")) + 1
            parts[name] = bare[:head] + said + bare[head:]
    return zipped(parts)


def _properties(data: bytes) -> bytes:
    """Properties of the document beyond what the standard allows, one of them without a time."""
    core = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http:'
        '//schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dcterms="http://'
        'purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        '<dcterms:created xsi:type="dcterms:W3CDTF">昨天</dcterms:created>'
        '<dcterms:issued xsi:type="dcterms:W3CDTF"/><cp:version/></cp:coreProperties>'
    )
    return zipped({**parts_of(data), "docProps/core.xml": core.encode()})


def _relations(data: bytes) -> bytes:
    """A relation of the package to something that is not there, as a safety program adds it."""
    parts = parts_of(data)
    added = b'<Relationship Id="EsafeNet" Type="%b/unknown" Target="esafe/label.dat"/>'
    body = parts["_rels/.rels"]
    end = body.rindex(b"</Relationships>")
    parts["_rels/.rels"] = body[:end] + added % RELATIONSHIPS + body[end:]
    return zipped(parts)


def _builder(data: bytes) -> bytes:
    """The number of the program as a property of its own, and a macro file of its JS as text."""
    custom = (
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-'
        b'properties"><property name="KSOProductBuildVer"/></Properties>'
    )
    return zipped(
        {**parts_of(data), "docProps/custom.xml": custom, "xl/JDEData.bin": "function f(){}"}
    )


MANNERS: Mapping[str, Callable[[bytes], bytes]] = {
    "压缩包里有文件夹": _folders,
    "范围只写A1": _first_cell_only,
    "文档属性不合规范": _properties,
    "安全软件加的关系": _relations,
    "程序号和JS宏": _builder,
}


def zip64_in(package: zipfile.ZipFile) -> list[str]:
    """Entries with the long sizes of ZIP64, which WPS is reported not to open."""
    return [
        info.filename
        for info in package.infolist()
        if b"\x01\x00" in (info.extra[n : n + 2] for n in range(0, len(info.extra), 4))
        or info.extract_version >= 45
    ]
