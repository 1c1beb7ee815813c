#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Pictures of every page of the window, light and dark, of a fresh demo study: for a talk, a web page, or to look at after
# a change. Needs no display.
# Usage: [SPOKEN=de] packaging/screenshots.sh [FOLDER [PROGRAM]]   (default: build/screenshots, and the preset release, which is built)
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$root/packaging/demo.sh"

folder=$(realpath -m "${1:-$root/build/screenshots}")
choose_program "${@:2}"
make_demo
say "Taking pictures"
mkdir -p "$folder"
for theme in light dark; do
  must snapshot --language "${SPOKEN:-en}" --page welcome --theme "$theme" --out "$folder/welcome-$theme.png"
  for page in gene genome what-if ablation saturation audit; do
    must snapshot --language "${SPOKEN:-en}" "$study" --gene PUKTI6 --all --page "$page" --theme "$theme" --out "$folder/$page-$theme.png"
  done
  must snapshot --language "${SPOKEN:-en}" "$study" --gene PUKTI6 --all --page person --person DS00020 --theme "$theme" --out "$folder/person-$theme.png"
  must snapshot --language "${SPOKEN:-en}" "$study" --gene PUKTI6 --all --page figures --figure paper-2 --theme "$theme" --out "$folder/figures-$theme.png"
done
say "$(find "$folder" -name '*.png' | wc -l) pictures are in $folder"
