// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/genome_panel.h"

#include "charts/genome_figures.h"
#include "viewmodels/genome_text.h"
#include "views/elided_combo_box.h"

#include <QSignalBlocker>
#include <QVBoxLayout>

namespace diploscope::ui {

GenomePanel::GenomePanel(GenomeFigure figure, Session& session, Genome& genome, QWidget* parent)
    : PanelCard({}, parent)
    , m_figure(figure)
    , m_session(session)
    , m_genome(genome)
    , m_view(new ChartView(ChartView::Zoom::Plane)) {
    m_view->setBrush(true);
    content()->addWidget(m_view, 1);
    if (figure == GenomeFigure::ModelModel) {
        m_otherModel = new ElidedComboBox(this);
        m_otherModel->setAccessibleName(tr("The other model"));
        addToHeader(m_otherModel);
        connect(m_otherModel, &QComboBox::currentIndexChanged, this, &GenomePanel::draw);
    }
    m_saver = new FigureSaver(
        *m_view, session.jobs(), {85, 75, 300},
        [this]() -> FigureSaver::Subject {
            const auto table = m_genome.table();
            auto provenance = table->provenance();
            provenance.emplace_back("null", toText(table->null()));
            if (!m_genome.filter().isEmpty())
                provenance.emplace_back("genes in focus", m_genome.filter().toStdString());
            return {{genomeFigureText(m_figure, *table, options()).title, std::move(provenance)},
                    genomeFigureFile(m_figure)};
        },
        this);
    if (!isHistogram(figure)) {
        m_view->setToolTipSource(
            [this](size_t row) { return geneToolTip(*m_genome.table(), row).join(QStringLiteral("<br>")); });
        connect(m_view, &ChartView::clicked, this, [this](int row) {
            if (row >= 0)
                Q_EMIT geneRequested(
                    QString::fromStdString(m_genome.table()->genes()[static_cast<size_t>(row)].geneId));
        });
        connect(m_view, &ChartView::brushed, &genome, &Genome::select);
    }
    connect(&genome, &Genome::tableChanged, this, &GenomePanel::takeTable);
    connect(&genome, &Genome::focusChanged, this, &GenomePanel::draw);
    connect(&session, &Session::geneChanged, this, &GenomePanel::markGene);
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
    const GenomeFigureText text = genomeFigureText(m_figure, table, options());
    m_empty = text.empty;
    setTitle(text.title);
    m_view->setAccessibleName(text.title);
    m_view->setPlaceholder(text.empty);
    draw();
}

void GenomePanel::draw() {
    m_stale = !isVisible();
    if (m_stale)
        return;
    if (!m_empty.isEmpty()) {
        setSummary({});
        m_view->clearFigure();
        return;
    }
    const auto table = m_genome.table();
    setSummary(genomeFigureText(m_figure, *table, options()).summary);
    m_view->setFigure(genomeFigure(m_figure, table, m_genome.focus(), options()), ChartView::Keep::View);
    markGene();
}

void GenomePanel::markGene() {
    const Gene* gene = m_session.gene();
    if (!isHistogram(m_figure))
        m_view->setSelected(gene == nullptr ? std::nullopt
                                            : m_genome.rowOf(QString::fromStdString(gene->id)));
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

QString genomeFigureFile(GenomeFigure figure) {
    switch (figure) {
    case GenomeFigure::ObservedPredicted:
        return QStringLiteral("figure_1B");
    case GenomeFigure::NullR:
        return QStringLiteral("figure_2A");
    case GenomeFigure::PredixcanR:
        return QStringLiteral("figure_2C");
    case GenomeFigure::SupportedR:
        return QStringLiteral("figure_2E");
    case GenomeFigure::DriverDistance:
        return QStringLiteral("figure_2F");
    case GenomeFigure::NullHistogram:
        return QStringLiteral("histogram_of_r");
    case GenomeFigure::ModelModel:
        return QStringLiteral("model_against_model");
    }
    return {};
}

} // namespace diploscope::ui
