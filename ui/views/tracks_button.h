// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/locus_layout.h"

#include <QMenu>
#include <QToolButton>

namespace diploscope::ui {

/// The locus' list of tracks: shows and hides them, and says what rows of haplotypes are sorted by. It makes
/// another arrangement and shows none itself. GUI thread.
class TracksButton : public QToolButton {
    Q_OBJECT

public:
    explicit TracksButton(QWidget* parent = nullptr);

    void setTracks(std::vector<LocusTrack> tracks, const LocusLayout& layout);
    /// What can be done with one track, as its grip offers it.
    void openMenuOf(const std::string& key, const QPoint& global);

Q_SIGNALS:
    /// Of the menu of one track, which has nothing yet.
    void menuBegun(QMenu* menu, const QString& key);
    /// Files are to be chosen and added.
    void filesWanted();
    void regionsWanted(); ///< the list of them
    /// The file of a track is to be shown no more.
    void removeWanted(const QString& key);
    /// By the user. \param step as the Edit menu calls it
    void arranged(const QString& step, const diploscope::ui::LocusLayout& layout);

private:
    void fill();
    void fill(QMenu& menu, const std::string& key);
    [[nodiscard]] std::vector<PlacedTrack> shownTracks() const;

    std::vector<LocusTrack> m_tracks;
    LocusLayout m_layout;
    QMenu m_menu;
    QMenu m_ofOne;
};

} // namespace diploscope::ui
