// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/select_by.h"

#include "analysis/report_table.h"
#include "base/words.h"
#include "viewmodels/counted_text.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"

#include <algorithm>
#include <utility>

namespace diploscope::ui {

namespace {

Result<std::vector<size_t>> rowsWhere(const std::string& condition, const ReportTable& table) {
    if (trimmed(condition).empty())
        return std::vector<size_t>();
    DS_ASSIGN(const Condition parsed, Condition::parse(condition, table));
    return parsed.rows(table);
}

} // namespace

Selected Chosen::joinedTo(const Selected& before, BrushMode mode) const {
    Selected after = before;
    if (variants)
        after.variants = joined(before.variants, *variants, mode);
    if (people)
        after.people = joined(before.people, *people, mode);
    return after;
}

Result<Chosen> chosenBy(const SelectBy& by, const std::shared_ptr<const GeneReport>& report) {
    Chosen chosen;
    switch (by.what) {
    case SelectBy::What::Variants: {
        DS_ASSIGN(const std::vector<size_t> rows,
                  rowsWhere(by.text, ReportTable(report, ReportTable::Rows::Variants)));
        chosen.variants.emplace();
        for (const size_t row : rows)
            chosen.variants->insert(report->variants[row]);
        break;
    }
    case SelectBy::What::People: {
        DS_ASSIGN(const std::vector<size_t> rows,
                  rowsWhere(by.text, ReportTable(report, ReportTable::Rows::People)));
        chosen.people.emplace();
        for (const size_t row : rows)
            chosen.people->insert(report->people[row].sample);
        break;
    }
    case SelectBy::What::Names: {
        NamedInReport named = namedIn(*report, by.text);
        // What a list has none of stays as it is, or a list of people would clear the SNVs.
        if (!named.variants.empty())
            chosen.variants = std::move(named.variants);
        if (!named.people.empty())
            chosen.people = std::move(named.people);
        chosen.unknown = std::move(named.unknown);
        break;
    }
    case SelectBy::What::Genotype: {
        const std::optional<size_t> at = by.variant ? report->find(*by.variant) : std::nullopt;
        if (!at)
            return fail(ErrorKind::NotFound, "No SNV of this gene is selected.", "genotype",
                        "Select one SNV, whose genotypes are meant.");
        const SnvGenotypes& genotypes = report->variants[*at].genotypes;
        chosen.people.emplace();
        for (size_t p = 0; p < std::min(genotypes.people(), report->people.size()); ++p)
            if (const uint8_t copies = genotypes.copies(p); copies < by.copies.size() && by.copies[copies])
                chosen.people->insert(report->people[p].sample);
        break;
    }
    }
    return chosen;
}

QString chosenText(const Chosen& chosen) {
    constexpr qsizetype mostNamed = 5;
    QStringList parts;
    if (chosen.variants)
        parts << countedText(static_cast<int64_t>(chosen.variants->size()), counted::snvs);
    if (chosen.people)
        parts << countedText(static_cast<int64_t>(chosen.people->size()), counted::people);
    if (!chosen.unknown.empty()) {
        QStringList names;
        for (const std::string& name : chosen.unknown)
            if (names.size() < mostNamed)
                names << shownName(name).left(30);
        if (static_cast<qsizetype>(chosen.unknown.size()) > mostNamed)
            names << QStringLiteral("…");
        parts << QObject::tr("not in this gene: %1 (%2)")
                     .arg(countText(static_cast<int64_t>(chosen.unknown.size())),
                          names.join(QStringLiteral(", ")));
    }
    return parts.isEmpty() ? QObject::tr("nothing") : parts.join(QStringLiteral(" · "));
}

} // namespace diploscope::ui
