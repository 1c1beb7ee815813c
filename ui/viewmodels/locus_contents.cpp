// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/locus_contents.h"

#include "viewmodels/gene_text.h"

#include <algorithm>
#include <utility>

namespace diploscope::ui {
namespace {

constexpr int pauseMs = 150;
const QString linkageGroup = QStringLiteral("linkage");
const QString givenGroup = QStringLiteral("eQTL given");
const QString rowsGroup = QStringLiteral("haplotype rows");
const QString triangleGroup = QStringLiteral("linkage triangle");

QString groupOf(const std::filesystem::path& file) {
    return QStringLiteral("track of ") + QString::fromStdString(file.string());
}

bool ofOneLocus(const GeneReport& a, const GeneReport& b) {
    return a.gene.id == b.gene.id && a.window == b.window && a.variants.size() == b.variants.size() &&
           a.people.size() == b.people.size();
}

/// The same people and SNVs, told by the same alleles: reports that are shown while scores come, and other
/// models' of that window.
bool ofOneDosages(const GeneReport& a, const GeneReport& b) {
    return &a == &b ||
           (ofOneLocus(a, b) && std::equal(a.variants.begin(), a.variants.end(), b.variants.begin(),
                                           [](const auto& one, const auto& other) {
                                               return one == other && one.effectAllele == other.effectAllele;
                                           }));
}

} // namespace

LocusContents::LocusContents(JobRunner& jobs, QObject* parent) : QObject(parent), m_jobs(jobs) {
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMs);
    connect(&m_pause, &QTimer::timeout, this, &LocusContents::askForTriangle);
}

bool LocusContents::shows(std::string_view track) const {
    return m_wish.report && isShown(m_wish.layout, track);
}

void LocusContents::want(const Wish& wish) {
    m_wish = wish;
    const auto isOther = [this](const auto& shown) {
        return shown && (!m_wish.report || !ofOneLocus(*shown->report, *m_wish.report));
    };
    if (isOther(m_haplotypes))
        m_haplotypes.reset();
    if (m_similarity.report && (!m_wish.report || m_similarity.study != m_wish.study ||
                                !ofOneDosages(*m_similarity.report, *m_wish.report)))
        m_similarity = {};
    else if (m_similarity.report)
        m_similarity.report = m_wish.report; // the next one is compared with the last
    if (isOther(m_triangle))
        m_triangle.reset();
    for (auto* asked : {&m_linkagesAsked, &m_givenAsked})
        if (*asked && (!m_wish.report || !ofOneDosages(*(*asked)->report, *m_wish.report)))
            asked->reset();
    if (!m_linkagesAsked)
        m_linkages.reset();
    if (!m_givenAsked)
        m_given.reset();
    wantLinkages();
    wantGiven();
    wantHaplotypes();
    wantTriangle();
    wantFiles();
}

bool LocusContents::isAsked(std::optional<DosageKey>& asked, const std::vector<size_t>& variants) const {
    if (!asked || asked->variants != variants)
        return false;
    asked->report = m_wish.report; // the next one is compared with the last
    return true;
}

void LocusContents::wantLinkages() {
    const std::vector<size_t> wanted =
        m_wish.report ? linkageReferences(*m_wish.report, m_wish.references, m_wish.variant)
                      : std::vector<size_t>();
    if (wanted.empty()) {
        m_jobs.cancelGroup(linkageGroup);
        m_linkagesAsked.reset();
        m_linkages.reset();
        return;
    }
    if (isAsked(m_linkagesAsked, wanted))
        return;
    m_linkagesAsked = DosageKey{m_wish.report, wanted};
    m_jobs.run<Linkages>(
        wanted.size() == 1 ? tr("LD with %1").arg(variantText(m_wish.report->variants[wanted.front()]))
                           : tr("LD with %1 SNVs").arg(wanted.size()),
        linkageGroup, JobRunner::Priority::Seen,
        [report = m_wish.report, wanted](const RunContext& context) -> Result<Linkages> {
            Linkages linkages;
            for (const size_t reference : wanted) {
                DS_TRY(context.checkpoint());
                linkages.push_back(linkageWith(*report, reference));
            }
            return linkages;
        },
        this,
        [this](Result<Linkages> linkages) {
            if (!linkages)
                return Q_EMIT failed(linkages.error());
            m_linkages = std::make_shared<const Linkages>(std::move(*linkages));
            Q_EMIT changed(std::string(EqtlTrack));
        });
}

void LocusContents::wantGiven() {
    const std::optional<size_t> wanted =
        m_wish.report && m_wish.study ? givenVariant(*m_wish.report, m_wish.references) : std::nullopt;
    if (!wanted) {
        m_jobs.cancelGroup(givenGroup);
        m_givenAsked.reset();
        m_given.reset();
        return;
    }
    if (isAsked(m_givenAsked, {*wanted}))
        return;
    m_givenAsked = DosageKey{m_wish.report, {*wanted}};
    m_jobs.run<EqtlGiven>(
        tr("eQTL given %1").arg(variantText(m_wish.report->variants[*wanted])), givenGroup,
        JobRunner::Priority::Seen,
        [report = m_wish.report, study = m_wish.study,
         index = *wanted](const RunContext& context) -> Result<EqtlGiven> {
            DS_TRY(context.checkpoint());
            return eqtlGiven(*report, *study, index);
        },
        this,
        [this](Result<EqtlGiven> given) {
            if (!given)
                return Q_EMIT failed(given.error());
            m_given = std::make_shared<const EqtlGiven>(std::move(*given));
            Q_EMIT changed(std::string(EqtlTrack));
        });
}

void LocusContents::wantHaplotypes() {
    if (!shows(GenotypesTrack)) {
        m_jobs.cancelGroup(rowsGroup);
        m_rowsAsked.reset();
        m_haplotypes.reset();
        return;
    }
    const RowOrder order = m_wish.layout.rows;
    RowKey key{m_wish.report, order,
               order == RowOrder::SelectedSnv ? m_wish.variant : std::optional<size_t>()};
    // While scores come, rows that are there, or on their way, do.
    const bool areOnTheirWay = m_rowsAsked && m_rowsAsked->order == order &&
                               m_rowsAsked->variant == key.variant &&
                               ofOneLocus(*m_rowsAsked->report, *m_wish.report);
    if (m_rowsAsked == key || (areOnTheirWay && !m_wish.report->complete))
        return;
    m_rowsAsked = key;
    using Rows = std::shared_ptr<const HaplotypeRows>;
    m_jobs.run<Rows>(
        tr("Sorting haplotypes"), rowsGroup, JobRunner::Priority::Seen,
        [key, similarity = m_similarity.order](const RunContext& context) {
            return haplotypeRows(key.report, key.order, key.variant, context, similarity);
        },
        this,
        // The study of then: another one may be wished for meanwhile.
        [this, study = m_wish.study](Result<Rows> rows) {
            if (!rows)
                return Q_EMIT failed(rows.error());
            m_haplotypes = std::move(*rows);
            m_similarity = {study, m_haplotypes->report, m_haplotypes->similarity};
            Q_EMIT changed(std::string(GenotypesTrack));
        });
}

void LocusContents::wantTriangle() {
    if (!shows(LinkageTrack)) {
        m_pause.stop();
        m_jobs.cancelGroup(triangleGroup);
        m_triangleAsked.reset();
        m_triangle.reset();
        return;
    }
    const bool sameStretch = m_triangleAsked && m_triangleAsked->first == m_wish.first &&
                             m_triangleAsked->last == m_wish.last &&
                             ofOneLocus(*m_triangleAsked->report, *m_wish.report);
    if (sameStretch) // LD does not hang on scores
        m_pause.stop();
    else if (!m_triangleAsked)
        askForTriangle();
    else
        m_pause.start();
}

void LocusContents::askForTriangle() {
    if (!shows(LinkageTrack))
        return;
    m_triangleAsked = TriangleKey{m_wish.report, m_wish.first, m_wish.last};
    using Triangle = std::shared_ptr<const LinkageTriangle>;
    m_jobs.run<Triangle>(
        tr("LD of pairs"), triangleGroup, JobRunner::Priority::Seen,
        [key = *m_triangleAsked](const RunContext& context) {
            return linkageTriangle(key.report, key.first, key.last, context);
        },
        this,
        [this](Result<Triangle> triangle) {
            if (!triangle)
                return Q_EMIT failed(triangle.error());
            m_triangle = std::move(*triangle);
            Q_EMIT changed(std::string(LinkageTrack));
        });
}

std::vector<ShownFile> LocusContents::withData(std::vector<ShownFile> files) const {
    for (ShownFile& file : files)
        if (const auto read = m_files.find(file.file); read != m_files.end())
            file.data = read->second;
    return files;
}

void LocusContents::wantFiles() {
    const Region region = m_wish.report ? regionForFiles(m_wish.report->window) : Region{};
    if (region != m_filesRegion) {
        for (const auto& [file, track] : m_files)
            m_jobs.cancelGroup(groupOf(file));
        m_files.clear();
        m_filesRegion = region;
    }
    // What is shown no more is read anew when it is again: whoever was told what is wrong may have mended it.
    std::erase_if(m_files, [this](const auto& known) {
        const bool wanted = std::any_of(m_wish.files.begin(), m_wish.files.end(), [&](const ShownFile& file) {
            return file.file == known.first && shows(file.key);
        });
        if (!wanted)
            m_jobs.cancelGroup(groupOf(known.first));
        return !wanted;
    });
    using Track = std::shared_ptr<const LaidOutTrack>;
    for (const ShownFile& wanted : m_wish.files) {
        if (!shows(wanted.key) || !m_files.emplace(wanted.file, nullptr).second)
            continue;
        m_jobs.run<Track>(
            tr("Reading %1").arg(wanted.title), groupOf(wanted.file), JobRunner::Priority::Seen,
            [file = wanted.file, region](const RunContext& context) -> Result<Track> {
                DS_ASSIGN(FileTrack track, readTrack(file, region, context));
                return laidOut(std::move(track));
            },
            this,
            [this, file = wanted.file, key = wanted.key](Result<Track> track) {
                if (!track)
                    return Q_EMIT failed(track.error());
                m_files[file] = std::move(*track);
                Q_EMIT changed(key);
            });
    }
}

} // namespace diploscope::ui
