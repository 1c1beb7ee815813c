#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The program as one folder that runs from anywhere, for a Linux that has no package of it and none of its libraries, as a
# tarball: Qt, LibTorch and all else lie beside it; of the system it needs glibc, not older than the one here, and for the
# window an X server.
#   packaging/portable.sh [FOLDER]                        makes it of the packages in FOLDER (default: build/deb), which
#                                                         packaging/deb.sh builds where they are not
#   packaging/portable.sh check bookworm|trixie [FOLDER]  as root: does it run in a bare Debian?
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# Of glibc, which the program takes from where it runs, with what is part of the kernel.
of_system='^(linux-vdso|ld-linux-x86-64|libc|libm|libdl|libpthread|librt|libresolv|libutil|libnss_.*|libanl)\.so'
# What the window opens by itself. No pictures of OpenGL, which would need the graphics card's own libraries.
plugins=(iconengines/libqsvgicon.so imageformats/libqsvg.so platforms/libqoffscreen.so platforms/libqxcb.so
  platforminputcontexts/libcomposeplatforminputcontextplugin.so platforminputcontexts/libibusplatforminputcontextplugin.so)

# Into $libraries: what the files given need, and what that needs.
bring_libraries() {
  local name path
  ldd "$@" | awk '$2 == "=>" && $3 ~ /^\// { print $1, $3 } / not found/ { print $1, "missing" }' | sort -u |
    while read -r name path; do
      [ "$path" != missing ] || give_up "$name is not found on this machine, which has to have all that is brought."
      [[ ! $name =~ $of_system && $name != libdiploscope_* ]] || continue
      cp -L "$path" "$libraries/$name"
      bring_licence "$path"
    done
}

# A library goes with its licence. $1: its file
bring_licence() {
  local package
  package=$(dpkg-query -S "$(realpath "$1")" 2>/dev/null || dpkg-query -S "*/${1##*/}" 2>/dev/null) || return 0
  package=${package%%:*}
  mkdir -p "$folder/share/doc/libraries"
  cp -L "/usr/share/doc/$package/copyright" "$folder/share/doc/libraries/$package"
}

make_portable() {
  local packages=$1 file
  install_missing patchelf xz-utils qt6-translations-l10n
  ls "$packages"/diploscope_"$project_version"+deb"$(debian_number)"_*.deb >/dev/null 2>&1 || "$root/packaging/deb.sh" "$packages"
  say "Gathering the program and its libraries"
  made=$(mktemp -d "$packages/portable.XXXXXX")
  trap 'rm -rf "$made"' EXIT
  folder=$made/diploscope-$project_version
  mkdir "$folder"
  for file in "$packages"/diploscope*_"$project_version"+deb"$(debian_number)"_*.deb; do
    dpkg-deb --fsys-tarfile "$file" | tar --extract --directory "$folder" --strip-components 2 ./usr
  done
  libraries=$(dirname "$folder"/lib/*/diploscope/libdiploscope_core.so)
  bring_libraries "$folder/bin/diploscope" "$libraries"/*.so
  for file in "${plugins[@]}"; do
    install -D "$(qtpaths6 --query QT_INSTALL_PLUGINS)/$file" "$libraries/plugins/$file"
    bring_licence "$(qtpaths6 --query QT_INSTALL_PLUGINS)/$file"
  done
  bring_libraries "$libraries"/plugins/*/*.so
  # Qt's own words (of buttons, of dialogs for files) in the languages that the window speaks.
  for file in "$root"/resources/translations/diploscope_*.ts; do
    file=qtbase_${file##*_}
    file=$(qtpaths6 --query QT_INSTALL_TRANSLATIONS)/${file%.ts}.qm
    install -D -m 644 "$file" "$libraries/translations/${file##*/}"
    bring_licence "$file"
  done
  # Each finds the others by where it lies itself.
  find "$libraries" -maxdepth 1 -type f -exec patchelf --set-rpath '$ORIGIN' {} \;
  find "$libraries/plugins" -type f -exec patchelf --set-rpath '$ORIGIN/../..' {} \;
  printf '[Paths]\nPlugins = ../%s/plugins\nTranslations = ../%s/translations\n' "${libraries#"$folder/"}" "${libraries#"$folder/"}" >"$folder/bin/qt.conf"
  cp "$root/LICENSE" "$folder/"
  cat >"$folder/README" <<END
Diploscope $project_version. bin/diploscope runs from wherever this folder lies; nothing has to be installed.
The first steps: bin/diploscope simulate --out demo, and bin/diploscope demo/demo.study.json, which opens the window.
share/doc holds the licences of what is brought along.
END
  say "Packing"
  file=$packages/diploscope-$project_version-linux-$(uname -m).tar.xz
  tar --create --sort=name --owner=0 --group=0 --numeric-owner --mode=u+rwX,go=rX --mtime="$(sed -n 's/^ -- .*>  //p' "$root/packaging/deb/changelog")" \
    --directory "$made" "${folder##*/}" | xz -T2 -6 >"$made/packed"
  [ "$(stat -c %s "$made/packed")" -le 300000000 ] || give_up "It has more than 300 MB."
  mv "$made/packed" "$file"
  du -h "$file"
}

# $1: release, $2: folder
check_portable() {
  local file=$2/diploscope-$project_version-linux-$(uname -m).tar.xz
  [ -e "$file" ] || give_up "$file is not there: packaging/portable.sh makes it."
  . "$root/packaging/chroot.sh"
  make_passing "$1"
  mkdir "$chroot/opt/program"
  tar --extract --directory "$chroot/opt/program" --file "$file"
  local steps='program=$(echo /opt/*/diploscope-*/bin/diploscope); mkdir -p /srv/person; cd /srv/person; export HOME=/srv/person
    rm -rf demo results
    must() { "$@" >said 2>&1 || { cat said >&2; exit 1; }; }'
  say "Without any of its libraries"
  inside "$steps"'
    ! ldconfig -p | grep -E "libQt6|libtorch|libopenblas|libhts|libfontconfig" || { echo "This Debian is not bare." >&2; exit 1; }
    must $program simulate --out demo
    must $program analyze demo/demo.study.json --gene PUKTI6 --model demo-enformer --out results --figures
    grep -q unsupported results/PUKTI6.drivers.tsv
    must $program snapshot demo/demo.study.json --gene PUKTI6 --out window.png
    must $program info'
  cp "$chroot/srv/person/window.png" "$2/portable-window-$1.png"
  say "Elsewhere, and in a window"
  mv "$chroot/opt/program" "$chroot/opt/moved"
  inside 'export DEBIAN_FRONTEND=noninteractive; apt-get update -qq
    apt-get install -y -qq --no-install-recommends xvfb xauth x11-utils >/dev/null 2>/var/log/said || { cat /var/log/said >&2; exit 1; }'
  inside "$steps"'
    must $program simulate --out demo
    export program
    xvfb-run -s "-screen 0 1600x1000x24" bash -euc "
      \$program demo/demo.study.json --gene PUKTI6 &
      for second in {1..60}; do ! xwininfo -root -tree | grep -i \"demo.*diploscope\" || break; sleep 1; done
      xwininfo -root -tree | grep -qi \"demo.*diploscope\"
      kill \$!; wait || true"'
  say "It runs in a bare Debian ($1)."
}

if [ "${1:-}" = check ]; then
  case ${2:-} in
    bookworm | trixie) check_portable "$2" "$(realpath -m "${3:-$root/build/deb}")" ;;
    *) give_up "Usage: packaging/portable.sh check bookworm|trixie [FOLDER]" ;;
  esac
else
  make_portable "$(realpath -m "${1:-$root/build/deb}")"
fi
