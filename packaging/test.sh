#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds everything with warnings as errors, runs every test offscreen.
# Usage: packaging/test.sh [CTEST OPTIONS]
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

install_missing "${build_packages[@]}" "${test_packages[@]}"
build dev

say "Testing"
export QT_QPA_PLATFORM=offscreen
exec ctest --test-dir "$root/build/dev" --output-on-failure -j "$(nproc)" "$@"
