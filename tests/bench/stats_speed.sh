#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Statistics of one gene (839 people, 3,000 SNVs) against plink2 and susieR on the same data: processor time of all
# threads, which a busy machine changes little, best of five each.
#
#   tests/bench/stats_speed.sh [BUILD]       (default build/bench; needs plink2, Rscript, r-cran-susier)
#
# plink2 is timed as a whole run on a .pgen made beforehand, writing its table, as its users do. Beside it stands the
# same run without --glm (`plink2 start`: start, read, nothing computed): what is left is the regression itself.
# susieR is timed inside R, data in memory.
set -euo pipefail
build=${1:-build/bench}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$build/bin/bench_stats" "$work" > "$work/ours.tsv"

plink2 --vcf "$work/gene.vcf" --make-pgen --out "$work/gene" > /dev/null
cut -f 1,2 "$work/people.tsv" > "$work/phenotype.tsv"
cut -f 1,4- "$work/people.tsv" > "$work/covariates.tsv"
best_of_five() { # milliseconds of processor time of a command
  local i
  TIMEFORMAT='%3U %3S'
  for i in 1 2 3 4 5; do
    { time "$@" > /dev/null 2>&1; } 2>&1
  done | awk '{ms = 1000 * ($1 + $2); if (NR == 1 || ms < best) best = ms} END {print best}'
}
glm=(plink2 --pfile "$work/gene" --pheno "$work/phenotype.tsv" --out "$work/glm" --threads 2)
start=$(best_of_five plink2 --pfile "$work/gene" --pheno "$work/phenotype.tsv" --write-samples --out "$work/start" --threads 2)
plain=$(best_of_five "${glm[@]}" --glm allow-no-covars)
covariates=$(best_of_five "${glm[@]}" --covar "$work/covariates.tsv" --glm hide-covar)

cat > "$work/susie.R" <<'R'
suppressMessages(library(susieR))
folder <- commandArgs(TRUE)[1]
x <- matrix(readBin(file.path(folder, "dosages.bin"), "double", 839 * 3000), 839)
people <- read.delim(file.path(folder, "people.tsv"))
for (name in c("sparse", "rich")) {
  best <- min(replicate(5, sum(system.time(fit <<- suppressWarnings(susie(x, people[[name]], L = 10)))[1:2])))
  cat("susie_", name, "\t", 1000 * best, "\t", sum(fit$pip), "\n", sep = "")
}
R
Rscript "$work/susie.R" "$work" > "$work/susier.tsv" 2> /dev/null

ours() { awk -v what="$1" '$1 == what {print $3}' "$work/ours.tsv"; }
line() { awk -v w="$1" -v a="$2" -v b="$3" 'BEGIN {printf "%-34s %10.1f ms %10.1f ms %8.1f x\n", w, a, b, b / a}'; }
printf '%-34s %13s %13s %10s\n' "" diploscope other ratio
line "eQTL, plink2 --glm" "$(ours eqtl)" "$plain"
line "eQTL, plink2 --glm less its start" "$(ours eqtl)" "$(awk "BEGIN{print $plain - $start}")"
line "eQTL, 10 covariates, plink2" "$(ours eqtl_covariates)" "$covariates"
line "eQTL, 10 covariates, less its start" "$(ours eqtl_covariates)" "$(awk "BEGIN{print $covariates - $start}")"
while read -r what ms check; do
  line "$what, susieR" "$(ours "$what")" "$ms"
  awk -v w="$what" -v check="$check" '$1 == w && ($4 - check) ^ 2 > 1e-6 {
    print w ": sums of PIP differ: " $4 " and " check; exit 1 }' "$work/ours.tsv"
done < "$work/susier.tsv"
for what in null_10000 null_1000 null_50 eqtl_conditional bootstrap drivers_backward; do
  awk -v w="$what" '$1 == w {printf "%-34s %10.1f ms, %.1f ms by the clock\n", w, $3, $2}' "$work/ours.tsv"
done
