// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lab/simulate/simulate_study.h"
#include "model/model_folder.h"
#include "support.h"
#include "views/effects_panel.h"
#include "views/gene_header.h"
#include "views/gene_page.h"
#include "views/locus_panel.h"
#include "views/scatter_panel.h"
#include "views/snv_inspector.h"

#include <QSignalSpy>

#include <algorithm>

namespace diploscope::test {

/// Where a datum's mark stands in the view.
inline QPoint placeOf(const ui::ChartView& view, size_t track, size_t datum) {
    const ui::FigureTrack& shown = view.tracks()[track];
    const auto at = std::find(shown.datum.begin(), shown.datum.end(), datum) - shown.datum.begin();
    const auto hit = findMark(shown.layers, shown.chart->map(), static_cast<uint32_t>(at));
    return hit ? shown.chart->mapToScene(hit->at).toPoint() : QPoint();
}

/// The gene page on a simulated study and a small random network, through the real Session.
class GenePageTest : public QObject {
protected:
    static constexpr int patienceMs = 60'000;

    TemporaryFolder m_folder;
    std::unique_ptr<ui::JobRunner> m_jobs;
    std::unique_ptr<ui::Session> m_session;
    std::unique_ptr<ui::Selection> m_selection;
    std::unique_ptr<ui::GenePage> m_page;

    QString path(const std::string& name) const { return QString::fromStdString((m_folder / name).string()); }
    bool showGene(size_t index) {
        m_session->showGene(QString::fromStdString(m_session->study()->genes()[index].gene.id));
        return QTest::qWaitFor(
            [&] { return m_session->shown().report() && m_session->shown().report()->complete; }, patienceMs);
    }
    const GeneReport& report() const { return *m_session->shown().report(); }
    /// An SNV with an effect and a slope.
    size_t someVariant() const {
        for (size_t v = 0; v < report().variants.size(); ++v)
            if (report().variants[v].ism != 0 && report().variants[v].eqtl.slope)
                return v;
        return 0;
    }
    bool isLinkedWith(size_t variant) const {
        const auto& linkages = m_page->locus().contents().linkages();
        return linkages && linkages->size() == 1 && linkages->front().reference == report().variants[variant];
    }
    /// A small random network over so many bases round the TSS.
    void writeNet(const std::string& name, int64_t length) const {
        const auto model = sequentialModel({{{"conv1d", {{"name", "c"}, {"out", 4}, {"width", 8}}}},
                                            "relu",
                                            {{"maxpool", 64}},
                                            "flatten",
                                            {{"linear", {{"name", "o"}, {"out", 1}}}}},
                                           length, "gene");
        writeModelWithWeights(m_folder / name, model);
    }

    /// Before the first test.
    void makeStudyAndNets() {
        simulate::SimulationOptions options;
        options.folder = m_folder / "demo";
        options.people = 80;
        options.genes = 4;
        DS_VERIFY(simulate::simulateStudy(options, {}));
        writeNet("net", 2048);
        writeNet("shorter", 1024);
    }

    void openPage() {
        m_jobs = std::make_unique<ui::JobRunner>();
        m_session = std::make_unique<ui::Session>(*m_jobs);
        ui::Session::Settings settings = m_session->settings();
        settings.cacheFile = m_folder / "cache.sqlite";
        m_session->applySettings(settings);
        m_selection = std::make_unique<ui::Selection>();
        m_page = std::make_unique<ui::GenePage>(*m_session, *m_selection);
        m_page->resize(1040, 760);
        m_page->show();
        QCOMPARE(m_page->state(), ui::GenePage::State::Empty);
        QSignalSpy opened(m_session.get(), &ui::Session::studyOpened);
        m_session->openStudy(path("demo/demo.study.json"));
        QVERIFY(opened.wait(patienceMs));
        QSignalSpy model(m_session.get(), &ui::Session::modelChanged);
        m_session->chooseModel(path("net"));
        QVERIFY(QTest::qWaitFor([&] { return m_session->model().predictor() != nullptr; }, patienceMs));
    }

    void closePage() {
        m_page.reset();
        m_selection.reset();
        m_session.reset();
        m_jobs.reset();
    }
};

} // namespace diploscope::test
