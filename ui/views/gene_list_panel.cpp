// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/gene_list_panel.h"

#include "viewmodels/counted_text.h"
#include "viewmodels/number_text.h"
#include "views/gene_row_delegate.h"
#include "views/guide_button.h"
#include "views/panel_card.h"
#include "views/run_banner.h"
#include "views/sort_menu.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QPushButton>
#include <QRegularExpression>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <functional>

namespace diploscope::ui {

namespace {

/// Keys that walk through the rows tell so. Rows that come and go, letters that search for a name and the
/// pointer's drag move no current row of their own accord.
class GeneTable final : public QTableView {
public:
    using QTableView::QTableView;
    std::function<void()> walked;

protected:
    void keyPressEvent(QKeyEvent* event) override {
        const int before = currentIndex().row();
        QTableView::keyPressEvent(event);
        switch (event->key()) {
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
        case Qt::Key_Home:
        case Qt::Key_End:
            if (currentIndex().row() != before)
                walked();
            break;
        default:
            break;
        }
    }
    void mouseMoveEvent(QMouseEvent* event) override {
        if (event->buttons() == Qt::NoButton)
            QTableView::mouseMoveEvent(event);
    }
};

GeneTable* geneTable(QAbstractItemModel* model, QWidget* parent) {
    auto* table = new GeneTable(parent);
    table->setObjectName(QStringLiteral("geneList"));
    table->setAccessibleName(QObject::tr("Genes"));
    table->setModel(model);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setSortingEnabled(true);
    table->sortByColumn(-1, Qt::AscendingOrder); // genome order until the user says otherwise
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(26);
    table->verticalHeader()->setMinimumSectionSize(22);
    QHeaderView* header = table->horizontalHeader();
    header->setHighlightSections(false);
    header->setMinimumSectionSize(30);
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(GeneListModel::GeneColumn, QHeaderView::Stretch);
    return table;
}

/// A condition on columns, not a name or a place.
bool isCondition(const QString& text) {
    static const QRegularExpression signs(QStringLiteral("[<>=!]|\\bmissing\\b"),
                                          QRegularExpression::CaseInsensitiveOption);
    return text.contains(signs);
}

} // namespace

GeneListPanel::GeneListPanel(Session& session, Genome& genome, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_genome(genome)
    , m_model(new GeneListModel(session, genome, this))
    , m_filter(new GeneListFilter(genome, this))
    , m_search(new QLineEdit(this))
    , m_delegate(new GeneRowDelegate(this))
    , m_problem(new QLabel(this))
    , m_count(new ElidedLabel(this))
    , m_analyse(new QPushButton(this)) {
    setGuidePlace(*this, QStringLiteral("window.md#conditions"));
    setProperty("role", QStringLiteral("bar"));
    setAttribute(Qt::WA_StyledBackground);
    m_filter->setSourceModel(m_model);
    GeneTable* table = geneTable(m_filter, this);
    table->walked = [this] { open(m_table->currentIndex()); };
    m_table = table;
    m_table->setItemDelegate(m_delegate);

    m_search->setObjectName(QStringLiteral("geneFilter"));
    m_search->setPlaceholderText(tr("Name, 22:17M-18M or q < 0.05"));
    m_search->setToolTip(
        tr("Part of a name, a place, or a condition on what is known of the genes:<br>"
           "<b>q &lt; 0.05 and r &lt; -0.2</b>, <b>predixcan_r &gt; 0.2 and not (abs(r) &gt; "
           "0.2)</b>, <b>main_supported = 0</b>, <b>p missing</b><br>(Ctrl+F)"));
    m_search->setAccessibleName(tr("Filter the genes"));
    m_search->setClearButtonEnabled(true);
    connect(m_search, &QLineEdit::textChanged, this, &GeneListPanel::search);
    m_search->setAcceptDrops(false); // files are the window's
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        if (!m_genome.filterError())
            open(m_filter->index(0, 0));
    });

    m_problem->setProperty("role", QStringLiteral("warning"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setContentsMargins(14, 0, 12, 6);
    m_problem->hide();
    m_count->setProperty("role", QStringLiteral("small"));
    setAnalysing(false);
    connect(m_analyse, &QPushButton::clicked, this,
            [this] { m_analysing ? Q_EMIT stopAllRequested() : Q_EMIT analyseAllRequested(); });

    auto* top = new QHBoxLayout;
    top->setContentsMargins(12, 10, 12, 6);
    top->addWidget(m_search);
    auto* bottom = new QHBoxLayout;
    bottom->setContentsMargins(14, 8, 12, 10);
    bottom->addWidget(m_count, 1);
    bottom->addWidget(m_analyse);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_problem);
    auto* notice = new QVBoxLayout;
    notice->setContentsMargins(12, 0, 12, 6);
    notice->addWidget(new RunBanner(genome, RunBanner::Form::List, this));
    layout->addLayout(notice);
    auto* middle = new QHBoxLayout; // rows stand in from the edge, as cards do
    middle->setContentsMargins(8, 0, 2, 0);
    middle->addWidget(m_table);
    layout->addLayout(middle, 1);
    layout->addLayout(bottom);

    connect(m_table, &QTableView::clicked, this, &GeneListPanel::open);
    connect(m_table, &QTableView::activated, this, &GeneListPanel::open);
    connect(&session.shown(), &ShownGene::geneChanged, this, &GeneListPanel::followSession);
    connect(&session.results(), &GeneResults::rowAdded, this, &GeneListPanel::count);
    connect(&session.results(), &GeneResults::replaced, this, &GeneListPanel::count);
    for (const auto signal : {&Genome::tableChanged, &Genome::focusChanged})
        connect(&genome, signal, this, &GeneListPanel::showProblem);
    QHeaderView* header = m_table->horizontalHeader();
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QHeaderView::customContextMenuRequested, this,
            [this, header](const QPoint& at) { openMenu(header->mapToGlobal(at)); });
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QWidget::customContextMenuRequested, this,
            [this](const QPoint& at) { openMenu(m_table->viewport()->mapToGlobal(at)); });
    // A view gives the mark of a row that goes to its neighbour; the mark is the session's gene's.
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved}) {
        connect(m_filter, signal, this, &GeneListPanel::count);
        connect(m_filter, signal, this, &GeneListPanel::markShown);
    }
    connect(m_filter, &QAbstractItemModel::modelReset, this, &GeneListPanel::count);
    connect(m_filter, &QAbstractItemModel::modelReset, this, &GeneListPanel::markShown);
    connect(m_filter, &QAbstractItemModel::layoutChanged, this, &GeneListPanel::count);
    connect(m_filter, &QAbstractItemModel::layoutChanged, this, &GeneListPanel::markShown);
    connect(&session, &Session::studyClosed, m_search, &QLineEdit::clear);
    fitColumns();
    count();
}

void GeneListPanel::search(const QString& text) {
    const bool condition = isCondition(text);
    m_genome.setFilter(condition ? text : QString());
    m_filter->setSearch(condition ? QString() : text);
    Q_EMIT filterChanged(text);
}

QString GeneListPanel::filterText() const {
    return m_search->text();
}

void GeneListPanel::setFilterText(const QString& text) {
    if (text != m_search->text()) // or the cursor would go to the end
        m_search->setText(text);
}

void GeneListPanel::showProblem() {
    const std::optional<Error>& error = m_genome.filterError();
    m_problem->setVisible(error.has_value());
    if (error)
        m_problem->setText(
            QString::fromStdString(error->remedy.empty() ? error->what : error->what + " " + error->remedy));
    count();
}

/// Numbers find room in these, and headings in whatever type they are set.
void GeneListPanel::fitColumns() {
    static constexpr std::pair<int, int> least[] = {
        {GeneListModel::RColumn, 54},         {GeneListModel::PColumn, 60},
        {GeneListModel::NullPColumn, 60},     {GeneListModel::QColumn, 60},
        {GeneListModel::PredixcanColumn, 66}, {GeneListModel::DriversColumn, 56},
        {GeneListModel::SupportedColumn, 74}};
    QHeaderView* header = m_table->horizontalHeader();
    header->ensurePolished();
    for (const auto& [column, width] : least)
        header->resizeSection(column, std::max(width, header->sectionSizeHint(column)));
    constexpr int forNames = 76;
    int needed = forNames + 24; // margins, scroll bar
    for (const int column : {GeneListModel::RColumn, GeneListModel::QColumn, GeneListModel::SupportedColumn})
        needed += header->sectionSize(column);
    setMinimumWidth(needed);
}

void GeneListPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    showColumns();
}

void GeneListPanel::setColumns(const QList<int>& columns) {
    m_columns = columns;
    showColumns();
}

QString GeneListPanel::columnNames() const {
    QStringList names;
    for (const int column : m_columns)
        names << m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    return names.join(QStringLiteral(", "));
}

void GeneListPanel::showColumnsNamed(const QString& names) {
    const QStringList wanted = names.split(QStringLiteral(", "), Qt::SkipEmptyParts);
    QList<int> columns;
    for (int column = GeneListModel::GeneColumn + 1; column < GeneListModel::ColumnCount; ++column)
        if (wanted.contains(m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString()))
            columns << column;
    if (!columns.isEmpty())
        setColumns(columns);
}

void GeneListPanel::showColumns() {
    constexpr int leastForDrivers = 350;
    for (int column = GeneListModel::GeneColumn + 1; column < GeneListModel::ColumnCount; ++column)
        m_table->setColumnHidden(column, !m_columns.contains(column) ||
                                             (column == GeneListModel::DriversColumn &&
                                              width() < leastForDrivers && m_columns.size() > 3));
}

void GeneListPanel::openMenu(const QPoint& global) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu, &QMenu::aboutToHide, this, &GeneListPanel::markShown); // a right click marks its row
    addSortMenu(*menu, *m_table);
    QMenu* heads = menu->addMenu(tr("&Columns"));
    for (int column = GeneListModel::GeneColumn + 1; column < GeneListModel::ColumnCount; ++column) {
        QAction* action =
            heads->addAction(m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(m_columns.contains(column));
        connect(action, &QAction::toggled, this, [this, column](bool shown) {
            QList<int> columns = m_columns;
            columns.removeAll(column);
            if (shown)
                columns.append(column);
            setColumns(columns);
        });
    }
    menu->popup(global);
}

void GeneListPanel::setChartStyle(const ChartStyle& style) {
    m_delegate->setTheme(style.theme);
    fitColumns();
    m_table->viewport()->update();
}

void GeneListPanel::setAnalysing(bool analysing) {
    m_analysing = analysing;
    m_analyse->setText(analysing ? tr("Stop") : tr("Analyse all"));
    m_analyse->setToolTip(analysing ? tr("Stop analysing; what is finished stays")
                                    : tr("Analyse every gene in the background (Ctrl+Shift+A)"));
}

void GeneListPanel::open(const QModelIndex& index) {
    if (!index.isValid())
        return;
    Q_EMIT geneRequested(index.data(GeneListModel::GeneIdRole).toString());
    markShown();
}

void GeneListPanel::followSession() {
    markShown();
    if (m_table->currentIndex().isValid())
        m_table->scrollTo(m_table->currentIndex());
}

void GeneListPanel::markShown() {
    const Gene* gene = m_session.shown().gene();
    const int row = gene == nullptr ? -1 : m_model->rowOf(QString::fromStdString(gene->id));
    const QModelIndex index = row < 0 ? QModelIndex() : m_filter->mapFromSource(m_model->index(row, 0));
    if (index.isValid())
        m_table->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect |
                                                              QItemSelectionModel::Rows);
    else
        m_table->selectionModel()->clear(); // not in the study, or filtered out
}

void GeneListPanel::step(int steps) {
    const int rows = m_filter->rowCount();
    if (rows == 0)
        return;
    const QModelIndex current = m_table->currentIndex();
    const int row = current.isValid() ? current.row() + steps : 0;
    open(m_filter->index(std::clamp(row, 0, rows - 1), 0));
}

void GeneListPanel::focusFilter() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void GeneListPanel::count() {
    const int all = m_model->rowCount();
    const int shown = m_filter->rowCount();
    const auto known = static_cast<int>(m_genome.knownCount());
    QString text = countedText(all, counted::genes);
    if (shown != all)
        text += tr(" · %1 shown").arg(countText(shown));
    if (known > 0)
        text += tr(" · %1 analysed").arg(countText(known));
    m_count->setFullText(text);
    m_analyse->setEnabled(m_analysing || m_session.results().rows().size() < all);
    m_analyse->setVisible(!m_session.isPublished());
}

} // namespace diploscope::ui
