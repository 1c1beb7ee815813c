// SPDX-License-Identifier: GPL-3.0-or-later
// The window's session on phenotypes that are no genes: which output is the score, and what a row is asked
// by.
#include "model/model_folder.h"
#include "study/study_check.h"
#include "ui/waiting.h"
#include "viewmodels/gene_list_model.h"
#include "viewmodels/session.h"

#include <QSignalSpy>
#include <QTest>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

class TestPhenotypeSession : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_home, m_folder;

    /// The small study's rows as what they are said to be, and a model that knows one kind besides genes.
    [[nodiscard]] QString study(const std::string& kind) const {
        SmallStudy small;
        small.extra = R"(, "models": ["net"], "phenotypes": )" + std::string("\"") + kind + "\"";
        (void)small.write(m_folder);
        nlohmann::json model = sequentialModel(smallLayers(), 200);
        model["output"] = {{"tracks", {0}}, {"unit", "log TPM"}};
        model["outputs"] = {{"atac", {{"tracks", {1}}, {"unit", "accessibility"}}}};
        writeModelWithWeights(m_folder / "net", model);
        return QString::fromStdString((m_folder / "small.study.json").string());
    }
    void open(Session& session, const QString& file) {
        QSignalSpy opened(&session, &Session::studyOpened);
        session.openStudy(file);
        QVERIFY(waitUntil([&] { return opened.size() == 1 && session.model().score().has_value(); }));
    }

private Q_SLOTS:
    void initTestCase() { keepCachesIn(m_home); }

    /// Also when another study is opened with the same model.
    void scoreIsTheKindsOutput() {
        JobRunner jobs;
        Session session(jobs);
        for (const auto& [kind, track, unit] :
             {std::tuple("atac", 1, "accessibility"), std::tuple("gene", 0, "log TPM"),
              std::tuple("methylation", 0, "log TPM"), std::tuple("atac", 1, "accessibility")}) {
            open(session, study(kind));
            QCOMPARE(session.model().score()->output.tracks, std::vector<int>{track});
            QCOMPARE(session.model().score()->unit, std::string(unit));
            // What the dialog of scores calls the model's own.
            QCOMPARE(session.model().info().defaultOutput.tracks, std::vector<int>{track});
        }
        QSignalSpy changed(&session, &Session::scoreChanged);
        session.model().ask({.tracks = "0"});
        QVERIFY(waitUntil([&] { return changed.size() == 1; }));
        QCOMPARE(session.model().score()->output.tracks, std::vector<int>{0});
        session.model().ask({});
        QVERIFY(waitUntil([&] { return changed.size() == 2; }));
        QCOMPARE(session.model().score()->output.tracks, std::vector<int>{1});
    }

    void aRowIsShownByItsId() {
        JobRunner jobs;
        Session session(jobs);
        open(session, study("atac"));
        QCOMPARE(session.genes().all().size(), size_t(4)); // one lies where there is no reference
        session.showGene(QStringLiteral("ENSG02.7"));
        QVERIFY(waitUntil([&] { return session.shown().report() && session.shown().report()->complete; }));
        const GeneReport& report = *session.shown().report();
        QCOMPARE(report.gene.tss(), int64_t(44'999));
        QVERIFY(report.gene.centre.has_value());
        QVERIFY(report.gene.strand == Strand::Forward); // the annotation's gene lies on the other
        QCOMPARE(report.window, (Region{"22", 44'999 - 100, 44'999 + 100}));
        QCOMPARE(report.model.unit, std::string("accessibility"));
        // A place leads to the row whose centre is nearest.
        const auto found = session.genes().find(QStringLiteral("22:61000"));
        DS_VERIFY(found);
        QCOMPARE((*found)->name, std::string("ENSG03"));
    }
};

QTEST_MAIN(TestPhenotypeSession)
#include "tst_phenotype_session.moc"
