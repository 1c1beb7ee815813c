// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"

namespace diploscope {

std::string Error::message() const {
    std::string text = where.empty() ? what : where + ": " + what;
    if (!remedy.empty())
        text += " " + remedy;
    return text;
}

} // namespace diploscope
