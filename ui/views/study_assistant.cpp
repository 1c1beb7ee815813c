// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/study_assistant.h"

#include "viewmodels/problem_list_model.h"
#include "views/dialog_parts.h"
#include "views/finding_list.h"
#include "views/guide_button.h"
#include "views/study_slot_row.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFormLayout>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QVBoxLayout>

namespace diploscope::ui {

namespace {

constexpr int CheckDelayMs = 150;
constexpr int AsSuggested = -1;

template <class Value>
QComboBox* makeChoice(std::initializer_list<std::pair<QString, Value>> choices) {
    auto* combo = new QComboBox;
    for (const auto& [words, value] : choices)
        combo->addItem(words, static_cast<int>(value));
    return combo;
}

QString transformText(ExpressionTransform transform) {
    switch (transform) {
    case ExpressionTransform::Log2Plus1:
        return StudyAssistant::tr("log2(x + 1)");
    case ExpressionTransform::RankNormal:
        return StudyAssistant::tr("Rank-normalised");
    case ExpressionTransform::None:
        break;
    }
    return StudyAssistant::tr("As it is");
}

} // namespace

StudyAssistant::StudyAssistant(JobRunner& jobs, QWidget* parent)
    : QDialog(parent), m_jobs(jobs), m_findings(new ProblemListModel(this)) {
    setGuidePlace(*this, QStringLiteral("own-files.md"));
    static int made = 0; // GUI thread only: two assistants must not supersede each other's checks
    m_checkGroup = QStringLiteral("study assistant %1: check").arg(++made);
    setWindowTitle(tr("Describe a study"));
    setAcceptDrops(true);

    auto* right = new QVBoxLayout;
    right->setSpacing(Gap);
    right->addWidget(settingsCard());
    right->addWidget(checkCard(), 1);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(Gap);
    columns->addWidget(filesCard(), 11);
    columns->addLayout(right, 10);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    m_save = buttons->addButton(tr("&Save study…"), QDialogButtonBox::AcceptRole);
    m_save->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &StudyAssistant::askWhereToSave);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(LargeGap, LargeGap, LargeGap, LargeGap);
    layout->setSpacing(Gap);
    layout->addWidget(
        makeText(tr("Drop files or a folder anywhere here: each is recognised by its content and takes "
                    "its place. Nothing is copied or changed."),
                 "muted"));
    layout->addLayout(columns, 1);
    layout->addWidget(buttons);

    m_checkTimer.setSingleShot(true);
    m_checkTimer.setInterval(CheckDelayMs);
    connect(&m_checkTimer, &QTimer::timeout, this, &StudyAssistant::startCheck);
    listKnownModels();
    draftChanged();
    resize(1120, 720);
}

StudyAssistant::~StudyAssistant() {
    m_jobs.cancelGroup(m_checkGroup);
}

QWidget* StudyAssistant::filesCard() {
    const Card card = makeCard(tr("Files"));
    auto* add = new QPushButton(tr("&Add files…"));
    auto* addFolder = new QPushButton(tr("Add &folder…"));
    for (QPushButton* button : {add, addFolder})
        button->setAutoDefault(false);
    connect(add, &QPushButton::clicked, this, [this] { browse({}, false); });
    connect(addFolder, &QPushButton::clicked, this, [this] { browse({}, true); });
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(SmallGap);
    buttons->addWidget(add);
    buttons->addWidget(addFolder);
    buttons->addStretch();
    card.layout->addLayout(buttons);

    for (int slot = 0; slot < StudyDraft::SlotCount; ++slot) {
        auto* row = new StudySlotRow(static_cast<StudyDraft::Slot>(slot));
        m_slots[static_cast<size_t>(slot)] = row;
        card.layout->addWidget(row);
        connect(row, &StudySlotRow::chosen, this, [this](StudyDraft::Slot part, int candidate) {
            m_draft.choose(part, candidate);
            draftChanged();
        });
        connect(row, &StudySlotRow::browseRequested, this,
                [this](StudyDraft::Slot part) { browse(part, false); });
    }
    card.layout->addSpacing(SmallGap);
    addFurther(*card.layout);
    m_leftOver = makeText(QString(), "small");
    card.layout->addWidget(m_leftOver);
    return card.frame;
}

QWidget* StudyAssistant::settingsCard() {
    const Card card = makeCard(tr("Study"));
    m_name = new QLineEdit;
    m_build = new QComboBox;
    m_build->setObjectName(QStringLiteral("build"));
    m_build->setEditable(true);
    m_build->addItems({QStringLiteral("GRCh37"), QStringLiteral("GRCh38"), QStringLiteral("T2T-CHM13")});
    m_build->setCurrentText(QString());
    m_build->lineEdit()->setPlaceholderText(tr("such as GRCh38"));
    m_phenotypes = new QComboBox;
    m_phenotypes->setObjectName(QStringLiteral("phenotypes"));
    for (const auto& [words, kind] :
         {std::pair(tr("Genes of the annotation"), GenePhenotypes), std::pair(tr("ATAC peaks"), "atac"),
          std::pair(tr("Methylation sites"), "methylation"), std::pair(tr("3′ ends of transcripts"), "3aqtl"),
          std::pair(tr("Others, with coordinates"), "other")})
        m_phenotypes->addItem(words, QString::fromLatin1(kind));
    m_phenotypes->setToolTip(
        tr("Genes stand where the annotation has them. Rows of any other kind stand where the table itself "
           "says (BED): the centre of the row is in the TSS's place. A model may name an output for each "
           "kind."));
    m_transform = new QComboBox;
    m_transform->addItem(QString(), AsSuggested);
    for (const auto transform :
         {ExpressionTransform::None, ExpressionTransform::Log2Plus1, ExpressionTransform::RankNormal})
        m_transform->addItem(transformText(transform), static_cast<int>(transform));
    m_variants = makeChoice<VariantMode>(
        {{tr("SNVs"), VariantMode::Snv}, {tr("SNVs and indels"), VariantMode::SnvAndIndel}});
    m_unphased = makeChoice<UnphasedRule>({{tr("Refuse"), UnphasedRule::Refuse},
                                           {tr("Take alleles in the order listed"), UnphasedRule::AsListed}});
    m_allele = makeChoice<AlleleConvention>({{tr("Alternate allele"), AlleleConvention::Alternate},
                                             {tr("Minor allele"), AlleleConvention::Minor}});
    m_haploid = makeChoice<HaploidDosage>(
        {{tr("Two (0/2)"), HaploidDosage::AsTwo}, {tr("One (0/1)"), HaploidDosage::AsOne}});
    m_haploid->setToolTip(
        tr("In eQTL, LD and fine mapping. Predictions are of the copies that people have."));
    QFormLayout* const form = m_settings = makeForm();
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("Genome &build"), m_build);
    form->addRow(tr("&Rows are"), m_phenotypes);
    form->addRow(tr("&Expression is taken"), m_transform);
    form->addRow(tr("&Variants"), m_variants);
    form->addRow(tr("Genotypes without &phase"), m_unphased);
    form->addRow(tr("Effects are &of the"), m_allele);
    form->addRow(tr("A man's &X counts as"), m_haploid);
    card.layout->addLayout(form);

    connect(m_name, &QLineEdit::textEdited, this, [this](const QString& text) {
        m_draft.name = text.trimmed();
        draftChanged();
    });
    connect(m_build, &QComboBox::editTextChanged, this, [this](const QString& text) {
        m_draft.build = text.trimmed();
        draftChanged();
    });
    connect(m_phenotypes, &QComboBox::currentIndexChanged, this, [this] {
        m_draft.phenotypes = m_phenotypes->currentData().toString().toStdString();
        draftChanged();
    });
    connect(m_transform, &QComboBox::currentIndexChanged, this, [this] {
        const int value = m_transform->currentData().toInt();
        m_draft.transform = value == AsSuggested ? std::optional<ExpressionTransform>()
                                                 : static_cast<ExpressionTransform>(value);
        draftChanged();
    });
    for (QComboBox* combo : {m_variants, m_unphased, m_allele, m_haploid})
        connect(combo, &QComboBox::currentIndexChanged, this, [this] {
            m_draft.options.variants = static_cast<VariantMode>(m_variants->currentData().toInt());
            m_draft.options.unphased = static_cast<UnphasedRule>(m_unphased->currentData().toInt());
            m_draft.options.allele = static_cast<AlleleConvention>(m_allele->currentData().toInt());
            m_draft.options.haploidDosage = static_cast<HaploidDosage>(m_haploid->currentData().toInt());
            draftChanged();
        });
    return card.frame;
}

QWidget* StudyAssistant::checkCard() {
    const Card card = makeCard(tr("Check"));
    m_headline = makeText(QString(), "title", true);
    m_checkText = makeText(QString(), "small", true);
    auto* list = new FindingList;
    list->setModel(m_findings);
    list->setAccessibleName(tr("What the check found"));
    card.layout->addWidget(m_headline);
    card.layout->addWidget(m_checkText);
    card.layout->addWidget(list, 1);
    return card.frame;
}

void StudyAssistant::addFiles(const QStringList& files) {
    look(files, {});
}

void StudyAssistant::look(const QStringList& files, std::optional<StudyDraft::Slot> forced) {
    if (files.isEmpty())
        return;
    std::vector<std::filesystem::path> places;
    for (const QString& file : files)
        places.emplace_back(file.toStdString());
    ++m_looking;
    draftChanged();
    using Files = std::vector<RecognisedFile>;
    m_jobs.run<Files>(
        tr("Recognising files"), QString(), JobRunner::Priority::Seen,
        [places](const RunContext& context) { return recogniseAll(places, context); }, this,
        [this, forced](const Result<Files>& found) {
            --m_looking;
            if (found) {
                m_draft.add(*found);
                if (forced && !found->empty())
                    m_draft.choose(*forced, m_draft.indexOf(found->front().path));
            }
            draftChanged();
        });
}

void StudyAssistant::browse(std::optional<StudyDraft::Slot> slot, bool folder) {
    auto* dialog =
        new QFileDialog(this, slot ? tr("Choose: %1").arg(slotWord(*slot)) : tr("Add to the study"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory
                        : slot ? QFileDialog::ExistingFile
                               : QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this,
            [this, slot](const QStringList& files) { look(files, slot); });
    dialog->open();
}

void StudyAssistant::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void StudyAssistant::dropEvent(QDropEvent* event) {
    QStringList files;
    for (const QUrl& url : event->mimeData()->urls())
        if (url.isLocalFile())
            files << url.toLocalFile();
    event->acceptProposedAction();
    addFiles(files);
}

void StudyAssistant::draftChanged() {
    m_check.reset();
    m_jobs.cancelGroup(m_checkGroup);
    showDraft();
    m_checkTimer.start();
}

void StudyAssistant::showDraft() {
    for (StudySlotRow* row : m_slots)
        row->setDraft(m_draft);
    m_name->setPlaceholderText(m_draft.suggestedName());
    if (m_draft.build.isEmpty()) {
        const QString build = m_draft.suggestedBuild();
        m_build->lineEdit()->setPlaceholderText(build.isEmpty() ? tr("such as GRCh38")
                                                                : tr("%1, as the files tell").arg(build));
    }
    m_transform->setItemText(0, tr("%1 (suggested)").arg(transformText(m_draft.suggestedTransform())));
    m_settings->setRowVisible(m_haploid, m_draft.chosen(StudyDraft::SampleMap) >= 0); // which may tell sexes
    showFurther();
    showLeftOver();

    const QStringList missing = m_draft.missing();
    m_save->setEnabled(missing.isEmpty() && m_looking == 0);
    m_findings->setFindings({});
    m_checkText->setText(m_draft.buildConflict().isEmpty()
                             ? QString()
                             : tr("The files are of different builds: %1").arg(m_draft.buildConflict()));
    if (m_looking > 0)
        m_headline->setText(tr("Looking at the files…"));
    else if (!missing.isEmpty())
        m_headline->setText(tr("Still needed: %1").arg(missing.join(QStringLiteral(", "))));
    else
        m_headline->setText(tr("Checking…"));
    m_checkText->setVisible(!m_checkText->text().isEmpty());
}

void StudyAssistant::showLeftOver() {
    constexpr int Shown = 3;
    const std::vector<int> left = m_draft.leftOver();
    QStringList lines, all;
    for (const int index : left) {
        const RecognisedFile& file = m_draft.candidates()[static_cast<size_t>(index)].file;
        const QString line = QString::fromStdString(file.path.filename().string() + ": " + file.description);
        all << line.toHtmlEscaped();
        if (lines.size() < Shown)
            lines << line;
    }
    if (all.size() > Shown)
        lines << tr("and %1 more without a place").arg(all.size() - Shown);
    m_leftOver->setText(lines.join(QLatin1Char('\n')));
    m_leftOver->setToolTip(all.join(QStringLiteral("<br>")));
    m_leftOver->setVisible(!left.empty());
}

void StudyAssistant::startCheck() {
    if (m_looking > 0 || !m_draft.missing().isEmpty())
        return;
    m_jobs.run<DraftCheck>(
        tr("Checking the study"), m_checkGroup, JobRunner::Priority::Seen,
        [study = m_draft.studyFile()](const RunContext& context) { return checkDraft(study, context); }, this,
        [this](const Result<DraftCheck>& result) { showCheck(result); });
}

void StudyAssistant::showCheck(const Result<DraftCheck>& result) {
    if (!result && result.error().kind == ErrorKind::Cancelled) {
        m_headline->setText(tr("The check was stopped"));
        return;
    }
    if (!result)
        return showFailure(tr("The check did not come to its end"), result.error());
    m_check = *result;
    m_headline->setText(result->headline());
    m_findings->setFindings(result->problems, result->notes);
    m_save->setText(result->problems.empty() ? tr("&Save study…") : tr("&Save anyway…"));
    Q_EMIT checked();
}

void StudyAssistant::showFailure(const QString& headline, const Error& error) {
    m_headline->setText(headline);
    m_findings->setFindings({error});
}

void StudyAssistant::askWhereToSave() {
    auto* dialog =
        new QFileDialog(this, tr("Save study"), m_draft.suggestedFile(), tr("Studies (*.study.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(m_draft.suggestedFile());
    connect(dialog, &QFileDialog::fileSelected, this, &StudyAssistant::saveTo);
    dialog->open();
}

void StudyAssistant::saveTo(const QString& file) {
    QString target = file;
    if (!target.endsWith(QLatin1String(".json")))
        target += QLatin1String(".study.json");
    m_jobs.run<bool>(
        tr("Saving the study"), QString(), JobRunner::Priority::Seen,
        [study = m_draft.studyFile(), path = target.toStdString()](const RunContext&) -> Result<bool> {
            DS_TRY(writeStudyFile(study, path));
            return true;
        },
        this,
        [this, target](const Result<bool>& saved) {
            if (!saved) {
                showFailure(tr("The study could not be saved"), saved.error());
                return;
            }
            Q_EMIT studySaved(target);
            accept();
        });
}

} // namespace diploscope::ui
