#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""eQTL effects in NumPy from the bytes that `diploscope bench eqtl --data FOLDER` wrote: prints a line each, name, milliseconds
of processor time (best of five, bytes in memory before), peak megabytes. Slopes and t without p, as NumPy has none; held
against ours."""
import resource
import sys
import time

import numpy as np

AT_ONCE = 4096  # SNVs that are held as floats, which is faster than all of them
folder = sys.argv[1]
table = np.loadtxt(folder + "/people.tsv", skiprows=1, dtype=str, comments=None)[:, 1:].astype(float)
people = len(table)
genotypes = np.fromfile(folder + "/genotypes.u8", np.uint8).reshape(-1, people)
expression, covariates = table[:, 0], table[:, 1:]


def effects(real, beside):
    base = np.linalg.qr(np.column_stack([np.ones(people), beside]))[0]
    rest = expression - base @ (base.T @ expression)
    freedom = people - base.shape[1] - 1
    told = []
    for begin in range(0, len(genotypes), AT_ONCE):
        numbers = genotypes[begin:begin + AT_ONCE].astype(real)
        dots = numbers @ rest.astype(real)
        squares = np.einsum("ij,ij->i", numbers, numbers) - ((numbers @ base.astype(real)) ** 2).sum(1)
        slope = dots / squares
        told.append(slope / np.sqrt((rest @ rest - slope * dots) / freedom / squares))
    return np.concatenate(told)


for name, beside in (("eqtl", covariates[:, :0]), ("eqtl_covariates", covariates)):
    for real in (np.float32, np.float64):
        times = []
        for _ in range(5):
            start = time.process_time()
            t = effects(real, beside)
            times.append(time.process_time() - start)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(name, np.dtype(real).name, 1000 * min(times), peak)
        if name == "eqtl" and real == np.float64:
            own = np.loadtxt(folder + "/effects.tsv", skiprows=1)
            assert np.allclose(own, t, rtol=1e-8, atol=1e-10), np.abs(own - t).max()
