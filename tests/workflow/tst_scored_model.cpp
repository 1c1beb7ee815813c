// SPDX-License-Identifier: GPL-3.0-or-later
#include "opened_study.h"
#include "workflow/scored_model.h"

using namespace diploscope;
using namespace diploscope::test;

/// How everybody opens the model that genes are run with.
class TestScoredModel : public QObject {
    Q_OBJECT

    OpenedStudy m_opened;

    ModelRequest request(const ScoreRequest& score, bool inStudy) const {
        return {.place = m_opened.modelFolder().string(),
                .score = score,
                .study = inStudy ? &m_opened.study->file() : nullptr};
    }

private Q_SLOTS:
    void whoSpeaksFirstCounts_data() {
        QTest::addColumn<QString>("asked");
        QTest::addColumn<bool>("inStudy");
        QTest::addColumn<bool>("pastStudy");
        QTest::addColumn<int>("track");
        QTest::addColumn<int>("shifts");
        QTest::newRow("the model alone") << "" << false << false << 0 << 0;
        QTest::newRow("the study") << "" << true << false << 2 << 1;
        QTest::newRow("who asks, and for the rest the study") << "3" << true << false << 3 << 1;
        QTest::newRow("who asks, and for the rest the model") << "3" << false << false << 3 << 0;
        QTest::newRow("the model, past the study") << "" << true << true << 0 << 0;
        QTest::newRow("who asks, and past the study the model") << "3" << true << true << 3 << 0;
    }
    void whoSpeaksFirstCounts() {
        QFETCH(QString, asked);
        QFETCH(bool, inStudy);
        QFETCH(bool, pastStudy);
        QFETCH(int, track);
        QFETCH(int, shifts);
        const ModelRequest wanted = request({.tracks = asked.toStdString(), .ownScore = pastStudy}, inStudy);
        const auto opened = openScoredModel(wanted);
        DS_VERIFY(opened);
        QCOMPARE(opened->place, wanted.place);
        QCOMPARE(opened->predictor->info().name, std::string("test-net"));
        QCOMPARE(opened->score.output.tracks, std::vector<int>{track});
        QCOMPARE(opened->score.shifts, shifts);
        QVERIFY(!opened->refused);
    }

    void openModelIsNotOpenedAgain() {
        ModelRequest wanted = request({}, true);
        const auto first = openScoredModel(wanted);
        DS_VERIFY(first);
        wanted.open = first->predictor;
        std::filesystem::rename(m_opened.modelFolder(), m_opened / "away");
        const auto second = openScoredModel(wanted);
        std::filesystem::rename(m_opened / "away", m_opened.modelFolder());
        DS_VERIFY(second);
        QVERIFY(second->predictor == first->predictor);
        QCOMPARE(second->score.output.tracks, std::vector<int>{2});
    }

    void misfitIsAnErrorOrTheModelsOwnScore() {
        const ModelRequest wanted = request({.tracks = "7"}, true);
        const auto strict = openScoredModel(wanted);
        QVERIFY(!strict);
        QVERIFY2(strict.error().message().find('7') != std::string::npos, strict.error().message().c_str());
        const auto anyhow = openModelAnyhow(wanted);
        DS_VERIFY(anyhow);
        QVERIFY(anyhow->refused.has_value());
        QCOMPARE(anyhow->refused->message(), strict.error().message());
        QCOMPARE(anyhow->score.output.tracks, std::vector<int>{0});
        QCOMPARE(anyhow->score.shifts, 0); // neither the study's
    }

    void missingModelIsAnErrorEitherWay() {
        const ModelRequest wanted{.place = (m_opened / "no such").string()};
        for (const auto& opened : {openScoredModel(wanted), openModelAnyhow(wanted)})
            QVERIFY(!opened && opened.error().kind == ErrorKind::NotFound);
    }

    void notesAreOfModelAndHead() {
        auto opened = openScoredModel(request({}, false));
        DS_VERIFY(opened);
        QCOMPARE(opened->note(), std::string()); // it has nothing to say
        QCOMPARE(opened->headNote(), std::string());
        class Noted : public Predictor {
        public:
            Noted() {
                m_info.name = "net";
                m_info.note = "position features computed";
            }
            const ModelInfo& info() const override { return m_info; }
            std::string computation(Method) const override { return {}; }
            Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow&, const OutputChoice&,
                                                            Method) const override {
                return fail(ErrorKind::Unsupported, "It predicts nothing.");
            }

        private:
            ModelInfo m_info;
        };
        opened->predictor = std::make_shared<Noted>();
        QCOMPARE(opened->note(), std::string("net: position features computed"));
        TunedHead head;
        head.note = "its tracks are called otherwise";
        opened->score.output.useHead(std::make_shared<const TunedHead>(head));
        QCOMPARE(opened->headNote(), head.note);
    }
};

QTEST_GUILESS_MAIN(TestScoredModel)
#include "tst_scored_model.moc"
