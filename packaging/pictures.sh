#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes all pictures of README.md and of the guide from a fresh demo study. Needs no display.
# Usage: packaging/pictures.sh [PROGRAM]            (default: builds the preset release)
#        packaging/pictures.sh --check PROGRAM      are the pictures in the tree what PROGRAM draws? Exit code 1 where one is
#                                                   not, 77 where they were drawn by another Qt or font, or on another
#                                                   kind of processor, so that nobody can tell
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$root/packaging/demo.sh"

pictures=$root/resources/guide/pictures
page=$root/resources/guide/figures.md
remake="Make them anew by packaging/pictures.sh, and look at them."

checking=
if [ "${1:-}" = --check ]; then
  checking=yes
  shift
  [ $# -gt 0 ] || give_up "Name the program whose pictures are meant: packaging/pictures.sh --check PROGRAM"
fi
choose_program "$@"
make_demo
made=$home/pictures
mkdir -p "$made"

# picture FILE OPTIONS...
picture() {
  local file=$1
  shift
  must figure "$study" --quiet --out "$made/$file" "$@"
}
# At sizes that the guide shows sharp: 85 and 174 mm wide, and pages that are higher than they are wide.
column() { picture "$1.png" --dpi 170 "${@:2}"; }
wide() { picture "$1.png" --dpi 130 "${@:2}"; }
whole_page() { picture "$1.png" --dpi 96 "${@:2}"; }

# The gene that the demo's model gets most wrong, its driver, who carries it on one copy; one that it gets right; one
# whose drivers are wrong and right.
wrong=(--gene PUKTI6)
driver=chr2:569995:G:C
person=(--sample DS00020)
right=(--gene TUPFU7)
mixed=(--gene NASZE4)

draw_readme() {
  cat >"$home/gene.figure.json" <<'END'
{
  "schema": 1, "width_mm": 190, "height_mm": 90, "column_widths": [5, 6],
  "panels": [{"figure": "observed-predicted"}, {"figure": "locus", "column": 2}]
}
END
  cat >"$home/study.figure.json" <<'END'
{
  "schema": 1, "width_mm": 190, "height_mm": 75,
  "panels": [{"figure": "figure_2A"}, {"figure": "figure_2E", "column": 2}]
}
END
  picture gene.svg --figure "$home/gene.figure.json" "${wrong[@]}"
  picture study.svg --figure "$home/study.figure.json"
}

draw_guide() {
  local figure
  for figure in paper-1B paper-2A paper-2C paper-2E paper-2F paper-S5 paper-S7; do
    column "$figure" --figure "$figure"
  done
  column r-histogram --figure r-histogram
  column model-model --figure model-model --other-model demo-enformer

  column paper-1D --figure paper-1D "${right[@]}"
  wide paper-1E --figure paper-1E "${wrong[@]}"
  column paper-2B --figure paper-2B "${wrong[@]}"
  column paper-2D --figure paper-2D "${wrong[@]}"
  column paper-S6 --figure paper-S6 "${right[@]}"
  wide locus --figure locus "${wrong[@]}"
  wide locus-tracks --figure locus "${wrong[@]}" --track ism --track eqtl --track pip --track genotypes --track ld
  wide eqtl --figure eqtl "${wrong[@]}"
  column carriers --figure carriers "${wrong[@]}"
  column copies --figure copies "${wrong[@]}"
  column carriers-pair --figure carriers-pair "${right[@]}"
  column models-people --figure models-people "${wrong[@]}" --other-model demo-enformer
  column models-snvs --figure models-snvs "${wrong[@]}" --other-model demo-enformer

  wide haplotypes --figure haplotypes "${wrong[@]}" "${person[@]}"
  column waterfall --figure waterfall "${wrong[@]}" "${person[@]}"

  column before-after --figure before-after "${mixed[@]}" --ablate unsupported
  wide saturation --figure saturation "${wrong[@]}" --saturate "$driver" --bp 20

  whole_page gene-summary --figure gene-summary "${wrong[@]}"
  whole_page paper-2 --figure paper-2 "${wrong[@]}"
}

# Every figure and template that there is stands in the guide, and is in a picture.
look_for_all() {
  must figure --list
  local name missing=() names=()
  mapfile -t names < <(awk '/^  [^ ]/ { print $1 }' "$home/said")
  [ ${#names[@]} -gt 0 ] || give_up "diploscope figure --list names no figure."
  for name in "${names[@]}"; do
    if ! grep -qF "\`$name\`" "$page"; then
      missing+=("$name: not told in ${page#"$root/"}")
    elif [ ! -e "$root/resources/figures/$name.figure.json" ] &&
      ! LC_ALL=C grep -qaF "\"figure\":\"$name\"" "$made"/*.png; then
      missing+=("$name: in no picture")
    fi
  done
  [ ${#missing[@]} -eq 0 ] || { printf '  %s\n' "${missing[@]}" >&2; give_up "Figures are missing in the guide."; }
}

# The last digits of scores are the processor's, and with them the stored results that pictures of all genes name. A family
# holds many models, and a virtual machine may hide what its processor has.
processor() {
  awk -F': *' '/^(vendor_id|cpu family|model)[ \t]*:/ { printf "%s ", $2 }
    /^flags/ {
      count = split("fma avx2 avx512f avx512_vnni amx_tile", names, " ")
      for (i = 1; i <= count; ++i) if (index(" " $2 " ", " " names[i] " ")) printf "%s ", names[i]
      exit
    }' /proc/cpuinfo
}
drawn_on=$root/packaging/pictures.processor

# What else than the study and the program decides the bytes of a picture.
drawn_with() {
  LC_ALL=C sed 's/&quot;/"/g' "$1" | LC_ALL=C grep -aoE '"drawn_with":\[(\[[^]]*\],?)*\]' || true # none in what is no figure
}

check() {
  local file name faults=() others=0 all=0
  for file in "$pictures"/*; do
    [ -e "$made/${file##*/}" ] || faults+=("${file##*/}: is made by nobody any more")
  done
  for file in "$made"/*; do
    name=${file##*/}
    all=$((all + 1))
    if [ ! -e "$pictures/$name" ]; then
      faults+=("$name: is not there")
    elif cmp -s "$file" "$pictures/$name"; then
      continue
    elif [ "$(drawn_with "$file")" != "$(drawn_with "$pictures/$name")" ] || [ "$(uname -m)" != x86_64 ]; then
      others=$((others + 1))
    else
      run figure --verify "$pictures/$name" --quiet || true
      # The last digits of this model's scores are the processor's and its BLAS's. What it was made of is compared.
      if [ "$(processor)" != "$(cat "$drawn_on")" ] && [ "$(grep -cF "has other content" "$home/said")" -gt 0 ] &&
        [ "$(grep -F "has other content" "$home/said" | grep -cvF "results: ")" -eq 0 ]; then
        others=$((others + 1))
      elif ! grep -qF "What it was made of is the same" "$home/said" ||
        ! LC_ALL=C grep -qaF '"other_model":"demo-enformer"' "$file"; then
        faults+=("$name: $(sed 's/^.*: made again, the same bytes\.$/it is the picture of something else./; /: made again, it is another\.$/d' \
          "$home/said" | head -n 3 | tr -s '\n ' ' ')")
      fi
    fi
  done
  if [ ${#faults[@]} -gt 0 ]; then
    printf '  %s\n' "${faults[@]}" >&2
    give_up "These pictures are not what the program draws. $remake"
  fi
  if [ "$others" -gt 0 ]; then
    say "$others of $all pictures were drawn by another Qt, in another font or on another kind of processor than is here: skipped."
    exit 77
  fi
  say "All $all pictures are what the program draws."
}

say "Drawing"
draw_readme
draw_guide
if [ -n "$checking" ]; then
  look_for_all
  check
else
  rm -rf "$pictures"
  mkdir -p "$pictures"
  cp "$made"/* "$pictures/"
  processor >"$drawn_on"
  say "$(find "$pictures" -type f | wc -l) pictures, $(du -cb "$pictures"/* | tail -n 1 | cut -f 1) bytes, are in ${pictures#"$root/"}"
  look_for_all
fi
