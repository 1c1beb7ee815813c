#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# This program beside what a user would take for the same numbers, on data that it makes itself, in one run: the rows of
# README.md's table of peers, in Markdown. Processor time of all threads, which a busy machine changes little, the least of
# three (five for eQTL), and the most memory held; numbers are compared, and a peer that gives others ends the script.
#
#   tests/bench/peers.sh PROGRAM [PART ...]       parts: eqtl susie elastic-net predixcan haplotypes scores files; default all
#
# As root it installs Debian packages that are missing. What is not there is told and left out.
set -euo pipefail
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")/peers
program=$(realpath -e "${1:?Name the program: tests/bench/peers.sh PROGRAM [PART ...]}")
shift
parts=("$@")
[ ${#parts[@]} -gt 0 ] || parts=(eqtl susie elastic-net predixcan haplotypes scores files)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_CACHE_HOME=$work/cache OPENBLAS_NUM_THREADS=1
python=/usr/bin/python3 # Debian's, which finds python3-numpy

packages=(plink2 python3-numpy r-cran-glmnet r-cran-susier bcftools samtools time)
mapfile -t missing < <(for package in "${packages[@]}"; do dpkg -s "$package" > /dev/null 2>&1 || echo "$package"; done)
if [ ${#missing[@]} -gt 0 ] && [ "$(id -u)" = 0 ]; then
  apt-get install -y "${missing[@]}" > /dev/null || true
fi
has() { # PACKAGE: whether it is there
  dpkg -s "$1" > /dev/null 2>&1 || { echo "$1 is not installed: its rows are left out." >&2; return 1; }
}
version() { dpkg-query -W -f '${Version}' "$1" | sed 's/^[0-9]*://; s/[-+].*//; s/~.*//'; }

measure() { # COMMAND...: milliseconds of processor time, the least of three, and megabytes at most
  for _ in 1 2 3; do
    /usr/bin/time -a -o "$work/times" -f '%U %S %M' "$@" > /dev/null 2> "$work/said" || { cat "$work/said" >&2; exit 1; }
  done
  awk '{ms = 1000 * ($1 + $2); if (NR == 1 || ms < best) best = ms; if ($3 > most) most = $3}
    END {printf "%g %g\n", best, most / 1024}' "$work/times"
  rm "$work/times"
}
quiet() { "$@" > "$work/said" 2>&1 || { cat "$work/said" >&2; exit 1; }; }
value() { # FILE KEY: the first number of that name in a report
  awk -F '[:,]' -v key="\"$2\"" '!found && $1 ~ key {print $2; found = 1}' "$1"
}
row() { # WHAT PEER OURS_MS PEER_MS OURS_MB PEER_MB
  awk -v what="$(sed -E ':again; s/([0-9])([0-9]{3})([^0-9]|$)/\1,\2\3/; t again' <<< "$1")" -v peer="$2" -v a="$3" -v b="$4" -v am="$5" -v bm="$6" -v load="$(cut -d ' ' -f 1 /proc/loadavg)" '
    function time(ms) {return ms < 10 ? sprintf("%.2f ms", ms) : ms < 1000 ? sprintf("%.0f ms", ms) : sprintf("%.1f s", ms / 1000)}
    BEGIN {printf "| %s | %s | %s | %s | **%.1fx** | %.0f and %.0f MB | %s |\n", what, peer, time(a), time(b), b / a, am, bm, load}'
}

eqtl() { # PEOPLE VARIANTS
  local data=$work/eqtl what="eQTL effects, $1 people x $2 SNVs" own=$work/eqtl.json name real ms peak
  quiet "$program" bench eqtl --people "$1" --variants "$2" --data "$data"
  quiet "$program" bench eqtl --people "$1" --variants "$2" --out "$own" # writing takes memory
  ours() { awk "BEGIN {print 1000 * $(value "$own" "$1_cpu_s")}"; }
  if has python3-numpy; then
    "$python" "$here/eqtl_numpy.py" "$data" > "$work/numpy"
    while read -r name real ms peak; do
      row "$what${name#eqtl}" "NumPy $(version python3-numpy), $real, without p" "$(ours "$name")" "$ms" \
        "$(value "$own" peak_memory_mb)" "$peak"
    done < "$work/numpy" | sed 's/SNVs_covariates/SNVs, 10 covariates/'
  fi
  has plink2 || return 0
  cut -f 1,2 "$data/people.tsv" > "$data/phenotype.tsv"
  cut -f 1,3- "$data/people.tsv" > "$data/covariates.tsv"
  sed 's/^P[0-9]*/0/' "$data/genotypes.fam" > "$data/g.fam"
  quiet plink2 --bed "$data/genotypes.bed" --bim "$data/genotypes.bim" --fam "$data/g.fam" --make-pgen --out "$data/gene"
  local run=(plink2 --pfile "$data/gene" --pheno "$data/phenotype.tsv" --threads 2) start
  start=$(measure "${run[@]}" --write-samples --out "$data/start" | cut -d ' ' -f 1)
  less_start() { # NAME WORDS PEER
    row "$what$2" "plink2 --glm, less its start" "$(ours "$1")" "$(awk "BEGIN {print ${3% *} - $start}")" \
      "$(value "$own" peak_memory_mb)" "${3#* }"
  }
  less_start eqtl "" "$(measure "${run[@]}" --glm allow-no-covars --out "$data/plain")"
  less_start eqtl_covariates ", 10 covariates" "$(measure "${run[@]}" --covar "$data/covariates.tsv" --glm hide-covar --out "$data/beside")"
}

in_r() { # PACKAGE SCRIPT DATA OURS WHAT PEER TOLERANCE: a script that prints milliseconds and the largest difference
  local ms difference peak
  has "$1" || return 0
  /usr/bin/time -o "$work/peak" -f '%M' Rscript "$here/$2" "$3" > "$work/r" 2> "$work/said" || { cat "$work/said" >&2; exit 1; }
  read -r ms difference < "$work/r"
  peak=$(awk '{print $1 / 1024}' "$work/peak")
  awk "BEGIN {exit !($difference < $7)}" || { echo "$6 and ours differ by $difference." >&2; exit 1; }
  row "$5" "$6 $(version "$1")" "$(awk "BEGIN {print 1000 * $(value "$4" cpu_s)}")" "$ms" "$(value "$4" peak_memory_mb)" "$peak"
}

susie() { # VARIANTS
  quiet "$program" bench susie --variants "$1" --without-plain --data "$work/susie" --out "$work/susie.json"
  in_r r-cran-susier susie.R "$work/susie" "$work/susie.json" "SuSiE, 839 people x $1 SNVs" susieR 1e-3
}

elastic_net() { # VARIANTS
  quiet "$program" bench elastic-net --variants "$1" --without-plain --data "$work/net" --out "$work/net.json"
  in_r r-cran-glmnet glmnet.R "$work/net" "$work/net.json" "10-fold elastic net, 316 people x $1 SNVs" cv.glmnet 1e-2
}

study() { # PEOPLE GENES: made once each
  [ -e "$work/study-$1-$2" ] || quiet "$program" simulate --people "$1" --genes "$2" --out "$work/study-$1-$2"
  echo "$work/study-$1-$2"
}

predixcan() { # PEOPLE GENES
  local folder ours peer weights
  has python3-numpy && has bcftools || return 0
  folder=$(study "$1" "$2")
  weights=$("$python" -c 'import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute("select count(*) from weights").fetchone())' \
    "$folder/predixcan.db")
  ours=$(measure "$program" predixcan "$folder/demo.study.json" --db "$folder/predixcan.db" --out "$work/ours.tsv")
  peer=$(measure "$python" "$here/predixcan_numpy.py" "$folder/predixcan.db" "$folder/genotypes.vcf.gz" "$work/peer.tsv")
  "$python" - "$work/ours.tsv" "$work/peer.tsv" << 'PY'
import sys
ours, peer = ({column[0]: column[1:] for column in zip(*(line.split() for line in open(file) if line[0] != "#"))}
              for file in sys.argv[1:])
assert ours.keys() == peer.keys() and ours.pop("sample") == peer.pop("sample")
assert all(abs(float(a) - float(b)) < 1e-5 for gene in ours for a, b in zip(ours[gene], peer[gene])), "predictions differ"
PY
  row "PrediXcan, $1 people x $weights weights, whole programs" "one \`bcftools query\`, NumPy" \
    "${ours% *}" "${peer% *}" "${ours#* }" "${peer#* }"
}

consensus() { # STUDY REGION: every person's two sequences
  local person haplotype
  for person in $(bcftools query -l "$1/genotypes.vcf.gz"); do
    for haplotype in 1 2; do
      samtools faidx "$1/reference.fa.gz" "$2" |
        bcftools consensus -s "$person" -H "$haplotype" -i 'TYPE="snp"' "$1/genotypes.vcf.gz" 2> /dev/null
    done
  done
}

haplotypes() { # PEOPLE
  local folder gene contig tss ours peer
  has bcftools && has samtools || return 0
  folder=$(study "$1" 20)
  read -r gene contig tss < <(grep -v '^#' "$folder/truth.genes.tsv" | awk 'NR == 11 {print $2, $3, $4}')
  ours=$(measure "$program" analyze "$folder/demo.study.json" --gene "$gene" --model demo-cnn --no-cache --out "$work/out")
  export -f consensus
  peer=$(measure bash -c 'consensus "$@"' _ "$folder" "$contig:$((tss - 1024))-$((tss + 1023))")
  row "$((2 * $1)) haplotypes of a gene; ours: the whole analysis" "\`samtools faidx\`, \`bcftools consensus\` for each, sequences alone" \
    "${ours% *}" "${peer% *}" "${ours#* }" "${peer#* }"
}

scores() { # COUNT
  local own=$work/scores.json name key unit words
  quiet "$program" bench cache --scores "$1" --out "$own"
  part() { awk -v part="\"$1\"" -v key="\"$2\"" -F '[:,]' '$1 ~ part {inside = 1} inside && $1 ~ key {print $2; exit}' "$own"; }
  while IFS='|' read -r key unit words; do
    row "$words of $1 scores" "a plain table of SQLite" "$(awk "BEGIN {print $unit * $(part cache "$key")}")" \
      "$(awk "BEGIN {print $unit * $(part plain "$key")}")" "$(part cache peak_memory_mb)" "$(part plain peak_memory_mb)"
  done << END
store_cpu_us|$1 / 1000|all stored
gene_cpu_ms|1|5,120 found
halve_cpu_s|1000|half dropped
END
}

files() {
  "$program" bench files --out "$work/files.json" > /dev/null 2> "$work/said" || { cat "$work/said" >&2; exit 1; }
  "$python" - "$work/files.json" << 'PY' > "$work/files"
import json, sys
said = {"genotypes": ("genotypes near {asked} genes of a genome", "htslib, file and index opened for each"),
        "annotation": ("genes of an annotation of {genes}", "parsed again"),
        "expression": ("{asked} genes of {genes}, {people} people", "the whole table in memory")}
for row in json.load(open(sys.argv[1]))["rows"]:
    what, peer = said[row["what"]]
    print(what.format(**row), peer, 1000 * row["cpu_s"], 1000 * row["plain_cpu_s"], row["peak_memory_mb"], row["plain_peak_memory_mb"],
          sep="|")
PY
  local what peer ours theirs megabytes plain
  while IFS='|' read -r what peer ours theirs megabytes plain; do
    row "$what" "$peer" "$ours" "$theirs" "$megabytes" "$plain"
  done < "$work/files"
}

echo "| what | peer | ours | peer's | ratio | memory | load |"
echo "| --- | --- | --- | --- | --- | --- | --- |"
for part in "${parts[@]}"; do
  case $part in
    eqtl) eqtl 839 60000 ;;
    susie) susie 3000 ;;
    elastic-net) elastic_net 1000; elastic_net 4000 ;;
    predixcan) predixcan 400 60 ;;
    haplotypes) haplotypes 100 ;;
    scores) scores 1000000 ;;
    files) files ;;
    *) echo "There is no part $part." >&2; exit 2 ;;
  esac
done
