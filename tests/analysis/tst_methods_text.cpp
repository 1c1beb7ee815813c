// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/methods_text.h"
#include "analysis/provenance.h"

#include "support.h"

#include <algorithm>
#include <string>

using namespace diploscope;

namespace {

using Lines = std::vector<std::pair<std::string, std::string>>;

/// As provenanceOf() writes them.
Lines provenance() {
    return {{"program", "diploscope 1.2.3"},
            {"study", "GEUVADIS"},
            {"build", "GRCh37"},
            {"reference", "hg19.fa (1 bytes)"},
            {"annotation", "genes.gtf (2 bytes)"},
            {"genotypes", "people.vcf.gz (3 bytes)"},
            {"expression", "rpkm.bed.gz (4 bytes)"},
            {"expression_transform", "log2(x + 1)"},
            {"covariates", "none"},
            {"people", "358"},
            {"variants", "SNVs"},
            {"unphased", "refused"},
            {"phase_sets", "as listed"},
            {"effect_allele", "most common non-reference"},
            {"model", "my-cnn"},
            {"model_checksum", "a1b2c3"},
            {"model_note", "none"},
            {"model_input", "10500 bp, TSS at 7000, forward strand"},
            {"output", "bins 0; tracks 0; sum"},
            {"tracks", "not named"},
            {"averaged_over", "nothing"},
            {"method", "exact incremental, fp64"},
            {"self_check", "off"},
            {"gradient", "none"},
            {"drivers", "forward; R_lin > 0.2, gain > 0.05, own p < 0.01 / SNVs"},
            {"null", "published: 50 random predictors; calibrated and empirical: 1000; seed 7"},
            {"bootstrap", "1000 resamples of people, seed 7"},
            {"fine_mapping", "SuSiE as susieR 0.12.35, L = 10"}};
}

Lines with(const std::string& key, const std::string& value) {
    Lines lines = provenance();
    for (auto& [name, known] : lines)
        if (name == key)
            known = value;
    return lines;
}

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& text : texts)
        all += text + "\n";
    return all;
}

bool says(const std::vector<std::string>& texts, const std::string& words) {
    return joined(texts).find(words) != std::string::npos;
}

} // namespace

class TestMethodsText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Wrong: a study of SNVs told of indels, or of indels not.
    void effectsOfIndelsAreTold() {
        const auto of = [](const char* variants) {
            return methodsText({.provenance = with("variants", variants), .correlated = 316}).paragraphs;
        };
        QVERIFY(says(of("SNVs and indels"), "the effect of an indel was the mean"));
        QVERIFY(!says(of("SNVs"), "indel"));
    }

    /// Nothing of how numbers came about is left out.
    void everySettingIsTold() {
        const MethodsText text = methodsText({.provenance = provenance(), .correlated = 316});
        for (const char* words : {"diploscope 1.2.3", "GEUVADIS",
                                  "GRCh37",           "hg19.fa",
                                  "genes.gtf",        "people.vcf.gz",
                                  "rpkm.bed.gz",      "log2(x + 1)",
                                  "358 people",       "SNVs",
                                  "refused",          "my-cnn",
                                  "a1b2c3",           "10500 bp",
                                  "tracks 0",         "exact incremental",
                                  "316 people",       "calibrated and empirical: 1000; seed 7",
                                  "1000 resamples",   "R_lin > 0.2, gain > 0.05",
                                  "susieR 0.12.35",   "most common non-reference"})
            QVERIFY2(says(text.paragraphs, words), words);
        for (const char* paper : {"Sasse A", "Wang G"})
            QVERIFY2(says(text.references, paper), paper);
        QCOMPARE(text.references.size(), size_t{2});
    }

    /// What was not done, or is not known, is not told.
    void nothingElseIsTold() {
        Lines lines = with("fine_mapping", "none");
        const MethodsText text = methodsText({.provenance = lines});
        for (const char* words : {"SuSiE", "Gradients", "covariates of", "mean over", "phase sets", "none",
                                  "nothing", "not named", "Enformer", "PrediXcan", "false discovery"})
            QVERIFY2(!says(text.paragraphs, words),
                     qPrintable(QString::fromStdString(joined(text.paragraphs))));
        QVERIFY(!says(text.references, "Wang G"));
        QVERIFY(!says(methodsText({.provenance = with("bootstrap", "none")}).paragraphs, "bootstrap"));
        QVERIFY(methodsText({.provenance = {}}).references.empty());
    }

    void otherChoicesAreOtherSentences() {
        QVERIFY(
            says(methodsText({.provenance = with("drivers", "backward; R_lin > 0.3, own p < 0.01 / SNVs")})
                     .paragraphs,
                 "backwards"));
        QVERIFY(says(methodsText({.provenance = with("covariates", "pca.tsv (9 bytes)")}).paragraphs,
                     "the covariates of pca.tsv"));
        QVERIFY(says(methodsText({.provenance = with("unphased", "as listed")}).paragraphs, "order listed"));
        QVERIFY(
            says(methodsText({.provenance = with("phase_sets", "people with several in a window left out")})
                     .paragraphs,
                 "several phase sets"));
        QVERIFY(says(methodsText({.provenance = with("averaged_over", "both strands")}).paragraphs,
                     "the mean over both strands"));
        QVERIFY(
            says(methodsText({.provenance = with("gradient", "at the reference, alternate - reference base")})
                     .paragraphs,
                 "Gradients were taken at the reference"));
    }

    void modelsAreCited_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("paper");
        QTest::newRow("by name") << "Enformer-human"
                                 << "torchscript"
                                 << "Avsec";
        QTest::newRow("by kind") << "mine"
                                 << "enformer"
                                 << "Avsec";
        QTest::newRow("Borzoi") << "borzoi-mini"
                                << "torchscript"
                                << "Linder";
        QTest::newRow("Xpresso") << "xpresso"
                                 << "sequential"
                                 << "Shendure";
        QTest::newRow("another") << "my-cnn"
                                 << "sequential"
                                 << "";
    }
    void modelsAreCited() {
        QFETCH(QString, name);
        QFETCH(QString, kind);
        QFETCH(QString, paper);
        const MethodsText text =
            methodsText({.provenance = with("model", name.toStdString()), .modelKind = kind.toStdString()});
        for (const char* known : {"Avsec", "Linder", "Shendure"})
            QCOMPARE(says(text.references, known), paper == QString::fromLatin1(known));
    }

    void allGenes() {
        const MethodsText text = methodsText(
            {.provenance = provenance(), .ofAllGenes = NullChoice::Calibrated, .withPredixcan = true});
        QVERIFY(says(text.paragraphs, "calibrated null"));
        QVERIFY(says(text.references, "Benjamini") && says(text.references, "Gamazon"));
        // In the order in which the text cites them, each once.
        std::vector<std::string> sorted = text.references;
        std::sort(sorted.begin(), sorted.end());
        QVERIFY(std::unique(sorted.begin(), sorted.end()) == sorted.end());
        QVERIFY(text.references.front().find("Sasse") == 0);
    }

    void importedResultsWereNotComputed() {
        const MethodsText text = methodsText({.provenance = {{"program", "diploscope 1.2.3"},
                                                             {"null_statistics", "table.txt, sha256 abc"},
                                                             {"model", "Enformer"}},
                                              .ofAllGenes = NullChoice::Published});
        QVERIFY(says(text.paragraphs, "imported") && says(text.paragraphs, "table.txt, sha256 abc"));
        QVERIFY(!says(text.paragraphs, "haplotype") && !says(text.paragraphs, "eQTL"));
        QVERIFY(says(text.references, "Sasse") && says(text.references, "Avsec"));
    }

    /// Whoever draws them escapes.
    void namesStandAsTheyAre() {
        const std::string hostile = "A<B>&\"C\"";
        QVERIFY(says(methodsText({.provenance = with("study", hostile)}).paragraphs, hostile));
    }
};

QTEST_GUILESS_MAIN(TestMethodsText)
#include "tst_methods_text.moc"
