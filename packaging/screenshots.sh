#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Pictures of every page of the window, light and dark, of a fresh demo study: for a talk, a web page, or to look at after
# a change. Needs no display.
# Usage: packaging/screenshots.sh [FOLDER [PROGRAM]]      (default: build/screenshots, and the preset release, which is built)
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

folder=$(realpath -m "${1:-$root/build/screenshots}")
if [ $# -gt 1 ]; then
  program=$(realpath -e "$2")
else
  install_missing "${build_packages[@]}"
  build release --target diploscope
  program=$root/build/release/bin/diploscope
fi

# Nobody's own scores, settings and recent studies are in them.
home=$(realpath "$(mktemp -d)")
trap 'rm -rf "$home"' EXIT
run() {
  HOME=$home XDG_CACHE_HOME=$home/.cache XDG_DATA_HOME=$home/.local/share XDG_CONFIG_HOME=$home/.config "$program" "$@" \
    >"$home/said" 2>&1 || { cat "$home/said" >&2; give_up "This failed: diploscope $*"; }
}
study=$home/diploscope-demo/study/demo.study.json

say "Making the demo study, and analysing its genes"
run simulate --out "${study%/*}"
run analyze "$study" --genes all --model demo-cnn --model demo-enformer --quiet --out "$home/diploscope-demo/results"
say "Taking pictures"
mkdir -p "$folder"
for theme in light dark; do
  run snapshot --page welcome --theme "$theme" --out "$folder/welcome-$theme.png"
  for page in gene genome what-if ablation saturation audit; do
    run snapshot "$study" --gene PUKTI6 --all --page "$page" --theme "$theme" --out "$folder/$page-$theme.png"
  done
  run snapshot "$study" --gene PUKTI6 --all --page person --person DS00020 --theme "$theme" --out "$folder/person-$theme.png"
  run snapshot "$study" --gene PUKTI6 --all --page figures --figure paper-2 --theme "$theme" --out "$folder/figures-$theme.png"
done
say "$(find "$folder" -name '*.png' | wc -l) pictures are in $folder"
