// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study.h"
#include "views/dialog_parts.h"

#include <QStringList>

#include <functional>

/// Where results are written to. They do not belong among a study's data, and nothing is written over
/// unasked.
namespace diploscope::ui {

/// Where a dialog that exports begins: the folder of the last export, else the user's documents, else the
/// home; of these the first that no file of the study lies in. \param study may be null
[[nodiscard]] QString exportFolder(const Study* study);

/// What a gene's files are called, as `analyze --genes all` calls them. \param study may be null
[[nodiscard]] QString geneFileStem(const Study* study, const Gene& gene);

/// As openFileDialog(), beginning in exportFolder() and remembering what is chosen. AnyFile asks where to
/// save a file and before one is written over; Directory wants a folder for several.
QFileDialog* openExportDialog(QWidget* parent, const QString& title, QFileDialog::FileMode mode,
                              const Study* study, const QString& proposal = {});

/// Asks before several files are written into a folder, naming those that are there already and would be
/// replaced. \param write runs once that is agreed to
void askToWrite(QWidget* parent, const QString& folder, const QStringList& names,
                std::function<void()> write);

} // namespace diploscope::ui
