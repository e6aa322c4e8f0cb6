"""Triton kernels of a step of generation: norms, rotary positions, attention to slots, and the gate.

Each does in one launch what takes several in PyTorch, and rounds where transformers does, so that both ways
give the same numbers up to the order of sums. Attention reads a row's keys up to its own position only, and
is split over the columns where rows are few (flash decoding,
https://crfm.stanford.edu/2023/10/12/flashdecoding.html).

Called only where Triton is installed. `TRITON_INTERPRET=1` runs them on a CPU, for tests.
"""

from __future__ import annotations

from typing import Any

import torch
import triton
import triton.language as tl
from torch import Tensor

_BLOCK_COLUMNS = 64
_GROUP = 16
"""The least rows of a product of matrices; heads that share keys are filled up to it."""
_PROGRAMS = 528
"""How many programs keep a large GPU busy: four for each of some 130 multiprocessors."""


@triton.jit  # type: ignore[untyped-decorator] # an extra, so untyped here
def _add_norm(x, delta, weight, out, size, eps, HAS_DELTA: tl.constexpr, BLOCK: tl.constexpr):  # type: ignore[no-untyped-def] # noqa: N803
    row = tl.program_id(0).to(tl.int64)
    column = tl.arange(0, BLOCK)
    inside = column < size
    value = tl.load(x + row * size + column, mask=inside, other=0.0)
    if HAS_DELTA:
        more = tl.load(delta + row * size + column, mask=inside, other=0.0)
        value = (value.to(tl.float32) + more.to(tl.float32)).to(x.dtype.element_ty)
        tl.store(x + row * size + column, value, mask=inside)
    wide = value.to(tl.float32)
    scale = tl.rsqrt(tl.sum(wide * wide, axis=0) / size + eps)
    normed = (wide * scale).to(x.dtype.element_ty).to(tl.float32)
    factor = tl.load(weight + column, mask=inside, other=0.0).to(tl.float32)
    tl.store(out + row * size + column, (normed * factor).to(x.dtype.element_ty), mask=inside)


@triton.jit  # type: ignore[untyped-decorator] # an extra, so untyped here
def _rotate_store(  # type: ignore[no-untyped-def]
    qkv, cos, sin, positions, query, keys, values, heads, shared, slot_stride, head_stride,
    HALF: tl.constexpr,  # noqa: N803
):  # fmt: skip
    row = tl.program_id(0).to(tl.int64)
    head = tl.program_id(1)
    size = 2 * HALF
    half = tl.arange(0, HALF)
    source = qkv + row * (heads + 2 * shared) * size + head * size
    first = tl.load(source + half)
    second = tl.load(source + HALF + half)
    position = tl.load(positions + row)
    kind = qkv.dtype.element_ty
    if head < heads + shared:
        low, high = first.to(tl.float32), second.to(tl.float32)
        cos_low = tl.load(cos + row * size + half).to(tl.float32)
        cos_high = tl.load(cos + row * size + HALF + half).to(tl.float32)
        sin_low = tl.load(sin + row * size + half).to(tl.float32)
        sin_high = tl.load(sin + row * size + HALF + half).to(tl.float32)
        turned = (low * cos_low).to(kind).to(tl.float32) - (high * sin_low).to(kind).to(tl.float32)
        other = (high * cos_high).to(kind).to(tl.float32) + (low * sin_high).to(kind).to(tl.float32)
        first, second = turned.to(kind), other.to(kind)
    if head < heads:
        target = query + (row * heads + head) * size
        tl.store(target + half, first)
        tl.store(target + HALF + half, second)
    elif head < heads + shared:
        target = keys + row * slot_stride + (head - heads) * head_stride + position * size
        tl.store(target + half, first)
        tl.store(target + HALF + half, second)
    else:
        target = values + row * slot_stride + (head - heads - shared) * head_stride + position * size
        tl.store(target + half, first)
        tl.store(target + HALF + half, second)


@triton.jit  # type: ignore[untyped-decorator] # an extra, so untyped here
def _attend(  # type: ignore[no-untyped-def]
    query, keys, values, positions, out, partial, weight, scale, heads, slot_stride, head_stride, span,
    GROUP: tl.constexpr, FILLED: tl.constexpr, SIZE: tl.constexpr, COLUMNS: tl.constexpr,  # noqa: N803
    SPLITS: tl.constexpr,  # noqa: N803
):  # fmt: skip
    row = tl.program_id(0).to(tl.int64)
    shared = tl.program_id(1)
    split = tl.program_id(2)
    begin = split * span
    end = tl.minimum(begin + span, tl.load(positions + row).to(tl.int32) + 1)
    member = tl.arange(0, FILLED)
    depth = tl.arange(0, SIZE)
    real = member[:, None] < GROUP
    place = (row * heads + shared * GROUP + member[:, None]) * SIZE + depth[None, :]
    asked = tl.load(query + place, mask=real, other=0.0)
    base = row * slot_stride + shared * head_stride
    top = tl.full([FILLED], float("-inf"), tl.float32)
    total = tl.zeros([FILLED], tl.float32)
    summed = tl.zeros([FILLED, SIZE], tl.float32)
    for start in range(begin, end, COLUMNS):
        column = start + tl.arange(0, COLUMNS)
        seen = column < end
        where = base + column[:, None] * SIZE + depth[None, :]
        key = tl.load(keys + where, mask=seen[:, None], other=0.0)
        score = tl.dot(asked, tl.trans(key), input_precision="ieee") * scale
        score = tl.where(seen[None, :], score, float("-inf"))
        higher = tl.maximum(top, tl.max(score, axis=1))
        share = tl.exp(score - higher[:, None])
        fade = tl.exp(top - higher)
        total = total * fade + tl.sum(share, axis=1)
        value = tl.load(values + where, mask=seen[:, None], other=0.0)
        summed = summed * fade[:, None] + tl.dot(share.to(value.dtype), value, input_precision="ieee")
        top = higher
    safe = tl.where(total > 0, total, 1.0)
    mean = summed / safe[:, None]
    if SPLITS == 1:
        tl.store(out + place, mean.to(out.dtype.element_ty), mask=real)
    else:
        head = row * heads + shared * GROUP + member
        tl.store(
            weight + head * SPLITS + split,
            tl.where(total > 0, top + tl.log(safe), float("-inf")),
            mask=member < GROUP,
        )
        where = (head[:, None] * SPLITS + split) * SIZE + depth[None, :]
        tl.store(partial + where, mean, mask=real)


@triton.jit  # type: ignore[untyped-decorator] # an extra, so untyped here
def _combine(partial, weight, out, SPLITS: tl.constexpr, SIZE: tl.constexpr):  # type: ignore[no-untyped-def] # noqa: N803
    head = tl.program_id(0).to(tl.int64)
    split = tl.arange(0, SPLITS)
    depth = tl.arange(0, SIZE)
    logs = tl.load(weight + head * SPLITS + split)
    share = tl.exp(logs - tl.max(logs, axis=0))
    parts = tl.load(partial + (head * SPLITS + split[:, None]) * SIZE + depth[None, :])
    mean = tl.sum(parts * share[:, None], axis=0) / tl.sum(share, axis=0)
    tl.store(out + head * SIZE + depth, mean.to(out.dtype.element_ty))


@triton.jit  # type: ignore[untyped-decorator] # an extra, so untyped here
def _gate(gate_up, out, size, BLOCK: tl.constexpr):  # type: ignore[no-untyped-def] # noqa: N803
    row = tl.program_id(0).to(tl.int64)
    column = tl.program_id(1) * BLOCK + tl.arange(0, BLOCK)
    inside = column < size
    gate = tl.load(gate_up + row * 2 * size + column, mask=inside, other=0.0).to(tl.float32)
    up = tl.load(gate_up + row * 2 * size + size + column, mask=inside, other=0.0).to(tl.float32)
    kind = gate_up.dtype.element_ty
    active = (gate / (1.0 + tl.exp(-gate))).to(kind).to(tl.float32)
    tl.store(out + row * size + column, (active * up).to(kind), mask=inside)


def add_norm(x: Tensor, delta: Tensor | None, weight: Tensor, eps: float) -> Tensor:
    """Add `delta` to `x` [rows, size] in place, and the root-mean-square norm of the sum."""
    rows, size = x.shape
    out = torch.empty_like(x)
    block = triton.next_power_of_2(size)
    _add_norm[(rows,)](
        x, x if delta is None else delta, weight, out, size, eps, HAS_DELTA=delta is not None, BLOCK=block,
        num_warps=4 if block <= 2048 else 8,
    )  # fmt: skip
    return out


def rotate_store(
    qkv: Tensor, cos: Tensor, sin: Tensor, positions: Tensor, keys: Tensor, values: Tensor
) -> Tensor:
    """Turn queries and keys by their positions, and store keys and values in their slots.

    Args:
        qkv: [rows, (heads + 2 · shared) · size], the queries of all heads first, then keys, then values.
        cos, sin: [rows, size].
        positions: [rows].
        keys, values: one layer's, [slots, shared, length, size].

    Returns:
        The queries, [rows, heads, size].
    """
    _, shared, _, size = keys.shape
    rows = qkv.shape[0]
    heads = qkv.shape[1] // size - 2 * shared
    query = qkv.new_empty((rows, heads, size))
    _rotate_store[(rows, heads + 2 * shared)](
        qkv, cos, sin, positions, query, keys, values, heads, shared, keys.stride(0), keys.stride(1),
        HALF=size // 2, num_warps=1,
    )  # fmt: skip
    return query


def attend(
    query: Tensor, keys: Tensor, values: Tensor, positions: Tensor, length: int, scale: float
) -> Tensor:
    """Attention of one token of each row to its slot up to its position: [rows, heads · size].

    Args:
        query: [rows, heads, size].
        keys, values: one layer's, [slots, shared, …, size].
        positions: [rows], each below `length`.
    """
    rows, heads, size = query.shape
    shared = keys.shape[1]
    splits = _splits(rows * shared, length)
    out = torch.empty_like(query)
    partial = query.new_empty((rows, heads, splits, size), dtype=torch.float32) if splits > 1 else out
    weight = query.new_empty((rows, heads, splits), dtype=torch.float32) if splits > 1 else out
    group = heads // shared
    _attend[(rows, shared, splits)](
        query, keys, values, positions, out, partial, weight, scale, heads, keys.stride(0), keys.stride(1),
        -(-length // splits), GROUP=group, FILLED=max(_GROUP, triton.next_power_of_2(group)), SIZE=size,
        COLUMNS=_BLOCK_COLUMNS, SPLITS=splits, num_warps=4,
    )  # fmt: skip
    if splits > 1:
        _combine[(rows * heads,)](partial, weight, out, SPLITS=splits, SIZE=size, num_warps=1)
    return out.view(rows, heads * size)


def _splits(programs: int, length: int) -> int:
    """Over how many programs a row's columns are split: a power of two, of two blocks of columns at least."""
    most = max(1, length // (2 * _BLOCK_COLUMNS))
    splits = 1
    while splits * 2 <= most and programs * splits < _PROGRAMS:
        splits *= 2
    return splits


def gate(gate_up: Tensor) -> Tensor:
    """SiLU of the first half of the columns times the second: [rows, size] of [rows, 2 · size]."""
    rows, size = gate_up.shape[0], gate_up.shape[1] // 2
    out = gate_up.new_empty((rows, size))
    block: Any = min(1024, triton.next_power_of_2(size))
    _gate[(rows, triton.cdiv(size, block))](gate_up, out, size, BLOCK=block, num_warps=4)
    return out
