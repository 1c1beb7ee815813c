// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>
#include <QList>

namespace diploscope::ui {

/// Widgets from left to right, as words stand: what finds no room goes into the next line. Those of a line
/// have their middles in line.
class FlowLayout final : public QLayout {
    Q_OBJECT

public:
    FlowLayout(int across, int down) : m_across(across), m_down(down) {}
    ~FlowLayout() override;

    void addItem(QLayoutItem* item) override { m_items.append(item); }
    [[nodiscard]] int count() const override { return static_cast<int>(m_items.size()); }
    [[nodiscard]] QLayoutItem* itemAt(int index) const override { return m_items.value(index); }
    QLayoutItem* takeAt(int index) override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    /// None: room that nobody asked for stays below.
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override; ///< in one line
    [[nodiscard]] QSize minimumSize() const override;
    void setGeometry(const QRect& rect) override;

private:
    /// \return the height that `rect`'s width asks for
    int place(const QRect& rect, bool move) const;

    QList<QLayoutItem*> m_items;
    int m_across;
    int m_down;
};

} // namespace diploscope::ui
