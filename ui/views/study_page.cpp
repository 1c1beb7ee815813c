// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/study_page.h"

#include "viewmodels/counted_text.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"

#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace diploscope::ui {

namespace {

constexpr int mostItems = 12;

QLabel* words(const QString& text, const char* role, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setProperty("role", QString::fromLatin1(role));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

QString firstItems(const StudyNote& note) {
    QStringList items;
    for (size_t i = 0; i < note.items.size() && items.size() < mostItems; ++i)
        items << QString::fromStdString(note.items[i]);
    if (note.items.size() > static_cast<size_t>(mostItems))
        items
            << QObject::tr("and %1 more").arg(countText(static_cast<int64_t>(note.items.size()) - mostItems));
    return items.join(QStringLiteral(", "));
}

} // namespace

StudyPage::StudyPage(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_name(words({}, "display", this))
    , m_summary(words({}, "lead", this))
    , m_hint(words({}, "heading", this))
    , m_notes(new QGridLayout) {
    auto* frame = new QFrame;
    frame->setProperty("role", QStringLiteral("card"));
    auto* card = new QVBoxLayout(frame);
    card->setContentsMargins(22, 18, 22, 20);
    card->setSpacing(10);
    card->addWidget(words(tr("How its parts fit together"), "title", frame));
    m_notes->setHorizontalSpacing(18);
    m_notes->setVerticalSpacing(8);
    m_notes->setColumnStretch(1, 1);
    card->addLayout(m_notes);

    auto* page = new QWidget;
    page->setMaximumWidth(900);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(24, 32, 24, 24);
    column->setSpacing(12);
    column->addWidget(m_name);
    column->addWidget(m_summary);
    column->addWidget(m_hint);
    column->addSpacing(8);
    column->addWidget(frame);
    column->addStretch(1);
    auto* centred = new QWidget;
    auto* sides = new QHBoxLayout(centred);
    sides->setContentsMargins(0, 0, 0, 0);
    sides->addStretch(1);
    sides->addWidget(page, 100);
    sides->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(centred);
    scroll->viewport()->setAutoFillBackground(false);
    centred->setAutoFillBackground(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);

    connect(&session, &Session::studyOpened, this, &StudyPage::showStudy);
    connect(&session, &Session::modelChanged, this, &StudyPage::showHint);
    showStudy();
}

void StudyPage::showStudy() {
    while (QLayoutItem* item = m_notes->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const std::shared_ptr<const Study> study = m_session.study();
    if (!study)
        return;
    m_name->setText(breakable(shownName(study->file().name)));
    QStringList parts{countedText(static_cast<int64_t>(study->people().size()), counted::people),
                      countedText(static_cast<int64_t>(study->genes().size()), counted::genes)};
    if (!study->file().build.empty())
        parts.prepend(QString::fromStdString(study->file().build));
    m_summary->setText(parts.join(QStringLiteral(" · ")));
    int row = 0;
    QWidget* parent = m_notes->parentWidget();
    for (const StudyNote& note : m_session.studyNotes()) {
        QString name = QString::fromStdString(note.topic);
        name.replace(0, 1, name.left(1).toUpper());
        QLabel* topic = words(name, "heading", parent);
        topic->setWordWrap(false);
        m_notes->addWidget(topic, row, 0, Qt::AlignTop);
        // A text that quotes the first items itself needs no list below; quotes are for terminals.
        QString text = QString::fromStdString(note.text);
        const bool quotes = text.contains(QLatin1Char('`'));
        m_notes->addWidget(words(text.remove(QLatin1Char('`')), "plain", parent), row++, 1);
        if (!note.items.empty() && !quotes)
            m_notes->addWidget(words(firstItems(note), "small", parent), row++, 1);
    }
    if (row == 0)
        m_notes->addWidget(words(tr("Everything matched as it is."), "muted", parent), 0, 0);
    showHint();
}

void StudyPage::showHint() {
    m_hint->setText(
        m_session.model().predictor() || !m_session.model().choice().isEmpty()
            ? tr("Choose a gene on the left, or analyse all genes to see where the model is right.")
            : tr("The study names no model: choose one above, then a gene on the left."));
}

} // namespace diploscope::ui
