// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of all genes, drawn.
#include "charts/chart_view.h"
#include "charts/genome_scatter_chart.h"
#include "figures/genome_figures.h"
#include "ui/genome_fixture.h"
#include "ui/layout_check.h"
#include "ui/thread_time.h"
#include "viewmodels/genome_histogram.h"

#include "support.h"

#include <array>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

constexpr std::array figures{
    GenomeFigure::ObservedPredicted, GenomeFigure::NullR,          GenomeFigure::PredixcanR,
    GenomeFigure::SupportedR,        GenomeFigure::DriverDistance, GenomeFigure::NullHistogram,
    GenomeFigure::LinearR,           GenomeFigure::DriverCount,    GenomeFigure::ModelModel};

} // namespace

class TestGenomeCharts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { DS_VERIFY(chartFontFamily()); }

    void focusStandsOut() {
        const auto table = inventTable(200);
        auto focus = std::make_shared<std::vector<bool>>(200, false);
        for (size_t row = 0; row < 200; row += 5)
            (*focus)[row] = true;
        const ChartStyle style = ChartStyle::screen(lightTheme()).value();
        for (const GenomeFigure figure : figures) {
            const Figure drawn =
                registered(figure).make(GenomeFigureSpec{table, focus}).draw(style, Medium::Screen);
            const FigureTrack& track = drawn.tracks.front();
            if (isHistogram(figure)) {
                const GenomeHistogram whole = genomeHistogram(figure, *table);
                const GenomeHistogram part = genomeHistogram(figure, *table, focus.get());
                int inFocus = 0;
                for (size_t i = 0; i < whole.bins.size(); ++i) {
                    QCOMPARE(part.bins[i].behind, whole.bins[i].total());
                    inFocus += part.bins[i].total();
                }
                if (figure == GenomeFigure::NullHistogram)
                    QCOMPARE(inFocus, 40);
                continue;
            }
            QCOMPARE(track.layers.size(), size_t{3});
            size_t marks = 0;
            for (size_t layer = 0; layer < 3; ++layer)
                for (const Mark& mark : track.layers[layer]->marks()) {
                    QCOMPARE((*focus)[track.datum[mark.source]], layer != 0);
                    ++marks;
                }
            QCOMPARE(marks, track.datum.size());
        }
        const GenomeScatter named = genomeScatter(GenomeFigure::NullR, *table, focus.get());
        QVERIFY(!named.labels.empty());
        for (const auto& label : named.labels)
            QVERIFY((*focus)[named.genes[label.gene].row]);
    }

    /// Marks are where the table says, and stand for its rows.
    void marksAreRows() {
        const auto table = inventTable(300);
        const ChartStyle style = ChartStyle::paper().value();
        const Figure drawn =
            registered(GenomeFigure::PredixcanR).make(GenomeFigureSpec{table}).draw(style, Medium::Paper);
        const FigureTrack& track = drawn.tracks.front();
        QCOMPARE(track.datum.size(), size_t{75});
        for (const MarkItem* layer : track.layers)
            for (const Mark& mark : layer->marks()) {
                const GeneRow& gene = table->genes()[track.datum[mark.source]];
                QCOMPARE(mark.x, *gene.predixcanR);
                QCOMPARE(mark.y, *gene.r);
            }
    }

    void everyFigureIsDrawn_data() {
        QTest::addColumn<int>("genes");
        QTest::addColumn<QString>("model");
        QTest::newRow("none") << 0 << QStringLiteral("CAGE");
        QTest::newRow("one") << 1 << QStringLiteral("CAGE");
        QTest::newRow("a hundred") << 100 << QStringLiteral("CAGE");
        QTest::newRow("20,000") << 20'000 << QStringLiteral("CAGE");
        QTest::newRow("a name longer than the axis") << 100 << QString(200, u'x');
    }
    void everyFigureIsDrawn() {
        QFETCH(int, genes);
        QFETCH(QString, model);
        std::vector<ModelGenes> models = inventGenes(static_cast<size_t>(genes));
        models[0].model = model.toStdString();
        const auto table = GenomeTable::make(models, 0, NullChoice::Published);
        const std::array looks{
            std::tuple(ChartStyle::screen(lightTheme()).value(), Medium::Screen, QSizeF(420, 300)),
            std::tuple(ChartStyle::screen(darkTheme()).value(), Medium::Screen, QSizeF(700, 380)),
            std::tuple(ChartStyle::paper().value(), Medium::Paper, QSizeF(241, 213)),
            std::tuple(ChartStyle::paper().value(), Medium::Paper, QSizeF(510, 213))};
        for (const GenomeFigure figure : figures) {
            const GenomeFigureText text = genomeFigureText(figure, *table);
            QVERIFY(!text.title.isEmpty());
            QVERIFY(text.summary.isEmpty() != text.empty.isEmpty());
            QVERIFY(genes == 1 || text.empty.isEmpty() == (genes > 0)); // one gene is in some of them
            const FigureMaker make = registered(figure).make(GenomeFigureSpec{table}).draw;
            for (const auto& [style, medium, size] : looks) {
                Figure drawn = make(style, medium);
                const PlotChart* chart = drawn.tracks.front().chart;
                QGraphicsScene scene;
                scene.addItem(drawn.widget.get());
                drawn.widget->resize(size);
                QCoreApplication::sendPostedEvents();
                const QString fault = faultOfLayout(*chart, size);
                QVERIFY2(fault.isEmpty(),
                         qPrintable(registered(figure).name + (QStringLiteral(": ") + fault)));
                // Nothing lies beyond the axes.
                for (const MarkItem* layer : drawn.tracks.front().layers) {
                    QCOMPARE(layer->visible(), std::pair(size_t{0}, layer->marks().size()));
                    for (const Mark& mark : layer->marks())
                        QVERIFY(chart->yRange().lower <= mark.y && mark.y <= chart->yRange().upper);
                }
                if (const auto* scatter = dynamic_cast<const GenomeScatterChart*>(chart)) {
                    const auto& places = scatter->labels().places();
                    for (size_t i = 0; i < places.size(); ++i)
                        for (size_t j = 0; j < i; ++j)
                            QVERIFY(!places[i] || !places[j] || !places[i]->intersects(*places[j]));
                }
                scene.removeItem(drawn.widget.get());
            }
        }
    }

    void panning() {
        const auto table = inventTable(20'000);
        for (const GenomeFigure figure : {GenomeFigure::ObservedPredicted, GenomeFigure::NullR}) {
            ChartView view(ChartView::Zoom::Plane);
            view.resize(1200, 420);
            view.setChartStyle(ChartStyle::screen(lightTheme()).value());
            view.setFigure(registered(figure).make(GenomeFigureSpec{table}).draw, ChartView::Keep::Nothing);
            view.show();
            QTest::qWait(50);
            QVector<double> frames;
            for (int i = 0; i < 60; ++i) {
                const double start = threadMs();
                view.panBy({i < 30 ? 0.003 : -0.003, 0});
                view.viewport()->repaint();
                frames << threadMs() - start;
            }
            std::sort(frames.begin(), frames.end());
            qInfo("%s: pan frame of 20,000 genes: median %.1f ms, worst %.1f ms of processor time",
                  registered(figure).name, frames[30], frames.last());
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
            QVERIFY2(frames[30] <= 16, qPrintable(QString::number(frames[30])));
#endif
        }
        const double start = threadMs();
        for (const GenomeFigure figure : figures)
            (void)registered(figure).make(GenomeFigureSpec{table});
        qInfo("all figures' values of 20,000 genes: %.0f ms", threadMs() - start);
    }
};

QTEST_MAIN(TestGenomeCharts)
#include "tst_genome_charts.moc"
