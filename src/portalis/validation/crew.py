"""Children at work: which gets what, what a death means, and how the work ends early.

Items go out in lots of one module, the dearest lots first (longest processing time first, Graham 1969,
SIAM J. Appl. Math. 17(2)), so that no child is left with a long lot when the others are done. A child takes
one lot after another: its start is paid once, the import of a module once a lot.

A death tells something only when it can be repeated: another process may have killed the child. So an item
whose child died is searched again as before, and a case counts as deadly when it was in flight twice.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue

from portalis.validation.child.channel import SIBLING
from portalis.validation.containment import Cause
from portalis.validation.evidence import Counterexample, Difference, Evidence, Target
from portalis.validation.sandbox import Child, ChildDiedError, RequestFailedError

SPENT = "the time budget was spent"

_LOTS_PER_CHILD = 8
_MAX_DEADLY = 3
_MAX_SIBLINGS = 3
_MAX_DEATHS = 8
_MAX_STARTS = 3

Lot = Sequence[Target]


def lots(targets: Iterable[Target], seconds: Mapping[str, float], workers: int) -> list[list[Target]]:
    """The targets in lots of one module each, the dearest first.

    Args:
        targets: what is to be searched.
        seconds: what earlier searches took, as far as known; the others count as their mean.
        workers: children at a time. A lot of several items is no more than a small part of a child's share.
    """
    ordered = sorted(targets, key=lambda target: target.key)
    known = [seconds[target.key] for target in ordered if target.key in seconds]
    usual = sum(known) / len(known) if known else 1.0

    def cost(target: Target) -> float:
        return seconds.get(target.key, usual)

    most = sum(map(cost, ordered)) / (workers * _LOTS_PER_CHILD)
    made: list[list[Target]] = []
    filled = 0.0
    for target in ordered:
        if not made or made[-1][0].module != target.module or filled + cost(target) > most:
            made.append([])
            filled = 0.0
        made[-1].append(target)
        filled += cost(target)
    # Sorting is stable, so that equal lots keep their order by name.
    return sorted(made, key=lambda lot: -sum(map(cost, lot)))


@dataclass(slots=True)
class Deaths:
    """The deaths of children during the search of one item."""

    seen: list[ChildDiedError] = field(default_factory=list)

    def deadly(self) -> list[str]:
        """The cases that took a child down while Python ran, and did so again; they are avoided then."""
        counts = Counter(died.text for died in self._own() if died.phase == "original")
        return [text for text, count in counts.items() if count > 1]

    def avoided(self) -> list[str]:
        """The deadly cases, and the functions whose results are no longer made inputs of: those that were
        running when a child died, after a few of them all (`SIBLING` alone).
        """
        keys = dict.fromkeys(died.text.partition("\n")[0] for died in self.seen if _in_sibling(died))
        return [*self.deadly(), *(keys if len(keys) < _MAX_SIBLINGS else [SIBLING])]

    def _own(self) -> list[ChildDiedError]:
        return [died for died in self.seen if not _in_sibling(died)]

    def verdict(self, target: Target) -> Evidence | None:
        """What the deaths so far say about the item, or None where it should be searched again."""
        last = self.seen[-1]
        if _in_sibling(last) and len(self.seen) < _MAX_DEATHS:
            return None
        name = f"{target.module}.{target.key.partition(':')[2]}"
        again = any(died.phase == "translation" and died.text == last.text for died in self.seen[:-1])
        if last.phase == "translation" and again:
            difference: Difference = "hang" if last.hung else "crash"
            actual = "does not end" if last.hung else f"ends the process ({last.detail})"
            example = Counterexample(name + as_call(last.text), difference, "answers", actual)
            return Evidence(target.key, mismatches=1, counterexamples=(example,), repeatable=False)
        if len(self.deadly()) < _MAX_DEADLY and len(self.seen) < _MAX_DEATHS:
            return None
        how = f"python itself {last} on {name}{as_call(last.text)}"
        return Evidence(target.key, discarded=len(self.seen), reason=how, cause=last.cause, repeatable=False)


def _in_sibling(died: ChildDiedError) -> bool:
    return died.phase == "original" and died.text.startswith(SIBLING)


def as_call(text: str) -> str:
    """`('a',)` as `('a')`, the arguments' tuple as a call's parentheses."""
    return text[:-2] + ")" if text.endswith(",)") else text


class Crew:
    """Runs a search of many items in children.

    Args:
        start: makes a child that is entered with `with`.
        opening: the first request to each child.
        explore: searches one item in a child, without the cases given. Raises ChildDiedError.
        explain: completes, in a fresh child, a counterexample that took a child down.
        end: when the time budget is spent, by `time.monotonic()`.
        found: is called with the evidence of each item when it is done, from several threads.
    """

    def __init__(
        self,
        start: Callable[[], Child],
        opening: Callable[[Child], object],
        explore: Callable[[Child, Target, Sequence[str]], Evidence],
        explain: Callable[[Child, Target, Evidence, ChildDiedError], Evidence],
        end: float,
        found: Callable[[Evidence], None],
    ) -> None:
        self._start = start
        self._opening = opening
        self._explore = explore
        self._explain = explain
        self._end = end
        self._found = found
        self._queue: SimpleQueue[list[Target]] = SimpleQueue()
        self._stopped = threading.Event()
        self._alive: set[Child] = set()
        self._mutex = threading.Lock()

    def run(self, work: Iterable[list[Target]], workers: int) -> dict[str, Evidence]:
        """The evidence by key. Ctrl-C, or any failure, ends the children at once and what is done is kept."""
        for lot in work:
            self._queue.put(lot)
        evidence: dict[str, Evidence] = {}
        with ThreadPoolExecutor(max(1, workers), thread_name_prefix="verify") as pool:
            running = [pool.submit(self._work, evidence) for _ in range(max(1, workers))]
            try:
                wait(running, return_when="FIRST_EXCEPTION")
            finally:
                # Nothing is left to stop where all ended well.
                self._stop()
        for one in running:
            one.result()
        return evidence

    def _stop(self) -> None:
        self._stopped.set()
        with self._mutex:
            for child in self._alive:
                child.kill()

    def _work(self, evidence: dict[str, Evidence]) -> None:
        """Take lots until there are none, with one child after another."""
        waiting: list[Target] = []
        deaths: dict[str, Deaths] = {}
        failures = 0
        while not self._stopped.is_set() and (waiting or (waiting := self._take())):
            try:
                with self._start() as child:
                    self._enlist(child)
                    try:
                        self._opening(child)
                        failures = 0
                        self._serve(child, waiting, deaths, evidence)
                    finally:
                        self._dismiss(child)
            except (ChildDiedError, RequestFailedError) as error:
                failures += 1
                if self._stopped.is_set() or (isinstance(error, ChildDiedError) and failures < _MAX_STARTS):
                    continue
                cause: Cause = error.cause if isinstance(error, ChildDiedError) else ""
                for target in waiting:
                    reason = f"the extension did not load: {error}"
                    told = Evidence(target.key, reason=reason, cause=cause, repeatable=False)
                    self._note(evidence, told)
                waiting = []

    def _serve(
        self, child: Child, waiting: list[Target], deaths: dict[str, Deaths], evidence: dict[str, Evidence]
    ) -> None:
        """Search with one child as long as it lives; what is left stays in `waiting`."""
        while not self._stopped.is_set():
            if not waiting:
                waiting.extend(self._take())
            if not waiting:
                return
            target = waiting[0]
            died = deaths.setdefault(target.key, Deaths())
            alive = True
            found: Evidence | None
            if time.monotonic() > self._end:
                found = Evidence(target.key, reason=SPENT, repeatable=False)
            else:
                try:
                    found = self._explore(child, target, died.avoided())
                except ChildDiedError as error:
                    if self._stopped.is_set():
                        return
                    alive = False
                    died.seen.append(error)
                    found = self._explained(target, died.verdict(target), error)
            if found is not None:
                waiting.pop(0)
                self._note(evidence, replace(found, discarded=found.discarded + len(died.deadly())))
            if not alive:
                return

    def _explained(self, target: Target, found: Evidence | None, died: ChildDiedError) -> Evidence | None:
        """The verdict, with what another child can add to its counterexample."""
        if found is None or not found.counterexamples:
            return found
        try:
            with self._start() as child:
                self._opening(child)
                return self._explain(child, target, found, died)
        except (ChildDiedError, RequestFailedError):
            return found

    def _take(self) -> list[Target]:
        try:
            return self._queue.get_nowait()
        except Empty:
            return []

    def _note(self, evidence: dict[str, Evidence], seen: Evidence) -> None:
        evidence[seen.key] = seen
        self._found(seen)

    def _enlist(self, child: Child) -> None:
        with self._mutex:
            self._alive.add(child)
        if self._stopped.is_set():
            child.kill()

    def _dismiss(self, child: Child) -> None:
        with self._mutex:
            self._alive.discard(child)
