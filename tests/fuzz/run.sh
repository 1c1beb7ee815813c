#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the fuzz targets, one a processor: run.sh PROGRAM FOLDER SECONDS [TARGET...]
# FOLDER gets the inputs (made first, kept between runs) and, under found/, what crashed, hung or took memory.
set -u
program=$1 folder=$2 seconds=$3
shift 3
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$folder/found"
python3 "$here/make_seeds.py" "$folder/seeds" && "$program" --write-databases="$folder/seeds" || exit 1
[ $# -gt 0 ] || set -- $(cd "$folder/seeds" && ls)
export program folder seconds OPENBLAS_NUM_THREADS=1
# xargs ends with 123 where any of them found something.
printf '%s\n' "$@" | xargs -P "$(nproc)" -n 1 sh -c '
  target=$0
  mkdir -p "$folder/corpus/$target" "$folder/seeds/$target"
  "$program" --target="$target" -max_total_time="$seconds" -timeout=25 -rss_limit_mb=2048 -max_len=65536 \
    -print_final_stats=1 -artifact_prefix="$folder/found/$target-" "$folder/corpus/$target" "$folder/seeds/$target" \
    >"$folder/$target.log" 2>&1
  code=$?
  echo "$target: exit $code, $(grep -a number_of_executed_units "$folder/$target.log" | awk "{print \$2}") inputs," \
    "$(grep -a cov: "$folder/$target.log" | tail -1 | sed "s/.*cov: \([0-9]*\).*/\1/") edges"
  exit $code'
