// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/figure.h"
#include "charts/mark_grid.h"
#include "charts/mark_steps.h"
#include "viewmodels/brush.h"

#include <QElapsedTimer>
#include <QGraphicsView>
#include <QPolygonF>

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

class QGraphicsRectItem;
class QRubberBand;

namespace diploscope::ui {

class HighlightItem;
class RingsItem;

/// A figure that a person looks round in: wheel zooms at the cursor, drag pans, Shift and drag zooms to a
/// rectangle, double-click shows all, Backspace goes back; + and - zoom, 0 shows all, Escape selects nothing.
/// The middle button pans too. Charts of one figure keep a common x range. Pointing at a mark rings it and
/// shows its tooltip; a click tells which datum it stands for. So do keys: arrows point at the next mark in
/// their direction (of tracks along x) and bring it into view, Enter is a click on it; with Shift arrows pan.
/// Down and Up lead into tracks that have parts besides marks, as cells and features: there arrows go from
/// part to part, PageDown and PageUp to the next such track, and Escape leaves.
///
/// Where setDrag() says so a drag selects the marks in a rectangle or a lasso instead: alone in place of what
/// was selected, with Shift in addition, with Ctrl taken away, with both only what is in both; Space and drag
/// pans.
///
/// Not a QChartView: that one (6.4) takes the item under every press for granted and crashes where there is
/// none. Lives on the GUI thread; owns its figure.
///
/// Measured (tst_chart_view "panning", processor time, one core of a server): a pan frame of 20,000 stems at
/// 1200 x 420, offscreen, 6 ms median, 7 ms at worst; a look-up under the mouse 0.3 us. The whole locus,
/// two tracks of 20,000 SNVs at 1074 x 449 (tst_gene_page): 15 ms.
class ChartView final : public QGraphicsView {
    Q_OBJECT

public:
    /// What dragging with the left button does.
    enum class Drag { Pan, Rectangle, Lasso };
    enum class Zoom {
        Plane, ///< a scatter: both axes
        AlongX ///< tracks: x, and with Ctrl also y
    };
    /// What outlives a change of figure.
    enum class Keep {
        Nothing,
        View,  ///< zoom and selection
        Steady ///< these, and axes that show whole data change only where the data outgrow them, in large
               ///< steps
    };

    explicit ChartView(Zoom zoom, QWidget* parent = nullptr);
    ~ChartView() override;

    /// Shows what `make` builds in the style of setChartStyle(); nothing is shown before there is one.
    /// \param keep View where the same gene's data came anew, Steady while more are to come
    void setFigure(FigureMaker make, Keep keep);
    void clearFigure();
    /// Draws one track anew and leaves all others as they are drawn; all of `make` where the figure has no
    /// such track. \param key of the track \param make the figure with it \param draw of the same data
    void setTrack(const std::string& key, FigureMaker make, const TrackMaker& draw);
    /// Said in the middle while there is no figure.
    void setPlaceholder(const QString& text);
    void setChartStyle(const ChartStyle& style);

    [[nodiscard]] bool hasFigure() const { return m_figure != nullptr; }
    [[nodiscard]] const std::vector<FigureTrack>& tracks() const { return m_tracks; }
    /// What is seen of a chart; empty: all of it.
    struct Seen {
        std::optional<AxisRange> x, y;
    };
    /// Of each of tracks().
    [[nodiscard]] std::vector<Seen> seen() const;

    /// Rich text for a datum.
    void setToolTipSource(std::function<QString(size_t datum)> text) { m_toolTip = std::move(text); }
    /// Marks data in every chart of the figure; one alone with a line through all tracks.
    void setSelected(std::vector<size_t> several);
    void setSelected(std::optional<size_t> datum);
    /// The one; empty where none or several are.
    [[nodiscard]] std::optional<size_t> selected() const;
    [[nodiscard]] const std::vector<size_t>& selectedData() const { return m_selected; } ///< ascending
    /// Marks people in every track that shows them, and nobody else. \param people indices into the report
    void setMarkedPeople(std::set<size_t> people);
    /// What is pointed at, by the mouse or by keys.
    [[nodiscard]] std::optional<size_t> pointedAt() const { return m_hovered; }
    /// The same where it is no mark; its rectangle is the scene's.
    [[nodiscard]] const std::optional<FigureArea>& pointedPart() const { return m_hoveredArea; }

    void setDrag(Drag drag);
    [[nodiscard]] Drag drag() const { return m_drag; }
    /// No less than this is shown along x, in data units; without it a share of all.
    void setLeastSpan(double span) { m_leastSpan = span; }

    void showAll();
    /// This stretch of every chart's x axis, as far as there are data; y as it is. No step for goBack().
    void showAlongX(const AxisRange& x);
    /// To what was seen before the last zoom or pan.
    void goBack();
    /// \param factor above 1 shows less \param centre of the view that stays where it is
    void zoomBy(double factor, QPointF centre, bool both);
    /// \param by fractions of what is shown
    void panBy(QPointF by);
    /// Middle of the first chart's plot area, in view coordinates.
    [[nodiscard]] QPointF middle() const;

    [[nodiscard]] QSize minimumSizeHint() const override { return {160, 120}; }
    [[nodiscard]] QSize sizeHint() const override { return {360, 260}; }

Q_SIGNALS:
    void hovered(int datum); ///< -1: none
    /// \param datum -1: an empty place \param toggles with Ctrl: it joins the selection or leaves it
    void clicked(int datum, bool toggles);
    /// Where no mark is: on an area of a person (FigureArea::person), instead of clicked(). One of data
    /// (FigureArea::data) tells them as if they had been brushed.
    void personClicked(size_t person, bool toggles);
    void rangesChanged();
    void figureChanged(); ///< its charts are others
    /// A rectangle or a lasso was drawn. \param data that marks in it stand for, ascending, each once;
    /// tracks without marks tell nothing
    void brushed(const std::vector<size_t>& data, diploscope::ui::BrushMode mode);

protected:
    bool event(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;

private:
    struct Ranges {
        AxisRange x;
        AxisRange y;
        friend bool operator==(const Ranges&, const Ranges&) = default;
    };
    using View = std::vector<Ranges>; ///< [tracks]
    enum class Mode { Idle, Pressed, Panning, Banding, Brushing, Lassoing };
    enum class Step { Wheel, Drag, Key, Jump }; ///< steps of one kind in quick succession are one step back

    /// A track of the figure that was shown before.
    struct Before {
        std::string key;
        Ranges seen;
        Ranges full;
    };
    [[nodiscard]] std::vector<Before> tracksBefore() const;
    void showAsBefore(const std::vector<Before>& before, Keep keep);

    [[nodiscard]] View view() const;
    void apply(const View& view);
    void remember(Step step);
    [[nodiscard]] View clamped(View view) const;
    [[nodiscard]] View panned(const View& from, QPointF by, size_t track) const;
    [[nodiscard]] std::optional<size_t> trackAt(QPointF position) const;
    /// The rectangle from the press to there; over the whole height where only x counts.
    [[nodiscard]] QRectF bandTo(QPointF position) const;
    void zoomToBand(const QRectF& band, size_t track);
    /// \param isInside of places in the scene
    void brush(const std::function<bool(QPointF)>& isInside);
    void drawLassoTo(QPointF position);
    void endLasso();
    void holdSpace(bool held);
    void step(bool alongX, bool forward);
    /// From part to part, or into the next track. \return false where no track has any
    bool walk(Way way);
    /// \param from after this track; empty: any \param down to the ones below
    bool walkIntoTrack(std::optional<size_t> from, bool down);
    void pointAt(size_t track, const FigureStop& stop);
    [[nodiscard]] std::optional<size_t> trackNamed(const std::string& key) const;
    /// Where keys are along x, or the middle.
    [[nodiscard]] double placeOfKeys() const;
    /// \param place data coordinates of that track
    void bringIntoView(size_t track, QPointF place);
    void clickPointedAt(bool toggles);
    void clickArea(const FigureArea& area, bool toggles);
    /// The part that keys point at, its rectangle in the scene's; none any more where it is not there.
    [[nodiscard]] std::optional<FigureArea> walkedTo();
    /// In words, for a tip.
    [[nodiscard]] QString keysTip(const FigureArea& area) const;
    [[nodiscard]] double leastX(const AxisRange& full) const;
    void buildFigure(Keep keep);
    void addMarks(size_t track);
    void hover(const std::optional<QPointF>& position);
    void showHovered();
    [[nodiscard]] std::optional<size_t> datumAt(QPointF position);
    [[nodiscard]] std::optional<FigureArea> areaAt(QPointF position) const; ///< its rectangle in the scene's
    void showSelected(size_t track);

    Zoom m_zoom;
    FigureMaker m_make;
    std::optional<ChartStyle> m_style;
    QString m_placeholder;
    QGraphicsWidget* m_figure = nullptr; ///< owned by the scene
    std::vector<FigureTrack> m_tracks;
    std::vector<MarkGrid> m_grids;                         ///< [tracks]
    std::vector<HighlightItem*> m_hoverMarks;              ///< [tracks]
    std::vector<HighlightItem*> m_selectedMarks;           ///< [tracks]
    std::vector<RingsItem*> m_selectedRings;               ///< [tracks], round several
    std::vector<std::optional<uint32_t>> m_selectedSource; ///< [tracks], of one alone
    std::function<QString(size_t)> m_toolTip;
    std::vector<size_t> m_selected; ///< ascending
    std::set<size_t> m_markedPeople;
    std::optional<size_t> m_hovered;
    std::optional<FigureArea> m_hoveredArea;
    QGraphicsRectItem* m_areaFrame = nullptr; ///< round m_hoveredArea; the figure's
    std::optional<QPointF> m_pointer;         ///< where the mouse hovers
    std::optional<size_t> m_stepped;          ///< what keys point at, until the mouse moves
    /// The same of a track's part.
    struct Walked {
        std::string track; ///< FigureTrack::key
        FigureStop stop;
    };
    std::optional<Walked> m_walked;

    std::vector<View> m_history;
    Step m_lastStep = Step::Jump;
    QElapsedTimer m_sinceStep;

    Drag m_drag = Drag::Pan;
    double m_leastSpan = 0;   ///< 0: a share of all
    bool m_spaceHeld = false; ///< drags pan, whatever m_drag
    BrushMode m_brushMode = BrushMode::Replace;

    Mode m_mode = Mode::Idle;
    Qt::MouseButton m_pressedButton = Qt::NoButton;
    QPointF m_pressedAt;
    size_t m_pressedTrack = 0;
    View m_pressedView;
    QPolygonF m_lasso;
    QRubberBand* m_band;
};

} // namespace diploscope::ui
