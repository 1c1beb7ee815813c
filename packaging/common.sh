# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by the scripts of this folder: says what is being done, installs what is missing, builds a preset.
# Sourced, not run; expects `set -euo pipefail`.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '\n== %s\n' "$*"; }
give_up() { printf '\n%s\n' "$*" >&2; exit 1; }

project_version=$(sed -n 's/^project(Diploscope VERSION \([0-9.]*\).*/\1/p' "$root/CMakeLists.txt")
debian_number() { sed -n 's/^VERSION_ID="\{0,1\}\([0-9]*\).*/\1/p' /etc/os-release 2>/dev/null; }

# The names are those of Debian 12; Debian 13 has all of them, libqt6opengl6-dev as a part of qt6-base-dev.
build_packages=(
  g++ cmake ninja-build ccache pkg-config
  libhts-dev libeigen3-dev libsqlitecpp-dev libsqlite3-dev nlohmann-json3-dev libcli11-dev libfmt-dev
  libboost-dev libxxhash-dev libssl-dev libzip-dev zlib1g-dev libhdf5-dev libtorch-dev libdnnl-dev libopenblas-pthread-dev libopenblas0-pthread
  qt6-base-dev qt6-charts-dev qt6-svg-dev qt6-tools-dev qt6-l10n-tools libqt6opengl6-dev libgl-dev
  libfontconfig-dev libmd4c-dev libmd4c-html0-dev fonts-inter
)
# Debian 13 has what draws SVG icons in a package of its own, which Qt only recommends.
[ "$(debian_number)" = 12 ] || build_packages+=(qt6-svg-plugins)
test_packages=(python3 python3-h5py bcftools samtools tabix librsvg2-bin poppler-utils fonts-dejavu-core xvfb xauth
  appstream desktop-file-utils shared-mime-info)

install_missing() {
  local missing=() package there
  # What is installed, and what that provides under another name.
  there=$(dpkg-query -W -f='${db:Status-Status} ${Package}, ${Provides}\n' 2>/dev/null |
    sed -n 's/^installed //p' | tr ',' '\n' | sed 's/^ *//; s/ .*//')
  for package in "$@"; do
    grep -qxF "$package" <<<"$there" || missing+=("$package")
  done
  if [ ${#missing[@]} -eq 0 ]; then
    say "All packages are there."
    return
  fi
  command -v apt-get >/dev/null ||
    give_up "These packages are missing and this system has no apt-get (Debian 12 and 13 are tested): ${missing[*]}"
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || give_up "These packages are missing; install them as root first: ${missing[*]}"
    as_root=(sudo)
  fi
  say "Installing ${missing[*]}"
  "${as_root[@]}" apt-get update -qq || give_up "apt-get update failed: check the network and /etc/apt/sources.list."
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" \
    >/dev/null || give_up "apt-get could not install: ${missing[*]}"
}

# build PRESET TARGET...: configures once, then builds what changed.
build() {
  local preset=$1
  shift
  say "Building ($preset)"
  local words
  words=$(cd "$root" && cmake --preset "$preset" 2>&1) || {
    printf '%s\n' "$words" >&2
    give_up "Configuring failed; the reason stands above."
  }
  (cd "$root" && cmake --build --preset "$preset" "$@") || give_up "Building failed; the reason stands above."
}

# run_tests PRESET [CTEST OPTIONS]
run_tests() {
  local preset=$1
  shift
  say "Testing ($preset)"
  QT_QPA_PLATFORM=offscreen ctest --test-dir "$root/build/$preset" --output-on-failure -j "$(nproc)" "$@"
}
