// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/cluster_dialog.h"

#include "viewmodels/counted_text.h"
#include "views/dialog_parts.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QRegularExpressionValidator>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace diploscope::ui {

namespace {

constexpr int mostShards = 10'000; ///< what clusters allow in an array is less, mostly
constexpr qint64 genesOfAShard = 50;

int shardsFor(qint64 genes) {
    return static_cast<int>(std::clamp<qint64>((genes + genesOfAShard - 1) / genesOfAShard, 1, mostShards));
}

/// A word of sbatch's: no spaces, no quotes.
QLineEdit* wordField(const QString& name, const std::string& text) {
    auto* field = new QLineEdit(QString::fromStdString(text));
    field->setObjectName(name);
    field->setValidator(
        new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[^\\s'\"]*")), field));
    return field;
}

} // namespace

ClusterDialog::ClusterDialog(Facts facts, ClusterRequest request, QWidget* parent)
    : QDialog(parent), m_facts(std::move(facts)), m_request(std::move(request)) {
    setWindowTitle(tr("Run genes on a cluster"));
    m_summary = makeText(QString(), "muted", true);
    m_summary->setObjectName(QStringLiteral("clusterSummary"));
    m_buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("&Submit to Slurm"));
    QPushButton* write = m_buttons->addButton(tr("Only &write the scripts"), QDialogButtonBox::ActionRole);
    write->setObjectName(QStringLiteral("onlyWrite"));
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(write, &QPushButton::clicked, this, [this] {
        m_onlyWrites = true;
        accept();
    });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(LargeGap, LargeGap, LargeGap, LargeGap);
    layout->setSpacing(Gap);
    if (!m_facts.focus.empty())
        layout->addWidget(geneCard());
    layout->addWidget(shardCard());
    layout->addWidget(placeCard());
    layout->addWidget(m_summary);
    layout->addWidget(m_buttons);
    update();
    resize(560, sizeHint().height());
}

QWidget* ClusterDialog::geneCard() {
    const Card card = makeCard(tr("Genes"));
    auto* all = new QRadioButton(tr("&All of the study: %1").arg(countedText(m_facts.genes, counted::genes)));
    all->setChecked(true);
    m_focused = new QRadioButton(
        tr("Those in foc&us: %1").arg(countedText(qint64(m_facts.focus.size()), counted::genes)));
    m_focused->setObjectName(QStringLiteral("focusedGenes"));
    m_focused->setToolTip(tr("Which the filter and the selection leave on the page of all genes"));
    card.layout->addWidget(all);
    card.layout->addWidget(m_focused);
    connect(m_focused, &QRadioButton::toggled, this, &ClusterDialog::propose);
    return card.frame;
}

qint64 ClusterDialog::geneCount() const {
    return m_focused != nullptr && m_focused->isChecked() ? qint64(m_facts.focus.size()) : m_facts.genes;
}

void ClusterDialog::propose() {
    m_shards->setValue(shardsFor(geneCount()));
    // Runs of other genes have other folders; one that was named by hand stays.
    const QString ofFocus = m_facts.folder + QStringLiteral("-focus");
    if (m_folder->text() == (m_focused->isChecked() ? m_facts.folder : ofFocus))
        m_folder->setText(m_focused->isChecked() ? ofFocus : m_facts.folder);
    update();
}

QWidget* ClusterDialog::shardCard() {
    const Card card = makeCard(tr("Shards"));
    const auto number = [](const QString& name, int least, int most, qint64 value) {
        auto* field = new QSpinBox;
        field->setObjectName(name);
        field->setRange(least, most);
        field->setValue(static_cast<int>(std::clamp<qint64>(value, least, most)));
        return field;
    };
    m_shards = number(QStringLiteral("shards"), 1, mostShards, shardsFor(m_facts.genes));
    m_threads = number(QStringLiteral("threads"), 1, 1024, m_request.threads);
    m_retries = number(QStringLiteral("retries"), 0, 100, m_request.retries);
    m_device = new QComboBox;
    m_device->addItem(tr("Processor"), QStringLiteral("cpu"));
    m_device->addItem(tr("Graphics card (CUDA)"), QStringLiteral("cuda"));
    m_device->setCurrentIndex(m_request.device == "cpu" ? 0 : 1);
    m_gres = wordField(QStringLiteral("gres"), m_request.gres);
    m_gres->setPlaceholderText(QStringLiteral("gpu:1"));
    QFormLayout* form = makeForm();
    form->addRow(tr("S&hards"), m_shards);
    form->addRow(tr("&Threads of each"), m_threads);
    form->addRow(tr("Models run &on"), m_device);
    form->addRow(tr("&Resources (--gres)"), m_gres);
    form->addRow(tr("Tried again, if it &fails"), m_retries);
    card.layout->addLayout(form);
    for (QSpinBox* field : {m_shards, m_threads})
        connect(field, &QSpinBox::valueChanged, this, &ClusterDialog::update);
    connect(m_device, &QComboBox::currentIndexChanged, this, [this] {
        if (m_device->currentIndex() == 1 && m_gres->text().isEmpty())
            m_gres->setText(QStringLiteral("gpu:1"));
        update();
    });
    return card.frame;
}

QWidget* ClusterDialog::placeCard() {
    const Card card = makeCard(tr("Jobs"));
    m_time = wordField(QStringLiteral("time"), m_request.time);
    m_memory = wordField(QStringLiteral("memory"), m_request.memory);
    m_partition = wordField(QStringLiteral("partition"), m_request.partition);
    m_partition->setPlaceholderText(tr("the cluster's own"));
    m_folder = new QLineEdit(m_facts.folder);
    m_folder->setObjectName(QStringLiteral("folder"));
    auto* choose = new QPushButton(tr("&Choose…"));
    choose->setAutoDefault(false);
    connect(choose, &QPushButton::clicked, this, &ClusterDialog::askForFolder);
    auto* row = new QHBoxLayout;
    row->setSpacing(SmallGap);
    row->addWidget(m_folder, 1);
    row->addWidget(choose);
    QFormLayout* form = makeForm();
    form->addRow(tr("Time &limit"), m_time);
    form->addRow(tr("&Memory"), m_memory);
    form->addRow(tr("&Partition"), m_partition);
    auto* label = new QLabel(tr("Fol&der"));
    label->setBuddy(m_folder);
    m_folder->setToolTip(tr("Where scripts, logs and shards go"));
    form->addRow(label, row);
    card.layout->addLayout(form);
    for (QLineEdit* field : {m_time, m_memory, m_folder})
        connect(field, &QLineEdit::textChanged, this, &ClusterDialog::update);
    return card.frame;
}

void ClusterDialog::askForFolder() {
    const QFileDialog* dialog =
        openFileDialog(this, tr("Where scripts, logs and shards go"), QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, m_folder, &QLineEdit::setText);
}

ClusterRequest ClusterDialog::request() const {
    const auto word = [](const QLineEdit* field) { return field->text().trimmed().toStdString(); };
    ClusterRequest request = m_request;
    request.folder = word(m_folder);
    if (m_focused != nullptr && m_focused->isChecked())
        request.geneIds = m_facts.focus;
    request.shards = m_shards->value();
    request.threads = m_threads->value();
    request.retries = m_retries->value();
    request.device = m_device->currentData().toString().toStdString();
    request.gres = word(m_gres);
    request.time = word(m_time);
    request.memory = word(m_memory);
    request.partition = word(m_partition);
    return request;
}

void ClusterDialog::update() {
    if (m_folder == nullptr)
        return;
    const qint64 genes = geneCount();
    const qint64 each = (genes + m_shards->value() - 1) / m_shards->value();
    QString text =
        tr("%1 under %2: at most %3 a shard. The cluster's machines have to see the program, the study "
           "(%4) and this folder at the same places as this one. Results come into the study's store.")
            .arg(countedText(genes, counted::genes), m_facts.model, countedText(each, counted::genes),
                 m_facts.study);
    if (!m_facts.sendsAllSettings)
        text += QLatin1Char(' ') +
                tr("Effect allele and thresholds of drivers were changed in the preferences; jobs "
                   "do not know of that, and their results are kept as a run of their own.");
    m_summary->setText(text);
    const auto isGiven = [](const QLineEdit* field) { return !field->text().trimmed().isEmpty(); };
    const bool isWhole = isGiven(m_folder) && isGiven(m_time) && isGiven(m_memory);
    for (QAbstractButton* button : m_buttons->buttons())
        if (m_buttons->buttonRole(button) != QDialogButtonBox::RejectRole)
            button->setEnabled(isWhole);
}

} // namespace diploscope::ui
