// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/select_dialog.h"

#include "viewmodels/counted_text.h"
#include "viewmodels/gene_text.h"
#include "views/dialog_parts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <functional>
#include <utility>

namespace diploscope::ui {

namespace {

const QString countGroup = QStringLiteral("count what is selected"); ///< a newer count supersedes it
const QString selectGroup = QStringLiteral("select");
constexpr int lookAfterMs = 150;

/// Of a condition Enter is its end, of a list the next name.
class ConditionEdit final : public QPlainTextEdit {
public:
    using QPlainTextEdit::QPlainTextEdit;
    bool isList = false;
    std::function<void()> entered;

protected:
    void keyPressEvent(QKeyEvent* event) override {
        const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
        if (enter && (!isList || event->modifiers().testFlag(Qt::ControlModifier)))
            return entered();
        QPlainTextEdit::keyPressEvent(event);
    }
};

} // namespace

SelectDialog::SelectDialog(Session& session, Selection& selection, QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_selection(selection)
    , m_what(new QComboBox)
    , m_genotypes(new QWidget)
    , m_mode(new QComboBox)
    , m_found(makeText({}, "plain")) {
    setWindowTitle(tr("Select"));
    using What = SelectBy::What;
    const std::pair<QString, What> whats[] = {{tr("SNVs by a condition"), What::Variants},
                                              {tr("People by a condition"), What::People},
                                              {tr("SNVs and people by name"), What::Names},
                                              {tr("People by genotype at the SNV selected"), What::Genotype}};
    for (const auto& [text, what] : whats)
        m_what->addItem(text, static_cast<int>(what));
    m_what->setObjectName(QStringLiteral("selectWhat"));
    const std::pair<QString, BrushMode> modes[] = {
        {tr("instead of what is selected"), BrushMode::Replace},
        {tr("in addition"), BrushMode::Add},
        {tr("take them away"), BrushMode::Subtract},
        {tr("keep only those selected before"), BrushMode::Intersect}};
    for (const auto& [text, mode] : modes)
        m_mode->addItem(text, static_cast<int>(mode));
    m_mode->setObjectName(QStringLiteral("selectMode"));

    auto* text = new ConditionEdit;
    text->entered = [this] { select(); };
    m_text = text;
    m_text->setObjectName(QStringLiteral("selectText"));
    m_text->setTabChangesFocus(true);
    m_text->setMinimumSize(380, 90);
    m_text->setAcceptDrops(false); // files are the window's
    auto* copies = new QVBoxLayout(m_genotypes);
    copies->setContentsMargins(0, 0, 0, 0);
    for (QCheckBox*& box : m_copies) {
        box = new QCheckBox;
        copies->addWidget(box);
        connect(box, &QCheckBox::toggled, this, &SelectDialog::look);
    }
    copies->addStretch(1);
    m_found->setObjectName(QStringLiteral("selectFound"));
    m_found->setMinimumHeight(2 * m_found->fontMetrics().lineSpacing());

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_select = buttons->addButton(tr("&Select"), QDialogButtonBox::ActionRole);
    m_select->setObjectName(QStringLiteral("selectButton"));
    m_select->setDefault(true);
    connect(m_select, &QPushButton::clicked, this, &SelectDialog::select);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    QFormLayout* form = makeForm();
    form->addRow(tr("W&hat"), m_what);
    form->addRow(tr("&Which"), m_text);
    form->addRow(QString(), m_genotypes);
    form->addRow(tr("H&ow"), m_mode);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(LargeGap, LargeGap, LargeGap, Gap);
    all->setSpacing(Gap);
    all->addLayout(form);
    all->addWidget(m_found);
    all->addWidget(buttons);

    m_pause.setSingleShot(true);
    m_pause.setInterval(lookAfterMs);
    connect(&m_pause, &QTimer::timeout, this, &SelectDialog::look);
    connect(m_text, &QPlainTextEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(m_what, &QComboBox::currentIndexChanged, this, &SelectDialog::showFields);
    connect(&session.shown(), &ShownGene::reportChanged, this, &SelectDialog::showGenotypes);
    connect(&session.shown(), &ShownGene::geneChanged, this, &SelectDialog::showGenotypes);
    connect(&selection, &Selection::variantsChanged, this, &SelectDialog::showGenotypes);
    showFields();
    m_text->setFocus();
}

SelectBy SelectDialog::how() const {
    SelectBy by{.what = static_cast<SelectBy::What>(m_what->currentData().toInt()),
                .text = m_text->toPlainText().toStdString(),
                .variant = m_selection.variant()};
    for (size_t copies = 0; copies < by.copies.size(); ++copies)
        by.copies[copies] = m_copies[copies]->isChecked();
    return by;
}

void SelectDialog::showFields() {
    const auto what = static_cast<SelectBy::What>(m_what->currentData().toInt());
    const bool byGenotype = what == SelectBy::What::Genotype;
    static_cast<ConditionEdit*>(m_text)->isList = what == SelectBy::What::Names;
    m_text->setVisible(!byGenotype);
    auto* form = static_cast<QFormLayout*>(layout()->itemAt(0)->layout());
    form->labelForField(m_text)->setVisible(!byGenotype);
    m_genotypes->setVisible(byGenotype);
    m_text->setPlaceholderText(what == SelectBy::What::Variants ? tr("maf > 0.05 and pip > 0.1")
                               : what == SelectBy::What::People ? tr("observed > 1 and predicted < 0")
                                                                : tr("rs4680\n22:19930274 C>T\nHG00096"));
    m_text->setToolTip(what == SelectBy::What::Names
                           ? tr("Ids of SNVs, variants and people, one a line or with blanks between")
                           : tr("A condition on columns of the gene's tables, as above the gene list: "
                                "<b>abs(ism) &gt; 0.1 or driver = 1</b>, <b>pip missing</b>"));
    showGenotypes();
}

void SelectDialog::showGenotypes() {
    const auto& report = m_session.shown().report();
    const std::optional<size_t> at = report ? m_selection.variantIn(*report) : std::nullopt;
    m_genotypes->setEnabled(at.has_value());
    for (size_t copies = 0; copies < m_copies.size(); ++copies) {
        if (!at) {
            m_copies[copies]->setText(countedText(static_cast<int64_t>(copies), counted::copies));
            continue;
        }
        const VariantResult& variant = report->variants[*at];
        int64_t people = 0;
        for (size_t p = 0; p < variant.genotypes.people(); ++p)
            people += variant.genotypes.copies(p) == copies ? 1 : 0;
        m_copies[copies]->setText(
            tr("%1 · %2").arg(genotypesOf(variant)[copies], countedText(people, counted::people)));
    }
    look();
}

/// Counts what would be chosen.
void SelectDialog::look() {
    const auto& report = m_session.shown().report();
    m_select->setEnabled(report != nullptr);
    if (!report) {
        m_found->setText(tr("No gene is shown."));
        return;
    }
    m_session.jobs().run<Chosen>(
        {}, countGroup, JobRunner::Priority::Seen,
        [by = how(), report](const RunContext&) { return chosenBy(by, report); }, this,
        [this](const Result<Chosen>& chosen) { tell(chosen); });
}

void SelectDialog::tell(const Result<Chosen>& chosen) {
    m_found->setText(chosen
                         ? chosenText(*chosen)
                         : QString::fromStdString(chosen.error().remedy.empty()
                                                      ? chosen.error().what
                                                      : chosen.error().what + " " + chosen.error().remedy));
}

void SelectDialog::select() {
    const auto& report = m_session.shown().report();
    if (!report)
        return;
    m_pause.stop();
    const auto mode = static_cast<BrushMode>(m_mode->currentData().toInt());
    m_session.jobs().run<Chosen>(
        {}, selectGroup, JobRunner::Priority::Seen,
        [by = how(), report](const RunContext&) { return chosenBy(by, report); }, this,
        [this, mode, report](const Result<Chosen>& chosen) {
            tell(chosen);
            if (chosen && m_session.shown().report() &&
                m_session.shown().report()->gene.id == report->gene.id)
                m_selection.select(chosen->joinedTo(m_selection.selected(), mode));
        });
}

} // namespace diploscope::ui
