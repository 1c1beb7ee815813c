// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/predictor.h"

#include <c10/core/Device.h>
#include <c10/util/Exception.h>

#include <exception>
#include <new>
#include <string>

namespace diploscope {

/// LibTorch's own sentence, without its C++ stack.
[[nodiscard]] std::string firstLine(const std::string& text);

/// Calls `work` (which returns a Result) and turns whatever LibTorch throws into an Error: the module's one
/// edge. `doing` says what was being done, as in "Running the model".
template <class Work>
auto atTorchEdge(const std::string& doing, Work&& work) -> decltype(work()) {
    try {
        return work();
    } catch (const c10::Error& error) {
        const std::string text = firstLine(error.what_without_backtrace());
        if (text.find("out of memory") != std::string::npos ||
            text.find("can't allocate memory") != std::string::npos)
            return fail(ErrorKind::Unsupported, doing + " needs more memory than the device has: " + text, {},
                        "Use a smaller batch or another device.");
        return fail(ErrorKind::Internal, doing + " failed in LibTorch: " + text);
    } catch (const std::bad_alloc&) {
        return fail(ErrorKind::Unsupported, doing + " needs more memory than the machine has.", {},
                    "Close other programs, or use a smaller model.");
    } catch (const std::exception& error) {
        return fail(ErrorKind::Internal, doing + " failed in LibTorch: " + firstLine(error.what()));
    }
}

/// \error Unsupported, saying whether this LibTorch lacks CUDA or no device answers.
[[nodiscard]] Result<c10::Device> torchDevice(Device device);

/// Sets LibTorch's threads for what follows in this process; 0: all available.
void useThreads(int threads);

} // namespace diploscope
