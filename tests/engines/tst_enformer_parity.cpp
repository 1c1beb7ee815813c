// SPDX-License-Identifier: GPL-3.0-or-later
// Enformers as people open them (a Hugging Face folder, position features of our own) against the public
// PyTorch port in float64: both ways of computing, both precisions, and the gradient.
#include "engines/enformer_case.h"

#include "engines/open_model.h"

#include <fmt/format.h>

using namespace diploscope;
using namespace diploscope::test;

class TestEnformerParity : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void values_data();
    void values();
    void gradient_data();
    void gradient();
    void bothKindsOfWeights();
};

namespace {

std::string folderOf(const QString& name) {
    return (sharedData() / "enformer_parity" / name.toStdString()).string();
}

Result<std::unique_ptr<LocusPredictor>> prepared(const QString& name, const EnformerCase& c, Method method,
                                                 Precision precision) {
    PredictorOptions options;
    options.precision = precision;
    options.inputLength = c.config.inputLength;
    DS_ASSIGN(const auto model, openModel(folderOf(name), options));
    return model->prepare(c.window, c.output, method);
}

void precisions() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("fast");
    QTest::addColumn<bool>("single");
    QTest::addColumn<double>("tolerance");
}

} // namespace

void TestEnformerParity::values_data() {
    precisions();
    for (const char* name : {"small", "full_length"})
        for (const bool fast : {true, false})
            for (const bool single : {true, false})
                QTest::addRow("%s, %s, %s", name, fast ? "fast" : "plain", single ? "fp32" : "fp64")
                    << QString(name) << fast << single << (single ? 1e-4 : 1e-8);
}

void TestEnformerParity::values() {
    DS_SKIP_WITHOUT_SHARED_DATA();
    QFETCH(QString, name);
    QFETCH(bool, fast);
    QFETCH(bool, single);
    QFETCH(double, tolerance);
    const EnformerCase c = readEnformerCase(name.toStdString());
    const auto locus = prepared(name, c, fast ? Method::Fast : Method::Plain,
                                single ? Precision::Single : Precision::Double);
    DS_VERIFY(locus);
    std::vector<EditList> sequences{{}};
    sequences.insert(sequences.end(), c.edits.begin(), c.edits.end());
    if (name == QLatin1String("full_length") && !fast)
        sequences.resize(2); // whole passes in double take seconds each
    const auto values = (*locus)->predict(sequences, {});
    DS_VERIFY(values);
    Eigen::MatrixXd want(values->rows(), values->cols());
    want << c.want("human_bins_tracks").reshaped<Eigen::RowMajor>().transpose(),
        c.want("edited").topRows(values->rows() - 1);
    const double worst = ((*values - want).array() / want.array()).abs().maxCoeff();
    qInfo("largest relative difference %.2g", worst);
    QVERIFY2(worst < tolerance, fmt::format("{}", worst).c_str());
}

void TestEnformerParity::gradient_data() {
    precisions();
    QTest::newRow("small, fp32") << QString("small") << true << true << 1e-4;
    QTest::newRow("small, fp64") << QString("small") << true << false << 1e-8;
    QTest::newRow("full_length, fp32") << QString("full_length") << true << true << 1e-4;
    QTest::newRow("full_length, fp64") << QString("full_length") << true << false << 1e-8;
}

void TestEnformerParity::gradient() {
    DS_SKIP_WITHOUT_SHARED_DATA();
    QFETCH(QString, name);
    QFETCH(bool, single);
    QFETCH(double, tolerance);
    const EnformerCase c = readEnformerCase(name.toStdString());
    const auto locus = prepared(name, c, Method::Fast, single ? Precision::Single : Precision::Double);
    DS_VERIFY(locus);
    const auto gradient = (*locus)->gradient({});
    DS_VERIFY(gradient);
    const Eigen::MatrixXd want = c.want("gradient_sum_window");
    const Eigen::MatrixXd found = gradient->middleRows(c.window.length() / 2 - want.rows() / 2, want.rows());
    const double worst = (found - want).cwiseAbs().maxCoeff() / want.cwiseAbs().maxCoeff();
    qInfo("largest difference %.2g of the largest", worst);
    QVERIFY2(worst < tolerance, fmt::format("{}", worst).c_str());
}

/// The same weights as safetensors and as pytorch_model.bin: one model, one checksum.
void TestEnformerParity::bothKindsOfWeights() {
    DS_SKIP_WITHOUT_SHARED_DATA();
    TemporaryFolder folder;
    for (const char* file : {"config.json", "pytorch_model.bin"})
        std::filesystem::copy(std::filesystem::path(folderOf("small")) / file, folder.path() / file);
    PredictorOptions options;
    options.inputLength = 16384;
    const auto fromSafetensors = openModel(folderOf("small"), options);
    const auto fromBin = openModel(folder.path().string(), options);
    DS_VERIFY(fromSafetensors);
    DS_VERIFY(fromBin);
    QCOMPARE((*fromBin)->info().checksum, (*fromSafetensors)->info().checksum);
}

QTEST_APPLESS_MAIN(TestEnformerParity)
#include "tst_enformer_parity.moc"
