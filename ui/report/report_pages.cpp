// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/report_pages.h"

#include "charts/own_font.h"
#include "charts/theme.h"
#include "report/figure_object.h"

#include <QAbstractTextDocumentLayout>
#include <QPainter>
#include <QRegularExpression>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextTable>

#include <climits>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

namespace diploscope::ui {
namespace {

constexpr double textPt = 9, smallPt = 7.5, captionPt = 8, cellPt = 7.5;
constexpr double figureGapPt = 3.5 * 72.0 / 25.4; ///< between figures side by side
constexpr int headRow = -1;
constexpr int shortLines = 3; ///< of a paragraph that goes to the next page as a whole

/// A piece of a report by its block and, of a table, its row, of a paragraph, its first letter.
using Piece = std::pair<size_t, int>;

/// A piece of a report, and its texts in the document.
struct Anchor {
    Piece piece;
    bool isWhole = false;   ///< no page's end may part it
    bool keepsNext = false; ///< nor from the piece behind it
    std::vector<QTextBlock> texts;
};

double units(double pt) {
    return pt * reportUnit;
}

QTextCharFormat charsOf(const QFont& font) {
    QTextCharFormat format;
    format.setFont(font);
    return format;
}

QTextBlockFormat blockOf(double above, double below) {
    QTextBlockFormat format;
    format.setTopMargin(units(above));
    format.setBottomMargin(units(below));
    format.setAlignment(Qt::AlignLeft | Qt::AlignAbsolute);
    return format;
}

} // namespace

QFont reportFont(const QString& family, double pt, QFont::Weight weight) {
    return plainFont(family, static_cast<int>(std::lround(units(pt))), weight);
}

QString reportText(const QString& text) {
    QString plain;
    for (const QChar letter : text) {
        const ushort code = letter.unicode();
        const bool isBreak =
            letter.isSpace() && letter != QChar(QChar::Nbsp) && code != 0x202F && code != 0x2009;
        // Qt's own signs for objects and frames, and what no text should hold.
        const bool isForeign =
            code == 0xFFFC || (code >= 0xFDD0 && code <= 0xFDEF) || letter.category() == QChar::Other_Control;
        plain += isBreak ? QChar(QChar::Space) : isForeign ? QChar(QChar::ReplacementCharacter) : letter;
    }
    return plain;
}

RichLabel reportLabel(const QString& text, const QString& symbol) {
    // Not of names of files: "p.vcf", "a/r".
    QString pattern = QStringLiteral("(?<![\\w*’'./-])[rpnqRK](?![\\w’'/]|\\.\\w)|(?<!\\w)R(?=_lin\\b)");
    if (!symbol.isEmpty())
        pattern += QStringLiteral("|(?<![\\w-])%1(?![\\w-])").arg(QRegularExpression::escape(symbol));
    const QRegularExpression italic(pattern, QRegularExpression::UseUnicodePropertiesOption);
    std::vector<RichLabel::Run> runs;
    qsizetype end = 0;
    for (auto found = italic.globalMatch(text); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        runs.push_back({text.mid(end, match.capturedStart() - end)});
        runs.push_back({match.captured(), true});
        end = match.capturedEnd();
    }
    runs.push_back({text.mid(end)});
    return RichLabel(std::move(runs));
}

/// Some of a report as a document without pages.
struct ReportPages::Laid {
    /// \param first, end of what is in it, to the report's end without one
    Laid(const ReportDocument& report, double width, QString itsFamily, const FigureDrawer& draw,
         Piece itsFirst, std::optional<Piece> itsEnd)
        : figures(reportUnit, draw)
        , symbol(report.symbol)
        , family(std::move(itsFamily))
        , first(itsFirst)
        , end(itsEnd) {
        document.setUndoRedoEnabled(false);
        document.setDocumentMargin(0);
        document.setUseDesignMetrics(true);
        document.setDefaultFont(reportFont(family, textPt));
        QTextOption option = document.defaultTextOption();
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        document.setDefaultTextOption(option);
        document.documentLayout()->registerHandler(FigureObject::Type, &figures);
        cursor = QTextCursor(&document);
        cursor.beginEditBlock();
        const size_t blocks = end ? std::min(report.blocks.size(), end->first + 1) : report.blocks.size();
        for (size_t i = first.first; i < blocks; ++i)
            std::visit([&](const auto& block) { add(i, block); }, report.blocks[i]);
        if (isFresh)
            thin();
        cursor.endEditBlock();
        document.setTextWidth(width);
        fullHeight = document.size().height(); // asked for, as Qt else lays out no more than is drawn
    }

    [[nodiscard]] bool holds(const Piece& piece) const { return piece >= first && (!end || piece < *end); }
    /// Of the rows, or letters, of a block those that are in it.
    [[nodiscard]] std::pair<int, int> within(size_t number, size_t size) const {
        const auto all = static_cast<int>(size);
        return {number == first.first ? std::clamp(first.second, 0, all) : 0,
                end && number == end->first ? std::clamp(end->second, 0, all) : all};
    }

    /// A new paragraph, or the empty one that stands there anyway: at the beginning, and behind tables.
    void begin(QTextBlockFormat format, const QTextCharFormat& chars) {
        if (anchors.empty())
            format.setTopMargin(0);
        if (!isFresh)
            cursor.insertBlock();
        isFresh = false;
        cursor.setBlockFormat(format);
        cursor.setBlockCharFormat(chars);
        cursor.setCharFormat(chars);
    }
    /// Makes the paragraph at the cursor, which says nothing, take no room.
    void thin() {
        QTextBlockFormat format = blockOf(0, 0);
        format.setLineHeight(1, QTextBlockFormat::FixedHeight);
        isFresh = true;
        begin(format, charsOf(reportFont(family, 0.05)));
    }
    void say(const RichLabel& text, const QTextCharFormat& chars) {
        for (const RichLabel::Run& run : text.runs())
            cursor.insertText(reportText(run.text), charsOf(RichLabel::fontOf(run, chars.font())));
    }

    void add(size_t number, const ReportHeading& heading) {
        if (!holds({number, 0}))
            return;
        const bool isTitle = heading.level == 1;
        const QTextCharFormat chars = charsOf(reportFont(family, isTitle ? 17 : 11.5, QFont::DemiBold));
        begin(isTitle ? blockOf(0, 4) : blockOf(10, 4), chars);
        say(heading.text, chars);
        anchors.push_back({{number, 0}, true, true, {cursor.block()}});
    }
    void add(size_t number, const ReportParagraph& paragraph) {
        const auto [from, to] = within(number, static_cast<size_t>(paragraph.text.size()));
        if (from == to)
            return;
        const QTextCharFormat chars = charsOf(reportFont(family, paragraph.isSmall ? smallPt : textPt));
        QTextBlockFormat format = blockOf(0, paragraph.isSmall ? 3 : 5);
        format.setLineHeight(125, QTextBlockFormat::ProportionalHeight);
        begin(format, chars);
        const RichLabel label =
            paragraph.isVerbatim ? RichLabel(paragraph.text) : reportLabel(paragraph.text, symbol);
        say(label.part(from, to - from), chars);
        anchors.push_back({{number, from}, false, false, {cursor.block()}});
    }
    void add(size_t number, const ReportFigures& row) {
        if (!holds({number, 0}))
            return;
        const QTextCharFormat chars = charsOf(reportFont(family, captionPt));
        begin(blockOf(6, 8), chars);
        for (size_t i = 0; i < row.figures.size(); ++i)
            cursor.insertText(QString(QChar(QChar::ObjectReplacementCharacter)),
                              figures.formatOf(row.figures[i], i + 1 < row.figures.size() ? figureGapPt : 0));
        cursor.insertText(QString(QChar(QChar::LineSeparator)), chars);
        say(reportLabel(row.caption, symbol), chars);
        anchors.push_back({{number, 0}, true, false, {cursor.block()}});
    }
    void add(size_t number, const ReportTable& table) {
        if (!table.caption.isEmpty() && holds({number, headRow - 1})) {
            const QTextCharFormat chars = charsOf(reportFont(family, captionPt));
            begin(blockOf(4, 3), chars);
            say(reportLabel(table.caption, symbol), chars);
            anchors.push_back({{number, headRow - 1}, true, true, {cursor.block()}});
        }
        const auto [from, to] = within(number, table.rows.size());
        if (from < to)
            addRows(number, table, from, to);
    }
    /// With the table's head, whatever row is the first.
    void addRows(size_t number, const ReportTable& table, int from, int to) {
        if (!isFresh)
            cursor.insertBlock();
        thin();
        const double all =
            std::accumulate(table.columns.begin(), table.columns.end(), 0.0,
                            [](double sum, const ReportTable::Column& column) { return sum + column.share; });
        QTextTableFormat format;
        format.setBorder(0);
        format.setCellSpacing(0);
        format.setCellPadding(units(2));
        format.setHeaderRowCount(1);
        format.setBottomMargin(units(8)); // what follows has none above it, behind a table
        format.setWidth(QTextLength(QTextLength::PercentageLength, 100));
        QList<QTextLength> widths;
        for (const ReportTable::Column& column : table.columns)
            widths << QTextLength(QTextLength::PercentageLength, 100 * column.share / all);
        format.setColumnWidthConstraints(widths);
        const auto columns = static_cast<int>(table.columns.size());
        QTextTable* made = cursor.insertTable(to - from + 1, columns, format);
        const QTextCharFormat bold = charsOf(reportFont(family, cellPt, QFont::DemiBold));
        const QTextCharFormat plain = charsOf(reportFont(family, cellPt));
        const auto fill = [&](int row, const QColor& ground, const QTextCharFormat& chars, auto&& textOf) {
            Anchor anchor{{number, row == 0 ? headRow : from + row - 1}, true, row == 0, {}};
            for (int column = 0; column < columns; ++column) {
                QTextTableCell cell = made->cellAt(row, column);
                QTextCharFormat look = cell.format();
                look.setBackground(ground);
                cell.setFormat(look);
                QTextCursor inside = cell.firstCursorPosition();
                QTextBlockFormat block = blockOf(0, 0);
                const auto at = static_cast<size_t>(column);
                if (table.columns[at].isNumber)
                    block.setAlignment(Qt::AlignRight | Qt::AlignAbsolute);
                else if (at > 0 && table.columns[at - 1].isNumber) // which ends where this begins
                    block.setLeftMargin(units(8));
                inside.setBlockFormat(block);
                inside.setBlockCharFormat(chars);
                inside.insertText(reportText(textOf(at)), chars);
                anchor.texts.push_back(inside.block());
            }
            anchors.push_back(std::move(anchor));
        };
        fill(0, QColor(0xe4, 0xe8, 0xee), bold, [&](size_t column) { return table.columns[column].title; });
        for (int row = from; row < to; ++row)
            fill(row - from + 1, row % 2 == 0 ? QColor(Qt::white) : QColor(0xf5, 0xf6, 0xf8), plain,
                 [&](size_t column) { return table.rows[static_cast<size_t>(row)][column]; });
        cursor.movePosition(QTextCursor::End);
        isFresh = true;
    }

    [[nodiscard]] double bottomOf(const QTextBlock& text, int line) const {
        const QTextLine one = text.layout()->lineAt(line);
        return document.documentLayout()->blockBoundingRect(text).top() + one.y() + one.height();
    }
    [[nodiscard]] double bottomOf(const Anchor& anchor) const {
        double bottom = 0;
        for (const QTextBlock& text : anchor.texts)
            for (int line = 0; line < text.layout()->lineCount(); ++line)
                bottom = std::max(bottom, bottomOf(text, line));
        return bottom;
    }

    /// Where the next page begins, if this is one that ends there.
    struct Ending {
        std::optional<Piece> next;
        bool isTooHigh = false; ///< its one piece fits no page
    };
    [[nodiscard]] Ending endingAt(double height) const {
        size_t k = 0;
        while (k < anchors.size() && bottomOf(anchors[k]) <= height)
            ++k;
        if (k == anchors.size())
            return {};
        if (const Anchor& anchor = anchors[k]; !anchor.isWhole) {
            const QTextBlock& text = anchor.texts.front();
            int line = 0;
            while (bottomOf(text, line) <= height)
                ++line;
            if (line > 0 && text.layout()->lineCount() > shortLines)
                return {
                    Piece{anchor.piece.first, anchor.piece.second + text.layout()->lineAt(line).textStart()}};
        }
        size_t together = k;
        while (together > 0 && anchors[together - 1].keepsNext)
            --together;
        if (together > 0)
            return {anchors[together].piece};
        return {k + 1 < anchors.size() ? std::optional(anchors[k + 1].piece) : std::nullopt, true};
    }

    FigureObject figures; ///< outlives the document, which draws by it
    QTextDocument document;
    QTextCursor cursor;
    QString symbol, family;
    Piece first;
    std::optional<Piece> end;
    double fullHeight = 0;
    bool isFresh = true; ///< the paragraph at the cursor is empty and nobody's
    std::vector<Anchor> anchors;
};

ReportPages::ReportPages(const QSizeF& body) : m_body(body) {}
ReportPages::~ReportPages() = default;

Result<std::unique_ptr<ReportPages>> ReportPages::layOut(const ReportDocument& report, const QSizeF& body,
                                                         const QString& family, const FigureDrawer& draw,
                                                         const RunContext& context) {
    std::unique_ptr<ReportPages> pages(new ReportPages(body));
    std::optional<Piece> first(std::in_place, size_t{0}, INT_MIN);
    while (first) {
        DS_TRY(context.checkpoint());
        const auto laid = [&](const std::optional<Piece>& end) {
            return std::make_shared<Laid>(report, body.width(), family, draw, *first, end);
        };
        std::shared_ptr<Laid> page = laid(std::nullopt);
        const Laid::Ending ending = page->endingAt(body.height());
        if (ending.next)
            page = laid(ending.next);
        double top = 0;
        do {
            pages->m_pages.push_back({page, top});
            top += body.height();
        } while (ending.isTooHigh && top < page->fullHeight);
        first = ending.next;
    }
    return pages;
}

int ReportPages::count() const {
    return static_cast<int>(m_pages.size());
}

Result<void> ReportPages::paint(QPainter& painter, int page) const {
    const auto& [laid, top] = m_pages[static_cast<size_t>(page)];
    laid->figures.setPage(top, top + m_body.height());
    QAbstractTextDocumentLayout::PaintContext look;
    look.clip = QRectF(QPointF(0, top), m_body);
    look.palette.setColor(QPalette::Text, lightTheme().text); // whatever the desktop's colours are
    painter.save();
    painter.translate(0, -top);
    painter.setClipRect(look.clip);
    laid->document.documentLayout()->draw(&painter, look);
    painter.restore();
    return laid->figures.outcome();
}

} // namespace diploscope::ui
