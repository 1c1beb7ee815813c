// SPDX-License-Identifier: GPL-3.0-or-later
#include "predict/predictor.h"

#include <fmt/ranges.h>

#include <cmath>

namespace diploscope {

std::string OutputChoice::text() const {
    const char* names[] = {"sum", "sum-log1p", "log2-of-sum"};
    return fmt::format("bins {}; tracks {}; {}", fmt::join(bins, ","), fmt::join(tracks, ","),
                       names[static_cast<int>(aggregate)]);
}

double OutputChoice::score(const Eigen::Ref<const Eigen::RowVectorXd>& values) const {
    switch (aggregate) {
    case Aggregate::Sum:
        return values.sum();
    case Aggregate::SumLog1p:
        return values.array().log1p().sum();
    case Aggregate::Log2OfSum:
        return std::log2(values.sum());
    }
    return values.sum();
}

Eigen::RowVectorXd OutputChoice::scoreGradient(const Eigen::Ref<const Eigen::RowVectorXd>& values) const {
    switch (aggregate) {
    case Aggregate::Sum:
        break;
    case Aggregate::SumLog1p:
        return (1.0 + values.array()).inverse();
    case Aggregate::Log2OfSum:
        return Eigen::RowVectorXd::Constant(values.size(), 1.0 / (std::log(2.0) * values.sum()));
    }
    return Eigen::RowVectorXd::Ones(values.size());
}

Result<Eigen::MatrixXd> LocusPredictor::gradient(const RunContext&) {
    return fail(ErrorKind::Unsupported, "This kind of model has no gradients.", {},
                "Use a sequential model or an Enformer, or go without the gradient attribution.");
}

} // namespace diploscope
