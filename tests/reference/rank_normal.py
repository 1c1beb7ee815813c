#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Expected rank-normal values, by SciPy: z = Phi^-1(rank / (n + 1)) with average ranks for ties (METHODS 4 reads
them). Writes rank_normal.tsv: rows in pairs, first the values, then z. Tolerance in the test: 1e-6 (single precision)."""
import os

import numpy as np
from scipy import stats

random = np.random.default_rng(1)
cases = [
    random.normal(size=11),
    random.poisson(3, size=25).astype(float),  # many ties
    np.array([5.0, 5.0, 5.0, 5.0]),  # constant
    np.array([2.5]),
    np.where(random.random(40) < 0.2, np.nan, random.exponential(size=40)),
    np.array([np.nan, np.nan]),
]
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "rank_normal.tsv"), "w") as out:
    out.write("# rank_normal.py, SciPy: pairs of rows, values then z\n")
    for values in cases:
        values = values.astype(np.float32).astype(float)
        z = np.full(values.shape, np.nan)
        there = ~np.isnan(values)
        if there.any():
            z[there] = stats.norm.ppf(stats.rankdata(values[there]) / (there.sum() + 1))
        for row in (values, z):
            out.write("\t".join("NA" if np.isnan(v) else repr(float(v)) for v in row) + "\n")
