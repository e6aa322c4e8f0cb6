"""What earlier runs found, put to use: evidence and recorded calls by content hash."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from portalis.emit.report import Report, ReportError, from_json, to_json
from portalis.evidence_key import EvidenceKeys
from portalis.validation.child.codec import Value
from portalis.validation.crew import SPENT
from portalis.validation.evidence import Evidence, Target
from portalis.validation.evidence_store import EvidenceStore
from portalis.validation.record import Recording
from portalis.validation.suite_folder import NOT_COPIED

_log = logging.getLogger("portalis")

Search = Callable[[Sequence[Target], Mapping[str, float], Callable[[Evidence], None]], Mapping[str, Evidence]]
"""Searches some targets, given what they took before, and calls back with each one's evidence."""


def verify(
    targets: Sequence[Target],
    keys: EvidenceKeys,
    store: EvidenceStore,
    *,
    reuse: bool,
    search: Search,
    skipped: Callable[[str], None],
) -> dict[str, Evidence]:
    """The evidence of all targets: from the store where nothing changed, else by searching, which is kept.

    Args:
        targets: the functions that can be called.
        keys: their content hashes.
        store: where evidence is kept.
        reuse: whether evidence of earlier runs counts; without it all is searched anew.
        search: searches those that are left.
        skipped: is called with the key of each that is not searched.
    """
    hashes = {target.key: keys.of(target) for target in targets}
    evidence: dict[str, Evidence] = {}
    if reuse:
        for target in targets:
            seen = store.get(hashes[target.key], target.key, keys.line(target.key))
            if seen is not None:
                evidence[target.key] = seen
                skipped(target.key)
    left = [target for target in targets if target.key not in evidence]
    if left:
        seconds = store.history(target.key for target in left)
        evidence |= search(left, seconds, lambda seen: store.put(hashes[seen.key], seen, keys.line(seen.key)))
    spent = sum(seen.reason == SPENT for seen in evidence.values())
    if spent:
        _log.warning(
            "the time for verification was spent before %d of %d functions; "
            "what was found is kept, so another run goes on from here (or set verify-seconds)",
            spent,
            len(targets),
        )
    return evidence


def recorded(store: EvidenceStore, key: str, *, reuse: bool, record: Callable[[], Recording]) -> Recording:
    """The calls recorded while the project's own code ran: those of an earlier run of this code, or new."""
    if reuse:
        known = _recording(store.get_value(key, _RECORDING))
        if known is not None:
            return known
    found = record()
    # A process that died or was cut short may fare better the next time.
    if not found.note and not found.causes:
        calls: list[Value] = [[name, list(rows)] for name, rows in found.calls.items()]
        counts: list[Value] = [list(found.attempted.items()), list(found.failed.items())]
        store.put_value(key, _RECORDING, [calls, *counts, list(found.problems.items()), found.tests])
    return found


def kept_report(store: EvidenceStore, key: str, seconds: Mapping[str, float]) -> Report | None:
    """The report that was kept under a key, as a run of `seconds` by stage reports it: all of its evidence
    is from before.
    """
    match store.get_value(key, _REPORT):
        case str(text):
            try:
                found = from_json(text)
            except ReportError:
                return None
        case _:
            return None
    items = (
        replace(one, evidence=replace(one.evidence, cached=True)) if one.evidence is not None else one
        for one in found.items
    )
    return replace(found, items=tuple(items), summary=replace(found.summary, seconds=dict(seconds)))


def keep_report(store: EvidenceStore, key: str, made: Report) -> None:
    """Keep a report that another run on the same would repeat."""
    store.put_value(key, _REPORT, to_json(made))


_RECORDING = "recording"
_REPORT = "report"


def _recording(value: Value) -> Recording | None:
    """The recording that was kept; None where there is none."""
    match value:
        case [list(calls), list(attempted), list(failed), list(problems), int(tests)]:
            found = Recording(tests=tests)
        case _:
            return None
    for row in calls:
        match row:
            case [str(name), list(rows)]:
                found.calls[name] = [args for args in rows if isinstance(args, tuple)]
    for counts, kept in ((found.attempted, attempted), (found.failed, failed)):
        for row in kept:
            match row:
                case (str(name), int(count)):
                    counts[name] = count
    for row in problems:
        match row:
            case (str(name), str(why)):
                found.problems[name] = why
    return found


def folder_hash(folder: Path) -> str:
    """A hash of the files in a project's folder, without those that neither tests nor a build depend on."""
    sha = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if not NOT_COPIED.isdisjoint(inside.parts) or not path.is_file():
            continue
        sha.update(f"{inside}\0".encode("utf-8", "surrogatepass"))
        try:
            sha.update(hashlib.sha256(path.read_bytes()).digest())
        except OSError as error:
            sha.update(str(error.strerror).encode())
    return sha.hexdigest()
