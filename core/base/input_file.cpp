// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/input_file.h"

#include <fmt/format.h>

#include <cstring>
#include <system_error>

namespace diploscope {

Result<void> checkRegularFile(const std::filesystem::path& file) {
    using std::filesystem::file_type;
    std::error_code error;
    const file_type type = std::filesystem::status(file, error).type();
    const auto noFile = [&](const char* what) {
        return fail(ErrorKind::BadInput, fmt::format("A file was expected, but this is {}.", what),
                    file.string(),
                    type == file_type::directory ? "Name a file in it."
                                                 : "Write what it gives into a file, and name that.");
    };
    switch (type) {
    case file_type::regular:
        return {};
    case file_type::not_found:
        return fail(ErrorKind::NotFound, "The file does not exist.", file.string(), "Check the path.");
    case file_type::directory:
        return noFile("a folder");
    case file_type::fifo:
        return noFile("a pipe");
    case file_type::socket:
        return noFile("a socket");
    case file_type::block:
    case file_type::character:
        return noFile("a device");
    default:
        return error ? cannotOpen(file, error.value()) : noFile("no regular one");
    }
}

Failure cannotOpen(const std::filesystem::path& file, int error) {
    const bool isMissing = error == ENOENT || error == ENOTDIR;
    const bool isLimit = error == EMFILE || error == ENFILE;
    return fail(isMissing ? ErrorKind::NotFound : ErrorKind::Io,
                error == 0 ? std::string("The file cannot be opened.")
                           : fmt::format("The file cannot be opened: {}.", std::strerror(error)),
                file.string(),
                isMissing ? "Check the path."
                : isLimit ? "Close other programs, or allow more open files: ulimit -n 1024"
                          : "Check that you may read it.");
}

bool isOpeningRefused(int error) {
    return error == EMFILE || error == ENFILE || error == EACCES || error == EPERM || error == ENOMEM;
}

} // namespace diploscope
