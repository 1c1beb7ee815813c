// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/export_places.h"

#include "analysis/file_stems.h"
#include "base/checksum.h"
#include "viewmodels/counted_text.h"
#include "viewmodels/number_text.h"
#include "views/window_keys.h"

#include <QAbstractButton>
#include <QDir>
#include <QFileInfo>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>

namespace diploscope::ui {

namespace {

QString realPath(const QString& folder) {
    const QString path = QFileInfo(folder).canonicalFilePath(); // empty: not there
    return path.isEmpty() ? QDir::cleanPath(folder) : path;
}

QStringList dataFolders(const Study* study) {
    QStringList folders;
    if (study == nullptr)
        return folders;
    const StudyFile& file = study->file();
    std::vector<std::filesystem::path> files{file.path,
                                             file.reference,
                                             file.annotation,
                                             file.genotypes,
                                             file.expression,
                                             file.covariates.value_or(""),
                                             file.sampleMap.value_or("")};
    for (const auto* list : {&file.predixcan, &file.eqtl, &file.fineMapping, &file.tracks, &file.motifs,
                             &file.chains, &file.haplotypeCounts})
        files.insert(files.end(), list->begin(), list->end());
    for (const std::filesystem::path& one : files)
        if (!one.empty())
            folders << realPath(QString::fromStdString(one.parent_path().string()));
    return folders;
}

const QString folderHabit = QStringLiteral("folder");
const QString endingHabit = QStringLiteral("ending");
const QString dataHabit = QStringLiteral("data");

/// By what a study is and not by where it lies, so that one that moves keeps its habits.
QString habitKey(const Study* study, const QString& habit) {
    std::string what;
    if (study != nullptr) {
        const StudyFile& file = study->file();
        what = file.name + '\n' + file.build;
        for (const std::filesystem::path& part :
             {std::filesystem::path(file.genotypes), file.expression, file.annotation})
            what += '\n' + part.filename().string();
    }
    return QStringLiteral("export/%1/%2").arg(QString::fromStdString(toHex(digestOf(what))), habit);
}

QString sizeHabit(const QString& figure) {
    return QStringLiteral("size-") + figure;
}

QString listed(const QStringList& names) {
    constexpr qsizetype most = 12;
    QStringList shown = names.mid(0, most);
    if (names.size() > most)
        shown << QObject::tr("and %1 more").arg(countText(names.size() - most));
    return shown.join(QStringLiteral(", "));
}

} // namespace

QString geneFileStem(const Study* study, const Gene& gene) {
    return QString::fromStdString(
        GeneFileStems(study != nullptr ? study->genes() : std::vector<StudyGene>()).of(gene));
}

ExportHabits exportHabits(const Study* study, const QString& figure) {
    const QSettings settings;
    ExportHabits habits;
    habits.ending = settings.value(habitKey(study, endingHabit), habits.ending).toString();
    habits.withData = settings.value(habitKey(study, dataHabit), false).toBool();
    const QSizeF size = settings.value(habitKey(study, sizeHabit(figure))).toSizeF();
    constexpr double least = 10, most = 2000; // mm; settings are anybody's file
    if (size.width() >= least && size.width() <= most && size.height() >= least && size.height() <= most)
        habits.sizeMm = size;
    return habits;
}

void keepExportHabits(const Study* study, const QString& figure, const ExportHabits& habits) {
    QSettings settings;
    settings.setValue(habitKey(study, endingHabit), habits.ending);
    settings.setValue(habitKey(study, dataHabit), habits.withData);
    if (habits.sizeMm)
        settings.setValue(habitKey(study, sizeHabit(figure)), *habits.sizeMm);
}

QString exportFolder(const Study* study) {
    const QStringList data = dataFolders(study);
    const QString home = QDir::homePath();
    for (const QString& folder :
         {QSettings().value(habitKey(study, folderHabit)).toString(),
          QSettings().value(keys::exports).toString(),
          QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation), home, QDir::tempPath()})
        if (!folder.isEmpty() && QFileInfo(folder).isDir() && !data.contains(realPath(folder)))
            return folder;
    return home;
}

namespace {

void openExportDialog(JobRunner& jobs, QWidget* parent, const ExportQuestion& question, const QString& folder,
                      const std::shared_ptr<const Study>& study, QObject* receiver,
                      const std::function<void(const QString&)>& chosen) {
    QFileDialog* dialog = openFileDialog(parent, question.title, question.mode, question.proposal, folder);
    if (!question.suffix.isEmpty())
        dialog->setDefaultSuffix(question.suffix);
    if (!question.filters.isEmpty())
        dialog->setNameFilters(question.filters);
    QObject::connect(dialog, &QFileDialog::fileSelected, dialog,
                     [&jobs, dialog, study, mode = question.mode](const QString& place) {
                         jobs.run<void>(
                             {}, {}, JobRunner::Priority::Seen,
                             [mode, place, study](const RunContext&) -> Result<void> {
                                 const QString into =
                                     mode == QFileDialog::Directory ? place : QFileInfo(place).absolutePath();
                                 QSettings settings;
                                 settings.setValue(keys::exports, into);
                                 settings.setValue(habitKey(study.get(), folderHabit), into);
                                 return {};
                             },
                             dialog, [](const Result<void>&) {});
                     });
    QObject::connect(dialog, &QFileDialog::fileSelected, receiver, chosen);
}

void openWriteQuestion(QWidget* parent, const QString& folder, const QStringList& names,
                       const QStringList& there, const std::function<void()>& write) {
    auto* box = new QMessageBox(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("askToWrite"));
    box->setIcon(there.isEmpty() ? QMessageBox::Question : QMessageBox::Warning);
    box->setWindowTitle(QObject::tr("Write files"));
    box->setTextFormat(Qt::PlainText);
    const QString count = countedText(names.size(), counted::files);
    box->setText(QObject::tr("Write %1 into %2?").arg(count, folder));
    QString details = listed(names);
    if (!there.isEmpty())
        details += QStringLiteral("\n\n") +
                   (there.size() == names.size()
                        ? QObject::tr("All of them are there already and will be replaced.")
                        : QObject::tr("There already, and will be replaced: %1").arg(listed(there)));
    box->setInformativeText(details);
    QPushButton* yes = box->addButton(there.isEmpty() ? QObject::tr("&Write %1").arg(count)
                                                      : QObject::tr("&Replace and write"),
                                      QMessageBox::AcceptRole);
    QPushButton* no = box->addButton(QMessageBox::Cancel);
    box->setDefaultButton(there.isEmpty() ? yes : no);
    QObject::connect(box, &QMessageBox::buttonClicked, parent, [yes, write](QAbstractButton* button) {
        if (button == yes)
            write();
    });
    box->open();
}

} // namespace

void askForExport(JobRunner& jobs, QWidget* parent, const ExportQuestion& question,
                  std::shared_ptr<const Study> study, QObject* receiver,
                  std::function<void(const QString&)> chosen) {
    jobs.run<QString>(
        {}, exportPlaceGroup, JobRunner::Priority::Seen,
        [study](const RunContext&) -> Result<QString> { return exportFolder(study.get()); }, parent,
        [&jobs, parent, question, study, receiver = QPointer(receiver),
         chosen = std::move(chosen)](const Result<QString>& folder) {
            if (folder && receiver)
                openExportDialog(jobs, parent, question, *folder, study, receiver, chosen);
        });
}

void askToWrite(JobRunner& jobs, QWidget* parent, const QString& folder, const QStringList& names,
                std::function<void()> write) {
    jobs.run<QStringList>(
        {}, {}, JobRunner::Priority::Seen,
        [folder, names](const RunContext&) -> Result<QStringList> {
            QStringList there;
            for (const QString& name : names)
                if (QFileInfo::exists(folder + QLatin1Char('/') + name))
                    there << name;
            return there;
        },
        parent,
        [parent, folder, names, write = std::move(write)](const Result<QStringList>& there) {
            if (there)
                openWriteQuestion(parent, folder, names, *there, write);
        });
}

} // namespace diploscope::ui
