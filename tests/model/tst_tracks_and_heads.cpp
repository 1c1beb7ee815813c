// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/predictor.h"
#include "support.h"

#include <cmath>
#include <random>

using namespace diploscope;
using namespace diploscope::test;

namespace {

const TrackList kTracks{{"ENCFF1", "DNASE:chorion"},
                        {"CNhs1", "CAGE:brain, adult,"},
                        {"CNhs2", "CAGE:brain, fetal, pool1"},
                        {"CNhs3", "CAGE:colon, adult,"},
                        {"ENCFF2", "CHIP:H3K4me3:brain"}};

std::string head(const std::string& rows) {
    return "tracks,weights\n" + rows;
}

} // namespace

class TestTracksAndHeads : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;

private Q_SLOTS:
    void tracksAreChosen_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<int>>("tracks");
        QTest::newRow("number") << "3" << QList<int>{3};
        QTest::newRow("range and number, sorted, once") << "3, 1-2,2" << QList<int>{1, 2, 3};
        QTest::newRow("pattern") << "cage:BRAIN*" << QList<int>{1, 2};
        QTest::newRow("name with a comma") << "CAGE:brain, adult" << QList<int>{1};
        QTest::newRow("name as published, comma last") << "CAGE:brain, adult," << QList<int>{1};
        QTest::newRow("pattern with a comma") << "CAGE:*, adult*" << QList<int>{1, 3};
        QTest::newRow("quoted, among others") << "\"CAGE:brain, adult\",0" << QList<int>{0, 1};
        QTest::newRow("identifier") << "CNhs3" << QList<int>{3};
        QTest::newRow("one letter open") << "CNhs?" << QList<int>{1, 2, 3};
    }
    void tracksAreChosen() {
        QFETCH(QString, text);
        QFETCH(QList<int>, tracks);
        const auto found = chooseTracks(text.toStdString(), 5, &kTracks);
        DS_VERIFY(found);
        QCOMPARE(QList<int>(found->begin(), found->end()), tracks);
    }

    void wrongTracks_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("named");
        QTest::addColumn<QString>("says");
        QTest::newRow("too large") << "5" << true << "from 0 to 4";
        QTest::newRow("range too large") << "3-9" << true << "from 0 to 4";
        QTest::newRow("backwards") << "3-1" << true << "1-3";
        QTest::newRow("nothing") << " , " << true << "No track";
        QTest::newRow("misspelt") << "DNASE:corion" << true << "DNASE:chorion";
        QTest::newRow("part of a name") << "fetal" << true << "CAGE:brain, fetal, pool1";
        QTest::newRow("name without names") << "CAGE:*" << false << "--targets";
        QTest::newRow("negative") << "-1" << false << "no track number";
    }
    void wrongTracks() {
        QFETCH(QString, text);
        QFETCH(bool, named);
        QFETCH(QString, says);
        const auto found = chooseTracks(text.toStdString(), 5, named ? &kTracks : nullptr);
        QVERIFY(!found);
        QVERIFY2(found.error().message().find(says.toStdString()) != std::string::npos,
                 found.error().message().c_str());
    }

    void binsAndRanges() {
        QCOMPARE(chooseBins("447-449", 896).value(), (std::vector<int>{447, 448, 449}));
        QVERIFY(!chooseBins("896", 896));
        QVERIFY(!chooseBins("x", 896));
        QCOMPARE(rangesText({447, 448, 449}), std::string("447-449"));
        QCOMPARE(rangesText({1, 3, 4, 7, 8, 9}), std::string("1,3,4,7-9"));
    }

    void targetsFiles_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says"); // empty: it is good
        const auto row = [](const char* name, const std::string& text, const char* says) {
            QTest::newRow(name) << QByteArray::fromStdString(text) << QString(says);
        };
        const std::string header = "index\tgenome\tidentifier\tfile\tclip\tscale\tsum_stat\tdescription\n";
        row("Enformer's", header + "0\t0\tA\tf\t32\t2\tmean\tCAGE:x, y\n1\t0\tB\tf\t32\t2\tmean\tz\n", "");
        row("Windows line ends", "identifier\tdescription\r\nA\tCAGE:x, y\r\nB\tz\r\n", "");
        row("plain list", "CAGE:x, y\nz\n", "");
        row("too few", header + "0\t0\tA\tf\t32\t2\tmean\tx\n", "1 tracks, but the model has 2");
        row("out of order", header + "1\t0\tA\tf\t32\t2\tmean\tx\n", "line 2");
        row("cut off", header + "0\t0\tA\tf\n", "4 columns");
        row("empty", "", "empty");
    }
    void targetsFiles() {
        QFETCH(QByteArray, text);
        QFETCH(QString, says);
        writeText(m_folder / "targets.txt", text.toStdString());
        const auto tracks = readTrackList(m_folder / "targets.txt", 2);
        if (!says.isEmpty()) {
            QVERIFY(!tracks);
            QVERIFY2(QString::fromStdString(tracks.error().message()).contains(says),
                     tracks.error().message().c_str());
            return;
        }
        DS_VERIFY(tracks);
        QCOMPARE((*tracks)[0].label(), std::string("CAGE:x, y"));
        QCOMPARE((*tracks)[1].label(), std::string("z"));
    }

    void headScoresAsMethodsSay() {
        writeText(m_folder / "head.csv",
                  head("a, quoted not,0.5\r\n\"b, quoted\",0\r\nc,-2\r\noffset,3\r\n"));
        const auto read = readTunedHead(m_folder / "head.csv", 3);
        DS_VERIFY(read);
        QCOMPARE(read->tracks, (std::vector<int>{0, 2})); // one of weight 0 is not asked for
        OutputChoice output{{7, 8}, {0}, Aggregate::Sum};
        output.useHead(std::make_shared<const TunedHead>(*read));
        QCOMPARE(output.tracks, (std::vector<int>{0, 2}));
        Eigen::RowVectorXd values(4); // bin 7: tracks 0, 2; bin 8: tracks 0, 2
        values << 1, 3, 7, 13;
        QCOMPARE(output.score(values), 0.5 * 3 - 2 * 4 + 3.0);

        const Eigen::RowVectorXd gradient = output.scoreGradient(values);
        for (Eigen::Index i = 0; i < values.size(); ++i) {
            Eigen::RowVectorXd up = values, down = values;
            up(i) += 1e-6;
            down(i) -= 1e-6;
            QVERIFY(std::abs(gradient(i) - (output.score(up) - output.score(down)) / 2e-6) < 1e-8);
        }
        QVERIFY(output.magnitude(values) >= std::abs(output.score(values)));
    }

    void headIsPartOfTheKey() {
        const auto textOf = [&](const std::string& rows) {
            writeText(m_folder / "head.csv", head(rows));
            OutputChoice output;
            output.useHead(
                std::make_shared<const TunedHead>(readTunedHead(m_folder / "head.csv", 2).value()));
            return output.text();
        };
        const std::string text = textOf("a,1\nb,2\noffset,3\n");
        QCOMPARE(textOf("other,1\nname,2\noffset,3\n"), text);
        for (const char* other : {"a,1\nb,2\noffset,4\n", "a,2\nb,1\noffset,3\n", "a,0\nb,2\noffset,3\n",
                                  "a,1.0000000000000002\nb,2\noffset,3\n"})
            QVERIFY2(textOf(other) != text, other);
        QVERIFY(OutputChoice{}.text() != text);
    }

    void malformedHeads_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("no header") << QByteArray("a,1\nb,2\noffset,3\n") << QString("tracks,weights");
        QTest::newRow("cut off") << QByteArray("tracks,weights\na,1\nb,2\n") << QString("offset, is missing");
        QTest::newRow("too few") << QByteArray("tracks,weights\na,1\noffset,3\n")
                                 << QString("1 tracks, but the model 2");
        QTest::newRow("no number") << QByteArray("tracks,weights\na,x\nb,2\noffset,3\n") << QString("line 2");
        QTest::newRow("NaN") << QByteArray("tracks,weights\na,nan\nb,2\noffset,3\n") << QString("line 2");
        QTest::newRow("no comma") << QByteArray("tracks,weights\na\n") << QString("line 2");
        QTest::newRow("after the offset")
            << QByteArray("tracks,weights\na,1\noffset,3\nb,2\n") << QString("line 4");
        QTest::newRow("all zero") << QByteArray("tracks,weights\na,0\nb,0\noffset,3\n")
                                  << QString("Every weight is 0");
    }
    void malformedHeads() {
        QFETCH(QByteArray, text);
        QFETCH(QString, says);
        writeText(m_folder / "bad.csv", text.toStdString());
        const auto read = readTunedHead(m_folder / "bad.csv", 2);
        QVERIFY(!read);
        QVERIFY2(QString::fromStdString(read.error().message()).contains(says),
                 read.error().message().c_str());
    }

    /// Rows count by their place; where the model's names are known, they are held against the head's.
    void namesOfHeads_data() {
        QTest::addColumn<QByteArray>("rows");
        QTest::addColumn<QString>("refused"); // empty: taken
        QTest::addColumn<QString>("told");    // empty: nothing
        const auto row = [](const char* name, const char* rows, const char* refused, const char* told) {
            QTest::newRow(name) << QByteArray(rows) << QString(refused) << QString(told);
        };
        row("as in the targets file",
            "DNASE:chorion,1\nCAGE:brain, adult,,1\n\"CAGE:brain, fetal, pool1\",1\nCAGE:colon, "
            "adult,1\nCHIP:H3K4me3:brain,1\n",
            "", "");
        row("as published, with semicolons",
            "DNASE:chorion,1\nCAGE:brain; adult;,1\nCAGE:brain; fetal; pool1,1\nCAGE:colon; "
            "adult;,1\nCHIP:H3K4me3:brain,1\n",
            "", "");
        row("identifiers", "ENCFF1,1\nCNhs1,1\nCNhs2,1\nCNhs3,1\nENCFF2,1\n", "", "");
        row("fitted where no names were known", "track 0,1\ntrack 1,1\ntrack 2,1\ntrack 3,1\ntrack 4,1\n", "",
            "");
        row("without names", ",1\n,1\n,1\n,1\n,1\n", "", "");
        row("sorted by name",
            "\"CAGE:brain, adult\",1\n\"CAGE:brain, fetal, pool1\",1\n\"CAGE:colon, "
            "adult\",1\nCHIP:H3K4me3:brain,1\nDNASE:chorion,1\n",
            "line 2", "");
        row("two rows changed places", "ENCFF1,1\nCNhs1,1\nCNhs3,1\nCNhs2,1\nENCFF2,1\n", "line 4", "");
        row("track numbers in another order", "track 4,1\ntrack 3,1\ntrack 2,1\ntrack 1,1\ntrack 0,1\n",
            "another order", "");
        row("of another model", "a,1\nb,1\nc,1\nd,1\ne,1\n", "", "5 of the head's 5 tracks");
        row("one is called otherwise", "ENCFF1,1\nCNhs1,1\nCNhs2,1\nx,1\nENCFF2,1\n", "",
            "first track 3: \"x\" in the head, \"CAGE:colon, adult\" in the model");
    }
    void namesOfHeads() {
        QFETCH(QByteArray, rows);
        QFETCH(QString, refused);
        QFETCH(QString, told);
        writeText(m_folder / "head.csv", head(rows.toStdString() + "offset,0\n"));
        DS_VERIFY(readTunedHead(m_folder / "head.csv", 5)); // without names nothing can be said
        const auto read = readTunedHead(m_folder / "head.csv", 5, &kTracks);
        if (!refused.isEmpty()) {
            QVERIFY(!read && read.error().kind == ErrorKind::Mismatch);
            QVERIFY2(QString::fromStdString(read.error().message()).contains(refused),
                     read.error().message().c_str());
            return;
        }
        DS_VERIFY(read);
        QCOMPARE(read->note.empty(), told.isEmpty());
        QVERIFY2(QString::fromStdString(read->note).contains(told), read->note.c_str());
    }

    void publishedHead() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        const auto read = readTunedHead(sharedData() / "published/GTExWeights.csv", 5313);
        DS_VERIFY(read);
        QCOMPARE(read->offset, 3.87769);
        const auto brain = std::find(read->tracks.begin(), read->tracks.end(), 4980);
        QVERIFY(brain != read->tracks.end());
        QCOMPARE(read->weights(brain - read->tracks.begin()), 0.051381); // CAGE:brain; adult;
        QVERIFY(read->tracks.size() < 5313);
        QVERIFY((read->weights.array() != 0).all());
        QVERIFY(!readTunedHead(sharedData() / "published/GTExWeights.csv", 1643)); // the mouse's tracks
        // Every track's bins add up to 2: the sum of all weights and the offset, as awk adds them.
        QVERIFY(std::abs(read->score(Eigen::RowVectorXd::Constant(read->weights.size(), 2.0)) - 3.869623) <
                1e-9);
    }
};

QTEST_GUILESS_MAIN(TestTracksAndHeads)
#include "tst_tracks_and_heads.moc"
