"""How a file leaves: saved by the browser, never shown in a page of ours."""

from collections.abc import Mapping
from urllib.parse import quote

from bot.messages import FileRef


def download_headers(ref: FileRef) -> Mapping[str, str]:
    return {
        "Content-Type": ref.media_type,
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(ref.name, safe='')}",
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
