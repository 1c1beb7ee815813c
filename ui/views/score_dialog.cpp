// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/score_dialog.h"

#include "views/dialog_parts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QRadioButton>
#include <QSortFilterProxyModel>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <algorithm>

namespace diploscope::ui {

namespace {

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

/// A field with a button behind it.
QHBoxLayout* withButton(QLineEdit* field, QPushButton* button) {
    button->setAutoDefault(false);
    auto* row = new QHBoxLayout;
    row->setSpacing(SmallGap);
    row->addWidget(field, 1);
    row->addWidget(button);
    return row;
}

} // namespace

ScoreDialog::ScoreDialog(const ModelInfo& model, const ScoreRequest& request, const ScoreOptions& score,
                         JobRunner& jobs, QWidget* parent)
    : QDialog(parent), m_model(model), m_output(score.output), m_jobs(jobs) {
    setWindowTitle(tr("Score of %1").arg(text(model.name)));
    if (score.tracks)
        m_model.tracks = score.tracks;
    m_buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel |
                                     QDialogButtonBox::RestoreDefaults);
    m_buttons->button(QDialogButtonBox::RestoreDefaults)->setText(tr("The &model's own"));
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("&Use this score"));
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_buttons->button(QDialogButtonBox::RestoreDefaults), &QPushButton::clicked, this,
            [this] { fill({}); });

    m_summary = makeText(QString(), "plain", true);
    m_summary->setObjectName(QStringLiteral("scoreSummary"));
    m_cost = makeText(QString(), "muted");
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(LargeGap, LargeGap, LargeGap, LargeGap);
    layout->setSpacing(Gap);
    layout->addWidget(outputCard(), 1);
    layout->addWidget(averageCard());
    layout->addWidget(m_summary);
    layout->addWidget(m_cost);
    layout->addWidget(m_buttons);
    showNames();
    fill(request);
    resize(560, m_model.tracks ? 640 : 420);
}

QWidget* ScoreDialog::outputCard() {
    const Card card = makeCard(tr("What is read off the model"));
    m_byTracks = new QRadioButton(tr("&Tracks and bins"));
    m_byHead = new QRadioButton(tr("A fine-tuned &head"));
    m_tracks = new QLineEdit;
    m_tracks->setObjectName(QStringLiteral("tracks"));
    m_filter = new QLineEdit;
    m_filter->setPlaceholderText(tr("Find a track"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setAccessibleName(tr("Find a track"));
    m_items = new QStandardItemModel(this);
    m_found = new QSortFilterProxyModel(this);
    m_found->setSourceModel(m_items);
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_list = new QListView;
    m_list->setModel(m_found);
    m_list->setUniformItemSizes(true);
    m_list->setAccessibleName(tr("Tracks"));
    m_targets = new QLineEdit;
    m_targets->setPlaceholderText(tr("targets_human.txt, or one name a line"));
    auto* chooseTargets = new QPushButton(tr("C&hoose…"));
    m_bins = new QLineEdit;
    m_bins->setObjectName(QStringLiteral("bins"));
    m_aggregate = new QComboBox;
    m_aggregate->addItem(tr("Sum"), QStringLiteral("sum"));
    m_aggregate->addItem(tr("Sum of log(x + 1)"), QStringLiteral("sum-log1p"));
    m_aggregate->addItem(tr("log₂ of the sum"), QStringLiteral("log2-of-sum"));
    m_head = new QLineEdit;
    m_head->setPlaceholderText(tr("CSV with the columns tracks, weights"));
    auto* chooseHead = new QPushButton(tr("Ch&oose…"));

    QFormLayout* form = makeForm();
    form->addRow(m_byTracks);
    form->addRow(tr("T&racks"), m_tracks);
    form->addRow(QString(), m_filter);
    form->addRow(QString(), m_list);
    form->addRow(tr("Names"), withButton(m_targets, chooseTargets));
    form->addRow(tr("Put together by"), m_aggregate);
    form->addRow(m_byHead);
    form->addRow(tr("File"), withButton(m_head, chooseHead));
    form->addRow(tr("&Bins"), m_bins);
    form->setRowVisible(m_bins, m_model.binCount > 1);
    card.layout->addLayout(form);

    connect(m_filter, &QLineEdit::textChanged, m_found, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_items, &QStandardItemModel::itemChanged, this, &ScoreDialog::takeChecks);
    for (QLineEdit* field : {m_tracks, m_bins, m_head})
        connect(field, &QLineEdit::textChanged, this, &ScoreDialog::update);
    connect(m_aggregate, &QComboBox::currentIndexChanged, this, &ScoreDialog::update);
    connect(m_byHead, &QRadioButton::toggled, this, &ScoreDialog::update);
    connect(m_targets, &QLineEdit::editingFinished, this, [this] { readNames(m_targets->text().trimmed()); });
    connect(chooseHead, &QPushButton::clicked, this, [this] {
        m_byHead->setChecked(true);
        askForFile(tr("Fine-tuned head"), m_head);
    });
    connect(chooseTargets, &QPushButton::clicked, this,
            [this] { askForFile(tr("Names of the tracks"), m_targets); });
    return card.frame;
}

QWidget* ScoreDialog::averageCard() {
    const Card card = makeCard(tr("Averaged over"));
    m_shifts = new QSpinBox;
    m_shifts->setRange(0, kMostShifts);
    m_shifts->setSpecialValueText(tr("none"));
    m_shifts->setPrefix(QStringLiteral("± "));
    m_shifts->setSuffix(tr(" bp"));
    m_bothStrands = new QCheckBox(tr("Both &strands"));
    QFormLayout* form = makeForm();
    form->addRow(tr("S&hifts of the window"), m_shifts);
    form->addRow(QString(), m_bothStrands);
    card.layout->addLayout(form);
    connect(m_shifts, &QSpinBox::valueChanged, this, &ScoreDialog::update);
    connect(m_bothStrands, &QCheckBox::toggled, this, &ScoreDialog::update);
    return card.frame;
}

void ScoreDialog::fill(const ScoreRequest& request) {
    m_showing = true;
    const OutputChoice& own = m_model.defaultOutput;
    const bool byHead = !request.head.empty() || (request.tracks.empty() && own.head);
    m_byHead->setChecked(byHead);
    m_byTracks->setChecked(!byHead);
    m_head->setText(text(request.head.string()));
    m_tracks->setText(request.tracks.empty() && !own.head ? text(rangesText(own.tracks))
                                                          : text(request.tracks));
    m_bins->setText(text(request.bins.empty() ? rangesText(own.bins) : request.bins));
    const QString aggregate = text(request.aggregate);
    m_aggregate->setCurrentIndex(aggregate.isEmpty() ? static_cast<int>(own.aggregate)
                                                     : std::max(0, m_aggregate->findData(aggregate)));
    m_targets->setText(text(request.targets.string()));
    m_shifts->setValue(request.shifts.value_or(0));
    m_bothStrands->setChecked(request.reverseComplement.value_or(false));
    m_showing = false;
    update();
}

ScoreRequest ScoreDialog::request() const {
    const auto trimmed = [](const QLineEdit* field) { return field->text().trimmed().toStdString(); };
    const OutputChoice& own = m_model.defaultOutput;
    ScoreRequest request;
    request.targets = trimmed(m_targets);
    if (m_byHead->isChecked()) {
        request.head = trimmed(m_head);
    } else {
        // The model's own choice stays unsaid, so that a newer model.json is heard.
        request.tracks = trimmed(m_tracks);
        if (!own.head && request.tracks == rangesText(own.tracks))
            request.tracks.clear();
        if (own.head || m_aggregate->currentIndex() != static_cast<int>(own.aggregate))
            request.aggregate = m_aggregate->currentData().toString().toStdString();
    }
    request.bins = trimmed(m_bins);
    if (request.bins == rangesText(own.bins))
        request.bins.clear();
    if (m_shifts->value() > 0)
        request.shifts = m_shifts->value();
    if (m_bothStrands->isChecked())
        request.reverseComplement = true;
    return request;
}

void ScoreDialog::showNames() {
    m_items->clear();
    if (m_model.tracks)
        for (const TrackInfo& track : *m_model.tracks) {
            auto* item =
                new QStandardItem(QStringLiteral("%1  %2").arg(m_items->rowCount()).arg(text(track.label())));
            item->setCheckable(true);
            item->setEditable(false);
            item->setToolTip(text(track.identifier).toHtmlEscaped());
            m_items->appendRow(item);
        }
    m_filter->setVisible(m_model.tracks != nullptr);
    m_list->setVisible(m_model.tracks != nullptr);
    m_tracks->setPlaceholderText(m_model.tracks ? tr("4980, 10-20 or CAGE:brain*") : tr("4980 or 10-20"));
}

void ScoreDialog::readNames(const QString& file) {
    if (file.isEmpty())
        return;
    m_jobs.run<TrackList>(
        tr("Names of tracks"), QStringLiteral("score: names"), JobRunner::Priority::Seen,
        [file = file.toStdString(), count = m_model.trackCount](const RunContext&) {
            return readTrackList(file, count);
        },
        this,
        [this](Result<TrackList> names) {
            if (!names) {
                m_summary->setText(text(names.error().message()));
                return;
            }
            m_model.tracks = std::make_shared<const TrackList>(std::move(*names));
            m_showing = true;
            showNames();
            m_showing = false;
            update();
        });
}

void ScoreDialog::askForFile(const QString& title, QLineEdit* field) {
    auto* dialog = new QFileDialog(this, title, field->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this, field](const QString& file) {
        field->setText(file);
        if (field == m_targets)
            readNames(file);
    });
    dialog->open();
}

void ScoreDialog::takeChecks() {
    if (m_showing)
        return;
    std::vector<int> tracks;
    for (int row = 0; row < m_items->rowCount(); ++row)
        if (m_items->item(row)->checkState() == Qt::Checked)
            tracks.push_back(row);
    m_byTracks->setChecked(true);
    m_tracks->setText(text(rangesText(tracks)));
}

void ScoreDialog::update() {
    if (m_showing)
        return;
    const bool byHead = m_byHead->isChecked();
    for (QWidget* widget : {static_cast<QWidget*>(m_tracks), static_cast<QWidget*>(m_filter),
                            static_cast<QWidget*>(m_list), static_cast<QWidget*>(m_aggregate)})
        widget->setEnabled(!byHead);

    // Files are not read here: names are known already, and the head when it is used.
    ScoreRequest asked = request();
    asked.targets.clear();
    const bool newHead = !asked.head.empty();
    const std::string head = asked.head.stem().string();
    asked.head.clear();
    ModelInfo named = m_model;
    const Result<ScoreOptions> score = resolveScore(asked, named);
    const bool headMissing = byHead && !newHead && !m_model.defaultOutput.head;
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(score && !headMissing);
    if (headMissing) {
        m_summary->setText(tr("Choose the head's file."));
        m_cost->clear();
        return;
    }
    if (!score) {
        m_summary->setText(text(score.error().message()));
        m_cost->clear();
        return;
    }
    if (!byHead && m_model.tracks) { // the list shows what the words mean
        m_showing = true;
        for (int row = 0; row < m_items->rowCount(); ++row) {
            const bool chosen =
                std::binary_search(score->output.tracks.begin(), score->output.tracks.end(), row);
            m_items->item(row)->setCheckState(chosen ? Qt::Checked : Qt::Unchecked);
        }
        m_showing = false;
    }
    QString summary = text(describeScore(*score, named));
    if (newHead)
        summary = tr("Fine-tuned head %1, bins %2").arg(text(head), m_bins->text());
    m_summary->setText(summary.isEmpty() ? tr("The model's one output, as it is.") : summary);
    const int predictions = (2 * score->shifts + 1) * (score->reverseComplement ? 2 : 1);
    m_cost->setText(predictions == 1
                        ? tr("Every sequence is predicted once.")
                        : tr("Every sequence is predicted %1 times: the score is their mean, and "
                             "their spread is shown.")
                              .arg(predictions));
}

} // namespace diploscope::ui
