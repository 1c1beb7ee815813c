// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/variant_handles.h"

#include "base/atomic_file.h"
#include "io/small_vcf.h"

#include <thread>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

std::string fourRecords() {
    return test::vcf(record("1 100 A G 0|1 0|0 1|1") + record("1 300 C T 1|1 0|1 0|0") +
                     record("2 100 G C 0|0 1|0 0|1") + record("2 300 T A 1|0 1|1 0|0"));
}

/// Everything that a reading gives of genotypes, or its error.
std::string told(const Result<AlleleMatrix>& matrix) {
    if (!matrix)
        return matrix.error().message();
    std::string text;
    for (size_t s = 0; s < matrix->sites.size(); ++s) {
        text += std::to_string(matrix->sites[s].position) + matrix->sites[s].ref + ":";
        for (const int allele : row(*matrix, s))
            text += std::to_string(allele);
        text += " ";
    }
    return text + std::to_string(matrix->severalPhaseSets.size());
}

std::string told(const VariantReader& reader, const std::vector<std::string>& people = Everybody,
                 const Region& region = {"1", 0, 1000}) {
    return told(reader.read(region, people, UnphasedRule::AsListed, ""));
}

/// Takes the place of a file as editors and copying do it; its index is then older, or none.
void replaceFile(const fs::path& file, const std::string& text) {
    writeText(file.string() + ".new", bgzipped(text));
    fs::rename(file.string() + ".new", file);
    fs::remove(file.string() + ".tbi");
}

} // namespace

class TestVariantHandles : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_cache;

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(m_cache.path().string())); }

    void isOpenedOnce() {
        const VcfFile file(fourRecords());
        VariantHandles handles;
        auto first = handles.take(file.path(), std::nullopt);
        DS_VERIFY(first);
        const VariantHandle* const opened = first->get();
        const std::shared_ptr<const LoadedIndex> index = (*first)->file.index();
        handles.giveBack(std::move(*first));
        QCOMPARE(handles.kept(), size_t{1});

        auto again = handles.take(file.path(), std::nullopt);
        DS_VERIFY(again);
        QVERIFY(again->get() == opened);
        // In use, it is nobody else's; the index is everybody's.
        auto other = handles.take(file.path(), std::nullopt);
        DS_VERIFY(other);
        QVERIFY(other->get() != opened);
        QVERIFY((*other)->file.index() == index);
        handles.giveBack(std::move(*again));
        handles.giveBack(std::move(*other));

        // Narrowed once; then it is for the same people alone.
        const People some = std::vector<std::string>{"C", "A"};
        auto narrowed = handles.take(file.path(), some);
        DS_VERIFY(narrowed);
        QCOMPARE((*narrowed)->file.people(), (std::vector<std::string>{"A", "C"}));
        const VariantHandle* const narrow = narrowed->get();
        handles.giveBack(std::move(*narrowed));
        QCOMPARE(handles.kept(), size_t{2});
        QVERIFY(handles.take(file.path(), People(std::vector<std::string>{"B"}))->get() != narrow);
        QVERIFY(handles.take(file.path(), some)->get() == narrow);
        QCOMPARE(handles.kept(), size_t{0});
    }

    void keepsThoseUsedLast() {
        const VcfFile file(fourRecords());
        VariantHandles handles;
        std::vector<VariantHandles::Handle> taken;
        for (size_t i = 0; i < VariantHandles::MostKept + 3; ++i)
            taken.push_back(handles.take(file.path(), std::nullopt).value());
        for (VariantHandles::Handle& handle : taken)
            handles.giveBack(std::move(handle));
        QCOMPARE(handles.kept(), VariantHandles::MostKept);
    }

    void samePeopleInAnyOrder() {
        const VcfFile file(fourRecords());
        const auto reader = VariantReader::open(file.path());
        DS_VERIFY(reader);
        const std::vector<std::vector<std::string>> asked{{"A"}, Everybody,  {"C", "B"},
                                                          {},    {"B", "C"}, {"A"}};
        for (int round = 0; round < 3; ++round)
            for (const auto& people : asked) {
                const auto fresh = VariantReader::open(file.path());
                QCOMPARE(told(*reader, people), told(*fresh, people));
            }
        QCOMPARE(told(*reader, {"C"}), std::string("99A:11 299C:00 0"));
    }

    void replacedFileIsReadAnew() {
        const VcfFile file(fourRecords());
        const auto reader = VariantReader::open(file.path());
        DS_VERIFY(reader);
        QCOMPARE(told(*reader), std::string("99A:010011 299C:110100 0"));
        replaceFile(file.path(),
                    test::vcf(record("1 100 A G 1|1 1|1 1|1") + record("2 100 A G 1|1 1|1 1|1")));
        QCOMPARE(told(*reader), std::string("99A:111111 0"));
        // In place, with an index that is of the file before and younger than it.
        fs::copy_file(file.path() + ".tbi", file.path() + ".kept");
        writeText(file.path(),
                  bgzipped(test::vcf(record("1 50 C G 0|0 0|1 0|0") + record("1 90 A G 0|1 0|0 0|0"))));
        writeText(file.path() + ".tbi", readWholeFile(file.path() + ".kept").value());
        QCOMPARE(told(*reader), std::string("49C:000100 89A:010000 0"));

        fs::rename(file.path(), file.path() + ".away");
        QCOMPARE(reader->read({"1", 0, 1000}, Everybody, UnphasedRule::AsListed, "").error().kind,
                 ErrorKind::NotFound);
        fs::rename(file.path() + ".away", file.path());
        QCOMPARE(told(*reader), std::string("49C:000100 89A:010000 0"));

        replaceFile(file.path(), test::vcf(record("1 100 A G 1|1 0|0 1|1"), "A\tX\tC"));
        const auto others = reader->read({"1", 0, 1000}, Everybody, UnphasedRule::AsListed, "");
        QCOMPARE(others.error().kind, ErrorKind::Mismatch);
    }

    void replacedIndexIsCheckedAnew() {
        const VcfFile file(fourRecords());
        const auto reader = VariantReader::open(file.path());
        DS_VERIFY(reader);
        const std::string good = told(*reader);
        writeText(file.path() + ".tbi", bgzipped("TBI\1 and what is no index"));
        QCOMPARE(told(*reader), good);
        QCOMPARE(told(*reader), good);
    }

    void failedReadLeavesNothing() {
        // The second record of contig 1 is of two people.
        const VcfFile file(test::vcf(record("1 100 A G 0|1 0|0 1|1") + record("1 300 C T 1|1 0|1") +
                                     record("2 100 G C 0|0 1|0 0|1")));
        const auto reader = VariantReader::open(file.path());
        DS_VERIFY(reader);
        const Region whole{"1", 0, 1000}, sound{"1", 0, 200}, other{"2", 0, 1000};
        const std::string fault = told(*reader, Everybody, whole);
        for (int round = 0; round < 3; ++round) {
            QCOMPARE(told(*reader, Everybody, whole), fault);
            QCOMPARE(told(*reader, Everybody, sound), std::string("99A:010011 0"));
            QCOMPARE(told(*reader, Everybody, other), std::string("99G:001001 0"));
        }
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(reader->read(other, Everybody, UnphasedRule::AsListed, "", {stop.get_token(), {}, {}})
                     .error()
                     .kind,
                 ErrorKind::Cancelled);
        QCOMPARE(told(*reader, Everybody, other), std::string("99G:001001 0"));
    }

    /// htslib adds what a record has undeclared to the header, which then stays open.
    void undeclaredPhaseSets() {
        const std::string set = "2\t100\t.\tA\tG\t.\t.\t.\tGT:PS\t0|1:7\t0|0:7\t0|1:7\n"
                                "2\t300\t.\tA\tG\t.\t.\t.\tGT:PS\t0|1:8\t0|0:8\t0|1:7\n";
        const VcfFile file(test::vcf(record("1 100 A G 0|1 0|0 1|1") + set));
        const auto reader = VariantReader::open(file.path());
        DS_VERIFY(reader);
        const std::string before = told(*reader);
        const auto sets = reader->read({"2", 0, 1000}, Everybody, UnphasedRule::AsListed, "");
        DS_VERIFY(sets);
        QCOMPARE(sets->severalPhaseSets, (std::vector<bool>{true, false, false}));
        QCOMPARE(told(*reader), before);
    }

    void severalThreads() {
        std::string records;
        for (const char* contig : {"1", "2"})
            for (int i = 1; i < 900; i += 3)
                records += record(std::string(contig) + " " + std::to_string(i) + " A C " +
                                  std::to_string(i % 2) + "|0 0|1 1|" + std::to_string(i / 3 % 2));
        const VcfFile file(test::vcf(records));
        const auto reader = VariantReader::open(file.path());
        DS_VERIFY(reader);
        const std::vector<std::vector<std::string>> asked{Everybody, {"B"}, {"C", "A"}};
        std::vector<Region> regions;
        for (const char* contig : {"1", "2"})
            for (int64_t start = 0; start < 900; start += 150)
                regions.push_back({contig, start, start + 200});
        std::vector<std::string> alone;
        for (const Region& region : regions)
            for (const auto& people : asked)
                alone.push_back(told(*VariantReader::open(file.path()), people, region));

        constexpr size_t Threads = 12; // more than files are kept
        std::vector<std::vector<std::string>> together(Threads);
        std::vector<std::thread> threads;
        for (size_t t = 0; t < Threads; ++t)
            threads.emplace_back([&, t] {
                for (const Region& region : regions)
                    for (const auto& people : asked)
                        together[t].push_back(told(*reader, people, region));
            });
        for (std::thread& thread : threads)
            thread.join();
        for (const auto& found : together)
            QCOMPARE(found, alone);
    }
};

QTEST_GUILESS_MAIN(TestVariantHandles)
#include "tst_variant_handles.moc"
