// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/model_manager.h"

#include "model/install_model.h"
#include "viewmodels/number_text.h"
#include "views/dialog_parts.h"
#include "views/guide_button.h"
#include "views/plain_item_delegate.h"
#include "views/weights_button.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFrame>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QUrl>
#include <QVBoxLayout>

namespace diploscope::ui {

namespace {

const QString listGroup = QStringLiteral("model manager: list");

QString text(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

/// Hides a label that has nothing to say, so that no gap is left.
void setText(QLabel* label, const QString& words) {
    label->setText(words);
    label->setVisible(!words.isEmpty());
}

} // namespace

ModelManager::ModelManager(JobRunner& jobs, QWidget* parent)
    : QDialog(parent), m_jobs(jobs), m_models(new ModelListModel(this)) {
    setGuidePlace(*this, QStringLiteral("../../models/README.md"));
    setWindowTitle(tr("Models"));
    auto* columns = new QHBoxLayout;
    columns->setSpacing(Gap);
    columns->addWidget(listCard(), 5);
    columns->addWidget(detailCard(), 6);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    m_use = buttons->addButton(tr("&Use this model"), QDialogButtonBox::AcceptRole);
    m_use->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &ModelManager::use);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(LargeGap, LargeGap, LargeGap, LargeGap);
    layout->setSpacing(Gap);
    layout->addLayout(columns, 1);
    layout->addWidget(buttons);
    showEntry();
    refresh();
    m_table->setFocus();
    resize(1040, 560);
}

QWidget* ModelManager::listCard() {
    const Card card = makeCard(tr("Known models"));
    m_table = new QTableView;
    m_table->setModel(m_models);
    m_table->setItemDelegate(new PlainItemDelegate(m_table));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(ModelListModel::NameColumn, QHeaderView::Stretch);
    m_table->setAccessibleName(tr("Known models"));
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ModelManager::showEntry);
    connect(m_table, &QTableView::activated, this, &ModelManager::use);
    card.layout->addWidget(m_table, 1);

    m_add = new QPushButton(tr("&Add a folder…"));
    m_add->setAutoDefault(false);
    m_mode = new QComboBox;
    m_mode->addItem(tr("and copy it"), static_cast<int>(InstallMode::Copy));
    m_mode->addItem(tr("and link to it"), static_cast<int>(InstallMode::Link));
    m_mode->setAccessibleName(tr("How to add a folder"));
    connect(m_add, &QPushButton::clicked, this, &ModelManager::browse);
    auto* row = new QHBoxLayout;
    row->setSpacing(SmallGap);
    row->addWidget(m_add);
    row->addWidget(m_mode);
    row->addStretch();
    card.layout->addLayout(row);
    card.layout->addWidget(
        makeText(tr("A model is a folder with a model.json and the weights that it names. A copy "
                    "is the program's own; a link takes no space, but the folder must stay."),
                 "small"));
    m_message = makeText(QString(), "small", true);
    m_message->hide();
    card.layout->addWidget(m_message);
    return card.frame;
}

QWidget* ModelManager::detailCard() {
    const Card card = makeCard(QString());
    m_name = makeText(QString(), "title", true);
    m_description = makeText(QString(), "plain", true);
    m_facts = makeText(QString(), "muted", true);
    m_source = makeText(QString(), "plain", true);
    m_status = makeText(QString(), "heading", true);
    m_place = makeText(QString(), "plain", true);
    m_copyPlace = new QPushButton(tr("&Copy path"));
    m_openFolder = new QPushButton(tr("&Open folder"));
    for (QPushButton* button : {m_copyPlace, m_openFolder})
        button->setAutoDefault(false);
    connect(m_copyPlace, &QPushButton::clicked, this, [this] {
        if (const ModelEntry* entry = current(); entry != nullptr && !entry->placesForWeights.isEmpty())
            QApplication::clipboard()->setText(entry->ready ? entry->weights
                                                            : entry->placesForWeights.front());
    });
    connect(m_openFolder, &QPushButton::clicked, this, &ModelManager::openFolder);
    m_chooseWeights = new WeightsButton(m_jobs);
    connect(m_chooseWeights, &WeightsButton::checking, this,
            [this](const QString& file) { tell(tr("Checking %1…").arg(file), false); });
    connect(m_chooseWeights, &WeightsButton::installed, this,
            [this](const std::filesystem::path& folder, const QString& words) {
                m_wanted = text(folder);
                tell(words, false);
                refresh();
            });
    connect(m_chooseWeights, &WeightsButton::failed, this, &ModelManager::tellError);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(SmallGap);
    buttons->addWidget(m_chooseWeights);
    buttons->addWidget(m_copyPlace);
    buttons->addWidget(m_openFolder);
    buttons->addStretch();
    for (QLabel* label : {m_name, m_description, m_facts})
        card.layout->addWidget(label);
    card.layout->addSpacing(SmallGap);
    for (QLabel* label : {m_status, m_source, m_place})
        card.layout->addWidget(label);
    card.layout->addLayout(buttons);
    card.layout->addStretch();
    return card.frame;
}

const ModelEntry* ModelManager::current() const {
    return m_models->entry(m_table->currentIndex().row());
}

void ModelManager::showEntry() {
    const ModelEntry* entry = current();
    m_use->setEnabled(entry != nullptr && entry->ready);
    m_copyPlace->setVisible(entry != nullptr && !entry->problem);
    m_openFolder->setVisible(entry != nullptr);
    const bool wanting = entry != nullptr && !entry->ready && !entry->problem;
    m_chooseWeights->setModel(wanting ? entry->folder : std::filesystem::path(),
                              wanting ? entry->name : QString());
    if (entry == nullptr) {
        setText(m_name, m_models->rowCount() == 0 ? tr("No model yet") : tr("Choose a model"));
        for (QLabel* label : {m_description, m_facts, m_source, m_status, m_place})
            setText(label, QString());
        return;
    }
    setText(m_name, entry->name);
    setText(m_description, entry->description);
    QStringList facts;
    if (!entry->kind.isEmpty())
        facts << entry->kind << tr("reads %1 bp").arg(countText(entry->inputLength))
              << (entry->licence.isEmpty() ? tr("no licence given") : tr("licence %1").arg(entry->licence));
    facts << text(entry->folder);
    setText(m_facts, facts.join(QStringLiteral(" · ")));
    showWeights(*entry);
}

void ModelManager::showWeights(const ModelEntry& entry) {
    if (entry.problem) {
        setRole(m_status, "error");
        setText(m_status, QString::fromStdString(entry.problem->what));
        setText(m_source, QString::fromStdString(entry.problem->where));
        setText(m_place, QString::fromStdString(entry.problem->remedy));
        return;
    }
    setRole(m_status, entry.ready ? "heading" : "error");
    setText(m_status, entry.ready ? tr("Ready") : tr("The weights are missing: %1").arg(entry.weights));
    setText(m_source, entry.source.isEmpty() ? QString() : tr("Where from: %1").arg(entry.source));
    setText(m_place, entry.ready ? tr("Weights: %1").arg(entry.weights)
                                 : tr("Put them at\n%1").arg(entry.placesForWeights.join(tr("\nor at\n"))));
}

void ModelManager::setStudyModels(const QStringList& models) {
    m_studyModels = models;
    refresh();
}

void ModelManager::refresh() {
    if (const ModelEntry* entry = current(); entry != nullptr && m_wanted.isEmpty())
        m_wanted = text(entry->folder);
    using Entries = std::vector<ModelEntry>;
    m_jobs.run<Entries>(
        tr("Listing models"), listGroup, JobRunner::Priority::Seen,
        [models = m_studyModels](const RunContext&) -> Result<Entries> { return listModels(models); }, this,
        [this](Result<Entries> entries) {
            if (!entries)
                return;                          // only when the window closes
            if (*entries != m_models->entries()) // which would lose the place in the list
                m_models->setEntries(std::move(*entries));
            const int row = std::max(0, m_models->rowOf(m_wanted));
            m_wanted.clear();
            m_table->setCurrentIndex(m_models->index(row, 0));
            showEntry();
            Q_EMIT listed();
        });
}

bool ModelManager::event(QEvent* event) {
    if (event->type() == QEvent::WindowActivate) // weights are put in their place by other programs
        refresh();
    return QDialog::event(event);
}

void ModelManager::browse() {
    auto* dialog = new QFileDialog(this, tr("Add a model's folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &ModelManager::addFolder);
    dialog->open();
}

void ModelManager::addFolder(const QString& folder) {
    const auto mode = static_cast<InstallMode>(m_mode->currentData().toInt());
    m_add->setEnabled(false);
    tell(tr("Adding %1…").arg(folder), false);
    m_jobs.run<std::filesystem::path>(
        tr("Adding model %1").arg(folder.section(QLatin1Char('/'), -1)), QString(), JobRunner::Priority::Seen,
        [path = folder.toStdString(), mode](const RunContext& context) {
            return installModel(path, mode, context);
        },
        this,
        [this](const Result<std::filesystem::path>& added) {
            m_add->setEnabled(true);
            if (!added)
                return tellError(added.error());
            m_wanted = text(*added);
            tell(tr("Added as %1").arg(m_wanted), false);
            refresh();
        });
}

void ModelManager::tell(const QString& words, bool isError) {
    setRole(m_message, isError ? "warning" : "small");
    setText(m_message, words);
}

void ModelManager::tellError(const Error& error) {
    if (error.kind == ErrorKind::Cancelled)
        tell(tr("Stopped"), false);
    else
        tell(QString::fromStdString(error.message()), true);
}

void ModelManager::openFolder() {
    const ModelEntry* entry = current();
    if (entry == nullptr)
        return;
    // The place for missing weights may not be there yet.
    const bool missing = !entry->ready && !entry->placesForWeights.isEmpty();
    const std::filesystem::path folder =
        missing ? std::filesystem::path(entry->placesForWeights.front().toStdString()).parent_path()
                : entry->folder;
    m_jobs.run<bool>(
        tr("Opening a folder"), QString(), JobRunner::Priority::Seen,
        [folder](const RunContext&) -> Result<bool> {
            std::error_code error;
            std::filesystem::create_directories(folder, error);
            if (error)
                return fail(ErrorKind::Io, "The folder cannot be made: " + error.message() + ".",
                            folder.string());
            return true;
        },
        this,
        [this, folder](const Result<bool>& made) {
            if (!made)
                tell(QString::fromStdString(made.error().message()), true);
            else if (!QDesktopServices::openUrl(QUrl::fromLocalFile(text(folder))))
                tell(tr("No program opens folders here: %1").arg(text(folder)), true);
        });
}

void ModelManager::use() {
    const ModelEntry* entry = current();
    if (entry == nullptr || !entry->ready)
        return;
    Q_EMIT modelChosen(text(entry->folder));
    accept();
}

} // namespace diploscope::ui
