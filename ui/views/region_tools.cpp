// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/region_tools.h"

#include "base/atomic_file.h"
#include "views/export_places.h"
#include "views/locus_panel.h"
#include "views/message_stack.h"
#include "views/regions_dialog.h"

namespace diploscope::ui {

RegionTools::RegionTools(Session& session, LocusPanel& locus, MessageStack& messages, QWidget* window)
    : QObject(window), m_session(session), m_locus(locus), m_messages(messages), m_window(window) {
    connect(&locus, &LocusPanel::regionsWanted, this, &RegionTools::show);
}

void RegionTools::setRegions(const std::vector<RegionOfInterest>& regions) {
    m_regions = regions;
    if (m_dialog)
        m_dialog->setRegions(regions);
}

void RegionTools::show() {
    if (!m_dialog) {
        m_dialog = new RegionsDialog(m_window);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        const auto showSeen = [this, dialog = m_dialog.data()] { dialog->setSeen(m_locus.seenBases()); };
        for (const auto signal : {&ChartView::rangesChanged, &ChartView::figureChanged})
            connect(&m_locus.view(), signal, m_dialog, showSeen);
        connect(m_dialog, &RegionsDialog::changed, this, &RegionTools::changed);
        connect(m_dialog, &RegionsDialog::showWanted, this, // also where another gene's window holds it
                [this](const Region& region) { Q_EMIT placeWanted(QString::fromStdString(toText(region))); });
        connect(m_dialog, &RegionsDialog::exportWanted, this, &RegionTools::askToSave);
    }
    m_dialog->setSeen(m_locus.seenBases());
    m_dialog->setRegions(m_regions);
    m_dialog->show();
    m_dialog->raise();
}

void RegionTools::askToSave() {
    askForExport(m_session.jobs(), m_window,
                 {.title = tr("Save the regions of interest"),
                  .proposal = QStringLiteral("regions.bed"),
                  .suffix = QStringLiteral("bed"),
                  .filters = {tr("BED (*.bed)")}},
                 m_session.study(), this, [this](const QString& file) { save(file); });
}

void RegionTools::save(const QString& file) {
    m_session.jobs().run<void>(
        tr("Saving %1").arg(file.section(QLatin1Char('/'), -1)), {}, JobRunner::Priority::Seen,
        [path = std::filesystem::path(file.toStdString()), text = toBed(m_regions)](const RunContext&) {
            return writeFileAtomically(path, text);
        },
        this,
        [this, file](const Result<void>& written) {
            if (written)
                m_messages.tell(tr("Regions saved"), file);
            else
                m_messages.showError(written.error());
        });
}

} // namespace diploscope::ui
