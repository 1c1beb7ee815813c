// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo_home.h"
#include "figure/figure_file.h"
#include "views/session_sources.h"
#include "waiting.h"

#include <QTest>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

/// What figures of a session are specified as.
class TestSessionSources : public QObject {
    Q_OBJECT

private:
    DemoHome m_home;

    /// Over how many shifts the predictions are averaged that the figure is drawn of.
    static Result<int> shiftsOf(FigureSources& sources, const FigureDesign& design) {
        DS_ASSIGN(const FigureSources::Told told, sources.tell(design, {}));
        return std::get<GeneFigureSpec>(told.data).report->score.shifts;
    }

private Q_SLOTS:
    void initTestCase() { DS_VERIFY(m_home.makeDemo()); }

    /// Whoever reads the specification reads the study, too, which asks shifts.
    void theModelsOwnScoreIsSaid() {
        JobRunner jobs;
        Session session(jobs);
        session.openStudy(m_home.makeShiftedStudy());
        QVERIFY(waitUntil([&] { return session.model().predictor() != nullptr; }));
        QVERIFY(originOf(session).models.front().asked.empty()); // the study says it
        session.model().ask({});
        QVERIFY(waitUntil([&] { return session.model().score()->shifts == 0 && !jobs.isBusy(); }));

        const auto entry = figureNamed("observed-predicted");
        DS_VERIFY(entry);
        const FigureDesign asked = freshDesign(
            **entry, originOf(session), session.study()->genes().front().gene.id, session.model().name());
        const nlohmann::json written = figureJson(asked, m_home.demoFolder());
        auto design = figureDesignOf(written, m_home.demoFolder());
        DS_VERIFY(design);
        FigureSources sources(SourceSettings{});
        const auto own = shiftsOf(sources, *design);
        DS_VERIFY(own);
        QCOMPARE(*own, 0);
        design->scores.clear();
        const auto ofStudy = shiftsOf(sources, *design);
        DS_VERIFY(ofStudy);
        QCOMPARE(*ofStudy, 1);
    }
};

QTEST_MAIN(TestSessionSources)
#include "tst_session_sources.moc"
