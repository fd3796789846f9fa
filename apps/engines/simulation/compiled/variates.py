"""Random variates in the compiled kernel: numpy's Philox and the laws of `distributions`.

The same bits as the reference: Philox4x64-10 as numpy runs it, a double of the upper 53
bits, and the normal quantile of Wichura's algorithm AS 241 as in Python's `statistics`.
"""

from __future__ import annotations

from math import exp, floor, log, sqrt
from typing import Any

import numpy as np

from .jit import called, compiled, high_product
from .layout import BATCH, Law

_M0, _M1 = np.uint64(0xD2E7470EE14C6C93), np.uint64(0xCA5A826395121157)
_W0, _W1 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBB67AE8584CAA73B)
_ELEVEN = np.uint64(11)
_ONE = np.uint64(1)
_TINY = 2.0**-53
_TO_UNIT = 1.0 / 9007199254740992.0

_EXPONENTIAL, _UNIFORM, _TRIANGULAR = int(Law.EXPONENTIAL), int(Law.UNIFORM), int(Law.TRIANGULAR)
_CONSTANT, _NORMAL, _DUNIFORM = int(Law.CONSTANT), int(Law.NORMAL), int(Law.DUNIFORM)
_BERNOULLI, _WEIBULL, _LOGNORMAL = int(Law.BERNOULLI), int(Law.WEIBULL), int(Law.LOGNORMAL)
_LOGNORMAL2, _LOGISTIC, _LAPLACE = int(Law.LOGNORMAL2), int(Law.LOGISTIC), int(Law.LAPLACE)
_LOGLOGISTIC = int(Law.LOGLOGISTIC)


@compiled
def block(stream: Any, first: int) -> None:
    """Philox4x64-10: the next four variates of a stream."""
    stream.counter += _ONE
    c0, c1 = stream.counter, np.uint64(0)
    c2, c3 = np.uint64(0), np.uint64(0)
    k0, k1 = stream.key[0], stream.key[1]
    for _ in range(10):
        h0, h1 = high_product(_M0, c0), high_product(_M1, c2)
        l0, l1 = _M0 * c0, _M1 * c2
        c0, c1, c2, c3 = h1 ^ c1 ^ k0, l1, h0 ^ c3 ^ k1, l0
        k0 += _W0
        k1 += _W1
    u = stream.uniforms
    u[first], u[first + 1] = unit(c0), unit(c1)
    u[first + 2], u[first + 3] = unit(c2), unit(c3)


@compiled
def unit(word: Any) -> float:
    return (word >> _ELEVEN) * _TO_UNIT  # type: ignore[no-any-return]


@called
def refill(stream: Any) -> None:
    """The next variates, several blocks at once: the processor works on them side by side."""
    for first in range(0, BATCH, 4):
        block(stream, first)
    stream.used = 0
    if stream.logged:
        take_logs(stream)


@called
def take_logs(stream: Any) -> None:
    for place in range(BATCH):
        stream.logs[place] = log(1.0 - stream.uniforms[place])
    stream.logged = 1


@compiled
def next_place(stream: Any) -> Any:
    """Where the next variate lies."""
    if stream.used == BATCH:
        refill(stream)
    place = stream.used
    stream.used += 1
    return place


@compiled
def random(stream: Any) -> float:
    """The next uniform variate in [0, 1)."""
    return stream.uniforms[next_place(stream)]  # type: ignore[no-any-return]


@compiled
def next_log(stream: Any) -> float:
    """log(1 - u) of the next uniform variate u."""
    if not stream.logged:
        take_logs(stream)
    return stream.logs[next_place(stream)]  # type: ignore[no-any-return]


@compiled
def exponential(spec: Any, stream: Any) -> float:
    return spec.args[0] - spec.args[1] * next_log(stream)  # type: ignore[no-any-return]


@compiled
def uniform(spec: Any, stream: Any) -> float:
    return spec.args[0] + (spec.args[1] - spec.args[0]) * random(stream)  # type: ignore[no-any-return]


# AS 241: numerator and denominator, from the highest power down, in the middle (of q²),
# in the tail, and far out in the tail (of √(−ln p)).
_MIDDLE = (
    (
        2.50908092873012267270e3,
        3.34305755835881281050e4,
        6.72657709270087008530e4,
        4.59219539315498714570e4,
        1.37316937655094611250e4,
        1.97159095030655144270e3,
        1.33141667891784377450e2,
        3.38713287279636660800e0,
    ),
    (
        5.22649527885285456100e3,
        2.87290857357219426740e4,
        3.93078958000927106100e4,
        2.12137943015865958670e4,
        5.39419602142475110770e3,
        6.87187007492057908300e2,
        4.23133307016009112520e1,
        1.0,
    ),
)
_TAIL = (
    (
        7.74545014278341407640e-4,
        2.27238449892691845833e-2,
        2.41780725177450611770e-1,
        1.27045825245236838258e0,
        3.64784832476320460504e0,
        5.76949722146069140550e0,
        4.63033784615654529590e0,
        1.42343711074968357734e0,
    ),
    (
        1.05075007164441684324e-9,
        5.47593808499534494600e-4,
        1.51986665636164571966e-2,
        1.48103976427480074590e-1,
        6.89767334985100004550e-1,
        1.67638483018380384940e0,
        2.05319162663775882187e0,
        1.0,
    ),
)
_FAR = (
    (
        2.01033439929228813265e-7,
        2.71155556874348757815e-5,
        1.24266094738807843860e-3,
        2.65321895265761230930e-2,
        2.96560571828504891230e-1,
        1.78482653991729133580e0,
        5.46378491116411436990e0,
        6.65790464350110377720e0,
    ),
    (
        2.04426310338993978564e-15,
        1.42151175831644588870e-7,
        1.84631831751005468180e-5,
        7.86869131145613259100e-4,
        1.48753612908506148525e-2,
        1.36929880922735805310e-1,
        5.99832206555887937690e-1,
        1.0,
    ),
)


@compiled
def ratio(tables: Any, r: float) -> float:
    """The quotient of two polynomials, by Horner's rule."""
    up, down = tables[0][0], tables[1][0]
    for index in range(1, 8):
        up = up * r + tables[0][index]
        down = down * r + tables[1][index]
    return up / down  # type: ignore[no-any-return]


@called
def normal_quantile(u: float) -> float:
    """The quantile of the standard normal distribution, AS 241."""
    p = u if u > 0.0 else _TINY
    q = p - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        up, down = _MIDDLE[0][0], _MIDDLE[1][0]
        for index in range(1, 8):
            up = up * r + _MIDDLE[0][index]
            down = down * r + _MIDDLE[1][index]
        return up * q / down
    r = sqrt(-log(p if q <= 0.0 else 1.0 - p))
    x = ratio(_TAIL, r - 1.6) if r <= 5.0 else ratio(_FAR, r - 5.0)
    return -x if q < 0.0 else x


@called
def triangular(u: float, low: float, high: float, mode: float) -> float:
    if high == low:
        return low
    if u * (high - low) < mode - low:
        return low + sqrt(u * (high - low) * (mode - low))
    return high - sqrt((1.0 - u) * (high - low) * (high - mode))


@compiled
def laplace(u: float, location: float, scale: float) -> float:
    if u < 0.5:
        return location + scale * log(2.0 * (u if u > 0.0 else _TINY))
    return location - scale * log(2.0 * (1.0 - u))


@called
def rare(spec: Any, u: float) -> float:
    """The laws that are used less."""
    law, a = spec.law, spec.args
    positive = u if u > 0.0 else _TINY
    if law == _WEIBULL:
        return a[0] + a[1] * (-log(1.0 - u)) ** (1.0 / a[2])  # type: ignore[no-any-return]
    if law == _LOGNORMAL:
        return a[0] + exp(a[1] + a[2] * normal_quantile(u))  # type: ignore[no-any-return]
    if law == _LOGNORMAL2:
        return a[0] + a[1] * exp(a[2] * normal_quantile(u))  # type: ignore[no-any-return]
    if law == _LOGISTIC:
        return a[0] + a[1] * log(positive / (1.0 - u))  # type: ignore[no-any-return]
    if law == _LOGLOGISTIC:
        return a[0] + a[1] * (positive / (1.0 - u)) ** (1.0 / a[2])  # type: ignore[no-any-return]
    return laplace(u, a[0], a[1])


@compiled
def quantile(spec: Any, u: float) -> float:
    """The variate of a law at the uniform u."""
    law, a = spec.law, spec.args
    if law == _UNIFORM:
        return a[0] + (a[1] - a[0]) * u  # type: ignore[no-any-return]
    if law == _TRIANGULAR:
        return triangular(u, a[0], a[1], a[2])
    if law == _NORMAL:
        return a[0] + a[1] * normal_quantile(u)  # type: ignore[no-any-return]
    if law == _DUNIFORM:
        return min(a[1], a[0] + floor(u * (a[1] - a[0] + 1.0)))  # type: ignore[no-any-return]
    if law == _BERNOULLI:
        return a[1] if u * 100.0 < a[0] else a[2]  # type: ignore[no-any-return]
    return rare(spec, u)


@compiled
def clamped(spec: Any, value: float) -> float:
    """A negative time counts as 0 and is noted."""
    if value < 0.0 and spec.clamp:
        spec.clamped = 1
        return 0.0
    return value


@called
def draw(spec: Any, stream: Any) -> float:
    """The next variate of a law."""
    if spec.law == _CONSTANT:
        return spec.args[0]  # type: ignore[no-any-return]
    if spec.law == _EXPONENTIAL:
        return clamped(spec, exponential(spec, stream))
    return clamped(spec, quantile(spec, random(stream)))
