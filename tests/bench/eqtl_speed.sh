#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# eQTL effects of 839 people x 60,000 SNVs (or PEOPLE x VARIANTS) against NumPy and plink2 on the same data: processor time
# of all threads, which a busy machine changes little, best of five each.
#
#   tests/bench/eqtl_speed.sh [DIPLOSCOPE [PEOPLE [VARIANTS]]]      (default diploscope; NumPy and plink2 where they are)
#
# NumPy starts from the same bytes in memory and computes slopes and t, without p (NumPy has none). plink2 is timed as a whole
# run on a .pgen made beforehand, writing its table, and less its start (the same run without --glm).
set -euo pipefail
diploscope=${1:-diploscope}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$diploscope" bench eqtl --people "${2:-839}" --variants "${3:-60000}" --data "$work" --out "$work/ours.json" > /dev/null 2>&1
ours() { awk -F '[:,]' -v key="\"$1_cpu_s\"" '$1 ~ key {print 1000 * $2}' "$work/ours.json"; }
line() { awk -v w="$1" -v a="$2" -v b="$3" 'BEGIN {printf "%-34s %10.1f ms %10.1f ms %8.1f x\n", w, a, b, b / a}'; }
printf '%-34s %13s %13s %10s\n' "" diploscope other ratio

python=python3
for other in python3 /usr/bin/python3; do
  "$other" -c "import numpy" 2> /dev/null && python=$other
done
if "$python" -c "import numpy" 2> /dev/null; then
  OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 "$python" - "$work" > "$work/numpy" <<'PY'
import sys, time
import numpy as np
folder = sys.argv[1]
table = np.loadtxt(folder + "/people.tsv", skiprows=1, usecols=None, dtype=str, comments=None)[:, 1:].astype(float)
n = len(table)
x = np.fromfile(folder + "/genotypes.u8", np.uint8).reshape(-1, n)
y, covariates = table[:, 0], table[:, 1:]

def effects(real, covariates):
    numbers = x.astype(real)
    base = np.linalg.qr(np.column_stack([np.ones(n), covariates]))[0]
    rest = y - base @ (base.T @ y)
    dots = numbers @ rest.astype(real)
    squares = np.einsum("ij,ij->i", numbers, numbers) - ((numbers @ base.astype(real)) ** 2).sum(1)
    slope = dots / squares
    freedom = n - base.shape[1] - 1
    return slope / np.sqrt((rest @ rest - slope * dots) / freedom / squares)

def best(real, covariates):
    times = []
    for _ in range(5):
        start = time.process_time()
        t = effects(real, covariates)
        times.append(time.process_time() - start)
    return 1000 * min(times), t

none = covariates[:, :0]
for name, real, beside in (("eqtl f32", np.float32, none), ("eqtl f64", np.float64, none),
                           ("eqtl_covariates f32", np.float32, covariates), ("eqtl_covariates f64", np.float64, covariates)):
    ms, t = best(real, beside)
    print(name, ms)
    if name == "eqtl f64":
        own = np.loadtxt(folder + "/effects.tsv", skiprows=1)
        assert np.allclose(own, t, rtol=1e-8, atol=1e-10), np.abs(own - t).max()
PY
  while read -r what real ms; do
    line "$what, NumPy $real" "$(ours "$what")" "$ms"
  done < "$work/numpy"
fi

if command -v plink2 > /dev/null; then
  cut -f 1,2 "$work/people.tsv" > "$work/phenotype.tsv"
  cut -f 1,3- "$work/people.tsv" > "$work/covariates.tsv"
  sed 's/^P[0-9]*/0/' "$work/genotypes.fam" > "$work/g.fam"
  plink2 --bed "$work/genotypes.bed" --bim "$work/genotypes.bim" --fam "$work/g.fam" --make-pgen --out "$work/gene" > /dev/null
  best_of_five() { # milliseconds of processor time of a command
    local i
    TIMEFORMAT='%3U %3S'
    for i in 1 2 3 4 5; do
      { time "$@" > /dev/null 2>&1; } 2>&1
    done | awk '{ms = 1000 * ($1 + $2); if (NR == 1 || ms < best) best = ms} END {print best}'
  }
  read_it=(plink2 --pfile "$work/gene" --pheno "$work/phenotype.tsv" --threads 2)
  start=$(best_of_five "${read_it[@]}" --write-samples --out "$work/start")
  plain=$(best_of_five "${read_it[@]}" --glm allow-no-covars --out "$work/plain")
  beside=$(best_of_five "${read_it[@]}" --covar "$work/covariates.tsv" --glm hide-covar --out "$work/beside")
  line "eqtl, plink2 --glm" "$(ours eqtl)" "$plain"
  line "eqtl, plink2 --glm less its start" "$(ours eqtl)" "$(awk "BEGIN{print $plain - $start}")"
  line "eqtl_covariates, plink2" "$(ours eqtl_covariates)" "$beside"
  line "eqtl_covariates, less its start" "$(ours eqtl_covariates)" "$(awk "BEGIN{print $beside - $start}")"
fi
echo "beside covariates and the lead variant: $(ours eqtl_given) ms; $(grep peak_memory_mb "$work/ours.json")"
