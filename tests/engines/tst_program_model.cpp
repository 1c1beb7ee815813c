// SPDX-License-Identifier: GPL-3.0-or-later
// Models that are programs, with one in Python that misbehaves on request (fixtures/program.py).
#include "engines/open_model.h"
#include "model/install_model.h"
#include "model/model_folder.h"
#include "model/model_trust.h"
#include "scoring/locus_scorer.h"

#include <QElapsedTimer>
#include <QStandardPaths>

#include <csignal>
#include <thread>

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

constexpr int64_t kLength = 40;

json programModel(const std::string& mode) {
    return {{"schema", 1},
            {"name", "sums"},
            {"kind", "program"},
            {"command", {"python3", "program.py", mode}},
            {"version", "1"},
            {"input", {{"length", kLength}, {"tss_index", 20}}},
            {"batch_size", 4},
            {"timeout_s", 20},
            {"output", {{"bin_count", 2}, {"track_count", 3}}}};
}

/// What program.py computes, for output 0.
double sumOf(const std::string& bases) {
    double sum = 0;
    for (size_t i = 0; i < bases.size(); ++i) {
        const double weight = bases[i] == 'A'   ? 1
                              : bases[i] == 'C' ? 2
                              : bases[i] == 'G' ? -1
                              : bases[i] == 'T' ? 0.5
                                                : 0;
        sum += weight * double(1 + i % 7);
    }
    return sum;
}

std::vector<EditList> someEdits(size_t count) {
    std::vector<EditList> sequences(1);
    for (size_t i = 1; i < count; ++i)
        sequences.push_back({{int64_t(i % kLength), 1, std::string(1, "ACGT"[i / kLength])}});
    return sequences;
}

std::vector<std::string> linesOf(const fs::path& file) {
    std::ifstream stream(file);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

/// By its state, which a process has at every moment (its command line is empty while it becomes another
/// program).
bool runs(const std::string& process) {
    const std::vector<std::string> lines = linesOf("/proc/" + process + "/stat");
    const size_t end = lines.empty() ? std::string::npos : lines.front().rfind(") ");
    return end != std::string::npos && end + 2 < lines.front().size() && lines.front()[end + 2] != 'Z' &&
           lines.front()[end + 2] != 'X';
}

} // namespace

class TestProgramModel : public QObject {
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
    /// Of somebody's window, all outputs 1 x 1 of bin 0 and track 0 unless told.
    static Result<Eigen::MatrixXd> predict(const Predictor& model, std::span<const EditList> sequences,
                                           const OutputChoice& output = {}, const RunContext& context = {}) {
        DS_ASSIGN(const auto locus, model.prepare(window(), output, Method::Fast));
        return locus->predict(sequences, context);
    }
    static ReferenceWindow window(bool reversed = false) {
        std::mt19937_64 random(7);
        return randomWindow(random, {kLength, 20, StrandRule::Forward}, reversed);
    }
    /// The error of the first prediction, which must come within half a minute.
    Error errorOf(const json& model) const {
        QElapsedTimer timer;
        timer.start();
        const auto predictor = opened(model);
        const auto values =
            predictor ? predict(**predictor, someEdits(3)) : Result<Eigen::MatrixXd>(fail(predictor.error()));
        if (values || timer.elapsed() > 30'000)
            return {ErrorKind::Internal, "no error, or too late", {}, {}};
        return values.error();
    }
    static bool isRight(const Eigen::MatrixXd& values, const std::vector<EditList>& sequences) {
        for (size_t i = 0; i < sequences.size(); ++i)
            if (values(Eigen::Index(i), 0) != sumOf(modelInput(window(), sequences[i])))
                return false;
        return true;
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

    void everyWayOfTalkingGivesTheSame_data() {
        QTest::addColumn<QString>("mode");
        for (const char* mode : {"good", "onehot", "chooses", "float64", "stderr"})
            QTest::newRow(mode) << mode;
    }
    void everyWayOfTalkingGivesTheSame() {
        QFETCH(QString, mode);
        json model = programModel(mode.toStdString());
        if (mode == "float64")
            model["reply"] = "float64";
        const auto predictor = opened(model);
        DS_VERIFY(predictor);
        QCOMPARE((*predictor)->info().kind, std::string("program"));
        QCOMPARE((*predictor)->computation(Method::Fast),
                 std::string(mode == "float64" ? "program fp64" : "program fp32"));
        const std::vector<EditList> sequences = someEdits(11);
        OutputChoice output;
        output.bins = {1, 0};
        output.tracks = {2, 0};
        const auto values = predict(**predictor, sequences, output);
        DS_VERIFY(values);
        for (size_t i = 0; i < sequences.size(); ++i) {
            const double sum = sumOf(modelInput(window(), sequences[i]));
            const std::vector<double> expected{6 * sum, 4 * sum, 3 * sum, sum};
            for (size_t k = 0; k < expected.size(); ++k)
                QCOMPARE((*values)(Eigen::Index(i), Eigen::Index(k)), expected[k]);
        }
        QCOMPARE(linesOf(noted("asked")), (std::vector<std::string>{"4", "4", "3"})); // its batches
        QCOMPARE(linesOf(noted("files")), (std::vector<std::string>{"4"})); // its own look among them
    }

    void gradients() {
        const auto predictor = opened(programModel("good"));
        DS_VERIFY(predictor);
        OutputChoice output;
        output.tracks = {0, 1};
        const auto locus = (*predictor)->prepare(window(true), output, Method::Fast);
        DS_VERIFY(locus);
        const auto gradient = (*locus)->gradient({});
        DS_VERIFY(gradient);
        QCOMPARE(gradient->rows(), kLength);
        // The last base on the forward strand is the first that the model reads: a T there is an A.
        QCOMPARE((*gradient)(kLength - 1, 3), 3.0);
        QCOMPARE((*gradient)(kLength - 2, 1), 3.0 * -1 * 2);
        const auto none = opened(programModel("plain"));
        DS_VERIFY(none);
        QCOMPARE((*(*none)->prepare(window(), output, Method::Fast))->gradient({}).error().kind,
                 ErrorKind::Unsupported);
    }

    /// The first prediction says what is wrong, in words for whoever wrote the program.
    void faultsOfPrograms_data() {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QString>("words");
        QTest::newRow("version") << "version"
                                 << "The program says version \"2\", but model.json says \"1\".";
        QTest::newRow("length") << "length"
                                << "The program says length 41, but model.json says 40.";
        QTest::newRow("newer") << "newer"
                               << "The program's hello has format 9";
        QTest::newRow("banner") << "banner"
                                << "found: Welcome to the model!";
        QTest::newRow("talks") << "talks"
                               << "Expected an answer, a line of JSON, found: one batch more";
        QTest::newRow("short") << "short"
                               << "with 72 bytes, found one to 1 with 68.";
        QTest::newRow("error") << "error"
                               << "The program \"sums\" says: the card is out of memory";
        QTest::newRow("fails") << "fails"
                               << "ended with exit code 1. The last that it said on stderr: No module named";
        QTest::newRow("crash") << "crash"
                               << "no memory left for this batch";
        QTest::newRow("crash thrice") << "crash"
                                      << "3 programs have ended over the same sequences.";
        QTest::newRow("silent") << "silent"
                                << "did not answer in time";
        QTest::newRow("hang") << "hang"
                              << "did not answer in time";
    }
    void faultsOfPrograms() {
        QFETCH(QString, mode);
        QFETCH(QString, words);
        json model = programModel(mode.toStdString());
        if (mode == "silent")
            model["start_timeout_s"] = 1;
        if (mode == "hang")
            model["timeout_s"] = 1;
        const Error error = errorOf(model);
        QVERIFY2(error.what.find(words.toStdString()) != std::string::npos, error.message().c_str());
        QVERIFY(!error.remedy.empty());
        for (const std::string& process : linesOf(noted("pids")))
            QVERIFY(!runs(process));
        QCOMPARE(linesOf(noted("crashed")).size(), size_t{mode == "crash" ? 3U : 0U});
    }

    void commandsThatAreNotThere() {
        json model = programModel("good");
        model["command"] = {"no-such-command-anywhere"};
        const Error error = errorOf(model);
        QCOMPARE(error.kind, ErrorKind::NotFound);
        QVERIFY(error.what.find("no-such-command-anywhere") != std::string::npos);
    }

    void valuesThatAreNone() {
        const auto predictor = opened(programModel("nan"));
        DS_VERIFY(predictor);
        LocusScorer scorer({Method::Fast, nullptr, 0}, {*predictor, {}, 0, false}, window());
        std::vector<double> scores(3);
        const auto scored = scorer.score(someEdits(3), scores, "Predicting", {}, [] {});
        QVERIFY(!scored);
        QCOMPARE(scored.error().what, std::string("The model's output is not a finite number."));
    }

    void whatDiedIsAskedAgain() {
        const auto predictor = opened(programModel("crash-once"));
        DS_VERIFY(predictor);
        const std::vector<EditList> sequences = someEdits(20);
        const auto values = predict(**predictor, sequences);
        DS_VERIFY(values);
        QVERIFY(isRight(*values, sequences));
        QCOMPARE(linesOf(noted("pids")).size(), size_t{2});
    }

    void killedInMidRun() {
        const auto predictor = opened(programModel("slow"));
        DS_VERIFY(predictor);
        std::jthread killer([this](const std::stop_token& stop) {
            for (size_t kills = 0; kills < 2 && !stop.stop_requested();) {
                const std::vector<std::string> pids = linesOf(noted("pids"));
                if (pids.size() == kills + 1 && linesOf(noted("asked")).size() >= 3 * (kills + 1))
                    kills += ::kill(std::stoi(pids.back()), SIGKILL) == 0 ? 1 : 0;
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            }
        });
        const std::vector<EditList> sequences = someEdits(60);
        const auto values = predict(**predictor, sequences);
        DS_VERIFY(values);
        QVERIFY(isRight(*values, sequences));
        QCOMPARE(linesOf(noted("pids")).size(), size_t{3});
    }

    void workers() {
        json model = programModel("slow");
        model["workers"] = 3;
        const auto predictor = opened(model);
        DS_VERIFY(predictor);
        const std::vector<EditList> sequences = someEdits(50);
        const auto values = predict(**predictor, sequences);
        DS_VERIFY(values);
        QVERIFY(isRight(*values, sequences));
        QCOMPARE(linesOf(noted("pids")).size(), size_t{3});
        QCOMPARE((*(*predictor)->prepare(window(), {}, Method::Fast))->batchSize(), 12);
        // How many there are decides no number, and an answer once given is the cache's.
        json alone = programModel("slow");
        alone["timeout_s"] = 99;
        QCOMPARE(opened(alone).value()->info().checksum, (*predictor)->info().checksum);
        alone["version"] = "2";
        QVERIFY(opened(alone).value()->info().checksum != (*predictor)->info().checksum);
    }

    /// Answers are laid out by the first one's hello.
    void anotherHello() {
        json model = programModel("changes");
        model["workers"] = 3;
        const auto predictor = opened(model);
        DS_VERIFY(predictor);
        const auto values = predict(**predictor, someEdits(50));
        QVERIFY(!values);
        QCOMPARE(values.error().kind, ErrorKind::Mismatch);
        QVERIFY(values.error().what.find("another hello") != std::string::npos);
    }

    /// What was asked is passed over when it is answered, and the program goes on.
    void stopped() {
        const auto predictor = opened(programModel("waits"));
        DS_VERIFY(predictor);
        std::stop_source stop;
        RunContext context;
        context.stop = stop.get_token();
        std::jthread stopper([&] {
            while (linesOf(noted("asked")).empty())
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
            stop.request_stop();
        });
        const auto stopped = predict(**predictor, someEdits(60), {}, context);
        writeText(noted("stopped"), ""); // it answers now
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
        const auto values = predict(**predictor, someEdits(10));
        DS_VERIFY(values);
        QVERIFY(isRight(*values, someEdits(10)));
        QCOMPARE(linesOf(noted("pids")).size(), size_t{1});
        QCOMPARE(linesOf(noted("cancelled")).size(), size_t{1});
    }

    /// Nobody waits for the rest of an answer that has begun, nor takes it for the next one.
    void stoppedWithinAnAnswer() {
        const auto predictor = opened(programModel("midway"));
        DS_VERIFY(predictor);
        std::stop_source stop;
        RunContext context;
        context.stop = stop.get_token();
        std::jthread stopper([&] {
            while (linesOf(noted("begun")).empty())
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
            stop.request_stop();
        });
        const auto begun = std::chrono::steady_clock::now();
        const auto stopped = predict(**predictor, someEdits(4), {}, context);
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
        QVERIFY(std::chrono::steady_clock::now() - begun < std::chrono::milliseconds(2500));
        const auto values = predict(**predictor, someEdits(10));
        DS_VERIFY(values);
        QVERIFY(isRight(*values, someEdits(10)));
        QCOMPARE(linesOf(noted("pids")).size(), size_t{1});
    }

    /// Before room is made for it.
    void answersWithoutEnd() {
        json model = programModel("good");
        model["output"]["bin_count"] = 1 << 24;
        model["output"]["track_count"] = 1 << 24;
        const auto predictor = opened(model);
        QVERIFY(!predictor);
        QVERIFY2(predictor.error().what.find("bins x") != std::string::npos, predictor.error().what.c_str());
    }

    void goesWithTheModel() {
        {
            const auto predictor = opened(programModel("child"));
            DS_VERIFY(predictor);
            DS_VERIFY(predict(**predictor, someEdits(1)));
            for (const std::string& process : linesOf(noted("pids")))
                QVERIFY(runs(process));
        }
        QCOMPARE(linesOf(noted("pids")).size(), size_t{2});
        for (const std::string& process : linesOf(noted("pids")))
            QTRY_VERIFY(!runs(process));
    }

    void cachedScoresAreNotAskedAgain() {
        const auto cache = *ScoreCache::open(*m_folder / "scores.sqlite");
        const std::vector<EditList> sequences = someEdits(9);
        std::vector<double> scores(sequences.size());
        for (const int64_t computed : {9, 0}) {
            const auto predictor = opened(programModel("good"));
            DS_VERIFY(predictor);
            LocusScorer scorer({Method::Fast, cache, 0}, {*predictor, {}, 0, false}, window());
            DS_VERIFY(scorer.score(sequences, scores, "Predicting", {}, [] {}));
            QVERIFY(scorer.computed() == computed || computed == 9);
            QCOMPARE(scores.back(), sumOf(modelInput(window(), sequences.back())));
        }
        QCOMPARE(linesOf(noted("pids")).size(), size_t{1}); // the second time nothing was even started
    }

    void manifests_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("words");
        QTest::newRow("no command") << "command"
                                    << "null"
                                    << "Expected a list of texts";
        QTest::newRow("a line") << "command"
                                << "\"python3 m.py\""
                                << "Expected a list of texts";
        QTest::newRow("none") << "command"
                              << "[]"
                              << "Expected a list of texts";
        QTest::newRow("empty") << "command"
                               << "[\"a\", \"\"]"
                               << "Expected a list of texts";
        QTest::newRow("outside") << "files"
                                 << "[\"../x\"]"
                                 << "Expected files in the model's folder";
        QTest::newRow("weights") << "weights"
                                 << "\"w.pt\""
                                 << "A program model has no \"weights\".";
        QTest::newRow("workers") << "workers"
                                 << "0"
                                 << "workers";
        QTest::newRow("time") << "timeout_s"
                              << "-1"
                              << "Expected seconds";
        QTest::newRow("layers") << "layers"
                                << "[]"
                                << "A program model has no \"layers\".";
    }
    void manifests() {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(QString, words);
        json model = programModel("good");
        model[key.toStdString()] = json::parse(value.toStdString());
        writeModel(*m_folder / "m", model);
        const auto read = readModelManifest(*m_folder / "m");
        QVERIFY(!read);
        QVERIFY2(read.error().message().find(words.toStdString()) != std::string::npos,
                 read.error().message().c_str());
    }
};

QTEST_GUILESS_MAIN(TestProgramModel)
#include "tst_program_model.moc"
