#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# `diploscope predixcan` on the GEUVADIS study, start and opening of the study included, against the loop that a user
# would write: one bcftools query for every weight, sums by awk. Processor time of all processes, best of three each.
#
#   tests/bench/predixcan_speed.sh PROGRAM STUDY DATABASE GENOTYPES      (needs bcftools, sqlite3's Python module)
set -euo pipefail
program=$1 study=$2 database=$3 genotypes=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 - "$database" > "$work/weights" <<'PYTHON'
import sqlite3, sys
for gene, weight, effect, name in sqlite3.connect(sys.argv[1]).execute("select gene, weight, eff_allele, varID from weights"):
    contig, position, ref, alt = name.removeprefix("chr").split("_")[:4]
    print(contig, position, ref, alt, weight if effect == alt else -weight, gene)
PYTHON
a_query_a_weight() { # weight x copies of alt, for every person and gene
  local contig position ref alt weight gene
  while read -r contig position ref alt weight gene; do
    bcftools query -r "$contig:$position" -i "REF='$ref' && ALT='$alt'" -f '[%SAMPLE %GT\n]' "$genotypes" |
      sed "s/\$/ $weight $gene/"
  done < "$work/weights" | awk '{sum[$1, $4] += $3 * gsub(1, 1, $2)} END {for (i in sum) print i, sum[i]}'
}
best_of_three() { # milliseconds of processor time
  local i
  TIMEFORMAT='%3U %3S'
  for i in 1 2 3; do
    { time "$@" > /dev/null 2>&1; } 2>&1
  done | awk '{ms = 1000 * ($1 + $2); if (NR == 1 || ms < best) best = ms} END {print best}'
}
ours=$(best_of_three "$program" predixcan "$study" --db "$database" --out "$work/scores.tsv")
loop=$(best_of_three a_query_a_weight)
awk -v n="$(wc -l < "$work/weights")" -v a="$ours" -v b="$loop" \
  'BEGIN {printf "%d weights: diploscope %d ms, a query a weight %d ms: %.0f x\n", n, a, b, b / a}'
