// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <exception>
#include <string>

namespace diploscope {

/// What an exception means for a person. `doing` begins the sentence: "Analysing GSTM3". Memory that ran out
/// is Unsupported, what the operating system refused Io, everything else Internal.
[[nodiscard]] Error errorOf(const std::exception_ptr& exception, const std::string& doing);

/// Calls `work` (which returns a Result) and turns whatever it throws into an Error. Nothing of ours throws,
/// but libraries do: this stands where a command, a job or one gene of many begins, so that what fails there
/// ends that and nothing else.
template <class Work>
auto atEdge(const std::string& doing, Work&& work) -> decltype(work()) {
    try {
        return work();
    } catch (...) {
        return fail(errorOf(std::current_exception(), doing));
    }
}

} // namespace diploscope
