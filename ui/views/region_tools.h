// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/region_of_interest.h"
#include "viewmodels/session.h"

#include <QObject>
#include <QPointer>

#include <vector>

namespace diploscope::ui {

class LocusPanel;
class MessageStack;
class RegionsDialog;

/// The regions of interest outside the locus: the dialog that lists them, for as long as it is open, and
/// their file. GUI thread.
class RegionTools : public QObject {
    Q_OBJECT

public:
    /// \param locus that asks for the dialog, and whose bases seen are offered
    RegionTools(Session& session, LocusPanel& locus, MessageStack& messages, QWidget* window);
    void setRegions(const std::vector<RegionOfInterest>& regions);

Q_SIGNALS:
    /// \param step what was done, as a step is called
    void changed(const QString& step, const std::vector<diploscope::ui::RegionOfInterest>& regions);
    void placeWanted(const QString& text); ///< as somebody would type it

private:
    void show();
    void askToSave();
    void save(const QString& file);

    Session& m_session;
    LocusPanel& m_locus;
    MessageStack& m_messages;
    QWidget* m_window;
    std::vector<RegionOfInterest> m_regions;
    QPointer<RegionsDialog> m_dialog;
};

} // namespace diploscope::ui
