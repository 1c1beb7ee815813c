// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/column_text.h"

#include "viewmodels/effect_text.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/language.h"
#include "viewmodels/number_text.h"

#include <QObject>

#include <cmath>

namespace diploscope::ui {

QString titleText(const ColumnText& column) {
    return translated(column.title);
}

QString meaningText(const ColumnText& column) {
    return translated(column.meaning);
}

QString cellText(Format format, const Cell& cell) {
    if (format == Format::Text)
        return cell.isKnown() ? shownName(cell.text()) : undefinedText();
    const std::optional<double> value = cell.number();
    if (!value || !std::isfinite(*value))
        return undefinedText();
    switch (format) {
    case Format::Flag:
        return *value == 0 ? QObject::tr("no") : QObject::tr("yes");
    case Format::Whole:
        return countText(static_cast<int64_t>(*value));
    case Format::Distance:
        return distanceText(static_cast<int64_t>(*value));
    case Format::Ratio:
        return ratioText(value);
    case Format::Share:
        return percentText(*value);
    case Format::P:
        return pNumberText(cell.p());
    case Format::Measure:
    case Format::Text:
        break;
    }
    return effectText(*value);
}

} // namespace diploscope::ui
