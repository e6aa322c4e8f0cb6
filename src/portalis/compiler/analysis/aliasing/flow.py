"""A pass over a function that finds where values and references would differ.

    ys = xs                      # ys and xs share a list[int]
    ys.append(1)                 # … which is changed here through ys
    return len(xs)               # … while xs is read later: a `Clash`

What a caller holds is read later by definition: its arguments, and everything that shares with them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from portalis.compiler.analysis.aliasing.boxing import Boxing
from portalis.compiler.analysis.aliasing.clash import Clash, Effects, Outside, told_last
from portalis.compiler.analysis.aliasing.origin import SHARED, Origins
from portalis.compiler.analysis.aliasing.parts import NOTHING, Types, lazy, meet
from portalis.compiler.analysis.aliasing.places import inner_blocks, named_place, shape, starred
from portalis.compiler.analysis.aliasing.relation import Origin, Relation, after_all
from portalis.compiler.analysis.liveness import Liveness, bound_names, reads
from portalis.compiler.analysis.mutation import CHANGES_FIRST, MUTATORS, adds_at_end, changes_type
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import children, walk
from portalis.compiler.types import ANY, Instance, ListOf, is_shared
from portalis.diagnostics import Span

RESULT = "<result>"
_ROUNDS = 24


@dataclass(slots=True)
class Flow:
    """One pass: the state at each statement, and the clashes met on the way."""

    origins: Origins
    live: Liveness
    outside: Outside
    callees: Callable[[h.CallFunction], Effects]
    boxed: Mapping[int, h.Expr] = field(default_factory=dict)
    """The expressions whose containers become objects inside values of any type."""
    clashes: dict[tuple[str, str, str], Clash] = field(default_factory=dict)
    changed: dict[str, Types] = field(default_factory=dict)
    """The types of the objects that are changed through each variable."""
    moved: dict[str, Types] = field(default_factory=dict)
    """The types of those that lose or replace an element, or change the order of their elements."""
    _inner: dict[str, frozenset[str]] = field(default_factory=dict)
    """The variables of the comprehensions around, and what they look into."""
    _later: frozenset[str] = frozenset()
    """The variables that are read after the statement at hand."""
    _iterated: list[str] = field(default_factory=list)
    _breaks: list[list[Relation]] = field(default_factory=list)
    _continues: list[list[Relation]] = field(default_factory=list)
    _finals: list[list[h.Stmt]] = field(default_factory=list)
    _boxing: Boxing = field(default_factory=Boxing)
    _raises: list[Relation] = field(default_factory=list)

    # Blocks -------------------------------------------------------------------------------

    def run(self, body: list[h.Stmt]) -> None:
        """Follow the statements of the whole function."""
        self._block(body, Relation(handed={p for p in self.outside.params if p in self.outside.rebound}))
        for node in self._boxing.unseen(self.boxed):
            self._clash("boxed", "what is stored", "another name", frozenset({node.type}), node.span)

    def _block(self, body: list[h.Stmt], state: Relation | None) -> Relation | None:
        for stmt in body:
            if state is None:
                return None
            for outer in self._raises:
                outer.join(state)
            state = self._stmt(stmt, state)
        return state

    def _stmt(self, stmt: h.Stmt, state: Relation) -> Relation | None:  # noqa: C901  one case a statement
        live = self._live(stmt)
        self._boxing.begin()
        match stmt:
            case h.Assign(targets=targets, value=value):
                self._effects(value, state, live)
                for target in targets:
                    self._target_effects(target, state, live)
                self._assign(targets, value, state, live)
            case h.AugAssign(op=op, target=target, value=value):
                self._effects(value, state, live)
                self._target_effects(target, state, live)
                grows = op == "+" and isinstance(target.type, ListOf)
                self._augment(target, value, state, live, grows=grows)
            case h.Return(value=value):
                if value is not None:
                    self._effects(value, state, live)
                    self._result(value, state)
                    self._finally(value, state)
                return None
            case h.Raise(exception=exception):
                if exception is not None:
                    self._effects(exception, state, live)
                return None
            case h.Break():
                self._breaks[-1].append(state)
                return None
            case h.Continue():
                self._continues[-1].append(state)
                return None
            case h.Delete(target=target):
                self._target_effects(target, state, live)
                if isinstance(target, (h.Subscript, h.Slice)):
                    self._changed(target.value, state, live, self.origins.types_in(target.value), stmt.span)
            case h.If(test=test, body=body, orelse=orelse):
                self._effects(test, state, live)
                other = self._block(orelse, state.copy())
                return after_all([self._block(body, state), other])
            case h.While() | h.For():
                return self._loop(stmt, state, live)
            case h.Try():
                return self._try(stmt, state)
            case h.NestedFunction() | h.LiftedFunction():
                pass
            case _:
                return self._other(stmt, state, live)
        self._drop(stmt, state)
        return state

    def _live(self, stmt: h.Stmt) -> frozenset[str]:
        """Everything that is read after the statement, or by it."""
        after = self.live.after.get(id(stmt), frozenset())
        if isinstance(stmt, h.Assign):
            inner = reads(stmt.value).union(*(reads(t) - bound_names(t) for t in stmt.targets))
        else:
            inner = frozenset(n.name for n in walk(stmt) if isinstance(n, h.Local))
        self._later = frozenset(map(self.origins.root, after)) | frozenset(self._iterated)
        return self._later | frozenset(map(self.origins.root, inner))

    def _drop(self, stmt: h.Stmt, state: Relation) -> None:
        """What nobody reads any more shares with nobody."""
        after = self.live.after.get(id(stmt))
        if after is None:
            return
        live = frozenset(map(self.origins.root, after)) | frozenset(self._iterated)
        names = {name for pair in state.pairs for name in pair}
        state.forget({name for name in names if name not in live and not self._kept(name)})

    def _kept(self, name: str) -> bool:
        """Whether somebody outside of the function holds what the name reaches."""
        held = name in self.outside.params and name not in self.outside.rebound
        return held or name in self.outside.captured or not name.isidentifier()

    def _loop(self, stmt: h.While | h.For, state: Relation, live: frozenset[str]) -> Relation | None:
        iterated: list[str] = []
        if isinstance(stmt, h.For):
            self._effects(stmt.iterable, state, live)
            origin = self.origins.of(stmt.iterable, state, {})
            iterated = [root for root in origin.roots if root not in self._iterated]
        entry = state
        breaks: list[Relation] = []
        apart = isinstance(stmt, h.For) and self._apart(stmt, state)
        self._iterated += iterated
        for _ in range(_ROUNDS):
            before = entry.copy()
            inside = entry.copy()
            self._breaks.append(breaks)
            self._continues.append([])
            if isinstance(stmt, h.For):
                self._bind_elements(stmt, inside, state if apart else inside)
            else:
                self._effects(stmt.test, inside, live)
            end = self._block(stmt.body, inside)
            self._breaks.pop()
            entry = entry.copy()
            for way in [*self._continues.pop(), *([end] if end is not None else [])]:
                entry.join(way)
            if entry.same(before):
                break
        del self._iterated[len(self._iterated) - len(iterated) :]
        forever = isinstance(stmt, h.While) and isinstance(stmt.test, h.Literal) and bool(stmt.test.value)
        after = None if forever else self._block(stmt.orelse, entry.copy())
        found = after_all([after, *breaks])
        if found is not None:
            self._drop(stmt, found)
        return found

    def _apart(self, stmt: h.For, state: Relation) -> bool:
        """Whether the elements are met once each, and by no other way than the loop's variable.

        Then what an earlier round did with its element says nothing about the element of this one.
        """
        roots = self.origins.of(stmt.iterable, state, {}).roots
        if any(types for root in roots for _, types in state.partners(root)):
            return False
        inner = {n.name for s in stmt.body for n in walk(s) if isinstance(n, h.Local)}
        repeats = any(
            isinstance(n, h.CallExternal) and n.fullname.startswith("itertools.") for n in walk(stmt.iterable)
        )
        names = [n.name for n in walk(stmt.iterable) if isinstance(n, h.Local) and self.origins.types_in(n)]
        return (
            not repeats
            and not set(roots) & inner
            and len(names) == len(set(names))
            and all(map(str.isidentifier, roots))
        )

    def _bind_elements(self, stmt: h.For, state: Relation, seen: Relation) -> None:
        """The variables of the loop, with the origins they have in `seen`."""
        found = [
            (name, origin)
            for name, origin in self.origins.elements(stmt.target, stmt.iterable, seen, {})
            if self.origins.root(name) == name
        ]
        if seen is not state:
            state.forget([name for name, _ in found])
        for at, (name, origin) in enumerate(found):
            if seen is state:
                state.bind(name, origin)
            else:
                fresh = seen.copy()
                fresh.bind(name, origin)
                for partner, types in fresh.partners(name):
                    state.add(name, partner, types)
            for other, its in found[:at]:
                for root in {*origin.roots} & {*its.roots}:
                    state.add(name, other, meet(origin.roots[root], its.roots[root]))

    def _try(self, stmt: h.Try, state: Relation) -> Relation | None:
        raised = state.copy()
        self._raises.append(raised)
        if stmt.final:
            self._finals.append(stmt.final)
        body = self._block(stmt.body, state)
        if body is not None:
            raised.join(body)
            body = self._block(stmt.orelse, body)
        self._raises.pop()
        ways = [body, *(self._block(handler.body, raised.copy()) for handler in stmt.handlers)]
        found = after_all(ways)
        if not stmt.final:
            return found
        self._finals.pop()
        last = raised.copy()
        if found is not None:
            last.join(found)
        after = self._block(stmt.final, last)
        return after if found is not None else None

    def _other(self, stmt: h.Stmt, state: Relation, live: frozenset[str]) -> Relation | None:
        """Any other statement: its expressions, then its blocks, each perhaps."""
        blocks = [part for name in stmt.__dataclass_fields__ for part in inner_blocks(getattr(stmt, name))]
        inner = {id(s) for block in blocks for s in block}
        for child in children(stmt):
            if isinstance(child, h.Expr) and id(child) not in inner:
                self._effects(child, state, live)
        ways: list[Relation | None] = [state.copy()] if not isinstance(stmt, h.ExprStmt) else [state]
        for block in blocks:
            ways += [self._block(block, state.copy())]
        found = after_all(ways)
        if found is not None:
            self._drop(stmt, found)
        return found

    # Binding and storing ------------------------------------------------------------------

    def _assign(
        self, targets: tuple[h.Expr, ...], value: h.Expr, state: Relation, live: frozenset[str]
    ) -> None:
        first = targets[0]
        if isinstance(first, h.TupleDisplay) and isinstance(value, h.TupleDisplay) and len(targets) == 1:
            same = len(first.items) == len(value.items)
            if same and not starred(first) and not starred(value):
                self._together(first.items, value.items, state, live)
                return
        origin = self.origins.of(value, state, {})
        for at, target in enumerate(targets):
            if at and isinstance(targets[0], h.Local):
                origin = self.origins.of(targets[0], state, {})
            self._bind(target, origin, state, live)

    def _together(
        self, targets: tuple[h.Expr, ...], values: tuple[h.Expr, ...], state: Relation, live: frozenset[str]
    ) -> None:
        """`a, b = x, y`: every value is there before the first name is bound."""
        swapped = sorted(map(shape, targets)) == sorted(map(shape, values))
        held: list[str] = []
        for at, value in enumerate(values):
            name = f"<value {at}>"
            state.bind(name, self.origins.of(value, state, {}))
            held.append(name)
        for target, name in zip(targets, held, strict=True):
            types = self.origins.types_in(target)
            if swapped and not isinstance(target, h.Local):
                self._place_changed(target, state, live)
            else:
                self._bind(
                    target, Origin({name: types} if types else {}, state.shared(name, name)), state, live
                )
        state.forget(held)

    def _bind(self, target: h.Expr, origin: Origin, state: Relation, live: frozenset[str]) -> None:
        match target:
            case h.Local(name=name):
                if self.origins.root(name) == name:
                    wanted = self.origins.types_in(target)
                    state.bind(name, origin.only(wanted) if wanted else origin)
            case h.TupleDisplay() | h.ListDisplay() | h.Starred():
                for name, types in self.origins.targets(target):
                    state.bind(name, origin.only(types))
                for item in walk(target):
                    if isinstance(item, (h.Subscript, h.Attribute, h.Slice)):
                        self._bind(item, origin, state, live)
            case h.Subscript() | h.Slice() | h.Attribute():
                self._place_changed(target, state, live)
                self._store(target.value, origin, state, target.span)

    def _place_changed(
        self, target: h.Expr, state: Relation, live: frozenset[str], *, stays: bool = False
    ) -> None:
        """What holds the place is changed, unless the object in the place `stays` there."""
        if isinstance(target, (h.Subscript, h.Slice, h.Attribute)):
            own = self.origins.itself(target.value)
            self._changed(target.value, state, live, own, target.span, grows=stays)

    def _store(self, holder: h.Expr, origin: Origin, state: Relation, span: Span) -> None:
        origin = origin.only(self.origins.inside(holder))
        if not origin.roots and not origin.twice:
            return
        for root in self._roots(holder, state):
            state.store(root, origin)
        self._check_kept(state, span)

    def _joined(self, one: h.Expr, other: h.Expr, state: Relation, span: Span) -> None:
        """A callee leaves what both reach in both: which of them holds the other is not said."""
        common = meet(self.origins.types_in(one), self.origins.types_in(other))
        origin = self.origins.of(other, state, {}).only(common)
        for root in self._roots(one, state) if origin.roots or origin.twice else ():
            state.store(root, origin)
        self._check_kept(state, span)

    def _augment(
        self, target: h.Expr, value: h.Expr, state: Relation, live: frozenset[str], *, grows: bool
    ) -> None:
        """`xs += ys` changes what `xs` is; `d[k] += ys` both `d` and what it holds there."""
        if self.origins.parts.of(target.type):
            self._changed(target, state, live, self.origins.itself(target), target.span, grows=grows)
            self._store(target, self.origins.of(value, state, {}), state, target.span)
        self._place_changed(target, state, live, stays=grows)

    # Changes ------------------------------------------------------------------------------

    def _roots(self, place: h.Expr, state: Relation) -> list[str]:
        """The variables that hold the object at a place."""
        while True:
            match place:
                case h.Local(name=name):
                    return [self.origins.root(name)]
                case h.Attribute(value=value) if is_shared(value.type):
                    return [SHARED]
                case h.Subscript(value=value) | h.Attribute(value=value) | h.Slice(value=value):
                    place = value
                case h.CallMethod(receiver=receiver, method="setdefault"):
                    place = receiver
                case _:
                    return [*self.origins.of(place, state, {}).roots]

    def _changed(
        self,
        place: h.Expr,
        state: Relation,
        live: frozenset[str],
        types: Types,
        span: Span,
        *,
        grows: bool = False,
    ) -> None:
        """An object at the place, of one of the types, is changed; where it `grows`, only at its end."""
        if not types:
            return
        named = named_place(place)
        roots = self._roots(place, state)
        if roots[:1] and roots[0] in self._inner:
            named, roots = False, [*self._inner[roots[0]]]
        for root in roots:
            if root in self._boxing.roots:
                self._clash("boxed", "what is stored", root, types, span)
            if not named and self._read_later(root, live):
                self._clash("changed", "what is changed", root, types, span)
            self.changed[root] = self.changed.get(root, NOTHING) | types
            if not grows:
                self.moved[root] = self.moved.get(root, NOTHING) | types
            for partner, common in state.partners(root):
                both = meet(common, types)
                if not both:
                    continue
                if partner == root or self._read_later(partner, live):
                    self._clash("changed", root, partner, both, span)

    def _read_later(self, name: str, live: frozenset[str]) -> bool:
        return name in live or self._kept(name)

    def _effects(  # noqa: C901  one case a node
        self, node: h.Node, state: Relation, live: frozenset[str]
    ) -> None:
        """The changes that evaluating the expression makes, in order."""
        outer = dict(self._inner)
        if isinstance(node, h.Comprehension | h.Lambda):
            self._boxing.enter(node)
        if isinstance(node, h.Comprehension):
            for clause in node.clauses:
                for name, origin in self.origins.elements(clause.target, clause.iterable, state, {}):
                    self._inner[name] = self._inner.get(name, frozenset()) | frozenset(origin.roots)
        for child in children(node):
            self._effects(child, state, live)
        self._inner = outer
        if isinstance(node, h.Comprehension | h.Lambda):
            self._boxing.leave()
        if id(node) in self.boxed and isinstance(node, h.Expr):
            self._box(node, state, live)
        match node:
            case h.CallMethod(receiver=receiver, method=method, args=args):
                if self._changing(receiver, method):
                    own, grows = self.origins.itself(receiver), adds_at_end(receiver.type, method)
                    self._changed(receiver, state, live, own, node.span, grows=grows)
                    self._store(receiver, self._given(args, state), state, node.span)
                if receiver.type == Instance("random.Random") and method == "shuffle" and args:
                    self._changed(args[0], state, live, self.origins.itself(args[0]), node.span)
            case h.CallExternal(fullname=fullname, args=(first, *rest)):
                if fullname in CHANGES_FIRST:
                    self._changed(first, state, live, self.origins.itself(first), node.span)
                    self._store(first, self._given(tuple(rest), state), state, node.span)
            case h.CallFunction(args=args):
                told = self.callees(node)
                for at, (argument, types) in enumerate(zip(args, told.changes, strict=False)):
                    if types:
                        moves = told.moves[at]
                        for some, grows in ((types - moves, True), (moves, False)):
                            if some:
                                self._changed(argument, state, live, some, node.span, grows=grows)
                        self._handed_twice(node, at, types, state)
                self._shared_changed(self.callees(node).shared, state, live, node.span)
                for one, other in self.origins.summary(node.key):
                    if other is not None:
                        self._joined(args[one], args[other], state, node.span)
            case h.Subscript(value=h.Expr(type=Instance(name="collections.defaultdict")) as owner):
                # A key that is missing is put behind the others.
                self._changed(owner, state, live, self.origins.itself(owner), node.span, grows=True)
            case h.Yield(value=value):
                self._result(value, state, self._later)
            case h.Walrus(target=target, value=value) | h.WhenThere(bound=target, subject=value):
                self._bind(target, self.origins.of(value, state, {}), state, live)

    def _box(self, node: h.Expr, state: Relation, live: frozenset[str]) -> None:
        """The containers of a value become objects of their own: nobody may reach them as they were."""
        origin = self.origins.of(node, state, {})
        self._boxing.add(node)
        if origin.twice:
            self._clash("boxed", "what is stored", "another part of it", origin.twice, node.span)
        for root, types in origin.roots.items():
            if self._boxing.repeats(root):
                self._clash("boxed", "what is stored", root, types, node.span)
            for name in self._inner.get(root, (root,)):
                if name in self._later or self._kept(name) or self._boxing.again(name):
                    self._clash("boxed", "what is stored", name, types, node.span)
                for partner, common in state.partners(name):
                    both = meet(common, types)
                    if both and (partner == name or self._read_later(partner, live)):
                        self._clash("boxed", name, partner, both, node.span)

    def _shared_changed(self, types: Types, state: Relation, live: frozenset[str], span: Span) -> None:
        """A callee changes containers of shared instances."""
        for partner, common in [*state.partners(SHARED)] if types else []:
            both = meet(common, types)
            if both and partner != SHARED and self._read_later(partner, live):
                self._clash("changed", SHARED, partner, both, span)

    def _handed_twice(self, node: h.CallFunction, at: int, types: Types, state: Relation) -> None:
        """An argument that the callee changes may not be a part of another argument."""
        others = [self.origins.of(arg, state, {}) for place, arg in enumerate(node.args) if place != at]
        for root in self._roots(node.args[at], state):
            for origin in others:
                both = meet(origin.roots.get(root, NOTHING), types)
                if both:
                    self._clash("changed", root, "another argument", both, node.span)

    def _changing(self, receiver: h.Expr, method: str) -> bool:
        """Whether the method changes its receiver."""
        if receiver.type is ANY:
            return any(method in names for names in MUTATORS.values())
        return changes_type(receiver.type, method)

    def _given(self, args: tuple[h.Expr, ...], state: Relation) -> Origin:
        return state.combined([self.origins.of(arg, state, {}) for arg in args])

    def _target_effects(self, target: h.Expr, state: Relation, live: frozenset[str]) -> None:
        """The changes that finding the place of a target makes."""
        match target:
            case h.Local():
                pass
            case h.Subscript(value=value, index=index):
                self._effects(value, state, live)
                self._effects(index, state, live)
            case _:
                for child in children(target):
                    if isinstance(child, h.Expr):
                        self._target_effects(child, state, live)

    # The end ------------------------------------------------------------------------------

    def _result(self, value: h.Expr, state: Relation, live: frozenset[str] = frozenset()) -> None:
        """The value goes to the caller; after a `yield` the function goes on reading what is live."""
        origin = self.origins.of(value, state, {})
        if not origin.roots and not origin.twice:
            return
        if lazy(value.type):
            return  # what the caller gets looks into its arguments, and it knows that
        if self.outside.handed and self._handed_back(value):
            return
        state.bind(RESULT, origin)
        for partner, types in state.partners(RESULT):
            if partner == RESULT or self._read_later(partner, live):
                self._note(RESULT, partner, types, "returned", value.span)
        state.forget((RESULT,))

    def _handed_back(self, value: h.Expr) -> bool:
        """Whether the value is a parameter itself, or what a call gives back of such."""
        match value:
            case h.Local(name=name):
                return name in self.outside.handed
            case h.CallFunction(key=key, args=args):
                places = [one for one, other in self.origins.summary(key) if other is None]
                return bool(places) and all(self._handed_back(args[at]) for at in places)
            case _:
                return False

    def _finally(self, value: h.Expr, state: Relation) -> None:
        """What `finally` does after a `return` has its value: the caller would see it in the result."""
        origin = self.origins.of(value, state, {})
        pending, self._finals = self._finals, []
        for final in reversed(pending if origin.roots else []):
            ended = state.copy()
            ended.bind(RESULT, origin)
            self._block(final, ended)
        self._finals = pending

    def _check_kept(self, state: Relation, span: Span) -> None:
        """What the caller holds may not come to share: it would see one change in two places."""
        for (one, other), types in state.pairs.items():
            if self._kept(one) and self._kept(other):
                self._note(one, other, types, "kept", span)

    def _note(self, one: str, other: str, types: Types, kind: str, span: Span) -> None:
        self._clash(kind, one, other, types, span)

    def _clash(self, kind: str, one: str, other: str, types: Types, span: Span) -> None:
        shown = min(types, key=told_last)
        found = self.clashes.setdefault((kind, one, other), Clash(kind, one, other, shown, span))
        if told_last(shown) < told_last(found.type):
            self.clashes[kind, one, other] = Clash(kind, one, other, shown, span)
