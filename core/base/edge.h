// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <exception>
#include <string>
#include <utility>

namespace diploscope {

/// An Error on its way through a library of others, which knows no Result. The edge finds it as it was.
class ThrownError : public std::exception {
public:
    explicit ThrownError(Error error) : m_error(std::move(error)), m_message(m_error.message()) {}
    [[nodiscard]] const Error& error() const { return m_error; }
    [[nodiscard]] const char* what() const noexcept override { return m_message.c_str(); }

private:
    Error m_error;
    std::string m_message;
};

/// What an exception means for a person. `doing` begins the sentence: "Analysing GSTM3". Memory that ran out
/// is Unsupported, what the operating system refused Io, a ThrownError itself, everything else Internal.
[[nodiscard]] Error errorOf(const std::exception_ptr& exception, const std::string& doing);

/// Calls `work` (which returns a Result) and turns whatever it throws into an Error. Nothing of ours throws
/// (but for ThrownError), but libraries do: this stands where a command, a job or one gene of many begins, so
/// that what fails there ends that and nothing else.
template <class Work>
auto atEdge(const std::string& doing, Work&& work) -> decltype(work()) {
    try {
        return work();
    } catch (...) {
        return fail(errorOf(std::current_exception(), doing));
    }
}

} // namespace diploscope
