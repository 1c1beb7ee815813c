// SPDX-License-Identifier: GPL-3.0-or-later
// The program's outer edge, as a user meets it: exit codes, Ctrl-C, limited memory, programs inside models,
// names that would act on a terminal, and checkpoints as trainings leave them.
#include "integration/program.h"
#include "model/model_folder.h"
#include "study/small_study.h"

#include <QElapsedTimer>
#include <QJsonArray>

#include <csignal>

using namespace diploscope::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

QString text(const fs::path& path) {
    return QString::fromStdString(path.string());
}

const QStringList kCommands{"check",  "analyze", "summary",  "score", "predixcan",
                            "susie",  "models",  "simulate", "train", "head",
                            "import", "bench",   "cache",    "info",  "columns"};

/// Of the last released folder of public inputs, or an empty path.
fs::path cases() {
    const fs::path folder = sharedData() / ".." / "cases";
    return !sharedData().empty() && fs::is_directory(folder) ? fs::canonical(folder) : fs::path();
}

/// The program under `ulimit -v`, in kB. \return also what a time limit of two minutes ends
Run runLimited(const fs::path& home, int64_t kilobytes, const QStringList& arguments) {
    QProcess process;
    process.setProcessEnvironment(programEnvironment(home));
    process.start("bash", QStringList{"-c", QString("ulimit -v %1; exec \"$0\" \"$@\"").arg(kilobytes),
                                      DIPLOSCOPE_PROGRAM} +
                              arguments);
    if (!process.waitForFinished(120000)) {
        process.kill();
        process.waitForFinished();
        return {-2, {}, "It did not end."};
    }
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

/// A TorchScript model of a fixture, with a sequence and a case to score.
void writeScript(const TemporaryFolder& folder, const char* module = "scalar.pt") {
    writeModel(folder / "script", {{"schema", 1},
                                   {"name", "script"},
                                   {"kind", "torchscript"},
                                   {"weights", "m.pt"},
                                   {"input", {{"length", 61}, {"tss_index", 30}}}});
    fs::copy_file(fixture(std::string("engines/fixtures/") + module), folder / "script/m.pt");
    writeText(folder / "s.txt", std::string(61, 'A'));
    writeText(folder / "c.json", R"({"edits": []})");
}

QStringList scoreOf(const TemporaryFolder& folder, const fs::path& model) {
    return {"score",
            "--model",
            text(model),
            "--sequence",
            text(folder / "s.txt"),
            "--case",
            text(folder / "c.json"),
            "--out",
            text(folder / "out.tsv")};
}

} // namespace

class TestProgramEdges : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void usage_data();
    void usage();
    void unsignedNumbers_data();
    void unsignedNumbers();
    void failures_data();
    void failures();
    void helpIsNoFailure();
    void workIsAskedForAlike();
    void stopped_data();
    void stopped();
    void limitedMemory_data();
    void limitedMemory();
    void scriptsAreAskedFor();
    void noGeneIsAnalysedByAScriptUnasked();
    void theHarmfulScriptWritesNothing();
    void theEndlessScriptIsLeft();
    void namesDoNotReachTheTerminal();
    void everyStartIsLogged();
    void checkpointsOfTheField_data();
    void checkpointsOfTheField();
};

void TestProgramEdges::usage_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("no such command") << QStringList{"analyse"};
    for (const QString& command : kCommands)
        QTest::newRow(qPrintable(command + ", unknown option")) << QStringList{command, "--no-such-option"};
    for (const char* command : {"check", "analyze", "summary", "score", "susie", "simulate", "train", "head",
                                "import", "bench", "cache", "predixcan"})
        QTest::newRow((std::string(command) + ", nothing said").c_str()) << QStringList{command};
    const QStringList analyze{"analyze", "x.study.json", "--out", "out"};
    QTest::newRow("no gene") << analyze;
    QTest::newRow("a gene and all") << analyze + QStringList{"--gene", "A", "--genes", "all"};
    QTest::newRow("a cache and none") << analyze + QStringList{"--gene", "A", "--cache", "c", "--no-cache"};
    QTest::newRow("a head and tracks")
        << analyze + QStringList{"--gene", "A", "--head", "h", "--tracks", "1"};
    QTest::newRow("no device") << analyze + QStringList{"--gene", "A", "--device", "tpu"};
    QTest::newRow("no aggregate") << analyze + QStringList{"--gene", "A", "--aggregate", "median"};
    QTest::newRow("no precision") << analyze + QStringList{"--gene", "A", "--precision", "fp16"};
    QTest::newRow("no number") << QStringList{"simulate", "--out", "x", "--people", "many"};
    QTest::newRow("out of range") << QStringList{"susie", "x.study.json", "--gene",     "A",
                                                 "--out", "o.tsv",        "--coverage", "2"};
}

void TestProgramEdges::usage() {
    QFETCH(QStringList, arguments);
    const TemporaryFolder home;
    const Run run = runProgram(home.path(), arguments);
    QVERIFY2(run.exitCode == 2, qPrintable(QString::number(run.exitCode) + run.err));
    QVERIFY(!run.err.isEmpty());
    QVERIFY(run.out.isEmpty());
}

/// Every option whose number has no sign, of every command; what it stands behind need not exist.
void TestProgramEdges::unsignedNumbers_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("value");
    const QStringList study{"/nowhere/absent.study.json"};
    const std::pair<const char*, QStringList> seeds[] = {
        {"analyze", QStringList{"analyze"} + study + QStringList{"--gene", "A", "--out", "o", "--seed"}},
        {"head", QStringList{"head", "fit"} + study +
                     QStringList{"--model", "no-such-model", "--out", "o.csv", "--seed"}},
        {"predixcan", QStringList{"predixcan", "train"} + study + QStringList{"--out", "o.db", "--seed"}},
        {"train",
         QStringList{"train"} + study + QStringList{"--architecture", "simple-cnn", "--out", "o", "--seed"}},
        {"bench", {"bench", "ism", "--model", "no-such-model", "--seed"}},
        {"simulate", {"simulate", "--out", "/proc/nowhere", "--seed"}}};
    for (const auto& [command, arguments] : seeds)
        for (const char* value : {"-1", "1e3", "1.5", "0x10", "+1", "", "18446744073709551616"})
            QTest::addRow("%s --seed %s", command, value) << arguments << QString(value);
    const QStringList limit{"cache", "clear", "--file", "/nowhere/cache", "--limit"};
    for (const char* value : {"-1", "-1M", "1e3", "M", "99999999999999999999", "9E"})
        QTest::addRow("cache --limit %s", value) << limit << QString(value);
}

/// Refused as a mistake of the command line, before anything is opened; 7 in the same place is not.
void TestProgramEdges::unsignedNumbers() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, value);
    const TemporaryFolder home;
    const Run wrong = runProgram(home.path(), arguments + QStringList{value});
    QVERIFY2(wrong.exitCode == 2, qPrintable(QString::number(wrong.exitCode) + wrong.err));
    QVERIFY2(wrong.err.contains(arguments.back()), qPrintable(wrong.err));
    const Run right = runProgram(home.path(), arguments + QStringList{"7"});
    QVERIFY2(right.exitCode != 2, qPrintable(QString::number(right.exitCode) + right.err));
}

void TestProgramEdges::failures_data() {
    QTest::addColumn<QStringList>("arguments");
    const QString absent = "/nowhere/absent.study.json";
    QTest::newRow("check") << QStringList{"check", absent};
    QTest::newRow("analyze") << QStringList{"analyze", absent, "--gene", "A", "--out", "out"};
    QTest::newRow("summary") << QStringList{"summary", absent};
    QTest::newRow("score") << QStringList{"score",  "--model",    "/nowhere", "--sequence", "/nowhere/s",
                                          "--case", "/nowhere/c", "--out",    "/nowhere/o"};
    QTest::newRow("predixcan") << QStringList{"predixcan", absent, "--db", "/nowhere/db", "--out", "o.tsv"};
    QTest::newRow("predixcan train") << QStringList{"predixcan", "train", absent, "--out", "o.db"};
    QTest::newRow("susie") << QStringList{"susie", absent, "--gene", "A", "--out", "o.tsv"};
    QTest::newRow("models") << QStringList{"models", "show", "no-such-model"};
    QTest::newRow("simulate") << QStringList{"simulate", "--out", "/proc/nowhere"};
    QTest::newRow("train") << QStringList{"train", absent, "--architecture", "simple-cnn", "--out", "o"};
    QTest::newRow("head") << QStringList{"head", "fit", absent, "--model", "simple-cnn", "--out", "o.csv"};
    QTest::newRow("import") << QStringList{"import", "published", "/nowhere/t", "--out", "o"};
    QTest::newRow("bench") << QStringList{"bench", "ism", "--model", "no-such-model"};
    QTest::newRow("cache") << QStringList{"cache", "info", "--file", "/dev/null"};
}

void TestProgramEdges::failures() {
    QFETCH(QStringList, arguments);
    const TemporaryFolder home;
    const Run run = runProgram(home.path(), arguments);
    QVERIFY2(run.exitCode == 1, qPrintable(QString::number(run.exitCode) + run.err));
}

void TestProgramEdges::helpIsNoFailure() {
    const TemporaryFolder home;
    for (const QString& command : kCommands)
        QCOMPARE(runProgram(home.path(), {command, "--help"}).exitCode, 0);
    QCOMPARE(runProgram(home.path(), {"--version"}).exitCode, 0);
}

/// Whatever is computed, where and how is said by the same options.
void TestProgramEdges::workIsAskedForAlike() {
    const TemporaryFolder home;
    QStringList commands{"analyze", "whatif", "person", "ablate", "saturation", "audit"};
    const bool hasWindow = runProgram(home.path(), {"--help"}).out.contains(" figure ");
    if (hasWindow)
        commands << "figure"
                 << "report";
    for (const QString& command : commands) {
        const Run help = runProgram(home.path(), {command, "--help"});
        for (const char* option : {"--device", "--trust", "--precision", "-j,--threads", "--plain",
                                   "--self-check", "--cache", "--no-cache", "--quiet"})
            QVERIFY2(help.out.contains(option), qPrintable(command + ": " + option));
    }
}

void TestProgramEdges::stopped_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("simulate") << QStringList{"simulate", "--people", "3000", "--genes",
                                             "2000",     "--out",    "demo"};
    QTest::newRow("bench") << QStringList{
        "bench", "forward", "--model", "enformer", "--random-weights", "--plain-sequences", "100"};
}

void TestProgramEdges::stopped() {
    QFETCH(QStringList, arguments);
    const TemporaryFolder home;
    for (QString& argument : arguments)
        if (argument == "demo")
            argument = text(home / "demo");
    QProcess process;
    process.setProcessEnvironment(programEnvironment(home.path()));
    process.start(DIPLOSCOPE_PROGRAM, arguments);
    QVERIFY(process.waitForStarted());
    QString said;
    while (process.state() != QProcess::NotRunning && !said.contains("...")) { // the first stage
        process.waitForFinished(50);
        said += QString::fromUtf8(process.readAllStandardError());
    }
    QVERIFY2(process.state() == QProcess::Running, qPrintable(said));
    kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(240000));
    said += QString::fromUtf8(process.readAllStandardError());
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QVERIFY2(process.exitCode() == 130, qPrintable(said));
    QVERIFY2(said.endsWith("Stopped.\n") && !said.contains("diploscope: "), qPrintable(said));
}

void TestProgramEdges::limitedMemory_data() {
    QTest::addColumn<int>("megabytes");
    for (const int megabytes : {250, 300, 400, 500, 700, 950, 1000, 1025, 1050, 1075, 1100, 1150, 1200, 1250,
                                1300, 1400, 1500, 4000})
        QTest::newRow(qPrintable(QString::number(megabytes) + " MB")) << megabytes;
}

void TestProgramEdges::limitedMemory() {
    QFETCH(int, megabytes);
    const TemporaryFolder home;
    QElapsedTimer timer;
    timer.start();
    const Run run =
        runLimited(home.path(), int64_t{megabytes} * 1000,
                   {"bench", "ism", "--model", "demo-cnn", "--random-weights", "--variants", "50"});
    // The loader itself refuses with 127 where not even the libraries have room.
    QVERIFY2(run.exitCode == 0 || run.exitCode == 1 || run.exitCode == 127,
             qPrintable(QString::number(run.exitCode) + " " + run.err));
    QVERIFY2(run.exitCode == 0 || run.err.contains("emory") || run.err.contains("cannot"),
             qPrintable(run.err));
    if (megabytes >= 1500) // a refusal would be a needless one
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
    if (run.exitCode != 0)
        QVERIFY2(timer.elapsed() < 60000, "an error takes seconds");
}

void TestProgramEdges::scriptsAreAskedFor() {
    const TemporaryFolder folder;
    writeScript(folder);
    const QStringList score = scoreOf(folder, folder / "script");
    const Run refused = runProgram(folder.path(), score);
    QVERIFY2(refused.exitCode == 1 && refused.err.contains("--trust"), qPrintable(refused.err));
    QVERIFY(!fs::exists(folder / "out.tsv"));
    QVERIFY(runProgram(folder.path(), {"models", "show", text(folder / "script")})
                .out.contains("not allowed yet"));
    const Run trusted = runProgram(folder.path(), score + QStringList{"--trust"});
    QVERIFY2(trusted.exitCode == 0, qPrintable(trusted.err));
    const Run again = runProgram(folder.path(), score);
    QVERIFY2(again.exitCode == 0, qPrintable(again.err));
    // Another home has not been asked.
    const TemporaryFolder other;
    QCOMPARE(runProgram(other.path(), score).exitCode, 1);
}

/// By the study's own word either: whoever opens somebody's study has allowed nothing.
void TestProgramEdges::noGeneIsAnalysedByAScriptUnasked() {
    const TemporaryFolder folder;
    writeScript(folder);
    const Run made = runProgram(
        folder.path(), {"simulate", "--out", text(folder / "demo"), "--people", "40", "--genes", "3"});
    QVERIFY2(made.exitCode == 0, qPrintable(made.err));
    const fs::path study = folder / "demo/demo.study.json";
    QJsonObject own = jsonFile(study);
    own["models"] = QJsonArray{text(folder / "script")};
    writeText(study, QJsonDocument(own).toJson().toStdString());
    const QString gene = QString::fromStdString(tableFile(folder / "demo/truth.genes.tsv")[0]["gene_name"]);
    const auto analyze = [&](const QStringList& more) {
        return runProgram(folder.path(),
                          QStringList{"analyze", text(study), "--out", text(folder / "out")} + more);
    };
    for (const QStringList& genes : {QStringList{"--gene", gene}, QStringList{"--genes", "all"}}) {
        const Run refused = analyze(genes);
        QCOMPARE(refused.exitCode, 1);
        for (const char* part : {"TorchScript", "program", "script", "do  ", "--trust"})
            QVERIFY2(refused.err.contains(part), qPrintable(refused.err));
        QVERIFY2(!fs::exists(folder / "out"), qPrintable(refused.out));
    }
    const Run trusted = analyze({"--gene", gene, "--trust"});
    QVERIFY2(trusted.exitCode == 0, qPrintable(trusted.err));
    QVERIFY(jsonFile(folder / ("out/" + gene.toStdString() + ".report.json"))["n_people"].toInt() > 0);
    QCOMPARE(analyze({"--genes", "all"}).exitCode, 0);
}

void TestProgramEdges::theHarmfulScriptWritesNothing() {
    if (cases().empty())
        QSKIP("skipped: no shared cases beside DIPLOSCOPE_SHARED_DATA");
    const TemporaryFolder folder;
    const fs::path model = folder / "model";
    fs::copy(cases() / "bytes/07-torchscript-writes-a-file", model);
    writeText(folder / "s.txt", std::string(2048, 'A'));
    writeText(folder / "c.json", R"({"edits": []})");
    const Run run = runProgram(folder.path(), scoreOf(folder, model));
    QVERIFY2(run.exitCode == 1 && run.err.contains("TorchScript") && run.err.contains("--trust"),
             qPrintable(run.err));
    const Run bench = runProgram(folder.path(), {"bench", "forward", "--model", text(model)});
    QVERIFY2(bench.exitCode == 1 && bench.err.contains("--trust"), qPrintable(bench.err));
}

/// One that was allowed to run and never comes to an end: torch::jit::Module::define() made it of "while n >=
/// 0: n = (n + 1) % 1000". Nothing inside the process can stop it.
void TestProgramEdges::theEndlessScriptIsLeft() {
    const TemporaryFolder folder;
    writeScript(folder, "endless.pt");
    QProcess process;
    process.setProcessEnvironment(programEnvironment(folder.path()));
    process.start(DIPLOSCOPE_PROGRAM, scoreOf(folder, folder / "script") + QStringList{"--trust"});
    QVERIFY(process.waitForStarted());
    QVERIFY(!process.waitForFinished(3000)); // it is at work
    QString said;
    kill(static_cast<pid_t>(process.processId()), SIGINT);
    while (process.state() != QProcess::NotRunning && !said.contains("a second Ctrl-C ends at once")) {
        process.waitForFinished(50);
        said += QString::fromUtf8(process.readAllStandardError());
    }
    QVERIFY2(process.state() == QProcess::Running, qPrintable(said));
    kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(10000));
    QCOMPARE(process.exitStatus(), QProcess::CrashExit); // by the signal
    QVERIFY(!fs::exists(folder / "out.tsv"));
}

void TestProgramEdges::namesDoNotReachTheTerminal() {
    const TemporaryFolder folder;
    const QString name = text(folder / "\x1b]0;title\x07\xE2\x80\xAE.study.json");
    const Run absent = runProgram(folder.path(), {"check", name});
    QCOMPARE(absent.exitCode, 1);
    writeText(name.toStdString(), "{\"name\": \"a\\u001b[31mb\\u009b\", \"schema\": 1, \"\\u001b[2J\": 0}");
    const Run wrong = runProgram(folder.path(), {"check", name});
    const Run asJson = runProgram(folder.path(), {"check", "--json", name});
    const Run usage = runProgram(folder.path(), {"models", "--\x1b[31m"});
    SmallStudy small;
    small.annotation.replace(small.annotation.find("GENEA"), 5, "GENE\x1b[31m\xc2\x9b");
    const QString study = text(small.write(folder));
    const Run checked = runProgram(folder.path(), {"check", "--verbose", study});
    const Run analyzed = runProgram(folder.path(), {"analyze", study, "--genes", "all", "--model", "demo-cnn",
                                                    "--out", text(folder / "out")});
    const Run told = runProgram(folder.path(), {"summary", study});
    QVERIFY2(analyzed.exitCode == 0 && told.exitCode == 0, qPrintable(analyzed.err + told.err));
    for (const Run& run : {absent, wrong, asJson, usage, checked, analyzed, told})
        for (const QString& said : {run.out, run.err})
            for (const QChar active : {QChar(0x1b), QChar(0x07), QChar(0x9b), QChar(0x202e)})
                QVERIFY2(!said.contains(active), qPrintable(said.toHtmlEscaped()));
    QVERIFY2(absent.out.contains("\\u001b]0;title\\u0007\\u202e") || absent.err.contains("\\u001b]0;title"),
             qPrintable(absent.out + absent.err));
    QVERIFY(!QJsonDocument::fromJson(asJson.out.toUtf8()).isNull());
}

void TestProgramEdges::everyStartIsLogged() {
    const TemporaryFolder home;
    QCOMPARE(runProgram(home.path(), {"check", "/nowhere/x.study.json"}).exitCode, 1);
    QCOMPARE(runProgram(home.path(), {"summary", "/nowhere/y.study.json"}).exitCode, 1);
    const QString log = fileContent(home / "cache/diploscope/log/diploscope.log");
    QVERIFY2(log.contains("check /nowhere/x.study.json"), qPrintable(log));
    QVERIFY2(log.contains("error: ") && log.contains("/nowhere/y.study.json"), qPrintable(log));
}

void TestProgramEdges::checkpointsOfTheField_data() {
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("says");
    QTest::newRow("training dict") << "checkpoint_with_loss_tensor"
                                   << "of \"model_state_dict\"";
    QTest::newRow("DataParallel") << "dataparallel_module_prefix"
                                  << "\"module.\" taken off";
    QTest::newRow("Lightning") << "lightning_model_prefix"
                               << "of \"state_dict\"; \"model.\" taken off";
    QTest::newRow("torch.compile") << "torch_compile_orig_mod_prefix"
                                   << "\"_orig_mod.\" taken off";
    QTest::newRow("parts") << "sharded_index"
                           << "";
    QTest::newRow("pointer") << "git_lfs_pointer"
                             << "Git LFS";
}

void TestProgramEdges::checkpointsOfTheField() {
    if (cases().empty())
        QSKIP("skipped: no shared cases beside DIPLOSCOPE_SHARED_DATA");
    QFETCH(QString, folder);
    QFETCH(QString, says);
    const TemporaryFolder out;
    const fs::path weights = cases() / "16_weights";
    const Run run = runProgram(out.path(), {"score", "--model", text(weights / folder.toStdString()),
                                            "--sequence", text(weights / "s.txt"), "--case",
                                            text(weights / "c.json"), "--out", text(out / "out.tsv")});
    const bool pointer = folder == "git_lfs_pointer";
    QVERIFY2(run.exitCode == (pointer ? 1 : 0), qPrintable(run.err));
    QVERIFY2((pointer ? run.err : run.out).contains(says), qPrintable(run.out + run.err));
    if (!pointer) // all of them hold the same weights
        QCOMPARE(tableFile(out / "out.tsv").size(), size_t{1});
}

QTEST_GUILESS_MAIN(TestProgramEdges)
#include "tst_program_edges.moc"
