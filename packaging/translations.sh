#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Brings the texts of the source into resources/translations: new ones are marked unfinished, those that are gone are taken
# out. Then translate them, by Qt's Linguist or by hand.
# Usage: packaging/translations.sh [FILE.ts]...      (default: all that are there; a new name begins a new language)
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

cd "$root"
[ $# -gt 0 ] || set -- resources/translations/diploscope_*.ts
lupdate=$(command -v lupdate6 || ls /usr/lib/qt6/bin/lupdate 2>/dev/null) ||
  give_up "lupdate is missing: install qt6-l10n-tools."
for file in "$@"; do
  language=${file##*_}
  "$lupdate" -silent -no-obsolete -locations none -source-language en -target-language "${language%.ts}" ui app/gui -I ui -ts "$file"
  say "$file: $(grep -c 'type="unfinished"' "$file" || true) texts are unfinished"
done
