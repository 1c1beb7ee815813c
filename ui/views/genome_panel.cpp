// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/genome_panel.h"

#include "viewmodels/genome_text.h"
#include "viewmodels/language.h"
#include "views/elided_combo_box.h"

#include <QSignalBlocker>
#include <QVBoxLayout>

namespace diploscope::ui {

GenomePanel::GenomePanel(GenomeFigure figure, Session& session, Genome& genome, QWidget* parent)
    : PanelCard({}, parent)
    , m_figure(registered(figure))
    , m_session(session)
    , m_genome(genome)
    , m_view(new ChartView(ChartView::Zoom::Plane)) {
    explainBy(QStringLiteral("figures.md#all-genes"));
    m_view->setDrag(ChartView::Drag::Rectangle);
    content()->addWidget(m_view, 1);
    if (m_figure.choices.otherModel) {
        m_otherModel = new ElidedComboBox(this);
        m_otherModel->setAccessibleName(tr("The other model"));
        addToHeader(m_otherModel);
        connect(m_otherModel, &QComboBox::currentIndexChanged, this, &GenomePanel::refresh);
    }
    m_saver = new FigureSaver(
        *m_view, session, m_figure.offered,
        [this]() -> FigureSaver::Subject {
            if (!m_shown.table)
                return {};
            return {&m_figure, m_shown.figure, QString::fromLatin1(m_figure.name)};
        },
        this);
    m_saver->setHandle(titleWidget());
    // None of this happens in a histogram, whose bars stand for no gene.
    m_view->setToolTipSource(
        [this](size_t row) { return geneToolTip(*m_shown.table, row).join(QStringLiteral("<br>")); });
    connect(m_view, &ChartView::clicked, this, [this](int datum, bool toggles) {
        if (datum < 0)
            return;
        const auto row = static_cast<size_t>(datum);
        const QString gene = QString::fromStdString(m_shown.table->genes()[row].geneId);
        if (toggles)
            m_genome.select({row}, m_genome.selected().contains(gene) ? BrushMode::Subtract : BrushMode::Add);
        else
            Q_EMIT geneRequested(gene);
    });
    connect(m_view, &ChartView::brushed, &genome, &Genome::select);
    connect(&genome, &Genome::tableChanged, this, &GenomePanel::takeTable);
    connect(&genome, &Genome::focusChanged, this, &GenomePanel::refresh);
    connect(&session.shown(), &ShownGene::geneChanged, this, &GenomePanel::markGene);
    takeTable();
}

GenomeFigureOptions GenomePanel::options() const {
    return {m_otherModel == nullptr ? std::string() : m_otherModel->currentText().toStdString()};
}

void GenomePanel::takeTable() {
    const GenomeTable& table = *m_genome.table();
    if (m_otherModel != nullptr) {
        const QString chosen = m_otherModel->currentText();
        const QSignalBlocker blocker(m_otherModel);
        m_otherModel->clear();
        for (const std::string& model : otherModels(table))
            m_otherModel->addItem(QString::fromStdString(model));
        m_otherModel->setCurrentIndex(std::max(0, m_otherModel->findText(chosen)));
        m_otherModel->setVisible(m_otherModel->count() > 1);
    }
    refresh();
}

void GenomePanel::refresh() {
    m_session.jobs().run<Shown>(
        {}, QStringLiteral("genome figure %1").arg(reinterpret_cast<quintptr>(this)),
        JobRunner::Priority::Seen,
        [&figure = m_figure, spec = GenomeFigureSpec{m_genome.table(), m_genome.focus(), m_genome.filter(),
                                                     options()}](const RunContext&) -> Result<Shown> {
            return Shown{figure.make(spec), spec.table};
        },
        this,
        [this](Result<Shown> shown) {
            const bool changed = shown->figure.empty != m_shown.figure.empty;
            m_shown = std::move(*shown);
            m_stale = true;
            if (changed)
                Q_EMIT emptyTextChanged();
            if (m_stale && isVisible())
                draw();
        });
}

void GenomePanel::draw() {
    m_stale = false;
    setTitle(translated(m_shown.figure.info.title.toStdString()));
    setSummary(m_shown.figure.summary);
    m_view->setAccessibleName(translated(m_shown.figure.info.title.toStdString()));
    m_view->setPlaceholder(m_shown.figure.empty);
    if (m_shown.figure.draw && m_shown.figure.empty.isEmpty())
        m_view->setFigure(m_shown.figure.draw, ChartView::Keep::View);
    else
        m_view->clearFigure();
    markGene();
}

void GenomePanel::markGene() {
    const Gene* gene = m_session.shown().gene();
    m_view->setSelected(gene == nullptr || !m_shown.table ? std::nullopt
                                                          : m_shown.table->rowOfGene(gene->id));
}

void GenomePanel::setChartStyle(const ChartStyle& style) {
    PanelCard::setChartStyle(style);
    m_view->setChartStyle(style);
}

void GenomePanel::showEvent(QShowEvent* event) {
    PanelCard::showEvent(event);
    if (m_stale)
        draw();
}

} // namespace diploscope::ui
