// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/figure_genes_dialog.h"

#include "viewmodels/counted_text.h"
#include "views/dialog_parts.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

#include <set>
#include <utility>

namespace diploscope::ui {

FigureGenesDialog::FigureGenesDialog(const Session& session, const Genome& genome, QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_genome(genome)
    , m_which(new QComboBox)
    , m_written(new QPlainTextEdit)
    , m_format(new QComboBox)
    , m_count(makeText({}, "small"))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel)) {
    setWindowTitle(tr("A figure for each of several genes"));
    const auto add = [&](const QString& words, Which which) {
        m_which->addItem(words, static_cast<int>(which));
    };
    add(tr("Genes that I write"), Which::Written);
    if (!genome.selected().isEmpty())
        add(tr("Genes selected among all"), Which::Selected);
    if (genome.focusCount() > 0)
        add(tr("Genes in focus"), Which::Focused);
    add(tr("All genes of the study"), Which::All);
    m_written->setPlaceholderText(tr("COMT, SLC25A1 or one a line"));
    m_written->setTabChangesFocus(true);
    m_written->setMinimumHeight(80);
    for (const auto& [words, format] : {std::pair(tr("PDF, for print"), FigureFormat::Pdf),
                                        std::pair(tr("SVG, for editing"), FigureFormat::Svg),
                                        std::pair(tr("PNG, for slides"), FigureFormat::Png)})
        m_format->addItem(words, static_cast<int>(format));
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("Choose a folder…"));
    auto* form = makeForm();
    form->addRow(tr("Genes"), m_which);
    form->addRow({}, m_written);
    form->addRow({}, m_count);
    form->addRow(tr("Format"), m_format);
    auto* all = new QVBoxLayout(this);
    all->addWidget(
        makeText(tr("The figure is made again for each of these genes. What holds for the gene shown "
                    "alone is left out: SNVs, places, limits of axes."),
                 "muted"));
    all->addLayout(form);
    all->addStretch();
    all->addWidget(m_buttons);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_which, &QComboBox::currentIndexChanged, this, &FigureGenesDialog::take);
    connect(m_written, &QPlainTextEdit::textChanged, this, &FigureGenesDialog::take);
    constexpr int width = 460;
    setMinimumWidth(width);
    take();
}

FigureFormat FigureGenesDialog::format() const {
    return static_cast<FigureFormat>(m_format->currentData().toInt());
}

void FigureGenesDialog::take() {
    m_genes.clear();
    std::set<std::string> known;
    QStringList unknown;
    const auto add = [&](const std::string& name) {
        const auto gene = m_session.study()->findGene(name);
        if (!gene)
            unknown << QString::fromStdString(name);
        else if (known.insert((*gene)->gene.id).second)
            m_genes.push_back((*gene)->gene.id);
    };
    const auto which = static_cast<Which>(m_which->currentData().toInt());
    m_written->setVisible(which == Which::Written);
    switch (which) {
    case Which::All:
        for (const StudyGene& gene : m_session.study()->genes())
            m_genes.push_back(gene.gene.id);
        break;
    case Which::Focused:
        if (const auto focus = m_genome.focus())
            for (size_t row = 0; row < focus->size(); ++row)
                if ((*focus)[row])
                    add(m_genome.table()->genes()[row].geneId);
        break;
    case Which::Selected:
        for (const StudyGene& gene : m_session.study()->genes())
            if (m_genome.selected().contains(QString::fromStdString(gene.gene.id)))
                add(gene.gene.id);
        break;
    case Which::Written:
        for (const QString& name : m_written->toPlainText().split(
                 QRegularExpression(QStringLiteral("[\\s,;]+")), Qt::SkipEmptyParts))
            add(name.toStdString());
        break;
    }
    QString words = countedText(static_cast<qsizetype>(m_genes.size()), counted::genes);
    if (!unknown.isEmpty())
        words += tr("; not in the study: %1").arg(unknown.join(QStringLiteral(", ")));
    m_count->setText(words);
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(!m_genes.empty());
}

} // namespace diploscope::ui
