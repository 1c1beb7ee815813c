// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace diploscope {

/// What a caller may branch on. Everything else about an error is for people.
enum class ErrorKind {
    NotFound,    ///< a file, gene, sample, contig or model that was asked for does not exist
    BadInput,    ///< a file or value that does not say what its format promises
    Mismatch,    ///< two inputs that are each fine but do not belong together
    Unsupported, ///< a valid request that this build or device cannot serve
    Cancelled,   ///< the user asked to stop; never shown as a failure
    Io,          ///< the operating system refused to read or write
    Internal     ///< a foreign library failed in a way that is not the user's doing
};

/// The one error type. All four parts are shown to the user, so they are written for one.
struct Error {
    ErrorKind kind = ErrorKind::Internal;
    std::string what;   ///< a sentence with the offending values: what was found, what was expected
    std::string where;  ///< file, line, site, sample or option; may be empty
    std::string remedy; ///< what the user can do about it; may be empty

    /// One paragraph: "where: what remedy".
    [[nodiscard]] std::string message() const;
};

} // namespace diploscope
