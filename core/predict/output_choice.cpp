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

} // namespace diploscope
