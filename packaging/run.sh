#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# From a bare Debian 12 to a verdict: installs what is missing, builds, makes the demo study and analyses its genes.
# Usage: packaging/run.sh [FOLDER]      (default: ./diploscope-demo)
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

demo=${1:-diploscope-demo}
install_missing "${build_packages[@]}"
build release --target diploscope
diploscope=$root/build/release/bin/diploscope

if [ -f "$demo/study/demo.study.json" ]; then
  say "The demo study is there: $demo/study"
else
  say "Making the demo study: simulated people and genes, with known truth"
  "$diploscope" simulate --out "$demo/study" || give_up "The demo study could not be made; the reason stands above."
fi

say "Checking it"
"$diploscope" check "$demo/study/demo.study.json"

say "Analysing its genes"
"$diploscope" analyze "$demo/study/demo.study.json" --genes all --out "$demo/results" --figures 6 ||
  give_up "The analysis failed; the reason stands above."

say "Done. Tables and figures are in $(cd "$demo/results" && pwd)"
