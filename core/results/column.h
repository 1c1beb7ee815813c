// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stats/p_value.h"

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace diploscope {

class TableWriter;

/// How a column's values are shown to people. Files have all digits.
enum class Format {
    Text,
    Flag,     ///< yes or no: 1 or 0 in tables of many genes, true or false in those of one
    Whole,    ///< a count or a position: "1,204"
    Distance, ///< bp with a sign: "+125 bp"
    Ratio,    ///< a correlation or a fraction: "0.44"
    Share,    ///< a fraction: "60 %"
    P,
    Measure, ///< any other number: three significant digits
};

/// Whether files write such numbers without a fraction.
[[nodiscard]] constexpr bool isWhole(Format format) {
    return format == Format::Flag || format == Format::Whole || format == Format::Distance;
}

/// What a column is, told once for files, filters, the result store, the window and `diploscope columns`.
struct ColumnText {
    constexpr ColumnText(std::string_view nameInFiles, std::string_view shortTitle, std::string_view itsUnit,
                         std::string_view whatItIs, int section, Format shownAs = Format::Measure)
        : name(nameInFiles)
        , title(shortTitle)
        , unit(itsUnit)
        , meaning(whatItIs)
        , methods(section)
        , format(shownAs) {}

    std::string_view name;  ///< in files, filters and the store; stays as it is once there are such files
    std::string_view title; ///< short, for people: a table's head, a label
    std::string_view unit;  ///< "bp"; empty: none
    std::string_view meaning;
    int methods; ///< the section of the guide's methods that defines it
    Format format;
};

/// The value of one cell; none where it is not known or not defined.
class Cell {
public:
    Cell() = default;
    // NOLINTBEGIN(google-explicit-constructor): whatever a row knows is a cell
    template <std::same_as<bool> Flag> // or any pointer would be one
    Cell(Flag value) : m_value(value) {}
    Cell(int64_t value) : m_value(value) {}
    Cell(double value) : m_value(value) {}
    Cell(const PValue& value) : m_value(value) {}
    template <std::convertible_to<std::string_view> Text>
    Cell(const Text& value) : m_value(std::string(std::string_view(value))) {}
    template <class Value>
    Cell(const std::optional<Value>& value) {
        if (value)
            *this = Cell(*value);
    }
    // NOLINTEND(google-explicit-constructor)

    [[nodiscard]] bool isKnown() const { return !std::holds_alternative<std::monostate>(m_value); }
    /// 1 or 0 of what is yes or no; empty for texts.
    [[nodiscard]] std::optional<double> number() const;
    /// The number as a p, right at any size where the cell holds one.
    [[nodiscard]] std::optional<PValue> p() const;
    /// Empty for what is no text.
    [[nodiscard]] std::string text() const;
    /// The next cell of the row begun last.
    void writeTo(TableWriter& table) const;

private:
    std::variant<std::monostate, bool, int64_t, double, PValue, std::string> m_value;
};

} // namespace diploscope
