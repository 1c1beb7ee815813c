#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes missing_genotypes.tsv and missing_genotypes_people.tsv: what plink2 --glm makes of SNVs that some people have no
genotype of, without and with covariates, for tests/stats/tst_missing_genotypes.

70 invented people, 7 SNVs: complete; 1, 7, 20 and 50 people missing; the carriers of one batch missing, of which a
covariate is the mark; and half-missing genotypes (`./1`), which are missing ones. plink2 prints six digits.

    python3 missing_genotypes.py FOLDER      (Python's standard library, plink2 2.00a3)
"""
import os
import random
import subprocess
import sys
import tempfile

random.seed(17)
PEOPLE = [f"P{i:02}" for i in range(70)]
BATCH = [1 if i < 12 else 0 for i in range(70)]
AGE = [round(random.gauss(50, 10), 3) for _ in PEOPLE]


def genotypes(frequency):
    return [[int(random.random() < frequency) for _ in range(2)] for _ in PEOPLE]


def drop(calls, people, half=False):
    for p in people:
        calls[p] = [None, calls[p][1]] if half else [None, None]
    return calls


some = lambda count: random.sample(range(len(PEOPLE)), count)
SNVS = [genotypes(0.4), drop(genotypes(0.3), some(1)), drop(genotypes(0.3), some(7)), drop(genotypes(0.5), some(20)),
        drop(genotypes(0.5), some(50)), drop(genotypes(0.4), range(12)), drop(genotypes(0.4), some(9), half=True)]
EXPRESSION = [round(5 + 0.8 * sum(SNVS[0][p]) - 0.5 * sum(a or 0 for a in SNVS[3][p]) + 1.5 * BATCH[p] + 0.03 * AGE[p] +
                    random.gauss(0, 1), 4) for p in range(len(PEOPLE))]
EXPRESSION[5] = EXPRESSION[40] = None

with tempfile.TemporaryDirectory() as folder:
    vcf = os.path.join(folder, "a.vcf")
    with open(vcf, "w") as out:
        out.write("##fileformat=VCFv4.2\n##contig=<ID=1>\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n")
        out.write("\t".join(["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", *PEOPLE]) + "\n")
        for v, calls in enumerate(SNVS):
            text = ["/".join("." if a is None else str(a) for a in call) for call in calls]
            out.write("\t".join(["1", str(100 * (v + 1)), f"v{v}", "A", "C", ".", ".", ".", "GT", *text]) + "\n")
    with open(os.path.join(folder, "pheno.txt"), "w") as out:
        out.write("#IID\ty\n")
        out.writelines(f"{p}\t{'NA' if y is None else y}\n" for p, y in zip(PEOPLE, EXPRESSION))
    with open(os.path.join(folder, "covar.txt"), "w") as out:
        out.write("#IID\tage\tbatch\n")
        out.writelines(f"{p}\t{a}\t{b}\n" for p, a, b in zip(PEOPLE, AGE, BATCH))

    def effects(case, options):
        prefix = os.path.join(folder, "out")
        subprocess.run(["plink2", "--vcf", vcf, "--vcf-half-call", "missing", "--pheno", os.path.join(folder, "pheno.txt"),
                        "--out", prefix, *options], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(prefix + ".y.glm.linear") as handle:
            header = handle.readline().lstrip("#").split()
            for line in handle:
                row = dict(zip(header, line.split()))
                yield [case, row["ID"][1:], row["OBS_CT"], row["BETA"], row["SE"], row["T_STAT"], row["P"]]

    glm = ["--glm", "hide-covar", "omit-ref"]
    rows = [*effects("none", [*glm, "allow-no-covars"]),
            *effects("age", [*glm, "--covar", os.path.join(folder, "covar.txt"), "--covar-name", "age",
                             "--covar-variance-standardize"]),
            # Of variant 5 every person of the batch is missing: plink2 refuses a constant covariate, the right answer is
            # that of `age` alone.
            *(row for row in effects("age, batch", [*glm, "--covar", os.path.join(folder, "covar.txt"),
                                                    "--covar-variance-standardize"]) if row[1] != "5")]

with open(os.path.join(sys.argv[1], "missing_genotypes.tsv"), "w") as out:
    out.write("covariates\tvariant\tn\tslope\tse\tt\tp\n")
    out.writelines("\t".join(row) + "\n" for row in rows)
with open(os.path.join(sys.argv[1], "missing_genotypes_people.tsv"), "w") as out:
    out.write("expression\tage\tbatch\t" + "\t".join(f"v{v}" for v in range(len(SNVS))) + "\n")
    for p in range(len(PEOPLE)):
        dosages = ["NA" if None in calls[p] else str(sum(calls[p])) for calls in SNVS]
        out.write("\t".join(["NA" if EXPRESSION[p] is None else str(EXPRESSION[p]), str(AGE[p]), str(BATCH[p]), *dosages]) +
                  "\n")
