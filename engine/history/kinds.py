"""What DuckDB answers, as every form of a result can hold it: each column with a name of its own and a plain kind.

Sums come as decimals of 38 digits and spans as months, days and nanoseconds: pandas makes objects of both, with which
nothing can be reckoned, and polars refuses spans.
"""

import numpy as np
import pyarrow as pa

DAY = 86_400_000_000  # µs
MONTH = 30 * DAY  # as DuckDB compares them
LONGEST = 2**63  # µs
_SPAN = np.dtype([("months", "<i4"), ("days", "<i4"), ("nanoseconds", "<i8")])


def plain(table: pa.Table) -> pa.Table:
    """The table with unlike names, whole numbers as bigints, fractions as doubles and spans as durations."""
    columns = [_plain(column) for column in table.columns]
    return pa.Table.from_arrays(columns, unlike(table.column_names))


def unlike(names: list[str]) -> list[str]:
    """The names, of which a later one that is there already, in whatever case, gets a number: `a`, `a_1`, `a_2`."""
    taken, found = {name.lower() for name in names}, set[str]()
    told = []
    for name in names:
        own, number = name, 0
        while own.lower() in found or (number and own.lower() in taken):
            number += 1
            own = f"{name}_{number}"
        found.add(own.lower())
        told.append(own)
    return told


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray | pa.Array:
    if not _is_odd(column.type):
        return column
    whole = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
    return _array(whole)


def _is_odd(kind: pa.DataType) -> bool:
    if pa.types.is_nested(kind):
        return any(_is_odd(kind.field(place).type) for place in range(kind.num_fields))
    return bool(pa.types.is_decimal(kind) or pa.types.is_interval(kind))


def _array(array: pa.Array) -> pa.Array:
    kind = array.type
    if not _is_odd(kind):
        return array
    if pa.types.is_decimal(kind):
        return _number(array)
    if pa.types.is_interval(kind):
        return _duration(array)
    if pa.types.is_list(kind):
        return pa.ListArray.from_arrays(array.offsets, _array(array.values), mask=array.is_null())
    if pa.types.is_struct(kind):
        fields = [kind.field(place).name for place in range(kind.num_fields)]
        return pa.StructArray.from_arrays([_array(one) for one in array.flatten()], fields, mask=array.is_null())
    return array


def _number(array: pa.Array) -> pa.Array:
    """A fraction as a double; a whole number as a bigint, or where one is too large for that, exact as it is."""
    if array.type.scale > 0:
        return array.cast(pa.float64())
    try:
        return array.cast(pa.int64())
    except pa.ArrowInvalid:
        return array


def _duration(array: pa.Array) -> pa.Array:
    """A span in microseconds, as DuckDB counts them; where one is longer than a duration can be, as it is."""
    if not len(array):
        return pa.array([], pa.duration("us"))
    parts = np.frombuffer(array.buffers()[1], _SPAN)[array.offset : array.offset + len(array)]
    missing = array.is_null().to_numpy(zero_copy_only=False)
    parts = np.where(missing, np.zeros(1, _SPAN), parts)
    months, days = parts["months"].astype(np.int64), parts["days"].astype(np.int64)
    if (np.abs(months * 30.0 + days) * DAY + np.abs(parts["nanoseconds"]) / 1000).max() >= LONGEST:
        return array
    spans = months * MONTH + days * DAY + parts["nanoseconds"] // 1000
    return pa.array(spans, pa.int64(), mask=missing).cast(pa.duration("us"))
