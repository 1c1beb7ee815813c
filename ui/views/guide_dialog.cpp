// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/guide_dialog.h"

#include "viewmodels/column_guide.h"

#include <QDesktopServices>
#include <QFile>
#include <QHBoxLayout>
#include <QImageReader>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextDocument>
#include <QTextTable>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <vector>

namespace diploscope::ui {

namespace {

const QString kColumns = QStringLiteral("columns"); ///< no file: made from the columns themselves
const QString kPages[] = {QStringLiteral(":/diploscope/guide/methods.md"),
                          QStringLiteral(":/diploscope/guide/formats.md"),
                          QStringLiteral(":/diploscope/guide/window.md"),
                          QStringLiteral(":/diploscope/guide/figures.md"), kColumns};
const QString kFolder = QStringLiteral(":/diploscope/guide/"); ///< that pages name pictures from
/// Pictures of two columns are as wide as the text in a window of its first size. One of one column has fewer
/// pixels than this, and is shown so that its letters are about as large.
constexpr int kOneColumnPixels = 600;
constexpr double kOneColumnShare = 0.7;
constexpr double kWidestPx = 560;
constexpr int kSectionLevel = 2; ///< "## 8. Linear approximation and drivers"

QString contentOf(const QString& page) {
    if (page == kColumns)
        return columnGuide();
    QFile file(page);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// Markdown says nothing of room and size: headings in sizes of a page of text, room above them and between
/// paragraphs, tables ruled, long lines of code broken.
void layOut(QTextDocument& document, const QFont& font) {
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        QTextCursor cursor(block);
        QTextBlockFormat format = block.blockFormat();
        const int level = format.headingLevel();
        const bool inTable = cursor.currentTable() != nullptr;
        format.setTopMargin(level == 1 ? 0 : level > 1 ? 22 : 0);
        format.setBottomMargin(level > 0 ? 8 : inTable ? 0 : 7);
        format.setNonBreakableLines(false);
        cursor.setBlockFormat(format);
        if (level > 0) {
            QTextCharFormat letters;
            letters.clearProperty(QTextFormat::FontSizeAdjustment);
            letters.setFontPointSize(font.pointSizeF() * (level == 1 ? 1.5 : level == 2 ? 1.25 : 1.1));
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

/// \param pixels of a picture of the guide, which has more than it is wide, for screens that do
QSize shownSize(QSize pixels) {
    const double width = pixels.width() < kOneColumnPixels ? kOneColumnShare * pixels.width() : kWidestPx;
    return (QSizeF(pixels) * (width / pixels.width())).toSize();
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
        const QSize pixels = QImageReader(kFolder + format.name()).size();
        if (pixels.isEmpty())
            continue;
        format.setWidth(shownSize(pixels).width());
        format.setHeight(shownSize(pixels).height());
        cursor.setCharFormat(format);
    }
}

/// Text whose pictures are scaled smoothly to where they stand: QTextBrowser leaves out pixels, and letters
/// lose strokes.
class GuideText : public QTextBrowser {
public:
    QVariant loadResource(int type, const QUrl& name) override {
        if (type != QTextDocument::ImageResource)
            return QTextBrowser::loadResource(type, name);
        QImageReader reader(kFolder + name.path());
        reader.setScaledSize(shownSize(reader.size()) * devicePixelRatioF());
        QImage picture = reader.read();
        picture.setDevicePixelRatio(devicePixelRatioF());
        return picture;
    }
};

} // namespace

GuideDialog::GuideDialog(QWidget* parent)
    : QDialog(parent), m_sections(new QTreeWidget), m_text(new GuideText), m_search(new QLineEdit) {
    setWindowTitle(tr("Guide"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_sections->setHeaderHidden(true);
    // A few documents, always open: without arrows, whose column would indent every section twice.
    m_sections->setRootIsDecorated(false);
    m_sections->setItemsExpandable(false);
    m_sections->setIndentation(14);
    m_sections->setAccessibleName(tr("Sections"));
    m_text->setAccessibleName(tr("Text of the guide"));
    m_text->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_text->setOpenLinks(false); // only what a person clicks, and only in their browser
    connect(m_text, &QTextBrowser::anchorClicked, this, [](const QUrl& link) {
        if (link.scheme() == QLatin1String("https"))
            QDesktopServices::openUrl(link);
    });
    m_search->setPlaceholderText(tr("Find in the guide"));
    m_search->setClearButtonEnabled(true);
    for (const QString& page : kPages)
        addDocument(page);
    connect(m_sections, &QTreeWidget::currentItemChanged, this, &GuideDialog::showSection);
    connect(m_search, &QLineEdit::returnPressed, this, &GuideDialog::findNext);

    auto* split = new QSplitter(Qt::Horizontal);
    split->addWidget(m_sections);
    split->addWidget(m_text);
    split->setStretchFactor(1, 1);
    split->setSizes({310, 650});
    split->setChildrenCollapsible(false);
    auto* close = new QPushButton(tr("Close"));
    close->setAutoDefault(false); // return is for the search
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    auto* below = new QHBoxLayout;
    below->addWidget(m_search, 1);
    below->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 14);
    layout->addWidget(split, 1);
    layout->addLayout(below);
    resize(980, 700);
    m_sections->setCurrentItem(m_sections->topLevelItem(0));
}

void GuideDialog::addDocument(const QString& page) {
    QTextDocument document;
    document.setMarkdown(contentOf(page));
    QTreeWidgetItem* top = nullptr;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        const int level = block.blockFormat().headingLevel();
        if (level == 1 && top == nullptr)
            top = new QTreeWidgetItem(m_sections, {block.text()});
        else if (level == kSectionLevel && top != nullptr)
            new QTreeWidgetItem(top, {block.text()});
    }
    if (top == nullptr) // a build without the guide
        return;
    m_pages << page;
    top->setExpanded(true);
    QFont heading;
    heading.setWeight(QFont::DemiBold);
    top->setFont(0, heading);
}

void GuideDialog::showSection() {
    const QTreeWidgetItem* item = m_sections->currentItem();
    if (item == nullptr)
        return;
    const QTreeWidgetItem* top = item->parent() != nullptr ? item->parent() : item;
    const int page = m_sections->indexOfTopLevelItem(const_cast<QTreeWidgetItem*>(top));
    if (page != m_shown) {
        m_shown = page;
        // Laid out before it is seen: what is seen is laid out anew at each change.
        auto* document = new QTextDocument(m_text);
        document->setUndoRedoEnabled(false);
        document->setDefaultFont(m_text->font());
        document->setDocumentMargin(18);
        document->setMarkdown(contentOf(m_pages[page]));
        layOut(*document, m_text->font());
        tellSizes(*document);
        m_text->setDocument(document); // the one before goes
    }
    for (QTextBlock block = m_text->document()->begin(); block.isValid(); block = block.next()) {
        if (block.blockFormat().headingLevel() == 0 || block.text() != item->text(0))
            continue;
        m_text->setTextCursor(QTextCursor(block));
        // A heading at the top: ensureCursorVisible() leaves it at the bottom.
        QScrollBar& bar = *m_text->verticalScrollBar();
        bar.setValue(bar.value() + m_text->cursorRect().top() - 10);
        return;
    }
}

void GuideDialog::findNext() {
    const QString words = m_search->text();
    if (words.isEmpty() || m_text->find(words))
        return;
    const int from = m_shown;
    for (int step = 1; step <= m_pages.size(); ++step) { // the document shown again, last
        const int page = (from + step) % int(m_pages.size());
        m_sections->setCurrentItem(m_sections->topLevelItem(page));
        showSection();
        m_text->moveCursor(QTextCursor::Start);
        if (m_text->find(words))
            return;
    }
}

} // namespace diploscope::ui
