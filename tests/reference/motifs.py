#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Log-odds and p of motif matches, by Biopython and by counting all sequences.

Biopython (1.80 of Debian 12) reads the JASPAR matrices below, adds the pseudocount (1, shared out as the background is)
and gives the log-odds of random sequences on both strands. p is the share of all 4^w sequences, weighed by the
background, whose sum of log-odds rounded to 1/100 bit is as large: no convolution. Writes motifs.tsv and motifs.jaspar.
"""
import io
import itertools
import random
from fractions import Fraction
from pathlib import Path

from Bio import motifs
from Bio.Seq import Seq

HERE = Path(__file__).parent
BACKGROUNDS = {"even": [0.25, 0.25, 0.25, 0.25], "gc": [0.2, 0.3, 0.3, 0.2]}
rng = random.Random(20261126)


def matrices():
    for number, width in enumerate([1, 4, 6, 8]):
        rows = [[0] * width for _ in "ACGT"]
        for column in range(width):
            best = rng.randrange(4)
            for base in range(4):
                rows[base][column] = rng.randrange(40, 90) if base == best else rng.choice([0, 0, 1, 3, 12])
        yield f">T{number} motif{number}\n" + "".join(
            f"{letter}  [{' '.join(map(str, row))} ]\n" for letter, row in zip("ACGT", rows))


jaspar = "".join(matrices())
(HERE / "motifs.jaspar").write_text(jaspar)
out = ["motif\tbackground\tbases\tscore\treverse_score\tp"]
for motif in motifs.parse(io.StringIO(jaspar), "jaspar"):
    for name, frequencies in BACKGROUNDS.items():
        background = dict(zip("ACGT", frequencies))
        pssm = motif.counts.normalize(pseudocounts=background).log_odds(background)
        units = [[round(100 * pssm[letter][i]) for letter in "ACGT"] for i in range(motif.length)]
        exact = [Fraction(f).limit_denominator(100) for f in frequencies]
        weights = {}
        for bases in itertools.product(range(4), repeat=motif.length):
            total = sum(column[b] for column, b in zip(units, bases))
            weight = Fraction(1)
            for b in bases:
                weight *= exact[b]
            weights[total] = weights.get(total, 0) + weight
        for _ in range(12):
            if rng.random() < 0.5:
                bases = "".join(rng.choice("ACGT") for _ in range(motif.length))
            else:
                bases = str(motif.consensus)
            total = sum(column["ACGT".index(b)] for column, b in zip(units, bases))
            p = sum(weight for value, weight in weights.items() if value >= total)
            forward = sum(pssm[b][i] for i, b in enumerate(bases))
            reverse = sum(pssm[b][i] for i, b in enumerate(str(Seq(bases).reverse_complement())))
            out.append(f"{motif.matrix_id}\t{name}\t{bases}\t{forward:.12g}\t{reverse:.12g}\t{float(p):.17g}")
(HERE / "motifs.tsv").write_text("\n".join(out) + "\n")
