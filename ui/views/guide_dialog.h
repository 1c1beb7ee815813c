// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLineEdit;
class QTextBrowser;
class QTreeWidget;

namespace diploscope::ui {

/// The pages of the guide: sections beside the text, and a search. Stays open beside the window.
class GuideDialog : public QDialog {
    Q_OBJECT

public:
    explicit GuideDialog(QWidget* parent = nullptr);

    /// The section that a link of the guide leads to, `reading.md#drivers`; its page where there is no such
    /// section. \param from the page that it stands in
    void showPlace(const QString& link, const QString& from = {});

    [[nodiscard]] QTreeWidget& sections() const { return *m_sections; }
    [[nodiscard]] QTextBrowser& text() const { return *m_text; }
    [[nodiscard]] QLineEdit& searchLine() const { return *m_search; }

private:
    void addDocument(const QString& page);
    void showSection();
    /// From where the text cursor stands on, and from the first document's start once there is nothing more.
    void findNext();

    QTreeWidget* m_sections;
    QTextBrowser* m_text;
    QLineEdit* m_search;
    QStringList m_pages; ///< as the tree's top items
    int m_shown = -1;    ///< index of a page
};

} // namespace diploscope::ui
