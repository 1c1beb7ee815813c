#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Applies a PrediXcan database to genotypes: the weights' places in one file, one `bcftools query` for all of them, a product
in NumPy. DATABASE GENOTYPES OUT.tsv; a weight's alleles are looked up as varID has them, not swapped or turned."""
import sqlite3
import subprocess
import sys
import tempfile

import numpy as np

database, genotypes, out = sys.argv[1:]
weights, genes, places = {}, {}, set()
for gene, weight, name in sqlite3.connect(database).execute("select gene, weight, varID from weights"):
    contig, position, ref, alt = name.split("_")[:4]
    weights.setdefault((contig, position, ref, alt), []).append((genes.setdefault(gene, len(genes)), weight))
    places.add((contig, int(position)))
people = subprocess.run(["bcftools", "query", "-l", genotypes], capture_output=True, text=True, check=True).stdout.split()
predicted = np.zeros((len(people), len(genes)))
with tempfile.NamedTemporaryFile("w", suffix=".tsv") as regions:
    for contig, position in sorted(places):
        print(contig, position, sep="\t", file=regions)
    regions.flush()
    query = subprocess.Popen(["bcftools", "query", "-R", regions.name, "-f", "%CHROM\t%POS\t%REF\t%ALT[\t%GT]\n", genotypes],
                             stdout=subprocess.PIPE, text=True)
    for line in query.stdout:
        contig, position, ref, alt, rest = line.rstrip("\n").split("\t", 4)
        alleles = np.frombuffer((rest + "\t").encode(), np.uint8).reshape(-1, 4)[:, [0, 2]]  # "0|1\t"
        for number, each in enumerate(alt.split(","), 1):
            copies = (alleles == ord(str(number))).sum(1)
            for gene, weight in weights.get((contig, position, ref, each), []):
                predicted[:, gene] += weight * copies
with open(out, "w") as table:
    print("sample", *genes, sep="\t", file=table)
    for person, row in zip(people, predicted):
        print(person, *(f"{value:.6g}" for value in row), sep="\t", file=table)
