"""Which failures of a server another try may not meet, and what to do about the others."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime

from portalis.translation.backends.protocol import BackendError, TransientError

_TRANSIENT = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
_MAX_DETAIL = 300


def failure(status: int, detail: str, where: str, retry_after: str | None = None) -> BackendError:
    """The error of an HTTP status other than success.

    Args:
        status: the status.
        detail: what the server says about it; cut to 300 characters.
        where: the endpoint, as the user named it.
        retry_after: the header of that name.
    """
    message = f"{where} answered {status}: {brief(detail) or 'no reason given'}"
    exhausted = status == 429 and "insufficient_quota" in detail
    if status in _TRANSIENT and not exhausted:
        hint = "wait, or set a lower concurrency" if status == 429 else "look into the server's log"
        return TransientError(message, hint, seconds_of(retry_after))
    return BackendError(message, _hint(status, detail))


def brief(text: str) -> str:
    """A server's words on one line, of at most 300 characters: the beginning and, of tracebacks, the end."""
    line = " ".join(text.split())
    half = _MAX_DETAIL // 2
    return line if len(line) <= _MAX_DETAIL else f"{line[: half - 2]} … {line[1 - half :]}"


def seconds_of(retry_after: str | None) -> float | None:
    """The seconds that a `Retry-After` header asks for; None where there is none, or it can't be read.

    It is a number of seconds or a date (RFC 9110, section 10.2.3).

    >>> seconds_of("3"), seconds_of("soon"), seconds_of("Thu, 01 Jan 1970 00:00:00 GMT")
    (3.0, None, 0.0)
    """
    if retry_after is None:
        return None
    try:
        seconds = float(retry_after)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(retry_after).timestamp() - time.time()
        except (ValueError, OverflowError):
            return None
    return max(seconds, 0.0) if seconds == seconds else None


def _hint(status: int, detail: str) -> str:
    lowered = detail.lower()
    if "context length" in lowered or "context_length" in lowered or "context size" in lowered:
        return "the prompt and max_length together are longer than the model reads; lower max_length"
    match status:
        case 401 | 403:
            return "set the key of the endpoint in the environment variable that api_key_env names"
        case 402 | 429:
            return "the account's quota is used up"
        case 404:
            return "check the model's name and the address (of an OpenAI-compatible API it ends in /v1)"
        case 400 | 422:
            return "the server does not take one of the settings of InferenceConfig; its message says which"
        case _:
            return "look into the server's log"
