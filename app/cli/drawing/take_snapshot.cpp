// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drawing/take_snapshot.h"

#include "base/atomic_file.h"
#include "base/suggestion.h"
#include "cli/options/model_argument.h"
#include "document/session_file.h"
#include "figure/design_edits.h"
#include "figure/figure_file.h"
#include "figure/figure_templates.h"
#include "gui/application.h"
#include "main_window.h"
#include "study/study.h"
#include "views/app_theme.h"

#include <QApplication>
#include <QBuffer>
#include <QPixmap>
#include <QTimer>
#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace diploscope::cli {

namespace {

/// Long enough for fades and for work that is put off until the window is idle.
constexpr int settleMs = 400;

/// Waits for what the picture is to show. Lives for one event loop.
class Waiter : public QObject {
public:
    /// \param people that the study is to have
    Waiter(ui::MainWindow& window, bool wantsGene, std::vector<std::string> people)
        : m_window(window), m_wantsGene(wantsGene), m_people(std::move(people)) {
        using ui::ChosenModel;
        using ui::Session;
        using ui::ShownGene;
        Session& session = window.session();
        connect(&session.shown(), &ShownGene::reportChanged, this, &Waiter::look);
        connect(&session, &Session::studyOpened, this, &Waiter::look);
        connect(&session, &Session::modelChanged, this, &Waiter::look);
        connect(&session, &Session::failed, this, [this](const Error& error) { end(error); });
        connect(&session.model(), &ChosenModel::trustAsked, this,
                [this](const QString&, const TrustQuestion& question) { end(question.error); });
        connect(&session, &Session::studyRejected, this,
                [this](const QString&, const std::vector<Error>& problems) { end(problems.front()); });
        connect(&session, &Session::partOpened, this,
                [this](const QString&, const Error& error) { end(error); });
        m_stillness.setSingleShot(true);
        m_stillness.setInterval(settleMs);
        connect(&m_stillness, &QTimer::timeout, this, &Waiter::comeToRest);
        connect(&window.jobs(), &ui::JobRunner::idle, &m_stillness, qOverload<>(&QTimer::start));
    }
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

    void end(std::optional<Error> error) {
        if (m_ended)
            return;
        m_ended = true;
        m_error = std::move(error);
        QTimer::singleShot(0, qApp, &QCoreApplication::quit);
    }

private:
    void look() {
        const ui::Session& session = m_window.session();
        for (const std::string& sample : m_people)
            if (const auto& study = session.study();
                study &&
                std::find(study->people().begin(), study->people().end(), sample) == study->people().end())
                return end(Error{ErrorKind::NotFound, fmt::format("The study has no person {}.", sample),
                                 "--person", "Name a sample of its genotypes and its expression."});
        if (const ui::ShownGene& shown = session.shown(); shown.error())
            end(*shown.error());
    }
    [[nodiscard]] bool isThere() const {
        const ui::Session& session = m_window.session();
        const ui::ShownGene& shown = session.shown();
        return !m_wantsGene || session.isPublished() || (shown.report() && shown.report()->complete) ||
               (session.study() && shown.gene() == nullptr); // a session's, which the study lacks: it is told
    }
    /// Nothing has run for a while. What has begun since, or only waits for more to come, ends with idle().
    void comeToRest() {
        if (m_window.jobs().isBusy() || m_window.genome().takeWaiting())
            return;
        look();
        if (isThere())
            return end(std::nullopt);
        end(Error{ErrorKind::Internal,
                  "The window came to rest without what the picture was to show.",
                  {},
                  "Open the study and the gene in the window: it says what is missing."});
    }
    ui::MainWindow& m_window;
    bool m_wantsGene;
    std::vector<std::string> m_people;
    QTimer m_stillness;
    bool m_ended = false;
    std::optional<Error> m_error;
};

Result<void> save(const QPixmap& picture, const std::string& file) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!buffer.open(QIODevice::WriteOnly) || !picture.save(&buffer, "PNG"))
        return fail(ErrorKind::Internal, "The picture could not be encoded as PNG.", file);
    return writeFileAtomically(file, std::string_view(bytes.constData(), static_cast<size_t>(bytes.size())));
}

/// The model that will be shown; empty: none. What is wrong with the study is told when it is opened.
/// \error NotFound: the picture needs one
Result<std::string> modelOf(const SnapshotRequest& request) {
    const gui::WindowRequest& window = request.window;
    if (request.page == SnapshotRequest::Page::Welcome)
        return window.model;
    std::vector<Error> ignored;
    const std::optional<StudyFile> study = readStudyFile(window.study, ignored);
    if (study && study->published)
        return std::string();
    if (!window.model.empty())
        return window.model;
    const bool needed = !window.gene.empty() || request.allGenes;
    if (!study || (study->models.empty() && !needed))
        return std::string();
    return firstModelOf(*study);
}

/// The session with what the command line says otherwise; nothing where it names none. \error as readSession;
/// NotFound: its study is not there
Result<std::optional<ui::Document>> sessionOf(const SnapshotRequest& request) {
    const std::filesystem::path file = request.window.study;
    if (request.page == SnapshotRequest::Page::Welcome || !ui::isSessionFile(file))
        return std::optional<ui::Document>();
    DS_ASSIGN(ui::Document document, ui::readSession(file));
    if (std::optional<Error> missing = ui::missingStudy(document, file))
        return fail(std::move(*missing));
    if (!request.window.model.empty())
        document.model = request.window.model;
    if (const std::optional<ScoreRequest> asked = document.scores.of(document.model))
        document.scores.set(document.model, request.score.orElse(*asked));
    return std::optional(std::move(document));
}

void showKind(ui::Document& document, ui::ExperimentKind kind) {
    ui::ExperimentRequests& tried = document.experiments;
    document.page = ui::Document::Page::Experiments;
    tried.shown = kind;
    if (kind == ui::ExperimentKind::Ablation && !tried.ablation)
        tried.ablation = ui::AblationWish{.of = ui::AblationWish::Of::Drivers, .chosen = {}};
    if (kind == ui::ExperimentKind::Saturation && !tried.saturation)
        tried.saturation = ui::SaturationWish();
    tried.audit = tried.audit || kind == ui::ExperimentKind::Audit;
}

/// No panels: none is asked for. \error NotFound: no such template; as readFigureFile
Result<FigureDesign> figureOf(const SnapshotRequest& request) {
    if (request.figure.empty())
        return FigureDesign();
    if (isFigureFile(request.figure))
        return readFigureFile(request.figure);
    std::vector<std::string> known;
    for (const FigureTemplate& each : figureTemplates()) {
        if (each.name == request.figure)
            return readFigureFile(each.file);
        known.push_back(each.name);
    }
    return fail(ErrorKind::NotFound, fmt::format("There is no template `{}`.", request.figure), "--figure",
                known.empty() ? std::string("Name a *.figure.json.")
                              : fmt::format("Choose one of {}.", listed(known, known.size())));
}

/// What of the document that the window begins with is said by the command line.
void applyTo(ui::Document& document, const SnapshotRequest& request, const FigureDesign& figure,
             const Study& study) {
    if (!figure.panels.empty())
        document.figure = applied(figure, study.file().path, document.model, document.gene);
    if (!request.people.empty())
        document.selected.people = {request.people.begin(), request.people.end()};
    using Page = SnapshotRequest::Page;
    switch (request.page.value_or(Page::Welcome)) {
    case Page::Gene:
        document.page = ui::Document::Page::Gene;
        return;
    case Page::Person:
        document.page = ui::Document::Page::Gene;
        if (document.selected.people.empty() && !study.people().empty())
            document.selected.people.insert(study.people().front());
        return;
    case Page::Genome:
        document.page = ui::Document::Page::Genome;
        return;
    case Page::WhatIf:
        return showKind(document, ui::ExperimentKind::WhatIf);
    case Page::Ablation:
        return showKind(document, ui::ExperimentKind::Ablation);
    case Page::Saturation:
        return showKind(document, ui::ExperimentKind::Saturation);
    case Page::Audit:
        return showKind(document, ui::ExperimentKind::Audit);
    case Page::Figures:
        document.page = ui::Document::Page::Figures;
        return;
    case Page::Welcome:
        return;
    }
}

} // namespace

Result<void> takeSnapshot(SnapshotRequest request) {
    DS_ASSIGN(const std::optional<ui::Document> document, sessionOf(request));
    const QString gene = QString::fromStdString(request.window.gene);
    if (document) {
        request.window.study = document->study.string();
        request.window.model = document->model;
        if (gene.isEmpty())
            request.window.gene = document->gene;
    }
    DS_ASSIGN(const std::string model, modelOf(request));
    DS_ASSIGN(const FigureDesign figure, figureOf(request));
    if (!model.empty())
        DS_TRY(allowModel(request.trust, model));
    DS_ASSIGN(const ui::Language language,
              gui::askedLanguage(request.window.language, ui::Language::English));
    const std::unique_ptr<ui::GuardedApplication> application = gui::makeApplication(true, request.scale);
    const ui::Translation translation(language);
    DS_ASSIGN(const ui::ChartStyle style, ui::ChartStyle::screen(ui::lightTheme()));
    ui::AppTheme theme(style);
    theme.choose(request.dark ? ui::Preferences::ThemeChoice::Dark : ui::Preferences::ThemeChoice::Light);
    ui::MainWindow window(theme, {.remember = false});
    const QSize size(request.width, request.height);
    window.resize(size);
    window.session().model().setAsked({}, request.score);
    window.show();
    const bool welcome = request.page == SnapshotRequest::Page::Welcome;
    Waiter waiter(window, !welcome && !request.window.gene.empty(), request.people);
    QObject::connect(application.get(), &ui::GuardedApplication::handlerFailed, &waiter, &Waiter::end);
    if (document)
        window.openDocument(*document, gene);
    else if (!welcome)
        window.openStudy(QString::fromStdString(request.window.study), gene,
                         QString::fromStdString(request.window.model));
    window.beginWith(
        [&](ui::Document& first, const Study& study) { applyTo(first, request, figure, study); });
    if (request.allGenes)
        window.analyseAllAfterwards();
    QCoreApplication::exec();
    if (waiter.error())
        return fail(*waiter.error());
    if (window.size() != size)
        return fail(
            ErrorKind::BadInput,
            fmt::format("A window that shows this is at least {} x {}, larger than the {} x {} asked for.",
                        window.width(), window.height(), size.width(), size.height()),
            "--size", "Ask for a larger picture.");
    return save(window.grab(), request.file);
}

} // namespace diploscope::cli
