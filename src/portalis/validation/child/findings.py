"""What a search found, in the JSON that the parent reads."""

from __future__ import annotations

from .codec import Json, NotEncodableError, encode
from .compare import error_message, same_when_unshared
from .compose import Args
from .explore import Search
from .outcome import Outcome


def evidence(search: Search) -> dict[str, Json]:
    """What a search saw, for the parent."""
    tally, reach = search.tally, search.reach
    return {
        "cases": tally.agreed,
        "recorded": tally.recorded,
        "declined": tally.declined,
        "discarded": tally.discarded,
        "lines": reach.line_share(),
        "branches": reach.branch_share(),
        "missed": [*sorted(reach.lines - reach.hit_lines)],
        "missed_branches": [[*arc] for arc in sorted(reach.arcs - reach.hit) if arc[0] in reach.hit_lines],
        "normal": tally.normal > 0,
        "exhaustive": tally.exhaustive,
        "flaky": tally.flaky,
        "mismatches": [
            [
                search.trial.call_text(args),
                found.kind,
                found.expected,
                found.actual,
                search.trial.pytest_text(args, found.kind),
            ]
            for args, found in tally.mismatches.values()
        ],
        "kept": [
            case
            for args, left in (search.kept if not search.trial.subject.signature.lazy else ())
            if (case := _kept_case(args, left)) is not None
        ],
        "doubtful": [_kept_case(args, left) for args, left in search.doubtful],
        "guard": search.meter.struck,
        "speedup": _speedup(search),
        "precondition": search.learned.text() if search.learned is not None else "",
        "progress": [[cases, share] for cases, share in tally.progress],
    }


def _speedup(search: Search) -> float | None:
    """Python's time over the extension's, on kept cases that both answered quickly."""
    if search.trial.controlled:
        return None
    quick = [args for args, left in search.kept[:12] if left.seconds < 0.01]
    python = sum(search.trial.time_original(args) for args in quick)
    rust = sum(search.trial.time_translation(args) for args in quick)
    return python / rust if rust else None


def _kept_case(args: Args, left: Outcome) -> Json:
    """An agreeing case for the parent, or None where a value has no JSON form."""
    error = left.error
    if not same_when_unshared(args):
        return None
    try:
        return {
            "args": encode(args, 2000),
            "after": encode(left.args, 2000),
            "result": encode(left.result, 2000) if error is None else None,
            "raised": None if error is None else f"{type(error).__module__}:{type(error).__qualname__}",
            "message": "" if error is None else error_message(error),
            "output": left.output,
        }
    except NotEncodableError:
        return None
