// SPDX-License-Identifier: GPL-3.0-or-later
// The gene list's bar of drivers is drawn as three parts, as wide as their counts: what cannot be decided is
// neither supported nor unsupported.
#include "viewmodels/gene_list_model.h"
#include "views/gene_row_delegate.h"

#include "support.h"

#include <QImage>
#include <QPainter>
#include <QStandardItemModel>
#include <QTableView>

#include <algorithm>
#include <array>
#include <cmath>

using namespace diploscope;
using namespace diploscope::ui;

namespace {

constexpr int Width = 240, Height = 24;

/// The list's cell of these drivers. \return its middle line
std::vector<QColor> drawn(const QList<double>& counts, const Theme& theme) {
    QStandardItemModel model(1, GeneListModel::ColumnCount);
    const QModelIndex cell = model.index(0, GeneListModel::SupportedColumn);
    model.setData(cell, QVariant::fromValue(counts), GeneListModel::SupportRole);
    QTableView view;
    GeneRowDelegate delegate;
    delegate.setTheme(theme);
    QStyleOptionViewItem option;
    option.widget = &view;
    option.rect = QRect(0, 0, Width, Height);
    option.state = QStyle::State_Enabled;
    QImage image(Width, Height, QImage::Format_RGB32);
    image.fill(theme.card);
    QPainter painter(&image);
    delegate.paint(&painter, option, cell);
    painter.end();
    std::vector<QColor> line;
    for (int x = 0; x < Width; ++x)
        line.push_back(image.pixelColor(x, Height / 2));
    return line;
}

/// Pixels of exactly that colour.
double countOf(const std::vector<QColor>& line, const QColor& colour) {
    return double(std::count_if(line.begin(), line.end(),
                                [&colour](const QColor& pixel) { return pixel.rgb() == colour.rgb(); }));
}

} // namespace

class TestGeneRowDelegate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void threeParts_data() {
        QTest::addColumn<QList<double>>("counts");
        QTest::newRow("each") << QList<double>{2, 1, 3};
        QTest::newRow("nothing decided") << QList<double>{0, 0, 4};
        QTest::newRow("supported and undecidable") << QList<double>{1, 0, 1};
        QTest::newRow("all supported") << QList<double>{5, 0, 0};
    }
    void threeParts() {
        QFETCH(QList<double>, counts);
        for (const Theme& theme : {lightTheme(), darkTheme()}) {
            const std::vector<QColor> line = drawn(counts, theme);
            const std::array colours{theme.supported.colour, theme.unsupported.colour, theme.quiet};
            const double whole =
                countOf(line, colours[0]) + countOf(line, colours[1]) + countOf(line, colours[2]);
            QVERIFY2(whole > Width / 2, qPrintable(QString::number(whole)));
            const double total = counts[0] + counts[1] + counts[2];
            for (size_t part = 0; part < colours.size(); ++part) {
                const double share = counts[static_cast<qsizetype>(part)] / total;
                const double found = countOf(line, colours[part]);
                // Rounded ends and the gaps between the parts take some pixels off.
                QVERIFY2(std::abs(found - share * whole) <= (share == 0 ? 0 : 8),
                         qPrintable(QStringLiteral("part %1: %2 of %3").arg(part).arg(found).arg(whole)));
            }
        }
    }

    /// Their order is always the same, which tells them apart without colours.
    void orderOfTheParts() {
        const Theme theme = lightTheme();
        const std::vector<QColor> line = drawn({1, 1, 1}, theme);
        const auto firstOf = [&line](const QColor& colour) {
            return std::find_if(line.begin(), line.end(),
                                [&colour](const QColor& pixel) { return pixel.rgb() == colour.rgb(); }) -
                   line.begin();
        };
        QVERIFY(firstOf(theme.supported.colour) < firstOf(theme.unsupported.colour));
        QVERIFY(firstOf(theme.unsupported.colour) < firstOf(theme.quiet));
        QVERIFY(firstOf(theme.quiet) < Width);
    }
};

QTEST_MAIN(TestGeneRowDelegate)
#include "tst_gene_row_delegate.moc"
