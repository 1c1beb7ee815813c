// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/run_banner.h"

#include "views/wrapped_text.h"

#include <QBoxLayout>
#include <QPushButton>

namespace diploscope::ui {

namespace {

constexpr int mostLines = 6; ///< a run may differ in many things; the rest is scrolled to

} // namespace

RunBanner::RunBanner(Genome& genome, Form form, QWidget* parent)
    : QFrame(parent)
    , m_genome(genome)
    , m_form(form)
    , m_title(new WrappedText({}, "error", this))
    , m_text(new WrappedText({}, form == Form::Page ? "plain" : "small", this))
    , m_back(new QPushButton(
          form == Form::Page ? tr("Back to the current results") : tr("Back to the current"), this)) {
    setObjectName(form == Form::Page ? QStringLiteral("runBanner") : QStringLiteral("runNotice"));
    setProperty("role", QStringLiteral("trouble"));
    m_text->setMostLines(mostLines);
    m_back->setAccessibleName(tr("Back to the current results"));
    m_back->setToolTip(tr("Show what is stored of the study as it is, under the options as they are"));
    connect(m_back, &QPushButton::clicked, &genome.runs(), &RunShelf::close);
    auto* words = new QVBoxLayout;
    words->setSpacing(3);
    words->addWidget(m_title);
    words->addWidget(m_text);
    auto* layout =
        new QBoxLayout(form == Form::Page ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom, this);
    layout->setContentsMargins(12, 8, 10, 8);
    layout->setSpacing(form == Form::Page ? 14 : 6);
    layout->addLayout(words, 1);
    layout->addWidget(m_back, 0, form == Form::Page ? Qt::AlignVCenter : Qt::AlignLeft);
    connect(&genome, &Genome::tableChanged, this, &RunBanner::showRun);
    showRun();
}

QString RunBanner::title() const {
    return m_title->toPlainText();
}

QString RunBanner::text() const {
    return m_text->toPlainText();
}

void RunBanner::showRun() {
    const std::shared_ptr<const RunShelf::Opened>& run = m_genome.shownRun();
    setVisible(run != nullptr);
    if (!run)
        return;
    m_title->setPlainText(m_form == Form::Page ? openedTitle(*run)
                                               : tr("Run %1, not the current results").arg(run->id()));
    m_text->setPlainText(m_form == Form::Page
                             ? openedText(*run)
                             : tr("A gene that you open is computed from the files as they are now."));
    for (WrappedText* text : {m_title, m_text})
        text->updateGeometry(); // its height is another one
    setAccessibleName(title());
    setAccessibleDescription(openedText(*run));
    setToolTip(m_form == Form::Page ? QString() : openedText(*run).toHtmlEscaped());
}

} // namespace diploscope::ui
