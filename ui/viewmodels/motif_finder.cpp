// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/motif_finder.h"

#include "viewmodels/gene_text.h"
#include "viewmodels/language.h"
#include "viewmodels/number_text.h"

#include <algorithm>
#include <utility>

namespace diploscope::ui {
namespace {

const QString motifGroup = QStringLiteral("motifs");

struct FoundMotifs {
    std::shared_ptr<const MotifSet> motifs;
    std::vector<MotifMatch> matches;
};

} // namespace

std::vector<SnvDetails::Row> motifRows(const MotifSet& motifs, const std::vector<MotifMatch>& matches) {
    std::vector<SnvDetails::Row> rows;
    for (const MotifMatch& match : matches) {
        if (rows.size() == MostMotifRows) {
            rows.push_back({QObject::tr("motifs"), QObject::tr("%1 more").arg(countText(static_cast<int64_t>(
                                                       matches.size() - MostMotifRows)))});
            break;
        }
        const QString arrow = QStringLiteral(" → ");
        const QString bits = unbroken(fixedText(match.ref.score, 1) + arrow + fixedText(match.alt.score, 1) +
                                      QObject::tr(" bits"));
        const QString p = unbroken(QObject::tr("p ") + pNumberText(PValue(match.ref.p)) + arrow +
                                   pNumberText(PValue(match.alt.p)));
        rows.push_back({QObject::tr("motif %1").arg(translated(toText(match.change))),
                        QStringLiteral("%1 %2, %3").arg(shownName(motifs[match.motif].name), bits, p)});
    }
    return rows;
}

MotifFinder::MotifFinder(JobRunner& jobs, QObject* parent) : QObject(parent), m_jobs(jobs) {}

void MotifFinder::want(const std::shared_ptr<const Study>& study, const std::optional<Variant>& variant,
                       const std::vector<std::filesystem::path>& files) {
    const bool sameMotifs = files == m_files;
    const bool sameSource = sameMotifs && study == m_study.lock();
    if (sameSource && variant == m_variant)
        return;
    if (!sameMotifs)
        m_motifs.reset();
    m_study = study;
    m_variant = variant;
    m_files = files;
    m_jobs.cancelGroup(motifGroup);
    if (!sameSource)
        Q_EMIT dropped();
    if (!study || study->isPublished() || !variant || files.empty())
        return;
    m_jobs.run<FoundMotifs>(
        m_motifs ? QString() : tr("Reading motifs"), motifGroup, JobRunner::Priority::Seen,
        [study, variant = *variant, files,
         motifs = m_motifs](const RunContext& context) -> Result<FoundMotifs> {
            FoundMotifs found{motifs, {}};
            if (!found.motifs) {
                DS_ASSIGN(found.motifs, prepareMotifs(files, context));
            }
            DS_ASSIGN(found.matches, motifMatches(*found.motifs, study->reference(), variant));
            return found;
        },
        this,
        [this](const Result<FoundMotifs>& result) {
            if (!result) {
                if (result.error().kind != ErrorKind::Cancelled)
                    Q_EMIT failed(result.error());
                return;
            }
            m_motifs = result->motifs;
            Q_EMIT found(*m_variant, motifRows(*result->motifs, result->matches));
        });
}

} // namespace diploscope::ui
