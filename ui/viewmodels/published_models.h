// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/genome_table.h"
#include "study/study_file.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <vector>

namespace diploscope::ui {

/// The models of a published study, whose tables tell what they say of every gene; of another study none.
class PublishedModels {
public:
    PublishedModels() = default;
    /// Waits for files. \error as chooseRuns: the tables are kept in a result store
    [[nodiscard]] static Result<PublishedModels> read(const StudyFile& study);

    [[nodiscard]] QStringList names() const;
    /// Null where there is no model of that name.
    [[nodiscard]] const ModelGenes* find(const QString& model) const;
    /// The model that is shown where none is asked for. Only of a published study.
    [[nodiscard]] const ModelGenes& first() const { return m_models.front(); }
    /// All models but one. \param model of these
    [[nodiscard]] std::shared_ptr<const std::vector<ModelGenes>> besides(const ModelGenes& model) const;

private:
    std::vector<ModelGenes> m_models; ///< of a published study at least one
};

} // namespace diploscope::ui
