// SPDX-License-Identifier: GPL-3.0-or-later
// The same study gives the same files on every processor and number of threads: the whole program, scores
// computed anew each time, under kernels of OpenBLAS of other processors' kinds and a libm without FMA.
#include "program.h"

#include <QDirIterator>

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

class TestSameBytes : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;

    /// All files of one analysis of the study's genes, nothing known before.
    QMap<QString, QByteArray> analysed(const QMap<QString, QString>& settings) {
        QProcessEnvironment environment = programEnvironment(m_folder.path());
        for (auto i = settings.begin(); i != settings.end(); ++i)
            environment.insert(i.key(), i.value());
        std::filesystem::remove(m_folder / "demo/demo.results.sqlite");
        std::filesystem::remove_all(m_folder / "out");
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(DIPLOSCOPE_PROGRAM,
                      {"analyze", path("demo/demo.study.json"), "--genes", "all", "--no-cache",
                       "--null-predictors", "2000", "--out", path("out"), "--quiet"});
        process.waitForFinished(300000);
        if (process.exitCode() != 0)
            qWarning("%s", process.readAllStandardError().constData());
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

    void everywhere() {
        const QMap<QString, QByteArray> expected = analysed(
            {{"OPENBLAS_CORETYPE", "Prescott"}, {"OPENBLAS_NUM_THREADS", "1"}, {"OMP_NUM_THREADS", "1"}});
        QVERIFY2(expected.size() >= 4 * 8 + 2, qPrintable(QString::number(expected.size())));
        for (const QString& kind : kernelKinds())
            for (const QString& threads : {QStringLiteral("1"), QStringLiteral("2")}) {
                const auto found = analysed({{"OPENBLAS_CORETYPE", kind},
                                             {"OPENBLAS_NUM_THREADS", threads},
                                             {"OMP_NUM_THREADS", threads}});
                QCOMPARE(found.keys(), expected.keys());
                for (auto i = expected.begin(); i != expected.end(); ++i)
                    QVERIFY2(found[i.key()] == i.value(),
                             (kind + ", " + threads + " threads, " + i.key() + "\n").toUtf8() +
                                 firstDifference(i.value(), found[i.key()]));
            }
    }
};

QTEST_GUILESS_MAIN(TestSameBytes)
#include "tst_same_bytes.moc"
