// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/autosaver.h"
#include "document/document_stack.h"
#include "document/opening.h"
#include "document/place_history.h"
#include "jobs/job_runner.h"
#include "viewmodels/cluster_runs.h"
#include "viewmodels/demo_study.h"
#include "viewmodels/experiments.h"
#include "viewmodels/genome.h"
#include "viewmodels/preferences.h"
#include "viewmodels/selection.h"
#include "viewmodels/session.h"
#include "viewmodels/settings_keeper.h"
#include "viewmodels/surroundings.h"

#include <QMainWindow>

#include <chrono>
#include <filesystem>

class QAction;
class QSplitter;
class QStackedWidget;

namespace diploscope::ui {

class AppTheme;
class ExperimentsPage;
class FiguresPage;
class GeneFactsPage;
class GeneListPanel;
class GenePage;
class GenomePage;
class JobsPanel;
class MessageStack;
class RegionTools;
class SessionFiles;
class StatusLine;
class StudyAssistant;
class StudyPage;
class TopBar;
class WelcomePage;
class WindowActions;

/// The window: holds the document, the session and what shows them, and carries wishes from one to the other.
/// What a person does in a part of it becomes a step of the document (take...()), and every part follows the
/// document (follow()); a part that is so already does nothing. All work is the session's and the runner's;
/// nothing here waits.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    struct Options {
        /// Keep the window's place, the study and the gene, and the user's preferences between runs.
        bool remember = true;
        std::filesystem::path demoFolder = ui::demoFolder();
        /// How long a closed window waits for a worker's last batch.
        std::chrono::milliseconds patience = std::chrono::minutes(1);
    };

    /// \param theme outlives the window
    MainWindow(AppTheme& theme, Options options, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// \param file a study or, by its name, a session, whose gene and model then count where none is given
    /// \param gene shown once the study is open; empty: none
    void openStudy(const QString& file, const QString& gene = {}, const QString& model = {});
    /// \param document as a session says it: what of it the study does not have is counted and told
    /// \param gene in place of the document's; empty: that one
    void openDocument(const Document& document, const QString& gene = {});
    /// Changes the document with which the study that is being opened begins; none of it is a step.
    void beginWith(Opening::Edit edit) { m_opening.wantEdit(std::move(edit)); }
    /// Analyses every gene in the background once the gene shown is done, or at once where none is, so that
    /// the list fills.
    void analyseAllAfterwards() { m_opening.wantAllGenes(); }
    void turnTo(Document::Page page);
    /// The study and gene of the last run, if there were any.
    void restoreSession();
    void closeStudy();
    /// As a message over the page.
    void showError(const diploscope::Error& error);

    [[nodiscard]] DocumentStack& documents() { return m_documents; }
    [[nodiscard]] SessionFiles& sessions() { return *m_sessions; }
    [[nodiscard]] Session& session() { return m_session; }
    [[nodiscard]] Genome& genome() { return m_genome; }
    [[nodiscard]] Experiments& experiments() { return m_experiments; }
    [[nodiscard]] Selection& selection() { return m_selection; }
    [[nodiscard]] JobRunner& jobs() { return m_jobs; }

Q_SIGNALS:
    /// The window is closed and every worker has ended: the program may go.
    void finished();
    /// The window is closed, and a worker does not come to the end of its batch: a TorchScript module may
    /// never, and only the end of the process ends it. finished() may still follow.
    void stuck();

protected:
    void closeEvent(QCloseEvent* event) override;
    /// Coming back to the window: what was missing may be there now.
    bool event(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void build();
    void connectSession();
    void connectActions();
    void connectViews();
    void connectRuns();
    void connectDocument();

    void takeStudy();
    void takeGenes();
    void takeGene();
    void takeModel();
    void takeScore();
    void takeRefusedScore();
    void takeReport();
    void takeSelection();
    void dropStudy();

    [[nodiscard]] bool isOpen() const { return m_session.study() != nullptr; }
    void change(const QString& name, const std::function<void(Document&)>& edit,
                DocumentStack::Kind kind = DocumentStack::Kind::Single);
    void chooseModel(const QString& model);
    void setModel(const QString& model);
    void addToFigure(const FigureDesign& single);
    void follow(const Document& before, DocumentStack::How how);
    void showSteps();
    [[nodiscard]] Document freshDocument() const;
    void settleVariants();
    void turnToAllGenes();

    void offer(const std::filesystem::path& left, const Document& shown);

    void rejectStudy(const QString& file, const std::vector<Error>& problems);
    void showProblems(const QString& file, const std::vector<Error>& problems);
    void closeDialogsOfStudy();
    void showPage();
    void openGene(const QString& text);
    void goTo(const QString& text);
    void goToPlace(const Place& place, const QString& name);
    void showPlaces();
    void showVariants();
    void chooseDrag(const QAction* action);
    void selectBy();
    void showState();
    void showModels();
    void lookAround();
    void lookForModels();

    void applyPreferences(const Preferences& preferences);
    void applyTheme();
    void remember();

    void analyseAll();
    void askForStudy();
    void describeFiles(const QStringList& files);
    void manageModels();
    void showRuns();
    void chooseScore();
    void askTrust(const QString& model, const TrustQuestion& question);
    void editPreferences();

    AppTheme& m_theme;
    Options m_options;
    Preferences m_preferences;
    JobRunner m_jobs; // outlives the session, whose work it runs
    Session m_session;
    Genome m_genome;
    Experiments m_experiments;
    Selection m_selection;
    DocumentStack m_documents;
    SettingsKeeper m_keeper;
    Autosaver m_autosaver;
    PlaceHistory m_places;
    Surroundings m_surroundings;
    DemoMaker m_demo;
    ClusterRuns m_cluster;
    Opening m_opening;
    bool m_closed = false;

    WindowActions* m_actions;
    TopBar* m_topBar = nullptr;
    GeneListPanel* m_genes = nullptr;
    QSplitter* m_splitter = nullptr;
    QStackedWidget* m_pages = nullptr;
    WelcomePage* m_welcome = nullptr;
    StudyPage* m_studyPage = nullptr;
    GenePage* m_genePage = nullptr;
    GeneFactsPage* m_factsPage = nullptr;
    GenomePage* m_genomePage = nullptr;
    ExperimentsPage* m_experimentsPage = nullptr;
    FiguresPage* m_figuresPage = nullptr;
    JobsPanel* m_jobsPanel = nullptr;
    StatusLine* m_status = nullptr;
    MessageStack* m_messages = nullptr;
    SessionFiles* m_sessions = nullptr;
    RegionTools* m_regions = nullptr;
};

} // namespace diploscope::ui
