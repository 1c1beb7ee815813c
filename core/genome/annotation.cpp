// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/annotation.h"

#include "base/suggestion.h"

#include <fmt/format.h>

#include <algorithm>

namespace diploscope {

namespace {

constexpr std::string_view ParY = "_PAR_Y";

bool isDigits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

GeneId splitGeneId(std::string_view text) {
    const bool parY = text.ends_with(ParY);
    const std::string_view body = parY ? text.substr(0, text.size() - ParY.size()) : text;
    GeneId result;
    const size_t dot = body.rfind('.');
    // Only Ensembl ids have versions: symbols such as RP11-34P13.7 and AC000068.5 end like one.
    const bool versioned =
        body.starts_with("ENS") && dot != std::string_view::npos && isDigits(body.substr(dot + 1));
    result.id = body.substr(0, versioned ? dot : body.size());
    if (versioned)
        result.version = body.substr(dot + 1);
    if (parY)
        result.id += ParY;
    return result;
}

Annotation::Annotation(std::vector<Gene> genes, std::string declaredBuild)
    : m_genes(std::move(genes)), m_declaredBuild(std::move(declaredBuild)) {
    m_byId.reserve(m_genes.size());
    for (size_t i = 0; i < m_genes.size(); ++i) {
        const Gene& gene = m_genes[i];
        m_byId.emplace(gene.id, i);
        m_byName[gene.name].push_back(i);
        m_byContig[gene.region.contig].byStart.push_back(i);
    }
    for (auto& [contig, index] : m_byContig) {
        std::stable_sort(index.byStart.begin(), index.byStart.end(), [this](size_t a, size_t b) {
            return m_genes[a].region.start < m_genes[b].region.start;
        });
        int64_t furthest = 0;
        for (const size_t i : index.byStart)
            index.furthestEnd.push_back(furthest = std::max(furthest, m_genes[i].region.end));
    }
}

const Gene* Annotation::findId(std::string_view id) const {
    const auto found = m_byId.find(splitGeneId(id).id);
    return found == m_byId.end() ? nullptr : &m_genes[found->second];
}

std::vector<const Gene*> Annotation::withName(std::string_view name) const {
    std::vector<const Gene*> genes;
    if (const auto found = m_byName.find(std::string(name)); found != m_byName.end())
        for (const size_t i : found->second)
            genes.push_back(&m_genes[i]);
    return genes;
}

Result<const Gene*> Annotation::find(std::string_view idOrSymbol) const {
    if (const Gene* gene = findId(idOrSymbol))
        return gene;
    std::vector<const Gene*> named = withName(idOrSymbol);
    if (named.empty()) {
        for (const Gene& gene : m_genes)
            if (editDistance(gene.name, idOrSymbol, 0) == 0 || editDistance(gene.id, idOrSymbol, 0) == 0)
                named.push_back(&gene);
    }
    if (named.size() > 1) {
        // SHOX on X and SHOX on Y are one gene to everybody but the file.
        std::vector<const Gene*> onX = named;
        std::erase_if(onX, [](const Gene* gene) { return gene->id.ends_with(ParY); });
        if (onX.size() == 1)
            named = onX;
    }
    if (named.size() == 1)
        return named.front();
    if (named.size() > 1) {
        std::vector<std::string> ids;
        for (const Gene* gene : named)
            ids.push_back(fmt::format("{} ({})", gene->id, toText(gene->region)));
        return fail(
            ErrorKind::Mismatch,
            fmt::format("The symbol `{}` names {} genes: {}.", idOrSymbol, ids.size(), listed(ids, 10)), {},
            "Ask for one of them by its id.");
    }

    // Among ids every neighbour is a near one, which helps nobody.
    std::vector<std::string> names;
    if (!idOrSymbol.starts_with("ENS"))
        for (const Gene& gene : m_genes)
            names.push_back(gene.name);
    const std::vector<std::string> near = nearestNames(idOrSymbol, names);
    return fail(ErrorKind::NotFound, fmt::format("No gene of the annotation is called `{}`.", idOrSymbol), {},
                near.empty() ? "Check the spelling, and that the annotation holds this gene."
                             : fmt::format("Did you mean {}?", listed(near)));
}

std::vector<const Gene*> Annotation::overlapping(const Region& region) const {
    std::vector<const Gene*> genes;
    const auto found = m_byContig.find(region.contig);
    if (found == m_byContig.end())
        return genes;
    const ContigIndex& index = found->second;
    // furthestEnd never falls, so everything before the first that passes region.start ends too early.
    const auto first = std::upper_bound(index.furthestEnd.begin(), index.furthestEnd.end(), region.start);
    for (auto i = size_t(first - index.furthestEnd.begin()); i < index.byStart.size(); ++i) {
        const Gene& gene = m_genes[index.byStart[i]];
        if (gene.region.start >= region.end)
            break;
        if (gene.region.end > region.start)
            genes.push_back(&gene);
    }
    return genes;
}

} // namespace diploscope
