// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/motif_reader.h"

#include "base/utf8.h"
#include "compressed_text.h"
#include "support.h"

#include <cmath>

using namespace diploscope;
using namespace diploscope::test;

namespace {

const std::string memeHead = "MEME version 5.5.2\n\nALPHABET= ACGT\n\nstrands: + -\n\n";
const std::string matrix =
    "letter-probability matrix: alength= 4 w= 2 nsites= 10 E= 0\n 0.1 0.2 0.3 0.4\n 1 0 0 0\n";

} // namespace

class TestMotifReader : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;

    Result<MotifFile> read(const std::string& bytes) const {
        writeText(m_folder / "motifs.txt", bytes);
        return readMotifs(m_folder / "motifs.txt");
    }

private Q_SLOTS:
    void meme() {
        const auto file =
            read(memeHead + "Background letter frequencies (from file `x'):\nA 0.3 C 0.2 G 0.2 T 0.3 \n\n" +
                 "MOTIF MA0139.1 CTCF\n" + matrix + "URL http://x\n\nMOTIF alone\n" + matrix);
        DS_VERIFY(file);
        QCOMPARE(file->motifs.size(), size_t{2});
        QCOMPARE(file->motifs[0].id, std::string("MA0139.1"));
        QCOMPARE(file->motifs[0].name, std::string("CTCF"));
        QCOMPARE(file->motifs[1].name, std::string("alone"));
        QCOMPARE(file->motifs[0].counts.size(), size_t{2});
        QVERIFY(std::abs(file->motifs[0].counts[0][3] - 4) < 1e-12); // times the sites
        QVERIFY(std::abs(file->background[0] - 0.3) < 1e-12);
        QVERIFY(isMotifFile(m_folder / "motifs.txt"));
    }

    void withoutSites() {
        const auto file =
            read(memeHead + "MOTIF x\nletter-probability matrix: alength= 4 w= 1\n.25 .25 .25 .25\n");
        DS_VERIFY(file);
        QVERIFY(std::abs(file->motifs[0].counts[0][0] - 5) < 1e-12); // 20 of them
        QCOMPARE(file->background[0], 0.25);
    }

    void jaspar() {
        const std::string text =
            ">MA0004.1\tArnt\nA  [ 4 19  0 ]\nC  [16  0 20 ]\nG  [ 0  1  0 ]\nT  [ 0  0  0.5 ]\n"
            ">plain\n1 2\n3 4\n5 6\n7 8\n";
        for (const std::string& bytes : {text, gzipped(text)}) {
            const auto file = read(bytes);
            DS_VERIFY(file);
            QCOMPARE(file->motifs.size(), size_t{2});
            QCOMPARE(file->motifs[0].name, std::string("Arnt"));
            QVERIFY((file->motifs[0].counts[2] == std::array<double, 4>{0, 20, 0, 0.5}));
            QVERIFY((file->motifs[1].counts[1] == std::array<double, 4>{2, 4, 6, 8}));
            QVERIFY(isMotifFile(m_folder / "motifs.txt"));
        }
        std::string windows;
        for (const char c : text)
            windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
        QCOMPARE(read(windows)->motifs.size(), size_t{2});
    }

    void linesMayEndAsTheyDo() {
        const std::string text = memeHead + "MOTIF x\n" + matrix.substr(0, matrix.size() - 1); // no last end
        std::string windows;
        for (const char c : text)
            windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
        for (const std::string& bytes : {text, windows, bgzipped(text)}) {
            const auto file = read(bytes);
            DS_VERIFY(file);
            QCOMPARE(file->motifs[0].counts.size(), size_t{2});
        }
    }

    /// Names go into JSON and labels.
    void longNamesAreCutToLetters() {
        std::string name;
        for (int i = 0; i < 300; ++i)
            name += "é";
        const auto file = read(memeHead + "MOTIF x" + name + " " + name + "\n" + matrix);
        DS_VERIFY(file);
        for (const std::string& cut : {file->motifs[0].id, file->motifs[0].name}) {
            QVERIFY(cut.size() < 210 && isUtf8(cut));
            QVERIFY(cut.size() > 190);
        }
    }

    void othersAreNone() {
        for (const char* bytes : {">chr1\nACGTACGT\n", "22\t0\t10\n", "", "MEME\n"}) {
            writeText(m_folder / "other.txt", bytes);
            QVERIFY2(!isMotifFile(m_folder / "other.txt"), bytes);
        }
        QVERIFY(!isMotifFile(m_folder / "absent"));
    }

    void badFiles_data() {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char* name, const std::string& bytes) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes);
        };
        row("empty", "");
        row("another format", "VERSION 4\n");
        row("no motif", memeHead);
        row("protein", "MEME version 4\nALPHABET= ACDEFGHIKLMNPQRSTVWY\n");
        row("no name", memeHead + "MOTIF\n" + matrix);
        row("no matrix", memeHead + "MOTIF x\n");
        row("two names", memeHead + "MOTIF x\nMOTIF y\n" + matrix);
        row("matrix of none", memeHead + matrix);
        row("cut", memeHead + "MOTIF x\n" + matrix.substr(0, matrix.size() - 9));
        row("wide", memeHead + "MOTIF x\nletter-probability matrix: alength= 4 w= 999999999 nsites= 10\n");
        row("no width", memeHead + "MOTIF x\nletter-probability matrix: alength= 4\n1 0 0 0\n");
        row("half a base", memeHead + "MOTIF x\nletter-probability matrix: w= 1.5\n1 0 0 0\n");
        row("sites without end",
            memeHead + "MOTIF x\nletter-probability matrix: w= 1 nsites= 1e300\n1 0 0 0\n");
        row("sites of no number",
            memeHead + "MOTIF x\nletter-probability matrix: w= 1 nsites= -5\n1 0 0 0\n");
        row("a row of five", memeHead + "MOTIF x\nletter-probability matrix: w= 1\n.25 .25 .25 .25 0\n");
        row("a row without end", memeHead + "MOTIF x\nletter-probability matrix: w= 1\n" +
                                     std::string(500'000, ' ') + "1" + std::string(1'000'000, '\t') +
                                     "0 0 0 0\n");
        row("no sites", memeHead + "MOTIF x\nletter-probability matrix: w= 1 nsites= 0\n1 0 0 0\n");
        row("sum", memeHead + "MOTIF x\nletter-probability matrix: w= 1\n0.5 0.1 0.1 0.1\n");
        row("negative", memeHead + "MOTIF x\nletter-probability matrix: w= 1\n1.2 -0.2 0 0\n");
        row("nan", memeHead + "MOTIF x\nletter-probability matrix: w= 1\nnan 1 0 0\n");
        row("background",
            memeHead + "Background letter frequencies\nA 0 C 0.5 G 0.5 T 0\nMOTIF x\n" + matrix);
        row("background hardly any",
            memeHead + "Background letter frequencies\nA 1e-300 C 0.5 G 0.25 T 0.25\nMOTIF x\n" + matrix);
        row("endless sites", memeHead + "MOTIF x\nletter-probability matrix: w= 1 nsites= 1e300\n1 0 0 0\n");
        row("background sum",
            memeHead + "Background letter frequencies\nA .1 C .1 G .1 T .1\nMOTIF x\n" + matrix);
        row("jaspar cut", ">x\nA [ 1 2 ]\nC [ 1 2 ]\n");
        row("jaspar ragged", ">x\nA [ 1 2 ]\nC [ 1 ]\nG [ 1 2 ]\nT [ 1 2 ]\n");
        row("jaspar order", ">x\nC [ 1 2 ]\nA [ 1 2 ]\nG [ 1 2 ]\nT [ 1 2 ]\n");
        row("jaspar no counts", ">x\nA [ 0 2 ]\nC [ 0 2 ]\nG [ 0 2 ]\nT [ 0 2 ]\n");
        row("jaspar negative", ">x\nA [ -1 ]\nC [ 2 ]\nG [ 2 ]\nT [ 2 ]\n");
        row("jaspar word", ">x\nA [ many ]\nC [ 2 ]\nG [ 2 ]\nT [ 2 ]\n");
        row("jaspar more than any count", ">x\nA [ 1e300 ]\nC [ 2 ]\nG [ 2 ]\nT [ 2 ]\n");
        row("jaspar nan", ">x\nA [ nan ]\nC [ 2 ]\nG [ 2 ]\nT [ 2 ]\n");
        row("jaspar missing", ">x\nA [ NA ]\nC [ 2 ]\nG [ 2 ]\nT [ 2 ]\n");
        row("binary", std::string(">x\n\0\0\0", 6));
        row("jaspar endless", ">x\nA [ 1e999 ]\nC [ 2 ]\nG [ 2 ]\nT [ 2 ]\n");
        std::string wide = ">x\n";
        for (int row4 = 0; row4 < 4; ++row4) {
            for (size_t i = 0; i <= WidestMotif; ++i)
                wide += "1 ";
            wide += "\n";
        }
        row("jaspar wide", wide);
    }
    void badFiles() {
        QFETCH(QByteArray, bytes);
        const auto file = read(bytes.toStdString());
        QVERIFY(!file);
        QCOMPARE(file.error().kind, ErrorKind::BadInput);
        QVERIFY(!file.error().remedy.empty());
        QVERIFY(file.error().where.find("motifs.txt") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestMotifReader)
#include "tst_motif_reader.moc"
