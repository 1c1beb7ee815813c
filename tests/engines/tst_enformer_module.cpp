// SPDX-License-Identifier: GPL-3.0-or-later
// The plain Enformer and its gradient against the public PyTorch port in float64 (shared data), and against
// its own finite differences.
#include "engines/enformer_case.h"

#include "engines/torch/torch_backend.h"

#include <fmt/format.h>

#include <numeric>

using namespace diploscope;
using namespace diploscope::test;

namespace {

Result<std::unique_ptr<LocusPredictor>> prepared(const EnformerCase& c, Precision precision) {
    DS_ASSIGN(const TorchBackend* torch, torchBackend());
    DS_ASSIGN(const auto network, torch->createTransformer(c.config.network(), c.weights(), c.features,
                                                           DeviceList{Device{}}, precision, 2));
    return network->prepare(c.window, c.output, Method::Plain);
}

/// Largest difference, as a share of the largest number wanted.
double relativeDifference(const Eigen::MatrixXd& found, const Eigen::MatrixXd& want) {
    return (found - want).cwiseAbs().maxCoeff() / want.cwiseAbs().maxCoeff();
}

} // namespace

class TestEnformerModule : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cases();
    void values_data() { cases(); }
    void values();
    void wholeHead_data();
    void wholeHead();
    void gradient_data() { cases(); }
    void gradient();
};

void TestEnformerModule::cases() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("single");
    QTest::addColumn<double>("tolerance");
    for (const char* name : {"small", "full_length"}) {
        QTest::addRow("%s, double", name) << QString(name) << false << 1e-8;
        QTest::addRow("%s, single", name) << QString(name) << true << 1e-4;
    }
}

void TestEnformerModule::values() {
    DS_SKIP_WITHOUT_SHARED_DATA();
    QFETCH(QString, name);
    QFETCH(bool, single);
    QFETCH(double, tolerance);
    const EnformerCase c = readEnformerCase(name.toStdString());
    const auto locus = prepared(c, single ? Precision::Single : Precision::Double);
    DS_VERIFY(locus);
    // At full length a sequence takes seconds: the reference and one edit there.
    const size_t edits = name == "small" ? c.edits.size() : 1;
    std::vector<EditList> sequences{{}};
    sequences.insert(sequences.end(), c.edits.begin(), c.edits.begin() + static_cast<int64_t>(edits));
    const auto values = (*locus)->predict(sequences, {});
    DS_VERIFY(values);
    Eigen::MatrixXd want(values->rows(), values->cols());
    want << c.want("human_bins_tracks").reshaped<Eigen::RowMajor>().transpose(),
        c.want("edited").topRows(static_cast<int64_t>(edits));
    const double worst = ((*values - want).array() / want.array()).abs().maxCoeff();
    QVERIFY2(worst < tolerance, fmt::format("{}", worst).c_str());
}

void TestEnformerModule::wholeHead_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("head");
    QTest::newRow("small, human") << QString("small") << QString("human");
    QTest::newRow("small, mouse") << QString("small") << QString("mouse");
    QTest::newRow("full_length, mouse") << QString("full_length") << QString("mouse");
}

void TestEnformerModule::wholeHead() {
    // Every bin, so both ends of the crop, and every track of both heads.
    DS_SKIP_WITHOUT_SHARED_DATA();
    QFETCH(QString, name);
    QFETCH(QString, head);
    EnformerCase c = readEnformerCase(name.toStdString(), head.toStdString());
    const auto upTo = [](int64_t count) {
        std::vector<int> all(static_cast<size_t>(count));
        std::iota(all.begin(), all.end(), 0);
        return all;
    };
    c.output.bins = upTo(c.config.targetLength);
    c.output.tracks = upTo(c.config.trackCount());
    const auto locus = prepared(c, Precision::Double);
    DS_VERIFY(locus);
    const auto values = (*locus)->predict(std::vector<EditList>{{}}, {});
    DS_VERIFY(values);
    const Eigen::VectorXd means =
        values->reshaped<Eigen::RowMajor>(c.config.targetLength, c.config.trackCount()).rowwise().mean();
    const double worst = relativeDifference(means, c.want(head.toStdString() + "_mean"));
    QVERIFY2(worst < 1e-8, fmt::format("{}", worst).c_str());
}

void TestEnformerModule::gradient() {
    DS_SKIP_WITHOUT_SHARED_DATA();
    QFETCH(QString, name);
    QFETCH(bool, single);
    QFETCH(double, tolerance);
    const EnformerCase c = readEnformerCase(name.toStdString());
    const auto locus = prepared(c, single ? Precision::Single : Precision::Double);
    DS_VERIFY(locus);
    const auto gradient = (*locus)->gradient({});
    DS_VERIFY(gradient);
    QCOMPARE(gradient->rows(), c.window.length());
    QCOMPARE(gradient->cols(), Eigen::Index{4});
    const Eigen::MatrixXd want = c.want("gradient_sum_window");
    const double worst =
        relativeDifference(gradient->middleRows((c.window.length() - want.rows()) / 2, want.rows()), want);
    QVERIFY2(worst < tolerance, fmt::format("{}", worst).c_str());
}

QTEST_APPLESS_MAIN(TestEnformerModule)
#include "tst_enformer_module.moc"
