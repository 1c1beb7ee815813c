#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes predixcan.tsv: the GEUVADIS database applied to the 316 people, variant by variant, for
tests/integration/tst_predixcan_command.

Sum of weight x dosage of eff_allele over exact matches of position and alleles (2 - dosage where they are swapped);
R with log2(RPKM + 1) of those with expression.

    python3 predixcan.py SHARED_DATA > predixcan.tsv        (Python's standard library, bcftools)
"""
import collections
import gzip
import math
import sqlite3
import subprocess
import sys

data = sys.argv[1] + "/geuvadis_chr22/"
vcf = data + "genotypes/merged316.chr22_1-22Mb.phased.vcf.gz"
people = subprocess.run(["bcftools", "query", "-l", vcf], capture_output=True, text=True, check=True).stdout.split()
sites = collections.defaultdict(list)
query = subprocess.run(["bcftools", "query", "-f", "%POS\t%REF\t%ALT[\t%GT]\n", vcf], capture_output=True, text=True,
                       check=True).stdout
for line in query.splitlines():
    pos, ref, alts, *genotypes = line.split("\t")
    sites[int(pos)].append((ref, alts.split(","), genotypes))


def dosage(genotypes, allele):
    return [sum(a == str(allele) for a in g.replace("/", "|").split("|")) for g in genotypes]


with gzip.open(data + "expression/geuvadis358.genes.RPKM.chr22.bed.gz", "rt") as bed:
    header = bed.readline().rstrip("\n").split("\t")
    rows = [line.rstrip("\n").split("\t") for line in bed]
expression = {row[3].split(".")[0]: dict(zip(header, row)) for row in rows}
shown = [p for p in people if p in header]

database = sqlite3.connect(f"file:{data}predictdb/geuvadis_train216_enet_chr22.db?mode=ro&immutable=1", uri=True)
genes = [g for g, in database.execute("SELECT DISTINCT gene FROM weights ORDER BY gene")]
print("gene", "n_weights", "n_used", "n_ambiguous", "r", *shown[:12], sep="\t")
for gene in genes:
    total, used, ambiguous, weights = [0.0] * len(people), 0, 0, 0
    for weight, ref, eff, name in database.execute(
            "SELECT weight, ref_allele, eff_allele, varID FROM weights WHERE gene = ? ORDER BY rowid", (gene,)):
        weights += 1
        for site_ref, alts, genotypes in sites.get(int(name.split("_")[1]), []):
            if site_ref == ref and eff in alts:
                d = dosage(genotypes, alts.index(eff) + 1)
            elif site_ref == eff and ref in alts:
                d = [2 - x for x in dosage(genotypes, alts.index(ref) + 1)]
            else:
                continue
            used += 1
            ambiguous += {ref, eff} in ({"A", "T"}, {"C", "G"})
            total = [t + weight * x for t, x in zip(total, d)]
            break
    predicted = dict(zip(people, total))
    r = "NA"
    measured = expression.get(gene.split(".")[0])
    if used and measured:
        x = [math.log2(float(measured[p]) + 1) for p in shown]
        y = [predicted[p] for p in shown]
        mx, my = math.fsum(x) / len(x), math.fsum(y) / len(y)
        r = repr(math.fsum((a - mx) * (b - my) for a, b in zip(x, y)) /
                 math.sqrt(math.fsum((a - mx) ** 2 for a in x) * math.fsum((b - my) ** 2 for b in y)))
    print(gene, weights, used, ambiguous, r, *[repr(predicted[p]) if used else "NA" for p in shown[:12]], sep="\t")
