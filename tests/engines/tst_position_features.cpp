// SPDX-License-Identifier: GPL-3.0-or-later
// Relative position features against SciPy (tests/reference/position_features.py) and Enformer's published
// table.
#include "engines/transformer/position_features.h"
#include "support.h"
#include "weights/safetensors.h"

#include "io/text_reader.h"

#include <fmt/format.h>

#include <cmath>

using namespace diploscope;
using namespace diploscope::test;

class TestPositionFeatures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithSciPy();
    void agreesWithThePublishedTable();
    void takesAGammaPartOfTheCallers();
};

void TestPositionFeatures::agreesWithSciPy() {
    auto file = TextReader::open(fixture("reference/position_features.tsv"));
    DS_VERIFY(file);
    std::string_view line;
    QVERIFY(file->next(line).value());
    int compared = 0;
    int64_t madeFor = 0;
    Eigen::MatrixXd table;
    while (file->next(line).value()) {
        std::vector<std::string_view> fields;
        splitFields(line, '\t', fields);
        int64_t tokens = 0;
        int64_t features = 0;
        int64_t row = 0;
        int64_t column = 0;
        double value = 0;
        QVERIFY(parseInteger(fields[0], tokens) && parseInteger(fields[1], features) &&
                parseInteger(fields[2], row) && parseInteger(fields[3], column) &&
                parseNumber(fields[4], value));
        if (tokens != std::exchange(madeFor, tokens)) {
            table = positionFeatures(tokens, features);
            QCOMPARE(table.rows(), 2 * tokens - 1);
            QCOMPARE(table.cols(), features);
        }
        // An ulp of a log half-life moves an exponential feature by up to 1.2e-7, its own rounding by 6e-8.
        const bool exponential = column % (features / 2) < features / 6;
        if (exponential)
            QCOMPARE(table(row, column), static_cast<double>(static_cast<float>(table(row, column))));
        QVERIFY2(std::abs(table(row, column) - value) <= (exponential ? 2e-7 : 1e-12),
                 fmt::format("[{}, {}] of {} tokens: {}, expected {}", row, column, tokens,
                             table(row, column), value)
                     .c_str());
        ++compared;
    }
    QVERIFY(compared > 200);
}

void TestPositionFeatures::agreesWithThePublishedTable() {
    DS_SKIP_WITHOUT_SHARED_DATA();
    auto file = SafetensorsFile::open(sharedData() / "enformer_parity/tf_gammas.safetensors");
    DS_VERIFY(file);
    auto published = file->read("tf_gammas");
    DS_VERIFY(published);
    const Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>> expected(
        published->values.data(), 3071, 32);
    const Eigen::ArrayXXd difference = (gammaFeatures(1536, 32) - expected).array().abs();
    // SciPy in double is as far from it: the table carries the rounding of float32 logarithms.
    QVERIFY2(difference.mean() < 2e-5, fmt::format("mean {}", difference.mean()).c_str());
    QVERIFY2(difference.maxCoeff() < 2.6e-3, fmt::format("largest {}", difference.maxCoeff()).c_str());
}

void TestPositionFeatures::takesAGammaPartOfTheCallers() {
    const Eigen::MatrixXd mine = Eigen::MatrixXd::Random(19, 2);
    const Eigen::MatrixXd table = positionFeatures(10, 12, mine);
    QVERIFY(table.middleCols(4, 2) == mine);
    // To the right of the middle the second half repeats the first, to its left it is the negative, in it
    // nothing.
    QVERIFY(table.bottomRightCorner(9, 6) == table.bottomLeftCorner(9, 6));
    QVERIFY(table.topRightCorner(9, 6) == -table.topLeftCorner(9, 6));
    QVERIFY(table.row(9).tail(6).isZero(0));
}

QTEST_GUILESS_MAIN(TestPositionFeatures)
#include "tst_position_features.moc"
