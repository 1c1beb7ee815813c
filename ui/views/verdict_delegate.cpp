// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/verdict_delegate.h"

#include "charts/driver_marks.h"
#include "viewmodels/driver_list_model.h"

#include <QApplication>
#include <QPainter>

namespace diploscope::ui {
namespace {

constexpr double diameter = 10;

} // namespace

void VerdictDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    QStyleOptionViewItem background = option;
    initStyleOption(&background, index);
    background.text.clear(); // the word is for tools that read aloud
    const QStyle* style = option.widget != nullptr ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &background, painter, option.widget);
    if (!m_theme)
        return;
    const DriverLook look =
        driverLook(static_cast<Standing>(index.data(DriverListModel::StandingRole).toInt()), *m_theme);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(look.colour, 2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter->setBrush(look.hollow ? m_theme->card : m_theme->frequency.colour(0.9));
    painter->drawPath(markPath(look.shape, QRectF(option.rect).center(), diameter));
    painter->restore();
}

QSize VerdictDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {static_cast<int>(2.2 * diameter), static_cast<int>(2.4 * diameter)};
}

} // namespace diploscope::ui
