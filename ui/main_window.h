// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document_stack.h"
#include "document/place_history.h"
#include "jobs/job_runner.h"
#include "viewmodels/demo_study.h"
#include "viewmodels/experiments.h"
#include "viewmodels/genome.h"
#include "viewmodels/preferences.h"
#include "viewmodels/selection.h"
#include "viewmodels/session.h"
#include "viewmodels/settings_keeper.h"
#include "viewmodels/surroundings.h"

#include <QMainWindow>
#include <QTimer>

class QAction;
class QSplitter;
class QStackedWidget;

namespace diploscope::ui {

class AppTheme;
class ExperimentsPage;
class GeneFactsPage;
class GeneListPanel;
class GenePage;
class GenomePage;
class JobsPanel;
class MessageStack;
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
    void beginWith(std::function<void(Document&, const Study&)> edit) { m_wish.edit = std::move(edit); }
    /// As `*.diploscope.json`; by a job, which tells what became of it.
    void saveSession(const QString& file);
    /// Analyses every gene in the background once the gene shown is done, or at once where none is, so that
    /// the list fills.
    void analyseAllAfterwards() { m_wish.allGenes = true; }
    /// All genes at once instead of one.
    void showGenomePage();
    void showGenePage();
    /// What is tried on the gene shown.
    void showExperimentsPage();
    /// Makes the demo study where it is missing, opens it and shows its most telling gene.
    void openDemo();
    /// The study and gene of the last run, if there were any.
    void restoreSession();
    void closeStudy();
    /// As a message over the page.
    void showError(const diploscope::Error& error);

    [[nodiscard]] DocumentStack& documents() { return m_documents; }
    [[nodiscard]] Session& session() { return m_session; }
    [[nodiscard]] Genome& genome() { return m_genome; }
    [[nodiscard]] Experiments& experiments() { return m_experiments; }
    [[nodiscard]] Selection& selection() { return m_selection; }
    [[nodiscard]] JobRunner& jobs() { return m_jobs; }

Q_SIGNALS:
    /// The window is closed and every worker has ended: the program may go.
    void finished();

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
    void setModel(Document& document, const QString& model) const;
    void follow(const Document& before, bool byStep);
    void followInSession(const Document& before, const Document& now);
    void showSteps();
    void showRegions();
    void askToSaveRegions();
    [[nodiscard]] Document freshDocument() const;
    void dropUnknown(Document& document);
    void dropUnknownVariants();

    void openSession(const QString& file, const QString& gene, const QString& model);
    void askForSession();
    void askToSaveSession();
    void askWhereStudyIs(const Document& document, const Error& moved);
    void autosave();
    void dropAutosave();
    void lookForAutosave();

    void rejectStudy(const QString& file, const std::vector<Error>& problems);
    void showProblems(const QString& file, const std::vector<Error>& problems);
    void closeDialogsOfStudy();
    void showPage();
    void openGene(const QString& text);
    void goTo(const QString& text);
    void goToPlace(const Place& place, const QString& name);
    void takePlace(const Document& before);
    void showVariants();
    void chooseDrag(const QAction* action);
    void selectBy();
    void showState();
    void showModels();
    void showDemoJob();
    void lookAround();
    void lookForModels();
    [[nodiscard]] QStringList modelsOfStudy() const;

    void applyPreferences(const Preferences& preferences);
    void applyTheme();
    void remember();

    void analyseAll();
    void askForStudy();
    void describeFiles(const QStringList& files);
    void manageModels();
    void showRuns();
    void chooseScore();
    /// Opens a file or folder with the desktop's program; says `absent` where it is not there. \param find on
    /// a worker; empty: there is none
    void showPlace(std::function<std::filesystem::path()> find, const QString& absent);
    void askTrust(const QString& model, const Error& error);
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
    SettingsKeeper m_autosaver;
    QTimer m_autosavePause;               ///< runs while more changes are waited for
    std::filesystem::path m_leftAutosave; ///< of a run that crashed; empty: none
    PlaceHistory m_places;
    bool m_jumping = false; ///< what is changed now leads to a new place
    bool m_undoing = false; ///< what is shown now is one that was shown before
    Surroundings m_surroundings;

    /// What to show once the study that is being opened is there.
    struct Wish {
        QString gene{};
        std::optional<Document> session{};
        bool allGenes = false;                               ///< analyse them once the first gene is done
        std::function<void(Document&, const Study&)> edit{}; ///< null: none
    } m_wish;
    JobId m_demoJob = 0;
    JobId m_allGenesJob = 0;
    bool m_variantsUnknown = false; ///< a session selected some: whether they are there, the report will say
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
    JobsPanel* m_jobsPanel = nullptr;
    StatusLine* m_status = nullptr;
    MessageStack* m_messages = nullptr;
};

} // namespace diploscope::ui
