// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/published_saturations.h"

#include "viewmodels/gene_text.h"

#include <algorithm>

namespace diploscope::ui {
namespace {

const QString publishedSaturationGroup = QStringLiteral("published saturation");

} // namespace

PublishedSaturations::PublishedSaturations(Session& session, QObject* parent)
    : QObject(parent), m_session(session) {
    for (const auto signal : {&Session::studyOpened, &Session::studyClosed})
        connect(&session, signal, this, &PublishedSaturations::followSession);
    connect(&session.shown(), &ShownGene::geneChanged, this, &PublishedSaturations::followSession);
}

void PublishedSaturations::followSession() {
    if (m_study != m_session.study())
        drop();
    read();
    Q_EMIT changed();
}

void PublishedSaturations::setLookedAt(bool lookedAt) {
    const bool again = lookedAt && !m_lookedAt && m_error;
    m_lookedAt = lookedAt;
    if (again)
        m_error.reset();
    read();
    if (again)
        Q_EMIT changed();
}

void PublishedSaturations::drop() {
    m_session.jobs().cancelGroup(publishedSaturationGroup);
    m_study = m_session.study();
    m_reading = false;
    m_tables.reset();
    m_error.reset();
}

void PublishedSaturations::read() {
    if (!m_lookedAt || m_reading || m_tables || m_error || !m_study || !m_study->file().saturation)
        return;
    m_reading = true;
    using Read = std::shared_ptr<const Tables>;
    m_session.jobs().run<Read>(
        tr("Published saturation"), publishedSaturationGroup, JobRunner::Priority::Seen,
        [study = m_study](const RunContext& context) -> Result<Read> {
            Tables tables;
            DS_ASSIGN(tables.drivers, readDriverSaturation(*study->file().saturation, context));
            if (study->file().tssStatistics) {
                DS_ASSIGN(tables.largest, readLargestAttributions(*study->file().tssStatistics));
            }
            std::sort(
                tables.drivers.begin(), tables.drivers.end(),
                [](const DriverSaturation& a, const DriverSaturation& b) { return a.position < b.position; });
            return Read(std::make_shared<const Tables>(std::move(tables)));
        },
        this,
        [this](Result<Read> tables) {
            m_reading = false;
            if (tables)
                m_tables = std::move(*tables);
            else
                m_error = tables.error();
            Q_EMIT changed();
        });
}

std::vector<const DriverSaturation*> PublishedSaturations::drivers() const {
    std::vector<const DriverSaturation*> found;
    if (!m_tables || m_session.shown().gene() == nullptr)
        return found;
    const std::string own = splitGeneId(m_session.shown().gene()->id).id; // the files may have versions
    for (const DriverSaturation& driver : m_tables->drivers)
        if (splitGeneId(driver.gene).id == own)
            found.push_back(&driver);
    return found;
}

std::optional<double> PublishedSaturations::largest() const {
    if (!m_tables || m_session.shown().gene() == nullptr)
        return std::nullopt;
    const auto found = m_tables->largest.find(splitGeneId(m_session.shown().gene()->id).id);
    return found == m_tables->largest.end() ? std::nullopt : std::optional(found->second);
}

SaturationShown publishedSaturation(const Gene& gene, const DriverSaturation& driver, bool centred) {
    std::vector<Saturation> rows;
    for (const DriverSaturation::Background* background : {&driver.reference, &driver.variant}) {
        Saturation row;
        row.region = around(gene.region.contig, driver.position, CoherenceReach);
        row.bases = background->bases;
        row.effects = background->effects;
        rows.push_back(std::move(row));
    }
    return saturationShown(geneText(gene), QStringLiteral("Effect"),
                           {QStringLiteral("reference"), QStringLiteral("variant")}, rows,
                           driver.position + 1, centred);
}

std::vector<std::optional<Coherence>> publishedCoherence(const DriverSaturation& driver,
                                                         const std::optional<double>& largest) {
    if (!largest)
        return {};
    return {coherenceOf(attributionsOf(driver.reference.effects, *largest)),
            coherenceOf(attributionsOf(driver.variant.effects, *largest))};
}

} // namespace diploscope::ui
