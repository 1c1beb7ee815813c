// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support.h"

#include <Eigen/Core>
#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>
#include <optional>

namespace diploscope::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr int Slowness = 10; ///< by which instrumented builds may miss a time limit
#else
inline constexpr int Slowness = 1;
#endif

/// tests/reference/stats_reference.json, made by the script of that name.
inline const nlohmann::json& statsReference() {
    static const nlohmann::json json = [] {
        std::ifstream stream(fixture("reference/stats_reference.json"));
        return nlohmann::json::parse(stream);
    }();
    return json;
}

/// null is NaN.
inline double numberOf(const nlohmann::json& value) {
    return value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
}

/// null is undefined.
inline std::optional<double> optionalOf(const nlohmann::json& value) {
    return value.is_null() ? std::nullopt : std::optional(value.get<double>());
}

inline Eigen::VectorXd vectorOf(const nlohmann::json& values) {
    Eigen::VectorXd vector(static_cast<Eigen::Index>(values.size()));
    for (size_t i = 0; i < values.size(); ++i)
        vector[static_cast<Eigen::Index>(i)] = numberOf(values[i]);
    return vector;
}

/// Rows of rows; `columns` for a matrix without entries.
inline Eigen::MatrixXd matrixOf(const nlohmann::json& rows, size_t columns) {
    Eigen::MatrixXd matrix(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(columns));
    for (size_t i = 0; i < rows.size(); ++i)
        matrix.row(static_cast<Eigen::Index>(i)) = vectorOf(rows[i]).transpose();
    return matrix;
}

} // namespace diploscope::test

/// `actual` within `relative` of `expected` (both std::optional<double>), or both undefined. `absolute` is
/// for values that are 0 but for rounding.
#define DS_COMPARE_OPTIONAL(actual, expected, relative, absolute)                                            \
    do {                                                                                                     \
        const std::optional<double> ds_actual = (actual);                                                    \
        const std::optional<double> ds_expected = (expected);                                                \
        QVERIFY2(ds_actual.has_value() == ds_expected.has_value(),                                           \
                 ds_actual ? #actual " is defined, but should not be" : #actual " is undefined");            \
        if (ds_actual && ds_expected) {                                                                      \
            const bool ds_near =                                                                             \
                std::abs(*ds_actual - *ds_expected) <= (relative)*std::abs(*ds_expected) + (absolute);       \
            QVERIFY2(ds_near, qPrintable(QStringLiteral("%1 is %2, expected %3")                             \
                                             .arg(QStringLiteral(#actual))                                   \
                                             .arg(*ds_actual, 0, 'g', 17)                                    \
                                             .arg(*ds_expected, 0, 'g', 17)));                               \
        }                                                                                                    \
    } while (false)
