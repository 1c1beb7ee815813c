#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Does it build and run on a bare Debian? In a debootstrap chroot, as root:
#   packaging/debian.sh bookworm|trixie [COMMAND]   runs COMMAND there (default: packaging/run.sh && packaging/test.sh)
#   packaging/debian.sh cuda                        builds the torch module against Debian 13's LibTorch with CUDA: no
#                                                   card is needed, and none is used
# The chroots are kept in $DIPLOSCOPE_CHROOTS (default /var/tmp/diploscope-chroots; 5 GB each, 15 with CUDA), so that a
# second run builds only what changed. What is found there is run as root: it has to be root's own. The tree goes in as
# it is here, committed or not.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$root/packaging/chroot.sh"

what=${1:-}
case $what in
  bookworm | trixie) release=$what ;;
  cuda) release=trixie ;;
  *) give_up "Usage: packaging/debian.sh bookworm|trixie [COMMAND], or packaging/debian.sh cuda" ;;
esac
chroots=${DIPLOSCOPE_CHROOTS:-/var/tmp/diploscope-chroots}
chroot=$chroots/$what

# Anybody may make a folder of this name in /var/tmp before root does, or a link. $1: the folder
refuse_anothers() {
  local remedy="Remove it, or name a folder that only root may write to in DIPLOSCOPE_CHROOTS."
  [ -e "$1" ] || [ -L "$1" ] || return 0
  [ -d "$1" ] && [ ! -L "$1" ] || give_up "$1 is no folder, or a link to one: what lies there would be run as root. $remedy"
  [ "$(stat -c %u "$1")" -eq 0 ] || give_up "$1 belongs to $(stat -c %U "$1"), not to root: what lies there would be run as root. $remedy"
  [ -z "$(find "$1" -maxdepth 0 -perm /022)" ] || give_up "Others may write to $1: what lies there would be run as root. $remedy"
}

enter_kept() {
  # Made before it is looked at, so that nobody can put another in its place in between: /var/tmp lets nobody else rename it.
  [ -e "$chroots" ] || [ -L "$chroots" ] || mkdir -p -m 755 "$chroots"
  refuse_anothers "$chroots"
  refuse_anothers "$chroot"
  install_missing rsync
  if [ ! -e "$chroot/etc/debian_version" ]; then
    mkdir -m 755 "$chroot"
    make_bare "$release"
  fi
  trap leave EXIT
  enter
  mkdir -p "$chroot/shared"
  [ ! -d "$root/../shared" ] || mount --bind "$root/../shared" "$chroot/shared"
  # By content, and with the time of now: a file that is older than what was built of its last version would not be built.
  rsync -a --no-times --checksum --delete --exclude /build --exclude .git "$root/" "$chroot/diploscope/"
}

# nvidia-cudnn is a program that downloads cuDNN. Only a running model needs that, so all but it is unpacked.
install_cuda() {
  [ ! -e "$chroot/usr/include/cuda_runtime_api.h" ] || return 0
  local packages=("${build_packages[@]/libtorch-dev/libtorch-cuda-dev}")
  echo "deb $mirror $release contrib non-free" >"$chroot/etc/apt/sources.list.d/cuda.list"
  say "Installing LibTorch with CUDA (3 GB to download)"
  inside "export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends --download-only ${packages[*]} nvidia-cuda-toolkit >/dev/null
    rm -f /var/cache/apt/archives/nvidia-cudnn_*
    dpkg --force-all --install /var/cache/apt/archives/*.deb >/var/log/cuda-packages.log 2>&1 || true
    apt-get clean
    ls /usr/include/cuda_runtime_api.h /usr/lib/*/libtorch_cuda.so >/dev/null"
}

enter_kept
if [ "$what" = cuda ]; then
  install_cuda
  say "Building the torch module with CUDA"
  inside 'cd /diploscope
    cmake --preset release -DDIPLOSCOPE_UI=OFF -DDIPLOSCOPE_WERROR=ON -DTORCH_CUDA_ARCH_LIST=9.0
    cmake --build --preset release --target diploscope_torch
    readelf -d build/release/lib/libdiploscope_torch.so | grep -q "libtorch_cuda" || { echo "The module was linked without CUDA." >&2; exit 1; }
    grep -q DIPLOSCOPE_CUDA_HEADERS build/release/build.ninja || { echo "The CUDA runtime was not found." >&2; exit 1; }'
else
  inside "cd /diploscope; ${2:-packaging/run.sh /root/demo; packaging/test.sh}"
fi
say "Passed on Debian ($what)."
