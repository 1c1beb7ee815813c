#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes genotype_means.tsv and genotype_means_people.tsv: means by genotype with intervals by t, and the straight line through
them, as SciPy has them, for tests/stats/tst_genotype_means.

60 invented people, two SNVs, an expression and a prediction of a size of its own; some lack a genotype or an expression. One
genotype of the second SNV has a single carrier, one pair of genotypes has nobody.

    python3 genotype_means.py FOLDER      (numpy 1.24, scipy 1.10)
"""
import math
import os
import random
import sys

import numpy
from scipy import stats

random.seed(29)
PEOPLE = 60
FIRST = [sum(random.random() < 0.4 for _ in range(2)) for _ in range(PEOPLE)]
SECOND = [sum(random.random() < 0.25 for _ in range(2)) for _ in range(PEOPLE)]
alone = [p for p in range(PEOPLE) if SECOND[p] == 2]
for p in alone[1:]:
    SECOND[p] = 1
OBSERVED = [round(5 + 0.6 * FIRST[p] - 0.9 * SECOND[p] + random.gauss(0, 1), 4) for p in range(PEOPLE)]
PREDICTED = [round(1e6 - 0.03 * FIRST[p] - 0.2 * FIRST[p] * SECOND[p] + random.gauss(0, 0.01), 6) for p in range(PEOPLE)]
FIRST[3] = FIRST[17] = SECOND[8] = OBSERVED[11] = OBSERVED[30] = None

text = lambda value: "NA" if value is None else repr(value)
folder = sys.argv[1]
with open(os.path.join(folder, "genotype_means_people.tsv"), "w") as out:
    out.write("first\tsecond\tobserved\tpredicted\n")
    for row in zip(FIRST, SECOND, OBSERVED, PREDICTED):
        out.write("\t".join(map(text, row)) + "\n")


def group(values):
    values = numpy.array(values, dtype=numpy.longdouble)
    if len(values) == 0:
        return [0, None, None, None]
    mean = float(values.mean())
    if len(values) == 1:
        return [1, mean, None, None]
    half = float(stats.t.ppf(0.975, len(values) - 1)) * float(values.std(ddof=1)) / math.sqrt(len(values))
    return [len(values), mean, mean - half, mean + half]


with open(os.path.join(folder, "genotype_means.tsv"), "w") as out:
    out.write("values\tfirst\tsecond\tn\tmean\tlow\thigh\tslope\tintercept\n")
    for name, values in (("observed", OBSERVED), ("predicted", PREDICTED)):
        known = [p for p in range(PEOPLE) if FIRST[p] is not None and values[p] is not None]
        shift = values[known[0]]  # a straight line keeps its slope, and doubles keep their digits
        line = stats.linregress([FIRST[p] for p in known], [values[p] - shift for p in known])
        for a in range(3):
            row = group([values[p] for p in known if FIRST[p] == a]) + [float(line.slope), float(line.intercept) + shift]
            out.write("\t".join([name, str(a), "any"] + [text(v) for v in row]) + "\n")
        for a in range(3):
            for b in range(3):
                row = group([values[p] for p in known if FIRST[p] == a and SECOND[p] == b]) + [None, None]
                out.write("\t".join([name, str(a), str(b)] + [text(v) for v in row]) + "\n")
