// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/audit_panel.h"

#include "viewmodels/audit_text.h"
#include "viewmodels/effect_text.h"
#include "viewmodels/gene_text.h"
#include "views/dialog_parts.h"

#include <QHeaderView>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <cmath>

namespace diploscope::ui {

AuditPanel::AuditPanel(Session& session, Experiments& experiments, Selection& selection, QWidget* parent)
    : ExperimentPanel(tr("Do effects add up, and whose signs would have to turn?"), session, experiments,
                      selection, parent)
    , m_run(new QPushButton(tr("Audit")))
    , m_additivity(makeText({}, "plain", true))
    , m_court(makeText({}, "plain", true))
    , m_pairsHeading(makeText(tr("Interactions of pairs of drivers on the reference: what both do together "
                                 "beyond what each does"),
                              "small"))
    , m_pairs(new QTableWidget) {
    explainBy(QStringLiteral("why-wrong.md#do-effects-add-up"));
    m_run->setProperty("role", QStringLiteral("primary"));
    m_additivity->setObjectName(QStringLiteral("additivity"));
    m_court->setObjectName(QStringLiteral("signCourt"));
    m_pairs->setAccessibleName(tr("Pairs of drivers"));
    m_pairs->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_pairs->setTabKeyNavigation(false);
    content()->setSpacing(Gap);
    content()->addWidget(m_run, 0, Qt::AlignLeft);
    content()->addWidget(m_additivity);
    content()->addWidget(m_court);
    content()->addWidget(m_pairsHeading);
    content()->addWidget(m_pairs, 1);
    content()->addStretch(0);
    connect(m_run, &QPushButton::clicked, this, [this] {
        if (this->experiments().requests().audit)
            this->experiments().again();
        else
            ask(tr("Audit"), [](ExperimentRequests& next) { next.audit = true; });
    });
    AuditPanel::refresh();
}

QString AuditPanel::additivityText() const {
    return m_additivity->text();
}

QString AuditPanel::courtText() const {
    return m_court->text();
}

void AuditPanel::refresh() {
    const auto outcome = experiments().audit().outcome;
    const auto locus = experiments().locus();
    m_run->setEnabled(locus != nullptr && !experiments().audit().running);
    if (!outcome || !locus || !experiments().requests().audit) {
        m_additivity->setText(experiments().audit().running
                                  ? tr("computing…")
                                  : tr("Everybody's prediction against the sum of single effects, pairs of "
                                       "drivers, and the smallest set of drivers whose signs would have to "
                                       "turn."));
        m_court->clear();
        m_pairsHeading->hide();
        m_pairs->hide();
        m_shown.reset();
        return;
    }
    if (outcome == m_shown)
        return;
    m_shown = outcome;
    m_additivity->setText(ui::additivityText(outcome->found, locus->locus.people()));
    m_court->setText(signCourtText(outcome->found) +
                     (outcome->found.note.empty()
                          ? QString()
                          : QLatin1Char(' ') + QString::fromStdString(outcome->found.note)));
    showPairs(outcome->found);
}

void AuditPanel::showPairs(const Audit& found) {
    const Eigen::MatrixXd& pairs = found.interactions.pairs;
    const auto count = static_cast<int>(pairs.rows());
    m_pairsHeading->setVisible(count > 1);
    m_pairs->setVisible(count > 1);
    QStringList names;
    for (int v = 0; v < count; ++v)
        names << shownName(toText(found.drivers[static_cast<size_t>(v)]));
    m_pairs->clear();
    m_pairs->setRowCount(count);
    m_pairs->setColumnCount(count);
    m_pairs->setHorizontalHeaderLabels(names);
    m_pairs->setVerticalHeaderLabels(names);
    for (int v = 0; v < count; ++v)
        for (int w = 0; w < count; ++w) {
            const double value = v == w ? found.interactions.effects[v] : pairs(v, w);
            auto* cell = new QTableWidgetItem(std::isnan(value) ? QString() : changeText(value));
            cell->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            if (v == w) {
                QFont own = cell->font();
                own.setItalic(true);
                cell->setFont(own);
                cell->setToolTip(tr("The effect of %1 alone").arg(names[v]).toHtmlEscaped());
            }
            m_pairs->setItem(v, w, cell);
        }
    m_pairs->resizeColumnsToContents();
}

} // namespace diploscope::ui
