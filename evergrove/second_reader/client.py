"""Asks a model over HTTP: an OpenAI-compatible endpoint, or Ollama. Temperature 0, fixed seed."""

from __future__ import annotations

import http.client
import json
import os
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from evergrove.errors import EvergroveError
from evergrove.second_reader.prompt import SCHEMA, messages

KEY = "EVERGROVE_READER_KEY"
SEED = 1
APIS = ("openai", "ollama")
# A longer answer about one abstract is none.
_LONGEST = 2_000_000


class SecondReader(Protocol):
    """Whatever reads one abstract and answers in the form of `prompt.SCHEMA`."""

    name: str

    def answer(self, text: str) -> str:
        """The model's answer, as it came."""


@dataclass(frozen=True)
class HttpReader:
    """A model behind an address. `api` is "openai" (…/v1) or "ollama"; the key comes from the
    environment variable EVERGROVE_READER_KEY only and stands in no file, log or message."""

    api: str
    url: str
    model: str
    timeout: float = 300.0

    @property
    def name(self) -> str:
        return f"{self.api}:{self.model}"

    def answer(self, text: str) -> str:
        """Raises EvergroveError (without address and key) where no whole answer came."""
        path, body = self._request(text)
        request = urllib.request.Request(
            self.url.rstrip("/") + path,
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json", **_authorization()},
        )
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as response:
                data = response.read(_LONGEST + 1)
                # A read with a limit does not notice that the answer ended early.
                if response.length and len(data) <= _LONGEST:
                    raise http.client.IncompleteRead(data)
        except urllib.error.HTTPError as error:
            raise self._failed(f"status {error.code}") from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise self._failed(type(error).__name__) from None
        if len(data) > _LONGEST:
            raise self._failed("an answer of more than 2 MB")
        return self._content(data)

    def _request(self, text: str) -> tuple[str, dict[str, Any]]:
        asked: dict[str, Any] = {"model": self.model, "messages": messages(text)}
        if self.api == "ollama":
            options = {"temperature": 0, "seed": SEED}
            return "/api/chat", asked | {"stream": False, "format": SCHEMA, "options": options}
        form = {"name": "records", "strict": True, "schema": SCHEMA}
        return "/chat/completions", asked | {
            "temperature": 0,
            "seed": SEED,
            "response_format": {"type": "json_schema", "json_schema": form},
        }

    def _content(self, data: bytes) -> str:
        try:
            answer = json.loads(data)
            message = answer if self.api == "ollama" else answer["choices"][0]
            content = message["message"]["content"]
        except (ValueError, KeyError, IndexError, TypeError):
            raise self._failed("an answer that is none of this interface") from None
        stopped = message.get("done_reason" if self.api == "ollama" else "finish_reason")
        if not isinstance(content, str) or stopped == "length":
            raise self._failed("an answer that was cut off")
        return content

    def _failed(self, what: str) -> EvergroveError:
        return EvergroveError(
            f"the second reader gave no answer: {what}",
            value=self.name,
            remedy="Check the address, the model's name and the key; then run the command again: "
            "what was answered is kept.",
        )


def reader(api: str, url: str, model: str) -> HttpReader:
    """A reader behind `url`, which is http or https and holds neither user nor password."""
    if api not in APIS:
        raise EvergroveError("unknown interface", value=api, remedy=f"Known: {', '.join(APIS)}.")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise EvergroveError(
            "not an address of a second reader",
            remedy=f"Write http://… or https://…; a key goes into the variable {KEY}.",
        )
    return HttpReader(api, url, model)


def _authorization() -> dict[str, str]:
    key = os.environ.get(KEY, "").strip()
    return {"Authorization": f"Bearer {key}"} if key else {}
