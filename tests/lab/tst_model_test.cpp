// SPDX-License-Identifier: GPL-3.0-or-later
// What every analysis relies on, asked of models that keep it and of some that do not; and the two examples.
#include "engines/open_model.h"
#include "lab/model_test.h"
#include "model/model_folder.h"
#include "model/model_trust.h"

#include <QProcess>

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

bool has(const QString& python, const QString& module) {
    return QProcess::execute(python, {QStringLiteral("-c"), QStringLiteral("import ") + module}) == 0;
}

Result<std::vector<ModelCheck>> tested(const Predictor& model) {
    return testModel(model, model.info().defaultOutput, {});
}

std::vector<std::string> failuresOf(const std::vector<ModelCheck>& checks) {
    std::vector<std::string> failures;
    for (const ModelCheck& check : checks)
        if (check.outcome == ModelCheck::Outcome::Failed)
            failures.push_back(check.name);
    return failures;
}

} // namespace

class TestModelTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<TemporaryFolder> m_folder;
    QByteArray m_path = qgetenv("PATH");

    Result<std::shared_ptr<const Predictor>> program(const std::string& mode) const {
        writeModel(*m_folder / "m", {{"schema", 1},
                                     {"name", "sums"},
                                     {"kind", "program"},
                                     {"command", {"python3", "program.py", mode}},
                                     {"version", "1"},
                                     {"input", {{"length", 40}, {"tss_index", 20}, {"strand", "gene"}}},
                                     {"output", {{"bin_count", 2}, {"track_count", 3}}}});
        fs::copy_file(fixture("engines/fixtures/program.py"), *m_folder / "m/program.py");
        DS_TRY(trustModel((*m_folder / "m").string()));
        return openModel((*m_folder / "m").string());
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<TemporaryFolder>();
        setenv("XDG_DATA_HOME", (*m_folder / "data").c_str(), 1);
        qputenv("PATH", m_path);
    }

    void faults_data() {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QString>("failures");
        QTest::newRow("good") << "good"
                              << "";
        QTest::newRow("nan") << "nan"
                             << "shape";
        QTest::newRow("random") << "random"
                                << "determinism,batches";
        QTest::newRow("order") << "order"
                               << "batches,gradient";
        QTest::newRow("constant") << "constant"
                                  << "strand,edits";
        QTest::newRow("turned") << "turned"
                                << "gradient";
        QTest::newRow("version") << "version"
                                 << "answers";
        QTest::newRow("error") << "error"
                               << "answers";
    }
    void faults() {
        QFETCH(QString, mode);
        QFETCH(QString, failures);
        if (!has(QStringLiteral("python3"), QStringLiteral("json")))
            QSKIP("skipped: no python3");
        const auto model = program(mode.toStdString());
        DS_VERIFY(model);
        const auto checks = tested(**model);
        DS_VERIFY(checks);
        QStringList names;
        for (const std::string& name : failuresOf(*checks))
            names.append(QString::fromStdString(name));
        QCOMPARE(names.join(','), failures);
        if (failures != "answers" && failures != "shape")
            QCOMPARE(checks->back().name, std::string("speed"));
        for (const ModelCheck& check : *checks)
            QVERIFY(check.outcome != ModelCheck::Outcome::Failed || !check.remedy.empty());
    }

    /// Other kinds keep it, too.
    void ours() {
        const auto model = openModel("demo-cnn");
        DS_VERIFY(model);
        const auto checks = tested(**model);
        DS_VERIFY(checks);
        QCOMPARE(failuresOf(*checks), std::vector<std::string>());
    }

    void examples_data() {
        QTest::addColumn<QString>("module");
        QTest::newRow("program-pytorch") << "torch";
        QTest::newRow("program-jax") << "numpy";
    }
    /// The examples are the demo's CNN: the same scores.
    void examples() {
        QFETCH(QString, module);
        if (has(QStringLiteral("/usr/bin/python3"), module))
            qputenv("PATH", "/usr/bin:" + m_path);
        else if (!has(QStringLiteral("python3"), module))
            QSKIP(("skipped: python3 has no " + module.toStdString()).c_str());
        const std::string name = QTest::currentDataTag();
        QVERIFY(!openModel(name)); // not unasked
        DS_VERIFY(trustModel(name));
        const auto model = openModel(name);
        const auto native = openModel("demo-cnn");
        DS_VERIFY(model);
        DS_VERIFY(native);
        std::mt19937_64 random(3);
        for (const bool reversed : {false, true}) {
            const ReferenceWindow window = randomWindow(random, (*native)->info().input, reversed);
            std::vector<EditList> sequences(1);
            for (int64_t i = 0; i < 100; ++i)
                sequences.push_back({{20 * i, 1 + static_cast<int32_t>(i % 3), i % 2 == 0 ? "A" : "CGT"}});
            const auto scores = [&](const Predictor& predictor) {
                return predictor.prepare(window, {}, Method::Plain).value()->predict(sequences, {});
            };
            const auto theirs = scores(**model);
            const auto ours = scores(**native);
            DS_VERIFY(theirs);
            DS_VERIFY(ours);
            const double largest = ours->cwiseAbs().maxCoeff();
            QVERIFY((*theirs - *ours).cwiseAbs().maxCoeff() <= 1e-5 * largest);
            const auto gradient = (*model)->prepare(window, {}, Method::Plain).value()->gradient({});
            if (!gradient && module == "numpy")
                continue; // without JAX
            DS_VERIFY(gradient);
            const auto known = (*native)->prepare(window, {}, Method::Plain).value()->gradient({});
            DS_VERIFY(known);
            QVERIFY((*gradient - *known).cwiseAbs().maxCoeff() <= 1e-5 * known->cwiseAbs().maxCoeff());
        }
        const auto checks = tested(**model);
        DS_VERIFY(checks);
        QCOMPARE(failuresOf(*checks), std::vector<std::string>());
    }
};

QTEST_GUILESS_MAIN(TestModelTest)
#include "tst_model_test.moc"
