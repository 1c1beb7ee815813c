# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by the scripts that try something in a bare Debian: makes one, and runs commands there as root. Sourced behind
# common.sh, not run. $chroot: its folder, which is root's own

[ "$(id -u)" -eq 0 ] || give_up "debootstrap and chroot need root."
# The one that this machine takes its own packages from.
mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep '/debian/$' | head -n 1) || true
[ -n "$mirror" ] || give_up "apt knows no Debian mirror here: run this on Debian, after apt-get update."

inside() { chroot "$chroot" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 CI="${CI:-}" bash -euc "$1"; }

# What was told to end there may take a moment.
leave() {
  local place
  for place in shared proc dev/pts dev; do
    ! mountpoint -q "$chroot/$place" || umount "$chroot/$place" 2>/dev/null || { sleep 5; umount "$chroot/$place"; }
  done
}

# make_bare RELEASE
make_bare() {
  install_missing debootstrap
  say "Making a bare Debian ($1) in $chroot"
  debootstrap --variant=minbase --include=ca-certificates "$1" "$chroot" "$mirror" >"$chroot.log" ||
    give_up "debootstrap failed; $chroot.log tells why."
  cat >"$chroot/etc/apt/sources.list" <<EOF
deb $mirror $1 main
deb $mirror $1-updates main
EOF
  # The clock and the proxy settings of this machine hold there as well.
  cp /etc/apt/apt.conf.d/99* "$chroot/etc/apt/apt.conf.d/" 2>/dev/null || true
}

# What programs want mounted; leave() takes it away.
enter() {
  mount -t proc proc "$chroot/proc"
  mount --bind /dev "$chroot/dev"
  mount -t devpts devpts "$chroot/dev/pts"
  cp /etc/resolv.conf "$chroot/etc/"
}

# make_passing RELEASE: a bare Debian that goes with the script, entered.
make_passing() {
  chroot=$(mktemp -d /var/tmp/diploscope-bare.XXXXXX)
  chmod 755 "$chroot"
  trap 'leave && rm -rf --one-file-system "$chroot" "$chroot.log"' EXIT
  make_bare "$1"
  enter
}
