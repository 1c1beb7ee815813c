#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes real_study_genes.tsv and real_study_variants.tsv: every statistic of the real study's genes under Xpresso, for
tests/integration/tst_real_study_statistics.

From the program comes only what the model said: each person's prediction and each SNV's ISM, read from the folder that
`diploscope analyze STUDY --genes all --model xpresso --out ANALYSIS` wrote (tests/integration/program.h has the study).
Observed expression, genotypes and everything that follows from them are worked out anew from the files, with NumPy and
SciPy: correlations, regressions, what the lead variant leaves, drivers by METHODS 8 word by word, bootstrap and
null with random numbers of NumPy's.

    /usr/bin/python3 real_study.py DATA ANALYSIS     (DATA: the folder with geuvadis_chr22/; SciPy 1.10, NumPy 1.24)
"""
import csv
import gzip
import json
import os
import sys

import numpy as np
from scipy import stats

data, analysis = sys.argv[1:3]
here = os.path.dirname(os.path.abspath(__file__))
study = os.path.join(data, "geuvadis_chr22")
RESAMPLES = PREDICTORS = 20_000


def table(name):
    with open(os.path.join(analysis, name)) as handle:
        return list(csv.DictReader((line for line in handle if not line.startswith("#")), delimiter="\t"))


def read_expression():
    with gzip.open(os.path.join(study, "expression/geuvadis358.genes.RPKM.chr22.bed.gz"), "rt") as handle:
        header = handle.readline().rstrip("\n").split("\t")
        rows = [line.rstrip("\n").split("\t") for line in handle]
    return {row[3].split(".")[0]: dict(zip(header[6:], np.log2(np.array(row[6:], float) + 1))) for row in rows}


def read_variants():
    """Samples, then position, ref, alt and copies of the most common alternative base, SNVs only."""
    with gzip.open(os.path.join(study, "genotypes/merged316.chr22_1-22Mb.phased.vcf.gz"), "rt") as handle:
        for line in handle:
            if line.startswith("##"):
                continue
            fields = line.rstrip("\n").split("\t")
            if line.startswith("#"):
                yield fields[9:]
                continue
            alts = fields[4].split(",")
            people = [[int(a) for a in f.split(":")[0].replace("|", "/").split("/")] for f in fields[9:]]
            counts = {a: sum(p.count(a) for p in people) for a, alt in enumerate(alts, 1) if len(alt) == 1}
            if len(fields[3]) != 1 or not counts:
                continue
            best = max(counts, key=lambda a: (counts[a], -a))
            if counts[best] > 0:
                yield int(fields[1]), fields[3], alts[best - 1], np.array([p.count(best) for p in people], float)


def tied(scores, share=1e-9):
    """Scores that exceed a group's smallest by rounding alone are that one (METHODS 4)."""
    merged, tolerance = scores.copy(), share * np.abs(scores).max()
    start = None
    for i in np.argsort(scores, kind="stable"):
        if start is None or scores[i] - start > tolerance:
            start = scores[i]
        merged[i] = start
    return merged


def correlation(x, y):
    """R and p, or None where either is constant."""
    return None if np.ptp(x) < 1e-12 or np.ptp(y) < 1e-12 else stats.pearsonr(x, y)


def slope(x, y, others):
    """Slope, se and p of x beside other columns and an intercept; None where x has nothing of its own."""
    design = np.column_stack([np.ones(len(x)), *others, x])
    if np.linalg.matrix_rank(design) < design.shape[1]:
        return None
    solution, squares, _, _ = np.linalg.lstsq(design, y, rcond=None)
    df = len(x) - design.shape[1]
    error = np.sqrt(squares[0] / df * np.linalg.inv(design.T @ design)[-1, -1])
    return solution[-1], error, 2 * stats.t.sf(abs(solution[-1] / error), df)


def positive_and_significant(x, prediction, variants):
    own = correlation(x, prediction)
    return own is not None and own[0] > 0 and own[1] < 0.01 / variants


def forward(ism, dosages, prediction, r_linear):
    found, before, total = [], 0.0, np.zeros(len(prediction))
    for v in sorted(range(len(ism)), key=lambda v: -abs(ism[v])):
        total = total + ism[v] * dosages[v]
        c = correlation(total, prediction)
        c = 0.0 if c is None else c[0] / r_linear
        if c - before > 0.05 and positive_and_significant(ism[v] * dosages[v], prediction, len(ism)):
            found.append((v, c - before))
        before = c
    return found


def backward(ism, dosages, prediction, r_linear):
    left = [v for v in range(len(ism)) if positive_and_significant(ism[v] * dosages[v], prediction, len(ism))]
    rest = sum(i * d for i, d in zip(ism, dosages))
    found = []
    while left and positive_and_significant(rest, prediction, len(ism)):
        def without(v):
            c = correlation(rest - ism[v] * dosages[v], prediction)
            return 0.0 if c is None else c[0]
        costliest = min(left, key=without)
        found.append((costliest, (correlation(rest, prediction)[0] - without(costliest)) / r_linear))
        rest = rest - ism[costliest] * dosages[costliest]
        left.remove(costliest)
    return found


def number(value):
    return "NA" if value is None else f"{value:.12g}"


expression, stream = read_expression(), read_variants()
samples, variants = next(stream), list(stream)
random = np.random.default_rng(2023)
genes_out, variants_out = [], []
for gene, stem in sorted((row["gene_id"], row["gene_name"]) for row in table("genes.tsv")):
    with open(os.path.join(analysis, stem + ".report.json")) as handle:
        report = json.load(handle)
    people = table(stem + ".people.tsv")
    assert [person["sample"] for person in people] == samples
    prediction = np.array([float(person["predicted"]) for person in people])
    observed = np.array([expression[gene][s] for s in samples])
    near = [v for v in variants if report["window_start"] <= v[0] <= report["window_end"]]
    ism = [float(row["ism"]) for row in table(stem + ".variants.tsv")]
    assert len(near) == len(ism), (gene, len(near), len(ism))
    dosages = [v[3] for v in near]

    effects = [slope(d, observed, []) if np.ptp(observed) > 0 else None for d in dosages]
    own_r = [correlation(d, observed) for d in dosages]
    lead = max((v for v in range(len(near)) if own_r[v]), key=lambda v: abs(own_r[v][0]), default=None)
    left = [None if lead is None or v == lead else slope(d, observed, [dosages[lead]]) for v, d in enumerate(dosages)]
    for v, (position, ref, alt, _) in enumerate(near):
        variants_out.append([stem, position, ref, alt, *map(number, effects[v] or [None] * 3),
                             *map(number, left[v] or [None] * 3)])

    row = dict(gene_id=gene, gene_name=stem, n_people=len(observed), n_variants=len(near))
    r = correlation(observed, prediction)
    rho = stats.spearmanr(observed, tied(prediction)) if r else (None, None)
    row.update(pearson_r=r and r[0], pearson_p=r and r[1], spearman_rho=rho[0], spearman_p=rho[1],
               slope=r and stats.linregress(observed, prediction).slope, lead_variant=None if lead is None else near[lead][0])
    row.update(pearson_r_low=None, pearson_r_high=None, null_mean=None, null_sd=None)
    if r:
        draws = random.integers(len(observed), size=(RESAMPLES, len(observed)))
        x, y = observed[draws], prediction[draws]
        x, y = x - x.mean(1, keepdims=True), y - y.mean(1, keepdims=True)
        with np.errstate(invalid="ignore"):
            resampled = (x * y).sum(1) / np.sqrt((x * x).sum(1) * (y * y).sum(1))
        row["pearson_r_low"], row["pearson_r_high"] = np.nanpercentile(resampled, [2.5, 97.5])
        scores = np.column_stack(dosages) @ random.standard_normal((len(near), PREDICTORS))
        scores -= scores.mean(0)
        y = observed - observed.mean()
        null = np.abs(y @ scores) / np.linalg.norm(scores, axis=0) / np.linalg.norm(y)
        row["null_mean"], row["null_sd"] = null.mean(), null.std()
    linear = correlation(sum((i * d for i, d in zip(ism, dosages)), np.zeros(len(prediction))), prediction)
    row["r_linear"] = linear and linear[0]
    for name, select in (("forward", forward), ("backward", backward)):
        found = select(ism, dosages, prediction, linear[0]) if linear and linear[0] > 0.2 else []
        row[name] = ";".join(f"{near[v][0]}:{near[v][2]}:{gain:.9g}" for v, gain in found) or "none"
    genes_out.append([value if isinstance(value, (str, int)) else number(value) for value in row.values()])

for name, columns, rows in (("genes", list(row), genes_out),
                            ("variants", "gene_name pos ref alt eqtl_slope eqtl_se eqtl_p eqtl_slope_given_lead "
                             "eqtl_se_given_lead eqtl_p_given_lead".split(), variants_out)):
    with open(os.path.join(here, f"real_study_{name}.tsv"), "w") as out:
        for line in [columns, *rows]:
            out.write("\t".join(map(str, line)) + "\n")
