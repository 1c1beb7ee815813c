// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>
#include <QStyledItemDelegate>

namespace diploscope::ui {

/// Draws a finding of a ProblemListModel in full: a mark, the sentence, where, and what to do, wrapped to the
/// view's width.
class FindingDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// A ProblemListModel's findings as a readable list. Ctrl+C copies the chosen ones.
class FindingList : public QListView {
    Q_OBJECT

public:
    explicit FindingList(QWidget* parent = nullptr);
    void copySelected() const;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
};

} // namespace diploscope::ui
