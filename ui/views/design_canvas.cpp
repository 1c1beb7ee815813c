// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/design_canvas.h"

#include "views/app_theme.h"
#include "views/dialog_parts.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>
#include <QScreen>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {
namespace {

constexpr double paperMargin = 24; ///< pixels of ground round the paper
constexpr double shadow = 3;
constexpr double leastLabel = 14; ///< pixels that can be pointed at

} // namespace

DesignCanvas::DesignCanvas(Use use, QWidget* parent)
    : QAbstractScrollArea(parent), m_use(use), m_editor(new QLineEdit(viewport())) {
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(240, 200);
    setAccessibleName(tr("The figure as it will be"));
    if (use == Use::Arrange)
        setAccessibleDescription(tr("Arrows walk from panel to panel, with Shift they carry it; Delete takes "
                                    "it away, F2 writes its title."));
    viewport()->setMouseTracking(true);
    m_editor->hide();
    m_editor->installEventFilter(this);
    connect(m_editor, &QLineEdit::editingFinished, this, [this] { endEdit(true); });
}

double DesignCanvas::truePixels() const {
    const double perInch = screen() != nullptr ? screen()->physicalDotsPerInch() : 96;
    // Screens that do not know their size say 0, or nonsense.
    constexpr double least = 50, most = 400, usual = 96;
    return (perInch >= least && perInch <= most ? perInch : usual) / 25.4;
}

double DesignCanvas::pixels() const {
    if (m_size == Size::True)
        return truePixels();
    const QSizeF room = QSizeF(viewport()->size()) - QSizeF(2 * paperMargin, 2 * paperMargin);
    const double fit = std::min(room.width() / m_sizeMm.width(), room.height() / m_sizeMm.height());
    return std::clamp(fit, 0.2, truePixels());
}

int DesignCanvas::dpi() const {
    return std::clamp(static_cast<int>(std::lround(pixels() * 25.4 * devicePixelRatioF())), 20, 1200);
}

QRectF DesignCanvas::paper() const {
    const QSizeF size = m_sizeMm * pixels();
    const auto from = [](double room, double length, const QScrollBar* bar) {
        return std::max((room - length) / 2, paperMargin) - bar->value();
    };
    return {QPointF(std::round(from(viewport()->width(), size.width(), horizontalScrollBar())),
                    std::round(from(viewport()->height(), size.height(), verticalScrollBar()))),
            size};
}

QRectF DesignCanvas::onScreen(const QRectF& place) const {
    return {paper().topLeft() + place.topLeft() * pixels(), place.size() * pixels()};
}

QPointF DesignCanvas::inMillimetres(const QPointF& at) const {
    return (at - paper().topLeft()) / pixels();
}

void DesignCanvas::layOut() {
    // What fits needs no bars, which would take of the room that it is fitted into.
    const Qt::ScrollBarPolicy bars = m_size == Size::Fit ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded;
    setHorizontalScrollBarPolicy(bars);
    setVerticalScrollBarPolicy(bars);
    const QSizeF whole = m_sizeMm * pixels() + QSizeF(2 * paperMargin, 2 * paperMargin);
    const auto fit = [](QScrollBar* bar, double length, int room) {
        bar->setRange(0, std::max(0, static_cast<int>(std::ceil(length)) - room));
        bar->setPageStep(room);
        bar->setSingleStep(20);
    };
    fit(horizontalScrollBar(), whole.width(), viewport()->width());
    fit(verticalScrollBar(), whole.height(), viewport()->height());
    endEdit(false);
    viewport()->update();
    if (const int now = dpi(); now != m_toldDpi) {
        m_toldDpi = now;
        Q_EMIT dpiChanged();
    }
}

void DesignCanvas::show(const QImage& picture, const DesignPicture& figure) {
    m_picture = picture;
    m_places = figure.places;
    m_free = figure.free;
    m_words.clear();
    m_outOfDate = false;
    if (m_chosen && *m_chosen >= m_places.size())
        m_chosen.reset();
    if (m_sizeMm != figure.sizeMm) {
        m_sizeMm = figure.sizeMm;
        layOut();
    }
    viewport()->update();
}

void DesignCanvas::showWords(const QString& words) {
    m_picture = {};
    m_places.clear();
    m_free.clear();
    m_words = words;
    m_outOfDate = false;
    viewport()->update();
}

void DesignCanvas::setOutOfDate(bool outOfDate) {
    m_outOfDate = outOfDate;
    viewport()->update();
}

void DesignCanvas::setChosen(std::optional<size_t> panel) {
    m_chosen = panel;
    viewport()->update();
}

void DesignCanvas::setSize(Size size) {
    m_size = size;
    layOut();
}

void DesignCanvas::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    layOut();
}

void DesignCanvas::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    // The desk, so that paper is seen to end.
    painter.fillRect(viewport()->rect(),
                     blend(palette().color(QPalette::Window), palette().color(QPalette::Mid), 0.35));
    if (!m_words.isEmpty()) {
        const QRectF room = QRectF(viewport()->rect()).adjusted(paperMargin, 0, -paperMargin, 0);
        painter.setPen(mutedColour(palette()));
        painter.drawText(room, Qt::AlignCenter | Qt::TextWordWrap, m_words);
        return;
    }
    if (m_picture.isNull())
        return;
    const QRectF sheet = paper();
    painter.fillRect(sheet.translated(shadow, shadow), QColor(0, 0, 0, 40));
    painter.fillRect(sheet, Qt::white); // paper is, whatever the window's theme
    painter.setOpacity(m_outOfDate ? 0.55 : 1);
    painter.drawImage(sheet, m_picture);
    painter.setOpacity(1);
    const QColor accent = palette().color(QPalette::Link);
    const auto frame = [&](const QRectF& place, Qt::PenStyle style) {
        painter.setPen(QPen(accent, 1.5, style));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(onScreen(place).adjusted(-2, -2, 2, 2));
    };
    if (m_chosen && *m_chosen < m_places.size())
        frame(m_places[*m_chosen].whole, Qt::SolidLine);
    if (m_target)
        frame(m_target->place, Qt::DashLine);
}

std::optional<size_t> DesignCanvas::panelUnder(const QPointF& at) const {
    const QPointF place = inMillimetres(at);
    for (size_t i = 0; i < m_places.size(); ++i)
        if (m_places[i].whole.contains(place))
            return i;
    return std::nullopt;
}

QRectF DesignCanvas::labelPlace(size_t panel, Label label) const {
    const QRectF whole = onScreen(m_places[panel].whole);
    const QRectF plots = m_places[panel].plots.isEmpty() ? whole : onScreen(m_places[panel].plots);
    const auto strip = [](double room) { return std::clamp(room / 2, leastLabel, 40.0); };
    switch (label) {
    case Label::Title: {
        const double height = std::clamp(plots.top() - whole.top(), leastLabel, 40.0);
        return {whole.topLeft(), QSizeF(whole.width(), height)};
    }
    case Label::X: {
        const double height = strip(whole.bottom() - plots.bottom());
        return {QPointF(plots.left(), whole.bottom() - height), QSizeF(plots.width(), height)};
    }
    case Label::Y:
        break;
    }
    return {QPointF(whole.left(), plots.top()), QSizeF(strip(plots.left() - whole.left()), plots.height())};
}

std::optional<DesignCanvas::Label> DesignCanvas::labelUnder(size_t panel, const QPointF& at) const {
    const PanelPlace& place = m_places[panel];
    const std::pair<Label, const QString*> labels[] = {
        {Label::Title, &place.title}, {Label::X, &place.xLabel}, {Label::Y, &place.yLabel}};
    for (const auto& [label, words] : labels)
        if (!words->isEmpty() && labelPlace(panel, label).contains(at))
            return label;
    return std::nullopt;
}

std::optional<DesignCanvas::Cell> DesignCanvas::cellUnder(const QPointF& at) const {
    const QPointF place = inMillimetres(at);
    int rows = 1, columns = 1;
    for (const PanelPlace& panel : m_places) {
        rows = std::max(rows, panel.row + panel.rows - 1);
        columns = std::max(columns, panel.column + panel.columns - 1);
        if (panel.whole.contains(place))
            return Cell{panel.row, panel.column, panel.whole};
    }
    for (const FreeCell& cell : m_free)
        if (cell.whole.contains(place))
            return Cell{cell.row, cell.column, cell.whole};
    constexpr double mark = 4; // mm, of what is not there yet
    const bool beside = place.x() > m_sizeMm.width();
    const bool below = place.y() > m_sizeMm.height();
    if (beside == below)
        return std::nullopt;
    if (below)
        return Cell{rows + 1, 1, {0, m_sizeMm.height(), m_sizeMm.width(), mark}};
    for (const PanelPlace& panel : m_places)
        if (panel.whole.top() <= place.y() && place.y() <= panel.whole.bottom())
            return Cell{
                panel.row, columns + 1, {m_sizeMm.width(), panel.whole.top(), mark, panel.whole.height()}};
    return std::nullopt;
}

void DesignCanvas::choose(std::optional<size_t> panel) {
    if (panel == m_chosen)
        return;
    setChosen(panel);
    Q_EMIT panelChosen(panel);
}

void DesignCanvas::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return QAbstractScrollArea::mousePressEvent(event);
    m_pressed = event->position();
    choose(panelUnder(m_pressed));
    m_carried = m_use == Use::Arrange ? m_chosen : std::nullopt;
}

void DesignCanvas::mouseMoveEvent(QMouseEvent* event) {
    const QPointF at = event->position();
    if (m_carried && (event->buttons() & Qt::LeftButton) != 0) {
        if (m_target || (at - m_pressed).manhattanLength() >= QApplication::startDragDistance()) {
            m_target = cellUnder(at);
            viewport()->setCursor(m_target ? Qt::ClosedHandCursor : Qt::ForbiddenCursor);
            viewport()->update();
        }
        return;
    }
    const std::optional<size_t> panel = panelUnder(at);
    viewport()->setCursor(panel && labelUnder(*panel, at) ? Qt::IBeamCursor : Qt::ArrowCursor);
}

void DesignCanvas::mouseReleaseEvent(QMouseEvent* event) {
    const std::optional<size_t> carried = std::exchange(m_carried, std::nullopt);
    const std::optional<Cell> target = std::exchange(m_target, std::nullopt);
    viewport()->setCursor(Qt::ArrowCursor);
    viewport()->update();
    if (event->button() != Qt::LeftButton || !carried || !target || *carried >= m_places.size())
        return;
    const PanelPlace& own = m_places[*carried];
    if (own.row != target->row || own.column != target->column)
        Q_EMIT panelMoved(*carried, target->row, target->column);
}

void DesignCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
    m_carried.reset();
    if (const std::optional<size_t> panel = panelUnder(event->position()))
        if (const std::optional<Label> label = labelUnder(*panel, event->position()))
            Q_EMIT editWanted(*panel, *label);
}

void DesignCanvas::step(int rows, int columns, bool carries) {
    if (m_places.empty())
        return;
    if (!m_chosen)
        return choose(0);
    const PanelPlace& own = m_places[*m_chosen];
    const int row = own.row + (rows > 0 ? own.rows : rows);
    const int column = own.column + (columns > 0 ? own.columns : columns);
    if (row < 1 || column < 1)
        return;
    if (carries && m_use == Use::Arrange) {
        Q_EMIT panelMoved(*m_chosen, row, column);
        return;
    }
    for (size_t i = 0; i < m_places.size(); ++i) {
        const PanelPlace& other = m_places[i];
        if (row >= other.row && row < other.row + other.rows && column >= other.column &&
            column < other.column + other.columns)
            return choose(i);
    }
}

void DesignCanvas::keyPressEvent(QKeyEvent* event) {
    const bool carries = (event->modifiers() & Qt::ShiftModifier) != 0;
    switch (event->key()) {
    case Qt::Key_Left:
        return step(0, -1, carries);
    case Qt::Key_Right:
        return step(0, 1, carries);
    case Qt::Key_Up:
        return step(-1, 0, carries);
    case Qt::Key_Down:
        return step(1, 0, carries);
    case Qt::Key_F2:
        if (m_chosen)
            Q_EMIT editWanted(*m_chosen, Label::Title);
        return;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        if (m_chosen && m_use == Use::Arrange)
            Q_EMIT panelRemoved(*m_chosen);
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void DesignCanvas::edit(size_t panel, Label label, const QString& words) {
    if (panel >= m_places.size())
        return;
    m_editedPanel = panel;
    m_editedLabel = label;
    constexpr int least = 160, height = 28;
    const QRectF place = labelPlace(panel, label);
    QRect field(0, 0, std::max(least, static_cast<int>(place.width())), height);
    field.moveCenter(place.center().toPoint());
    field.moveLeft(std::clamp(field.left(), 0, std::max(0, viewport()->width() - field.width())));
    field.moveTop(std::clamp(field.top(), 0, std::max(0, viewport()->height() - height)));
    m_editor->setGeometry(field);
    m_editor->setText(words);
    m_editor->setToolTip(tr("*italics*, R^{2} and log_{10}; empty: what the figure says by itself"));
    m_editor->show();
    m_editor->selectAll();
    m_editor->setFocus();
}

void DesignCanvas::endEdit(bool takes) {
    if (m_editor->isHidden())
        return;
    const bool hadFocus = m_editor->hasFocus();
    m_editor->hide();
    if (hadFocus)
        setFocus();
    if (takes)
        Q_EMIT edited(m_editedPanel, m_editedLabel, m_editor->text());
}

bool DesignCanvas::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_editor &&
        (event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress))
        if (const int key = static_cast<QKeyEvent*>(event)->key();
            key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter) {
            event->accept(); // it leaves the field, not what is round it
            if (event->type() == QEvent::KeyPress)
                endEdit(key != Qt::Key_Escape);
            return true;
        }
    return QAbstractScrollArea::eventFilter(watched, event);
}

bool DesignCanvas::event(QEvent* event) {
    // The arrows and Delete are the canvas' before they are the window's.
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        for (const int own : {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down, Qt::Key_F2,
                              Qt::Key_Delete, Qt::Key_Backspace})
            if (key == own) {
                event->accept();
                return true;
            }
    }
    if (event->type() == QEvent::ScreenChangeInternal)
        layOut();
    return QAbstractScrollArea::event(event);
}

} // namespace diploscope::ui
