// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/haplotype_item.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace diploscope::ui {
namespace {

/// Where an edge between pixels lies among rows: `row` and how far into it.
struct RowEdge {
    size_t row = 0;
    float into = 0;
};

/// What the rows of one column of pixels hold, summed from below: any stretch of rows is one subtraction.
class ColumnSums {
public:
    explicit ColumnSums(size_t rows)
        : m_alternate(rows), m_unclear(rows), m_alternateUpTo(rows + 1), m_unclearUpTo(rows + 1) {}

    void clear() {
        std::fill(m_alternate.begin(), m_alternate.end(), 0);
        std::fill(m_unclear.begin(), m_unclear.end(), 0);
        m_weight = 0;
    }
    void add(const uint8_t* alleles, uint32_t weight) {
        for (size_t row = 0; row < m_alternate.size(); ++row) {
            m_alternate[row] += alleles[row] == 1 ? weight : 0;
            m_unclear[row] += alleles[row] > 1 ? weight : 0;
        }
        m_weight += weight;
    }
    void sum() {
        for (size_t row = 0; row < m_alternate.size(); ++row) {
            m_alternateUpTo[row + 1] = m_alternateUpTo[row] + static_cast<float>(m_alternate[row]);
            m_unclearUpTo[row + 1] = m_unclearUpTo[row] + static_cast<float>(m_unclear[row]);
        }
    }
    [[nodiscard]] uint32_t weight() const { return m_weight; }
    [[nodiscard]] float alternate(const RowEdge& lower, const RowEdge& upper) const {
        return upTo(m_alternateUpTo, upper) - upTo(m_alternateUpTo, lower);
    }
    [[nodiscard]] float unclear(const RowEdge& lower, const RowEdge& upper) const {
        return upTo(m_unclearUpTo, upper) - upTo(m_unclearUpTo, lower);
    }

private:
    static float upTo(const std::vector<float>& sums, const RowEdge& edge) {
        const float below = sums[edge.row];
        return edge.into == 0 ? below : below + edge.into * (sums[edge.row + 1] - below);
    }

    std::vector<uint32_t> m_alternate; ///< [rows], weights
    std::vector<uint32_t> m_unclear;
    std::vector<float> m_alternateUpTo; ///< [rows + 1]
    std::vector<float> m_unclearUpTo;
    uint32_t m_weight = 0;
};

QRgb mixed(QRgb reference, QRgb alternate, QRgb unclear, float altShare, float unclearShare, float cover) {
    const float refShare = std::max(0.0F, 1 - altShare - unclearShare);
    const auto channel = [&](int (*part)(QRgb)) {
        const float value = refShare * static_cast<float>(part(reference)) +
                            altShare * static_cast<float>(part(alternate)) +
                            unclearShare * static_cast<float>(part(unclear));
        return std::clamp(static_cast<int>(value * cover + 0.5F), 0, 255);
    };
    const int alpha = std::clamp(static_cast<int>(255 * cover + 0.5F), 0, 255);
    const auto held = [alpha](int value) { return std::min(value, alpha); }; // premultiplied
    return qRgba(held(channel(qRed)), held(channel(qGreen)), held(channel(qBlue)), alpha);
}

constexpr uint32_t wholePixel = 256;

} // namespace

HaplotypeItem::HaplotypeItem(std::shared_ptr<const HaplotypeRows> shown, const ChartStyle& style,
                             std::set<size_t> people, QGraphicsItem* parent)
    : ImageItem(parent)
    , m_shown(std::move(shown))
    , m_reference(style.theme.faint.rgb())
    , m_alternate(style.theme.accent.rgb())
    , m_unclear(style.theme.sets.front().rgb())
    , m_ground(style.theme.card)
    , m_mark(style.theme.text)
    , m_ruleWidth(style.ruleWidth) {
    for (size_t row = 0; row < m_shown->rows.size(); ++row)
        if (people.contains(m_shown->rows[row].person))
            m_markedRows.push_back(row);
}

HaplotypeItem::Reach HaplotypeItem::reachOf(size_t snv) const {
    const std::vector<double>& positions = m_shown->positions;
    const double scale = map().plot.width() / map().x.span();
    const auto place = [&](size_t at) { return (positions[at] - map().x.lower) * scale; };
    const double middle = place(snv);
    const double reach = std::max(MostReach, scale / 2); // a base that is wider is shown whole
    Reach found{middle - reach, middle + reach};
    if (snv > 0)
        found.left = std::max(found.left, (middle + place(snv - 1)) / 2);
    if (snv + 1 < positions.size())
        found.right = std::min(found.right, (middle + place(snv + 1)) / 2);
    return found;
}

std::pair<size_t, size_t> HaplotypeItem::seen() const {
    const std::vector<double>& positions = m_shown->positions;
    const double beside = std::max(MostReach * map().x.span() / map().plot.width(), 1.0);
    const auto first = std::lower_bound(positions.begin(), positions.end(), map().x.lower - beside);
    const auto last = std::upper_bound(first, positions.end(), map().x.upper + beside);
    return {static_cast<size_t>(first - positions.begin()), static_cast<size_t>(last - positions.begin())};
}

void HaplotypeItem::draw(QImage& target, double ratio) const {
    const auto rows = static_cast<double>(m_shown->rows.size());
    const int width = target.width();
    const int height = target.height();
    if (m_shown->rows.empty() || m_shown->positions.empty())
        return;
    std::vector<RowEdge> edges(static_cast<size_t>(height) + 1); // from the top
    for (int y = 0; y <= height; ++y) {
        const double value = std::clamp(map().y.upper - map().y.span() * y / height, 0.0, rows);
        const double whole = std::floor(value);
        edges[static_cast<size_t>(y)] = {static_cast<size_t>(whole), static_cast<float>(value - whole)};
    }
    const auto rowsAPixel = static_cast<float>(map().y.span() / height);
    ColumnSums sums(m_shown->rows.size());
    auto [snv, end] = seen();
    std::optional<size_t> alone; // the SNV that all of the last column was of
    for (int x = 0; x < width && snv < end; ++x) {
        while (snv < end && reachOf(snv).right * ratio <= x)
            ++snv;
        if (snv == end)
            break;
        const Reach first = reachOf(snv);
        if (first.left * ratio >= x + 1)
            continue;
        const bool whole = first.left * ratio <= x && first.right * ratio >= x + 1;
        if (!whole || alone != snv) {
            sums.clear();
            for (size_t at = snv; at < end; ++at) {
                const Reach reach = reachOf(at);
                if (reach.left * ratio >= x + 1)
                    break;
                const double covered =
                    std::min(reach.right * ratio, x + 1.0) - std::max(reach.left * ratio, double(x));
                if (covered > 0)
                    sums.add(m_shown->column(at), static_cast<uint32_t>(std::lround(covered * wholePixel)));
            }
            sums.sum();
        }
        alone = whole ? std::optional(snv) : std::nullopt;
        if (sums.weight() == 0)
            continue;
        const float cover = std::min(1.0F, static_cast<float>(sums.weight()) / wholePixel);
        for (int y = 0; y < height; ++y) {
            const RowEdge& upper = edges[static_cast<size_t>(y)];
            const RowEdge& lower = edges[static_cast<size_t>(y) + 1];
            const float covered = static_cast<float>(upper.row - lower.row) + upper.into - lower.into;
            if (covered <= 0)
                continue;
            const float all = covered * static_cast<float>(sums.weight());
            reinterpret_cast<QRgb*>(target.scanLine(y))[x] =
                mixed(m_reference, m_alternate, m_unclear, sums.alternate(lower, upper) / all,
                      sums.unclear(lower, upper) / all, cover * std::min(1.0F, covered / rowsAPixel));
        }
    }
}

/// Cells of what is neither REF nor ALT are hollow, where they have room for it.
void HaplotypeItem::paintUnclear(QPainter& painter) const {
    const QRectF& plot = map().plot;
    const auto rows = static_cast<double>(m_shown->rows.size());
    if (plot.height() / map().y.span() < LeastHollow)
        return;
    const auto first = static_cast<size_t>(std::clamp(std::floor(map().y.lower), 0.0, rows));
    const auto last = static_cast<size_t>(std::clamp(std::ceil(map().y.upper), 0.0, rows));
    const auto [from, to] = seen();
    for (size_t snv = from; snv < to; ++snv) {
        const Reach reach = reachOf(snv);
        if (reach.right - reach.left < LeastHollow)
            continue;
        const uint8_t* alleles = m_shown->column(snv);
        for (size_t row = first; row < last; ++row) {
            if (alleles[row] <= 1)
                continue;
            const auto at = static_cast<double>(row);
            const QRectF cell(QPointF(plot.left() + reach.left, map().toY(at + 1)),
                              QPointF(plot.left() + reach.right, map().toY(at)));
            painter.fillRect(cell.adjusted(Frame, Frame, -Frame, -Frame) & plot, m_ground);
        }
    }
}

void HaplotypeItem::paintOver(QPainter& painter) const {
    const QRectF& plot = map().plot;
    paintUnclear(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    for (const size_t row : m_markedRows) {
        const auto at = static_cast<double>(row);
        if (!map().showsY(at + 0.5))
            continue;
        // A frame round the row, which may be lower than a line, and a tip that points at it.
        const double top = std::max(map().toY(at + 1), plot.top());
        const double bottom = std::min(map().toY(at), plot.bottom());
        const double middle = (top + bottom) / 2;
        const double half = std::max((bottom - top) / 2, m_ruleWidth);
        painter.setPen(QPen(m_mark, m_ruleWidth));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(plot.left(), middle - half, plot.width(), 2 * half));
        const double size = 4 * m_ruleWidth;
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_mark);
        painter.drawPolygon(
            QPolygonF({QPointF(plot.left(), middle - size), QPointF(plot.left() + 1.5 * size, middle),
                       QPointF(plot.left(), middle + size)}));
    }
}

std::optional<HaplotypeItem::Cell> HaplotypeItem::cellAt(QPointF at) const {
    const QRectF& plot = map().plot;
    if (!plot.contains(at) || m_shown->rows.empty())
        return std::nullopt;
    const double value = map().y.lower + (plot.bottom() - at.y()) / plot.height() * map().y.span();
    if (value < 0 || value >= static_cast<double>(m_shown->rows.size()))
        return std::nullopt;
    Cell cell{static_cast<size_t>(value), std::nullopt, {}};
    double left = plot.left();
    double right = plot.right();
    const auto [first, last] = seen();
    for (size_t snv = first; snv < last; ++snv) {
        const Reach reach = reachOf(snv);
        if (at.x() < plot.left() + reach.left || at.x() >= plot.left() + reach.right)
            continue;
        cell.snv = snv;
        left = std::max(left, plot.left() + reach.left);
        right = std::min(right, plot.left() + reach.right);
        break;
    }
    const auto row = static_cast<double>(cell.row);
    cell.rect = QRectF(QPointF(left, std::max(map().toY(row + 1), plot.top())),
                       QPointF(right, std::min(map().toY(row), plot.bottom())));
    return cell;
}

} // namespace diploscope::ui
