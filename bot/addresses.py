"""Addresses that come from content, before they become links."""

from urllib.parse import urlsplit


def web_address(url: str) -> str | None:
    """The address if it is safe to follow (http or https), else None: shown, not linked."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
