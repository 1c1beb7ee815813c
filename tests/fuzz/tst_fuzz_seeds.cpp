// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/atomic_file.h"
#include "fuzz/targets.h"
#include "support.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>

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

/// The fuzz targets over what a fuzzer once found, and over some hundreds of changes to good inputs. A crash
/// ends the test, so what is asked here is only that none comes and nothing takes long.
class TestFuzzSeeds : public QObject {
    Q_OBJECT
private:
    TemporaryFolder m_seeds;

    void run(const fuzz::Target& target, std::string_view bytes) {
        QElapsedTimer timer;
        timer.start();
        target.run(bytes);
        QVERIFY2(timer.elapsed() < LongestMs, target.name);
    }

private Q_SLOTS:
    void targets_data() {
        QTest::addColumn<int>("target");
        for (size_t i = 0; i < std::size(fuzz::Targets); ++i)
            QTest::newRow(fuzz::Targets[i].name) << static_cast<int>(i);
    }
    void targets() {
        QFETCH(int, target);
        const fuzz::Target& chosen = fuzz::Targets[target];
        const fs::path kept = fixture(std::string("fuzz/seeds/") + chosen.name);
        if (fs::exists(kept))
            for (const auto& entry : fs::directory_iterator(kept))
                run(chosen, *readWholeFile(entry.path()));
        run(chosen, "");
    }

    void mutations_data() {
        targets_data();
        fuzz::writeDatabases(m_seeds.path());
        if (QStandardPaths::findExecutable("python3").isEmpty() ||
            QStandardPaths::findExecutable("bcftools").isEmpty() ||
            QStandardPaths::findExecutable("samtools").isEmpty())
            return;
        QCOMPARE(QProcess::execute("python3", {QString::fromStdString(fixture("fuzz/make_seeds.py").string()),
                                               QString::fromStdString(m_seeds.path().string())}),
                 0);
    }
    void mutations() {
        QFETCH(int, target);
        const fuzz::Target& chosen = fuzz::Targets[target];
        if (!fs::exists(m_seeds / chosen.name))
            QSKIP("skipped: no seeds (most need python3, bcftools and samtools)");
        std::mt19937 random(20261126);
        for (const auto& entry : fs::directory_iterator(m_seeds / chosen.name)) {
            const std::string seed = *readWholeFile(entry.path());
            run(chosen, seed);
            for (int round = 0; round < rounds(); ++round)
                run(chosen, mutated(seed, random));
        }
    }
};

QTEST_GUILESS_MAIN(TestFuzzSeeds)
#include "tst_fuzz_seeds.moc"
