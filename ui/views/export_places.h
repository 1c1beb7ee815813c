// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job_runner.h"
#include "study/study.h"
#include "views/dialog_parts.h"

#include <QSizeF>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

/// Where results are written to. They do not belong among a study's data, and nothing is written over
/// unasked. Jobs look at the folders, as those of a study may lie far away.
namespace diploscope::ui {

/// Of the jobs that look where an export dialog begins: cancelled with the study that they ask of.
inline const QString exportPlaceGroup = QStringLiteral("export place");

/// Where a dialog that exports begins: the folder of the study's last export, else of any, else the user's
/// documents, else the home; of these the first that no file of the study lies in. Asks the file system: for
/// a worker. \param study may be null
[[nodiscard]] QString exportFolder(const Study* study);

/// How figures of a study were saved last; each study has its own. Read and kept by QSettings, which reads
/// and writes files: for a worker.
struct ExportHabits {
    QString ending = QStringLiteral("svg");
    bool withData = false;
    std::optional<QSizeF> sizeMm = {}; ///< of the figure of that name; empty: as it comes
};
/// \param figure by its name in the registry \param study may be null
[[nodiscard]] ExportHabits exportHabits(const Study* study, const QString& figure);
void keepExportHabits(const Study* study, const QString& figure, const ExportHabits& habits);

/// What a gene's files are called, as `analyze --genes all` calls them. \param study may be null
[[nodiscard]] QString geneFileStem(const Study* study, const Gene& gene);

/// What a dialog asks for that exports.
struct ExportQuestion {
    QString title;
    /// AnyFile asks where to save a file and before one is written over; Directory wants a folder for
    /// several.
    QFileDialog::FileMode mode = QFileDialog::AnyFile;
    QString proposal{};    ///< a file's name; empty: none
    QString suffix{};      ///< of a name that has none
    QStringList filters{}; ///< none: all files
};

/// As openFileDialog(), soon, beginning in exportFolder() and remembering what is chosen.
/// \param study may be null \param chosen is called for a file or folder while `receiver` is there
void askForExport(JobRunner& jobs, QWidget* parent, const ExportQuestion& question,
                  std::shared_ptr<const Study> study, QObject* receiver,
                  std::function<void(const QString&)> chosen);

/// Asks, soon, before several files are written into a folder, naming those that are there already and would
/// be replaced. \param write runs once that is agreed to
void askToWrite(JobRunner& jobs, QWidget* parent, const QString& folder, const QStringList& names,
                std::function<void()> write);

} // namespace diploscope::ui
