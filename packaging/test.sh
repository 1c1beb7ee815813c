#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds everything with warnings as errors, checks the layout, runs what works with threads under
# the thread sanitizer and every test offscreen. Arrows between folders are checked by configuring. check.sh runs what takes
# longer.
# Usage: packaging/test.sh [CTEST OPTIONS]
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

install_missing "${build_packages[@]}" "${test_packages[@]}"
build test
"$root/packaging/check.sh" layout tsan
# Last, so that its summary is what is seen.
run_tests test "$@"
