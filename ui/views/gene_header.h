// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/theme.h"
#include "viewmodels/gene_summary.h"
#include "views/panel_card.h"

#include <QWidget>

namespace diploscope::ui {

/// A rounded label on a tint of its own colour, with a shape for those who do not see the colour.
class Chip final : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;
    void show(const QString& text, GeneSummary::Tone tone);
    void setChartStyle(const ChartStyle& style);
    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {40, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
    GeneSummary::Tone m_tone = GeneSummary::Tone::Neutral;
    std::optional<ChartStyle> m_style;
};

/// The gene page's headline: symbol, where, how many, how far from chance, and the verdict.
class GeneHeader final : public QWidget {
    Q_OBJECT

public:
    explicit GeneHeader(QWidget* parent = nullptr);
    void show(const GeneSummary& summary);
    void setChartStyle(const ChartStyle& style);
    [[nodiscard]] QString symbol() const { return m_symbol->fullText(); }
    [[nodiscard]] QString facts() const { return m_facts->fullText(); }
    [[nodiscard]] QString nulls() const { return m_nulls->fullText(); }
    [[nodiscard]] QString verdict() const { return m_chip->text(); }

private:
    ElidedLabel* m_symbol;
    ElidedLabel* m_facts;
    ElidedLabel* m_nulls;
    Chip* m_chip;
};

} // namespace diploscope::ui
