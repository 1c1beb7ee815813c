#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The Snakemake workflow on a small demo study, against one run of the program: snakemake.sh PROGRAM FOLDER_OF_WORKFLOW
set -eu
program=$(readlink -f "$1")
workflow=$(readlink -f "$2")
command -v snakemake > /dev/null || { echo "SKIPPED: snakemake is not installed (apt install snakemake)"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export XDG_CACHE_HOME=$folder/cache XDG_DATA_HOME=$folder/data HOME=$folder
cd "$folder"
"$program" simulate --out demo --people 80 --genes 8 > /dev/null
"$program" analyze demo/demo.study.json --genes all --store one.sqlite --out one --cache one.cache --quiet > /dev/null
snakemake --snakefile "$workflow/Snakefile" --cores 2 --config program="$program" study=demo/demo.study.json shards=3 out=results
cmp one/genes.tsv results/tables/genes.tsv
cmp one/drivers.tsv results/tables/drivers.tsv
grep -q '"n_genes": 8' results/summary.json
"$program" analyze demo/demo.study.json --genes all --out again --quiet --cache results/scores.sqlite > again.txt
grep -q "0 computed" again.txt && ! grep -q " [1-9][0-9]* computed" again.txt
echo "The workflow's tables are those of one run."
