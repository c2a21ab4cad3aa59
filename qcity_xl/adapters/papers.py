"""Papers to try things with: one blank page that says in its properties what it stands for."""

import io


def paper(title: str) -> bytes:
    """A PDF that opens; another title, other bytes."""
    from pypdf import PdfWriter  # only the demonstration asks

    writer, raw = PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)  # A4, in points
    writer.add_metadata({"/Title": title})
    writer.write(raw)
    return raw.getvalue()
