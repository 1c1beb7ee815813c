// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// The head of a table, taken apart: views into its text.
struct TableHead {
    using Fields = std::vector<std::string_view>;

    char separator = '\t';
    std::string_view headerLine; ///< as written
    Fields header;
    std::vector<Fields> rows; ///< the first 200
    size_t rowsSeen = 0;      ///< all rows of the head, also those not kept
    bool whole = false;
    bool ragged = false;     ///< rows differ in length
    bool cornerless = false; ///< the corner cell was left out

    [[nodiscard]] bool hasColumns(std::initializer_list<std::string_view> names) const;
    /// By its title in small letters; -1 where there is none.
    [[nodiscard]] int column(std::string_view name) const;
};

/// Splits the head into comments, header and rows. The header may begin with `#`, as isComment() tells;
/// blanks behind that are left out with it.
/// \param whole nothing stands behind `text`. \param comments gets the lines before the header
[[nodiscard]] TableHead readTableHead(std::string_view text, bool whole, std::string& comments);

} // namespace diploscope
