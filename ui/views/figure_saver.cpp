// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/figure_saver.h"

#include "views/export_places.h"
#include "views/figure_size_dialog.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>

#include <utility>

namespace diploscope::ui {

void saveDrawn(JobRunner& jobs, QObject* receiver, const QString& file,
               std::function<Result<DrawnFigure>()> draw, std::function<void(const Result<QString>&)> done) {
    jobs.runHere(receiver, [&jobs, receiver, file, draw = std::move(draw), done = std::move(done)] {
        Result<DrawnFigure> drawn = draw();
        if (!drawn)
            return done(fail(drawn.error()));
        jobs.run<QString>(
            QObject::tr("Saving %1").arg(file.section(QLatin1Char('/'), -1)), {}, JobRunner::Priority::Seen,
            [drawn = std::move(*drawn), file](const RunContext&) -> Result<QString> {
                DS_TRY(drawn.writeTo(std::filesystem::path(file.toStdString())));
                return file;
            },
            receiver, done);
    });
}

FigureSaver::FigureSaver(ChartView& view, JobRunner& jobs, const FigureSize& size,
                         std::function<Subject()> subject, QObject* parent)
    : QObject(parent), m_view(view), m_jobs(jobs), m_size(size), m_subject(std::move(subject)) {
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
    menu->addSeparator();
    menu->addAction(tr("Show all\tDouble-click"), &m_view, &ChartView::showAll);
    menu->addAction(tr("Previous zoom\tBackspace"), &m_view, &ChartView::goBack);
    return menu;
}

FigureSaver::Drawing FigureSaver::drawing(const FigureSize& size, FigureFormat format) const {
    if (!m_view.hasFigure())
        return []() -> Result<DrawnFigure> {
            return fail(ErrorKind::NotFound, "There is no figure to save.", {}, "Choose a gene first.");
        };
    return [print = m_view.printer(), info = m_subject().info, size, format]() -> Result<DrawnFigure> {
        DS_ASSIGN(const ChartStyle style, ChartStyle::paper());
        const Figure figure = print(style);
        return drawFigure(*figure.widget, size, info, format);
    };
}

void FigureSaver::setTaller(double taller) {
    m_size.heightMm *= taller / std::exchange(m_taller, taller);
}

void FigureSaver::saveTo(const QString& file, const FigureSize& size) {
    const Result<FigureFormat> format = figureFormat(std::filesystem::path(file.toStdString()));
    if (!format)
        return tell(format.error());
    saveDrawn(m_jobs, this, file, drawing(size, *format), [this](const Result<QString>& result) {
        if (result)
            Q_EMIT saved(*result);
        else
            tell(result.error());
    });
}

void FigureSaver::copy() {
    const auto svg = std::make_shared<Result<DrawnFigure>>(DrawnFigure());
    m_jobs.runHere(this, [svg, draw = drawing(m_size, FigureFormat::Svg)] { *svg = draw(); });
    m_jobs.runHere(this, [this, svg, draw = drawing(m_size, FigureFormat::Png)] {
        const Result<DrawnFigure> png = draw();
        if (!*svg || !png)
            return tell(*svg ? png.error() : svg->error());
        encodeCopy(**svg, *png);
    });
}

void FigureSaver::encodeCopy(const DrawnFigure& svg, const DrawnFigure& png) {
    using Content = std::pair<QByteArray, QByteArray>;
    m_jobs.run<Content>(
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
    auto* dialog = new FigureSizeDialog(m_size, m_view.window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_size = dialog->figureSize();
        const QString ending = dialog->ending();
        const Subject subject = m_subject();
        askForExport(m_jobs, m_view.window(),
                     {tr("Save figure"),
                      QFileDialog::AnyFile,
                      subject.fileName + QLatin1Char('.') + ending,
                      ending,
                      {QStringLiteral("%1 (*.%2)").arg(ending.toUpper(), ending)}},
                     subject.study, this, [this](const QString& file) { saveTo(file, m_size); });
    });
    dialog->open();
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
