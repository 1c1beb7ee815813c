// SPDX-License-Identifier: GPL-3.0-or-later
// Colour is never the only sign: what a chart tells by it, it tells by shape, fill, dashes or lightness, too.
#include "charts/base_items.h"
#include "charts/before_after_chart.h"
#include "charts/driver_marks.h"
#include "charts/genome_histogram_chart.h"
#include "charts/genome_scatter_chart.h"
#include "charts/genotype_chart.h"
#include "charts/haplotypes_chart.h"
#include "charts/linkage_item.h"
#include "charts/observed_predicted_chart.h"
#include "charts/waterfall_chart.h"
#include "every_figure.h"
#include "widget_check.h"

#include "support.h"

#include <QGraphicsScene>

#include <set>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

/// How far apart two colours must be in lightness to be told in grey, as WCAG 2 counts it for graphics.
constexpr double leastInGrey = 3;

using Entry = LegendItem::Entry;

bool areTold(const Entry& a, const Entry& b) {
    return a.line != b.line || a.fill != b.fill || a.look.shape != b.look.shape || a.diameter != b.diameter ||
           contrast(a.look.colour, b.look.colour) >= leastInGrey;
}

/// Pairs of a figure's legends that colour alone tells apart.
QStringList toldByColourAlone(const FigureEntry& figure, const FigureSpec& spec, const ChartStyle& style,
                              int& legends) {
    const ReadyFigure ready = figure.make(spec);
    const Figure drawn = ready.draw(style, Medium::Screen);
    QGraphicsScene scene;
    scene.addItem(drawn.widget.get());
    drawn.widget->setGeometry(QRectF(0, 0, 900, 700));
    QCoreApplication::sendPostedEvents();
    QStringList pairs;
    for (const QGraphicsItem* item : scene.items()) {
        const auto* legend = dynamic_cast<const LegendItem*>(item);
        if (legend == nullptr)
            continue;
        ++legends;
        for (size_t i = 0; i < legend->entries().size(); ++i)
            for (size_t j = 0; j < i; ++j)
                if (const Entry& a = legend->entries()[i], &b = legend->entries()[j]; !areTold(a, b))
                    pairs << b.text + QStringLiteral(" and ") + a.text;
    }
    scene.removeItem(drawn.widget.get());
    return pairs;
}

/// With everything that a legend may have to say: people and haplotypes without a genotype, other alleles,
/// every track.
GeneFigureSpec fullGeneSpec() {
    GeneFigureSpec spec = geneSpec();
    GeneReport report = *spec.report;
    VariantResult& variant = report.variants[report.drivers[0].variant];
    variant.genotypes =
        withPerson(variant.genotypes, 0, HaplotypeAllele::Missing, variant.genotypes.haplotype(1));
    variant.genotypes =
        withPerson(variant.genotypes, 1, HaplotypeAllele::Other, variant.genotypes.haplotype(3));
    spec.report = std::make_shared<const GeneReport>(std::move(report));
    spec.variant = spec.report->drivers[0].variant;
    if (!arrange(spec, LocusLayout{.places = {{"genotypes"}, {"ld"}}}))
        qFatal("not arranged");
    return spec;
}

/// Whether lightness goes one way, as far as whole numbers in three channels can tell.
bool grows(const std::array<QRgb, 256>& steps, size_t first, size_t last, double sense) {
    constexpr size_t apart = 15; // of which 255 is a multiple
    for (size_t i = first + apart; i <= last; i += apart)
        if (sense * (contrast(QColor::fromRgb(steps[i]), Qt::black) -
                     contrast(QColor::fromRgb(steps[i - apart]), Qt::black)) <=
            0)
            return false;
    return true;
}

void inBothThemes() {
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

Theme themeOf(bool dark) {
    return dark ? darkTheme() : lightTheme();
}

} // namespace

class TestColourAlone : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { DS_VERIFY(chartFontFamily()); }

    void legends_data() { eachFigure(); }
    void legends() {
        QFETCH(const FigureEntry*, figure);
        FigureSpec spec = specOf(figure->kind);
        if (figure->kind == FigureKind::Gene)
            spec = fullGeneSpec();
        static const std::set<std::string> withLegend{
            "observed-predicted", "ism",        "locus",     "eqtl",
            "carriers-pair",      "haplotypes", "waterfall", "before-after"};
        for (const Theme& theme : {lightTheme(), darkTheme()}) {
            int found = 0;
            const QStringList pairs =
                toldByColourAlone(*figure, spec, ChartStyle::screen(theme).value(), found);
            QVERIFY2(pairs.isEmpty(), qPrintable(pairs.join(QStringLiteral("; "))));
            QVERIFY2(found > 0 || !withLegend.contains(figure->name), "no legend was looked at");
        }
    }

    /// The check itself: it finds a pair of which colour alone is told.
    void colourAloneIsFound() {
        const Entry blue{QStringLiteral("a"), {QColor(0x2260a8), MarkShape::Circle}};
        Entry red{QStringLiteral("b"), {QColor(0xb8432f), MarkShape::Circle}};
        QVERIFY(!areTold(blue, red));
        red.look.shape = MarkShape::Square;
        QVERIFY(areTold(blue, red));
        red = blue;
        red.look.colour = QColor(0xd9dee4); // pale enough
        QVERIFY(areTold(blue, red));
    }

    void shapesOfKinds_data() { inBothThemes(); }
    void shapesOfKinds() {
        QFETCH(bool, dark);
        const Theme theme = themeOf(dark);
        std::set<MarkShape> genotypes;
        for (const MarkLook& look : theme.genotypes)
            genotypes.insert(look.shape);
        QCOMPARE(genotypes.size(), theme.genotypes.size());
        std::set<std::pair<MarkShape, bool>> standings;
        for (const Standing standing :
             {Standing::Supported, Standing::Unsupported, Standing::Undecidable, Standing::Undefined}) {
            const DriverLook look = driverLook(standing, theme);
            standings.insert({look.shape, look.hollow});
        }
        QCOMPARE(standings.size(), size_t{4});
        std::set<MarkShape> sets;
        for (int64_t set = 1; set <= static_cast<int64_t>(theme.sets.size()); ++set)
            sets.insert(theme.credibleSet(set).shape);
        QCOMPARE(sets.size(), theme.sets.size());
    }

    void peopleWithoutAGenotypeAreHollow() {
        const ChartStyle style = ChartStyle::screen(lightTheme()).value();
        const GeneFigureSpec spec = fullGeneSpec();
        const ObservedPredictedChart chart(observedPredicted(*spec.report, spec.variant), style);
        const std::vector<Mark>& marks = chart.people().marks();
        QCOMPARE(std::count_if(marks.begin(), marks.end(), [](const Mark& mark) { return mark.hollow; }), 1);
        QVERIFY(chart.people().look().ringWidth > 0);
    }

    void genesThatAFigureIsNotAboutAreHollow() {
        const ChartStyle style = ChartStyle::screen(lightTheme()).value();
        const GenomeFigureSpec spec = genomeSpec();
        bool isAny = false;
        for (const FigureEntry& figure : genomeFigures()) {
            const Figure drawn = figure.make(spec).draw(style, Medium::Screen);
            const auto* chart = dynamic_cast<const GenomeScatterChart*>(drawn.widget.get());
            if (chart == nullptr)
                continue;
            std::set<std::pair<MarkShape, bool>> kinds;
            std::set<QRgb> colours;
            for (const FigureTrack& track : drawn.tracks)
                for (const MarkItem* layer : track.layers) {
                    const auto& palette = layer->look().palette;
                    if (palette == style.theme.frequency.steps() || palette == style.theme.prediction.steps())
                        continue;
                    for (const Mark& mark : layer->marks()) {
                        kinds.insert({mark.shape, mark.hollow});
                        colours.insert(palette[mark.colour]);
                        QVERIFY(!mark.hollow || layer->look().ringWidth > 0);
                    }
                }
            QVERIFY2(kinds.size() >= colours.size(), figure.name);
            isAny |= kinds.size() > 1 && kinds.contains({MarkShape::Circle, true});
        }
        QVERIFY(isAny);
    }

    void beforeIsHollow() {
        const auto moves = experimentSpec().moves;
        const BeforeAfterChart chart(*moves, ChartStyle::screen(lightTheme()).value());
        for (const Mark& mark : chart.after().marks())
            QVERIFY(!mark.hollow);
        int hollow = 0;
        for (const QGraphicsItem* item : chart.childItems())
            if (const auto* marks = dynamic_cast<const MarkItem*>(item); marks != nullptr)
                hollow += std::all_of(marks->marks().begin(), marks->marks().end(),
                                      [](const Mark& mark) { return mark.hollow; });
        QCOMPARE(hollow, 1);
    }

    void allelesPointWhereTheScoreGoes() {
        const auto story = inventStory();
        const HaplotypesChart chart(*story, ChartStyle::screen(lightTheme()).value());
        size_t seen = 0;
        for (const Mark& mark : chart.alleles().marks()) {
            const auto [row, at] = HaplotypesChart::sourcesOf(*story)[mark.source];
            const double effect = story->rows[row].alleles[at].effect;
            QCOMPARE(mark.shape, effect > 0   ? MarkShape::Triangle
                                 : effect < 0 ? MarkShape::TriangleDown
                                              : MarkShape::Circle);
            ++seen;
        }
        QVERIFY(seen > 5);
    }

    /// A saturated cell says raised or lowered by a triangle, once there is room for one.
    void cellsPointWhereTheScoreGoes() {
        const Eigen::MatrixXd effects = Eigen::MatrixXd::Zero(1, 4);
        const HeatMapItem item(effects, "A", 1, 2.0, ChartStyle::screen(lightTheme()).value(), nullptr);
        const QSizeF roomy(20, 15);
        QCOMPARE(item.signOf(1.5, roomy).value(), MarkShape::Triangle);
        QCOMPARE(item.signOf(-1.5, roomy).value(), MarkShape::TriangleDown);
        QVERIFY(!item.signOf(0.01, roomy)); // neither, and nearly the colour of nothing
        QVERIFY(!item.signOf(1.5, QSizeF(2, 15)));
    }
    /// The triangle is drawn, and differs from that of the other direction in grey.
    void cellsDifferInGrey_data() { inBothThemes(); }
    void cellsDifferInGrey() {
        QFETCH(bool, dark);
        const ChartStyle style = ChartStyle::screen(themeOf(dark)).value();
        const auto greyOf = [&style](double effect) {
            Eigen::MatrixXd effects = Eigen::MatrixXd::Zero(1, 4);
            effects(0, 1) = effect;
            HeatMapItem item(effects, "A", 1, 1.0, style, nullptr);
            item.setMap({QRectF(0, 0, 20, 80), {0.5, 1.5}, {-0.5, 3.5}});
            QImage image(20, 80, QImage::Format_ARGB32_Premultiplied);
            image.fill(style.theme.card);
            QPainter painter(&image);
            item.paint(&painter, nullptr, nullptr);
            painter.end();
            std::vector<std::pair<int, int>> sign; // whose lightness is not the cell's
            const int ground = qGray(image.pixel(1, 21));
            for (int y = 21; y < 39; ++y)
                for (int x = 1; x < 19; ++x)
                    if (std::abs(qGray(image.pixel(x, y)) - ground) > 40)
                        sign.emplace_back(x, y);
            return sign;
        };
        const auto raised = greyOf(1), lowered = greyOf(-1);
        QVERIFY(raised.size() > 10);
        QVERIFY(lowered.size() > 10);
        QVERIFY(raised != lowered);
    }

    /// A cell or letter that is no prediction yet has another shape, not another colour.
    void whatIsPendingHasAnotherShape() {
        const ChartStyle style = ChartStyle::screen(lightTheme()).value();
        const auto areaOf = [&style](auto& item) {
            item.setMap({QRectF(0, 0, 200, 400), {0.5, 1.5}, {-0.5, 3.5}});
            QImage image(200, 400, QImage::Format_ARGB32_Premultiplied);
            image.fill(style.theme.card);
            QPainter painter(&image);
            item.paint(&painter, nullptr, nullptr);
            painter.end();
            int painted = 0;
            for (int y = 105; y < 195; ++y) // of C
                for (int x = 0; x < 200; ++x)
                    painted += image.pixelColor(x, y) != style.theme.card ? 1 : 0;
            return painted;
        };
        Eigen::MatrixXd effects = Eigen::MatrixXd::Zero(1, 4);
        effects(0, 1) = 1;
        HeatMapItem cells(effects, "A", 1, 1.0, style, nullptr);
        const int whole = areaOf(cells);
        cells.setCoarse(Eigen::Array<bool, 1, 4>(false, true, false, false));
        const int low = areaOf(cells);
        QVERIFY2(low > 0 && low < 0.7 * whole, qPrintable(QStringLiteral("%1 of %2").arg(low).arg(whole)));

        Eigen::MatrixXd heights = Eigen::MatrixXd::Zero(1, 4);
        heights(0, 1) = 3;
        LogoItem letters(heights, 1, style, nullptr);
        const int filled = areaOf(letters);
        letters.setCoarse(Eigen::Array<bool, 1, 1>(true));
        const int hollow = areaOf(letters);
        QVERIFY2(hollow > 0 && hollow < 0.8 * filled,
                 qPrintable(QStringLiteral("%1 of %2").arg(hollow).arg(filled)));
    }

    /// Scales without another sign can be read in grey: lightness goes one way, that of changes two.
    void scalesCanBeReadInGrey_data() { inBothThemes(); }
    void scalesCanBeReadInGrey() {
        QFETCH(bool, dark);
        const Theme theme = themeOf(dark);
        const double sense = dark ? 1 : -1; // away from the ground
        QVERIFY(grows(theme.frequency.steps(), 0, 255, sense));
        QVERIFY(grows(theme.prediction.steps(), 0, 255, 1));
        QVERIFY(grows(linkageScale(theme).steps(), 0, 255, sense));
        QVERIFY(grows(theme.change.steps(), 0, 120, -sense));
        QVERIFY(grows(theme.change.steps(), 135, 255, sense));
    }

    /// What raises has one colour wherever it is drawn.
    void oneColourForEachDirection_data() { inBothThemes(); }
    void oneColourForEachDirection() {
        QFETCH(bool, dark);
        const Theme theme = themeOf(dark);
        const std::vector<Entry> legend = directionLegend(theme);
        QCOMPARE(theme.change.colour(1), legend[0].look.colour);
        QCOMPARE(theme.change.colour(0), legend[1].look.colour);
    }
};

QTEST_MAIN(TestColourAlone)
#include "tst_colour_alone.moc"
