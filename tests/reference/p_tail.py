#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""log10 of the two-sided p of a correlation r over df + 2 points, where it is too small for doubles.

p = I_x(a, 1/2) with x = 1 - r^2 and a = df / 2 whole, so that B(a, 1/2) = 4^a a! (a - 1)! / (2a)! is a fraction:
Abramowitz & Stegun 26.5.4 in 60 digits. Writes p_tail.tsv. Needs Python alone.
"""
from decimal import Decimal, getcontext
from fractions import Fraction
from math import factorial
from pathlib import Path

getcontext().prec = 60

CASES = [("0.9", 40), ("0.5", 100), ("0.85", 838), ("0.98", 838), ("0.9", 2000), ("0.6", 10000), ("0.999999", 400),
         ("0.3", 20000)]


def log10_p(r: str, df: int) -> Decimal:
    a = df // 2
    x = 1 - Decimal(r) ** 2
    term = total = Decimal(1)
    k = 0
    while term > total * Decimal(10) ** -55:
        term *= x * (Decimal(a) + Decimal("0.5") + k) / (a + 1 + k)
        total += term
        k += 1
    beta = Fraction(4 ** a * factorial(a) * factorial(a - 1), factorial(2 * a))
    log_beta = Decimal(beta.numerator).log10() - Decimal(beta.denominator).log10()
    return a * x.log10() + (1 - x).log10() / 2 + (total / a).log10() - log_beta


rows = ["r\tdf\tlog10_p"] + [f"{r}\t{df}\t{log10_p(r, df):.25g}" for r, df in CASES]
Path(__file__).with_name("p_tail.tsv").write_text("\n".join(rows) + "\n")
