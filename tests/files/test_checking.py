"""What may be kept is decided by the content, never by the name."""

import io

import pytest
from PIL import Image

from bot.files.checking import LARGEST, FitFile, Unfit, checked

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\nstartxref\n9\n%%EOF\n"


def image(kind: str, size: tuple[int, int] = (8, 8)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kept_as", "media_type"),
    [
        ("relevé.pdf", PDF, "relevé.pdf", "application/pdf"),
        ("photo.JPEG", image("JPEG"), "photo.jpeg", "image/jpeg"),
        ("photo.pdf", image("PNG"), "photo.pdf.png", "image/png"),
        ("C:\\dossier\\lettre.pdf", PDF, "lettre.pdf", "application/pdf"),
        ("../../etc/passwd", PDF, "passwd.pdf", "application/pdf"),
        ('a"\r\nb\u202efdp.exe', PDF, "abfdp.exe.pdf", "application/pdf"),
        ("", PDF, "document.pdf", "application/pdf"),
        (".pdf", PDF, "pdf.pdf", "application/pdf"),
    ],
)
def test_a_file_is_kept_under_a_name_that_tells_the_truth(
    name: str, content: bytes, kept_as: str, media_type: str
) -> None:
    assert checked(name, content) == FitFile(kept_as, media_type, content)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Unfit.empty),
        (b"%PDF" + b"x" * LARGEST, Unfit.too_large),
        (b"MZ\x90\x00 a program", Unfit.wrong_kind),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Unfit.wrong_kind),
        (b"<html><script>alert(1)</script></html>", Unfit.wrong_kind),
        (image("GIF"), Unfit.wrong_kind),
        (image("JPEG", (300, 300))[:700], Unfit.damaged),
        (PDF[:20], Unfit.damaged),
        (PDF.replace(b"<<>>", b"<</OpenAction<</S/JavaScript/JS(x)>>>>"), Unfit.active),
        (PDF.replace(b"<<>>", b"<</Launch 1>>"), Unfit.active),
    ],
)
def test_what_is_not_a_plain_document_is_refused(content: bytes, why: Unfit) -> None:
    assert checked("lettre.pdf", content) is why


def test_an_image_of_too_many_points_is_refused_before_it_is_drawn() -> None:
    assert checked("bombe.png", image("PNG", (9000, 9000))) is Unfit.too_large


def test_a_long_name_is_cut_and_keeps_its_ending() -> None:
    fit = checked("é" * 500 + ".pdf", PDF)
    assert isinstance(fit, FitFile)
    assert len(fit.name) == 124
    assert fit.name.endswith(".pdf")
