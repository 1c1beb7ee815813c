#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by the scripts that draw the demo study. Sourced behind common.sh, not run.

# Sets $program: $1, else the preset release's, which is built.
choose_program() {
  if [ $# -gt 0 ]; then
    program=$(realpath -e "$1")
  else
    install_missing "${build_packages[@]}"
    build release --target diploscope
    program=$root/build/release/bin/diploscope
  fi
}

# Whoever calls this has scores, settings, templates and recent studies, which are not looked at: the program runs in a home
# of its own, $home, which goes with the script.
run() {
  HOME=$home XDG_CACHE_HOME=$home/.cache XDG_DATA_HOME=$home/.local/share XDG_CONFIG_HOME=$home/.config "$program" "$@" \
    >"$home/said" 2>&1
}
must() { run "$@" || { cat "$home/said" >&2; give_up "This failed: diploscope $*"; }; }

# Sets $home and $study, the demo with all genes analysed. It lies where packaging/run.sh, called in one's home, puts it: so
# what is drawn names no folder of this machine.
make_demo() {
  home=$(realpath "$(mktemp -d)")
  trap 'rm -rf "$home"' EXIT
  study=$home/diploscope-demo/study/demo.study.json
  say "Making the demo study, and analysing its genes"
  must simulate --out "${study%/*}"
  must analyze "$study" --genes all --model demo-cnn --model demo-enformer --quiet --out "$home/diploscope-demo/results"
}
