// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"

#include "support.h"

#include <limits>

using namespace diploscope;
using namespace diploscope::ui;

/// Numbers, names and places as people read them.
class TestNumberText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pValues_data() {
        QTest::addColumn<double>("p");
        QTest::addColumn<QString>("text");
        QTest::newRow("one") << 1.0 << QStringLiteral("p = 1");
        QTest::newRow("ordinary") << 0.0342 << QStringLiteral("p = 0.034");
        QTest::newRow("the last written out") << 0.001 << QStringLiteral("p = 0.001");
        QTest::newRow("small, true minus, no leading zero") << 1.3e-5 << QStringLiteral("p = 1×10⁻⁵");
        QTest::newRow("rounds up to the next power") << 9.7e-8 << QStringLiteral("p = 1×10⁻⁷");
        QTest::newRow("ten as exponent keeps its zero") << 4e-10 << QStringLiteral("p = 4×10⁻¹⁰");
        QTest::newRow("three digits") << 2e-100 << QStringLiteral("p = 2×10⁻¹⁰⁰");
        QTest::newRow("the smallest double")
            << std::numeric_limits<double>::denorm_min() << QStringLiteral("p < 2×10⁻³⁰⁸");
        QTest::newRow("underflow") << 0.0 << QStringLiteral("p < 2×10⁻³⁰⁸");
        QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN() << QStringLiteral("p = –");
    }
    void pValues() {
        QFETCH(double, p);
        QFETCH(QString, text);
        QCOMPARE(pText(p), text);
    }

    void undefinedP() { QCOMPARE(pText(std::nullopt), QStringLiteral("p = –")); }

    void numbers() {
        QCOMPARE(ratioText(-0.4918), QStringLiteral("−0.49"));
        QCOMPARE(ratioText(-0.001), QStringLiteral("0.00")); // not −0.00
        QCOMPARE(ratioText(std::nullopt), QStringLiteral("–"));
        QCOMPARE(fixedText(INFINITY, 2), QStringLiteral("–"));
        QCOMPARE(fixedText(-1234.5, 1), QStringLiteral("−1,234.5"));
        QCOMPARE(countText(1'234'567), QStringLiteral("1,234,567"));
        QCOMPARE(countText(-5), QStringLiteral("−5"));
        QCOMPARE(powerOfTenText(-12), QStringLiteral("×10⁻¹²"));
        QCOMPARE(countedText(1, QStringLiteral("driver"), QStringLiteral("drivers")),
                 QStringLiteral("1 driver"));
        QCOMPARE(countedText(1204, QStringLiteral("driver"), QStringLiteral("drivers")),
                 QStringLiteral("1,204 drivers"));
    }

    void namesDoNotSteerTheText_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain") << QStringLiteral("GSTM3") << QStringLiteral("GSTM3");
        QTest::newRow("accents") << QStringLiteral("Gène-1") << QStringLiteral("Gène-1");
        QTest::newRow("line break") << QStringLiteral("a\nb\r\tc") << QStringLiteral("a\uFFFDb\uFFFD\uFFFDc");
        QTest::newRow("terminal") << QStringLiteral("\x1b[31mred") << QStringLiteral("\uFFFD[31mred");
        QTest::newRow("turned round") << QStringLiteral("a\u202Egpj.exe") << QStringLiteral("a\uFFFDgpj.exe");
        QTest::newRow("paragraph") << QStringLiteral("a\u2029b") << QStringLiteral("a\uFFFDb");
        QTest::newRow("Hebrew") << QStringLiteral("\u05D2\u05DF")
                                << QStringLiteral("\u2068\u05D2\u05DF\u2069");
    }
    void namesDoNotSteerTheText() {
        QFETCH(QString, name);
        QFETCH(QString, shown);
        QCOMPARE(shownName(name.toStdString()), shown);
        Gene gene;
        gene.id = "id";
        gene.name = name.toStdString();
        QCOMPARE(geneText(gene), shown);
        QCOMPARE(breakable(QString(40, u'x')).count(QChar(0x200B)), 2);
    }

    void regionsCountFromOne() {
        QCOMPARE(regionText({"chr1", 9, 1'000'000}), QStringLiteral("chr1:10–1,000,000"));
    }
};

QTEST_GUILESS_MAIN(TestNumberText)
#include "tst_number_text.moc"
