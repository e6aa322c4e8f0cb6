"""Whether Python answers as it did in another process, with other hashes and other addresses."""

from __future__ import annotations

from .codec import Json, NotEncodableError, decode, encode
from .compare import Sameness, error_message
from .outcome import Outcome
from .source import source
from .trial import Trial


def wavers(trial: Trial, case: Json) -> str:
    """The two answers in words where Python answers a case otherwise than another process took down, else
    "".
    """
    if not isinstance(case, dict):
        return ""
    args, raised = decode(case["args"]), case["raised"]
    assert isinstance(args, tuple)
    now = trial.original(args)
    if now.expired:
        return ""
    if raised is not None:
        before = f"raises {raised} saying {case['message']!r}"
    else:
        before = source(decode(case["result"]))
    if _ending(now) != (raised, case["message"]):
        return f"{before}, and then {_in_words(now)}"
    if case["output"] != now.output:
        return f"prints {case['output']!r}, and then {now.output!r}"
    if not Sameness().same(decode(case["after"]), _unshared(now.args)):
        return f"leaves {source(decode(case['after']))}, and then {source(now.args)}"
    if now.error is None and not Sameness().same(decode(case["result"]), _unshared(now.result)):
        return f"{before}, and then {_in_words(now)}"
    return ""


def _unshared(value: object) -> object:
    """The value as it would come from the other process: what is shared in it is not told."""
    try:
        return decode(encode(value))
    except NotEncodableError:
        return value


def _ending(outcome: Outcome) -> tuple[str | None, str]:
    """The exception's class and text."""
    error = outcome.error
    if error is None:
        return None, ""
    return f"{type(error).__module__}:{type(error).__qualname__}", error_message(error)


def _in_words(outcome: Outcome) -> str:
    raised, message = _ending(outcome)
    return source(outcome.result) if raised is None else f"raises {raised} saying {message!r}"
