#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The checks beside building and testing, each by its name; test.sh runs those that fit into every change.
#   layout   clang-format
#   asan     core's tests under the address and undefined-behaviour sanitizers, built without the window
#   tsan     the tests of what works with threads under the thread sanitizer
#   clang    a build with clang, its warnings as errors; without the torch module where LibTorch is older than 2
#   tidy     clang-tidy over the whole tree
#   fuzz     libFuzzer over every reader, FUZZ_SECONDS each (default 600); build/fuzz/inputs keeps what it finds
# Usage: packaging/check.sh [CHECK...]      (default: all but fuzz, which takes hours)
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
cd "$root"

check_layout() {
  install_missing clang-format
  # Versions differ in what they write; Debian 12's counts.
  if ! clang-format --version | grep -q 'version 14\.'; then
    say "The layout is not checked here: clang-format 14 is its measure."
    return
  fi
  say "Checking the layout"
  find app core tests ui -name '*.cpp' -o -name '*.h' | xargs clang-format --dry-run -Werror ||
    give_up "Lay out what is named above with clang-format -i."
}

check_asan() {
  install_missing "${build_packages[@]}" "${test_packages[@]}"
  build asan --target core_tests diploscope
  run_tests asan -L core
}

check_tsan() {
  install_missing "${build_packages[@]}" "${test_packages[@]}"
  build tsan --target thread_tests
  # On kernels that spread addresses wider than the sanitizer knows, its programs start only without that.
  if setarch -R true 2>/dev/null; then
    export -f say run_tests
    root=$root setarch -R bash -euo pipefail -c 'run_tests tsan -L threads'
  else
    run_tests tsan -L threads
  fi
}

check_clang() {
  install_missing "${build_packages[@]}" clang
  build clang
}

check_tidy() {
  install_missing "${build_packages[@]}" clang clang-tidy
  say "clang-tidy"
  cmake --preset tidy >/dev/null || give_up "Configuring failed: cmake --preset tidy tells why."
  # As they are compiled, a dozen files of a folder as one: reading their headers is most of the time.
  sed -n 's/^ *"file": "\(.*\)",\?$/\1/p' build/tidy/compile_commands.json | grep -v autogen |
    xargs -P "$(nproc)" -n 1 clang-tidy --quiet --checks=-bugprone-suspicious-include -p build/tidy ||
    give_up "clang-tidy found what stands above."
}

check_fuzz() {
  install_missing "${build_packages[@]}" clang python3
  install_missing "libclang-rt-$(clang -dumpversion | cut -d. -f1)-dev"
  build fuzz
  say "Fuzzing"
  tests/fuzz/run.sh build/fuzz/bin/diploscope_fuzz "$root/build/fuzz/inputs" "${FUZZ_SECONDS:-600}" ||
    give_up "What was found lies in build/fuzz/inputs/found: mend it, and keep the input as a seed (tests/fuzz/make_seeds.py)."
}

[ $# -gt 0 ] || set -- layout asan tsan clang tidy
for check in "$@"; do
  declare -F "check_$check" >/dev/null || give_up "There is no check '$check': layout, asan, tsan, clang, tidy, fuzz."
done
for check in "$@"; do
  "check_$check"
done
