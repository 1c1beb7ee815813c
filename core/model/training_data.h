// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/device.h"
#include "weights/tensor.h"

#include <Eigen/Core>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace diploscope {

/// Reference sequences with what they should predict.
struct TrainingData {
    std::vector<std::string> inputs; ///< model input bases, each of the model's length
    Eigen::VectorXd targets;         ///< [inputs] (expression - mean) / sd
    double mean = 0;
    double sd = 1;
    std::vector<int> split; ///< [inputs] 0 train, 1 validation, 2 test
};

struct TrainingOptions {
    int epochs = 100;
    int batchSize = 32;
    double learningRate = 1e-3;
    double weightDecay = 0;
    int patience = 10; ///< epochs without a better validation loss before stopping
    uint64_t seed = 1;
    int threads = 0; ///< 0: all available
    Device device;
    int shiftAugmentation =
        0; ///< each training input is shifted by up to this many bp either way, anew each epoch
    bool reverseComplementAugmentation = false;
};

struct EpochLosses {
    double train = 0;
    double validation = 0;
    double validationR = 0;
};

struct TrainingResult {
    std::vector<EpochLosses> epochs;
    int bestEpoch = 0;                 ///< 0-based; the weights are this epoch's
    std::optional<double> validationR; ///< Pearson; nothing where undefined
    std::optional<double> testR;
    std::vector<NamedTensor> weights; ///< the names and shapes of what the model needs
};

/// What a model makes of the scale of its targets.
struct TrainingForm {
    bool standardised = false; ///< it learns (target - mean) / sd
    /// The linear layer that takes mean and sd into its weights afterwards; nothing where the model's outputs
    /// have the targets' scale already.
    std::optional<std::string> foldsInto;
};

} // namespace diploscope
