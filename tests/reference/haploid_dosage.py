#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes haploid_dosage.tsv and haploid_dosage_people.tsv: what plink2 makes of X at the end of its first pseudoautosomal
region (GRCh38), for tests/analysis/tst_haploid_people: allele frequencies, and --glm with --xchr-model 2 (a man's copy is
0/2) and 1 (0/1), without sex as a covariate.

50 invented people, 26 of them men; of the men's calls outside the region every other person's is written as two equal
alleles, the others' as one. plink2 prints six digits.

    python3 haploid_dosage.py FOLDER      (Python's standard library, plink2 2.00a3)
"""
import os
import random
import subprocess
import sys
import tempfile

random.seed(23)
PEOPLE = [f"P{i:02}" for i in range(50)]
IS_MALE = [i % 25 < 13 for i in range(50)]
BOUNDARY = 2781479  # 1-based, the last base of the region
POSITIONS = [BOUNDARY - 900, BOUNDARY, BOUNDARY + 1, BOUNDARY + 500, BOUNDARY + 900]


def call(p, position, frequency):
    alleles = [int(random.random() < frequency) for _ in range(2)]
    if IS_MALE[p] and position > BOUNDARY:
        return f"{alleles[0]}" if p % 2 else f"{alleles[0]}|{alleles[0]}"
    return f"{alleles[0]}|{alleles[1]}"


CALLS = [[call(p, position, f) for p in range(len(PEOPLE))] for position, f in zip(POSITIONS, (.3, .5, .4, .2, .6))]
CALLS[3][0] = CALLS[3][30] = CALLS[4][7] = "."


def copies(text):
    return sum(int(a) for a in text.replace("|", " ").replace(".", "0").split())


EXPRESSION = [round(5 + .4 * copies(CALLS[2][p]) - .3 * copies(CALLS[0][p]) + .5 * IS_MALE[p] + random.gauss(0, 1), 4)
              for p in range(len(PEOPLE))]


def rows(path):
    with open(path) as lines:
        names = next(lines).lstrip("#").split()
        return [dict(zip(names, line.split())) for line in lines]


with tempfile.TemporaryDirectory() as folder:
    at = lambda name: os.path.join(folder, name)
    with open(at("x.vcf"), "w") as out:
        out.write("##fileformat=VCFv4.2\n##contig=<ID=chrX>\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n")
        out.write("\t".join(["#CHROM POS ID REF ALT QUAL FILTER INFO FORMAT".replace(" ", "\t")] + PEOPLE) + "\n")
        for i, position in enumerate(POSITIONS):
            out.write("\t".join(["chrX", str(position), f"v{i}", "A", "C", ".", ".", ".", "GT"] + CALLS[i]) + "\n")
    with open(at("people.psam"), "w") as out:
        out.write("#IID\tSEX\ty\n")
        for person, male, y in zip(PEOPLE, IS_MALE, EXPRESSION):
            out.write(f"{person}\t{1 if male else 2}\t{y}\n")
    common = ["plink2", "--vcf", at("x.vcf"), "--psam", at("people.psam"), "--split-par", "b38"]
    found = {}
    for model in (2, 1):
        subprocess.run(common + ["--xchr-model", str(model), "--glm", "no-x-sex", "omit-ref", "allow-no-covars", "--freq",
                                 "--out", at(f"m{model}")], check=True, stdout=subprocess.DEVNULL)
        for row in rows(at(f"m{model}.y.glm.linear")):
            if row["TEST"] == "ADD":
                found.setdefault(row["ID"], {})[model] = row
    frequencies = {row["ID"]: row["ALT_FREQS"] for row in rows(at("m2.afreq"))}

with open(os.path.join(sys.argv[1], "haploid_dosage.tsv"), "w") as out:
    out.write("position\tcalls\tfrequency\tslope_02\tse_02\tp_02\tslope_01\tse_01\tp_01\n")
    for i, position in enumerate(POSITIONS):
        numbers = [found[f"v{i}"][model][key] for model in (2, 1) for key in ("BETA", "SE", "P")]
        out.write("\t".join([str(position), " ".join(CALLS[i]), frequencies[f"v{i}"]] + numbers) + "\n")
with open(os.path.join(sys.argv[1], "haploid_dosage_people.tsv"), "w") as out:
    out.write("person\tsex\texpression\n")
    for person, male, y in zip(PEOPLE, IS_MALE, EXPRESSION):
        out.write(f"{person}\t{'male' if male else 'female'}\t{y}\n")
