// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/genome.h"
#include "views/gene_header.h"

#include <QWidget>

class QGridLayout;
class QHBoxLayout;
class QTableWidget;
class QVBoxLayout;

namespace diploscope::ui {

class GenomePanel;

/// The session's gene in a study of published tables: what they say of it, its drivers, and where it stands
/// among all genes. There are no people to show. GUI thread.
class GeneFactsPage : public QWidget {
    Q_OBJECT

public:
    GeneFactsPage(Session& session, Genome& genome, QWidget* parent = nullptr);
    void setChartStyle(const ChartStyle& style);
    [[nodiscard]] QTableWidget& drivers() const { return *m_drivers; }
    /// All facts, a line each: "Pearson r: 0.85".
    [[nodiscard]] QStringList facts() const;
    /// Less than its parts would like: the stack of pages takes the largest of all.
    [[nodiscard]] QSize minimumSizeHint() const override { return {600, 400}; }

Q_SIGNALS:
    void geneRequested(const QString& geneId); ///< another one, in the figures

private:
    void showGene();
    void showDrivers(const std::vector<DriverRow>& drivers);

    Session& m_session;
    Genome& m_genome;
    GeneHeader* m_header;
    QHBoxLayout* m_cards;
    PanelCard* m_driverCard;
    QTableWidget* m_drivers;
    std::vector<PanelCard*> m_factCards;
    std::vector<GenomePanel*> m_figures;
    std::optional<ChartStyle> m_style;
};

} // namespace diploscope::ui
