// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/counted_text.h"

#include "viewmodels/number_text.h"

namespace diploscope::ui {

namespace {

/// What tells forms apart in every language (the last digits), in what Qt can hold.
int formOf(int64_t count) {
    constexpr int64_t million = 1'000'000;
    return static_cast<int>(count < million ? count : million + count % million);
}

} // namespace

QString countedText(int64_t count, const CountedNoun& noun) {
    QString words = QCoreApplication::translate("Counted", noun.many, nullptr, formOf(count));
    if (count == 1 && words == QString::fromUtf8(noun.many)) // no translation
        words = QString::fromUtf8(noun.one);
    return words.arg(countText(count));
}

} // namespace diploscope::ui
