#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes geuvadis_eqtl.tsv: eQTL effects of SNVs round five genes of the real study, for tests of `diploscope analyze`.

316 people (merged316 genotypes, geuvadis358 expression), log2(RPKM + 1), no covariates; SNVs within 100 kb round the
TSS, `in_xpresso` for those that the Xpresso model reads too (10,500 bp, 7,000 upstream). Dosage = copies of `alt`, the
most common non-reference allele of these people. Slope, se, t, p and r by SciPy (linregress); the same slopes from
plink2 --glm, where it is installed, beside them and compared.

    python3 geuvadis_eqtl.py DATA > geuvadis_eqtl.tsv     (DATA or $DIPLOSCOPE_SHARED_DATA: the folder with
                                                           geuvadis_chr22/ and xpresso/; scipy 1.10, plink2 2.00a3)
"""
import csv
import gzip
import math
import os
import shutil
import subprocess
import sys
import tempfile

import numpy as np
from scipy import stats

GENES = ["ENSG00000069998", "ENSG00000093010", "ENSG00000099940", "ENSG00000128185", "ENSG00000131100"]
HALF_WINDOW = 50_000

data = sys.argv[1] if len(sys.argv) > 1 else os.environ["DIPLOSCOPE_SHARED_DATA"]
study = os.path.join(data, "geuvadis_chr22")
vcf_file = os.path.join(study, "genotypes", "merged316.chr22_1-22Mb.phased.vcf.gz")
expression_file = os.path.join(study, "expression", "geuvadis358.genes.RPKM.chr22.bed.gz")


def read_genes():
    with open(os.path.join(data, "xpresso", "reference_predictions.tsv")) as handle:
        rows = {row["gene_id"]: row for row in csv.DictReader(handle, delimiter="\t")}
    return {gene: (rows[gene]["chrom"], int(rows[gene]["tss_1based"]), rows[gene]["strand"]) for gene in GENES}


def read_expression():
    with gzip.open(expression_file, "rt") as handle:
        header = handle.readline().rstrip("\n").split("\t")
        rows = [line.rstrip("\n").split("\t") for line in handle]
    by_gene = {row[3].split(".")[0]: row for row in rows}
    return {gene: dict(zip(header[6:], map(float, by_gene[gene][6:]))) for gene in GENES}


def read_variants():
    with gzip.open(vcf_file, "rt") as handle:
        for line in handle:
            if line.startswith("##"):
                continue
            fields = line.rstrip("\n").split("\t")
            if line.startswith("#"):
                yield fields[9:]
                continue
            yield fields[0], int(fields[1]), fields[3], fields[4].split(","), [f.split(":")[0] for f in fields[9:]]


def plink_effects(values, people):
    """{gene: {(pos, ref, alt): (beta, se, p)}} of plink2 --glm, ALT as the counted allele."""
    if not shutil.which("plink2"):
        return {}
    with tempfile.TemporaryDirectory() as folder:
        phenotypes = os.path.join(folder, "phenotypes.txt")
        with open(phenotypes, "w") as out:
            out.write("\t".join(["#IID"] + GENES) + "\n")
            for i, person in enumerate(people):
                out.write("\t".join([person] + [repr(values[gene][i]) for gene in GENES]) + "\n")
        subprocess.run(["plink2", "--vcf", vcf_file, "--pheno", phenotypes, "--glm", "omit-ref", "allow-no-covars",
                        "--out", os.path.join(folder, "out"), "--threads", "1"],
                       check=True, stdout=subprocess.DEVNULL, stderr=sys.stderr)
        effects = {}
        for gene in GENES:
            with open(os.path.join(folder, f"out.{gene}.glm.linear")) as handle:
                effects[gene] = {(int(row["POS"]), row["REF"], row["A1"]): (row["BETA"], row["SE"], row["P"])
                                 for row in csv.DictReader(handle, delimiter="\t") if row["TEST"] == "ADD"}
        return effects


genes, expression, variants = read_genes(), read_expression(), read_variants()
samples = next(variants)
people = [s for s in samples if s in expression[GENES[0]]]
columns = [samples.index(s) for s in people]
values = {gene: [math.log2(expression[gene][s] + 1) for s in people] for gene in GENES}
plink = plink_effects(values, people)

rows = []
for chrom, pos, ref, alts, genotypes in variants:
    near = [g for g in GENES if genes[g][0] == chrom and genes[g][1] - HALF_WINDOW <= pos < genes[g][1] + HALF_WINDOW]
    if not near or len(ref) != 1:
        continue
    alleles = [[int(a) for a in genotypes[c].replace("|", "/").split("/")] for c in columns]
    counts = {a: sum(person.count(a) for person in alleles) for a in range(1, len(alts) + 1) if len(alts[a - 1]) == 1}
    if not counts:
        continue
    best = max(counts, key=lambda a: (counts[a], -a))
    dosage = np.array([person.count(best) for person in alleles], float)
    for gene in near:
        _, tss, strand = genes[gene]
        upstream = pos - tss if strand == "+" else tss - pos
        row = [gene, chrom, pos, ref, alts[best - 1], "true" if -6999 <= upstream <= 3500 else "false", len(people)]
        if np.ptp(dosage) == 0:
            rows.append(row + ["NA"] * 7)
            continue
        fit = stats.linregress(dosage, values[gene])
        beta, se, p = plink.get(gene, {}).get((pos, ref, alts[best - 1]), ("NA", "NA", "NA"))
        if beta != "NA":  # plink2 prints six digits
            np.testing.assert_allclose([float(beta), float(se), float(p)], [fit.slope, fit.stderr, fit.pvalue], rtol=2e-5)
        rows.append(row + [repr(float(v)) for v in (fit.slope, fit.stderr, fit.pvalue, fit.rvalue)] + [beta, se, p])

print("\t".join("gene_id chrom pos ref alt in_xpresso n slope se p r plink_slope plink_se plink_p".split()))
for row in sorted(rows, key=lambda row: (row[0], row[2])):
    print("\t".join(map(str, row)))
