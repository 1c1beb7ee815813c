// SPDX-License-Identifier: GPL-3.0-or-later
// Every figure that is registered, made from invented data.
#include "every_figure.h"
#include "layout_check.h"
#include "saved_figure.h"
#include "viewmodels/number_text.h"

#include "support.h"

#include <QAbstractAxis>
#include <QXmlStreamReader>

#include <set>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

Result<QByteArray> svgOf(const FigureEntry& figure, const FigureSpec& spec) {
    ReadyFigure ready = figure.make(spec);
    FigureDesign design = designOf(ready.design);
    DS_ASSIGN(const DrawnFigure drawn,
              drawDesign({std::move(design), {{&figure, std::move(ready)}}, {}}, FigureFormat::Svg));
    return drawn.bytes();
}

} // namespace

class TestFigureRegistry : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { DS_VERIFY(chartFontFamily()); }

    void namesAreUnique() {
        std::set<std::string> names;
        for (const FigureEntry* figure : allFigures()) {
            const std::string name = figure->name;
            QVERIFY(!name.empty() && name.find_first_of(" ./") == std::string::npos);
            QVERIFY2(names.insert(name).second, figure->name);
        }
    }

    /// The lists are in the order of what names their entries.
    void entriesAreFound() {
        QCOMPARE(geneFigures().size(), static_cast<size_t>(GeneFigure::Copies) + 1);
        QCOMPARE(registered(GeneFigure::ObservedPredicted).name, "observed-predicted");
        QCOMPARE(registered(GeneFigure::Ism).name, "ism");
        QCOMPARE(registered(GeneFigure::IsmEqtl).name, "ism-eqtl");
        QCOMPARE(registered(GeneFigure::Locus).name, "locus");
        QCOMPARE(registered(GeneFigure::Eqtl).name, "eqtl");
        QCOMPARE(registered(GeneFigure::Carriers).name, "carriers");
        QCOMPARE(registered(GeneFigure::CarriersOfTwo).name, "carriers-pair");
        QCOMPARE(registered(GeneFigure::PredictionsOfTwo).name, "models-people");
        QCOMPARE(registered(GeneFigure::EffectsOfTwo).name, "models-snvs");
        QCOMPARE(registered(GeneFigure::Additivity).name, "additivity");
        QCOMPARE(personFigures().size(), static_cast<size_t>(PersonFigure::Waterfall) + 1);
        QCOMPARE(registered(PersonFigure::Haplotypes).name, "haplotypes");
        QCOMPARE(registered(PersonFigure::Waterfall).name, "waterfall");
        QCOMPARE(genomeFigures().size(), static_cast<size_t>(GenomeFigure::ModelModel) + 1);
        QCOMPARE(experimentFigures().size(), static_cast<size_t>(ExperimentFigure::Saturation) + 1);
        QCOMPARE(registered(ExperimentFigure::BeforeAfter).name, "before-after");
        QCOMPARE(registered(ExperimentFigure::Saturation).name, "saturation");
        for (size_t i = 0; i < genomeFigures().size(); ++i)
            QCOMPARE(genomeFigures()[i].title, titleOf(static_cast<GenomeFigure>(i)));
    }

    void everyFigureIsSaved_data() { eachFigure(); }
    void everyFigureIsSaved() {
        QFETCH(const FigureEntry*, figure);
        const TemporaryFolder folder;
        const FigureSpec spec = specOf(figure->kind);
        const ReadyFigure ready = figure->make(spec);
        QVERIFY2(ready.empty.isEmpty(), qPrintable(ready.empty));
        QVERIFY(!ready.summary.isEmpty());
        QVERIFY(ready.info.title.endsWith(QString::fromUtf8(figure->title)));
        QVERIFY(!ready.info.provenance.empty());
        const Figure drawn = ready.draw(ChartStyle::paper().value(), Medium::Paper);
        QVERIFY(!drawn.tracks.empty());
        const std::filesystem::path file = folder / (std::string(figure->name) + ".svg");
        DS_VERIFY(saveFigure(*drawn.widget, figure->size, ready.info, file));
        QFile written(QString::fromStdString(file.string()));
        QVERIFY(written.open(QIODevice::ReadOnly));
        QXmlStreamReader xml(&written);
        QString title;
        while (!xml.atEnd())
            if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == QStringLiteral("title"))
                title = xml.readElementText();
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QCOMPARE(title, ready.info.title);
    }

    void nothingOverlaps_data() {
        eachFigure();
        QTest::newRow("locus with all tracks") << &registered(GeneFigure::Locus);
        QTest::newRow("locus with references") << &registered(GeneFigure::Locus);
        QTest::newRow("eqtl with references") << &registered(GeneFigure::Eqtl);
    }
    void nothingOverlaps() {
        QFETCH(const FigureEntry*, figure);
        FigureSpec spec = specOf(figure->kind);
        if (std::string(QTest::currentDataTag()).ends_with("tracks"))
            DS_VERIFY(
                arrange(std::get<GeneFigureSpec>(spec), LocusLayout{.places = {{"genotypes"}, {"ld"}}}));
        if (std::string(QTest::currentDataTag()).ends_with("references")) {
            auto& of = std::get<GeneFigureSpec>(spec);
            Linkages linkages;
            for (const size_t v : {5, 60, 120, 200, 250, 299})
                linkages.push_back(linkageWith(*of.report, v));
            of.linkages = std::make_shared<const Linkages>(std::move(linkages));
            of.given = inventGiven(*of.report, 30);
        }
        const ReadyFigure ready = figure->make(spec);
        for (const FigureSize& size : {ready.sized(figure->size), ready.sized(figure->offered)}) {
            const Figure drawn = ready.draw(ChartStyle::paper().value(), Medium::Paper);
            QGraphicsScene scene;
            scene.addItem(drawn.widget.get());
            const QSizeF points = QSizeF(size.widthMm, size.heightMm) * 72 / 25.4;
            drawn.widget->setGeometry(QRectF(QPointF(), points));
            QCoreApplication::sendPostedEvents();
            std::vector<QRectF> plots;
            for (const FigureTrack& track : drawn.tracks)
                plots.push_back(track.chart->mapRectToScene(track.chart->plotArea()));
            constexpr double leastPt = 5; // that journals print
            for (const FigureTrack& track : drawn.tracks)
                for (const QAbstractAxis* axis : track.chart->axes(Qt::Horizontal)) {
                    const QFont font = axis->titleFont();
                    QVERIFY2(axis->titleText().isEmpty() ||
                                 std::max<double>(font.pixelSize(), font.pointSizeF()) >= leastPt,
                             qPrintable(axis->titleText()));
                }
            const QString fault = faultOfLayout(scene, points, plots);
            scene.removeItem(drawn.widget.get());
            QVERIFY2(fault.isEmpty(), qPrintable(fault));
        }
    }

    /// As plots of a column are, whatever room their numbers take, and after a zoom too.
    void titlesOfAColumnAreInLine_data() {
        QTest::addColumn<const FigureEntry*>("figure");
        for (const FigureEntry* figure :
             {&registered(GeneFigure::Locus), &registered(ExperimentFigure::Saturation)})
            QTest::newRow(figure->name) << figure;
    }
    void titlesOfAColumnAreInLine() {
        QFETCH(const FigureEntry*, figure);
        const ReadyFigure ready = figure->make(specOf(figure->kind));
        for (const Medium medium : {Medium::Paper, Medium::Screen}) {
            const ChartStyle style = medium == Medium::Paper ? ChartStyle::paper().value()
                                                             : ChartStyle::screen(darkTheme()).value();
            const Figure drawn = ready.draw(style, medium);
            QGraphicsScene scene;
            scene.addItem(drawn.widget.get());
            drawn.widget->setGeometry(QRectF(0, 0, 500, 420));
            QCoreApplication::sendPostedEvents();
            const auto titles = [&] {
                std::vector<QRectF> places;
                for (const FigureTrack& track : drawn.tracks)
                    for (const QGraphicsItem* item : track.chart->childItems())
                        if (const auto* text = dynamic_cast<const QGraphicsTextItem*>(item);
                            text != nullptr && text->rotation() != 0 && !text->toPlainText().isEmpty())
                            places.push_back(text->mapRectToScene(text->boundingRect()));
                return places;
            };
            for (const bool zoomed : {false, true}) {
                if (zoomed)
                    drawn.tracks[0].chart->setRanges(drawn.tracks[0].chart->xRange(), {-0.00012, 0.00011});
                QCoreApplication::sendPostedEvents();
                const std::vector<QRectF> places = titles();
                QCOMPARE(places.size(), drawn.tracks.size());
                for (const QRectF& place : places) {
                    QVERIFY(std::abs(place.left() - places.front().left()) < 0.01);
                    QVERIFY(place.left() >= 0 && place.right() < drawn.tracks[0].chart->plotArea().left());
                }
            }
            scene.removeItem(drawn.widget.get());
        }
    }

    /// No text is smaller than journals print, 5 pt, or than the type that was asked for, in low figures too.
    /// Sub- and superscripts are: rules are about what they stand beside.
    void lettersCanBePrinted_data() { eachFigure(); }
    void lettersCanBePrinted() {
        QFETCH(const FigureEntry*, figure);
        FigureSpec spec = specOf(figure->kind);
        if (auto* of = std::get_if<GeneFigureSpec>(&spec)) {
            GeneReport report = *of->report;
            report.model.unit = "log₂ expression";
            of->report = std::make_shared<const GeneReport>(std::move(report));
        }
        for (const double pt : {7.0, 5.5, 4.0})
            for (const auto& [width, height] :
                 {std::pair(0.0, 0.0), std::pair(85.0, 60.0), std::pair(183.0, 40.0)}) {
                ReadyFigure ready = figure->make(spec);
                FigureDesign design = designOf(ready.design);
                design.fontPt = pt;
                if (width > 0) {
                    design.widthMm = width;
                    design.heightMm = height;
                }
                const auto drawn =
                    drawDesign({std::move(design), {{figure, std::move(ready)}}, {}}, FigureFormat::Svg);
                DS_VERIFY(drawn);
                const auto svg = drawn->bytes();
                DS_VERIFY(svg);
                QXmlStreamReader xml(*svg);
                int texts = 0;
                while (!xml.atEnd()) {
                    if (xml.readNext() != QXmlStreamReader::StartElement ||
                        xml.name() != QStringLiteral("text"))
                        continue;
                    const double size = xml.attributes().value(QStringLiteral("font-size")).toDouble();
                    const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements);
                    QVERIFY2(size >= std::min(pt, 5.0) - 0.01,
                             qPrintable(QStringLiteral("%1 pt in %2 x %3 mm: %4")
                                            .arg(size)
                                            .arg(width)
                                            .arg(height)
                                            .arg(text)));
                    ++texts;
                }
                QVERIFY(texts > 4);
            }
    }

    /// Positions of eight digits, under a plot that leaves no room for two of them.
    void longPositionsAreApart() {
        const FigureSize narrow{.widthMm = 60, .heightMm = 110};
        const QSizeF points = QSizeF(narrow.widthMm, narrow.heightMm) * 72 / 25.4;
        const ReadyFigure ready = registered(ExperimentFigure::Saturation).make(experimentSpec());
        const Figure drawn = ready.draw(ChartStyle::paper().value(), Medium::Paper);
        QGraphicsScene scene;
        scene.addItem(drawn.widget.get());
        drawn.widget->setGeometry(QRectF(QPointF(), points));
        QCoreApplication::sendPostedEvents();
        std::vector<QRectF> positions;
        for (const QGraphicsItem* item : scene.items())
            if (const auto* text = dynamic_cast<const QGraphicsTextItem*>(item);
                text != nullptr && text->isVisible() && text->toPlainText().startsWith(u"19,930,"))
                positions.push_back(inkOf(*text));
        scene.removeItem(drawn.widget.get());
        QVERIFY(!positions.empty());
        for (size_t i = 0; i < positions.size(); ++i)
            for (size_t j = 0; j < i; ++j)
                QVERIFY(!positions[i].intersects(positions[j]));
    }

    /// What an entry says that it can be asked for, and nothing else, makes another picture.
    void choicesAreThoseThatCount_data() { eachFigure(); }
    void choicesAreThoseThatCount() {
        QFETCH(const FigureEntry*, figure);
        const FigureSpec plain = specOf(figure->kind);
        const Result<QByteArray> before = svgOf(*figure, plain);
        DS_VERIFY(before);
        const auto changes = [&](const FigureSpec& spec) {
            const Result<QByteArray> after = svgOf(*figure, spec);
            return after && *after != *before;
        };
        QVERIFY(!changes(plain));
        if (const auto* of = std::get_if<GeneFigureSpec>(&plain)) {
            GeneFigureSpec other = *of;
            other.variant = of->report->drivers[1].variant;
            QCOMPARE(changes(other), figure->choices.variant);
            other = *of;
            other.second = of->report->drivers[2].variant;
            QCOMPARE(changes(other), figure->choices.second);
            other = *of;
            other.attribution = Attribution::Gradient;
            QCOMPARE(changes(other), figure->choices.attribution);
            other = *of;
            const auto start = static_cast<double>(of->report->window.start);
            other.seen = AxisRange{start + 1000.5, start + 1500.5};
            QCOMPARE(changes(other), figure->choices.region);
            other = *of;
            other.colour = SnvColour::CarrierFraction;
            QCOMPARE(changes(other), figure->choices.colour);
            other = *of;
            other.otherModel = "second";
            QCOMPARE(changes(other), figure->choices.otherModel);
            other = *of;
            other.linkages = std::make_shared<const Linkages>(
                Linkages{linkageWith(*of->report, 5), linkageWith(*of->report, 200)});
            QCOMPARE(changes(other), figure->choices.references);
            other = *of;
            other.given = inventGiven(*of->report, 5);
            QCOMPARE(changes(other), figure->choices.references);
            other = *of;
            DS_VERIFY(arrange(other, LocusLayout{.places = {{"genotypes"}, {"ld"}, {"pip", 1, false}}}));
            QVERIFY(other.haplotypes && other.triangle);
            QCOMPARE(changes(other), figure->choices.layout);
        } else if (const auto* ofGenome = std::get_if<GenomeFigureSpec>(&plain)) {
            GenomeFigureSpec other = *ofGenome;
            other.options.otherModel = "Third";
            QCOMPARE(changes(other), figure->choices.otherModel);
        }
    }

    void nothingToShowIsSaid() {
        GeneFigureSpec spec = geneSpec();
        GeneReport report = *spec.report;
        for (VariantResult& variant : report.variants)
            variant.eqtl = {};
        report.imported.clear();
        spec.report = std::make_shared<const GeneReport>(std::move(report));
        QVERIFY(!registered(GeneFigure::IsmEqtl).make(spec).empty.isEmpty());
        QVERIFY(!registered(GeneFigure::Eqtl).make(spec).empty.isEmpty());
        QVERIFY(registered(GeneFigure::Ism).make(spec).empty.isEmpty());
        report = *spec.report;
        report.drivers.resize(1);
        spec.report = std::make_shared<const GeneReport>(report);
        QVERIFY(registered(GeneFigure::Carriers).make(spec).empty.isEmpty());
        QVERIFY(!registered(GeneFigure::CarriersOfTwo).make(spec).empty.isEmpty());
        spec.second = report.drivers[0].variant == 0 ? 1 : 0; // whatever it is
        QVERIFY(registered(GeneFigure::CarriersOfTwo).make(spec).empty.isEmpty());
        report.drivers.clear();
        spec.report = std::make_shared<const GeneReport>(report);
        spec.second.reset();
        QVERIFY(!registered(GeneFigure::Carriers).make(spec).empty.isEmpty());
        for (const GeneFigure figure : {GeneFigure::PredictionsOfTwo, GeneFigure::EffectsOfTwo}) {
            QVERIFY(registered(figure).make(geneSpec()).empty.isEmpty());
            GeneFigureSpec lone = geneSpec();
            lone.otherModel = "third";
            QVERIFY(!registered(figure).make(lone).empty.isEmpty());
            lone.models = {{"model:x", QStringLiteral("x"), "x", nullptr, QStringLiteral("no weights")}};
            lone.otherModel.clear();
            QCOMPARE(registered(figure).make(lone).empty, QStringLiteral("x: no weights"));
        }
        report.linearR.reset();
        spec.report = std::make_shared<const GeneReport>(report);
        QVERIFY(!registered(GeneFigure::Additivity).make(spec).empty.isEmpty());
        PersonFigureSpec nothing{std::make_shared<const PersonStory>()};
        QVERIFY(!registered(PersonFigure::Haplotypes).make(nothing).empty.isEmpty());
        QVERIFY(!registered(PersonFigure::Waterfall).make(nothing).empty.isEmpty());
        for (const FigureEntry& figure : experimentFigures())
            QVERIFY(!figure.make(ExperimentFigureSpec{}).empty.isEmpty());
    }

    /// Whose effects are drawn is told in the file.
    void provenanceNamesTheOtherModel() {
        GeneFigureSpec spec = geneSpec();
        GeneReport other = *spec.models[0].report;
        other.provenance.emplace_back("model_checksum", "abc");
        spec.models[0].report = std::make_shared<const GeneReport>(other);
        const auto tells = [](const ReadyFigure& ready) {
            const auto& lines = ready.info.provenance;
            return std::count(lines.begin(), lines.end(),
                              std::pair<std::string, std::string>("other_model_checksum", "abc"));
        };
        QCOMPARE(tells(registered(GeneFigure::EffectsOfTwo).make(spec)), 1);
        QCOMPARE(tells(registered(GeneFigure::Locus).make(spec)), 0);
        spec.layout.places = {{"model:first"}};
        QCOMPARE(tells(registered(GeneFigure::Locus).make(spec)), 1);
        QCOMPARE(tells(registered(GeneFigure::IsmEqtl).make(spec)), 0);
    }

    /// What stands above the track in the locus is its own where it stands alone: TSS and legend.
    void anEqtlTrackAloneSaysWhatItShows() {
        const GeneFigureSpec spec = geneSpec();
        const FigureEntry& figure = registered(GeneFigure::Eqtl);
        const VariantResult& lead = spec.report->variants[*spec.report->lead];
        const QString summary = figure.make(spec).summary;
        QVERIFY2(
            summary.endsWith(QStringLiteral(" · lead %1, %2").arg(variantText(lead), pText(lead.eqtl.p))),
            qPrintable(summary));
        const Result<QByteArray> svg = svgOf(figure, spec);
        DS_VERIFY(svg);
        for (const char* word : {"TSS", "Drivers", "unsupported", "imported"})
            QVERIFY2(svg->contains(word), word);
    }

    /// Raw letters are effects, centred ones those less their mean; a cell says what it is.
    void aSaturationIsShownAsItIs() {
        const auto raw = experimentSpec().saturation;
        const auto centred = experimentSpec(true).saturation;
        QVERIFY(raw->rows[0].letters == raw->rows[0].effects);
        for (Eigen::Index i = 0; i < 41; ++i) {
            QVERIFY(std::abs(centred->rows[0].letters.row(i).sum()) < 1e-12);
            const double own = centred->rows[0].letters(i, i % 4);
            QVERIFY(std::abs(own + raw->rows[0].effects.row(i).sum() / 4) < 1e-12);
        }
        QVERIFY(raw->title.contains(QStringLiteral("raw")) &&
                centred->title.contains(QStringLiteral("centred")));
        // 3 x 41 and 3 x 40, two places of which have no prediction yet.
        QVERIFY(raw->summary.startsWith(QStringLiteral("243 mutants, 6 of them by gradient")));
        QVERIFY(raw->title.endsWith(QStringLiteral("gradient, exact pending")));
        QCOMPARE(raw->coarse, int64_t{6});
        QVERIFY(raw->rows[1].isCoarse(38, 1) && !raw->rows[1].isCoarse(37, 1) &&
                !raw->rows[0].isCoarse(38, 1));
        QVERIFY(raw->cellText(4 * 41 + 4 * 38 + 1).endsWith(QStringLiteral("(gradient, exact pending)")));
        QVERIFY(!raw->cellText(4 * 41 + 4 * 37).contains(QStringLiteral("gradient")));
        QCOMPARE(raw->cellText(0), QStringLiteral("22:19,930,254 A"));
        QVERIFY(raw->cellText(4 * 41 + 6).startsWith(QStringLiteral("22:19,930,255 C>G ")));
        QVERIFY(raw->cellText(4 * 41 + 4 * 40 + 1).endsWith(QStringLiteral("–")));
        QVERIFY(raw->cellText(8 * 41).isEmpty());
    }

    void provenanceNamesNullAndFocus() {
        GenomeFigureSpec spec = genomeSpec();
        const auto told = [&spec](const std::string& key) {
            for (const auto& [name, value] : registered(GenomeFigure::NullR).make(spec).info.provenance)
                if (name == key)
                    return value;
            return std::string();
        };
        QCOMPARE(told("null"), std::string("published"));
        QCOMPARE(told("genes in focus"), std::string());
        spec.condition = QStringLiteral("r > 0");
        QCOMPARE(told("genes in focus"), std::string("r > 0"));
    }
};

QTEST_MAIN(TestFigureRegistry)
#include "tst_figure_registry.moc"
