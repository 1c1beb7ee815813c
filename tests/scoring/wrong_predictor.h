// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/predictor.h"

#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace diploscope::test {

/// Answers with another model's values, but not, in Fast, for some sequences: of so many edits and more, or
/// those that it is told.
class WrongPredictor final : public Predictor {
public:
    using IsWrong = std::function<bool(const EditList&)>;
    explicit WrongPredictor(std::shared_ptr<const Predictor> right, size_t wrongFrom = 1)
        : WrongPredictor(std::move(right),
                         [wrongFrom](const EditList& edits) { return edits.size() >= wrongFrom; }) {}
    WrongPredictor(std::shared_ptr<const Predictor> right, IsWrong isWrong)
        : m_right(std::move(right)), m_isWrong(std::move(isWrong)) {}
    const ModelInfo& info() const override { return m_right->info(); }
    std::string computation(Method method) const override { return m_right->computation(method); }
    Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow& window, const OutputChoice& output,
                                                    Method method) const override {
        DS_ASSIGN(auto locus, m_right->prepare(window, output, method));
        if (method == Method::Plain) {
            ++plainLoci;
            return locus;
        }
        return std::unique_ptr<LocusPredictor>(std::make_unique<Locus>(std::move(locus), m_isWrong));
    }

    double editsPerWholePass() const override { return editsPerPass; }

    double editsPerPass = 1;
    mutable int plainLoci = 0; ///< that were made ready

private:
    struct Locus final : LocusPredictor {
        Locus(std::unique_ptr<LocusPredictor> right, IsWrong isWrong)
            : m_right(std::move(right)), m_isWrong(std::move(isWrong)) {}
        Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences,
                                        const RunContext& context) override {
            std::vector<EditList> asked(sequences.begin(), sequences.end());
            for (EditList& edits : asked)
                if (m_isWrong(edits))
                    edits.clear(); // the effect is lost
            return m_right->predict(asked, context);
        }
        int64_t batchSize() const override { return 4; }
        std::unique_ptr<LocusPredictor> m_right;
        IsWrong m_isWrong;
    };
    std::shared_ptr<const Predictor> m_right;
    IsWrong m_isWrong;
};

} // namespace diploscope::test
