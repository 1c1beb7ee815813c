// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/small_vcf.h"

#include <random>

using namespace diploscope;
using namespace diploscope::test;

namespace {

constexpr int PeopleCount = 21;

std::vector<std::string> people() {
    std::vector<std::string> names;
    for (int p = 0; p < PeopleCount; ++p)
        names.push_back("P" + std::to_string(p));
    return names;
}

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& text : texts)
        all += (all.empty() ? "" : "\t") + text;
    return all;
}

/// Records of one to nine alternates with phased genotypes of everybody; with `depth` FORMAT is GT:DP, which
/// htslib takes apart.
std::string records(bool depth) {
    std::mt19937 random(7);
    std::string text;
    for (int r = 0; r < 40; ++r) {
        const int alternates = 1 + r % 9;
        std::string alts;
        for (int a = 0; a < alternates; ++a)
            alts += (a == 0 ? "" : ",") + std::string("A") + std::string(size_t(a) + 1, 'C');
        text += "1\t" + std::to_string(10 + 20 * r) + "\trs" + std::to_string(r) + "\tA\t" + alts +
                "\t.\tPASS\tEND=" + std::to_string(10 + 20 * r) + (depth ? "\tGT:DP" : "\tGT");
        for (int p = 0; p < PeopleCount; ++p)
            text += "\t" + std::to_string(random() % unsigned(alternates + 1)) + "|" +
                    std::to_string(random() % unsigned(alternates + 1)) + (depth ? ":9" : "");
        text += "\n";
    }
    return text;
}

Result<AlleleMatrix> readOf(const std::string& text, const std::vector<std::string>& asked,
                            UnphasedRule rule = UnphasedRule::Refuse) {
    const VcfFile file(text);
    DS_ASSIGN(const VariantReader reader, VariantReader::open(file.path()));
    return reader.read({"1", 0, 1000}, asked, rule, {});
}

std::string replacedOnce(std::string text, const std::string& what, const std::string& with) {
    const size_t at = text.find(what);
    return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

} // namespace

/// Lines of phased genotypes alone are read by place, others by htslib: both must give the same.
class TestVcfLine : public QObject {
    Q_OBJECT
private:
    TemporaryFolder m_cache;

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(m_cache.path().string())); }

    void asHtslib_data() {
        QTest::addColumn<QStringList>("asked");
        QStringList all;
        for (const std::string& person : people())
            all << QString::fromStdString(person);
        QTest::newRow("everybody") << all;
        QTest::newRow("some") << QStringList{"P3", "P8", "P9", "P20"}; // of all bytes of htslib's mask
        QTest::newRow("in another order") << QStringList{"P20", "P0", "P7"};
        QTest::newRow("nobody") << QStringList{};
    }
    void asHtslib() {
        QFETCH(QStringList, asked);
        std::vector<std::string> names;
        for (const QString& name : asked)
            names.push_back(name.toStdString());
        const auto plain = readOf(vcf(records(false), joined(people())), names);
        const auto taken = readOf(vcf(records(true), joined(people())), names);
        DS_VERIFY(plain);
        DS_VERIFY(taken);
        QCOMPARE(plain->sites.size(), size_t(40));
        QCOMPARE(plain->alleles, taken->alleles);
        QCOMPARE(plain->counts.missingAlleles, taken->counts.missingAlleles);
        for (size_t s = 0; s < plain->sites.size(); ++s) {
            QCOMPARE(plain->sites[s].id, taken->sites[s].id);
            QCOMPARE(plain->sites[s].position, taken->sites[s].position);
            QCOMPARE(plain->sites[s].alts, taken->sites[s].alts);
        }
    }

    /// One genotype of all is of another form, at the beginning, in the middle or at the end.
    void oneOther_data() {
        QTest::addColumn<QString>("genotype");
        QTest::addColumn<QList<int>>("expected");
        QTest::newRow("unphased homozygote") << "1/1" << QList{1, 1};
        QTest::newRow("missing") << ".|." << QList{-1, -1};
        QTest::newRow("half missing") << "1|." << QList{1, -1};
        QTest::newRow("haploid") << "1" << QList{1, 1};
        QTest::newRow("with more") << "1|0:5" << QList{1, 0};
    }
    void oneOther() {
        QFETCH(QString, genotype);
        QFETCH(QList<int>, expected);
        for (int other = 0; other < 3; ++other) {
            std::vector<std::string> fields(3, "0|1");
            fields[size_t(other)] = genotype.toStdString();
            std::string line = "1\t100\t.\tA\tC\t.\t.\t.\t";
            line += (genotype.contains(':') ? "GT:DP\t" : "GT\t") + joined(fields) + "\n";
            const auto matrix = readOf(vcf(line), Everybody);
            DS_VERIFY(matrix);
            std::vector<int> wanted{0, 1, 0, 1, 0, 1};
            wanted[size_t(2 * other)] = expected[0];
            wanted[size_t(2 * other + 1)] = expected[1];
            QCOMPARE(row(*matrix, 0), wanted);
        }
    }

    /// As long as a line of plain genotypes, and none.
    void refused_data() {
        QTest::addColumn<QString>("line");
        QTest::newRow("a letter") << "1 100 . A C . . . GT 0|1 x|0 0|1";
        QTest::newRow("behind nine") << "1 100 . A C . . . GT 0|1 :|0 0|1";
        QTest::newRow("an allele that is not there") << "1 100 . A C . . . GT 0|1 0|2 0|1";
        QTest::newRow("one column more") << "1 100 . A C . . . GT 0|1 0|0 0|1 0|0";
        QTest::newRow("one column less") << "1 100 . A C . . . GT 0|1 0|0";
        QTest::newRow("no INFO") << "1 100 . A C . . GT 0|1 0|0 0|1";
        QTest::newRow("FORMAT twice") << "1 100 . A C . . . GT GT 0|1 0|0 0|1";
    }
    void refused() {
        QFETCH(QString, line);
        const auto matrix = readOf(vcf(line.replace(' ', '\t').toStdString() + "\n"), Everybody);
        QVERIFY(!matrix);
        QCOMPARE(matrix.error().kind, ErrorKind::BadInput);
        QVERIFY2(QString::fromStdString(matrix.error().where).endsWith("1:100"),
                 matrix.error().message().c_str());
    }

    void undeclaredGenotypes() {
        const std::string text = vcf(record("1 100 A C 0|1 1|0 1|1") + record("1 200 A C 1|1 1|0 0|0"));
        const std::string declared = "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"genotype\">\n";
        QVERIFY(text.find(declared) != std::string::npos);
        const auto matrix = readOf(replacedOnce(text, declared, ""), Everybody);
        DS_VERIFY(matrix);
        QCOMPARE(row(*matrix, 0), (std::vector<int>{0, 1, 1, 0, 1, 1}));
        QCOMPARE(row(*matrix, 1), (std::vector<int>{1, 1, 1, 0, 0, 0}));
    }
};

QTEST_GUILESS_MAIN(TestVcfLine)
#include "tst_vcf_line.moc"
