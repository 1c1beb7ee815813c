// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "weights/tensor.h"
#include "weights/weights_file.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace diploscope {

/// What a network wants of a weights file.
struct WeightNeeds {
    std::vector<TensorSpec> needed;
    std::vector<TensorSpec> spare; ///< may be there, then of these shapes; not read
    /// Beginnings of names and what they stand for: {"_trunk.1.", "stem."}.
    std::vector<std::pair<std::string, std::string>> aliases;
};

/// How much of some weights was looked at, in bytes of the file.
struct WeightsLookedAt {
    int64_t bytes = 0;
    int64_t ofBytes = 0;
};

/// The tensors of a file that a network needs, under the network's names. Shares the file.
class ModelWeights {
public:
    /// Wrappers of trainings may stand before all names or between: `module.`, `_orig_mod.`, `model.`, any
    /// that all names share; they are taken off and told in note(). `num_batches_tracked` of a batch norm and
    /// `n_averaged` of averaged weights may be there: no prediction uses them. A tensor may be there under
    /// its own name, an alias, or both with the same values. \error Mismatch naming every missing key, every
    /// unexpected one (with what it may have been meant for), every wrong shape and every alias that
    /// contradicts; what reading aliases gives.
    [[nodiscard]] static Result<ModelWeights> match(std::shared_ptr<const WeightsFile> file,
                                                    const WeightNeeds& needs);

    [[nodiscard]] WeightSource source() const;
    /// What was not taken literally, in words: "of \"model_state_dict\"; \"module.\" taken off all names";
    /// mostly empty.
    [[nodiscard]] std::string note() const { return m_note; }
    /// Hex digest of every needed tensor's name, type, shape and values, in the network's order: the same
    /// whatever the file's format. Reads each tensor once.
    [[nodiscard]] Result<std::string> digest() const;
    /// Whether every value is a finite number, as source() insists; no network is built. Tensors that would
    /// make it more than `mostBytes` are passed over. \error as WeightsFile::read, naming the tensor;
    /// Cancelled
    [[nodiscard]] Result<WeightsLookedAt> checkValues(int64_t mostBytes, const RunContext& context) const;

private:
    struct Entry {
        std::string name;       ///< the network's
        const TensorInfo* info; ///< the file's
    };
    std::shared_ptr<const WeightsFile> m_file;
    std::vector<Entry> m_entries;
    std::string m_note;
};

/// A file's tensors under its own names, unchecked.
[[nodiscard]] WeightSource weightsOfFile(std::shared_ptr<const WeightsFile> file);

} // namespace diploscope
