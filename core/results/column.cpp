// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/column.h"

#include "io/table_writer.h"

namespace diploscope {

std::optional<double> Cell::number() const {
    if (const auto* flag = std::get_if<bool>(&m_value))
        return *flag ? 1.0 : 0.0;
    if (const auto* whole = std::get_if<int64_t>(&m_value))
        return static_cast<double>(*whole);
    if (const auto* number = std::get_if<double>(&m_value))
        return *number;
    if (const auto* p = std::get_if<PValue>(&m_value))
        return static_cast<double>(*p);
    return std::nullopt;
}

std::optional<PValue> Cell::p() const {
    if (const auto* p = std::get_if<PValue>(&m_value))
        return *p;
    const std::optional<double> value = number();
    return value ? std::optional(PValue(*value)) : std::nullopt;
}

std::string Cell::text() const {
    const auto* text = std::get_if<std::string>(&m_value);
    return text == nullptr ? std::string() : *text;
}

void Cell::writeTo(TableWriter& table) const {
    if (const auto* flag = std::get_if<bool>(&m_value))
        table.cell(*flag);
    else if (const auto* whole = std::get_if<int64_t>(&m_value))
        table.cell(*whole);
    else if (const auto* number = std::get_if<double>(&m_value))
        table.cell(*number);
    else if (const auto* p = std::get_if<PValue>(&m_value))
        table.cell(p->text());
    else if (const auto* text = std::get_if<std::string>(&m_value))
        table.cell(*text);
    else
        table.cell("NA");
}

} // namespace diploscope
