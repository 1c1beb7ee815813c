#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes conditional_eqtl.tsv and conditional_eqtl_people.tsv: what is left of each SNV's eQTL effect once another one is a
covariate, for tests/stats/tst_conditional_eqtl.

60 invented people with two covariates, seven SNVs: 1 follows 0, 2 is 0 once more, 3 is rare, 4 and 5 lack genotypes, 6 is as
it comes. Given each SNV in turn, without and with the covariates. Slope, standard error and t are NumPy's least squares over
those who have the other SNV, a missing genotype of the SNV that is given being its mean. p is plink2's (`--condition`), six
digits; plink2 leaves out those without a genotype of the SNV that is given, so of 4 and 5 it says nothing. Where both speak,
the script holds NumPy's numbers against plink2's.

    python3 conditional_eqtl.py FOLDER      (numpy 1.24, plink2 2.00a3)
"""
import math
import os
import random
import subprocess
import sys
import tempfile

import numpy

random.seed(41)
PEOPLE = [f"P{i:02}" for i in range(60)]
N = len(PEOPLE)


def genotypes(frequency):
    return [sum(random.random() < frequency for _ in range(2)) for _ in PEOPLE]


SNVS = [genotypes(0.4) for _ in range(7)]
SNVS[1] = [g if random.random() < 0.8 else random.choice([0, 1, 2]) for g in SNVS[0]]
SNVS[2] = list(SNVS[0])
SNVS[3] = [1 if p in (4, 19, 33) else 0 for p in range(N)]
for snv, count in ((4, 5), (5, 11)):
    for p in random.sample(range(N), count):
        SNVS[snv][p] = None
AGE = [round(random.gauss(50, 10), 3) for _ in PEOPLE]
BATCH = [1 if i % 4 == 0 else 0 for i in range(N)]
EXPRESSION = [round(5 + 0.9 * SNVS[0][p] - 0.5 * SNVS[6][p] + 0.03 * AGE[p] + BATCH[p] + random.gauss(0, 1), 4)
              for p in range(N)]
EXPRESSION[7] = EXPRESSION[31] = None
COVARIATES = {"none": [], "age, batch": [AGE, BATCH]}


def left(snv, given, covariates):
    """(people, slope, se, t) of one SNV beside another, (None, ...) where nothing is left of it."""
    measured = [p for p in range(N) if EXPRESSION[p] is not None]
    known = [SNVS[given][p] for p in measured if SNVS[given][p] is not None]
    mean = sum(known) / len(known)
    people = [p for p in measured if SNVS[snv][p] is not None]
    beside = [[1.0] * len(people), [mean if SNVS[given][p] is None else SNVS[given][p] for p in people]]
    beside += [[values[p] for p in people] for values in covariates]
    beside = numpy.array(beside, dtype=float).T
    design = numpy.column_stack([beside, [SNVS[snv][p] for p in people]])
    if numpy.linalg.matrix_rank(design) < design.shape[1]:
        return None, None, None, None
    y = numpy.array([EXPRESSION[p] for p in people])
    slopes, residual, _, _ = numpy.linalg.lstsq(design, y, rcond=None)
    variance = float(residual[0]) / (len(people) - design.shape[1])
    se = math.sqrt(variance * numpy.linalg.inv(design.T @ design)[-1, -1])
    return len(people), float(slopes[-1]), se, float(slopes[-1]) / se


def plink(given, covariates):
    """{SNV: (people, slope, se, t, p)} as plink2 has it; without what it refuses."""
    with tempfile.TemporaryDirectory() as folder:
        path = lambda name: os.path.join(folder, name)
        with open(path("a.vcf"), "w") as out:
            out.write("##fileformat=VCFv4.2\n##contig=<ID=1>\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n")
            out.write("\t".join(["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", *PEOPLE]) + "\n")
            for v, calls in enumerate(SNVS):
                text = [{None: "./.", 0: "0/0", 1: "0/1", 2: "1/1"}[g] for g in calls]
                out.write("\t".join(["1", str(100 * (v + 1)), f"v{v}", "A", "C", ".", ".", ".", "GT", *text]) + "\n")
        with open(path("pheno.txt"), "w") as out:
            out.write("#IID\ty\n")
            out.writelines(f"{p}\t{'NA' if y is None else y}\n" for p, y in zip(PEOPLE, EXPRESSION))
        with open(path("covar.txt"), "w") as out:
            out.write("#IID\tage\tbatch\n")
            out.writelines(f"{p}\t{a}\t{b}\n" for p, a, b in zip(PEOPLE, AGE, BATCH))
        with open(path("given.txt"), "w") as out:
            out.write(f"v{given}\n")
        options = ["--covar", path("covar.txt"), "--covar-variance-standardize"] if covariates else []
        glm = ["--glm", "hide-covar", "omit-ref", *([] if covariates else ["allow-no-covars"])]
        subprocess.run(["plink2", "--vcf", path("a.vcf"), "--pheno", path("pheno.txt"), "--out", path("out"), *glm,
                        "--condition", f"v{given}", *options], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        found = {}
        with open(path("out.y.glm.linear")) as handle:
            header = handle.readline().lstrip("#").split()
            for line in handle:
                row = dict(zip(header, line.split()))
                # Where nothing is left, plink2 2.00a3 divides by what rounding has left.
                if row["BETA"] != "NA" and float(row["SE"]) < 1e5:
                    found[int(row["ID"][1:])] = (int(row["OBS_CT"]), *(float(row[c]) for c in ("BETA", "SE", "T_STAT", "P")))
        return found


text = lambda value: "NA" if value is None else repr(value)
with open(os.path.join(sys.argv[1], "conditional_eqtl.tsv"), "w") as out:
    out.write("covariates\tgiven\tvariant\tn\tslope\tse\tt\tp\n")
    for name, covariates in COVARIATES.items():
        for given in range(len(SNVS)):
            complete = None not in SNVS[given]
            theirs = plink(given, covariates) if complete else {}
            for snv in range(len(SNVS)):
                n, slope, se, t = (None,) * 4 if snv == given else left(snv, given, covariates)
                p = None
                if snv in theirs:
                    for own, other in zip((n, slope, se, t), theirs[snv]):
                        assert own is not None and abs(own - other) <= 2e-5 * abs(other), (name, given, snv, own, other)
                    p = theirs[snv][4]
                elif complete:
                    assert slope is None, (name, given, snv, slope)
                out.write("\t".join([name, str(given), str(snv), *map(text, (n, slope, se, t, p))]) + "\n")
with open(os.path.join(sys.argv[1], "conditional_eqtl_people.tsv"), "w") as out:
    out.write("expression\tage\tbatch\t" + "\t".join(f"v{v}" for v in range(len(SNVS))) + "\n")
    for p in range(N):
        out.write("\t".join(map(text, (EXPRESSION[p], AGE[p], BATCH[p], *(calls[p] for calls in SNVS)))) + "\n")
