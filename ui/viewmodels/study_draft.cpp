// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/study_draft.h"

#include "study/chromosome_pattern.h"
#include "study/study_additions.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace diploscope::ui {

namespace {

struct SlotName {
    const char* title;
    const char* word; ///< within a sentence: not every language begins it with a small letter
};
constexpr std::array slotNames{
    SlotName{QT_TRANSLATE_NOOP("StudyDraft", "Reference"), QT_TRANSLATE_NOOP("StudyDraft", "reference")},
    SlotName{QT_TRANSLATE_NOOP("StudyDraft", "Annotation"), QT_TRANSLATE_NOOP("StudyDraft", "annotation")},
    SlotName{QT_TRANSLATE_NOOP("StudyDraft", "Genotypes"), QT_TRANSLATE_NOOP("StudyDraft", "genotypes")},
    SlotName{QT_TRANSLATE_NOOP("StudyDraft", "Expression"), QT_TRANSLATE_NOOP("StudyDraft", "expression")},
    SlotName{QT_TRANSLATE_NOOP("StudyDraft", "Covariates"), QT_TRANSLATE_NOOP("StudyDraft", "covariates")},
    SlotName{QT_TRANSLATE_NOOP("StudyDraft", "Sample map"), QT_TRANSLATE_NOOP("StudyDraft", "sample map")}};
static_assert(slotNames.size() == StudyDraft::SlotCount);

/// How well a file can play its part: a study needs files without a problem, and phase.
int fitness(const RecognisedFile& file) {
    return (file.problem ? 0 : 4) + (file.phased.value_or(true) ? 2 : 0) + (file.otherKinds.empty() ? 1 : 0);
}

QString text(const std::string& words) {
    return QString::fromStdString(words);
}

/// "geuvadis358.genes.RPKM.chr22" of "geuvadis358.genes.RPKM.chr22.bed.gz".
QString stem(const std::filesystem::path& file) {
    QString name = text(file.filename().string());
    for (const char* ending : {".gz", ".bgz", ".bed", ".tsv", ".csv", ".txt", ".gct"})
        if (name.endsWith(QLatin1String(ending), Qt::CaseInsensitive))
            name.chop(static_cast<int>(qstrlen(ending)));
    return name;
}

} // namespace

FileKind StudyDraft::kindOf(Slot slot) {
    constexpr std::array<FileKind, SlotCount> Kinds{FileKind::Reference,  FileKind::Annotation,
                                                    FileKind::Genotypes,  FileKind::Expression,
                                                    FileKind::Covariates, FileKind::SampleMap};
    return Kinds[slot];
}

int StudyDraft::indexOf(const std::filesystem::path& path) const {
    const auto found = std::find_if(m_candidates.begin(), m_candidates.end(),
                                    [&](const Candidate& candidate) { return candidate.file.path == path; });
    return found == m_candidates.end() ? -1 : static_cast<int>(found - m_candidates.begin());
}

int StudyDraft::insert(const RecognisedFile& file) {
    const int known = indexOf(file.path);
    if (known >= 0) {
        m_candidates[static_cast<size_t>(known)].file = file;
        return known;
    }
    m_candidates.push_back({file, 1, false});
    return static_cast<int>(m_candidates.size()) - 1;
}

void StudyDraft::add(const std::vector<RecognisedFile>& files) {
    std::vector<int> added;
    for (const RecognisedFile& file : files) {
        if (file.kind == FileKind::Index)
            continue;
        const int index = insert(file);
        added.push_back(index);
        if (mayBeMany(file.kind))
            m_candidates[static_cast<size_t>(index)].chosen = true;
    }
    for (int slot = 0; slot < SlotCount; ++slot) {
        int best = -1;
        for (const int index : added) {
            const RecognisedFile& file = m_candidates[static_cast<size_t>(index)].file;
            if (file.kind == kindOf(static_cast<Slot>(slot)) &&
                (best < 0 || fitness(file) > fitness(m_candidates[static_cast<size_t>(best)].file)))
                best = index;
        }
        if (best >= 0)
            m_chosen[static_cast<size_t>(slot)] = best;
    }
    joinChromosomes();
}

void StudyDraft::joinChromosomes() {
    // Files of one cohort differ in one number only; several cohorts may have been dropped.
    std::vector<int> single;
    for (size_t i = 0; i < m_candidates.size(); ++i)
        if (m_candidates[i].file.kind == FileKind::Genotypes && m_candidates[i].fileCount == 1)
            single.push_back(static_cast<int>(i));
    std::map<std::string, std::set<int>> groups;
    for (size_t i = 0; i < single.size(); ++i)
        for (size_t k = i + 1; k < single.size(); ++k) {
            const RecognisedFile& a = m_candidates[static_cast<size_t>(single[i])].file;
            const RecognisedFile& b = m_candidates[static_cast<size_t>(single[k])].file;
            if (const auto pattern = chromosomePattern({a.path, b.path}, {a.contigs, b.contigs}))
                groups[*pattern].insert({single[i], single[k]});
        }
    for (const auto& [pattern, members] : groups) {
        RecognisedFile whole = m_candidates[static_cast<size_t>(*members.begin())].file;
        whole.path = pattern;
        whole.contigs.clear();
        whole.contigsAreComplete = true;
        for (const int member : members) {
            const RecognisedFile& part = m_candidates[static_cast<size_t>(member)].file;
            whole.contigs.insert(whole.contigs.end(), part.contigs.begin(), part.contigs.end());
            if (part.phased && !*part.phased)
                whole.phased = false;
            if (part.problem && !whole.problem)
                whole.problem = part.problem;
        }
        whole.description =
            QCoreApplication::translate("StudyDraft", "%1, %2 people, one file for each of %3 "
                                                      "chromosomes")
                .arg(whole.phased.value_or(true)
                         ? QCoreApplication::translate("StudyDraft", "phased genotypes")
                         : QCoreApplication::translate("StudyDraft", "genotypes without phase"))
                .arg(whole.people.value_or(0))
                .arg(members.size())
                .toStdString();
        const int index = insert(whole);
        m_candidates[static_cast<size_t>(index)].fileCount = static_cast<int>(members.size());
        if (members.contains(m_chosen[Genotypes]))
            m_chosen[Genotypes] = index;
    }
}

void StudyDraft::offerModels(const std::vector<RecognisedFile>& models) {
    for (const RecognisedFile& model : models)
        insert(model);
}

std::vector<int> StudyDraft::candidatesFor(Slot slot) const {
    std::vector<int> own, others;
    for (size_t i = 0; i < m_candidates.size(); ++i) {
        const RecognisedFile& file = m_candidates[i].file;
        if (file.kind == kindOf(slot))
            own.push_back(static_cast<int>(i));
        else if (static_cast<int>(i) == m_chosen[slot] ||
                 std::find(file.otherKinds.begin(), file.otherKinds.end(), kindOf(slot)) !=
                     file.otherKinds.end())
            others.push_back(static_cast<int>(i));
    }
    own.insert(own.end(), others.begin(), others.end());
    return own;
}

std::vector<int> StudyDraft::furtherFiles() const {
    std::vector<int> found;
    for (size_t i = 0; i < m_candidates.size(); ++i)
        if (isFurther(static_cast<int>(i)))
            found.push_back(static_cast<int>(i));
    return found;
}

bool StudyDraft::isFurther(int candidate) const {
    const RecognisedFile& file = m_candidates[static_cast<size_t>(candidate)].file;
    const bool isSecondAnnotation =
        file.kind == FileKind::Annotation && file.track && m_chosen[Annotation] != candidate;
    return mayBeMany(file.kind) || isSecondAnnotation;
}

QString StudyDraft::furtherText(int candidate) const {
    const RecognisedFile& file = m_candidates[static_cast<size_t>(candidate)].file;
    const QString words = text(file.description);
    return file.kind == FileKind::Annotation
               ? QCoreApplication::translate("StudyDraft", "its transcripts as a track: %1").arg(words)
               : words;
}

std::vector<int> StudyDraft::leftOver() const {
    std::vector<int> found;
    for (size_t i = 0; i < m_candidates.size(); ++i) {
        const FileKind kind = m_candidates[i].file.kind;
        const bool used = std::find(m_chosen.begin(), m_chosen.end(), static_cast<int>(i)) != m_chosen.end();
        if (!used && (kind == FileKind::Unknown || kind == FileKind::Study || kind == FileKind::Saturation))
            found.push_back(static_cast<int>(i));
    }
    return found;
}

void StudyDraft::choose(Slot slot, int candidate) {
    // A file plays one part: taken for covariates, it is no longer the expression.
    for (int& other : m_chosen)
        if (candidate >= 0 && other == candidate)
            other = -1;
    if (candidate >= 0)
        setChosen(candidate, false); // as a track
    m_chosen[slot] = candidate;
}

void StudyDraft::setChosen(int candidate, bool chosen) {
    m_candidates[static_cast<size_t>(candidate)].chosen = chosen;
}

QString StudyDraft::suggestedName() const {
    const int expression = m_chosen[Expression];
    return expression < 0 ? QString() : stem(m_candidates[static_cast<size_t>(expression)].file.path);
}

QString StudyDraft::suggestedBuild() const {
    std::set<std::string> builds;
    for (const int index : m_chosen)
        if (index >= 0 && !m_candidates[static_cast<size_t>(index)].file.build.empty())
            builds.insert(m_candidates[static_cast<size_t>(index)].file.build);
    return builds.size() == 1 ? text(*builds.begin()) : QString();
}

QString StudyDraft::buildConflict() const {
    QStringList told;
    std::set<std::string> builds;
    for (int slot = 0; slot < SlotCount; ++slot) {
        const int index = m_chosen[static_cast<size_t>(slot)];
        if (index < 0 || m_candidates[static_cast<size_t>(index)].file.build.empty())
            continue;
        const std::string& found = m_candidates[static_cast<size_t>(index)].file.build;
        builds.insert(found);
        told << slotWord(static_cast<Slot>(slot)) + QStringLiteral(": ") + text(found);
    }
    return builds.size() > 1 ? told.join(QStringLiteral(" · ")) : QString();
}

ExpressionTransform StudyDraft::suggestedTransform() const {
    const int expression = m_chosen[Expression];
    return expression < 0 ? ExpressionTransform::None
                          : m_candidates[static_cast<size_t>(expression)].file.transform.value_or(
                                ExpressionTransform::None);
}

QString StudyDraft::suggestedFile() const {
    const int expression = m_chosen[Expression];
    if (expression < 0)
        return {};
    QString safe = name.isEmpty() ? suggestedName() : name;
    for (QChar& letter : safe)
        if (!letter.isLetterOrNumber() && !QStringLiteral("._-").contains(letter))
            letter = QLatin1Char('-');
    const auto folder = m_candidates[static_cast<size_t>(expression)].file.path.parent_path();
    return text((folder / (safe.toStdString() + ".study.json")).string());
}

QStringList StudyDraft::missing() const {
    QStringList words;
    for (int slot = 0; slot < SlotCount; ++slot)
        if (isRequired(static_cast<Slot>(slot)) && m_chosen[static_cast<size_t>(slot)] < 0)
            words << slotWord(static_cast<Slot>(slot));
    if (words.isEmpty() && build.isEmpty() && suggestedBuild().isEmpty())
        words << QCoreApplication::translate("StudyDraft", "genome build");
    return words;
}

StudyFile StudyDraft::studyFile() const {
    const auto pathOf = [&](Slot slot) {
        const int index = m_chosen[slot];
        return index < 0 ? std::filesystem::path() : m_candidates[static_cast<size_t>(index)].file.path;
    };
    StudyFile study;
    study.name = (name.isEmpty() ? suggestedName() : name).toStdString();
    study.build = (build.isEmpty() ? suggestedBuild() : build).toStdString();
    study.reference = pathOf(Reference);
    study.annotation = pathOf(Annotation);
    study.genotypes = pathOf(Genotypes).string();
    study.expression = pathOf(Expression);
    study.phenotypes = phenotypes;
    study.transform = transform.value_or(suggestedTransform());
    if (m_chosen[Covariates] >= 0)
        study.covariates = pathOf(Covariates);
    if (m_chosen[SampleMap] >= 0)
        study.sampleMap = pathOf(SampleMap);
    for (const int further : furtherFiles())
        if (const Candidate& candidate = m_candidates[static_cast<size_t>(further)]; candidate.chosen)
            listOf(study, candidate.file.kind).push_back(candidate.file.path);
    study.options = options;
    return study;
}

QString slotTitle(StudyDraft::Slot slot) {
    return QCoreApplication::translate("StudyDraft", slotNames[static_cast<size_t>(slot)].title);
}

QString slotWord(StudyDraft::Slot slot) {
    return QCoreApplication::translate("StudyDraft", slotNames[static_cast<size_t>(slot)].word);
}

} // namespace diploscope::ui
