// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/drawn_design.h"

#include <QAbstractScrollArea>
#include <QImage>

#include <optional>
#include <vector>

class QLineEdit;

namespace diploscope::ui {

/// A figure on its paper, as large as it will be printed, or smaller where there is no room: to be looked at,
/// and for a person to point at. What is done here is told and changes nothing by itself. GUI thread.
///
/// A click chooses a panel, dragging carries it to another place, a double click on a title or an axis' label
/// writes into it. Keys do the same: arrows walk, with Shift they carry, Delete takes away, F2 writes.
class DesignCanvas : public QAbstractScrollArea {
    Q_OBJECT

public:
    enum class Label { Title, X, Y };
    enum class Size { Fit, True };
    /// What of a figure can be done here.
    enum class Use { Choose, Arrange };

    explicit DesignCanvas(Use use, QWidget* parent = nullptr);

    /// \param picture of `figure`, at the pixels that dpi() asks for
    void show(const QImage& picture, const DesignPicture& figure);
    /// In place of a figure; empty: nothing, a blank paper.
    void showWords(const QString& words);
    /// What is shown is of before.
    void setOutOfDate(bool outOfDate);
    void setChosen(std::optional<size_t> panel);
    void setSize(Size size);
    [[nodiscard]] Size size() const { return m_size; }
    /// Of a picture that is shown pixel by pixel.
    [[nodiscard]] int dpi() const;

    [[nodiscard]] std::optional<size_t> chosen() const { return m_chosen; }
    [[nodiscard]] const std::vector<PanelPlace>& places() const { return m_places; }
    [[nodiscard]] const QImage& picture() const { return m_picture; }
    /// Of a place in mm, pixels of the viewport.
    [[nodiscard]] QRectF onScreen(const QRectF& place) const;
    /// Begins to write into a label. \param words that it says by itself or was given
    void edit(size_t panel, Label label, const QString& words);
    [[nodiscard]] QLineEdit* editor() const { return m_editor; }
    /// Of a panel, where its label is; pixels of the viewport.
    [[nodiscard]] QRectF labelPlace(size_t panel, Label label) const;

Q_SIGNALS:
    void panelChosen(std::optional<size_t> panel);
    /// Carried to a cell of the grid, from 1.
    void panelMoved(size_t panel, int row, int column);
    void panelRemoved(size_t panel);
    /// A person wants to write into it: edit() follows, with the words.
    void editWanted(size_t panel, diploscope::ui::DesignCanvas::Label label);
    void edited(size_t panel, diploscope::ui::DesignCanvas::Label label, const QString& words);
    /// dpi() is another one, and settled.
    void dpiChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Cell {
        int row = 0, column = 0;
        QRectF place; ///< mm
    };
    [[nodiscard]] double truePixels() const; ///< of a mm, at true size
    [[nodiscard]] double pixels() const;     ///< of a mm, as shown
    [[nodiscard]] QRectF paper() const;
    [[nodiscard]] QPointF inMillimetres(const QPointF& at) const;
    [[nodiscard]] std::optional<size_t> panelUnder(const QPointF& at) const;
    [[nodiscard]] std::optional<Label> labelUnder(size_t panel, const QPointF& at) const;
    /// Where something dropped goes to; beyond the last column or row a new one.
    [[nodiscard]] std::optional<Cell> cellUnder(const QPointF& at) const;
    void choose(std::optional<size_t> panel);
    void step(int rows, int columns, bool carries);
    void layOut();
    void endEdit(bool takes);

    Use m_use;
    Size m_size = Size::Fit;
    QImage m_picture;
    QSizeF m_sizeMm{85, 70};
    std::vector<PanelPlace> m_places;
    std::vector<FreeCell> m_free;
    QString m_words;
    bool m_outOfDate = false;
    std::optional<size_t> m_chosen;
    QPointF m_pressed;
    std::optional<size_t> m_carried;
    std::optional<Cell> m_target;
    QLineEdit* m_editor;
    size_t m_editedPanel = 0;
    Label m_editedLabel = Label::Title;
    int m_toldDpi = 0;
};

} // namespace diploscope::ui
