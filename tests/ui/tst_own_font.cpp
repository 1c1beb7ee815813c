// SPDX-License-Identifier: GPL-3.0-or-later
// Inter is in the program: nothing of the machine's fonts is in what is drawn, and PDF gives every character
// back.
#include "base/atomic_file.h"
#include "charts/observed_predicted_chart.h"
#include "charts/own_font.h"
#include "charts/theme.h"
#include "report/report_pages.h"
#include "report_fixture.h"
#include "saved_figure.h"

#include "support.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontMetricsF>
#include <QHashSeed>
#include <QPainter>
#include <QPdfWriter>
#include <QProcess>
#include <QRawFont>
#include <QStandardPaths>
#include <QTest>
#include <QtEndian>

#include <fmt/format.h>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

constexpr QFont::Weight weights[] = {QFont::Normal, QFont::DemiBold, QFont::Bold};
constexpr const char* endings[] = {".svg", ".pdf", ".png"};
constexpr const char* drawOption = "--draw";

QByteArray faceOf(const char* name) {
    QFile file(QStringLiteral(":/diploscope/fonts/Inter-") + QLatin1String(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Where a table of an OpenType face begins.
qsizetype placeOf(const QByteArray& face, const char* table) {
    const auto tables = qFromBigEndian<quint16>(face.constData() + 4);
    for (qsizetype at = 12; at < 12 + 16 * tables; at += 16)
        if (face.mid(at, 4) == table)
            return qFromBigEndian<quint32>(face.constData() + at + 8);
    return 0;
}

/// As a machine may have it: another version, twice as wide, which calls its bold styles by another name.
QByteArray anotherVersionOf(QByteArray face) {
    const QByteArray bold("\0B\0o\0l\0d", 8);
    face.replace(bold, QByteArray("\0B\0o\0w\0d", 8));
    const auto metrics = qFromBigEndian<quint16>(face.constData() + placeOf(face, "hhea") + 34);
    for (int i = 0; i < metrics; ++i) {
        char* advance = face.data() + placeOf(face, "hmtx") + 4 * i;
        qToBigEndian<quint16>(static_cast<quint16>(2 * qFromBigEndian<quint16>(advance)), advance);
    }
    return face;
}

/// What a process of its own does: a figure in every format, and how wide each face is.
int drawInto(const std::filesystem::path& folder) {
    const Result<ChartStyle> style = ChartStyle::paper();
    if (!style)
        return 1;
    GeneReport report = inventReport();
    inventStatistics(report);
    for (const char* ending : endings) {
        ObservedPredictedChart chart(observedPredicted(report), *style);
        const FigureInfo info{QStringLiteral("a"), {{"font", fontVersion(style->fontFamily)}}};
        if (!saveFigure(chart, {}, info, folder / fmt::format("a{}", ending)))
            return 2;
    }
    QString widths;
    for (const QFont::Weight weight : weights)
        for (const bool italic : {false, true})
            widths += QString::number(QFontMetricsF(style->font(100, weight, italic))
                                          .horizontalAdvance(QStringLiteral("Observed"))) +
                      QLatin1Char('\n');
    writeText(folder / "widths", widths.toStdString());
    return 0;
}

/// A page with each text on a line of its own, as poppler reads it.
QStringList readBack(const QFont& font, const QStringList& texts, const std::filesystem::path& file) {
    QPdfWriter writer(QString::fromStdString(file.string()));
    writer.setResolution(1200);
    QPainter painter(&writer);
    painter.scale(1200 / 72.0, 1200 / 72.0);
    painter.setFont(font);
    for (qsizetype i = 0; i < texts.size(); ++i)
        painter.drawText(QPointF(40, 40 + 20 * static_cast<double>(i)), texts[i]);
    painter.end();
    QProcess process;
    process.start("pdftotext", {"-raw", QString::fromStdString(file.string()), "-"});
    process.waitForFinished();
    return QString::fromUtf8(process.readAllStandardOutput()).remove(u'\f').split(u'\n', Qt::SkipEmptyParts);
}

} // namespace

class TestOwnFont : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { DS_VERIFY(chartFontFamily()); }

    /// Every face that something is set in, and none of the machine's beside them.
    void facesAreTheProgramsOwn() {
        QCOMPARE(*chartFontFamily(), QStringLiteral("Inter"));
        QVERIFY(QFontDatabase::families().contains(QStringLiteral("Inter")));
        QCOMPARE(QFontDatabase::styles(QStringLiteral("Inter")).size(), 6);
        QCOMPARE(QFontDatabase::weight(QStringLiteral("Inter"), QStringLiteral("Bold")),
                 static_cast<int>(QFont::Bold));
        const char* faces[] = {"Regular", "Italic", "SemiBold", "SemiBoldItalic", "Bold", "BoldItalic"};
        size_t at = 0;
        for (const QFont::Weight weight : weights)
            for (const bool italic : {false, true}) {
                const QRawFont drawn =
                    QRawFont::fromFont(plainFont(QStringLiteral("Inter"), 20, weight, italic));
                const QByteArray face = faceOf(faces[at++]);
                QVERIFY(face.size() > 100'000);
                const QByteArray head = drawn.fontTable("head");
                QCOMPARE(head, face.mid(placeOf(face, "head"), head.size()));
                QVERIFY(drawn.fontTable("GSUB").isEmpty());
                QVERIFY(!drawn.fontTable("GPOS").isEmpty());
            }
    }

    /// Inter 4.1 has one glyph for a closing quote and for a modifier letter, which a PDF would give: such a
    /// face loses the letter, and one with two glyphs keeps both.
    void aQuoteIsNoLetter() {
        const QString texts[] = {QString(QChar(0x2019)), QString(QChar(0x02BC))};
        const auto glyphsOf = [&](const QByteArray& face) {
            const QRawFont font(face, 20);
            std::vector<quint32> glyphs;
            for (const QString& text : texts)
                glyphs.push_back(font.glyphIndexesForString(text).value(0));
            return glyphs;
        };
        QByteArray face = faceOf("Regular");
        for (qsizetype at = placeOf(face, "cmap"); at < face.size() - 12;
             ++at) // groups of a single character
            if (face.mid(at, 8) == QByteArray("\0\0\x02\xBC\0\0\x02\xBC", 8))
                qToBigEndian<quint32>(glyphsOf(face)[0], face.data() + at + 8);
        const std::vector<quint32> shared = glyphsOf(face);
        QVERIFY(shared[0] != 0 && shared[0] == shared[1]);
        QCOMPARE(glyphsOf(faceForPdf(face)), (std::vector<quint32>{shared[0], 0}));
        const std::vector<quint32> own = glyphsOf(faceOf("Regular"));
        if (own[0] != own[1])
            QCOMPARE(glyphsOf(faceForPdf(faceOf("Regular"))), own);
        QCOMPARE(faceForPdf(face.left(2000)).size(), 2000); // nor is more read than there is
    }

    /// The digest of a proof is of the faces, and others have one of theirs.
    void versions() {
        const std::string own = fontVersion(QStringLiteral("Inter"));
        QCOMPARE(own.size(), size_t{8});
        QCOMPARE(fontVersion(QStringLiteral("Inter")), own);
        if (QFontDatabase::families().contains(QStringLiteral("DejaVu Sans")))
            QVERIFY(fontVersion(QStringLiteral("DejaVu Sans")) != own);
    }

    /// It goes with every copy of the faces.
    void licence() {
        const QString text = ownFontLicence();
        QVERIFY(text.contains(QStringLiteral("The Inter Project Authors")));
        QVERIFY(text.simplified().contains(QStringLiteral("PERMISSION & CONDITIONS")));
    }

    /// No fonts at all, only other ones, another Inter: the same bytes as here.
    void fontsOfTheMachineChangeNothing_data() {
        QTest::addColumn<QStringList>("faces");
        QTest::newRow("no font") << QStringList();
        QTest::newRow("another Inter, all of it")
            << QStringList{"Regular", "Italic", "SemiBold", "SemiBoldItalic", "Bold", "BoldItalic"};
        QTest::newRow("another Inter, bold only") << QStringList{"SemiBold", "Bold"};
    }
    void fontsOfTheMachineChangeNothing() {
        QFETCH(QStringList, faces);
        const TemporaryFolder folder;
        const auto drawIn = [&](const char* name, bool hasOthers) {
            const std::filesystem::path into = folder / name;
            std::filesystem::create_directories(into);
            std::filesystem::create_directories(folder / "fonts");
            QProcess process;
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            if (hasOthers) {
                writeText(folder / "fonts.conf",
                          fmt::format("<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\">"
                                      "<fontconfig><dir>{}</dir><cachedir>{}</cachedir></fontconfig>",
                                      (folder / "fonts").string(), (folder / "cache").string()));
                environment.insert("FONTCONFIG_FILE",
                                   QString::fromStdString((folder / "fonts.conf").string()));
            }
            process.setProcessEnvironment(environment);
            process.start(QCoreApplication::applicationFilePath(),
                          {drawOption, QString::fromStdString(into.string())});
            return process.waitForFinished(120'000) && process.exitStatus() == QProcess::NormalExit &&
                   process.exitCode() == 0;
        };
        QVERIFY(drawIn("here", false));
        for (const QString& face : faces)
            writeText(folder / "fonts" / fmt::format("{}.otf", face.toStdString()),
                      anotherVersionOf(faceOf(face.toLatin1().constData())).toStdString());
        QVERIFY(drawIn("there", true));
        for (const char* file : {"widths", "a.svg", "a.pdf", "a.png"})
            QVERIFY2(readWholeFile(folder / "here" / file).value() ==
                         readWholeFile(folder / "there" / file).value(),
                     file);
    }

    /// Signs beside digits and capitals, which Inter has other glyphs for, and what others join to ligatures.
    void pdfGivesEveryCharacter_data() {
        QTest::addColumn<QString>("family");
        QTest::addColumn<int>("weight");
        QTest::addColumn<bool>("italic");
        for (const char* family : {"Inter", "DejaVu Sans"})
            for (const QFont::Weight weight : weights)
                for (const bool italic : {false, true})
                    QTest::addRow("%s %d%s", family, static_cast<int>(weight), italic ? " italic" : "")
                        << QString::fromLatin1(family) << static_cast<int>(weight) << italic;
    }
    void pdfGivesEveryCharacter() {
        QFETCH(QString, family);
        QFETCH(int, weight);
        QFETCH(bool, italic);
        if (QStandardPaths::findExecutable(QStringLiteral("pdftotext")).isEmpty())
            QSKIP("skipped: pdftotext is not installed");
        if (!QFontDatabase::families().contains(family))
            QSKIP(qPrintable(QStringLiteral("skipped: no ") + family));
        QStringList texts;
        for (const char* text : {"−0.37",
                                 "(−1)",
                                 "1 × 10⁻⁵²",
                                 "R² = 0.4",
                                 "A→G",
                                 "← TSS",
                                 "TSS →",
                                 "p < 0.05",
                                 "r > −0.2",
                                 "22:19930274 A>G",
                                 "chr22:20,045,123–20,045,200",
                                 "10:30",
                                 "2×3",
                                 "-> <-",
                                 "fi ffi fl difference",
                                 "r = −0.21 [−0.30, −0.11]",
                                 "Δ μ ρ",
                                 "≤ 3 ≥ 4",
                                 "log₂(RPKM + 1)",
                                 "+0.08",
                                 "the gene’s ‘lead’ “SNV”",
                                 "A-B 3-4 A@B",
                                 "F(X)"})
            texts << QString::fromUtf8(text);
        const TemporaryFolder folder;
        for (const int pixels : {5, 7, 9}) {
            const QFont font = plainFont(family, pixels, static_cast<QFont::Weight>(weight), italic);
            QCOMPARE(readBack(font, texts, folder / "a.pdf"), texts);
        }
        if (!italic) { // a report's pages, in their own unit
            QFont font = reportFont(family, 9, static_cast<QFont::Weight>(weight));
            font.setPixelSize(font.pixelSize() / static_cast<int>(reportUnit));
            QCOMPARE(readBack(font, texts, folder / "a.pdf"), texts);
        }
    }

    /// What is given up for that is not the kerning.
    void kerningStays() {
        const QFont font = plainFont(QStringLiteral("Inter"), 100);
        QFont loose = font;
        loose.setKerning(false);
        const QString text = QStringLiteral("AVAVTo");
        QVERIFY(QFontMetricsF(font).horizontalAdvance(text) <
                QFontMetricsF(loose).horizontalAdvance(text) - 5);
    }
};

int main(int argc, char** argv) {
    QHashSeed::setDeterministicGlobalSeed(); // as the program: a PDF's fonts are in the order of a hash
    const QApplication application(argc, argv);
    if (argc == 3 && std::string_view(argv[1]) == drawOption)
        return drawInto(argv[2]);
    TestOwnFont test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_own_font.moc"
