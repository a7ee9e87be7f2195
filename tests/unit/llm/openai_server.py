"""A server that speaks the chat part of the OpenAI API, well or badly; run as a process of its own.

    python openai_server.py

Prints its port. The name of the model asked for says how it behaves: stream, busy_once, status_<code>,
hang, drip, cut, no_end, or lie.
"""

from __future__ import annotations

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SENTENCES = {
    "stream": [{"text": "Bij Techport volgden 120 leerlingen een opleiding in 2022.", "citations": [2]}],
    "lie": [{"text": "Ook Bouwstart Velsen leidt 900 technici op.", "citations": [1]}],
}
HANG_SECONDS = 60


class Handler(BaseHTTPRequestHandler):
    """One request; `seen` counts them per model for the whole process."""

    protocol_version = "HTTP/1.1"
    seen: dict[str, int] = {}  # noqa: RUF012

    def log_message(self, *args: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        model = body["model"]
        self.seen[model] = self.seen.get(model, 0) + 1
        if model.startswith("status_"):
            self._fail(int(model.removeprefix("status_")))
        elif model == "busy_once" and self.seen[model] == 1:
            self._fail(429)
        elif model == "hang":
            time.sleep(HANG_SECONDS)
        elif body.get("stream") is not True or body.get("temperature") != 0:
            self._fail(400)
        else:
            self._stream(model)

    def _fail(self, status: int) -> None:
        data = json.dumps({"error": {"message": f"status {status}", "type": "test"}}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, model: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        text = json.dumps({"sentences": SENTENCES.get(model, SENTENCES["stream"])})
        pieces = [text[i : i + 20] for i in range(0, len(text), 20)]
        try:
            if model == "drip":
                for _ in range(10 * HANG_SECONDS):
                    self._chunk(b": still there\n\n")
                    time.sleep(0.1)
            if model == "no_end":
                for _ in range(100_000):
                    self._event("nog meer tekst " * 20, None)
            for number, piece in enumerate(pieces):
                if model == "cut" and number == 2:
                    self.connection.shutdown(2)
                    return
                self._event(piece, None)
            self._event("", "stop")
            self._chunk(b"data: [DONE]\n\n")
            self._chunk(b"")
        except OSError:
            self.close_connection = True

    def _event(self, text: str, ending: str | None) -> None:
        choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": ending}
        event = {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "m",
            "choices": [choice],
        }
        self._chunk(f"data: {json.dumps(event)}\n\n".encode())

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()
