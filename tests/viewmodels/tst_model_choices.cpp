// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/model_choices.h"

#include <QTest>

using namespace diploscope;
using namespace diploscope::ui;

class TestModelChoices : public QObject {
    Q_OBJECT

private:
    using Origin = ModelEntry::Origin;
    static ModelEntry entry(const char* folder, const char* name, Origin origin, bool ready = true) {
        ModelEntry made;
        made.folder = folder;
        made.name = QString::fromLatin1(name);
        made.description = QStringLiteral("about ") + made.name;
        made.source = QStringLiteral("from somewhere");
        made.origin = origin;
        made.ready = ready;
        return made;
    }

private Q_SLOTS:
    void theStudysModelsComeFirstInItsOrder() {
        const QStringList ofStudy{QStringLiteral("/study/b"), QStringLiteral("/study/a"),
                                  QStringLiteral("/study/unknown")};
        const std::vector<ModelChoice> choices =
            modelChoices(ofStudy, {entry("/home/own", "own", Origin::User),
                                   entry("/study/a", "alpha", Origin::Study, false),
                                   entry("/study/before", "before", Origin::Study), // of another study
                                   entry("/study/b", "beta", Origin::User)});
        const std::vector<ModelChoice> expected{
            {QStringLiteral("/study/b"), QStringLiteral("beta"), QStringLiteral("about beta"), true, true},
            {QStringLiteral("/study/a"), QStringLiteral("alpha"), QStringLiteral("from somewhere"), false,
             true},
            {QStringLiteral("/study/unknown"), QStringLiteral("unknown"), QStringLiteral("/study/unknown"),
             true, true}, // whether it is there, opening it will say
            {QStringLiteral("/home/own"), QStringLiteral("own"), QStringLiteral("about own"), true, false}};
        QVERIFY(choices == expected);
    }

    /// What is wrong with a folder is told before where its weights could be had.
    void whatIsWrongIsTold() {
        ModelEntry broken = entry("/home/own", "own", Origin::User, false);
        broken.problem = Error{ErrorKind::BadInput, "No layers.", "model.json", {}};
        const std::vector<ModelChoice> choices = modelChoices({}, {broken});
        QCOMPARE(choices.size(), size_t{1});
        QVERIFY(choices[0].note.contains(QStringLiteral("No layers.")));
        QVERIFY(!choices[0].ready);
    }

    void aPublishedStudyHasItsTablesModels() {
        const std::vector<ModelChoice> choices =
            modelChoices(QStringList{QStringLiteral("CAGE"), QStringLiteral("Xpresso")});
        QCOMPARE(choices.size(), size_t{2});
        QVERIFY(choices[1] ==
                (ModelChoice{QStringLiteral("Xpresso"), QStringLiteral("Xpresso"), {}, true, true}));
    }

    void weightsThatHaveComeAreSeen_data() {
        QTest::addColumn<QString>("choice");
        QTest::addColumn<bool>("before");
        QTest::addColumn<bool>("now");
        QTest::addColumn<bool>("expected");
        QTest::newRow("come, by folder") << QStringLiteral("/home/own") << false << true << true;
        QTest::newRow("come, by name") << QStringLiteral("own") << false << true << true;
        QTest::newRow("were there") << QStringLiteral("own") << true << true << false;
        QTest::newRow("gone") << QStringLiteral("own") << true << false << false;
        QTest::newRow("of another") << QStringLiteral("other") << false << true << false;
        QTest::newRow("of none") << QString() << false << true << false;
    }
    void weightsThatHaveComeAreSeen() {
        QFETCH(const QString, choice);
        QFETCH(const bool, before);
        QFETCH(const bool, now);
        QFETCH(const bool, expected);
        const auto known = [](bool ready) {
            return std::vector{entry("/home/own", "own", Origin::User, ready),
                               entry("", "", Origin::Program, false)};
        };
        QCOMPARE(becameReady(choice, known(before), known(now)), expected);
    }
};

QTEST_APPLESS_MAIN(TestModelChoices)
#include "tst_model_choices.moc"
