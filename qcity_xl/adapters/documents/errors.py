"""Why a document can't be read: one class for each cause."""

from qcity_xl.core.errors import QcityError


class DocumentError(QcityError):
    """The document can't be read; nothing was made."""


class UnsupportedDocument(DocumentError):
    """A file type that is not read."""

    def __init__(self, name: str) -> None:
        """Say which types are."""
        super().__init__(
            f"“{name}”不是能读的类型。能读 Word、Excel、WPS、PDF、网页和文本："
            ".docx、.xlsx、.doc、.xls、.wps、.rtf、.odt、.pdf、.html、.csv、.txt。"
            "请换成其中一种后再试。"
        )


class NeedsConversion(DocumentError):
    """An old format that only an office program can open."""

    def __init__(self, name: str) -> None:
        """Say how it is done."""
        super().__init__(
            f"“{name}”是 RTF 或早期 Word 格式，这台电脑上没有可用来转换的 LibreOffice。"
            "请用 Word 或 WPS 打开它，另存为 .docx 后再试。"
        )


class DocumentEncrypted(DocumentError):
    """It opens only with a password."""

    def __init__(self, name: str) -> None:
        """Say what to do."""
        super().__init__(f"“{name}”设有打开密码。请打开它，去掉密码并保存后再试。")


class DocumentScanned(DocumentError):
    """Its pages are pictures."""

    def __init__(self, name: str) -> None:
        """Say what is needed."""
        super().__init__(
            f"“{name}”里只有图片，没有文字，像是扫描件。"
            "请向来文单位要有文字的原件，或先用文字识别（OCR）转成 Word 并核对后再试。"
        )


class DocumentEmpty(DocumentError):
    """There is nothing in it."""

    def __init__(self, name: str, why: str) -> None:
        """Say what was found."""
        super().__init__(f"“{name}”没有内容：{why}。请检查是不是选错了文件。")


class DocumentTooLarge(DocumentError):
    """More than is read."""

    def __init__(self, name: str, what: str, found: int, allowed: int) -> None:
        """Say how much there is and how much may be."""
        super().__init__(f"“{name}”{what}为 {found:,}，超过上限 {allowed:,}，没有读取。")


class DocumentDamaged(DocumentError):
    """The content is not what the type says."""

    def __init__(self, name: str, why: str) -> None:
        """Say what is wrong."""
        super().__init__(f"读不了“{name}”：{why}。请确认它能正常打开；能打开的，另存一份后再试。")


class DocumentMissing(DocumentError):
    """The file is not there, or may not be read."""

    def __init__(self, name: str) -> None:
        """Say what to check."""
        super().__init__(f"读不了“{name}”：文件不存在、正被占用或没有权限。请检查后再试。")
