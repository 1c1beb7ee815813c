// SPDX-License-Identifier: GPL-3.0-or-later
// The same study gives the same files on every processor and number of threads: the whole program with
// nothing known before, its own threads and those of OpenBLAS more and fewer, under kernels of OpenBLAS of
// other processors' kinds, and with a libm that uses neither FMA nor AVX2 where glibc can be asked for that.
#include "program.h"

#include <QDirIterator>

#include <sched.h>

#include <algorithm>

using namespace diploscope::test;

namespace {

/// Kinds of kernels that this processor can run, told by its flags.
QStringList kernelKinds() {
    const QList<QByteArray> flags = fileContent("/proc/cpuinfo").simplified().split(' ');
    QStringList kinds{"Prescott"};
    if (flags.contains("sse4_2"))
        kinds << "Nehalem";
    if (flags.contains("avx"))
        kinds << "Sandybridge";
    if (flags.contains("avx2") && flags.contains("fma"))
        kinds << "Haswell"
              << "Zen";
    if (flags.contains("avx512f") && flags.contains("avx512vl"))
        kinds << "SkylakeX";
    return kinds;
}

/// What glibc is asked for a libm of older processors by. Its exp(), sin() and log() then have other last
/// digits.
constexpr const char* OlderLibm = "glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2,-AVX2_Usable,-FMA_Usable";

/// What the program is run under.
struct Machine {
    QMap<QString, QString> settings; ///< of the environment
    QStringList options;             ///< of the command
    bool oneProcessor = false;       ///< all that it may use
};

/// Contents of all files of a folder, by name.
QMap<QString, QByteArray> contents(const std::filesystem::path& folder) {
    QMap<QString, QByteArray> files;
    const QDir root(QString::fromStdString(folder.string()));
    for (QDirIterator i(root.path(), QDir::Files, QDirIterator::Subdirectories); i.hasNext();) {
        const QString file = i.next();
        files[root.relativeFilePath(file)] = fileContent(file.toStdString());
    }
    return files;
}

/// The first line in which two texts differ, of both.
QByteArray firstDifference(const QByteArray& a, const QByteArray& b) {
    const QList<QByteArray> linesA = a.split('\n');
    const QList<QByteArray> linesB = b.split('\n');
    for (qsizetype i = 0; i < std::min(linesA.size(), linesB.size()); ++i)
        if (linesA[i] != linesB[i])
            return linesA[i] + "\n" + linesB[i];
    return "one has more lines";
}

} // namespace

Q_DECLARE_METATYPE(Machine)

class TestSameBytes : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;

    /// All files of one analysis of the study's genes, nothing known before.
    QMap<QString, QByteArray> analysed(const Machine& machine) {
        const TemporaryFolder home;
        QProcessEnvironment environment = programEnvironment(home.path());
        for (auto i = machine.settings.begin(); i != machine.settings.end(); ++i)
            environment.insert(i.key(), i.value());
        std::filesystem::remove(m_folder / "demo/demo.results.sqlite");
        std::filesystem::remove_all(m_folder / "out");
        QProcess process;
        process.setProcessEnvironment(environment);
        if (machine.oneProcessor)
            process.setChildProcessModifier([] {
                cpu_set_t allowed;
                sched_getaffinity(0, sizeof allowed, &allowed);
                int last = CPU_SETSIZE - 1;
                while (last > 0 && !CPU_ISSET(last, &allowed))
                    --last;
                CPU_ZERO(&allowed);
                CPU_SET(last, &allowed);
                sched_setaffinity(0, sizeof allowed, &allowed);
            });
        process.start(DIPLOSCOPE_PROGRAM,
                      QStringList{"analyze", path("demo/demo.study.json"), "--genes", "all", "--no-cache",
                                  "--null-predictors", "2000", "--out", path("out"), "--quiet"} +
                          machine.options);
        process.waitForFinished(300000);
        const QByteArray said = process.readAllStandardError();
        if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
            qWarning("%s", said.constData());
            return {};
        }
        return contents(m_folder / "out");
    }
    [[nodiscard]] QString path(const std::string& name) const {
        return QString::fromStdString((m_folder / name).string());
    }

private Q_SLOTS:
    void initTestCase() {
        const Run run = runProgram(m_folder.path(), {"simulate", "--out", path("demo"), "--people", "150",
                                                     "--genes", "8", "--seed", "5"});
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
    }

    void everywhere_data() {
        QTest::addColumn<Machine>("machine");
        QTest::newRow("all of this machine") << Machine{};
        for (const QString& kind : kernelKinds())
            for (const QString& threads : {QStringLiteral("1"), QStringLiteral("2")})
                QTest::addRow("%s, %s threads of BLAS", qPrintable(kind), qPrintable(threads))
                    << Machine{{{"OPENBLAS_CORETYPE", kind},
                                {"OPENBLAS_NUM_THREADS", threads},
                                {"OMP_NUM_THREADS", threads}},
                               {},
                               false};
        QTest::newRow("one processor") << Machine{{}, {}, true};
        QTest::newRow("one thread") << Machine{{}, {"-j", "1"}, false};
        QTest::newRow("three threads") << Machine{{{"OPENBLAS_NUM_THREADS", "3"}}, {"-j", "3"}, false};
        QTest::newRow("older libm") << Machine{{{"GLIBC_TUNABLES", OlderLibm}}, {}, false};
        QTest::newRow("older libm, one processor")
            << Machine{{{"GLIBC_TUNABLES", OlderLibm}, {"OPENBLAS_CORETYPE", "Prescott"}}, {}, true};
    }
    void everywhere() {
        QFETCH(Machine, machine);
        if (m_expected.isEmpty())
            m_expected = analysed(
                {{{"OPENBLAS_CORETYPE", "Prescott"}, {"OPENBLAS_NUM_THREADS", "1"}, {"OMP_NUM_THREADS", "1"}},
                 {"-j", "1"},
                 true});
        QVERIFY2(m_expected.size() >= 4 * 8 + 2, qPrintable(QString::number(m_expected.size())));
        const auto found = analysed(machine);
        QCOMPARE(found.keys(), m_expected.keys());
        for (auto i = m_expected.begin(); i != m_expected.end(); ++i)
            QVERIFY2(found[i.key()] == i.value(),
                     i.key().toUtf8() + "\n" + firstDifference(i.value(), found[i.key()]));
    }

private:
    QMap<QString, QByteArray> m_expected; ///< of the smallest machine
};

QTEST_GUILESS_MAIN(TestSameBytes)
#include "tst_same_bytes.moc"
