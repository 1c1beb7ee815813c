// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/bcftools.h"
#include "io/fasta_reader.h"
#include "io/variant_reader.h"
#include "sequence/haplotypes.h"
#include "sequence/reference_window.h"

#include <QElapsedTimer>
#include <QStandardPaths>

#include <set>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

constexpr InputShape Shape{40001, 20000, StrandRule::Forward};

} // namespace

/// Personal sequences of the real study against `bcftools consensus -H 1|2` on the same regions.
class TestBcftoolsReal : public QObject {
    Q_OBJECT
private:
    test::TemporaryFolder m_folder;
    fs::path m_study;
    std::optional<FastaReader> m_fasta;
    std::optional<VariantReader> m_variants;
    std::vector<int64_t> m_tss;
    std::vector<std::string> m_people;

    /// All context regions as one FASTA, named as `bcftools consensus` wants: `>22:100-200`.
    Result<fs::path> writeContexts(int64_t flank) {
        std::string fasta;
        for (const int64_t tss : m_tss) {
            const Region region = withFlank(inputRegion(Shape, "22", tss, Strand::Forward), flank);
            DS_ASSIGN(const std::string bases, m_fasta->fetch(region));
            fasta += ">" + toText(region) + "\n";
            for (size_t at = 0; at < bases.size(); at += 60)
                fasta += bases.substr(at, 60) + "\n";
        }
        const fs::path file = m_folder / ("contexts" + std::to_string(flank) + ".fa");
        test::writeText(file, fasta);
        return file;
    }

    /// The program's sequences: [gene][2 person + haplotype], whole contexts and cut windows.
    struct Ours {
        std::vector<std::vector<std::string>> contexts;
        std::vector<std::vector<std::string>> windows;
        int64_t overlaps = 0;
        int64_t indels = 0;
        int64_t edits = 0;
    };
    Result<Ours> ours(const std::vector<std::string>& people, VariantMode mode, int64_t flank) {
        Ours result;
        for (const int64_t tss : m_tss) {
            const Region context = withFlank(inputRegion(Shape, "22", tss, Strand::Forward), flank);
            DS_ASSIGN(std::string bases, m_fasta->fetch(context));
            DS_ASSIGN(const AlleleMatrix matrix,
                      m_variants->read(context, people, UnphasedRule::Refuse, bases));
            const ReferenceWindow window = makeWindow(Shape, "22", tss, Strand::Forward, flank, bases);
            const Haplotypes haplotypes = buildHaplotypes(matrix, window.region.start, mode);
            if (requiredFlank(haplotypes, Shape.length, window.tssOffset) > flank)
                return fail(ErrorKind::Internal, "The test's flank is too short.");
            result.overlaps += haplotypes.leftOut.overlapping;
            auto& contexts = result.contexts.emplace_back();
            auto& windows = result.windows.emplace_back();
            for (const int32_t index : haplotypes.indexOfHaplotype) {
                const EditList& edits = haplotypes.distinct[static_cast<size_t>(index)];
                contexts.push_back(applyEdits(bases, edits, -flank));
                windows.push_back(materialize(window, edits));
                result.edits += static_cast<int64_t>(edits.size());
                for (const Edit& edit : edits)
                    result.indels += edit.growth() != 0;
            }
        }
        return result;
    }

private Q_SLOTS:
    void initTestCase() {
        if (QStandardPaths::findExecutable("bcftools").isEmpty())
            QSKIP("skipped: no bcftools (Debian package bcftools)");
        qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(m_folder.path().string()));
    }

    void openRealStudy() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        m_study = test::sharedData() / "geuvadis_chr22";
        auto fasta = FastaReader::open(m_study / "reference/hg19.22.1-22000000.fa.gz");
        DS_VERIFY(fasta);
        m_fasta.emplace(std::move(*fasta));
        auto variants =
            VariantReader::open((m_study / "genotypes/merged316.chr22_1-22Mb.phased.vcf.gz").string());
        DS_VERIFY(variants);
        m_variants.emplace(std::move(*variants));
        // 40 people from all over the list, so that several populations are in.
        for (size_t i = 0; i < 40; ++i)
            m_people.push_back(m_variants->people()[i * m_variants->people().size() / 40]);

        const auto bed =
            outputOf("gzip", {"-dc", text(m_study / "expression/geuvadis358.genes.RPKM.chr22.bed.gz")});
        QVERIFY(bed);
        std::set<int64_t> tss;
        for (const QByteArray& line : bed->split('\n')) {
            const QList<QByteArray> fields = line.split('\t');
            if (fields.size() > 3 && !line.startsWith('#'))
                tss.insert(fields[1].toLongLong());
        }
        for (const int64_t position : tss) {
            const Region region = inputRegion(Shape, "22", position, Strand::Forward);
            if (region.start >= 2000 && region.end + 2000 <= m_fasta->contigLength("22"))
                m_tss.push_back(position);
        }
        QVERIFY2(m_tss.size() > 60, qPrintable(QString::number(m_tss.size())));
    }

    void snvsAndIndels() {
        if (m_tss.empty())
            QSKIP("skipped: no shared data");
        constexpr int64_t flank = 1500;
        QElapsedTimer timer;
        timer.start();
        // bcftools stops at symbolic alleles other than <DEL>; the program leaves all of them out.
        const QString plain = text(m_folder / "plain.vcf.gz");
        QVERIFY(outputOf("bcftools", {"view", "-e", "ALT~\"<\"", "-s", joined(m_people), "-Oz", "-o", plain,
                                      text(m_study / "genotypes/merged316.chr22_1-22Mb.phased.vcf.gz")}));
        QVERIFY(outputOf("bcftools", {"index", "-t", plain}));
        const auto fasta = writeContexts(flank);
        DS_VERIFY(fasta);
        const auto mine = ours(m_people, VariantMode::SnvAndIndel, flank);
        DS_VERIFY(mine);
        const qint64 oursTook = timer.restart();

        int64_t compared = 0;
        for (size_t h = 0; h < 2 * m_people.size(); ++h) {
            const auto consensus =
                outputOf("bcftools", {"consensus", "-H", QString::number(h % 2 + 1), "-s",
                                      QString::fromStdString(m_people[h / 2]), "-f", text(*fasta), plain});
            QVERIFY(consensus);
            const std::vector<std::string> theirs = sequencesOf(*consensus);
            QCOMPARE(theirs.size(), m_tss.size());
            for (size_t g = 0; g < m_tss.size(); ++g) {
                const std::string where = m_people[h / 2] + " haplotype " + std::to_string(h % 2 + 1) +
                                          ", TSS " + std::to_string(m_tss[g] + 1);
                QVERIFY2(mine->contexts[g][h] == theirs[g], where.c_str());
                QVERIFY2(mine->windows[g][h].size() == size_t(Shape.length) &&
                             theirs[g].find(mine->windows[g][h]) != std::string::npos,
                         where.c_str());
                ++compared;
            }
        }
        qInfo("%lld sequences of %zu genes and %zu people are identical; %lld edits, %lld of them indels, "
              "%lld alleles "
              "left out as overlapping; reader and sequences %lld ms, bcftools %lld ms",
              static_cast<long long>(compared), m_tss.size(), m_people.size(),
              static_cast<long long>(mine->edits), static_cast<long long>(mine->indels),
              static_cast<long long>(mine->overlaps), oursTook, timer.elapsed());
        QVERIFY(mine->indels > 0);
    }

    void snvsOnly() {
        if (m_tss.empty())
            QSKIP("skipped: no shared data");
        const std::vector<std::string> people(m_people.begin(), m_people.begin() + 4);
        const QString snvs = text(m_folder / "snvs.vcf.gz");
        QVERIFY(outputOf("bcftools", {"view", "-v", "snps", "-Oz", "-o", snvs,
                                      text(m_study / "genotypes/merged316.chr22_1-22Mb.phased.vcf.gz")}));
        QVERIFY(outputOf("bcftools", {"index", "-t", snvs}));
        const auto fasta = writeContexts(0);
        DS_VERIFY(fasta);
        const auto mine = ours(people, VariantMode::Snv, 0);
        DS_VERIFY(mine);
        QVERIFY(mine->edits > 0);
        QCOMPARE(mine->indels, int64_t(0));
        for (size_t h = 0; h < 2 * people.size(); ++h) {
            const auto consensus =
                outputOf("bcftools", {"consensus", "-H", QString::number(h % 2 + 1), "-s",
                                      QString::fromStdString(people[h / 2]), "-f", text(*fasta), snvs});
            QVERIFY(consensus);
            const std::vector<std::string> theirs = sequencesOf(*consensus);
            QCOMPARE(theirs.size(), m_tss.size());
            for (size_t g = 0; g < m_tss.size(); ++g)
                QVERIFY2(mine->windows[g][h] == theirs[g],
                         (people[h / 2] + ", TSS " + std::to_string(m_tss[g] + 1)).c_str());
        }
    }

private:
    static QString joined(const std::vector<std::string>& names) {
        QStringList list;
        for (const std::string& name : names)
            list << QString::fromStdString(name);
        return list.join(',');
    }
};

QTEST_GUILESS_MAIN(TestBcftoolsReal)
#include "tst_bcftools_real.moc"
