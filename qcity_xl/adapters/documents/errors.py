"""Why a document can't be read: one class for each cause."""

from qcity_xl.core.errors import QcityError


class DocumentError(QcityError):
    """The document can't be read; nothing was made."""


class UnsupportedDocument(DocumentError):
    """A file type that is not read."""

    def __init__(self, name: str) -> None:
        """Say which types are."""
        super().__init__(
            f"“{name}”不是能读的类型，只读 .docx 和 .txt。"
            "请用 Word 或 WPS 打开它，另存为 .docx 后再试（PDF 先转成 Word）。"
        )


class DocumentEncrypted(DocumentError):
    """A password, or the old binary format under a new name."""

    def __init__(self, name: str) -> None:
        """Say what to do."""
        super().__init__(
            f"“{name}”设有打开密码，或其实是旧版 .doc。请在 Word 中去掉密码，另存为 .docx 后再试。"
        )


class DocumentTooLarge(DocumentError):
    """More than is read."""

    def __init__(self, name: str, what: str, found: int, allowed: int) -> None:
        """Say how much there is and how much may be."""
        super().__init__(f"“{name}”{what}为 {found:,}，超过上限 {allowed:,}，没有读取。")


class DocumentDamaged(DocumentError):
    """The content is not what the type says."""

    def __init__(self, name: str, why: str) -> None:
        """Say what is wrong."""
        super().__init__(f"读不了“{name}”：{why}。请用 Word 打开并另存为 .docx 后再试。")


class DocumentMissing(DocumentError):
    """The file is not there, or may not be read."""

    def __init__(self, name: str) -> None:
        """Say what to check."""
        super().__init__(f"读不了“{name}”：文件不存在、正被占用或没有权限。请检查后再试。")
