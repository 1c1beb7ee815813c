// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/recognise.h"
#include "study/study_file.h"

#include <QString>
#include <QStringList>

#include <array>
#include <vector>

namespace diploscope::ui {

/// A study that is being put together: the files that were dropped, and which of them plays which part. A
/// value without any widget; knows nothing of disks but what recognise() told.
class StudyDraft {
public:
    /// Parts that one file plays. Everything else (models, PrediXcan, ...) may be many.
    enum Slot { Reference, Annotation, Genotypes, Expression, Covariates, SampleMap, SlotCount };
    [[nodiscard]] static FileKind kindOf(Slot slot);
    /// An annotation only where phenotypes are its genes.
    [[nodiscard]] bool isRequired(Slot slot) const {
        return slot <= Expression && (slot != Annotation || phenotypes == GenePhenotypes);
    }

    /// One thing that can play a part: a file, a model's folder, or one file for each chromosome.
    struct Candidate {
        RecognisedFile file; ///< of a pattern: path holds `{chrom}`, facts are of all files together
        int fileCount = 1;
        bool chosen = false; ///< of those that may be many
    };

    /// Files fall into the slots of their kind: the best of each kind takes the slot. Known ones are
    /// replaced by what was found anew.
    void add(const std::vector<RecognisedFile>& files);
    /// Models that the program knows anyway: offered, not chosen.
    void offerModels(const std::vector<RecognisedFile>& models);

    [[nodiscard]] const std::vector<Candidate>& candidates() const { return m_candidates; }
    /// Index into candidates(), -1: not there.
    [[nodiscard]] int indexOf(const std::filesystem::path& path) const;
    /// Indices into candidates(): those of the slot's kind first, then files that could be taken for it.
    [[nodiscard]] std::vector<int> candidatesFor(Slot slot) const;
    /// Of those that may be many: models, PrediXcan, fine mapping, eQTL, tracks, motifs, chains; and
    /// annotations beside the one that plays its part, whose transcripts can be a track.
    [[nodiscard]] std::vector<int> furtherFiles() const;
    /// What one of these would be to the study.
    [[nodiscard]] QString furtherText(int candidate) const;
    /// Indices of files with no part in any study: unknown ones, study files.
    [[nodiscard]] std::vector<int> leftOver() const;

    /// Index of what plays the part, -1: nothing.
    [[nodiscard]] int chosen(Slot slot) const { return m_chosen[slot]; }
    void choose(Slot slot, int candidate);
    void setChosen(int candidate, bool chosen);

    QString name; ///< empty: suggestedName()
    QString build;
    std::optional<ExpressionTransform> transform; ///< empty: suggestedTransform()
    std::string phenotypes = GenePhenotypes;      ///< what the rows of the expression are
    StudyOptions options;

    [[nodiscard]] QString suggestedName() const;
    /// The build that the chosen files tell of; empty where none does or they disagree.
    [[nodiscard]] QString suggestedBuild() const;
    /// "reference: GRCh37 · genotypes: GRCh38", where the chosen files disagree; else empty.
    [[nodiscard]] QString buildConflict() const;
    [[nodiscard]] ExpressionTransform suggestedTransform() const;
    /// Beside the expression file, named after the study.
    [[nodiscard]] QString suggestedFile() const;

    /// What is still needed, in words; empty when a study file can be written.
    [[nodiscard]] QStringList missing() const;
    [[nodiscard]] StudyFile studyFile() const;

private:
    int insert(const RecognisedFile& file);
    [[nodiscard]] bool isFurther(int candidate) const;
    void joinChromosomes();

    std::vector<Candidate> m_candidates;
    std::array<int, SlotCount> m_chosen{-1, -1, -1, -1, -1, -1};
};

/// "Reference", "Sample map", ...
[[nodiscard]] QString slotTitle(StudyDraft::Slot slot);
/// The same within a sentence.
[[nodiscard]] QString slotWord(StudyDraft::Slot slot);

} // namespace diploscope::ui
