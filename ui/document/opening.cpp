// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/opening.h"

#include "analysis/gene_report.h"
#include "viewmodels/counted_text.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/model_track.h"
#include "viewmodels/session.h"

#include <QObject>

#include <algorithm>
#include <set>
#include <utility>

namespace diploscope::ui {

namespace {

bool hasModel(const Session& session, const std::string& model) {
    const auto& models = session.study()->file().models;
    return std::any_of(models.begin(), models.end(),
                       [&](const std::filesystem::path& one) { return one.string() == model; });
}

} // namespace

void Opening::wantSession(Document session, const QString& gene) {
    if (!gene.isEmpty())
        m_wish.gene = gene;
    m_wish.session = std::move(session);
}

Opening::Begun Opening::begin(const Session& session, const Document& before, const Document& fresh) {
    Wish wish = std::exchange(m_wish, {.allGenes = m_wish.allGenes});
    Begun begun{wish.session ? std::move(*wish.session) : fresh};
    Document& next = begun.document;
    next.study = session.study()->file().path;
    if (wish.session) {
        begun.lost = dropUnknown(next, session);
    } else {
        chooseModel(next, session.model().choice().toStdString(), session.model().asked());
        next.filter = before.filter;
        if (session.isPublished() && wish.gene.isEmpty())
            next.page = Document::Page::Genome;
    }
    if (!wish.gene.isEmpty()) {
        if (const Result<const Gene*> gene = session.genes().find(wish.gene))
            next = ofGene(std::move(next), (*gene)->id);
        else
            begun.noSuchGene = wish.gene;
    }
    if (wish.edit)
        wish.edit(next, *session.study());
    m_doubtful = wish.session && (!next.selected.variants.empty() || next.references != SnvReferences{});
    return begun;
}

bool Opening::turnsToAllGenes(const Session& session) {
    const ShownGene& shown = session.shown();
    const bool isTime = shown.gene() == nullptr ? session.model().predictor() != nullptr
                                                : shown.reportIsCurrent() && shown.report()->complete;
    return isTime && std::exchange(m_wish.allGenes, false);
}

std::optional<Opening::Known> Opening::settle(const Document& document, const GeneReport* report) {
    if (!m_doubtful || report == nullptr || !report->complete)
        return std::nullopt;
    m_doubtful = false;
    Known known{document};
    auto& selected = known.document.selected.variants;
    auto& [pinned, given] = known.document.references;
    known.all = selected.size() + pinned.size() + (given ? 1 : 0);
    const auto isStranger = [report](const Variant& variant) { return !report->find(variant); };
    known.lost = std::erase_if(selected, isStranger) + std::erase_if(pinned, isStranger);
    if (given && isStranger(*given)) {
        given.reset();
        ++known.lost;
    }
    return known;
}

QStringList dropUnknown(Document& document, const Session& session) {
    QStringList lost;
    const std::string model = session.model().choice().toStdString();
    if (document.model != model && !document.model.empty()) // a published one's
        lost << QObject::tr("model %1").arg(shownName(document.model));
    document.model = model;
    if (!document.against.empty() && document.against != AgainstReads &&
        !hasModel(session, document.against)) {
        lost << QObject::tr("model %1").arg(shownName(document.against));
        document.against.clear();
    }
    const Result<const Gene*> gene = session.genes().find(QString::fromStdString(document.gene));
    if (!gene && !document.gene.empty())
        lost << QObject::tr("gene %1, with what was selected in it").arg(shownName(document.gene));
    if (gene && !document.gene.empty())
        document.gene = (*gene)->id;
    else
        forgetGene(document);
    if (session.isPublished()) { // of which no runs are kept, and no random predictors told
        document.genome.run.reset();
        if (document.genome.null == NullChoice::Empirical)
            document.genome.null.reset();
    }
    if (!document.genome.run) { // which may be of genes that the study had then
        const qsizetype gone = document.genome.genes.removeIf(
            [&](const QString& id) { return session.genes().findId(id.toStdString()) == nullptr; });
        if (gone > 0)
            lost << countedText(gone, counted::selectedGenes);
    }
    const std::vector<std::string>& people = session.study()->people();
    const std::set<std::string> known(people.begin(), people.end());
    const size_t strangers = std::erase_if(
        document.selected.people, [&](const std::string& sample) { return !known.contains(sample); });
    if (strangers > 0)
        lost << countedText(static_cast<qsizetype>(strangers), counted::selectedPeople);
    return lost;
}

} // namespace diploscope::ui
