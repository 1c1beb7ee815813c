// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/atomic_file.h"
#include "fuzz/targets.h"
#include "support.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>

#include <algorithm>
#include <iterator>
#include <random>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

constexpr qint64 LongestMs = 20'000; ///< for one input, on a busy machine

/// Changes to each good input; more where somebody looks for faults: DIPLOSCOPE_FUZZ_ROUNDS=100000.
int rounds() {
    const int asked = qEnvironmentVariableIntValue("DIPLOSCOPE_FUZZ_ROUNDS");
    return asked > 0 ? asked : 60;
}

std::string mutated(std::string bytes, std::mt19937& random) {
    const auto below = [&](size_t limit) {
        return std::uniform_int_distribution<size_t>(0, std::max<size_t>(limit, 1) - 1)(random);
    };
    for (size_t changes = 1 + below(3); changes > 0 && !bytes.empty(); --changes) {
        const size_t at = below(bytes.size());
        switch (below(6)) {
        case 0:
            bytes.resize(at);
            break;
        case 1:
            bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
            break;
        case 2:
            bytes[at] = "\0\xff\x7f\x80,:\t\n[{\"-9e"[below(14)];
            break;
        case 3:
            bytes.erase(at, 1 + below(16));
            break;
        case 4:
            bytes.insert(at, bytes.substr(at, 1 + below(64)));
            break;
        default: { // more digits than any number has
            constexpr const char* Numbers[] = {"99999999999999999999", "-1", "1e400", "2147483648", "nan"};
            bytes.insert(at, Numbers[below(std::size(Numbers))]);
        }
        }
    }
    return bytes;
}

} // namespace

/// The fuzz targets over good inputs, over what a fuzzer once found, and over some hundreds of changes to
/// both. A crash ends the test, so what is asked here is only that none comes and nothing takes long.
class TestFuzzSeeds : public QObject {
    Q_OBJECT
private:
    TemporaryFolder m_seeds;
    bool m_made = false; ///< by make_seeds.py
    int m_run = 0;       ///< seeds, changes not counted

    void run(const fuzz::Target& target, std::string_view bytes, const std::string& name) {
        QElapsedTimer timer;
        timer.start();
        target.run(bytes);
        QVERIFY2(timer.elapsed() < LongestMs, (target.name + ("/" + name)).c_str());
    }
    /// Those of a target, by name; empty where they could not be made.
    [[nodiscard]] std::vector<fs::path> seedsOf(const fuzz::Target& target) const {
        std::vector<fs::path> files;
        if (fs::exists(m_seeds / target.name))
            for (const auto& entry : fs::directory_iterator(m_seeds / target.name))
                files.push_back(entry.path());
        std::sort(files.begin(), files.end());
        return files;
    }
    void everyTarget() {
        QTest::addColumn<int>("target");
        for (size_t i = 0; i < std::size(fuzz::Targets); ++i)
            QTest::newRow(fuzz::Targets[i].name) << static_cast<int>(i);
    }

private Q_SLOTS:
    void initTestCase() {
        fuzz::writeDatabases(m_seeds.path());
        for (const char* program : {"python3", "bcftools", "tabix", "samtools"})
            if (QStandardPaths::findExecutable(QLatin1String(program)).isEmpty()) {
                qWarning("Most seeds are not made: no %s.", program);
                return;
            }
        QCOMPARE(QProcess::execute("python3", {QString::fromStdString(fixture("fuzz/make_seeds.py").string()),
                                               QString::fromStdString(m_seeds.path().string())}),
                 0);
        m_made = true;
    }

    void seeds_data() { everyTarget(); }
    /// Each as it is, and nothing at all.
    void seeds() {
        QFETCH(int, target);
        const fuzz::Target& chosen = fuzz::Targets[target];
        run(chosen, "", "empty");
        const std::vector<fs::path> files = seedsOf(chosen);
        for (const fs::path& file : files)
            run(chosen, *readWholeFile(file), file.filename().string());
        m_run += static_cast<int>(files.size());
        if (!m_made && files.empty())
            QSKIP("skipped: no seeds (they need python3, bcftools, tabix and samtools)");
        QVERIFY2(!files.empty(), "a target without a seed");
    }

    /// What is made is run: no folder of another name than its target's.
    void seedsAreOfTargets() {
        int made = 0;
        for (const auto& entry : fs::recursive_directory_iterator(m_seeds.path()))
            made += entry.is_regular_file() ? 1 : 0;
        qInfo("%d seeds of %zu targets were run", m_run, std::size(fuzz::Targets));
        QCOMPARE(m_run, made);
        QVERIFY(m_run > 0);
    }

    void mutations_data() { everyTarget(); }
    void mutations() {
        QFETCH(int, target);
        const fuzz::Target& chosen = fuzz::Targets[target];
        const std::vector<fs::path> files = seedsOf(chosen);
        if (!m_made && files.empty())
            QSKIP("skipped: no seeds (they need python3, bcftools, tabix and samtools)");
        std::mt19937 random(20261126);
        for (const fs::path& file : files) {
            const std::string seed = *readWholeFile(file);
            for (int round = 0; round < rounds(); ++round)
                run(chosen, mutated(seed, random), file.filename().string());
        }
    }
};

QTEST_GUILESS_MAIN(TestFuzzSeeds)
#include "tst_fuzz_seeds.moc"
