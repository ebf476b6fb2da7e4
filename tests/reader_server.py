"""A real HTTP server on loopback that answers like an OpenAI-compatible endpoint, or Ollama."""

from __future__ import annotations

import json
import threading
from collections import deque
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Model:
    """What is answered: `answers` in their order, the last one again and again; `asked` is kept."""

    def __init__(self, *answers):
        self.answers = deque(answers)
        self.asked = []
        self.headers = []
        self.fault = None

    def next(self):
        return self.answers.popleft() if len(self.answers) > 1 else self.answers[0]


@contextmanager
def serving(model):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            model.asked.append((self.path, body))
            model.headers.append(dict(self.headers))
            if model.fault == "500":
                self.send_error(500, "no " + self.headers.get("Authorization", ""))
                return
            content = model.next()
            if self.path == "/api/chat":
                answer = {"message": {"content": content}, "done_reason": "stop"}
            else:
                stop = "length" if model.fault == "length" else "stop"
                answer = {"choices": [{"message": {"content": content}, "finish_reason": stop}]}
            data = b"<html>" if model.fault == "html" else json.dumps(answer).encode()
            self.send_response(200)
            length = len(data) + (9 if model.fault == "truncated" else 0)
            self.send_header("Content-Length", str(length))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
