"""NumPy arrays as types of the `ndarray` crate: as many axes as the shape says, of the dtype's elements.

>>> from portalis.compiler.types import FLOAT, INT, Instance, TupleOf
>>> str(array(Instance(ARRAY, (TupleOf((INT, INT)), FLOAT)), Path("f64"), "owned"))
'Array2<f64>'
>>> str(array(Instance(ARRAY), Path("f64"), "view"))
"ArrayViewD<'_, f64>"
"""

from __future__ import annotations

from typing import Literal

from portalis.compiler import types as py
from portalis.mapping.rust_type import INFERRED, Path, RustType

ARRAY = "numpy.ndarray"
DEFAULT_DTYPE = py.Instance("numpy.float64")
"""What NumPy makes of Python's floats and of `np.zeros(n)`: the dtype of a bare `np.ndarray`."""
MOST_AXES = 6
"""`ndarray` names its types up to `Array6`."""
Form = Literal["owned", "view", "view_mut"]
_PREFIX: dict[Form, str] = {"owned": "Array", "view": "ArrayView", "view_mut": "ArrayViewMut"}


def dtype_of(array_type: py.Instance) -> py.Type:
    """The type of an array's elements."""
    return array_type.args[1] if len(array_type.args) == 2 else DEFAULT_DTYPE


def array(array_type: py.Instance, element: RustType, form: Form) -> Path:
    """The Rust type of an array.

    Args:
        array_type: `numpy.ndarray` with its shape (a tuple type) and dtype, or bare.
        element: the Rust type of its elements.
        form: `owned`, or a view, which is how an array is lent.
    """
    name = _PREFIX[form] + _axes(array_type)
    return Path(name, (element,) if form == "owned" else (INFERRED, element))


def import_path(array_type: Path) -> str:
    """The path to `use` for what `array` gave."""
    return f"ndarray::{array_type.name}"


def _axes(array_type: py.Instance) -> str:
    match array_type.args:
        case (py.TupleOf(items), _) if len(items) <= MOST_AXES:
            return str(len(items))
        case _:
            return "D"
