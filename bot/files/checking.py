"""Whether a file may be kept: its size, and that its content is what we accept, whatever its name.

A file is never shown by us, only downloaded; still, what an adviser opens must not be a surprise.
"""

import io
import re
import unicodedata
import warnings
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePosixPath

from PIL import Image, UnidentifiedImageError

LARGEST = 5 * 1024 * 1024
"""Bytes in one file."""
_LONGEST_NAME = 120
_MOST_PIXELS = 60_000_000
_IMAGES = {"JPEG": ("image/jpeg", ".jpg"), "PNG": ("image/png", ".png")}
_PDF = ("application/pdf", ".pdf")
_PDF_HEAD, _PDF_TAIL = 1024, 2048
# What a document does not need, and a trap does: scripts, programs, files within the file.
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)\b")
_NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]')
_ALTERNATIVE_ENDINGS = {".jpg": (".jpg", ".jpeg")}


class Unfit(str, Enum):
    """Why a file is refused. The words are chosen where it is said."""

    empty = "empty"
    too_large = "too_large"
    wrong_kind = "wrong_kind"
    damaged = "damaged"
    active = "active"


@dataclass(frozen=True)
class FitFile:
    """A file that may be kept; `name` ends as its content says, whatever it was called."""

    name: str
    media_type: str
    content: bytes


def checked(name: str, content: bytes) -> FitFile | Unfit:
    """Look at the content itself: neither the name nor what the browser declares is believed.

    An image is decoded whole, so call this in a thread.
    """
    if not content:
        return Unfit.empty
    if len(content) > LARGEST:
        return Unfit.too_large
    kind = _pdf(content) if b"%PDF-" in content[:_PDF_HEAD] else _image(content)
    if isinstance(kind, Unfit):
        return kind
    media_type, ending = kind
    return FitFile(_named(name, ending), media_type, content)


def _pdf(content: bytes) -> tuple[str, str] | Unfit:
    if b"%%EOF" not in content[-_PDF_TAIL:] or b"startxref" not in content[-_PDF_TAIL:]:
        return Unfit.damaged
    return Unfit.active if _ACTIVE.search(content) else _PDF


def _image(content: bytes) -> tuple[str, str] | Unfit:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=tuple(_IMAGES)) as image:
                if image.width * image.height > _MOST_PIXELS:
                    return Unfit.too_large
                kind = _IMAGES[str(image.format)]
                image.load()
                return kind
    except UnidentifiedImageError:
        return Unfit.wrong_kind
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Unfit.too_large
    except (OSError, SyntaxError, ValueError):
        return Unfit.damaged


def _named(name: str, ending: str) -> str:
    """The file's own name, without a folder and without what no name should hold."""
    composed = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    readable = _NOT_IN_A_NAME.sub("", composed).encode("utf-8", "ignore").decode().strip(" .")
    endings = _ALTERNATIVE_ENDINGS.get(ending, (ending,))
    if readable.lower().endswith(endings):
        stem = PurePosixPath(readable).stem
        ending = PurePosixPath(readable).suffix.lower()
    else:
        stem = readable
    return f"{stem.strip(' .')[:_LONGEST_NAME] or 'document'}{ending}"
