//! Python's `colorsys`: colours between RGB, YIQ, HLS and HSV, with the operations in its order.

use crate::error::Error;
use crate::runtime::float;
use crate::runtime::int;

/// A colour: three numbers, mostly between 0 and 1.
type Colour = (f64, f64, f64);

/// `colorsys.rgb_to_yiq(r, g, b)`.
pub fn rgb_to_yiq(r: f64, g: f64, b: f64) -> Colour {
    let y = 0.30 * r + 0.59 * g + 0.11 * b;
    let i = 0.74 * (r - y) - 0.27 * (b - y);
    let q = 0.48 * (r - y) + 0.41 * (b - y);
    (y, i, q)
}

/// `colorsys.yiq_to_rgb(y, i, q)`.
pub fn yiq_to_rgb(y: f64, i: f64, q: f64) -> Colour {
    let r = y + 0.946_882_217_090_069_3 * i + 0.623_556_581_986_143_3 * q;
    let g = y - 0.274_787_646_298_978_34 * i - 0.635_691_079_187_380_1 * q;
    let b = y - 1.108_545_034_642_032_2 * i + 1.709_006_928_406_466_6 * q;
    (limited(r), limited(g), limited(b))
}

/// The number within 0 and 1; nan stays.
fn limited(x: f64) -> f64 {
    if x < 0.0 {
        0.0
    } else if x > 1.0 {
        1.0
    } else {
        x
    }
}

/// The largest and the smallest, the first of equals, as `max` and `min` choose them.
fn extremes(r: f64, g: f64, b: f64) -> (f64, f64) {
    let (mut most, mut least) = (r, r);
    for x in [g, b] {
        if x > most {
            most = x;
        }
        if x < least {
            least = x;
        }
    }
    (most, least)
}

/// The hue of a colour that is no grey; raises `ZeroDivisionError`.
fn hue(r: f64, g: f64, b: f64, most: f64, range: f64) -> Result<f64, Error> {
    let red = float::div(most - r, range)?;
    let green = float::div(most - g, range)?;
    let blue = float::div(most - b, range)?;
    let sixth = if r == most {
        blue - green
    } else if g == most {
        2.0 + red - blue
    } else {
        4.0 + green - red
    };
    float::floor_mod(sixth / 6.0, 1.0)
}

/// `colorsys.rgb_to_hls(r, g, b)`; raises `ZeroDivisionError`.
pub fn rgb_to_hls(r: f64, g: f64, b: f64) -> Result<Colour, Error> {
    let (most, least) = extremes(r, g, b);
    let (sum, range) = (most + least, most - least);
    let lightness = sum / 2.0;
    if least == most {
        return Ok((0.0, lightness, 0.0));
    }
    let divisor = if lightness <= 0.5 { sum } else { 2.0 - most - least };
    let saturation = float::div(range, divisor)?;
    Ok((hue(r, g, b, most, range)?, lightness, saturation))
}

/// `colorsys.hls_to_rgb(h, l, s)`; raises where the hue is infinite.
pub fn hls_to_rgb(h: f64, l: f64, s: f64) -> Result<Colour, Error> {
    if s == 0.0 {
        return Ok((l, l, l));
    }
    let high = if l <= 0.5 { l * (1.0 + s) } else { l + s - l * s };
    let low = 2.0 * l - high;
    let third = 1.0 / 3.0;
    Ok((
        part(low, high, h + third)?,
        part(low, high, h)?,
        part(low, high, h - third)?,
    ))
}

fn part(low: f64, high: f64, hue: f64) -> Result<f64, Error> {
    let hue = float::floor_mod(hue, 1.0)?;
    Ok(if hue < 1.0 / 6.0 {
        low + (high - low) * hue * 6.0
    } else if hue < 0.5 {
        high
    } else if hue < 2.0 / 3.0 {
        low + (high - low) * (2.0 / 3.0 - hue) * 6.0
    } else {
        low
    })
}

/// `colorsys.rgb_to_hsv(r, g, b)`; raises `ZeroDivisionError`.
pub fn rgb_to_hsv(r: f64, g: f64, b: f64) -> Result<Colour, Error> {
    let (most, least) = extremes(r, g, b);
    if least == most {
        return Ok((0.0, 0.0, most));
    }
    let range = most - least;
    let saturation = float::div(range, most)?;
    Ok((hue(r, g, b, most, range)?, saturation, most))
}

/// `colorsys.hsv_to_rgb(h, s, v)`; raises where the hue is infinite or nan.
pub fn hsv_to_rgb(h: f64, s: f64, v: f64) -> Result<Colour, Error> {
    if s == 0.0 {
        return Ok((v, v, v));
    }
    let sector = int::from_float(h * 6.0)?;
    let f = h * 6.0 - sector as f64;
    let p = v * (1.0 - s);
    let q = v * (1.0 - s * f);
    let t = v * (1.0 - s * (1.0 - f));
    Ok(match sector.rem_euclid(6) {
        0 => (v, t, p),
        1 => (q, v, p),
        2 => (p, v, t),
        3 => (p, q, v),
        4 => (t, p, v),
        _ => (v, p, q),
    })
}
