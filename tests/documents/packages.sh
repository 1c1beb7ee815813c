#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What goes into packages: entries of desktops are valid, and each installed file belongs to one Debian package: packages.sh
# BUILD_FOLDER. That the packages build and work, packaging/deb.sh tells.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed='' skipped=''
complain() { printf '%s\n' "$*" >&2; failed=yes; }
# there PROGRAM PACKAGE
there() { command -v "$1" >/dev/null || { skipped+=" $1 (apt install $2)"; return 1; }; }

if there desktop-file-validate desktop-file-utils; then
  # It also says what is no error.
  said=$(desktop-file-validate "$root/packaging/diploscope.desktop" 2>&1) || true
  [ -z "$said" ] || complain "$said"
fi
if there appstreamcli appstream; then
  appstreamcli validate --no-net --no-color "$root/packaging/org.diploscope.diploscope.metainfo.xml" >"$folder/said" 2>&1 ||
    complain "$(cat "$folder/said")"
fi
if there update-mime-database shared-mime-info; then
  mkdir -p "$folder/mime/packages"
  cp "$root/packaging/diploscope-mime.xml" "$folder/mime/packages/"
  update-mime-database "$folder/mime" 2>"$folder/said" || complain "$(cat "$folder/said")"
  grep -qxF '80:application/x-diploscope-study:*.study.json' "$folder/mime/globs2" || complain "No type for *.study.json."
  types=$(sed -n 's/^MimeType=//p' "$root/packaging/diploscope.desktop" | tr ';' '\n' | sort)
  [ "$(sed -n 's/.*<mime-type type="\(.*\)">/\1/p' "$root/packaging/diploscope-mime.xml" | sort)" = "$(xargs -n 1 <<<"$types")" ] ||
    complain "diploscope.desktop opens other types than diploscope-mime.xml has."
fi

# As debhelper's dh_install takes them: a line names files, or a folder with all in it.
cmake --install "$build" --prefix "$folder/root/usr" >/dev/null
cd "$folder/root"
mkdir -p usr/lib/any/diploscope
mv usr/lib/*.so usr/lib/any/diploscope/
for list in "$root"/packaging/deb/*.install; do
  while read -r pattern; do
    # shellcheck disable=SC2086
    find $pattern -type f 2>/dev/null || complain "${list##*/} names $pattern, which is not installed."
  done <"$list"
done >"$folder/names"
sort "$folder/names" >"$folder/named"
find usr -type f | sort >"$folder/installed"
diff "$folder/installed" "$folder/named" >"$folder/said" ||
  complain "Each installed file (<) should be named once by packaging/deb/*.install (>):
$(grep '^[<>]' "$folder/said")"

# shellcheck source=/dev/null
. "$root/packaging/common.sh"
needed=$(printf '%s\n' "${build_packages[@]}" | grep -vxE 'g\+\+|ccache|qt6-svg-plugins' | sort)
listed=$(sed -n '/^Build-Depends:/,/^$/s/^ \([a-z0-9.+-]*\).*/\1/p' "$root/packaging/deb/control" |
  grep -vxE 'debhelper-compat|librsvg2-bin' | sort)
[ "$needed" = "$listed" ] ||
  complain "packaging/deb/control and packaging/common.sh (<, >) build with different packages:
$(diff <(printf '%s\n' "$listed") <(printf '%s\n' "$needed") | grep '^[<>]')"

[ -z "$failed" ] || exit 1
[ -z "$skipped" ] || { echo "SKIPPED in part, as these are not installed:$skipped"; exit 77; }
