"""The site of somebody else that carries the widget: another origin, its own policy and styles."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOSTILE_STYLE = """
body * { position: static; margin: 40px; padding: 30px; color: rgb(1, 2, 3); background: lime;
    font: 40px/3 cursive; transform: rotate(3deg); box-sizing: content-box; float: left; }
button { display: none !important; }
dialog, textarea, p { visibility: hidden !important; }
quebec-ville-etudes { opacity: .1; z-index: -1; display: none; }
"""


class HostSite:
    """Serves the pages it is given, each with its policy; `localhost`, so of another site too."""

    def __init__(self) -> None:
        self._pages: dict[str, tuple[str, str]] = {}
        pages = self._pages

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page, policy = pages.get(self.path, ("", ""))
                self.send_response(200 if page else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                if policy:
                    self.send_header("Content-Security-Policy", policy)
                self.end_headers()
                self.wfile.write(page.encode())

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://localhost:{self._server.server_port}"

    def __enter__(self) -> "HostSite":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def page(self, name: str, *, head: str = "", body: str = "", policy: str = "") -> str:
        """Its address."""
        self._pages[f"/{name}"] = (
            f'<!doctype html><html lang="fr"><head><title>Un lycée</title>{head}</head>'
            f"<body><h1>Un lycée</h1>{body}</body></html>",
            policy,
        )
        return f"{self.url}/{name}"
