//! Tests of the Python version.

pub fn versions(mut n: i64) -> i64 {
    n = n.strict_add(1);
    let x: i64 = 2;
    let y: i64 = 1;
    let z: i64 = 2;
    let w: i64 = 1;
    let v: i64 = 1;
    n.strict_add(10 * x)
        .strict_add(100 * y)
        .strict_add(1000 * z)
        .strict_add(10000 * w)
        .strict_add(100_000 * v)
}

pub fn hidden(n: i64) -> bool {
    let version_info: (i64, i64) = (n, 0);
    version_info >= (3, 8)
}
