// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/ensemble_predictor.h"

#include "base/checksum.h"

#include <algorithm>

namespace diploscope {

namespace {

class EnsembleLocus final : public LocusPredictor {
public:
    explicit EnsembleLocus(std::vector<std::unique_ptr<LocusPredictor>> members)
        : m_members(std::move(members)) {}

    Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences, const RunContext& context) override {
        return mean([&](LocusPredictor& member) { return member.predict(sequences, context); });
    }
    Result<Eigen::MatrixXd> gradient(const RunContext& context) override {
        return mean([&](LocusPredictor& member) { return member.gradient(context); });
    }
    int64_t batchSize() const override {
        int64_t smallest = m_members.front()->batchSize();
        for (const auto& member : m_members)
            smallest = std::min(smallest, member->batchSize());
        return smallest;
    }

private:
    template <class Ask>
    Result<Eigen::MatrixXd> mean(const Ask& ask) {
        Eigen::MatrixXd sum;
        for (const auto& member : m_members) {
            DS_ASSIGN(Eigen::MatrixXd values, ask(*member));
            if (sum.size() == 0)
                sum = std::move(values);
            else
                sum += values;
        }
        return Eigen::MatrixXd(sum / static_cast<double>(m_members.size()));
    }

    std::vector<std::unique_ptr<LocusPredictor>> m_members;
};

} // namespace

EnsemblePredictor::EnsemblePredictor(ModelInfo info, std::vector<std::shared_ptr<const Predictor>> members)
    : m_info(std::move(info)), m_members(std::move(members)) {
    std::string checksums = "ensemble";
    for (const auto& member : m_members)
        checksums += " " + member->info().checksum;
    m_info.checksum = toHex(digestOf(checksums));
}

Result<std::unique_ptr<LocusPredictor>>
EnsemblePredictor::prepare(const ReferenceWindow& window, const OutputChoice& output, Method method) const {
    std::vector<std::unique_ptr<LocusPredictor>> loci;
    for (const auto& member : m_members) {
        DS_ASSIGN(auto locus, member->prepare(window, output, method));
        loci.push_back(std::move(locus));
    }
    return std::unique_ptr<LocusPredictor>(std::make_unique<EnsembleLocus>(std::move(loci)));
}

std::string EnsemblePredictor::computation(Method method) const {
    return m_members.front()->computation(method);
}

} // namespace diploscope
