// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/genome_table.h"
#include "genome/annotation.h"
#include "study/study.h"

#include <QString>

#include <memory>
#include <vector>

namespace diploscope::ui {

/// The genes that can be shown: those of a study, or those that the published tables of one model tell of.
/// Pointers to them are good until another value is assigned.
class StudyGenes {
public:
    StudyGenes() = default;
    /// \param study not a published one
    explicit StudyGenes(std::shared_ptr<const Study> study);
    explicit StudyGenes(const ModelGenes& published);

    /// In the order of the study.
    [[nodiscard]] const std::vector<Gene>& all() const { return m_genes.genes(); }
    /// By id, symbol, or `chr:pos` (the gene with the nearest TSS). \error NotFound; BadInput: a symbol of
    /// several genes
    [[nodiscard]] Result<const Gene*> find(const QString& text) const;
    /// By id alone; null where there is none.
    [[nodiscard]] const Gene* findId(const std::string& id) const { return m_genes.findId(id); }
    /// What is analysed of one of all(); of a study with people only.
    [[nodiscard]] const StudyGene& studyGene(const Gene& gene) const;

private:
    std::shared_ptr<const Study> m_study; ///< null: of published tables, or of nothing
    Annotation m_genes;
};

} // namespace diploscope::ui
