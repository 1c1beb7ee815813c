// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/predictor.h"

#include <c10/core/Device.h>
#include <c10/util/Exception.h>

#include <exception>
#include <string>

namespace diploscope {

/// LibTorch's own sentence, without its C++ stack.
[[nodiscard]] std::string firstLine(const std::string& text);

/// What LibTorch threw while `doing`, in words for a person. \error Unsupported where memory did not suffice;
/// Internal
[[nodiscard]] Error torchError(const std::string& doing, const std::string& thrown);

/// Calls `work` (which returns a Result) and turns whatever LibTorch throws into an Error: the module's one
/// edge. `doing` says what was being done, as in "Running the model".
template <class Work>
auto atTorchEdge(const std::string& doing, Work&& work) -> decltype(work()) {
    try {
        return work();
    } catch (const c10::Error& error) {
        return fail(torchError(doing, error.what_without_backtrace()));
    } catch (const std::exception& error) {
        return fail(torchError(doing, error.what()));
    }
}

/// \error Unsupported, saying whether this LibTorch lacks CUDA or no device answers.
[[nodiscard]] Result<c10::Device> torchDevice(Device device);

/// Sets LibTorch's threads for what follows in this process; 0: all available.
void useThreads(int threads);

} // namespace diploscope
