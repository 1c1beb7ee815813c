// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/top_bar.h"

#include "views/dialog_parts.h"
#include "views/elided_button.h"
#include "views/elided_combo_box.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
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

namespace diploscope::ui {

namespace {

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
    , m_search(new SearchField(this))
    , m_places(new QStringListModel(this))
    , m_model(new ElidedComboBox(this))
    , m_score(new ElidedButton(this))
    , m_device(new QPushButton(this)) {
    setProperty("role", QStringLiteral("bar"));
    setAttribute(Qt::WA_StyledBackground);

    auto* brand = new QLabel(QStringLiteral("Diploscope"), this);
    brand->setProperty("role", QStringLiteral("brand"));

    m_search->setProperty("role", QStringLiteral("search"));
    m_search->setObjectName(QStringLiteral("geneSearch"));
    m_search->setPlaceholderText(tr("Gene, SNV or place"));
    m_search->setAccessibleName(tr("Gene, SNV or place"));
    m_search->setToolTip(tr("Go to a gene (symbol, Ensembl id), an SNV (rs4680, 22:19930274:C:T) or a place "
                            "(22:19930274, 22:19.92M-19.94M) (Ctrl+L)"));
    m_search->setClearButtonEnabled(true);
    m_search->setAcceptDrops(false); // files are the window's
    m_search->setMinimumWidth(56);
    m_search->setMaximumWidth(380);
    QCompleter* completer = completerOver(m_places, m_search);
    m_search->setCompleter(completer);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { search(m_search->text()); });
    connect(completer, qOverload<const QString&>(&QCompleter::activated), this, &TopBar::search);

    m_model->setObjectName(QStringLiteral("modelChooser"));
    m_model->setAccessibleName(tr("Model"));
    m_model->setToolTip(tr("The model whose predictions are compared with observed expression"));
    m_model->setMinimumWidth(84);
    m_model->setMaximumWidth(260);
    // Not by its contents: it would lie over its neighbour until the bar is laid out again.
    m_model->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_model->setMinimumContentsLength(20);
    connect(m_model, &QComboBox::activated, this, &TopBar::chooseRow);
    setModels({});
    setGenes({});

    m_score->setProperty("role", QStringLiteral("chip"));
    m_score->setObjectName(QStringLiteral("scoreChip"));
    m_score->setMaximumWidth(260);
    connect(m_score, &QPushButton::clicked, this, &TopBar::scoreClicked);

    m_device->setProperty("role", QStringLiteral("chip"));
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
    layout->addWidget(brand);
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
    const QString shown = text.isEmpty() ? tr("Score") : text;
    m_score->setText(shown);
    m_score->setEnabled(ready);
    m_score->setToolTip(text.isEmpty() ? tr("The score is the model's output; change how it is made")
                                       : tr("The score: %1. Click to change it.").arg(text).toHtmlEscaped());
    m_score->setAccessibleName(tr("Score: %1").arg(shown));
}

void TopBar::setDevice(const QString& text, bool ready, const ChartStyle& style) {
    m_device->setText(text);
    m_device->setIcon(dotIcon(ready ? style.theme.supported.colour : style.theme.rule));
    m_device->setToolTip(ready ? tr("The model computes on %1").arg(text)
                               : tr("No model is open; models compute on %1").arg(text));
}

void TopBar::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

} // namespace diploscope::ui
