// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/snv_references.h"

#include <QMenu>
#include <QToolButton>

#include <functional>

namespace diploscope::ui {

/// The locus' list of SNVs that others are held against: pins and unpins LD references, and says beside which
/// SNV eQTL effects are. It makes other references and shows none itself. GUI thread.
class ReferencesButton : public QToolButton {
    Q_OBJECT

public:
    /// What is chosen from.
    struct Now {
        std::shared_ptr<const GeneReport> report; ///< null: nothing
        std::optional<size_t> selected;
        SnvReferences references;
    };
    /// \param now asked for whenever a menu is filled
    explicit ReferencesButton(std::function<Now()> now, QWidget* parent = nullptr);

    /// What can be done with one SNV of the report.
    void fillFor(QMenu& menu, size_t variant);
    /// Beside which SNV eQTL effects are.
    void fillGiven(QMenu& menu);

Q_SIGNALS:
    /// By the user. \param step as the Edit menu calls it
    void chosen(const QString& step, const diploscope::ui::SnvReferences& references);

private:
    void fill();
    /// \param word what the entry does, for who looks for it: "pin", "unpin", "given", "alone"
    QAction* add(QMenu& menu, const QString& text, const QString& word, const QString& step,
                 const SnvReferences& references);

    std::function<Now()> m_now;
    QMenu m_menu;
};

} // namespace diploscope::ui
