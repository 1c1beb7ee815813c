// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/study_tools.h"

#include "analysis/effect_background.h"
#include "analysis/head_fit.h"
#include "analysis/import_published.h"
#include "analysis/predixcan_training.h"
#include "base/paths.h"
#include "study/study_additions.h"
#include "viewmodels/counted_text.h"
#include "viewmodels/number_text.h"
#include "views/export_places.h"
#include "views/message_stack.h"
#include "views/window_actions.h"

#include <QAction>
#include <QFileDialog>
#include <QInputDialog>

#include <algorithm>

namespace diploscope::ui {

namespace {

namespace fs = std::filesystem;

const QString toolsGroup = QStringLiteral("study tools");
const QString importGroup = QStringLiteral("published tables");

fs::path pathOf(const QString& text) {
    return {text.toStdString()};
}

QString textOf(const fs::path& path) {
    return QString::fromStdString(path.string());
}

/// Which of the authors' files it is, by its name.
PublishedTables tablesOf(const QStringList& files) {
    PublishedTables tables;
    for (const QString& file : files) {
        const QString name = file.section(QLatin1Char('/'), -1);
        if (name.contains(QLatin1String("Table2"), Qt::CaseInsensitive))
            tables.drivers = pathOf(file);
        else if (name.contains(QLatin1String("Mean"), Qt::CaseInsensitive))
            tables.means = pathOf(file);
        else if (name.contains(QLatin1String("saturation"), Qt::CaseInsensitive))
            tables.saturation = pathOf(file);
        else if (name.contains(QLatin1String("tss"), Qt::CaseInsensitive))
            tables.tssStatistics = pathOf(file);
        else
            tables.genes = pathOf(file);
    }
    return tables;
}

} // namespace

StudyTools::StudyTools(Session& session, WindowActions& actions, MessageStack& messages, QWidget* window)
    : QObject(window), m_session(session), m_actions(actions), m_messages(messages), m_window(window) {
    connect(actions.trainPredixcan, &QAction::triggered, this, &StudyTools::askForDatabase);
    connect(actions.fitHead, &QAction::triggered, this, &StudyTools::askForHead);
    connect(actions.measureBackground, &QAction::triggered, this, &StudyTools::askForVariants);
    connect(actions.importPublished, &QAction::triggered, this, &StudyTools::askForTables);
    connect(actions.addFiles, &QAction::triggered, this, &StudyTools::askForFiles);
    connect(&session, &Session::studyOpened, this, &StudyTools::showState);
    connect(&session, &Session::modelChanged, this, &StudyTools::showState);
    connect(&session, &Session::studyClosed, this, [this] {
        m_session.jobs().cancelGroup(toolsGroup);
        showState();
    });
    showState();
}

void StudyTools::showState() {
    const bool people = m_session.study() && !m_session.isPublished();
    m_actions.trainPredixcan->setEnabled(people);
    m_actions.addFiles->setEnabled(people);
    m_actions.fitHead->setEnabled(people && m_session.model().predictor());
    m_actions.measureBackground->setEnabled(people && m_session.model().predictor() &&
                                            m_session.model().predictor()->info().scoresOf ==
                                                ScoresOf::Bases);
}

void StudyTools::askForDatabase() {
    askForExport(
        m_session.jobs(), m_window,
        {tr("Where to write the PrediXcan database"), QFileDialog::AnyFile, QStringLiteral("predixcan.db")},
        m_session.study(), this, [this](const QString& file) { trainPredixcan(pathOf(file)); });
}

void StudyTools::trainPredixcan(const fs::path& database) {
    struct Trained {
        int64_t models = 0;
        int64_t genes = 0;
    };
    m_session.jobs().run<Trained>(
        tr("Training PrediXcan"), toolsGroup, JobRunner::Priority::Background,
        [study = m_session.study(), database](const RunContext& context) -> Result<Trained> {
            DS_ASSIGN(const PredixcanTraining training,
                      diploscope::trainPredixcan(*study, {}, PredixcanTrainingOptions{}, context));
            if (training.database.genes.empty())
                return fail(ErrorKind::BadInput, "No gene of the study got a linear model.",
                            study->file().path.string(),
                            "Check that genotypes and expression are of the same people.");
            DS_TRY(writePredixcan(training.database, database));
            DS_ASSIGN(const StudyAdditions named, addToStudy(study->file().path, {database}, context));
            if (!named.refused.empty())
                return fail(named.refused.front());
            return Trained{static_cast<int64_t>(training.database.genes.size()), training.tried};
        },
        this,
        [this, database, study = textOf(m_session.study()->file().path)](const Result<Trained>& trained) {
            if (!trained) {
                m_messages.showError(trained.error());
                return;
            }
            m_messages.tell(tr("PrediXcan: a model for %1 of %2, and the study names it now")
                                .arg(countText(trained->models), countedText(trained->genes, counted::genes)),
                            textOf(database));
            Q_EMIT studyReady(study);
        });
}

void StudyTools::askForHead() {
    askForExport(m_session.jobs(), m_window,
                 {tr("Where to write the head's weights"), QFileDialog::AnyFile, QStringLiteral("head.csv")},
                 m_session.study(), this, [this](const QString& file) { fitHead(pathOf(file)); });
}

void StudyTools::fitHead(const fs::path& csv) {
    if (!m_session.model().predictor())
        return;
    m_session.jobs().run<FittedHead>(
        tr("Fitting a head"), toolsGroup, JobRunner::Priority::Background,
        [study = m_session.study(), model = m_session.model().predictor(), csv](const RunContext& context) {
            Result<FittedHead> head = diploscope::fitHead(*study, *model, HeadFitOptions{}, context);
            if (head)
                if (const Result<void> written = writeHead(*head, model->info().tracks.get(), csv); !written)
                    return Result<FittedHead>(fail(written.error()));
            return head;
        },
        this,
        [this, csv, model = m_session.model().predictor()](const Result<FittedHead>& head) {
            if (!head) {
                m_messages.showError(head.error());
                return;
            }
            m_messages.tell(tr("Head: %1 used, cross-validated r = %2 over %3")
                                .arg(countedText(head->tracksUsed, counted::tracks), ratioText(head->r),
                                     countedText(head->genes, counted::genes)),
                            textOf(csv));
            if (m_session.model().predictor() != model)
                return;
            ScoreRequest request = m_session.model().request();
            request.head = csv;
            request.tracks.clear();
            request.aggregate.clear();
            m_session.model().ask(request);
        });
}

void StudyTools::askForVariants() {
    constexpr int most = 1'000'000;
    auto* dialog = new QInputDialog(m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("How large is an effect?"));
    dialog->setLabelText(
        tr("Common SNVs to score, near random genes. A gene's variants are then told how many\n"
           "of these have a smaller effect at the same distance from the TSS."));
    dialog->setInputMode(QInputDialog::IntInput);
    dialog->setIntRange(static_cast<int>(EffectBackground::Bins), most);
    dialog->setIntStep(1000);
    dialog->setIntValue(static_cast<int>(BackgroundRequest{}.variants));
    dialog->setOkButtonText(tr("&Score them"));
    connect(dialog, &QInputDialog::intValueSelected, this, &StudyTools::measureBackground);
    dialog->open();
}

void StudyTools::measureBackground(int variants) {
    const std::shared_ptr<const Workspace> workspace = m_session.workspace();
    if (!workspace || !workspace->isReady())
        return;
    m_session.jobs().run<EffectBackground>(
        tr("Effects of common SNVs"), toolsGroup, JobRunner::Priority::Background,
        [workspace, variants](const RunContext& context) -> Result<EffectBackground> {
            DS_ASSIGN(const auto cache, workspace->scores(context));
            BackgroundRequest request;
            request.variants = variants;
            DS_ASSIGN(EffectBackground background,
                      diploscope::measureBackground(*workspace->study(), workspace->predictor,
                                                    workspace->score(), workspace->options.method, cache,
                                                    request, context));
            DS_TRY(writeBackground(background,
                                   backgroundFile(background.checksum, background.score, background.inputs)));
            return background;
        },
        this,
        [this, workspace](const Result<EffectBackground>& background) {
            if (!background) {
                m_messages.showError(background.error());
                return;
            }
            m_messages.tell(tr("Effects of %1 are what others are held against now")
                                .arg(countedText(background->count(), counted::commonSnvs)),
                            QString::fromStdString(background->model));
            if (m_session.workspace() == workspace)
                m_session.shown().askAgain();
        });
}

void StudyTools::askForFiles() {
    const QFileDialog* dialog = openFileDialog(
        m_window, tr("Chain files, PrediXcan databases, eQTL and fine-mapping tables, tracks, motifs"),
        QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &StudyTools::addFiles);
}

void StudyTools::addFiles(const QStringList& files) {
    if (!m_session.study())
        return;
    std::vector<fs::path> paths;
    for (const QString& file : files)
        paths.push_back(pathOf(file));
    m_session.jobs().run<StudyAdditions>(
        tr("Adding files to the study"), toolsGroup, JobRunner::Priority::Seen,
        [study = m_session.study()->file().path, paths](const RunContext& context) {
            return addToStudy(study, paths, context);
        },
        this,
        [this, study = textOf(m_session.study()->file().path)](const Result<StudyAdditions>& additions) {
            if (!additions) {
                m_messages.showError(additions.error());
                return;
            }
            for (const Error& refused : additions->refused)
                m_messages.showError(refused);
            if (!additions->refused.empty())
                return;
            if (additions->added.empty()) {
                m_messages.tell(tr("The study names these files already"), study);
                return;
            }
            QStringList words;
            for (const RecognisedFile& added : additions->added)
                words.append(
                    QString::fromStdString(added.path.filename().string() + ": " + added.description));
            m_messages.tell(tr("Added to the study: %1").arg(countedText(words.size(), counted::files)),
                            words.join(QLatin1Char('\n')));
            Q_EMIT studyReady(study);
        });
}

void StudyTools::askForTables() {
    QFileDialog* dialog = openFileDialog(m_window,
                                         tr("SupplementaryTable1, and where you have them "
                                            "SupplementaryTable2, MeanGeXPred…, driver_saturation… and "
                                            "tss_attribution_stats"),
                                         QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& files) {
        importPublished(files, userDataFolder() / "published"); // tables may lie where nobody may write
    });
}

void StudyTools::importPublished(const QStringList& files, const fs::path& folder) {
    m_session.jobs().run<fs::path>(
        tr("Importing published tables"), importGroup, JobRunner::Priority::Seen,
        [tables = tablesOf(files), folder](const RunContext& context) {
            return diploscope::importPublished(tables, folder, context);
        },
        this,
        [this](const Result<fs::path>& study) {
            if (study)
                Q_EMIT studyReady(textOf(*study));
            else
                m_messages.showError(study.error());
        });
}

} // namespace diploscope::ui
