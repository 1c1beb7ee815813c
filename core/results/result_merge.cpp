// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/result_merge.h"

#include "base/words.h"
#include "results/gene_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

using RunKey = std::tuple<std::string, std::string, std::string>;

RunKey keyOf(const ResultRun& run) {
    return {run.study, run.modelChecksum, run.options};
}

std::string valueText(const std::optional<double>& value) {
    return value ? fmt::format("{}", *value) : "nothing";
}

/// "r is 0.25 in A and 0.5 in B", of the first column that differs.
std::string difference(const GeneRow& a, const GeneRow& b, const std::string& ofA, const std::string& ofB) {
    for (const auto& column : geneColumns().numbers)
        if (a.*column.member != b.*column.member)
            return fmt::format("{} is {} in {} and {} in {}", column.name, valueText(a.*column.member), ofA,
                               valueText(b.*column.member), ofB);
    for (const auto& column : geneColumns().texts)
        if (a.*column.member != b.*column.member)
            return fmt::format("{} is \"{}\" in {} and \"{}\" in {}", column.name, a.*column.member, ofA,
                               b.*column.member, ofB);
    return fmt::format("the drivers in {} are others than in {}", ofA, ofB);
}

/// One run, and which store each of its genes came from.
struct JoinedRun {
    RunContents contents;
    std::map<std::string, std::pair<size_t, std::string>> known; ///< gene id -> index of its row, store
    std::map<std::string, int> shareOf;                          ///< of all lists that were met
    int64_t stores = 0;
    bool ofSources = false;
};

/// Runs that are joined store by store.
class Join {
public:
    /// \param store what is said of it where numbers differ \param isSource not that which is written to
    void add(std::vector<RunContents> runs, const std::string& store, bool isSource) {
        for (RunContents& one : runs) {
            const auto [place, isNew] = m_indexOf.emplace(keyOf(one.run), m_runs.size());
            if (isNew)
                m_runs.push_back({{one.run, {}, {}}, {}, {}});
            JoinedRun& joined = m_runs[place->second];
            joined.contents.run.storedAt = std::max(joined.contents.run.storedAt, one.run.storedAt);
            joined.stores += isSource ? 1 : 0;
            joined.ofSources = joined.ofSources || isSource;
            for (GeneRow& row : one.genes)
                addRow(joined, std::move(row), store);
            if (one.list)
                addList(joined, *one.list);
        }
    }
    /// \error Mismatch with what differs
    [[nodiscard]] Result<void> check() const {
        if (m_conflicts.empty())
            return {};
        constexpr size_t Named = 3;
        std::string text;
        for (size_t i = 0; i < std::min(Named, m_conflicts.size()); ++i)
            text += (i == 0 ? "" : "; ") + m_conflicts[i];
        if (m_conflicts.size() > Named)
            text += fmt::format("; and {} more", m_conflicts.size() - Named);
        return fail(
            ErrorKind::Mismatch,
            fmt::format("{} different numbers for the same gene, model and options: {}.",
                        m_conflicts.size() == 1 ? "Two stores have" : "Stores have, of several genes,", text),
            {},
            "Nothing was written. Leave one of the stores out, or compute these genes again on one "
            "machine.");
    }
    void order() {
        for (JoinedRun& joined : m_runs)
            if (joined.contents.list)
                inOrder(joined);
    }
    [[nodiscard]] std::vector<JoinedRun>& runs() { return m_runs; }

private:
    void addRow(JoinedRun& joined, GeneRow row, const std::string& store) {
        const auto [place, isNew] =
            joined.known.emplace(row.geneId, std::pair(joined.contents.genes.size(), store));
        if (isNew) {
            joined.contents.genes.push_back(std::move(row));
            return;
        }
        auto& [index, ofKnown] = place->second;
        GeneRow& known = joined.contents.genes[index];
        if (!row.failure.empty())
            return;
        if (!known.failure.empty()) {
            known = std::move(row);
            ofKnown = store;
            return;
        }
        // R of PrediXcan is added to rows that are there already, where a database comes later.
        for (auto [one, other] : {std::pair(&known, &row), std::pair(&row, &known)})
            if (!one->predixcanR)
                one->predixcanR = other->predixcanR;
        if (!(known == row))
            m_conflicts.push_back(
                fmt::format("{} under {}: {}", row.geneName.empty() ? row.geneId : row.geneName,
                            joined.contents.run.model, difference(known, row, ofKnown, store)));
    }

    /// Lists differ where shares were made of several; then the first one's order comes first.
    static void addList(JoinedRun& joined, const SharedList& list) {
        if (!joined.contents.list)
            joined.contents.list = SharedList{list.shares, {}};
        else if (*joined.contents.list == list)
            return;
        for (const auto& [gene, share] : list.genes)
            if (joined.shareOf.emplace(gene, share).second)
                joined.contents.list->genes.emplace_back(gene, share);
    }

    static void inOrder(JoinedRun& joined) {
        std::map<std::string, size_t> placeOf;
        for (const auto& [gene, share] : joined.contents.list->genes)
            placeOf.emplace(gene, placeOf.size());
        const auto place = [&](const GeneRow& row) {
            const auto found = placeOf.find(row.geneId);
            return found == placeOf.end() ? placeOf.size() : found->second;
        };
        std::stable_sort(joined.contents.genes.begin(), joined.contents.genes.end(),
                         [&](const GeneRow& a, const GeneRow& b) { return place(a) < place(b); });
    }

    std::vector<JoinedRun> m_runs;
    std::map<RunKey, size_t> m_indexOf;
    std::vector<std::string> m_conflicts;
};

std::vector<MergedRun> mergedOf(const std::vector<JoinedRun>& runs) {
    std::vector<MergedRun> merged;
    for (const JoinedRun& joined : runs) {
        if (!joined.ofSources)
            continue;
        MergedRun one{joined.contents.run, joined.stores, 0, {}, 0};
        one.run.failed = std::count_if(joined.contents.genes.begin(), joined.contents.genes.end(),
                                       [](const GeneRow& row) { return !row.failure.empty(); });
        one.run.genes = static_cast<int64_t>(joined.contents.genes.size()) - one.run.failed;
        if (joined.contents.list) {
            one.listed = static_cast<int64_t>(joined.contents.list->genes.size());
            one.shares = joined.contents.list->shares;
            for (const auto& gene : joined.contents.list->genes)
                if (!joined.known.contains(gene.first))
                    one.missing.push_back(gene);
        }
        merged.push_back(std::move(one));
    }
    return merged;
}

/// \error NotFound where genes are missing
Result<void> checkWhole(const std::vector<MergedRun>& runs, const fs::path& out) {
    for (const MergedRun& run : runs) {
        if (run.missing.empty())
            continue;
        std::set<int> shares;
        for (const auto& [gene, share] : run.missing)
            shares.insert(share);
        std::string named;
        for (const int share : shares)
            named += fmt::format("{}{}/{}", named.empty() ? "" : ", ", share, run.shares);
        return fail(ErrorKind::NotFound,
                    fmt::format("{} of {} are in none of the stores of {}: {}{}.", run.missing.size(),
                                counted(static_cast<size_t>(run.listed), "gene", "genes"), run.run.model,
                                run.missing.front().first, run.missing.size() > 1 ? " and others" : ""),
                    out.string(),
                    fmt::format("Nothing was written. Run what is missing (--shard {}), give its store too, "
                                "or merge what there is with --partial.",
                                named));
    }
    return {};
}

bool isSame(const fs::path& a, const fs::path& b) {
    std::error_code ignored;
    return a == b || fs::equivalent(a, b, ignored);
}

} // namespace

Result<std::vector<MergedRun>> mergeResults(const fs::path& out, const std::vector<fs::path>& stores,
                                            bool partial, const RunContext& context) {
    // Each source is read once and held, so that nothing of `out` is touched before all of them were read.
    std::vector<std::pair<std::string, std::vector<RunContents>>> sources;
    for (const fs::path& file : stores) {
        DS_TRY(context.checkpoint());
        context.report("Reading stores", static_cast<int64_t>(sources.size()),
                       static_cast<int64_t>(stores.size()));
        if (isSame(file, out))
            return fail(ErrorKind::BadInput, "The store to write to is among those to read.", file.string(),
                        "Leave it out of the list: what it holds is joined with the others anyway.");
        DS_ASSIGN(ResultStore store, ResultStore::openUntouched(file));
        DS_ASSIGN(std::vector<RunContents> contents, store.contents());
        sources.emplace_back(file.string(), std::move(contents));
    }
    std::vector<MergedRun> merged;
    const auto joinWith = [&](std::vector<RunContents> known) -> Result<std::vector<RunContents>> {
        Join join;
        join.add(std::move(known), out.string(), false);
        for (const auto& [file, contents] : sources)
            join.add(contents, file, true);
        DS_TRY(join.check());
        join.order();
        merged = mergedOf(join.runs());
        if (!partial)
            DS_TRY(checkWhole(merged, out));
        std::vector<RunContents> wanted;
        for (JoinedRun& joined : join.runs())
            if (joined.ofSources)
                wanted.push_back(std::move(joined.contents));
        return wanted;
    };
    std::error_code ignored;
    if (!fs::exists(out, ignored)) // what is refused leaves no file
        DS_TRY(joinWith({}));
    DS_ASSIGN(ResultStore written, ResultStore::open(out));
    DS_TRY(written.update(joinWith));
    return merged;
}

} // namespace diploscope
