// SPDX-License-Identifier: GPL-3.0-or-later
// Several models of one gene: what others say on the locus' axis, and two of them against each other.
#include "base/atomic_file.h"
#include "charts/ism_eqtl_chart.h"
#include "charts/locus_chart.h"
#include "charts/model_track_chart.h"
#include "charts/observed_predicted_chart.h"
#include "engines/open_model.h"
#include "gene_page_test.h"
#include "layout_check.h"
#include "report_fixture.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"
#include "viewmodels/other_models.h"
#include "views/against_button.h"
#include "views/tracks_button.h"

#include <QMenu>

#include <cmath>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

/// Another model's of the same gene: half the effects, the second turned, the third none, the fourth absent,
/// the fifth of the other allele.
GeneReport otherReport(const GeneReport& report) {
    GeneReport other = report;
    other.model.name = "other";
    other.model.unit = "CAGE";
    other.scoreRounding = 1e-9;
    for (VariantResult& variant : other.variants)
        variant.ism *= 0.5;
    other.variants[1].ism *= -1;
    other.variants[2].ism = 1e-10;
    other.variants[4].effectAllele = other.variants[4].ref;
    other.variants.erase(other.variants.begin() + 3);
    for (PersonResult& person : other.people)
        person.predicted = 10 - 2 * person.predicted;
    std::reverse(other.people.begin(), other.people.end()); // people go by name
    return other;
}

ShownModel shownModel(const GeneReport& other) {
    return {"model:other", QStringLiteral("other"), "/models/other",
            std::make_shared<const GeneReport>(other)};
}

} // namespace

class TestOtherModels : public GenePageTest {
    Q_OBJECT

private:
    static QAction* entry(QMenu* menu, const QString& data) {
        Q_EMIT menu->aboutToShow();
        for (QAction* action : menu->actions())
            if (action->data().toString() == data)
                return action;
        return nullptr;
    }
    QAction* trackEntry(const QString& key) const {
        return entry(m_page->locus().tracksButton().menu(), key);
    }
    const FigureTrack* track(const std::string& key) const {
        for (const FigureTrack& shown : m_page->locus().view().tracks())
            if (shown.key == key)
                return &shown;
        return nullptr;
    }
    const ShownModel* model(const std::string& key) const {
        for (const ShownModel& shown : m_page->locus().models())
            if (shown.key == key)
                return &shown;
        return nullptr;
    }
    bool waitFor(const std::string& key) const {
        return QTest::qWaitFor([&] { return model(key) != nullptr && model(key)->report != nullptr; },
                               patienceMs);
    }

private Q_SLOTS:
    void initTestCase() {
        makeStudyAndNets();
        const auto weightless = sequentialModel(smallLayers(), 2048, "gene");
        writeModel(m_folder / "weightless", weightless);
        const std::filesystem::path study = m_folder / "demo" / "demo.study.json";
        auto json = nlohmann::ordered_json::parse(readWholeFile(study).value());
        json["models"] = {(m_folder / "net").string(), (m_folder / "shorter").string(),
                          (m_folder / "weightless").string()};
        writeText(study, json.dump(2));
    }
    void init() { openPage(); }
    void cleanup() { closePage(); }

    void signsAgreeBeyondRounding() {
        QVERIFY(signAgreement(0.1, 0, 3, 0) == SignAgreement::Same);
        QVERIFY(signAgreement(-0.1, 0, -3, 0) == SignAgreement::Same);
        QVERIFY(signAgreement(0.1, 0, -3, 0) == SignAgreement::Opposite);
        QVERIFY(signAgreement(0, 0, 3, 0) == SignAgreement::NoEffect);
        QVERIFY(signAgreement(1e-7, 1e-6, 3, 0) == SignAgreement::NoEffect);
        QVERIFY(signAgreement(1, 0, -1e-6, 1e-6) == SignAgreement::NoEffect);
        QVERIFY(signAgreement(std::nan(""), 0, 1, 0) == SignAgreement::NoEffect);
    }

    void othersAreThoseOfTheStudyThatAreNotOpen() {
        const auto keys = [](const std::vector<ShownModel>& models) {
            QStringList all;
            for (const ShownModel& model : models)
                all << QString::fromStdString(model.key);
            return all.join(QLatin1Char(' '));
        };
        const std::vector<std::filesystem::path> study{"/a/net", "/b/net", "/c/xpresso"};
        QCOMPARE(keys(otherModelsOf(study, "/a/net")), QStringLiteral("model:net (2) model:xpresso"));
        QCOMPARE(keys(otherModelsOf(study, "/b/net")), QStringLiteral("model:net model:xpresso"));
        QCOMPARE(otherModelsOf(study, "/d/mine").size(), size_t{3});
        QCOMPARE(otherModelsOf(study, "/d/mine")[1].title, QStringLiteral("net (2)"));
        QCOMPARE(otherModelsOf(study, "/a/net")[0].model, std::string("/b/net"));
    }

    void theTrackHoldsWhatBothModelsTellOf() {
        GeneReport report = inventReport({.people = 30, .snvs = 8, .drivers = 0});
        for (VariantResult& variant : report.variants)
            variant.ism = 0.25;
        report.variants[7].ism = std::nan(""); // not there yet
        const GeneReport other = otherReport(report);
        const ModelTrack shown = modelTrack(report, shownModel(other));
        QCOMPARE(shown.snvs.size(), size_t{5}); // neither the 4th, 5th nor the last
        QVERIFY(shown.note.isEmpty());
        QCOMPARE(shown.yTitle, QStringLiteral("other, ISM effect, CAGE"));
        const SignAgreement expected[] = {SignAgreement::Same, SignAgreement::Opposite,
                                          SignAgreement::NoEffect, SignAgreement::Same, SignAgreement::Same};
        const size_t variants[] = {0, 1, 2, 5, 6};
        for (size_t i = 0; i < 5; ++i) {
            QVERIFY(shown.snvs[i].agreement == expected[i]);
            QCOMPARE(shown.snvs[i].variant, variants[i]);
            QCOMPARE(shown.snvs[i].position, static_cast<double>(report.variants[variants[i]].position + 1));
        }
        QCOMPARE(shown.snvs[1].effect, -0.125);
        QCOMPARE(shown.count(SignAgreement::Same), int64_t{3});
        QVERIFY(modelsToolTip(report, 1, {shownModel(other)}).contains(QStringLiteral("opposite sign")));
        QVERIFY(modelsToolTip(report, 3, {shownModel(other)}).isEmpty());
        ShownModel odd = shownModel(other);
        odd.title = QStringLiteral("<b>x");
        QVERIFY(modelsToolTip(report, 0, {odd}).contains(QStringLiteral("&lt;b&gt;x")));
        odd.report = nullptr;
        odd.note = QStringLiteral("no weights");
        QCOMPARE(modelTrack(report, odd).note, odd.note);
        QVERIFY(modelsToolTip(report, 0, {odd}).isEmpty());
    }

    void agreementHasShapeAndColour() {
        const GeneReport report = inventReport({.people = 30, .snvs = 40, .drivers = 0});
        const ChartStyle style = ChartStyle::screen(lightTheme()).value();
        LocusTracks locus = locusTracks(report, {}, nullptr);
        locus.models = {modelTrack(report, shownModel(otherReport(report)))};
        const ModelTrackChart chart(locus, locus.models[0], style);
        QCOMPARE(chart.snvs().marks().size(), locus.models[0].snvs.size());
        for (const Mark& mark : chart.snvs().marks()) {
            const SignAgreement agreement = locus.models[0].snvs[mark.source].agreement;
            const MarkLook& look = ModelTrackChart::lookOf(agreement, style.theme);
            QCOMPARE(mark.shape, look.shape);
            QCOMPARE(chart.snvs().look().palette[mark.colour], look.colour.rgb());
            QCOMPARE(mark.hollow, agreement == SignAgreement::NoEffect);
        }
        using Agreement = SignAgreement;
        for (const auto& [a, b] : {std::pair(Agreement::Same, Agreement::Opposite),
                                   std::pair(Agreement::Same, Agreement::NoEffect),
                                   std::pair(Agreement::Opposite, Agreement::NoEffect)}) {
            QVERIFY(ModelTrackChart::lookOf(a, style.theme).shape !=
                    ModelTrackChart::lookOf(b, style.theme).shape);
            QVERIFY(ModelTrackChart::lookOf(a, style.theme).colour !=
                    ModelTrackChart::lookOf(b, style.theme).colour);
        }
        QVERIFY(chart.legendRoom(800) > 0);
    }

    /// One with data, one whose words say why it has none.
    void modelsStandAboveEachOther_data() {
        QTest::addColumn<QSizeF>("size");
        QTest::addColumn<bool>("paper");
        QTest::newRow("a small window") << QSizeF(640, 420) << false;
        QTest::newRow("a large window") << QSizeF(1100, 620) << false;
        QTest::newRow("paper") << QSizeF(493, 420) << true;
    }
    void modelsStandAboveEachOther() {
        QFETCH(QSizeF, size);
        QFETCH(bool, paper);
        GeneReport report = inventReport();
        inventStatistics(report);
        ShownModel weightless{"model:weightless", QStringLiteral("weightless"), "/models/weightless"};
        weightless.note = QStringLiteral("The model's weights are not there, and nobody has said so in many "
                                         "words that need several lines in a low track, as this one does.");
        const std::vector<ShownModel> models{shownModel(otherReport(report)), weightless};
        LocusTracks locus = locusTracks(report, {}, nullptr);
        locus.tracks = tracksIn(report, models);
        locus.layout.places = {{"model:other"}, {"model:weightless"}};
        for (const ShownModel& model : models)
            locus.models.push_back(modelTrack(report, model));
        const ChartStyle style =
            paper ? ChartStyle::paper().value() : ChartStyle::screen(darkTheme()).value();
        QGraphicsScene scene;
        auto* chart = new LocusChart(locus, style, paper ? Medium::Paper : Medium::Screen);
        scene.addItem(chart);
        chart->setGeometry(QRectF(QPointF(), size));
        QCoreApplication::sendPostedEvents();
        QCOMPARE(chart->tracks().size(), size_t{5});
        QCOMPARE(chart->tracks()[1]->place().key, std::string("model:other")); // behind the model's own
        const auto* other = dynamic_cast<const ModelTrackChart*>(chart->tracks()[1]);
        const auto* none = dynamic_cast<const ModelTrackChart*>(chart->tracks()[2]);
        QVERIFY(other != nullptr && other->note().isEmpty());
        QVERIFY(none != nullptr && none->note() == weightless.note);
        std::vector<QRectF> plots;
        for (const TrackChart* shown : chart->tracks()) {
            plots.push_back(shown->mapRectToScene(shown->plotArea()));
            QCOMPARE(plots.back().left(), plots.front().left());
            QCOMPARE(plots.back().right(), plots.front().right());
        }
        const QString fault = faultOfLayout(scene, size, plots);
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

    /// Exact: the other's predictions are 10 - 2 times the model's, whatever the order of people.
    void predictionsOfTwoModels() {
        GeneReport report = inventReport({.people = 40, .snvs = 20, .drivers = 2});
        report.people[3].predicted = std::nan("");
        const GeneReport other = otherReport(report);
        const ObservedPredicted shown = predictedByTwo(report, other);
        QCOMPARE(shown.people.size(), size_t{39});
        for (const auto& person : shown.people) {
            QCOMPARE(person.y, report.people[person.person].predicted);
            QVERIFY(std::abs(person.x - (10 - 2 * person.y)) < 1e-12);
        }
        QCOMPARE(shown.summary, QStringLiteral("r = −1.00 between them, n = 39"));
        QVERIFY(std::abs(shown.fit->slope + 0.5) < 1e-9);
        QVERIFY(shown.split && shown.split->xSlope && shown.split->ySlope);
        QVERIFY(std::abs(*shown.split->xSlope + 2 * *shown.split->ySlope) < 1e-9);
        QCOMPARE(shown.xName, QStringLiteral("other"));
        QVERIFY(shown.xTitle.endsWith(QStringLiteral("CAGE")));
        GeneReport constant = other; // up to rounding
        constant.resolution = SingleScores;
        for (size_t i = 0; i < constant.people.size(); ++i)
            constant.people[i].predicted = 5 + 1e-9 * static_cast<double>(i % 7);
        const ObservedPredicted flat = predictedByTwo(report, constant);
        QVERIFY2(flat.summary.startsWith(QStringLiteral("r = – ")), qPrintable(flat.summary));
        QVERIFY(!flat.fit);
    }

    void effectsOfTwoModels() {
        GeneReport report = inventReport({.people = 30, .snvs = 12, .drivers = 1});
        for (size_t v = 0; v < report.variants.size(); ++v)
            report.variants[v].ism = v % 2 == 0 ? 0.5 : -0.25;
        const GeneReport other = otherReport(report);
        const IsmVersusEqtl shown = effectsOfTwo(report, other);
        QCOMPARE(shown.snvs.size(), size_t{10});
        QCOMPARE(shown.snvs[0].x, 0.25);
        QCOMPARE(shown.snvs[0].y, 0.5);
        QCOMPARE(shown.snvs[1].x, 0.125);
        QVERIFY2(shown.summary.contains(QStringLiteral("same sign 8")) &&
                     shown.summary.contains(QStringLiteral("opposite sign 1")) &&
                     shown.summary.contains(QStringLiteral("one has no effect 1")),
                 qPrintable(shown.summary));
        QCOMPARE(shown.agree, QStringLiteral("same sign"));
        GeneReport blind = other;
        for (VariantResult& variant : blind.variants)
            variant.ism = 0;
        QVERIFY(effectsOfTwo(report, blind).summary.startsWith(QStringLiteral("r = – ")));
    }

    /// Switched on in the menu, analysed as the open model is; what one cannot is told of that one alone.
    void othersAreSwitchedOn() {
        QVERIFY(showGene(0));
        QSignalSpy failed(m_page.get(), &GenePage::failed);
        QVERIFY(track("model:shorter") == nullptr);
        QAction* shorter = trackEntry(QStringLiteral("model:shorter"));
        QVERIFY(shorter != nullptr && !shorter->isChecked());
        QVERIFY(trackEntry(QStringLiteral("model:net")) == nullptr); // it is the open one
        trackEntry(QStringLiteral("model:shorter"))->trigger();
        QVERIFY(track("model:shorter") != nullptr);
        QVERIFY(waitFor("model:shorter"));
        trackEntry(QStringLiteral("model:weightless"))->trigger();
        QVERIFY(track("model:weightless") != nullptr);
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, patienceMs);
        QVERIFY(model("model:weightless")->note.contains(QStringLiteral("weights")));
        QVERIFY(model("model:weightless")->report == nullptr);
        QVERIFY(model("model:shorter")->report != nullptr);
        QCOMPARE(m_page->state(), GenePage::State::Shown);

        // As the program analyses a gene under a model.
        const auto predictor = openModel((m_folder / "shorter").string());
        DS_VERIFY(predictor);
        Workspace workspace(*m_session->workspace());
        workspace.predictor = *predictor;
        workspace.options.score = defaultScore((*predictor)->info());
        const auto expected = workspace.analyze(m_session->study()->genes()[0], false, {});
        DS_VERIFY(expected);
        const GeneReport& other = *model("model:shorter")->report;
        QCOMPARE(other.variants.size(), expected->report->variants.size());
        QVERIFY(!other.variants.empty() && other.variants.size() < report().variants.size());
        for (size_t v = 0; v < other.variants.size(); ++v)
            QCOMPARE(other.variants[v].ism, expected->report->variants[v].ism);
        QCOMPARE(expected->report->scoresComputed, int64_t{0}); // they were kept
        QCOMPARE(track("model:shorter")->datum.size(),
                 modelTrack(report(), *model("model:shorter")).snvs.size());

        QVERIFY(showGene(1));
        QTRY_VERIFY_WITH_TIMEOUT(model("model:shorter")->report &&
                                     model("model:shorter")->report->gene.id == report().gene.id,
                                 patienceMs);
        trackEntry(QStringLiteral("model:shorter"))->trigger(); // off
        QVERIFY(track("model:shorter") == nullptr);
        QVERIFY(model("model:shorter")->report == nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(!m_jobs->isBusy(), patienceMs);
    }

    /// From the head of one panel for both: axes, numbers, words below; back again.
    void theModelIsHeldAgainstAnother() {
        QVERIFY(showGene(0));
        QSignalSpy chosen(m_page.get(), &GenePage::againstChosen);
        AgainstButton& button = m_page->scatter().againstButton();
        QVERIFY(button.isVisible());
        QCOMPARE(button.text(), QStringLiteral("observed"));
        const QString slopes = m_page->scatter().slopes();
        entry(button.menu(), path("shorter"))->trigger();
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.front().front().toString(), path("shorter"));
        QVERIFY(m_page->effects().againstButton().other()->model == path("shorter").toStdString());
        QTRY_VERIFY_WITH_TIMEOUT(button.other()->report != nullptr, patienceMs);
        const GeneReport& other = *button.other()->report;
        QVERIFY(m_page->scatter().view().hasFigure() && m_page->effects().view().hasFigure());
        const FigureTrack& people = m_page->scatter().view().tracks().front();
        QCOMPARE(people.datum.size(), report().people.size());
        for (const Mark& mark : people.layers.front()->marks()) {
            const size_t person = people.datum[mark.source];
            QCOMPARE(mark.y, report().people[person].predicted);
            QCOMPARE(mark.x, other.people[*other.findPerson(report().people[person].sample)].predicted);
        }
        QVERIFY(m_page->scatter().summary().contains(QStringLiteral("between them")));
        QVERIFY(m_page->effects().summary().contains(QStringLiteral("sign")));
        const FigureTrack& snvs = m_page->effects().view().tracks().front();
        for (const Mark& mark : snvs.layers.front()->marks()) {
            const VariantResult& variant = report().variants[snvs.datum[mark.source]];
            QCOMPARE(mark.y, variant.ism);
            QCOMPARE(mark.x, other.variants[*other.find(variant)].ism);
        }
        // A click selects as it does otherwise.
        QTest::qWait(20);
        QTest::mouseClick(m_page->scatter().view().viewport(), Qt::LeftButton, {},
                          placeOf(m_page->scatter().view(), 0, people.datum[2]));
        QVERIFY(m_selection->person().has_value());

        m_page->setAgainst(path("weightless").toStdString());
        QTRY_VERIFY_WITH_TIMEOUT(!button.other()->note.isEmpty() && !m_jobs->isBusy(), patienceMs);
        QVERIFY(!m_page->scatter().view().hasFigure() && !m_page->effects().view().hasFigure());
        QVERIFY(m_page->locus().view().hasFigure());
        m_page->setAgainst({});
        QVERIFY(m_page->scatter().view().hasFigure() && m_page->effects().view().hasFigure());
        QCOMPARE(m_page->scatter().slopes(), slopes);
        QCOMPARE(m_page->scatter().view().tracks().front().layers.front()->marks().size(),
                 report().people.size());
    }

    /// Of the model that is open there is no other one.
    void theOtherBecomesTheOpenOne() {
        QVERIFY(showGene(0));
        m_page->setAgainst(path("shorter").toStdString());
        QTRY_VERIFY_WITH_TIMEOUT(m_page->scatter().againstButton().other()->report != nullptr, patienceMs);
        m_session->chooseModel(path("shorter"));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->shown().report() && m_session->shown().report()->complete &&
                                     m_session->shown().report()->window.length() == 1024,
                                 patienceMs);
        QVERIFY(!m_page->scatter().againstButton().other());
        QVERIFY(m_page->scatter().view().hasFigure());
        QVERIFY(m_page->scatter().summary().startsWith(QStringLiteral("r = ")));
        m_session->closeStudy();
        QVERIFY(m_page->locus().models().empty());
    }
};

QTEST_MAIN(TestOtherModels)
#include "tst_other_models.moc"
