// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/edge.h"

#include "base/log.h"

#include <cxxabi.h>
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <new>
#include <stdexcept>
#include <string_view>
#include <system_error>

namespace diploscope {

namespace {

/// Libraries add their stack, or a caret under the place.
std::string firstLine(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

/// Whether an exception, of whatever library, says that memory ran out.
bool saysOutOfMemory(const std::exception& error) {
    const std::string_view text = error.what();
    for (const std::string_view words : {"out of memory", "allocate memory", "bad_alloc"})
        if (text.find(words) != std::string_view::npos)
            return true;
    return false;
}

Error outOfMemory(const std::string& doing) {
    return {ErrorKind::Unsupported,
            doing + " needs more memory than there is.",
            {},
            "Close other programs, raise the limit (ulimit -v) if one is set, or ask for less at a time."};
}

/// Of the exception that is being handled: "std::out_of_range".
std::string typeName() {
    const std::type_info* type = abi::__cxa_current_exception_type();
    if (type == nullptr)
        return "unknown";
    const std::unique_ptr<char, decltype(&std::free)> name(
        abi::__cxa_demangle(type->name(), nullptr, nullptr, nullptr), &std::free);
    return name ? name.get() : type->name();
}

/// A full disk is no matter of rights or limits, whatever was being done.
std::string remedyOf(const std::error_code& code, const char* otherwise) {
    if (code == std::errc::no_space_on_device)
        return "Free space on the disk.";
    if (code == std::errc::file_too_large)
        return "Raise the limit on file sizes (ulimit -f).";
    return otherwise;
}

Error describe(const std::exception_ptr& exception, const std::string& doing) {
    const std::string report = "This is a fault of the program: please report it, with the log that "
                               "`diploscope info` names.";
    try {
        std::rethrow_exception(exception);
    } catch (const std::bad_alloc&) {
        return outOfMemory(doing);
    } catch (const ThrownError& thrown) {
        return thrown.error();
    } catch (const std::filesystem::filesystem_error& error) {
        return {ErrorKind::Io, fmt::format("{} failed: {}.", doing, error.code().message()),
                error.path1().string(),
                remedyOf(error.code(), "Check that the file is there and that you may use it.")};
    } catch (const std::system_error& error) {
        return {ErrorKind::Io,
                fmt::format("{} failed, because the system refused: {}.", doing, error.code().message()),
                {},
                remedyOf(error.code(), "Check the limits of this account (ulimit -a).")};
    } catch (const std::exception& error) {
        if (saysOutOfMemory(error))
            return outOfMemory(doing);
        logLine("exception", typeName() + ": " + error.what());
        return {ErrorKind::Internal,
                fmt::format("{} failed unexpectedly: {}.", doing, firstLine(error.what())),
                {},
                report};
    } catch (...) {
        logLine("exception", typeName());
        return {ErrorKind::Internal, doing + " failed for a reason that nobody told.", {}, report};
    }
}

} // namespace

Error errorOf(const std::exception_ptr& exception, const std::string& doing) {
    try {
        return describe(exception, doing);
    } catch (...) { // no memory for the words either
        return {ErrorKind::Unsupported, "Out of memory.", {}, {}};
    }
}

} // namespace diploscope
