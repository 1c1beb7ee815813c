#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A bigWig that another program wrote, and what it reads of it: pyBigWig on libBigWig.

pyBigWig 0.3.18 (python3-pybigwig of Debian 12) writes values of all three kinds on four contigs, in blocks enough for an
index of two levels, and compresses them. It tells the values of stretches (`values`) and the means of their 50 parts
(`means`, over the bases that have a value, from the values and not from the summaries for zooming). Writes bigwig.bw and
bigwig.tsv.
"""
import random
from pathlib import Path

import numpy
import pyBigWig

HERE = Path(__file__).parent
rng = random.Random(20261127)
CONTIGS = [("chr1", 40_000), ("chr2", 20_000), ("chr22", 90_000), ("chrX", 10_000)]

bigwig = pyBigWig.open(str(HERE / "bigwig.bw"), "w")
bigwig.addHeader(CONTIGS, maxZooms=0)  # summaries for zooming are not read
for contig, length in CONTIGS[:3]:  # nothing on chrX
    at = 100
    while at + 2_000 < length:
        kind = rng.choice(["stretches", "variable", "fixed"])
        count = rng.randrange(1, 40)
        values = [float(numpy.float32(rng.gauss(0, 5))) for _ in range(count)]
        if kind == "stretches":
            starts, ends = [], []
            for _ in values:
                starts.append(at)
                at += rng.randrange(1, 60)
                ends.append(at)
                at += rng.choice([0, 0, 7])
            bigwig.addEntries([contig] * count, starts, ends=ends, values=values)
        elif kind == "variable":
            span = rng.randrange(1, 20)
            starts = []
            for _ in values:
                starts.append(at)
                at += span + rng.randrange(0, 30)
            bigwig.addEntries(contig, starts, values=values, span=span)
        else:
            span = rng.randrange(1, 10)
            step = span + rng.randrange(0, 5)
            bigwig.addEntries(contig, at, values=values, span=span, step=step)
            at += count * step
        at += rng.randrange(0, 900)
bigwig.close()

bigwig = pyBigWig.open(str(HERE / "bigwig.bw"))
out = ["what\tcontig\tfirst\tend\tvalue"]
for contig, start, end in [("chr1", 20_000, 24_000), ("chr2", 0, 3_000), ("chr22", 60_000, 61_500), ("chrX", 0, 1_000)]:
    for first, last, value in bigwig.intervals(contig, start, end) or ():
        out.append(f"values {contig}:{start}-{end}\t{contig}\t{first}\t{last}\t{value!r}")
for contig, start, end in [("chr1", 20_000, 30_000), ("chr22", 0, 90_000)]:
    size = (end - start) // 50
    for i, value in enumerate(bigwig.stats(contig, start, end, nBins=50, exact=True)):
        if value is not None:
            out.append(f"means {contig}:{start}-{end}\t{contig}\t{start + i * size}\t{start + (i + 1) * size}\t{value!r}")
(HERE / "bigwig.tsv").write_text("\n".join(out) + "\n")
