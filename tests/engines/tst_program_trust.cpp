// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked before a model that is a program runs, and what asks again.
#include "engines/open_model.h"
#include "model/install_model.h"
#include "model/model_folder.h"
#include "model/model_trust.h"
#include "table_file.h"

#include <QStandardPaths>

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

json programModel(const std::string& mode) {
    return {{"schema", 1},       {"name", "sums"},
            {"kind", "program"}, {"command", {"python3", "program.py", mode}},
            {"version", "1"},    {"input", {{"length", 40}, {"tss_index", 20}}},
            {"timeout_s", 20},   {"output", {{"bin_count", 2}, {"track_count", 3}}}};
}

} // namespace

class TestProgramTrust : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<TemporaryFolder> m_folder;

    fs::path at(const std::string& name) const { return *m_folder / ("m/" + name); }
    /// What program.py has noted.
    fs::path noted(const std::string& name) const { return *m_folder / name; }
    void write(const json& model) const {
        writeModel(*m_folder / "m", model);
        fs::copy_file(fixture("engines/fixtures/program.py"), at("program.py"),
                      fs::copy_options::overwrite_existing);
    }
    Result<std::shared_ptr<const Predictor>> opened(const json& model) const {
        write(model);
        DS_TRY(trustModel((*m_folder / "m").string()));
        return openModel((*m_folder / "m").string());
    }
    static Result<Eigen::MatrixXd> predict(const Predictor& model) {
        std::mt19937_64 random(7);
        DS_ASSIGN(const auto locus, model.prepare(randomWindow(random, {40, 20, StrandRule::Forward}, false),
                                                  {}, Method::Fast));
        return locus->predict(std::vector<EditList>(1), {});
    }

private Q_SLOTS:
    void initTestCase() {
        if (QStandardPaths::findExecutable(QStringLiteral("python3")).isEmpty())
            QSKIP("skipped: no python3");
    }
    void init() {
        m_folder = std::make_unique<TemporaryFolder>();
        setenv("XDG_DATA_HOME", (*m_folder / "data").c_str(), 1);
    }

    /// Nothing runs unasked, and what changed asks again.
    void asksBeforeItRuns() {
        json model = programModel("good");
        model["files"] = {"weights.txt"};
        write(model);
        const std::string folder = (*m_folder / "m").string();
        QCOMPARE(openModel(folder).error().kind, ErrorKind::NotFound);
        writeText(at("weights.txt"), "1");
        QVERIFY(trustQuestion(folder));
        const auto refused = openModel(folder);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Unsupported);
        QVERIFY(refused.error().what.find("python3 program.py good") != std::string::npos);
        DS_VERIFY(trustModel(folder));
        QVERIFY(!trustQuestion(folder));
        const auto predictor = openModel(folder);
        DS_VERIFY(predictor);
        QVERIFY(!fs::exists(noted("pids"))); // also opened it has not been started
        for (const char* file : {"program.py", "weights.txt", "model.json"}) {
            std::ofstream(at(file), std::ios::app) << "\n";
            QVERIFY2(trustQuestion(folder), file);
            const auto changed = predict(**predictor);
            QVERIFY(!changed);
            QCOMPARE(changed.error().kind, ErrorKind::Mismatch);
            DS_VERIFY(trustModel(folder));
        }
        QVERIFY(!fs::exists(noted("pids")));
        const auto installed = installModel(folder, InstallMode::Copy); // with all of its files
        DS_VERIFY(installed);
        QVERIFY(trustQuestion("sums")); // in another place
        DS_VERIFY(trustModel("sums"));
        DS_VERIFY(openModel("sums"));
    }

    /// Python looks for modules beside the script first, so whatever comes to lie there asks again.
    void filesBesideTheScript_data() {
        QTest::addColumn<QString>("file");
        QTest::newRow("module") << "json.py";
        QTest::newRow("compiled") << "__pycache__/json.cpython-311.pyc";
        QTest::newRow("package") << "numpy/__init__.py";
        QTest::newRow("library") << "lib/libc.so.6";
        QTest::newRow("hidden") << ".netrc";
    }
    void filesBesideTheScript() {
        QFETCH(QString, file);
        const std::string folder = (*m_folder / "m").string();
        const auto predictor = opened(programModel("good"));
        DS_VERIFY(predictor);
        writeText(at(file.toStdString()), "open('../hostile', 'w')\n");
        QCOMPARE(predict(**predictor).error().kind, ErrorKind::Mismatch);
        QCOMPARE(openModel(folder).error().kind, ErrorKind::Unsupported);
        QVERIFY(!fs::exists(noted("pids")) && !fs::exists(noted("hostile")));
    }

    /// A copy is asked for again, also with nothing added; a link to the same place is that place.
    void copiesAskAgain() {
        DS_VERIFY(opened(programModel("good")));
        fs::copy(*m_folder / "m", *m_folder / "copy", fs::copy_options::recursive);
        fs::create_directory_symlink(*m_folder / "m", *m_folder / "link");
        QCOMPARE(openModel((*m_folder / "copy").string()).error().kind, ErrorKind::Unsupported);
        DS_VERIFY(openModel((*m_folder / "link").string()));
    }

    /// What it compiles while it runs would be a change.
    void pythonWritesNoByteCode() {
        write(programModel("good"));
        writeText(at("helper.py"), "x = 1\n");
        const std::string text = "import helper\n" + fileContent(at("program.py")).toStdString();
        writeText(at("program.py"), text);
        const std::string folder = (*m_folder / "m").string();
        DS_VERIFY(trustModel(folder));
        const auto predictor = openModel(folder);
        DS_VERIFY(predictor);
        DS_VERIFY(predict(**predictor));
        QVERIFY(!fs::exists(at("__pycache__")));
        QVERIFY(!trustQuestion(folder));
    }

    void foldersThatHoldOtherThings() {
        const std::string folder = (*m_folder / "m").string();
        write(programModel("good"));
        fs::create_directory_symlink("/usr", at("venv"));
        QCOMPARE(trustModel(folder).error().kind, ErrorKind::BadInput);
        fs::remove(at("venv"));
        DS_VERIFY(trustModel(folder));
        writeText(noted("weights"), "1"); // a link to a file is that file
        fs::create_symlink(noted("weights"), at("weights"));
        DS_VERIFY(trustModel(folder));
        DS_VERIFY(openModel(folder));
        writeText(noted("weights"), "2");
        QCOMPARE(openModel(folder).error().kind, ErrorKind::Unsupported);
    }

    /// The question shows every program of an ensemble, and its answer allows no other.
    void whatIsShownIsAllowed() {
        write(programModel("good"));
        fs::copy(*m_folder / "m", *m_folder / "n", fs::copy_options::recursive);
        json other = programModel("chooses");
        other["name"] = "others";
        writeModel(*m_folder / "n", other);
        writeModel(*m_folder / "both",
                   {{"schema", 1}, {"name", "both"}, {"kind", "ensemble"}, {"models", {"../m", "../n"}}});
        const std::string both = (*m_folder / "both").string();
        const std::string said = openModel(both).error().what;
        for (const char* command : {"program.py good", "program.py chooses"})
            QVERIFY2(said.find(command) != std::string::npos, said.c_str());
        const auto question = trustQuestion(both);
        QVERIFY(question);
        QCOMPARE(question->error.what, said);
        QCOMPARE(question->programs.size(), size_t{2});
        other["command"] = {"sh", "-c", "touch ../hostile"};
        writeModel(*m_folder / "n", other); // while the question stands there
        DS_VERIFY(trustPrograms(question->programs));
        const auto again = trustQuestion(both);
        QVERIFY(again);
        QCOMPARE(again->programs.size(), size_t{1});
        QVERIFY(again->programs[0].command.find("hostile") != std::string::npos);
        QCOMPARE(openModel(both).error().kind, ErrorKind::Unsupported);
    }

    /// What was read is what is started, so a model.json that was changed since is not what is allowed.
    void changedSinceItWasRead() {
        write(programModel("good"));
        const fs::path folder = *m_folder / "m";
        const auto read = readModelManifest(folder);
        DS_VERIFY(read);
        writeModel(folder, programModel("chooses"));
        DS_VERIFY(trustModel(folder.string()));
        QCOMPARE(read->kind->open(*read, {}, -1).error().kind, ErrorKind::Unsupported);
    }
};

QTEST_GUILESS_MAIN(TestProgramTrust)
#include "tst_program_trust.moc"
