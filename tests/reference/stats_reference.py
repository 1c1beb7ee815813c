#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes stats_reference.json: correlations, tail probabilities, LD and drivers, for tests/stats.

Correlations and p-values are worked out from the textbook definitions in exact fractions and 60 digits (mpmath)
on the very doubles that the test reads, and compared with SciPy wherever SciPy is not limited by its own rounding.
Drivers are METHODS 8 written down naively: every partial sum and every leave-one-out sum afresh, SciPy's pearsonr.

    python3 stats_reference.py > stats_reference.json        (numpy 1.24, scipy 1.10, mpmath 1.2; deterministic)
"""
import json
import math
import sys
import warnings
from fractions import Fraction

import mpmath as mp
import numpy as np
from scipy import stats

mp.mp.dps = 60
rng = np.random.default_rng(20230710)


def number(value):
    """A double for JSON; None stands for undefined, and for what is not finite in inputs."""
    return float(value) if value is not None and math.isfinite(value) else None


def column(values):
    return [number(v) for v in np.asarray(values, float)]


def real(fraction):
    return mp.mpf(fraction.numerator) / fraction.denominator


def tail_p(unexplained, df):
    """Two-sided p of Student's t: the incomplete beta of 1 - r^2."""
    if unexplained <= 0:
        return mp.mpf(0)
    return mp.betainc(mp.mpf(df) / 2, mp.mpf(1) / 2, 0, unexplained, regularized=True)


def exact_pearson(x, y):
    keep = np.isfinite(x) & np.isfinite(y)
    x, y = [Fraction(float(v)) for v in x[keep]], [Fraction(float(v)) for v in y[keep]]
    n = len(x)
    out = {"n": n, "mean_x": None, "mean_y": None, "sd_x": None, "sd_y": None,
           "r": None, "p": None, "slope": None, "intercept": None}
    if n == 0:
        return out
    mx, my = sum(x) / n, sum(y) / n
    dx, dy = [v - mx for v in x], [v - my for v in y]
    sxx, syy = sum(v * v for v in dx), sum(v * v for v in dy)
    sxy = sum(a * b for a, b in zip(dx, dy))
    out |= {"mean_x": number(mx), "mean_y": number(my)}
    if n >= 2:
        out |= {"sd_x": number(mp.sqrt(real(sxx / (n - 1)))), "sd_y": number(mp.sqrt(real(syy / (n - 1))))}
    if n >= 3 and sxx > 0 and syy > 0:
        r_squared, slope = sxy * sxy / (sxx * syy), sxy / sxx
        out |= {"r": number(mp.sign(real(sxy)) * mp.sqrt(real(r_squared))), "p": number(tail_p(real(1 - r_squared), n - 2)),
                "slope": number(slope), "intercept": number(my - slope * mx)}
    return out


def correlation_case(name, x, y, scipy_agrees=True):
    x, y = np.asarray(x, float), np.asarray(y, float)
    keep = np.isfinite(x) & np.isfinite(y)
    expected = exact_pearson(x, y)
    rank_x, rank_y = stats.rankdata(x[keep]), stats.rankdata(y[keep])
    of_ranks = exact_pearson(rank_x, rank_y)
    expected |= {"rho": of_ranks["r"], "rho_p": of_ranks["p"]}
    if scipy_agrees and expected["r"] is not None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            r, p = stats.pearsonr(x[keep], y[keep])
            rho, rho_p = stats.spearmanr(x[keep], y[keep])
        np.testing.assert_allclose(r, expected["r"], rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(p, expected["p"], rtol=1e-6)
        np.testing.assert_allclose(rho, expected["rho"], rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(rho_p, expected["rho_p"], rtol=1e-6, atol=1e-300)
    return {"name": name, "x": column(x), "y": column(y), "expected": expected}


def correlation_cases():
    nan = math.nan
    x30 = np.round(rng.normal(size=30), 6)
    y30 = np.round(0.4 * x30 + rng.normal(size=30), 6)
    holes_x, holes_y = x30.copy(), y30.copy()
    holes_x[[0, 7]] = nan
    holes_y[[7, 29]] = nan
    ties_x = rng.integers(0, 3, 60)
    ties_y = ties_x + rng.integers(0, 4, 60)
    x358 = np.round(rng.normal(size=358), 6)
    noise = np.round(rng.normal(size=358), 6)
    return [
        correlation_case("none", [], []),
        correlation_case("one", [1.5], [2.5]),
        correlation_case("two", [1, 2], [3, 5]),
        correlation_case("three", [1, 2, 4], [3, 5, 4]),
        correlation_case("four", [0, 1, 1, 2], [0.1, 0.7, 0.4, 0.9]),
        correlation_case("thirty", x30, y30),
        correlation_case("missing values", holes_x, holes_y),
        correlation_case("all missing", [nan] * 5, [1, 2, 3, 4, 5]),
        correlation_case("two left of five", [1, nan, 3, nan, nan], [2, 3, 4, 5, 6]),
        correlation_case("ties", ties_x, ties_y),
        correlation_case("constant x", [2.1] * 12, x30[:12]),
        correlation_case("constant y", x30[:12], [0.1 + 0.2] * 12),
        correlation_case("constant large", [1e300] * 5, [1, 2, 3, 4, 5]),
        correlation_case("near-constant x: 1e6 and 1e-4 of change", 1e6 + 1e-4 * x30, y30, scipy_agrees=False),
        correlation_case("near-constant both: 1e9", 1e9 + 1e-3 * x30, -1e9 + 1e-3 * y30, scipy_agrees=False),
        correlation_case("one unit in the last place", [1, 1, 1, 1 + 2**-52, 1], [0, 1, 0, 3, 1], scipy_agrees=False),
        correlation_case("huge values", 1e200 * x30, 1e180 * y30, scipy_agrees=False),
        correlation_case("tiny values", 1e-200 * x30, 1e-190 * y30, scipy_agrees=False),
        correlation_case("perfect", [1, 2, 3, 4, 5, 7], [3, 5, 7, 9, 11, 15]),
        correlation_case("perfect, falling", [1, 2, 3, 4, 5, 7], [-3, -5, -7, -9, -11, -15]),
        correlation_case("orthogonal", [-1, 0, 1, 0], [0, 1, 0, -1]),
        correlation_case("r .9999999", x30, x30 + 5e-4 * y30),
        correlation_case("358 people, r near 0", x358, noise),
        correlation_case("358 people, p near 1e-100", x358, x358 + 0.75 * noise),
        correlation_case("358 people, p near 1e-300", x358, x358 + 0.142 * noise),
        correlation_case("60 people, p below 1e-250", np.arange(60), np.arange(60) + 4e-4 * x358[:60], scipy_agrees=False),
    ]


def tail_cases():
    rows = []
    for df in (1, 2, 3, 8, 30, 98, 314, 356, 1000, 10000):
        for r in (0.0, 1e-300, 1e-9, 1e-3, 0.05, 0.3, 0.70710678, 0.8, -0.8, 0.95, 0.99, 0.9999, 1 - 2**-40, 1.0, -1.0):
            p = tail_p(1 - mp.mpf(r) ** 2, df)
            rows.append({"r": r, "df": df, "p": number(p)})
    # r that puts p close to the end of the doubles, for the cohort sizes of the field
    for df in (98, 314, 356, 1000):
        for target in (-50, -290, -300, -307):
            low, high = mp.mpf(0), mp.mpf(1)
            for _ in range(120):
                middle = (low + high) / 2
                low, high = (middle, high) if mp.log10(tail_p(1 - middle**2, df)) > target else (low, middle)
            r = float(low)
            rows.append({"r": r, "df": df, "p": number(tail_p(1 - mp.mpf(r) ** 2, df))})
    return rows


def r_or_none(x, y):
    if len(x) < 3 or np.ptp(x) <= 1e-12 * max(1e-300, np.max(np.abs(x))) or np.ptp(y) == 0:
        return None, None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        r, p = stats.pearsonr(x, y)
    return float(r), float(p)


def naive_drivers(ism, dosages, prediction):
    """METHODS 8, forward. Undefined partial sums explain nothing."""
    m = len(ism)
    order = sorted(range(m), key=lambda v: (-abs(ism[v]), v))
    keep = np.isfinite(prediction)
    d, y = dosages[keep], prediction[keep]
    score = dosages @ ism
    r_lin, _ = r_or_none(d @ ism, y) if m else (None, None)
    out = {"score": column(score), "r": r_lin, "order": order, "cumulative": [None] * m,
           "additive": bool(r_lin is not None and r_lin > 0.2), "drivers": []}
    if not r_lin:
        return out
    partial = [r_or_none(d[:, order[: i + 1]] @ ism[order[: i + 1]], y)[0] for i in range(m)]
    out["cumulative"] = [None if c is None else c / r_lin for c in partial]
    if not out["additive"]:
        return out
    before = 0.0
    for i, v in enumerate(order):
        c = out["cumulative"][i] or 0.0
        gain, before = c - before, c
        own_r, own_p = r_or_none(ism[v] * d[:, v], y)
        if gain > 0.05 and own_r is not None and own_r > 0 and own_p < 0.01 / m:
            rest = np.delete(np.arange(m), v)
            without = r_or_none(d[:, rest] @ ism[rest], y)[0] if m > 1 else None
            out["drivers"].append({"variant": v, "gain": gain, "own_r": own_r, "own_p": own_p,
                                   "loss_without": None if without is None else r_lin - without})
    if out["drivers"]:
        main = max(range(len(out["drivers"])), key=lambda i: (out["drivers"][i]["gain"], -i))
        for i, driver in enumerate(out["drivers"]):
            driver["main"] = i == main
    return out


def naive_backward(ism, dosages, prediction):
    """METHODS 8, backward: the variants in the order of their removal, with what it cost as a share of R_lin."""
    m = len(ism)
    keep = np.isfinite(prediction)
    d, y = dosages[keep], prediction[keep]

    def correlation(left):
        return r_or_none(d[:, left] @ ism[left], y) if left else (None, None)

    left = list(range(m))
    r_lin, p = correlation(left)
    if r_lin is None or not r_lin > 0.2:
        return []
    own = {v: r_or_none(ism[v] * d[:, v], y) for v in left}
    candidates = [v for v in sorted(left, key=lambda v: (-abs(ism[v]), v))
                  if own[v][0] is not None and own[v][0] > 0 and own[v][1] < 0.01 / m]
    removed, r = [], r_lin
    while candidates and r is not None and r > 0 and p < 0.01 / m:
        without = {v: correlation([u for u in left if u != v])[0] or 0.0 for v in candidates}
        v = min(candidates, key=lambda v: (without[v], candidates.index(v)))
        removed.append({"variant": v, "gain": (r - without[v]) / r_lin})
        left.remove(v)
        candidates.remove(v)
        r, p = correlation(left)
    return removed


def driver_case(name, ism, dosages, prediction):
    ism, dosages, prediction = (np.asarray(a, float) for a in (ism, dosages, prediction))
    return {"name": name, "ism": column(ism), "dosages": [column(row) for row in dosages],
            "prediction": column(prediction), "expected": naive_drivers(ism, dosages, prediction),
            "backward": naive_backward(ism, dosages, prediction)}


def simulated_drivers(people, variants, noise, scale=1.0, offset=0.0):
    frequency = rng.uniform(0.02, 0.5, variants)
    dosages = rng.binomial(2, frequency, (people, variants)).astype(float)
    copies = rng.integers(0, variants, variants // 4)  # some in full or negative LD with another
    dosages[:, copies[: len(copies) // 2]] = dosages[:, copies[len(copies) // 2: len(copies) // 2 * 2]]
    ism = np.round(rng.normal(size=variants) * rng.exponential(size=variants) ** 2, 5)
    s = dosages @ ism
    prediction = np.round(offset + scale * (s + noise * np.std(s) * rng.normal(size=people)), 6)
    return ism, dosages, prediction


def driver_cases():
    cases = []
    for name, people, variants, noise in (("40 people", 40, 12, 0.3), ("120 people", 120, 40, 0.5),
                                          ("120 people, noisy", 120, 40, 3.0), ("more variants than people", 30, 60, 0.2)):
        cases.append(driver_case("simulated: " + name, *simulated_drivers(people, variants, noise)))
    cases.append(driver_case("simulated: predictions round 1e6", *simulated_drivers(60, 10, 0.3, 1.0, 1e6)))

    a = np.array([0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2] * 3, float)
    b = np.array([0, 0, 0, 1, 1, 1, 2, 2, 2, 0, 1, 2] * 3, float)
    small = np.round(0.01 * rng.normal(size=36), 6)
    both = np.column_stack([a, b])
    cases.append(driver_case("two equal |ISM|: column order decides", [0.5, -0.5], both, 0.5 * a - 0.5 * b + small))
    cases.append(driver_case("the same, columns swapped", [-0.5, 0.5], both[:, ::-1], 0.5 * a - 0.5 * b + small))
    cases.append(driver_case("R_lin negative: not additive", [0.5, 0.3], both, -0.5 * a - 0.3 * b + small))
    cases.append(driver_case("R_lin near 0: not additive", [0.5], a[:, None], np.round(rng.normal(size=36), 6)))
    # The second SNV makes the sum right, by taking away what the first one overshoots; alone it points the wrong way.
    overshoot, correction = np.array([2.0] * 12 + [0.0, 1.0] * 12), np.array([1.0] * 12 + [0.0] * 24)
    cases.append(driver_case("negative own correlation is no driver", [1.0, -0.99],
                             np.column_stack([overshoot, correction]), overshoot - correction + small))
    cases.append(driver_case("constant dosage first", [2.0, 0.5, 0.1], np.column_stack([np.ones(36), a, b]),
                             0.5 * a + 0.1 * b + small))
    cases.append(driver_case("cancelling pair first", [0.3, -0.3, 0.1], np.column_stack([a, a, b]), 0.1 * b + small))
    cases.append(driver_case("one SNV alone", [0.7], a[:, None], 0.7 * a + small))
    cases.append(driver_case("one SNV among constants", [0.7, 0.2], np.column_stack([a, np.zeros(36)]), 0.7 * a + small))
    cases.append(driver_case("constant prediction", [0.7, 0.2], both, np.full(36, 1.25)))
    cases.append(driver_case("ISM all 0", [0.0, 0.0], both, a + small))
    cases.append(driver_case("no variant", [], np.zeros((36, 0)), a))
    cases.append(driver_case("two people", [1.0], [[0], [1]], [0.0, 1.0]))
    many = np.tile(both, (4, 1))
    cases.append(driver_case("main driver is not the first", [0.50, 0.49], many,
                             0.1 * many[:, 0] + 0.8 * many[:, 1] + np.round(0.01 * rng.normal(size=144), 6)))
    missing = 0.5 * a - 0.5 * b + small
    missing[[3, 17]] = math.nan
    cases.append(driver_case("missing predictions", [0.5, -0.5], both, missing))
    rare = np.zeros(36)
    rare[5] = 1
    cases.append(driver_case("gain large, p too large", [1.0, 0.2], np.column_stack([rare, b]), 0.3 * rare + 0.2 * b + 20 * small))
    return cases


def ld_case():
    dosages = rng.binomial(2, 0.3, (25, 5)).astype(float)
    dosages[:, 3] = 2 - dosages[:, 1]
    dosages[:, 4] = 1
    r = []
    for v in range(5):
        r.append([exact_pearson(dosages[:, v], dosages[:, w])["r"] for w in range(5)])
    return {"dosages": [column(row) for row in dosages], "r": r}


json.dump({"correlations": correlation_cases(), "tails": tail_cases(), "ld": ld_case(), "drivers": driver_cases()},
          sys.stdout, separators=(",", ":"), allow_nan=False)
sys.stdout.write("\n")
