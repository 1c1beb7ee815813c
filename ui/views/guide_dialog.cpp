// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/guide_dialog.h"

#include "guide/guide_document.h"
#include "guide/guide_pages.h"

#include <QDesktopServices>
#include <QHBoxLayout>
#include <QImageReader>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <memory>

namespace diploscope::ui {

namespace {

constexpr int kSectionLevel = 2; ///< "## 8. Linear approximation and drivers"

/// Text whose pictures are scaled smoothly to where they stand: QTextBrowser leaves out pixels, and letters
/// lose strokes.
class GuideText : public QTextBrowser {
public:
    QVariant loadResource(int type, const QUrl& name) override {
        if (type != QTextDocument::ImageResource)
            return QTextBrowser::loadResource(type, name);
        QImageReader reader(guideFolder() + name.path());
        reader.setScaledSize(guidePictureSize(reader.size()) * devicePixelRatioF());
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
    m_text->setOpenLinks(
        false); // only what a person clicks, and what leads out of the guide in their browser
    connect(m_text, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) {
        if (link.scheme() == QLatin1String("https"))
            QDesktopServices::openUrl(link);
        else
            showPlace(link.toString(), m_shown < 0 ? QString() : m_pages[m_shown]);
    });
    m_search->setPlaceholderText(tr("Find in the guide"));
    m_search->setClearButtonEnabled(true);
    for (const QString& page : guidePages())
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
    document.setMarkdown(guideText(page));
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
        QTextDocument* document = guideDocument(m_pages[page], m_text->font()).release();
        document->setParent(m_text);
        document->setDocumentMargin(18);
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

void GuideDialog::showPlace(const QString& link, const QString& from) {
    const GuidePlace place = guidePlace(link, from);
    const qsizetype page = m_pages.indexOf(place.page);
    if (page < 0)
        return;
    QTreeWidgetItem* top = m_sections->topLevelItem(static_cast<int>(page));
    QTreeWidgetItem* item = top;
    for (int i = 0; i < top->childCount(); ++i)
        if (guideAnchor(top->child(i)->text(0)) == place.anchor)
            item = top->child(i);
    if (m_sections->currentItem() == item)
        showSection(); // which may have been scrolled away
    m_sections->setCurrentItem(item);
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
