// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json_text.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "experiment/whole_glossary.h"
#include "io/table_writer.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

namespace diploscope::cli {

namespace {

struct ColumnsRequest {
    std::string table; ///< empty: all
    bool json = false;
};

std::string asJson(const std::vector<GlossaryTable>& tables) {
    nlohmann::ordered_json columns = nlohmann::ordered_json::array();
    for (const GlossaryTable& table : tables)
        for (const ColumnText& column : table.columns)
            columns.push_back({{"table", table.name},
                               {"column", column.name},
                               {"title", column.title},
                               {"unit", column.unit},
                               {"meaning", column.meaning},
                               {"methods", column.methods}});
    return jsonText(columns, 2) + "\n";
}

std::string asTable(const std::vector<GlossaryTable>& tables) {
    TableWriter writer({"table", "column", "title", "unit", "meaning", "methods"});
    for (const GlossaryTable& table : tables)
        for (const ColumnText& column : table.columns)
            writer.row()
                .cell(table.name)
                .cell(column.name)
                .cell(column.title)
                .cell(column.unit)
                .cell(column.meaning)
                .cell(column.methods);
    return writer.text();
}

Result<void> show(const ColumnsRequest& request) {
    std::vector<GlossaryTable> tables = wholeGlossary();
    if (!request.table.empty())
        std::erase_if(tables, [&](const GlossaryTable& table) { return table.name != request.table; });
    sayText(request.json ? asJson(tables) : asTable(tables));
    return {};
}

} // namespace

void addColumnsCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<ColumnsRequest>();
    CLI::App* command =
        program.add_subcommand("columns", "What each column of the tables is: its unit, its meaning, and the "
                                          "section of the guide's methods that defines it");
    std::vector<std::string> tables;
    for (const GlossaryTable& table : wholeGlossary())
        tables.emplace_back(table.name);
    command->add_option("TABLE", request->table, "One of them (default: all)")
        ->check(CLI::IsMember(std::move(tables)));
    command->add_flag("--json", request->json, "For programs");
    command->footer("Example:  diploscope columns GENE.variants.tsv");
    command->callback([request, &exitCode] { exitCode = runCommand([&] { return show(*request); }); });
}

} // namespace diploscope::cli
