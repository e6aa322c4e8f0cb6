"""Whether anybody could tell that Rust keeps values where Python keeps references.

    ys = xs             # in Rust a copy, or the value itself under a new name
    ys.append(1)        # in Python `xs` has the element too: refused if `xs` is read later

Two variables *share* when some object that can be changed may be reached from both. Which pairs do is
followed through the statements of a function, with the types of the shared objects. A change through one
variable while another that shares the changed object is read later is what Rust could not show; so is a
result that shares with an argument. A function without either runs alike with values and with references.

- `parts`: the types of the objects inside a value that can be changed.
- `relation`: the pairs of variables that share, and how binding and storing changes them.
- `origin`: from which variables the objects inside the value of an expression come.
- `lending`: the variables that are a `&mut` into another one, and so are that other one.
- `flow`: a pass over the statements that finds what could be seen; `clash` is what it reports.
- `check`: the answer for one function, and what its callers must know.

The pairs are those of the pair-sharing analyses of logic programs; liveness makes them a check of uniqueness.
"""
