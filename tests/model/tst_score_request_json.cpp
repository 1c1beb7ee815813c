// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json_fields.h"
#include "model/score_request_json.h"
#include "support.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace diploscope;
using nlohmann::json;
using nlohmann::ordered_json;
namespace fs = std::filesystem;

namespace {

std::string inFolder(const fs::path& file) {
    return "in/" + file.string();
}
fs::path outOfFolder(const std::string& name) {
    return "out/" + name;
}

std::string written(const ScoreRequest& request) {
    ordered_json item{{"model", "m"}};
    addScoreJson(item, request, inFolder);
    return item.dump();
}

Result<ScoreRequest> read(const std::string& text) {
    const json content = json::parse(text);
    DS_ASSIGN(const JsonFields item, JsonFields::open(content, "scores[0]", withScoreKeys({"model"})));
    return scoreRequestOf(item, outOfFolder);
}

/// With something said of each member: another one does not compile here, and is for the lists to tell.
ScoreRequest full() {
    ScoreRequest request;
    auto& [tracks, bins, aggregate, head, targets, shifts, reverseComplement, ownScore] = request;
    tracks = "4980,CAGE:brain*";
    bins = "447-449";
    aggregate = "sum";
    head = "head.csv";
    targets = "targets.txt";
    shifts = 3;
    reverseComplement = false;
    ownScore = true;
    return request;
}

} // namespace

class TestScoreRequestJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingIsWrittenInTheOrderOfOldFiles() {
        QCOMPARE(written(full()),
                 std::string(R"({"model":"m","tracks":"4980,CAGE:brain*","bins":"447-449","aggregate":"sum",)"
                             R"("head":"in/head.csv","targets":"in/targets.txt","shifts":3,)"
                             R"("reverse_complement":false,"own_score":true})"));
    }

    void whatIsReadIsWhatWasWritten() {
        const Result<ScoreRequest> back = read(written(full()));
        DS_VERIFY(back);
        ScoreRequest expected = full();
        expected.head = "out/in/head.csv";
        expected.targets = "out/in/targets.txt";
        QVERIFY(*back == expected);
    }

    void nothingSaidIsNothingWritten() {
        QCOMPARE(written({}), std::string(R"({"model":"m"})"));
        const Result<ScoreRequest> back = read(written({}));
        QVERIFY(back && back->empty());
        // Nor is a name asked for that is not there.
        const Result<ScoreRequest> emptied = read(R"({"head": "", "targets": "", "tracks": ""})");
        QVERIFY(emptied && emptied->empty());
    }

    void zeroAndFalseAreSaid() {
        ScoreRequest request;
        request.shifts = 0;
        request.reverseComplement = false;
        const Result<ScoreRequest> back = read(written(request));
        QVERIFY(back && *back == request && !back->empty());
    }

    void wrongValuesAreRefusedWhereTheyStand_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("where");
        QTest::newRow("a key") << R"({"bin": "1"})"
                               << "scores[0]";
        QTest::newRow("tracks") << R"({"tracks": 4980})"
                                << "scores[0].tracks";
        QTest::newRow("a file") << R"({"targets": ["a"]})"
                                << "scores[0].targets";
        QTest::newRow("shifts") << R"({"shifts": 101})"
                                << "scores[0].shifts";
        QTest::newRow("fewer shifts") << R"({"shifts": -1})"
                                      << "scores[0].shifts";
        QTest::newRow("strands") << R"({"reverse_complement": 1})"
                                 << "scores[0].reverse_complement";
        QTest::newRow("whose score") << R"({"own_score": "model"})"
                                     << "scores[0].own_score";
    }
    void wrongValuesAreRefusedWhereTheyStand() {
        QFETCH(const QString, text);
        QFETCH(const QString, where);
        const Result<ScoreRequest> request = read(text.toStdString());
        QVERIFY(!request);
        QCOMPARE(QString::fromStdString(request.error().where), where);
    }
};

QTEST_GUILESS_MAIN(TestScoreRequestJson)
#include "tst_score_request_json.moc"
