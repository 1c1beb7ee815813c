#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# From a bare Debian 12 to a verdict: installs what is missing, builds, makes the demo study, analyses its genes and,
# where there is a display, opens the window on it. Where the packages that packaging/deb.sh makes are installed, in this
# version or a newer one, their program does all that, and nothing is built.
# Usage: packaging/run.sh [FOLDER]      (default: ./diploscope-demo)
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

demo=${1:-diploscope-demo}
# Empty: it is not installed.
version_of() { dpkg-query -W -f='${db:Status-Status} ${Version}' "$1" 2>/dev/null | sed -n 's/^installed //p' || true; }
installed=$(version_of diploscope)
if [ -n "$installed" ] && [ -n "$(version_of diploscope-models-demo)" ] && dpkg --compare-versions "$installed" ge "$project_version"; then
  diploscope=/usr/bin/diploscope
  say "The package diploscope $installed is installed and is used; once it is removed (sudo apt remove diploscope), this tree is built."
else
  install_missing "${build_packages[@]}"
  build release --target diploscope
  diploscope=$root/build/release/bin/diploscope
fi

if [ -f "$demo/study/demo.study.json" ]; then
  say "The demo study is there: $demo/study"
else
  say "Making the demo study: simulated people and genes, with known truth"
  "$diploscope" simulate --out "$demo/study" || give_up "The demo study could not be made; the reason stands above."
fi

say "Checking it"
"$diploscope" check "$demo/study/demo.study.json"

say "Analysing its genes"
"$diploscope" analyze "$demo/study/demo.study.json" --genes all --model demo-cnn --model demo-enformer \
  --out "$demo/results" --figures 6 || give_up "The analysis failed; the reason stands above."

say "All genes at once"
"$diploscope" summary "$demo/study/demo.study.json" --model demo-cnn --null empirical --figures "$demo/results" ||
  give_up "The figures of all genes could not be drawn; the reason stands above."

say "Done. Tables and figures are in $(cd "$demo/results" && pwd)"
# The gene that the model gets most wrong tells most.
gene=$(awk -F'\t' '/^#/ { next }
  !named { for (i = 1; i <= NF; i++) column[$i] = i; named = 1; next }
  $column["model"] == "demo-cnn" && $column["pearson_r"] != "NA" && $column["pearson_r"] + 0 < least { least = $column["pearson_r"]; gene = $column["gene_name"] }
  END { print gene }' "$demo/results/genes.tsv")
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  say "Opening the window on $gene; close it to come back here"
  exec "$diploscope" "$demo/study/demo.study.json" --gene "$gene"
fi
echo "There is no display here. Where there is one, this opens the window:"
echo "  $diploscope $(cd "$demo/study" && pwd)/demo.study.json --gene $gene"
