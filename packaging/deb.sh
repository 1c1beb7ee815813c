#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Debian packages of the tree as it is, tracked files alone: diploscope-cli (commands, without Qt), diploscope (the window,
# and all that draws) and diploscope-models-demo.
#   packaging/deb.sh [FOLDER]      builds them for the Debian that this is (default: build/deb). Tests are packaging/test.sh's:
#                                  none are run. Two builds give the same bytes.
#   packaging/deb.sh check bookworm|trixie [FOLDER]
#                                  as root, in a bare Debian: installs the packages of FOLDER, lets them tell the demo's
#                                  verdict and open its window, and looks that nothing is left once they are removed
# For the other Debian: packaging/debian.sh trixie packaging/deb.sh; they are then in the folder diploscope/build/deb of that
# script's chroot.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# Fills $1/source: what git knows of the tree, or all of it where there is no git, with packaging/deb as its `debian`. Times
# of files go into packages: all have the changelog's.
stage() {
  local source=$1/source
  rm -rf "$source"
  mkdir -p "$source"
  cd "$root"
  # A copy without a history is whatever lies there.
  { if [ -e .git ]; then git ls-files -z; else find . -path './build*' -prune -o -type f -print0; fi; } |
    while IFS= read -rd '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done |
    tar --null --files-from=- --create --mtime="$(sed -n 's/^ -- .*>  //p' packaging/deb/changelog)" | tar --extract --directory "$source"
  mv "$source/packaging/deb" "$source/debian"
  sed -i "s/@VERSION@/$project_version+deb$(debian_number)/; s/@RELEASE@/$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)/" \
    "$source/debian/changelog"
}

build_debs() {
  local folder=$1
  install_missing "${build_packages[@]}" build-essential debhelper librsvg2-bin
  say "Building packages of $project_version for Debian $(debian_number)"
  rm -f "$folder"/diploscope*_"$project_version"+deb"$(debian_number)"_*
  stage "$folder"
  # debhelper gives a build a home of its own; compiled files are kept where they always are.
  CCACHE_DIR=$(ccache -k cache_dir) CCACHE_MAXSIZE=$(ccache -k max_size)
  export CCACHE_DIR CCACHE_MAXSIZE
  cd "$folder/source"
  dpkg-buildpackage -b -us -uc -j"$(nproc)" >"$folder/build.log" 2>&1 || {
    tail -n 40 "$folder/build.log" >&2
    give_up "Building failed; all that was said is in $folder/build.log."
  }
  cd "$folder"
  rm -rf "$folder/source"
  ! command -v lintian >/dev/null || lintian --fail-on error "$folder"/*_"$project_version"+deb"$(debian_number)"_*.changes ||
    give_up "lintian found the errors above."
  say "Packages are in $folder"
  du -h "$folder"/*_"$project_version"+deb"$(debian_number)"_*.deb
}

# What a person does with them. $1: release, $2: its number, $3: folder
check_debs() {
  local release=$1 number=$2 folder=$3 file
  ls "$folder"/diploscope{,-cli,-models-demo}_"$project_version"+deb"$number"_*.deb >/dev/null ||
    give_up "$folder has no packages for Debian $number: the head of this script says how they are made."
  . "$root/packaging/chroot.sh"
  make_passing "$release"
  mkdir -p "$chroot/packages/tree"
  cp "$folder"/diploscope*_"$project_version"+deb"$number"_*.deb "$chroot/packages/"
  cp -r "$root/packaging" "$root/CMakeLists.txt" "$chroot/packages/tree/"
  inside 'apt-get update -qq'
  install_inside() { inside "export DEBIAN_FRONTEND=noninteractive; apt-get install -y -qq --no-install-recommends $* >/dev/null 2>/var/log/said ||
    { cat /var/log/said >&2; exit 1; }"; }

  say "Commands, without the window"
  install_inside '/packages/diploscope-cli_*.deb /packages/diploscope-models-demo_*.deb'
  inside '! dpkg-query -W "libqt6*" 2>/dev/null || { echo "Qt was installed." >&2; exit 1; }
    mkdir /srv/person; cd /srv/person; export HOME=/srv/person
    must() { "$@" 2>said || { cat said >&2; exit 1; }; }
    must diploscope simulate --out demo
    must diploscope analyze demo/demo.study.json --gene PUKTI6 --out results
    grep -q unsupported results/PUKTI6.drivers.tsv
    ! diploscope snapshot --page welcome --out welcome.png 2>said || { echo "Something was drawn without the window." >&2; exit 1; }
    cat said
    grep -q "sudo apt install diploscope" said'

  say "The window"
  install_inside '/packages/*.deb shared-mime-info desktop-file-utils libglib2.0-bin xvfb xauth x11-utils x11-apps'
  inside 'cd /srv/person; export HOME=/srv/person
    /packages/tree/packaging/run.sh >said || { cat said; exit 1; }
    grep "is installed and is used" said
    ls diploscope-demo/results/*.png | wc -l
    diploscope snapshot demo/demo.study.json --gene PUKTI6 --out window.png
    gio info -a standard::content-type demo/demo.study.json | grep application/x-diploscope-study
    # As a double click does. What it starts ends with its display.
    xvfb-run -s "-screen 0 1600x1000x24" bash -euc "
      gio open demo/demo.study.json
      for second in {1..60}; do ! xwininfo -root -tree | grep -i \"demo.*diploscope\" || break; sleep 1; done
      xwininfo -root -tree | grep -qi \"demo.*diploscope\"
      sleep 5
      xwd -root -silent -out display.xwd"'
  cp "$chroot/srv/person/window.png" "$folder/window-$release.png"
  cp "$chroot/srv/person/display.xwd" "$folder/display-$release.xwd"

  say "Removal"
  du -sh --exclude=proc --exclude=dev "$chroot"
  inside 'export DEBIAN_FRONTEND=noninteractive
    rm -rf /srv/person /packages
    apt-get purge -y -qq "diploscope*" >/dev/null
    apt-get autoremove --purge -y -qq >/dev/null
    left=$(find / -xdev -iname "*diploscope*" -not -path "/proc/*"; grep -ril diploscope /etc /usr/share/applications /usr/share/mime || true)
    [ -z "$left" ] || { echo "This was left: $left" >&2; exit 1; }'
  say "Nothing is left. Passed on a bare Debian ($release)."
}

if [ "${1:-}" = check ]; then
  case ${2:-} in
    bookworm) number=12 ;;
    trixie) number=13 ;;
    *) give_up "Usage: packaging/deb.sh check bookworm|trixie [FOLDER]" ;;
  esac
  check_debs "$2" "$number" "$(realpath -m "${3:-$root/build/deb}")"
else
  mkdir -p "${1:-$root/build/deb}"
  build_debs "$(realpath "${1:-$root/build/deb}")"
fi
