// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/run_context.h"

#include <functional>
#include <mutex>
#include <optional>
#include <utility>

namespace diploscope {

/// A value that the first worker that needs it makes, because that may wait for a disk; made again after a
/// failure. Any thread.
template <class T>
class Lazy {
public:
    explicit Lazy(std::function<Result<T>(const RunContext&)> make) : m_make(std::move(make)) {}
    [[nodiscard]] Result<T> get(const RunContext& context) {
        const std::lock_guard lock(m_mutex);
        if (!m_value) {
            DS_ASSIGN(m_value, m_make(context));
        }
        return *m_value;
    }

private:
    std::mutex m_mutex;
    std::function<Result<T>(const RunContext&)> m_make;
    std::optional<T> m_value;
};

} // namespace diploscope
