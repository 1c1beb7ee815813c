// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/model_track.h"

#include <QMenu>
#include <QToolButton>

#include <optional>
#include <string>
#include <vector>

namespace diploscope::ui {

/// What a chart of the gene page holds the model against: what is observed, another model of the study, or
/// people's reads by haplotype. Hidden where there is nothing but what is observed. GUI thread.
class AgainstButton final : public QToolButton {
    Q_OBJECT

public:
    /// \param observed what the first entry is called: "observed", "eQTL slope"
    /// \param reads the same of reads by haplotype; empty: the chart cannot show them
    AgainstButton(QString observed, QString reads, QWidget* parent = nullptr);

    /// \param against by ShownModel::model, or AgainstReads; empty, and where it is none of these: what is
    /// observed \param hasReads whether the gene's report has reads by haplotype
    void setModels(std::vector<ShownModel> models, const std::string& against, bool hasReads);
    /// Whether there is a choice.
    [[nodiscard]] bool hasChoice() const { return !m_models.empty() || m_hasReads; }
    [[nodiscard]] bool isOfReads() const { return m_isOfReads; }
    /// All others of the study, with what is known of them.
    [[nodiscard]] const std::vector<ShownModel>& models() const { return m_models; }
    /// Which one the chart is against; empty: what is observed.
    [[nodiscard]] const std::optional<ShownModel>& other() const { return m_other; }

Q_SIGNALS:
    /// By the user. \param model empty: what is observed
    void chosen(const QString& model);

private:
    void fill();

    QString m_observed;
    QString m_reads;
    bool m_hasReads = false;
    bool m_isOfReads = false;
    std::vector<ShownModel> m_models;
    std::optional<ShownModel> m_other;
    QMenu m_menu;
};

} // namespace diploscope::ui
