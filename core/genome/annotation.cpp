// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/annotation.h"

#include "base/suggestion.h"
#include "genome/contig_names.h"

#include <fmt/format.h>

#include <algorithm>

namespace diploscope {

namespace {

bool isDigits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Cuts `_2` off the end. \return it with its underscore; empty where there is none
std::string_view cutNumber(std::string_view& text) {
    const size_t underscore = text.rfind('_');
    if (underscore == std::string_view::npos || !isDigits(text.substr(underscore + 1)))
        return {};
    const std::string_view number = text.substr(underscore);
    text = text.substr(0, underscore);
    return number;
}

bool cutEnding(std::string_view& text, std::string_view ending) {
    if (!text.ends_with(ending))
        return false;
    text.remove_suffix(ending.size());
    return true;
}

/// `ENSG00000000419`: letters, then digits alone.
bool isEnsemblId(std::string_view text) {
    const size_t digits = text.find_first_of("0123456789");
    return text.starts_with("ENS") && digits != std::string_view::npos && isDigits(text.substr(digits));
}

/// A gene on X and Y alone is on X.
void keepX(std::vector<const Gene*>& genes) {
    if (genes.size() < 2)
        return;
    std::vector<const Gene*> elsewhere = genes;
    std::erase_if(elsewhere, [](const Gene* gene) {
        return gene->id.ends_with(ParY) || canonicalContig(gene->region.contig) == "Y";
    });
    if (elsewhere.size() == 1 && canonicalContig(elsewhere.front()->region.contig) == "X")
        genes = elsewhere;
}

} // namespace

GeneId splitGeneId(std::string_view text) {
    GeneId result{std::string(text), {}};
    // Only Ensembl ids have versions: symbols such as RP11-34P13.7 and AC000068.5 end like one.
    if (!text.starts_with("ENS"))
        return result;
    std::string_view body = text;
    std::string_view lifted = cutNumber(body);
    bool parY = cutEnding(body, ParY);
    if (parY && lifted.empty())
        lifted = cutNumber(body);
    const size_t dot = body.rfind('.');
    const bool versioned = dot != std::string_view::npos && isDigits(body.substr(dot + 1));
    const std::string_view id = body.substr(0, versioned ? dot : body.size());
    if (!isEnsemblId(id) && !(id.starts_with("ENSGR") && isDigits(id.substr(5))))
        return result;
    result.id = id;
    if (id.starts_with("ENSGR")) {
        result.id.replace(4, 1, "0");
        parY = true;
    }
    if (parY)
        result.id += ParY;
    if (versioned)
        result.version = std::string(body.substr(dot + 1)).append(lifted);
    return result;
}

Annotation::Annotation(std::vector<Gene> genes, std::string declaredBuild,
                       std::vector<std::string> unstranded)
    : m_genes(std::move(genes))
    , m_declaredBuild(std::move(declaredBuild))
    , m_unstranded(std::move(unstranded)) {
    m_byId.reserve(m_genes.size());
    m_byName.reserve(m_genes.size());
    auto onContig = m_byContig.end(); // genes of one contig come in a row
    for (size_t i = 0; i < m_genes.size(); ++i) {
        const Gene& gene = m_genes[i];
        m_byId.emplace(gene.id, i);
        m_byName[gene.name].push_back(i);
        if (onContig == m_byContig.end() || onContig->first != gene.region.contig)
            onContig = m_byContig.try_emplace(gene.region.contig).first;
        onContig->second.byStart.push_back(i);
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
    keepX(genes);
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
        keepX(named);
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
