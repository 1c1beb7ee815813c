// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json_text.h"
#include "figure/embedded_proof.h"
#include "figure/figure_file.h"
#include "figure/figure_proof.h"

#include "support.h"

#include <fmt/format.h>

using namespace diploscope;

namespace {

FigureProof invented() {
    FigureProof proof;
    proof.program = "diploscope 1.2.3";
    proof.drawnWith = {{"qt", "6.4.2"}, {"font", "Inter"}};
    proof.command = "diploscope figure a.study.json --figure ism";
    proof.studies = {{"my <study> & \"more\"",
                      "GRCh38",
                      {{"reference", "a.fa", "00"},
                       {"genotypes", "chr1.vcf.gz", "11"},
                       {"genotypes", "chr2.vcf.gz", "22"},
                       {"expression", "e.bed", "33"}}}};
    proof.models = {{"demo-cnn", "abc"}};
    proof.panels = {{"a", "ism", {{"drivers", "forward"}, {"genotypes", "chr1.vcf.gz (12 bytes)"}}}};
    proof.figure = nlohmann::json(figureJson(designOf({.figure = "ism"}), {}));
    return proof;
}

/// One pixel, as any encoder writes it.
const std::string Png = std::string("\x89PNG\r\n\x1a\n", 8) +
                        std::string("\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0\x3a\x7e\x9b\x55", 25) +
                        std::string("\0\0\0\nIDAT\x78\x9c\x63\0\0\0\2\0\1\x48\xaf\xa4\x71\x01", 22) +
                        std::string("\0\0\0\0IEND\xae\x42\x60\x82", 12);

} // namespace

class TestFigureProof : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void roundTrip() {
        const FigureProof proof = invented();
        const std::string text = proofText(proof);
        QVERIFY(text.find('\n') == std::string::npos);
        const auto again = parseProof(text);
        DS_VERIFY(again);
        QVERIFY(*again == proof);
        QCOMPARE(proofText(*again), text);
        QVERIFY(proofDifferences(proof, *again).empty());
    }

    void carriers_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("a proof") << QString::fromStdString(proofText(invented()));
        QTest::newRow("what XML is made of") << QStringLiteral("</metadata> <![CDATA[ &amp; &#60; \" ' >]]>");
        QTest::newRow("a name") << QStringLiteral("Ängström 遺伝子");
    }
    void carriers() {
        QFETCH(QString, text);
        const std::string proof = text.toStdString();
        const std::string svg = fmt::format("<svg><metadata>{}</metadata></svg>", proofElement(proof));
        const auto inSvg = embeddedProof(svg);
        DS_VERIFY(inSvg);
        QCOMPARE(*inSvg, proof);
        const auto png = withProofChunk(Png, proof);
        DS_VERIFY(png);
        const auto inPng = embeddedProof(*png);
        DS_VERIFY(inPng);
        QCOMPARE(*inPng, proof);
        QVERIFY(png->starts_with(Png.substr(0, 33)) && png->ends_with(Png.substr(33)));
    }

    /// A report's file holds what a figure's does, and is not taken for one, nor the other way round.
    void reportsAreToldApart() {
        const std::string text = proofText(invented());
        const std::string ofReport = fmt::format("<rdf>{}</rdf>", reportElement(text));
        const auto found = embeddedReport(ofReport);
        DS_VERIFY(found);
        QCOMPARE(*found, text);
        QVERIFY(!embeddedProof(ofReport));
        const auto none = embeddedReport(proofElement(text));
        QVERIFY(!none && none.error().kind == ErrorKind::NotFound);
        const auto cut = embeddedReport(std::string_view(ofReport).substr(0, ofReport.size() - 30));
        QVERIFY(!cut && cut.error().kind == ErrorKind::BadInput);
    }

    void filesWithout_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("other SVG") << QByteArray("<svg><metadata/></svg>");
        QTest::newRow("other PNG") << QByteArray::fromStdString(Png);
        QTest::newRow("begun") << QByteArray("<metadata><diploscope:proof xmlns=\"a\">{\"proof\":1");
        QTest::newRow("a head alone") << QByteArray("<diploscope:proof");
        const std::string marked = withProofChunk(Png, "text").value();
        for (const size_t length : {size_t{34}, size_t{41}, size_t{50}, size_t{60}})
            QTest::addRow("PNG of %zu bytes", length) << QByteArray::fromStdString(marked.substr(0, length));
        std::string endless = marked;
        endless.replace(33, 4, "\xff\xff\xff\xff");
        QTest::newRow("PNG with an endless chunk") << QByteArray::fromStdString(endless);
    }
    void filesWithout() {
        QFETCH(QByteArray, file);
        const auto proof = embeddedProof(file.toStdString());
        QVERIFY(!proof);
        QVERIFY(proof.error().kind == ErrorKind::NotFound || proof.error().kind == ErrorKind::BadInput);
    }

    void refusals_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("said");
        QTest::newRow("no JSON") << "{"
                                 << "";
        QTest::newRow("no proof") << R"({"program": "x", "figure": {}})"
                                  << "key `proof`";
        QTest::newRow("newer") << R"({"proof": 2, "program": "x"})"
                               << "newer version";
        QTest::newRow("unknown key") << R"({"proof": 1, "program": "x", "figre": {}})"
                                     << "figure";
        QTest::newRow("no figure") << R"({"proof": 1, "program": "x"})"
                                   << "key `figure`";
        QTest::newRow("odd line") << R"({"proof":1,"program":"x","drawn_with":[["a"]],"figure":{}})"
                                  << "drawn_with[0]";
        QTest::newRow("input without a name")
            << R"({"proof":1,"program":"x","studies":[{"inputs":[{"file":"a"}]}],"figure":{}})"
            << "studies[0].inputs[0].what";
    }
    void refusals() {
        QFETCH(QString, text);
        QFETCH(QString, said);
        const auto proof = parseProof(text.toStdString());
        QVERIFY(!proof);
        QVERIFY2(QString::fromStdString(proof.error().message()).contains(said),
                 proof.error().message().c_str());
    }

    /// What differs is told by its name, and nothing twice.
    void differences_data() {
        QTest::addColumn<QString>("change");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char* change, QStringList expected) {
            QTest::newRow(change) << QString(change) << std::move(expected);
        };
        row("nothing", {});
        row("a genotype", {"genotypes: chr2.vcf.gz has other content"});
        row("a file more", {"genotypes: chr3.vcf.gz was not part of the study"});
        row("a file less", {"expression: e.bed is not part of the study any more"});
        row("weights", {"model: demo-cnn has other weights or another model.json (checksum def, was abc)"});
        row("version", {"program: was diploscope 1.2.3, and is diploscope 2"});
        row("font", {"font: was Inter, and is DejaVu Sans"});
        row("option", {"panel a, drivers: was forward, and is backward"});
        row("specification", {"figure: its specification says otherwise: `dpi`"});
    }
    void differences() {
        QFETCH(QString, change);
        QFETCH(QStringList, expected);
        FigureProof now = invented();
        auto& inputs = now.studies[0].inputs;
        if (change == "a genotype") {
            inputs[2].digest = "44";
            now.panels[0].made[1].second = "chr1.vcf.gz (13 bytes)"; // said already
        }
        if (change == "a file more")
            inputs.insert(inputs.begin() + 3, {"genotypes", "chr3.vcf.gz", "55"});
        if (change == "a file less")
            inputs.pop_back();
        if (change == "weights")
            now.models[0].checksum = "def";
        if (change == "version")
            now.program = "diploscope 2";
        if (change == "font")
            now.drawnWith[1].second = "DejaVu Sans";
        if (change == "option")
            now.panels[0].made[0].second = "backward";
        if (change == "specification")
            now.figure["dpi"] = 600;
        QStringList found;
        for (const std::string& difference : proofDifferences(invented(), now))
            found << QString::fromStdString(difference);
        QCOMPARE(found, expected);
    }
};

QTEST_GUILESS_MAIN(TestFigureProof)
#include "tst_figure_proof.moc"
