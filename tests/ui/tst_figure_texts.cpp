// SPDX-License-Identifier: GPL-3.0-or-later
// What is written in a figure can be searched, copied and read aloud from its PDF, character by character.
#include "every_figure.h"
#include "figures/drawn_design.h"

#include "support.h"

#include <QProcess>
#include <QStandardPaths>
#include <QXmlStreamReader>

#include <algorithm>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

Result<QByteArray> bytesOf(const FigureEntry& figure, const std::string& family, FigureFormat format) {
    ReadyFigure ready = figure.make(specOf(figure.kind));
    FigureDesign design = designOf(ready.design);
    design.font = family;
    DS_ASSIGN(const DrawnFigure drawn,
              drawDesign({std::move(design), {{&figure, std::move(ready)}}, {}}, format));
    return drawn.bytes();
}

/// As they were drawn: SVG keeps each as it is.
QStringList textsOf(const QByteArray& svg) {
    QStringList texts;
    QXmlStreamReader xml(svg);
    while (!xml.atEnd())
        if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == QStringLiteral("text"))
            texts << xml.readElementText(QXmlStreamReader::IncludeChildElements);
    return texts;
}

QString withoutSpaces(const QString& text) {
    QString kept;
    for (const QChar letter : text)
        if (!letter.isSpace())
            kept += letter;
    return kept;
}

QString sorted(QString text) {
    std::sort(text.begin(), text.end());
    return text;
}

} // namespace

class TestFigureTexts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (QStandardPaths::findExecutable(QStringLiteral("pdftotext")).isEmpty())
            QSKIP("skipped: pdftotext is not installed");
    }

    void pdfHoldsWhatWasDrawn_data() {
        QTest::addColumn<const FigureEntry*>("figure");
        QTest::addColumn<std::string>("family");
        for (const FigureEntry* figure : allFigures())
            QTest::newRow(figure->name) << figure << std::string();
        QTest::newRow("a family with ligatures")
            << &registered(ExperimentFigure::BeforeAfter) << std::string("DejaVu Sans");
    }
    void pdfHoldsWhatWasDrawn() {
        QFETCH(const FigureEntry*, figure);
        QFETCH(std::string, family);
        const auto svg = bytesOf(*figure, family, FigureFormat::Svg);
        if (!family.empty() && !svg)
            QSKIP("skipped: the family is not installed");
        DS_VERIFY(svg);
        const auto pdf = bytesOf(*figure, family, FigureFormat::Pdf);
        DS_VERIFY(pdf);
        const TemporaryFolder folder;
        const std::filesystem::path file = folder / "a.pdf";
        writeText(file, pdf->toStdString());
        QProcess process;
        process.start("pdftotext", {"-raw", QString::fromStdString(file.string()), "-"});
        QVERIFY(process.waitForFinished() && process.exitCode() == 0);
        const QString read = withoutSpaces(QString::fromUtf8(process.readAllStandardOutput()));
        const QStringList texts = textsOf(*svg);
        QVERIFY(texts.size() > 4);
        for (const QString& text : texts)
            QVERIFY2(read.contains(withoutSpaces(text)),
                     qPrintable(text + QStringLiteral(" is not in ") + read));
        QCOMPARE(sorted(read), sorted(withoutSpaces(texts.join(QString())))); // and nothing else
    }
};

QTEST_MAIN(TestFigureTexts)
#include "tst_figure_texts.moc"
