"""What a part of a message is by its content: decoration, a bounce, packed, words with a link."""

import re
from email.message import Message

_PACKED = {
    b"Rar!": "RAR 压缩包",
    b"7z\xbc\xaf": "7z 压缩包",
    b"\x1f\x8b": "gz 压缩包",
    b"MSCF": "CAB 压缩包",
    b"BZh": "bz2 压缩包",
    b"\xfd7zXZ": "xz 压缩包",
    b"\x28\xb5\x2f\xfd": "zst 压缩包",
    b"\x1f\x9d": "Z 压缩包",
}
_PGP = b"-----BEGIN PGP MESSAGE-----"
_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature",
               "application/pgp-signature")  # fmt: skip
_OF_SIGNATURES = (b"0", b"MI", b"-----BEGIN PGP SIGNATURE")  # DER, the same in base64, PGP
_MAC_SHADOW = b"\0\x05\x16\x07"  # AppleDouble: what a Mac knows of the file beside it
_LOGO = 30_000  # bytes: a picture shown in a letter that is larger is a photo that was pasted
_CLOUDS = (
    "超大附件|云附件|大附件|文件中转站|中转站附件|网盘|"
    r"(?:pan|yun)\.(?:baidu|quark|xunlei)\.|weiyun\.com|"
    r"alipan\.com|aliyundrive\.com|123pan\.|lanzou\w?\.|ctfile\.|/ftn(?:\?|/|_)|ftnExs|"
    r"cowtransfer\.|wenshushu\.|jianguoyun\.|kdocs\.cn|docs\.qq\.com|cloud\.189\.cn|"
    r"(?:yun|caiyun)\.139\.com|u\.163\.com|large-?attach|bigattach|1drv\.ms|sharepoint\.com"
)
_LINK = re.compile(b"|".join(dict.fromkeys(_CLOUDS.encode(e) for e in ("utf-8", "gb18030"))))
_STRUCTURE = re.compile(rb"^Content-(?:Type|Disposition|Transfer-Encoding):", re.I | re.M)
_BOUNDARY = re.compile(rb"^--([!#-\[\]-~ ]{1,200}?)[ \t]*\r?\n(?=Content-[A-Za-z-]+:)", re.I | re.M)


def packed(data: bytes) -> str:
    """What kind of packed or locked file that is not opened; "" for any other."""
    if data[257:262] == b"ustar":
        return "tar 压缩包"
    if data[:200].lstrip().startswith(_PGP):
        return "PGP 加密的邮件"
    return next((kind for mark, kind in _PACKED.items() if data.startswith(mark)), "")


def is_bounce(part: Message) -> bool:
    """Whether a report tells of mail that was not delivered."""
    return part.get_param("report-type") == "delivery-status" or has_status(part)


def has_status(part: Message) -> bool:
    """Whether a mail server says in it what became of a mail."""
    return any(p.get_content_type() == "message/delivery-status" for p in part.walk())


def is_decoration(part: Message, name: str, data: bytes) -> bool:
    """Whether a part only belongs to the letter: a logo, a signature, a Mac's shadow of a file."""
    if data.startswith(_MAC_SHADOW):
        return True
    if part.get_content_type() in _SIGNATURES or name.lower().endswith((".p7s", ".asc")):
        return data.startswith(_OF_SIGNATURES)
    shown = part.get_content_disposition() != "attachment" and "Content-ID" in part
    return part.get_content_maintype() == "image" and shown and len(data) < _LOGO


def has_link(words: bytes) -> bool:
    """Whether a letter's text, in UTF-8 or GBK, says that a file lies somewhere else."""
    return _LINK.search(words) is not None


def has_structure(words: bytes) -> bool:
    """Whether what should be words are parts of a message that was put together wrong."""
    return _STRUCTURE.search(words) is not None


def boundary_in(words: bytes) -> bytes:
    """By what the parts in it are really divided; b"" where that can't be seen."""
    found = _BOUNDARY.search(words)
    return found[1] if found else b""
