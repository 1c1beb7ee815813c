// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/figure_walk.h"

#include "charts/furniture.h"
#include "charts/plot_chart.h"
#include "export/figure_record.h"

#include <QFontMetricsF>
#include <QGraphicsItemGroup>
#include <QGraphicsTextItem>
#include <QPainter>
#include <QStyleOptionGraphicsItem>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>

#include <algorithm>
#include <utility>
#include <vector>

namespace diploscope::ui {
namespace {

/// A line of a text item, as it is laid out, with its runs.
RichLabel lineOf(const QTextBlock& block, const QTextLine& line) {
    const int from = line.textStart(), to = from + line.textLength();
    std::vector<RichLabel::Run> runs;
    for (auto i = block.begin(); !i.atEnd(); ++i) {
        const QTextFragment fragment = i.fragment();
        const int begin = fragment.position() - block.position();
        const int first = std::max(from, begin), last = std::min(to, begin + fragment.length());
        if (first >= last)
            continue;
        const QTextCharFormat format = fragment.charFormat();
        const auto script =
            format.verticalAlignment() == QTextCharFormat::AlignSuperScript ? LabelRun::Script::Above
            : format.verticalAlignment() == QTextCharFormat::AlignSubScript ? LabelRun::Script::Below
                                                                            : LabelRun::Script::None;
        QString text = fragment.text().mid(first - begin, last - first);
        text.remove(QChar::LineSeparator);
        if (!text.isEmpty())
            runs.push_back({std::move(text), format.fontItalic(), script});
    }
    return RichLabel(std::move(runs));
}

/// One walk through a figure.
class FigureWalk {
public:
    FigureWalk(const PartNames& names, QPainter& painter, FigureRecorder& recorder)
        : m_names(names), m_painter(painter), m_recorder(recorder), m_base(painter.worldTransform()) {}

    void visit(QGraphicsItem& item, const QString& group) {
        if (!item.isVisible() || item.effectiveOpacity() <= 0)
            return;
        const QString own = groupOf(item, group);
        const QList<QGraphicsItem*> children = item.childItems(); // in stacking order
        for (QGraphicsItem* child : children)
            if (child->flags().testFlag(QGraphicsItem::ItemStacksBehindParent))
                visit(*child, own);
        draw(item, own);
        for (QGraphicsItem* child : children)
            if (!child->flags().testFlag(QGraphicsItem::ItemStacksBehindParent))
                visit(*child, own);
    }

private:
    static QString joined(const QString& group, const QString& name) {
        return group.isEmpty() ? name : group + QLatin1Char('/') + name;
    }
    /// "marks", and "marks-2" for the next one of that name there.
    QString unique(const QString& group, const QString& name) {
        const QString whole = joined(group, name);
        const int count = ++m_counts[whole];
        return count == 1 ? whole : whole + QLatin1Char('-') + QString::number(count);
    }

    QString groupOf(const QGraphicsItem& item, const QString& group) {
        if (const auto named = m_names.find(&item); named != m_names.end())
            return unique(group, named->second);
        if (const auto* plotItem = dynamic_cast<const PlotItem*>(&item))
            return unique(group, QLatin1String(plotItem->partName()));
        if (const auto* furniture = dynamic_cast<const FurnitureItem*>(&item))
            return unique(group, QLatin1String(furniture->partName()));
        if (const auto* chart = dynamic_cast<const PlotChart*>(item.parentItem()))
            if (const QString axis = axisOf(item, *chart); !axis.isEmpty())
                return joined(group, axis);
        return group;
    }

    /// Of a line where it is drawn: those of axes say that they are wider, to be clicked at. Empty of others.
    static QRectF boxOf(const QGraphicsItem& item) {
        if (dynamic_cast<const QGraphicsTextItem*>(&item) != nullptr)
            return item.boundingRect();
        const auto* line = dynamic_cast<const QGraphicsLineItem*>(&item);
        return line == nullptr
                   ? QRectF()
                   : QRectF(line->line().p1(), line->line().p2()).normalized().adjusted(-0.1, -0.1, 0.1, 0.1);
    }

    /// Qt Charts has the lines, labels and titles of both axes beside each other below the chart: they are
    /// told by where they are. Empty: no part of an axis.
    static QString axisOf(const QGraphicsItem& item, const PlotChart& chart) {
        constexpr double near = 1.5; // an axis' line stands this far from the plot at most
        const bool isTitle = dynamic_cast<const QGraphicsTextItem*>(&item) != nullptr;
        QRectF box = boxOf(item);
        bool hasText = false;
        if (dynamic_cast<const QGraphicsItemGroup*>(&item) != nullptr)
            for (const QGraphicsItem* child : item.childItems())
                if (child->isVisible()) {
                    box |= child->mapRectToParent(boxOf(*child));
                    hasText = hasText || dynamic_cast<const QGraphicsTextItem*>(child) != nullptr;
                }
        if (box.isEmpty())
            return {};
        box = item.mapRectToParent(box);
        const QRectF plot = chart.plotArea();
        const QString part = isTitle   ? QStringLiteral("title")
                             : hasText ? QStringLiteral("labels")
                                       : QStringLiteral("line");
        if (box.right() <= plot.left() + near)
            return QStringLiteral("axis-y/") + part;
        if (box.top() >= plot.bottom() - near)
            return QStringLiteral("axis-x/") + part;
        return {};
    }

    void draw(QGraphicsItem& item, const QString& group) {
        if (item.flags().testFlag(QGraphicsItem::ItemHasNoContents))
            return;
        m_recorder.setPart(group);
        const QTransform toPoints = item.sceneTransform() * m_base;
        if (const auto* marks = dynamic_cast<const MarkItem*>(&item)) {
            if (marks->look().opacity > 0 && !marks->marks().empty() && !marks->map().plot.isEmpty())
                m_recorder.addMarks({marks->marks(), marks->look(), marks->map()}, toPoints);
            return;
        }
        m_painter.save();
        m_painter.setWorldTransform(toPoints);
        m_painter.setOpacity(item.effectiveOpacity());
        if (const auto* text = dynamic_cast<const QGraphicsTextItem*>(&item)) {
            drawText(*text, group);
        } else {
            QStyleOptionGraphicsItem option;
            option.state = QStyle::State_Enabled;
            option.exposedRect = item.boundingRect();
            option.rect = option.exposedRect.toAlignedRect();
            item.paint(&m_painter, &option, nullptr);
        }
        m_painter.restore();
    }

    void drawText(const QGraphicsTextItem& item, const QString& group) {
        const TextAnchor anchor = group.endsWith(QLatin1String("axis-y/labels")) ? TextAnchor::End
                                  : group.contains(QLatin1String("axis-"))       ? TextAnchor::Middle
                                                                                 : TextAnchor::Start;
        (void)item.document()->size(); // laid out to its end
        for (QTextBlock block = item.document()->begin(); block.isValid(); block = block.next()) {
            const QTextLayout* layout = block.layout();
            for (int i = 0; i < layout->lineCount(); ++i) {
                const QTextLine line = layout->lineAt(i);
                QPointF at = layout->position() + line.position() + QPointF(0, line.ascent());
                if (anchor != TextAnchor::Start)
                    at.rx() += line.naturalTextWidth() / (anchor == TextAnchor::Middle ? 2 : 1);
                RichLabel label = lineOf(block, line);
                if (anchor == TextAnchor::End) {
                    // What holds a label off its axis on screen is no part of the text.
                    const QString plain = label.plain();
                    qsizetype kept = plain.size();
                    while (kept > 0 && plain[kept - 1].isSpace())
                        --kept;
                    at.rx() -= QFontMetricsF(item.font()).horizontalAdvance(plain.mid(kept));
                    label = label.part(0, kept);
                }
                m_recorder.takeText(at, label, item.font(), item.defaultTextColor(), anchor);
            }
        }
    }

    const PartNames& m_names;
    QPainter& m_painter;
    FigureRecorder& m_recorder;
    QTransform m_base;
    std::map<QString, int> m_counts;
};

} // namespace

void walkFigure(QGraphicsItem& item, const PartNames& names, QPainter& painter, FigureRecorder& recorder) {
    FigureWalk(names, painter, recorder).visit(item, {});
}

} // namespace diploscope::ui
