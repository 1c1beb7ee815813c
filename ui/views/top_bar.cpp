// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/top_bar.h"

#include "views/dialog_parts.h"
#include "views/elided_button.h"
#include "views/elided_combo_box.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QPushButton>
#include <QStandardItemModel>
#include <QStringListModel>
#include <QToolButton>

#include <algorithm>
#include <initializer_list>
#include <iterator>

namespace diploscope::ui {

namespace {

constexpr int widestField = 260; ///< pixels, of model and score
constexpr int leastModel = 84;
constexpr int besideSearch = 36; ///< what the search field is wider than its words by

const QString managerEntry = QStringLiteral("\n"); // no folder is called so

/// Names its key while it is empty.
class SearchField : public QLineEdit {
public:
    explicit SearchField(QWidget* parent) : QLineEdit(parent) {}

protected:
    void paintEvent(QPaintEvent* event) override {
        QLineEdit::paintEvent(event);
        if (!text().isEmpty() || hasFocus() || !isEnabled())
            return;
        QPainter painter(this);
        QFont font = this->font();
        font.setPixelSize(12);
        const QString key = QKeySequence(Qt::CTRL | Qt::Key_L).toString(QKeySequence::NativeText);
        constexpr int margins = 44;
        if (fontMetrics().horizontalAdvance(placeholderText()) + QFontMetrics(font).horizontalAdvance(key) +
                margins >
            width())
            return;
        painter.setFont(font);
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(rect().adjusted(0, 0, -14, 0), Qt::AlignRight | Qt::AlignVCenter, key);
    }
};

QIcon dotIcon(const QColor& colour) {
    QPixmap pixmap(32, 32);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(QRectF(8, 8, 16, 16));
    return QIcon(pixmap);
}

QCompleter* completerOver(QStringListModel* genes, QLineEdit* field) {
    auto* completer = new QCompleter(genes, field);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    completer->setMaxVisibleItems(12);
    auto* popup = new QListView;
    popup->setProperty("role", QStringLiteral("completions"));
    completer->setPopup(popup);
    return completer;
}

/// What the models are called in the list: with their folders where names alone would not tell them apart.
QStringList labelsOf(const std::vector<ModelChoice>& models) {
    const auto isOnce = [&](const ModelChoice& model, const auto& textOf) {
        return std::count_if(models.begin(), models.end(),
                             [&](const ModelChoice& other) { return textOf(other) == textOf(model); }) == 1;
    };
    const auto name = [](const ModelChoice& model) { return model.name; };
    const auto withFolder = [](const ModelChoice& model) {
        return QStringLiteral("%1 · %2").arg(model.name, model.folder.section(QLatin1Char('/'), -1));
    };
    QStringList labels;
    for (const ModelChoice& model : models)
        labels << (isOnce(model, name)         ? model.name
                   : isOnce(model, withFolder) ? withFolder(model)
                                               : QStringLiteral("%1 · %2").arg(model.name, model.folder));
    return labels;
}

} // namespace

TopBar::TopBar(QMenuBar* menus, const QList<QAction*>& pages, QMenu* exportMenu, QWidget* parent)
    : QWidget(parent)
    , m_name(new QLabel(QStringLiteral("Diploscope"), this))
    , m_search(new SearchField(this))
    , m_places(new QStringListModel(this))
    , m_model(new ElidedComboBox(this))
    , m_score(new ElidedButton(this))
    , m_device(new ElidedButton(this)) {
    setProperty("role", QStringLiteral("bar"));
    setAttribute(Qt::WA_StyledBackground);

    m_name->setProperty("role", QStringLiteral("brand"));

    m_search->setProperty("role", QStringLiteral("search"));
    m_search->setObjectName(QStringLiteral("geneSearch"));
    m_search->setAccessibleName(tr("Gene, SNV or place"));
    m_search->setToolTip(tr("Go to a gene (symbol, Ensembl id), an SNV (rs4680, 22:19930274:C:T) or a place "
                            "(22:19930274, 22:19.92M-19.94M) (Ctrl+L)"));
    m_search->setClearButtonEnabled(true);
    m_search->setAcceptDrops(false); // files are the window's
    m_search->setMaximumWidth(380);
    QCompleter* completer = completerOver(m_places, m_search);
    m_search->setCompleter(completer);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { search(m_search->text()); });
    connect(completer, qOverload<const QString&>(&QCompleter::activated), this, &TopBar::search);

    m_model->setObjectName(QStringLiteral("modelChooser"));
    m_model->setAccessibleName(tr("Model"));
    m_model->setToolTip(tr("The model whose predictions are compared with observed expression"));
    m_model->setMaximumWidth(widestField);
    // Not by its contents: it would lie over its neighbour until the bar is laid out again.
    m_model->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_model->setMinimumContentsLength(20);
    connect(m_model, &QComboBox::activated, this, &TopBar::chooseRow);
    setModels({});
    setGenes({});

    m_score->setProperty("role", QStringLiteral("chip"));
    m_score->setObjectName(QStringLiteral("scoreChip"));
    m_score->setMaximumWidth(widestField);
    connect(m_score, &QPushButton::clicked, this, &TopBar::scoreClicked);

    m_device->setProperty("role", QStringLiteral("chip"));
    m_device->setObjectName(QStringLiteral("deviceChip"));
    m_device->setLayoutDirection(Qt::RightToLeft); // the dot stands after the name
    connect(m_device, &QPushButton::clicked, this, &TopBar::deviceClicked);

    auto* exportButton = new QToolButton(this);
    exportButton->setText(tr("Export"));
    exportButton->setMenu(exportMenu);
    exportButton->setPopupMode(QToolButton::InstantPopup);
    auto* help = new QToolButton(this);
    help->setText(QStringLiteral("?"));
    help->setToolTip(tr("All shortcuts (?)"));
    help->setAccessibleName(tr("Shortcuts"));
    connect(help, &QToolButton::clicked, this, &TopBar::helpRequested);

    menus->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred); // squeezed, it would hide menus
    menus->setMinimumWidth(menus->sizeHint().width());
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 6, 14, 6);
    layout->setSpacing(8);
    layout->addWidget(m_name);
    layout->addSpacing(4);
    layout->addWidget(menus, 0, Qt::AlignVCenter);
    layout->addSpacing(8);
    QWidget* last = nullptr; // the Tab key goes from left to right
    const auto thenTo = [&last](QWidget* widget) {
        if (last != nullptr)
            setTabOrder(last, widget);
        last = widget;
    };
    for (QAction* page : pages) {
        auto* tab = new QToolButton(this);
        tab->setDefaultAction(page);
        tab->setText(page->iconText());
        tab->setProperty("role", QStringLiteral("tab"));
        layout->addWidget(tab);
        thenTo(tab);
    }
    layout->addSpacing(8);
    layout->addWidget(m_search, 12); // up to its largest width
    layout->addStretch(1);
    layout->addWidget(m_model);
    layout->addWidget(m_score);
    layout->addWidget(m_device);
    layout->addWidget(exportButton);
    layout->addWidget(help);
    for (QWidget* widget :
         std::initializer_list<QWidget*>{m_search, m_model, m_score, m_device, exportButton, help})
        thenTo(widget);
    take({});
    m_model->setMinimumWidth(modelWidth());
}

QString TopBar::searchText(const Form& form) const {
    return form.example ? tr("Gene, SNV or place") : tr("Search");
}

QString TopBar::scoreText(const Form& form) const {
    return form.score && !m_scoreText.isEmpty() ? m_scoreText : tr("Score");
}

int TopBar::searchWidth(const Form& form) const {
    return m_search->fontMetrics().horizontalAdvance(searchText(form)) + besideSearch;
}

int TopBar::modelWidth() const {
    return std::clamp(m_model->widthFor(m_model->shownText()), leastModel, widestField);
}

int TopBar::scoreWidth(const Form& form) const {
    return std::min(m_score->widthFor(scoreText(form)), widestField);
}

int TopBar::deviceWidth(const Form& form) const {
    return m_device->widthFor(form.device ? m_deviceText : QString());
}

int TopBar::widthOfRest() const {
    int width = layout()->minimumSize().width();
    for (const QWidget* field : std::initializer_list<const QWidget*>{m_search, m_model, m_score, m_device})
        width -= field->minimumWidth();
    return m_name->isHidden() ? width : width - m_name->sizeHint().width() - layout()->spacing();
}

int TopBar::widthOf(const Form& form) const {
    return widthOfRest() + (form.name ? m_name->sizeHint().width() + layout()->spacing() : 0) +
           searchWidth(form) + modelWidth() + scoreWidth(form) + deviceWidth(form);
}

QSize TopBar::minimumSizeHint() const {
    const int least = widthOf({false, false, false, false}) - modelWidth() + leastModel;
    return {least, QWidget::minimumSizeHint().height()};
}

void TopBar::take(const Form& form) {
    m_name->setVisible(form.name);
    m_search->setPlaceholderText(searchText(form));
    m_search->setMinimumWidth(searchWidth(form));
    m_score->setText(scoreText(form));
    m_score->setMinimumWidth(scoreWidth(form));
    m_device->setText(form.device ? m_deviceText : QString());
    m_device->setMinimumWidth(deviceWidth(form));
}

void TopBar::fit() {
    if (layout() == nullptr)
        return; // being made
    const Form forms[] = {{},
                          {.name = false},
                          {.name = false, .score = false},
                          {.name = false, .score = false, .device = false},
                          {.name = false, .score = false, .device = false, .example = false}};
    const Form* fitting = std::find_if(std::begin(forms), std::end(forms),
                                       [this](const Form& form) { return widthOf(form) <= width(); });
    const bool fits = fitting != std::end(forms);
    const Form& form = fits ? *fitting : *std::prev(std::end(forms));
    take(form);
    // The model's name gives way last.
    const int missing = fits ? 0 : widthOf(form) - width();
    m_model->setMinimumWidth(std::max(leastModel, modelWidth() - missing));
}

bool TopBar::event(QEvent* event) {
    // Of fields that say something else, or in another type; what is so already asks for no other layout.
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize ||
        event->type() == QEvent::Polish)
        fit();
    return QWidget::event(event);
}

void TopBar::search(const QString& text) {
    if (!text.trimmed().isEmpty())
        Q_EMIT placeRequested(text.trimmed());
}

void TopBar::setGenes(const QStringList& names) {
    m_genes = names;
    m_places->setStringList(m_genes + m_variants);
    m_search->clear();
    m_search->setEnabled(!names.isEmpty());
}

void TopBar::setVariants(const QStringList& ids) {
    if (ids == m_variants)
        return;
    m_variants = ids;
    m_places->setStringList(m_genes + m_variants);
}

void TopBar::setModels(const std::vector<ModelChoice>& models, bool withManager) {
    m_model->clear();
    m_model->setPlaceholderText(tr("Choose a model"));
    bool separated = true;
    const QStringList labels = labelsOf(models);
    for (const ModelChoice& model : models) {
        const QString& label = labels[&model - models.data()];
        if (!model.ofStudy && !separated)
            m_model->insertSeparator(m_model->count());
        separated = !model.ofStudy;
        m_model->addItem(model.ready ? label : tr("%1 · weights missing").arg(label), model.folder);
        const int row = m_model->count() - 1;
        m_model->setItemData(row, model.note.toHtmlEscaped(), Qt::ToolTipRole);
        if (!model.ready)
            m_model->setItemData(row, mutedColour(palette()), Qt::ForegroundRole);
    }
    if (withManager) {
        if (!models.empty())
            m_model->insertSeparator(m_model->count());
        m_model->addItem(tr("Models…"), managerEntry);
    }
    setModelChoice(m_modelChoice);
}

void TopBar::setModelChoice(const QString& choice) {
    m_modelChoice = choice;
    int row = choice.isEmpty() ? -1 : m_model->findData(choice);
    if (row < 0 && !choice.isEmpty()) { // opened by a path that is on no list
        m_model->insertItem(0, choice.section(QLatin1Char('/'), -1), choice);
        row = 0;
    }
    m_model->setCurrentIndex(row);
    fit(); // Qt asks for no other layout where a text alone is another
}

void TopBar::chooseRow(int row) {
    const QString folder = m_model->itemData(row).toString();
    if (folder == managerEntry) {
        setModelChoice(m_modelChoice);
        Q_EMIT modelManagerRequested();
    } else if (folder != m_modelChoice) {
        Q_EMIT modelRequested(folder);
    }
}

void TopBar::setScore(const QString& text, bool ready) {
    m_scoreText = text;
    fit();
    m_score->setEnabled(ready);
    m_score->setToolTip(text.isEmpty() ? tr("The score is the model's output; change how it is made")
                                       : tr("The score: %1. Click to change it.").arg(text).toHtmlEscaped());
    m_score->setAccessibleName(tr("Score: %1").arg(scoreText({})));
}

void TopBar::setDevice(const QString& text, bool ready, const ChartStyle& style) {
    m_deviceText = text;
    m_device->setAccessibleName(tr("Device: %1").arg(text));
    fit();
    m_device->setIcon(dotIcon(ready ? style.theme.supported.colour : style.theme.rule));
    m_device->setToolTip(ready ? tr("The model computes on %1").arg(text)
                               : tr("No model is open; models compute on %1").arg(text));
}

void TopBar::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

} // namespace diploscope::ui
