// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/theme.h"

#include <QLabel>
#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace diploscope::ui {

/// Plain text on one line, cut with an ellipsis where there is no room; the whole of it as a tooltip then.
class ElidedLabel final : public QLabel {
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget* parent = nullptr);
    void setFullText(const QString& text);
    [[nodiscard]] const QString& fullText() const { return m_text; }
    /// As wide as its text, but able to give way down to `pixels`; without it, it takes what room there is.
    void setLeastWidth(int pixels);
    /// Lines of plain text that the tooltip says whether or not the text is cut.
    void setExplanation(const QStringList& lines);
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
    QString m_explanation; ///< HTML
    int m_leastWidth = 24;
};

/// A white card with a title on the left, numbers that sum it up on the right, and room for content.
class PanelCard : public QWidget {
    Q_OBJECT

public:
    explicit PanelCard(const QString& title, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    /// Puts a "What is this?" at the end of the header. \param link of the guide, `reading.md#drivers`
    void explainBy(const QString& link);
    void setSummary(const QString& summary);
    [[nodiscard]] QString summary() const { return m_summary->fullText(); }
    virtual void setChartStyle(const ChartStyle& style);
    /// What its name is said in.
    [[nodiscard]] QWidget* titleWidget() const { return m_title; }
    [[nodiscard]] QVBoxLayout* content() const { return m_content; }

protected:
    /// Puts a small control between title and summary.
    void addToHeader(QWidget* control);
    /// Lets the title give way to controls, down to `pixels`.
    void setLeastTitle(int pixels) { m_title->setLeastWidth(pixels); }
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrangeHeader();

    ElidedLabel* m_title;
    QVBoxLayout* m_all;
    QHBoxLayout* m_header;
    ElidedLabel* m_summary;
    QVBoxLayout* m_content;
    QWidget* m_explain = nullptr;
    bool m_summaryBelow = false;
    QColor m_ground;
    QColor m_edge;
};

/// Colours a label's text, whatever the window's style sheet says of others.
void setTextColour(QWidget& label, const QColor& colour);

} // namespace diploscope::ui
