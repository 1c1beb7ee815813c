// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/report_pages.h"

#include "charts/own_font.h"
#include "charts/theme.h"
#include "report/figure_object.h"

#include <QAbstractTextDocumentLayout>
#include <QPainter>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextTable>

#include <climits>
#include <cmath>
#include <numeric>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace diploscope::ui {
namespace {

constexpr double textPt = 9, smallPt = 7.5, captionPt = 8, cellPt = 7.5;
constexpr double figureGapPt = 3.5 * 72.0 / 25.4; ///< between figures side by side
constexpr int headRow = -1;

/// A piece of a report by its block and, of a table, its row, of a paragraph, the letter that it begins with.
using Piece = std::pair<size_t, int>;
using Pieces = std::set<Piece>;

/// A piece that no page's end may part, and its texts in the document.
struct Anchor {
    Piece piece;
    bool isWhole = false;   ///< not to be parted itself
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

/// A report as a document, with breaks before some of its pieces.
struct ReportPages::Laid {
    Laid(const ReportDocument& report, const QSizeF& body, QString itsFamily, const ReportPainter& paint,
         const Pieces& breaks)
        : figures(reportUnit, paint), family(std::move(itsFamily)), height(body.height()), broken(breaks) {
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
        for (size_t i = 0; i < report.blocks.size(); ++i)
            std::visit([&](const auto& block) { add(i, block); }, report.blocks[i]);
        if (isFresh)
            thin();
        cursor.endEditBlock();
        document.setPageSize(body);
    }

    [[nodiscard]] bool isBroken(const Piece& piece) const { return broken.contains(piece); }

    /// A new paragraph, or the empty one that stands there anyway: at the beginning, and behind tables.
    void begin(QTextBlockFormat format, const QTextCharFormat& chars, bool isBreak) {
        if (isBreak)
            format.setPageBreakPolicy(QTextFormat::PageBreak_AlwaysBefore);
        if (!isFresh)
            cursor.insertBlock();
        isFresh = false;
        cursor.setBlockFormat(format);
        cursor.setBlockCharFormat(chars);
        cursor.setCharFormat(chars);
    }
    /// Makes the paragraph at the cursor, which says nothing, take no room.
    void thin(bool isBreak = false) {
        QTextBlockFormat format = blockOf(0, 0);
        format.setLineHeight(1, QTextBlockFormat::FixedHeight);
        isFresh = true;
        begin(format, charsOf(reportFont(family, 0.05)), isBreak);
    }
    void say(const QString& text, const QTextCharFormat& chars) {
        cursor.insertText(reportText(text), chars);
    }

    void add(size_t number, const ReportHeading& heading) {
        const bool isTitle = heading.level == 1;
        const QTextCharFormat chars = charsOf(reportFont(family, isTitle ? 17 : 11.5, QFont::DemiBold));
        begin(isTitle ? blockOf(0, 4) : blockOf(10, 4), chars, isBroken({number, 0}));
        say(heading.text, chars);
        anchors.push_back({{number, 0}, true, true, {cursor.block()}});
    }
    void add(size_t number, const ReportParagraph& paragraph) {
        const QTextCharFormat chars = charsOf(reportFont(family, paragraph.isSmall ? smallPt : textPt));
        const auto size = static_cast<int>(paragraph.text.size());
        int from = 0, to = 0;
        do {
            const auto next = broken.upper_bound({number, from});
            to = next != broken.end() && next->first == number ? next->second : size;
            QTextBlockFormat format = blockOf(0, to < size ? 0 : paragraph.isSmall ? 3 : 5);
            format.setLineHeight(125, QTextBlockFormat::ProportionalHeight);
            begin(format, chars, isBroken({number, from}));
            say(paragraph.text.mid(from, to - from), chars);
            anchors.push_back({{number, from}, false, false, {cursor.block()}});
            from = to;
        } while (from < size);
    }
    void add(size_t number, const ReportFigures& row) {
        const QTextCharFormat chars = charsOf(reportFont(family, captionPt));
        begin(blockOf(6, 8), chars, isBroken({number, 0}));
        for (size_t i = 0; i < row.figures.size(); ++i)
            cursor.insertText(QString(QChar(QChar::ObjectReplacementCharacter)),
                              figures.formatOf(row.figures[i], i + 1 < row.figures.size() ? figureGapPt : 0));
        cursor.insertText(QString(QChar(QChar::LineSeparator)), chars);
        say(row.caption, chars);
        anchors.push_back({{number, 0}, true, false, {cursor.block()}});
    }
    void add(size_t number, const ReportTable& table) {
        if (!table.caption.isEmpty()) {
            const QTextCharFormat chars = charsOf(reportFont(family, captionPt));
            begin(blockOf(4, 3), chars, isBroken({number, headRow - 1}));
            say(table.caption, chars);
            anchors.push_back({{number, headRow - 1}, true, true, {cursor.block()}});
        }
        const auto rows = static_cast<int>(table.rows.size());
        int from = 0;
        for (int row = 1; row <= rows; ++row) // a table on each page that begins with a row
            if (row == rows || isBroken({number, row})) {
                addRows(number, table, from, row, from > 0 || isBroken({number, headRow}));
                from = row;
            }
    }
    void addRows(size_t number, const ReportTable& table, int from, int to, bool isBreak) {
        if (!isFresh)
            cursor.insertBlock();
        thin(isBreak);
        const double all =
            std::accumulate(table.columns.begin(), table.columns.end(), 0.0,
                            [](double sum, const ReportTable::Column& column) { return sum + column.share; });
        QTextTableFormat format;
        format.setBorder(0);
        format.setCellSpacing(0);
        format.setCellPadding(units(2));
        format.setHeaderRowCount(1);
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
                if (table.columns[static_cast<size_t>(column)].isNumber)
                    block.setAlignment(Qt::AlignRight | Qt::AlignAbsolute);
                inside.setBlockFormat(block);
                inside.setBlockCharFormat(chars);
                inside.insertText(reportText(textOf(static_cast<size_t>(column))), chars);
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

    /// The page that something at a height of the document is on.
    [[nodiscard]] int pageAt(double y) const { return static_cast<int>(std::floor(y / height)); }

    /// The first and the last page that a piece is on.
    [[nodiscard]] std::pair<int, int> pagesOf(const Anchor& anchor) const {
        std::pair<int, int> pages(INT_MAX, 0);
        for (const QTextBlock& text : anchor.texts) {
            const double top = document.documentLayout()->blockBoundingRect(text).top();
            for (int i = 0; i < text.layout()->lineCount(); ++i) {
                const QTextLine line = text.layout()->lineAt(i);
                const double from = top + line.y(), to = from + line.height();
                pages.first = std::min(pages.first, pageAt(from + 1));
                pages.second = std::max(pages.second, pageAt(to - 1));
            }
        }
        pages.first = std::min(pages.first, pages.second);
        return pages;
    }

    /// What of a paragraph that goes over a page's end stands behind it. It has to be a paragraph of its own:
    /// of one that is drawn in part, Qt draws the line above that part, too, where nobody sees but everybody
    /// finds it.
    [[nodiscard]] std::optional<Piece> restOf(const Anchor& anchor, int page) const {
        for (const QTextBlock& text : anchor.texts) {
            const double top = document.documentLayout()->blockBoundingRect(text).top();
            for (int i = 1; i < text.layout()->lineCount(); ++i) {
                const QTextLine line = text.layout()->lineAt(i);
                if (pageAt(top + line.y() + 1) > page)
                    return Piece(anchor.piece.first, anchor.piece.second + line.textStart());
            }
        }
        return {};
    }

    /// The first piece that has to begin another page; none where all is well.
    [[nodiscard]] std::optional<Piece> parted() const {
        std::vector<std::pair<int, int>> pages;
        pages.reserve(anchors.size());
        for (const Anchor& anchor : anchors)
            pages.push_back(pagesOf(anchor));
        for (size_t i = 0; i < anchors.size(); ++i) {
            const bool isCut = anchors[i].isWhole && pages[i].first != pages[i].second;
            const bool isLeft =
                anchors[i].keepsNext && i + 1 < anchors.size() && pages[i + 1].first != pages[i].second;
            if (!anchors[i].isWhole && pages[i].first != pages[i].second)
                if (const std::optional<Piece> rest = restOf(anchors[i], pages[i].first);
                    rest && !isBroken(*rest))
                    return rest;
            if (!isCut && !isLeft)
                continue;
            size_t first = i;
            while (first > 0 && anchors[first - 1].keepsNext)
                --first;
            // Higher than a page: nothing helps.
            const bool isTop = first == 0 || pages[first - 1].second < pages[first].first;
            if (!isTop && !isBroken(anchors[first].piece))
                return anchors[first].piece;
        }
        return {};
    }

    FigureObject figures; ///< outlives the document, which draws by it
    QTextDocument document;
    QTextCursor cursor;
    QString family;
    double height;
    Pieces broken;
    bool isFresh = true; ///< the paragraph at the cursor is empty and nobody's
    std::vector<Anchor> anchors;
};

ReportPages::ReportPages(std::unique_ptr<Laid> laid) : m_laid(std::move(laid)) {}
ReportPages::~ReportPages() = default;

Result<std::unique_ptr<ReportPages>> ReportPages::layOut(const ReportDocument& report, const QSizeF& body,
                                                         const QString& family, const ReportPainter& paint,
                                                         const RunContext& context) {
    Pieces breaks;
    for (;;) { // once a break, each of which is further on than those before
        DS_TRY(context.checkpoint());
        auto laid = std::make_unique<Laid>(report, body, family, paint, breaks);
        const std::optional<Piece> parted = laid->parted();
        if (!parted || !breaks.insert(*parted).second)
            return std::unique_ptr<ReportPages>(new ReportPages(std::move(laid)));
    }
}

int ReportPages::count() const {
    return m_laid->document.pageCount();
}

Result<void> ReportPages::paint(QPainter& painter, const QRectF& seen) const {
    m_laid->figures.setPage(seen.top(), seen.bottom());
    QAbstractTextDocumentLayout::PaintContext look;
    // Without its edges: a line that touches them is of another page.
    look.clip = seen.adjusted(0, 1, 0, -1);
    look.palette.setColor(QPalette::Text, lightTheme().text); // whatever the desktop's colours are
    m_laid->document.documentLayout()->draw(&painter, look);
    return m_laid->figures.outcome();
}

} // namespace diploscope::ui
