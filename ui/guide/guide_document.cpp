// SPDX-License-Identifier: GPL-3.0-or-later
#include "guide/guide_document.h"

#include "guide/guide_pages.h"

#include <QFont>
#include <QImageReader>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextTable>

#include <vector>

namespace diploscope::ui {

namespace {

/// Pictures of two columns are as wide as the text in a window of its first size. One of one column has fewer
/// pixels than this, and is shown so that its letters are about as large.
constexpr int kOneColumnPixels = 600;
constexpr double kOneColumnShare = 0.7;
constexpr double kWidestPx = 560;

/// A line of a fenced block is a paragraph to Qt.
bool isCode(const QTextBlock& block) {
    return block.isValid() && block.blockFormat().hasProperty(QTextFormat::BlockCodeFence);
}

/// Markdown says nothing of room and size.
void layOut(QTextDocument& document, const QFont& font) {
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        QTextCursor cursor(block);
        QTextBlockFormat format = block.blockFormat();
        const int level = format.headingLevel();
        const bool inTable = cursor.currentTable() != nullptr;
        format.setTopMargin(level == 1 ? 0 : level > 1 ? 22 : 0);
        format.setBottomMargin(level > 0 ? 8 : inTable || (isCode(block) && isCode(block.next())) ? 0 : 7);
        if (isCode(block))
            format.setLeftMargin(14);
        format.setNonBreakableLines(false);
        cursor.setBlockFormat(format);
        if (level > 0) {
            QTextCharFormat letters;
            letters.clearProperty(QTextFormat::FontSizeAdjustment);
            const double larger = level == 1 ? 1.5 : level == 2 ? 1.25 : 1.1;
            if (font.pixelSize() > 0)
                letters.setProperty(QTextFormat::FontPixelSize, qRound(font.pixelSize() * larger));
            else
                letters.setFontPointSize(font.pointSizeF() * larger);
            letters.setFontWeight(QFont::DemiBold);
            cursor.select(QTextCursor::BlockUnderCursor);
            cursor.mergeCharFormat(letters);
        }
    }
    for (QTextFrame* frame : document.rootFrame()->childFrames()) {
        auto* table = qobject_cast<QTextTable*>(frame);
        if (table == nullptr)
            continue;
        QTextTableFormat format = table->format();
        format.setCellPadding(5);
        format.setCellSpacing(0);
        format.setBorderCollapse(true);
        format.setBorder(0.5);
        format.setBottomMargin(12);
        table->setFormat(format);
    }
}

/// Told beforehand, so that no picture is read before it comes into sight.
void tellSizes(QTextDocument& document) {
    std::vector<QTextCursor> pictures;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
        for (QTextBlock::iterator i = block.begin(); !i.atEnd(); ++i)
            if (i.fragment().charFormat().isImageFormat()) {
                QTextCursor cursor(block);
                cursor.setPosition(i.fragment().position());
                cursor.setPosition(i.fragment().position() + i.fragment().length(), QTextCursor::KeepAnchor);
                pictures.push_back(cursor);
            }
    for (QTextCursor& cursor : pictures) {
        QTextImageFormat format = cursor.charFormat().toImageFormat();
        const QSize pixels = QImageReader(guideFolder() + format.name()).size();
        if (pixels.isEmpty())
            continue;
        format.setWidth(guidePictureSize(pixels).width());
        format.setHeight(guidePictureSize(pixels).height());
        cursor.setCharFormat(format);
    }
}

} // namespace

QSize guidePictureSize(QSize pixels) {
    const double width = pixels.width() < kOneColumnPixels ? kOneColumnShare * pixels.width() : kWidestPx;
    return (QSizeF(pixels) * (width / pixels.width())).toSize();
}

std::unique_ptr<QTextDocument> guideDocument(const QString& page, const QFont& font) {
    auto document = std::make_unique<QTextDocument>();
    document->setUndoRedoEnabled(false);
    document->setDefaultFont(font);
    document->setMarkdown(guideText(page));
    layOut(*document, font);
    tellSizes(*document);
    return document;
}

} // namespace diploscope::ui
