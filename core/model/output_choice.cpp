// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/output_choice.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace diploscope {

namespace {
/// [tracks] the bins of each track added up, from bin-major values.
Eigen::RowVectorXd sumsOfTracks(const Eigen::Ref<const Eigen::RowVectorXd>& values, Eigen::Index tracks) {
    Eigen::RowVectorXd sums = Eigen::RowVectorXd::Zero(tracks);
    for (Eigen::Index first = 0; first < values.size(); first += tracks)
        sums += values.segment(first, tracks);
    return sums;
}
} // namespace

const std::vector<std::string>& aggregateWords() {
    static const std::vector<std::string> words{"sum", "sum-log1p", "log2-of-sum"};
    return words;
}

std::string OutputChoice::text() const {
    if (head)
        return fmt::format("bins {}; head {}", fmt::join(bins, ","), head->digest);
    return fmt::format("bins {}; tracks {}; {}", fmt::join(bins, ","), fmt::join(tracks, ","),
                       aggregateWords()[static_cast<size_t>(aggregate)]);
}

void OutputChoice::useHead(std::shared_ptr<const TunedHead> tuned) {
    head = std::move(tuned);
    tracks = head->tracks;
}

double OutputChoice::score(const Eigen::Ref<const Eigen::RowVectorXd>& values) const {
    if (head)
        return head->score(sumsOfTracks(values, head->weights.size()));
    switch (aggregate) {
    case Aggregate::Sum:
        break;
    case Aggregate::SumLog1p:
        return values.array().log1p().sum();
    case Aggregate::Log2OfSum:
        return std::log2(values.sum());
    }
    return values.sum();
}

Eigen::RowVectorXd OutputChoice::scoreGradient(const Eigen::Ref<const Eigen::RowVectorXd>& values) const {
    if (head)
        return head->gradient(sumsOfTracks(values, head->weights.size()))
            .replicate(1, values.size() / head->weights.size());
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

double OutputChoice::magnitude(const Eigen::Ref<const Eigen::RowVectorXd>& values) const {
    // An error of a logarithm is a relative one of what is under it, however small the logarithm.
    if (head)
        return std::abs(head->offset) +
               (sumsOfTracks(values, head->weights.size()).array().log().abs() / std::log(2.0))
                   .max(1.0)
                   .matrix()
                   .dot(head->weights.cwiseAbs());
    switch (aggregate) {
    case Aggregate::Sum:
        break;
    case Aggregate::SumLog1p:
        return values.array().log1p().abs().sum();
    case Aggregate::Log2OfSum:
        return std::max(1.0, std::abs(std::log2(values.sum())));
    }
    return values.cwiseAbs().sum();
}

} // namespace diploscope
