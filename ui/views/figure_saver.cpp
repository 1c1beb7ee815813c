// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/figure_saver.h"

#include "base/atomic_file.h"
#include "figures/design_reader.h"
#include "figures/used_inputs.h"
#include "views/export_places.h"
#include "views/figure_dialog.h"
#include "views/session_sources.h"

#include <QApplication>
#include <QClipboard>
#include <QDrag>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QMouseEvent>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace diploscope::ui {
namespace {

PanelDesign::Limits limitsOf(const std::optional<AxisRange>& range) {
    return range ? PanelDesign::Limits(std::pair(range->lower, range->upper)) : std::nullopt;
}

/// Says what is seen: for the whole figure where that is enough, else chart by chart.
void addZoom(const std::vector<ChartView::Seen>& seen, PanelDesign& panel) {
    if (seen.empty())
        return;
    const bool isOneX = std::all_of(seen.begin(), seen.end(),
                                    [&](const ChartView::Seen& chart) { return chart.x == seen.front().x; });
    if (isOneX)
        panel.xLimits = limitsOf(seen.front().x);
    if (seen.size() == 1) {
        panel.yLimits = limitsOf(seen.front().y);
        return;
    }
    std::vector<PanelDesign::ChartLimits> charts;
    for (const ChartView::Seen& chart : seen)
        charts.push_back({isOneX ? std::nullopt : limitsOf(chart.x), limitsOf(chart.y)});
    while (!charts.empty() && charts.back() == PanelDesign::ChartLimits{})
        charts.pop_back();
    panel.chartLimits = std::move(charts);
}

/// Says what of a size is not the figure's own.
void setSize(const FigureSize& size, DesignedFigure& figure) {
    const FigureSize own = sizeOf(figure);
    if (size.widthMm != own.widthMm)
        figure.design.widthMm = size.widthMm;
    if (size.heightMm != own.heightMm)
        figure.design.heightMm = size.heightMm;
    figure.design.dpi = size.dpi;
}

/// Draws a figure in a turn of the event loop of its own, as Qt Charts must on the GUI thread, and writes it
/// in a job. \param withData also what is plotted, beside it \param done is told the file, or what went wrong
void saveDrawn(JobRunner& jobs, QObject* receiver, const QString& file, DesignedFigure figure,
               FigureFormat format, bool withData, std::function<void(const Result<QString>&)> done) {
    jobs.runHere(receiver, [&jobs, receiver, file, figure = std::move(figure), format, withData,
                            done = std::move(done)] {
        Result<DrawnFigure> drawn = drawDesign(figure, format);
        if (!drawn)
            return done(fail(drawn.error()));
        jobs.run<QString>(
            QObject::tr("Saving %1").arg(file.section(QLatin1Char('/'), -1)), {}, JobRunner::Priority::Seen,
            [drawn = std::move(*drawn), file, figure, withData](const RunContext&) -> Result<QString> {
                const std::filesystem::path path(file.toStdString());
                DS_TRY(drawn.writeTo(path));
                if (withData)
                    DS_TRY(writeValues(figure, valuesFileOf(path)));
                return file;
            },
            receiver, done);
    });
}

} // namespace

FigureSaver::FigureSaver(ChartView& view, Session& session, const FigureSize& size,
                         std::function<Subject()> subject, QObject* parent)
    : QObject(parent)
    , m_view(view)
    , m_session(session)
    , m_size(size)
    , m_chart(view.viewport())
    , m_subject(std::move(subject)) {
    m_chart->installEventFilter(this);
    connect(&view, &QWidget::customContextMenuRequested, this, [this](const QPoint& at) {
        QMenu* menu = makeMenu(&m_view);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->popup(m_view.mapToGlobal(at));
    });
}

QMenu* FigureSaver::makeMenu(QWidget* parent) {
    auto* menu = new QMenu(parent);
    if (m_fillFirst) {
        m_fillFirst(*menu);
        menu->addSeparator(); // Qt shows none above all else
    }
    menu->addAction(tr("Save figure…"), this, &FigureSaver::ask)->setEnabled(m_view.hasFigure());
    menu->addAction(tr("Copy figure"), this, &FigureSaver::copy)->setEnabled(m_view.hasFigure());
    menu->addAction(tr("Add to the figure"), this, &FigureSaver::compose)->setEnabled(m_view.hasFigure());
    menu->addSeparator();
    menu->addAction(tr("Show all\tDouble-click"), &m_view, &ChartView::showAll);
    menu->addAction(tr("Previous zoom\tBackspace"), &m_view, &ChartView::goBack);
    return menu;
}

std::function<Result<DesignedFigure>(const RunContext&)>
FigureSaver::specification(const FigureSize& size) const {
    const Subject subject = m_subject();
    if (!m_view.hasFigure() || subject.figure == nullptr || !m_session.study())
        return {};
    return [subject, size, seen = m_view.seen(),
            origin = originOf(m_session)](const RunContext& context) -> Result<DesignedFigure> {
        DS_ASSIGN(std::vector<DesignedFigure> figures,
                  designedFigures({{subject.figure, subject.ready}}, origin, context));
        DesignedFigure& figure = figures.front();
        addZoom(seen, figure.design.panels.front());
        setSize(size, figure);
        return std::move(figure);
    };
}

void FigureSaver::specify(const QString& title, const FigureSize& size,
                          std::function<void(const DesignedFigure&)> then) {
    auto specified = specification(size);
    if (!specified)
        return tell({.kind = ErrorKind::NotFound,
                     .what = "There is no figure to save.",
                     .where = {},
                     .remedy = "Choose a gene first."});
    m_session.jobs().run<DesignedFigure>(
        title, {}, JobRunner::Priority::Seen, std::move(specified), this,
        [this, then = std::move(then)](const Result<DesignedFigure>& figure) {
            if (figure)
                then(*figure);
            else
                tell(figure.error());
        });
}

void FigureSaver::setTaller(double taller) {
    m_size.heightMm *= taller / std::exchange(m_taller, taller);
}

void FigureSaver::saveTo(const QString& file, const FigureSize& size) {
    const Result<FigureFormat> format = figureFormat(std::filesystem::path(file.toStdString()));
    if (!format)
        return tell(format.error());
    specify(tr("Saving %1").arg(file.section(QLatin1Char('/'), -1)), size,
            [this, file](const DesignedFigure& figure) { write(file, figure, false); });
}

void FigureSaver::copy() {
    specify(tr("Copying a figure"), m_size, [this](const DesignedFigure& figure) {
        const auto svg = std::make_shared<Result<DrawnFigure>>(DrawnFigure());
        m_session.jobs().runHere(this, [svg, figure] { *svg = drawDesign(figure, FigureFormat::Svg); });
        m_session.jobs().runHere(this, [this, svg, figure] {
            const Result<DrawnFigure> png = drawDesign(figure, FigureFormat::Png);
            if (!*svg || !png)
                return tell(*svg ? png.error() : svg->error());
            encodeCopy(**svg, *png);
        });
    });
}

void FigureSaver::compose() {
    specify(tr("Adding a panel"), m_size,
            [this](const DesignedFigure& figure) { Q_EMIT composed(figure.design); });
}

void FigureSaver::setHandle(QWidget* handle) {
    m_handle = handle;
    handle->installEventFilter(this);
    handle->setCursor(Qt::OpenHandCursor);
}

bool FigureSaver::eventFilter(QObject* watched, QEvent* event) {
    const bool isMouse = event->type() == QEvent::MouseButtonPress ||
                         event->type() == QEvent::MouseButtonRelease || event->type() == QEvent::MouseMove;
    if (!isMouse || (watched != m_handle && watched != m_chart) || !m_view.hasFigure())
        return QObject::eventFilter(watched, event);
    const auto* mouse = static_cast<QMouseEvent*>(event);
    const QPoint at = mouse->position().toPoint();
    if (event->type() != QEvent::MouseMove)
        m_carries = false;
    if (event->type() == QEvent::MouseButtonPress) {
        const bool begins = mouse->button() == Qt::LeftButton &&
                            (watched == m_handle || mouse->modifiers().testFlag(Qt::AltModifier));
        m_pressed = begins ? std::optional(at) : std::nullopt; // a release may have been another window's
        return begins;                                         // else no more of it is heard
    }
    if (!m_pressed)
        return false;
    if (event->type() == QEvent::MouseButtonRelease) {
        m_pressed.reset();
    } else if ((at - *m_pressed).manhattanLength() >= QApplication::startDragDistance()) {
        m_pressed.reset();
        carry(static_cast<QWidget*>(watched));
    }
    return true;
}

void FigureSaver::carry(QWidget* from) {
    m_carries = true;
    prepareDrag([this, from](std::unique_ptr<QMimeData> data) {
        // Who has let go meanwhile wanted something else, and may be at it with the same button.
        if (!data || !std::exchange(m_carries, false) ||
            (QGuiApplication::mouseButtons() & Qt::LeftButton) == 0)
            return;
        auto* drag = new QDrag(from); // Qt deletes it
        drag->setMimeData(data.release());
        drag->exec(Qt::CopyAction);
    });
}

void FigureSaver::prepareDrag(std::function<void(std::unique_ptr<QMimeData>)> done) {
    const QString fileName = m_subject().fileName;
    specify(tr("Preparing a figure"), m_size, [this, fileName, done](const DesignedFigure& figure) {
        struct Carried {
            std::filesystem::path file;
            QByteArray bytes;
            FigureFormat format = FigureFormat::Svg;
            std::shared_ptr<ScratchFolder> folder;
        };
        m_session.jobs().run<Carried>(
            {}, {}, JobRunner::Priority::Seen,
            [&jobs = m_session.jobs(), figure, study = m_session.study(),
             scratch = m_scratch.empty() ? nullptr : m_scratch.back(),
             name = fileName.toStdString()](const RunContext& context) -> Result<Carried> {
                Carried carried;
                const QString figureName = QLatin1String(figure.panels.front().entry->name);
                const ExportHabits habits = exportHabits(study.get(), figureName);
                DS_ASSIGN(carried.format, figureFormat(name + '.' + habits.ending.toStdString()));
                carried.folder = scratch;
                if (!carried.folder) {
                    DS_ASSIGN(ScratchFolder made, ScratchFolder::make("carried"));
                    carried.folder = std::make_shared<ScratchFolder>(std::move(made));
                }
                DS_ASSIGN(const DrawnFigure drawn, drawForJob(jobs, figure, carried.format, context));
                DS_ASSIGN(carried.bytes, drawn.bytes());
                carried.file = carried.folder->path() / (name + endingOf(carried.format));
                DS_TRY(writeFileAtomically(
                    carried.file, {carried.bytes.constData(), static_cast<size_t>(carried.bytes.size())}));
                return carried;
            },
            this,
            [this, done](const Result<Carried>& carried) {
                if (!carried) {
                    tell(carried.error());
                    return done(nullptr);
                }
                if (m_scratch.empty() || m_scratch.back() != carried->folder)
                    m_scratch.push_back(carried->folder);
                auto data = std::make_unique<QMimeData>();
                data->setUrls({QUrl::fromLocalFile(QString::fromStdString(carried->file.string()))});
                if (carried->format == FigureFormat::Png)
                    data->setData(QStringLiteral("image/png"), carried->bytes);
                if (carried->format == FigureFormat::Svg)
                    data->setData(QStringLiteral("image/svg+xml"), carried->bytes);
                done(std::move(data));
            });
    });
}

void FigureSaver::encodeCopy(const DrawnFigure& svg, const DrawnFigure& png) {
    using Content = std::pair<QByteArray, QByteArray>;
    m_session.jobs().run<Content>(
        tr("Copying a figure"), {}, JobRunner::Priority::Seen,
        [svg, png](const RunContext&) -> Result<Content> {
            DS_ASSIGN(QByteArray vector, svg.bytes());
            DS_ASSIGN(QByteArray pixels, png.bytes());
            return Content(std::move(vector), std::move(pixels));
        },
        this,
        [this](const Result<Content>& content) {
            if (!content)
                return tell(content.error());
            auto* mime = new QMimeData;
            mime->setData(QStringLiteral("image/svg+xml"), content->first);
            mime->setData(QStringLiteral("image/png"), content->second);
            QGuiApplication::clipboard()->setMimeData(mime);
        });
}

void FigureSaver::ask() {
    const Subject subject = m_subject();
    if (subject.figure == nullptr)
        return specify({}, m_size, {}); // which says why not
    const QString name = QLatin1String(subject.figure->name);
    m_session.jobs().run<ExportHabits>(
        {}, exportPlaceGroup, JobRunner::Priority::Seen,
        [study = m_session.study(), name](const RunContext&) -> Result<ExportHabits> {
            return exportHabits(study.get(), name);
        },
        this,
        [this, fileName = subject.fileName](const Result<ExportHabits>& habits) {
            if (!habits)
                return;
            if (habits->sizeMm && !m_sizeChosen)
                m_size = {habits->sizeMm->width(), habits->sizeMm->height(), m_size.dpi};
            specify(tr("Specifying the figure"), m_size,
                    [this, fileName, habits = *habits](const DesignedFigure& figure) {
                        openDialog(figure, fileName, habits);
                    });
        });
}

void FigureSaver::openDialog(const DesignedFigure& figure, const QString& fileName,
                             const ExportHabits& habits) {
    auto* dialog =
        new FigureDialog(m_session.jobs(), figure, {habits.ending, habits.withData}, m_view.window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, fileName] {
        const DesignedFigure chosen = dialog->figure();
        const FigureDialog::Habits how = dialog->habits();
        m_size = sizeOf(chosen);
        m_sizeChosen = true;
        const QString name = QLatin1String(chosen.panels.front().entry->name);
        m_session.jobs().run<void>(
            {}, {}, JobRunner::Priority::Seen,
            [study = m_session.study(), name, how,
             size = QSizeF(m_size.widthMm, m_size.heightMm)](const RunContext&) -> Result<void> {
                keepExportHabits(study.get(), name, {how.ending, how.withData, size});
                return {};
            },
            this, [](const Result<void>&) {});
        askForExport(m_session.jobs(), m_view.window(),
                     {tr("Save figure"),
                      QFileDialog::AnyFile,
                      fileName + QLatin1Char('.') + how.ending,
                      how.ending,
                      {QStringLiteral("%1 (*.%2)").arg(how.ending.toUpper(), how.ending)}},
                     m_session.study(), this,
                     [this, chosen, how](const QString& file) { write(file, chosen, how.withData); });
    });
    dialog->open();
}

void FigureSaver::write(const QString& file, const DesignedFigure& figure, bool withData) {
    const Result<FigureFormat> format = figureFormat(std::filesystem::path(file.toStdString()));
    if (!format)
        return tell(format.error());
    saveDrawn(m_session.jobs(), this, file, figure, *format, withData, [this](const Result<QString>& result) {
        if (result)
            Q_EMIT saved(*result);
        else
            tell(result.error());
    });
}

void FigureSaver::tell(const Error& error) {
    Q_EMIT failed(error);
    if (error.kind == ErrorKind::Cancelled)
        return;
    auto* box = new QMessageBox(QMessageBox::Warning, tr("The figure was not saved"),
                                QString::fromStdString(error.what), QMessageBox::Ok, m_view.window());
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(QString::fromStdString(error.remedy));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace diploscope::ui
