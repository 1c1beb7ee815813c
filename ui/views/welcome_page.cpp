// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/welcome_page.h"

#include "jobs/job_list_model.h"
#include "views/guide_button.h"

#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace diploscope::ui {

namespace {

constexpr int pageWidth = 900;
constexpr int mostRecent = 6;

QLabel* welcomeWords(const QString& text, const char* role, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setProperty("role", QString::fromLatin1(role));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

QFrame* card(QWidget* parent) {
    auto* frame = new QFrame(parent);
    frame->setProperty("role", QStringLiteral("card"));
    return frame;
}

QVBoxLayout* cardLayout(QFrame* frame) {
    auto* layout = new QVBoxLayout(frame);
    layout->setContentsMargins(22, 18, 22, 20);
    layout->setSpacing(8);
    return layout;
}

void clearLayout(QLayout* layout) {
    while (QLayoutItem* item = layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

} // namespace

WelcomePage::WelcomePage(QWidget* parent) : QWidget(parent) {
    setGuidePlace(*this, QStringLiteral("first-verdict.md"));
    auto* page = new QWidget;
    page->setMaximumWidth(pageWidth);
    auto* grid = new QGridLayout(page);
    grid->setContentsMargins(24, 32, 24, 32);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(16);
    grid->addWidget(welcomeWords(tr("Which model gets your cohort right, and why?"), "display", page), 0, 0,
                    1, 2);
    grid->addWidget(
        welcomeWords(tr("Diploscope puts each person's two haplotypes through a sequence-to-expression "
                        "model, compares the predictions with observed expression, gene by gene, and "
                        "shows which variants make the model right or wrong."),
                     "lead", page),
        1, 0, 1, 2);
    grid->setRowMinimumHeight(2, 6);
    grid->addWidget(startCard(), 3, 0);
    grid->addWidget(recentCard(), 3, 1);
    grid->addWidget(needsCard(), 4, 0, 1, 2);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(5, 1);

    auto* centred = new QWidget;
    auto* sides = new QHBoxLayout(centred);
    sides->setContentsMargins(0, 0, 0, 0);
    sides->addStretch(1);
    sides->addWidget(page, 100);
    sides->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(centred);
    scroll->viewport()->setAutoFillBackground(false);
    centred->setAutoFillBackground(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    setRecentStudies({});
    setDemoJob(nullptr);
}

QWidget* WelcomePage::startCard() {
    QFrame* frame = card(this);
    QVBoxLayout* layout = cardLayout(frame);
    layout->addWidget(welcomeWords(tr("Start"), "title", frame));
    m_demoText = welcomeWords({}, "muted", frame);
    layout->addWidget(m_demoText);
    layout->addSpacing(4);
    m_demo = new QPushButton(tr("Open the demo study"), frame);
    m_demo->setObjectName(QStringLiteral("openDemo"));
    m_demo->setProperty("role", QStringLiteral("primary"));
    m_demo->setMinimumHeight(36);
    connect(m_demo, &QPushButton::clicked, this, &WelcomePage::demoRequested);
    layout->addWidget(m_demo);
    m_demoBar = new QProgressBar(frame);
    m_demoBar->setTextVisible(false);
    QSizePolicy keepsRoom = m_demoBar->sizePolicy();
    keepsRoom.setRetainSizeWhenHidden(true);
    m_demoBar->setSizePolicy(keepsRoom);
    layout->addWidget(m_demoBar);
    auto* open = new QPushButton(tr("Open a study…"), frame);
    open->setMinimumHeight(34);
    connect(open, &QPushButton::clicked, this, &WelcomePage::openRequested);
    layout->addWidget(open);
    auto* describe = new QPushButton(tr("Describe your own files…"), frame);
    describe->setMinimumHeight(34);
    connect(describe, &QPushButton::clicked, this, &WelcomePage::describeRequested);
    layout->addWidget(describe);
    layout->addWidget(welcomeWords(tr("Or drop files anywhere in this window."), "small", frame));
    layout->addStretch(1);
    return frame;
}

QWidget* WelcomePage::recentCard() {
    QFrame* frame = card(this);
    QVBoxLayout* layout = cardLayout(frame);
    layout->addWidget(welcomeWords(tr("Recent studies"), "title", frame));
    m_recent = new QVBoxLayout;
    m_recent->setSpacing(2);
    layout->addLayout(m_recent);
    layout->addStretch(1);
    return frame;
}

QWidget* WelcomePage::needsCard() {
    QFrame* frame = card(this);
    auto* grid = new QGridLayout(frame);
    grid->setContentsMargins(22, 18, 22, 20);
    grid->setHorizontalSpacing(18);
    grid->setVerticalSpacing(9);
    grid->addWidget(welcomeWords(tr("What a study needs"), "title", frame), 0, 0, 1, 2);
    const std::pair<QString, QString> needs[] = {
        {tr("Reference"), tr("FASTA, plain or bgzipped; a missing index is built.")},
        {tr("Genotypes"), tr("Phased VCF.gz or BCF, one file or one for each chromosome.")},
        {tr("Expression"), tr("A table of genes and people: tensorQTL BED, GCT, TSV or CSV.")},
        {tr("Annotation"), tr("GENCODE or Ensembl GTF or GFF3, for genes and their starts.")},
        {tr("Model"), tr("A folder with a model.json and weights; a small one for the demo is included.")}};
    int row = 1;
    for (const auto& [name, text] : needs) {
        QLabel* heading = welcomeWords(name, "heading", frame);
        heading->setWordWrap(false);
        grid->addWidget(heading, row, 0, Qt::AlignTop);
        grid->addWidget(welcomeWords(text, "muted", frame), row++, 1);
    }
    grid->addWidget(
        welcomeWords(tr("The assistant recognises files by what is in them and shows which people, genes and "
                        "contigs match before anything is saved."),
                     "small", frame),
        row, 0, 1, 2);
    grid->setColumnStretch(1, 1);
    return frame;
}

void WelcomePage::setRecentStudies(const QStringList& files) {
    clearLayout(m_recent);
    for (const QString& file : files.mid(0, mostRecent)) {
        QString name = file.section(QLatin1Char('/'), -1);
        name.remove(QStringLiteral(".study.json"));
        auto* button = new QPushButton(name, this);
        button->setProperty("role", QStringLiteral("link"));
        button->setToolTip(file.toHtmlEscaped());
        button->setCursor(Qt::PointingHandCursor);
        connect(button, &QPushButton::clicked, this, [this, file] { Q_EMIT studyRequested(file); });
        m_recent->addWidget(button);
        QLabel* folder = welcomeWords({}, "small", this);
        folder->setWordWrap(false);
        folder->setContentsMargins(1, 0, 0, 6);
        folder->setText(fontMetrics().elidedText(file.section(QLatin1Char('/'), 0, -2), Qt::ElideLeft,
                                                 pageWidth / 2 - 90));
        m_recent->addWidget(folder);
    }
    if (files.isEmpty())
        m_recent->addWidget(welcomeWords(tr("Studies that you open are listed here."), "muted", this));
}

void WelcomePage::setDemoJob(const JobStatus* job) {
    m_demo->setEnabled(job == nullptr);
    m_demoBar->setVisible(job != nullptr);
    if (job == nullptr) {
        m_demoText->setText(
            tr("400 simulated people, 60 genes, and the truth about every variant: made on this "
               "machine the first time, in a few seconds."));
        return;
    }
    m_demoText->setText(progressText(*job));
    m_demoBar->setRange(0, job->total > 0 ? 1000 : 0);
    if (job->total > 0)
        m_demoBar->setValue(static_cast<int>(1000 * job->done / job->total));
}

} // namespace diploscope::ui
