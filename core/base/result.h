// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <cassert>
#include <utility>
#include <variant>

namespace diploscope {

/// Wraps an Error so that `return fail(...)` converts to any Result<T>.
struct Failure {
    Error error;
};

[[nodiscard]] inline Failure fail(ErrorKind kind, std::string what, std::string where = {},
                                  std::string remedy = {}) {
    return {Error{kind, std::move(what), std::move(where), std::move(remedy)}};
}
[[nodiscard]] inline Failure fail(Error error) {
    return {std::move(error)};
}

/// A value or the Error that prevented it; the subset of std::expected (C++23) that the program uses.
template <class T>
class [[nodiscard]] Result {
public:
    using value_type = T;

    Result(T value) // NOLINT(google-explicit-constructor): mirrors std::expected
        : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Failure failure) // NOLINT(google-explicit-constructor)
        : m_state(std::in_place_index<1>, std::move(failure.error)) {}

    [[nodiscard]] bool has_value() const { return m_state.index() == 0; }
    explicit operator bool() const { return has_value(); }

    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(value()); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    T& value() & {
        assert(has_value());
        return *std::get_if<0>(&m_state);
    }
    const T& value() const& {
        assert(has_value());
        return *std::get_if<0>(&m_state);
    }
    T&& value() && { return std::move(value()); }

    const Error& error() const& {
        assert(!has_value());
        return *std::get_if<1>(&m_state);
    }
    Error&& error() && {
        assert(!has_value());
        return std::move(*std::get_if<1>(&m_state));
    }

private:
    std::variant<T, Error> m_state;
};

/// Success without a value.
template <>
class [[nodiscard]] Result<void> {
public:
    using value_type = void;

    Result() = default;
    Result(Failure failure) // NOLINT(google-explicit-constructor)
        : m_error(std::move(failure.error)), m_failed(true) {}

    [[nodiscard]] bool has_value() const { return !m_failed; }
    explicit operator bool() const { return has_value(); }
    const Error& error() const& {
        assert(m_failed);
        return m_error;
    }

private:
    Error m_error;
    bool m_failed = false;
};

} // namespace diploscope

#define DS_CONCAT_IMPL(a, b) a##b
#define DS_CONCAT(a, b) DS_CONCAT_IMPL(a, b)

/// Returns the error of `expr` from the enclosing function, if it has one.
#define DS_TRY(expr)                                                                                         \
    do {                                                                                                     \
        if (auto ds_result = (expr); !ds_result)                                                             \
            return ::diploscope::fail(ds_result.error());                                                    \
    } while (false)

/// `DS_ASSIGN(auto x, f());` assigns the value of `f()` or returns its error.
#define DS_ASSIGN(declaration, expr) DS_ASSIGN_IMPL(DS_CONCAT(ds_result_, __LINE__), declaration, expr)
#define DS_ASSIGN_IMPL(result, declaration, expr)                                                            \
    auto result = (expr);                                                                                    \
    if (!result)                                                                                             \
        return ::diploscope::fail(std::move(result).error());                                                \
    declaration = std::move(result).value()
