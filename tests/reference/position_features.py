#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Expected numbers for tests/engines/tst_position_features.cpp, from SciPy, in double.

The three families of `positional_features` in DeepMind's Enformer (attention_module.py): exponential, central mask, gamma.
The exponential ones are NumPy's in single precision, as DeepMind's program and the PyTorch port compute them.
Writes position_features.tsv (tokens, features, row, column, value) beside itself: every 7th value of a small table, every 61st of a larger one.
Run: /usr/bin/python3 tests/reference/position_features.py
"""
import os

import numpy as np
from scipy.stats import gamma

HERE = os.path.dirname(os.path.abspath(__file__))


def table(tokens, features):
    count = features // 6
    position = np.arange(-tokens + 1, tokens)
    distance = np.abs(position)[:, None].astype(float)
    half_life = np.float32(2) ** np.linspace(3, np.log2(tokens), count, dtype=np.float32)
    exponential = np.exp(-np.log(np.float32(2)) / half_life * distance.astype(np.float32))
    assert exponential.dtype == np.float32
    mask = (2.0 ** np.arange(1, count + 1) - 1 > distance).astype(float)
    sd = tokens / (2 * count)
    mean = np.linspace(tokens / count, tokens, count)
    density = gamma.pdf(distance, (mean / sd) ** 2, scale=sd**2 / mean) + 1e-8
    half = np.concatenate([exponential, mask, density / density.max(axis=0)], axis=1)
    return np.concatenate([half, np.sign(position)[:, None] * half], axis=1)


with open(os.path.join(HERE, "position_features.tsv"), "w") as out:
    out.write("tokens\tfeatures\trow\tcolumn\tvalue\n")
    for tokens, features in [(20, 12), (128, 48)]:
        values = table(tokens, features)
        step = 7 if tokens == 20 else 61
        for i in range(0, values.size, step):
            row, column = divmod(i, features)
            out.write(f"{tokens}\t{features}\t{row}\t{column}\t{float(values[row, column])!r}\n")
