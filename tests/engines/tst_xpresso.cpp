// SPDX-License-Identifier: GPL-3.0-or-later
// A real model with published predictions: FASTA, TSS, strand, one-hot, layers and weights are right when
// they match.
#include "model/model_folder.h"

#include "engines/open_model.h"
#include "genome/region.h"
#include "io/fasta_reader.h"
#include "io/text_reader.h"
#include "model/predictor.h"

#include <fmt/format.h>

#include <cmath>

using namespace diploscope;
using namespace diploscope::test;

class TestXpresso : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void referencePredictions_data();
    void referencePredictions();
};

void TestXpresso::referencePredictions_data() {
    QTest::addColumn<bool>("plain");
    QTest::newRow("fast") << false;
    QTest::newRow("plain") << true;
}

void TestXpresso::referencePredictions() {
    QFETCH(bool, plain);
    DS_SKIP_WITHOUT_SHARED_DATA();
    const std::filesystem::path data = sharedData();
    TemporaryFolder folder;
    std::filesystem::copy_file(std::filesystem::path(DIPLOSCOPE_TEST_DATA) / ".." / "models" / "xpresso" /
                                   "model.json",
                               folder / "model.json");
    std::filesystem::create_symlink(data / "xpresso" / "xpresso_gm12878.safetensors",
                                    folder / "xpresso_gm12878.safetensors");
    auto model = openModel(folder.path().string());
    DS_VERIFY(model);
    auto fasta = FastaReader::open(data / "geuvadis_chr22" / "reference" / "hg19.22.1-22000000.fa.gz");
    DS_VERIFY(fasta);

    auto table = TextReader::open(data / "xpresso" / "reference_predictions.tsv");
    DS_VERIFY(table);
    std::string_view line;
    int genes = 0;
    int reverse = 0;
    DS_VERIFY(table->next(line)); // header
    for (;;) {
        const auto more = table->next(line);
        DS_VERIFY(more);
        if (!*more)
            break;
        std::vector<std::string_view> fields;
        splitFields(line, '\t', fields);
        int64_t tss = 0;
        int64_t start = 0;
        double published = 0;
        QVERIFY(parseInteger(fields[3], tss) && parseInteger(fields[5], start) &&
                parseNumber(fields[7], published));
        const Strand strand = fields[4] == "+" ? Strand::Forward : Strand::Reverse;
        const InputShape& shape = (*model)->info().input;
        const Region region = inputRegion(shape, std::string(fields[2]), tss - 1, strand);
        QCOMPARE(region.start, start - 1);
        auto bases = fasta->fetch(region);
        DS_VERIFY(bases);
        const ReferenceWindow window = makeWindow(shape, std::string(fields[2]), tss - 1, strand, 0, *bases);
        auto locus =
            (*model)->prepare(window, (*model)->info().defaultOutput, plain ? Method::Plain : Method::Fast);
        DS_VERIFY(locus);
        const std::vector<EditList> reference(1);
        auto values = (*locus)->predict(reference, {});
        DS_VERIFY(values);
        QVERIFY2(std::abs((*values)(0, 0) - published) < 1e-4,
                 fmt::format("{}: {} instead of {}", fields[1], (*values)(0, 0), published).c_str());
        ++genes;
        reverse += strand == Strand::Reverse ? 1 : 0;
    }
    QCOMPARE(genes, 6);
    QCOMPARE(reverse, 3);
}

QTEST_GUILESS_MAIN(TestXpresso)
#include "tst_xpresso.moc"
