// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/tracks_button.h"

#include "viewmodels/track_kinds.h"
#include "views/menu_text.h"

#include <QActionGroup>

#include <algorithm>
#include <utility>

namespace diploscope::ui {

TracksButton::TracksButton(QWidget* parent) : QToolButton(parent) {
    setText(tr("Tracks"));
    setObjectName(QStringLiteral("tracks"));
    setToolTip(tr("Which tracks are shown, and how"));
    setProperty("role", "tiny");
    setPopupMode(QToolButton::InstantPopup);
    setMenu(&m_menu);
    connect(&m_menu, &QMenu::aboutToShow, this, [this] { fill(); });
}

void TracksButton::setTracks(std::vector<LocusTrack> tracks, const LocusLayout& layout) {
    m_tracks = std::move(tracks);
    m_layout = layout;
}

std::vector<PlacedTrack> TracksButton::shownTracks() const {
    std::vector<PlacedTrack> placed = ui::arranged(m_tracks, m_layout); // not the signal
    std::erase_if(placed, [](const PlacedTrack& track) { return !track.shown; });
    return placed;
}

void TracksButton::fill() {
    m_menu.clear();
    const size_t shown = shownTracks().size();
    for (const PlacedTrack& track : ui::arranged(m_tracks, m_layout)) {
        QAction* action = m_menu.addAction(menuText(track.title));
        action->setCheckable(true);
        action->setChecked(track.shown);
        action->setEnabled(!track.shown || shown > 1); // one is left
        action->setData(QString::fromStdString(track.key));
        connect(action, &QAction::triggered, this, [this, track](bool show) {
            Q_EMIT arranged((show ? tr("Show the track %1") : tr("Hide the track %1")).arg(track.title),
                            withShown(m_tracks, m_layout, track.key, show));
        });
    }
    m_menu.addSeparator();
    QMenu* rows = m_menu.addMenu(tr("Sort haplotypes by"));
    auto* group = new QActionGroup(rows);
    for (const RowOrder order :
         {RowOrder::Similarity, RowOrder::Prediction, RowOrder::Expression, RowOrder::SelectedSnv}) {
        QAction* action = rows->addAction(titleOf(order));
        action->setCheckable(true);
        action->setChecked(m_layout.rows == order);
        action->setData(QString::fromStdString(wordOf(order)));
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, order] {
            LocusLayout next = m_layout;
            next.rows = order;
            Q_EMIT arranged(tr("Sort haplotypes by %1").arg(titleOf(order)), next);
        });
    }
    QAction* shared = m_menu.addAction(tr("One scale for all signals"));
    shared->setCheckable(true);
    shared->setChecked(m_layout.sharedScale);
    shared->setData(QStringLiteral("shared scale"));
    connect(shared, &QAction::triggered, this, [this](bool on) {
        LocusLayout next = m_layout;
        next.sharedScale = on;
        Q_EMIT arranged(on ? tr("One scale for all signals") : tr("A scale for each signal"), next);
    });
    m_menu.addSeparator();
    connect(m_menu.addAction(tr("Add files…")), &QAction::triggered, this, &TracksButton::filesWanted);
    connect(m_menu.addAction(tr("Regions of interest…")), &QAction::triggered, this,
            &TracksButton::regionsWanted);
    QAction* reset = m_menu.addAction(tr("As at first"));
    reset->setEnabled(m_layout != LocusLayout{});
    connect(reset, &QAction::triggered, this,
            [this] { Q_EMIT arranged(tr("Arrange the tracks as at first"), LocusLayout{}); });
}

void TracksButton::fill(QMenu& menu, const std::string& key) {
    const std::vector<PlacedTrack> shown = shownTracks();
    const auto found = std::find_if(shown.begin(), shown.end(),
                                    [&key](const PlacedTrack& track) { return track.key == key; });
    if (found == shown.end())
        return;
    Q_EMIT menuBegun(&menu, QString::fromStdString(key));
    menu.addSeparator();
    const PlacedTrack track = *found;
    const auto at = static_cast<size_t>(found - shown.begin());
    const auto add = [&](const QString& text, bool enabled, const QString& step, const LocusLayout& next) {
        QAction* action = menu.addAction(text);
        action->setEnabled(enabled);
        connect(action, &QAction::triggered, this, [this, step, next] { Q_EMIT arranged(step, next); });
    };
    const QString move = tr("Move the track %1").arg(track.title);
    const QString resize = tr("Resize the track %1").arg(track.title);
    add(tr("Move up"), at > 0, move, withMoved(m_tracks, m_layout, key, at > 0 ? at - 1 : 0));
    add(tr("Move down"), at + 1 < shown.size(), move, withMoved(m_tracks, m_layout, key, at + 1));
    add(tr("Higher"), track.height < LocusLayout::MostHeight, resize,
        withHeight(m_tracks, m_layout, key, 1.5 * track.height));
    add(tr("Lower"), track.height > LocusLayout::LeastHeight, resize,
        withHeight(m_tracks, m_layout, key, track.height / 1.5));
    menu.addSeparator();
    add(tr("Hide"), shown.size() > 1, tr("Hide the track %1").arg(track.title),
        withShown(m_tracks, m_layout, key, false));
    if (key.starts_with(FileTrackPrefix))
        connect(menu.addAction(tr("Remove")), &QAction::triggered, this,
                [this, key] { Q_EMIT removeWanted(QString::fromStdString(key)); });
}

void TracksButton::openMenuOf(const std::string& key, const QPoint& global) {
    m_ofOne.clear();
    fill(m_ofOne, key);
    if (!m_ofOne.isEmpty())
        m_ofOne.popup(global);
}

} // namespace diploscope::ui
