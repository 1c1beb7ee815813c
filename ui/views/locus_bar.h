// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "genome/region.h"

#include <QWidget>

#include <optional>

class QLabel;
class QLineEdit;
class QToolButton;

namespace diploscope::ui {

/// Where one is on the locus, to read and to type, and where one goes most: closer, farther, to the TSS, to
/// the SNV, to the whole window. Says what was asked for; shows what it is told.
class LocusBar final : public QWidget {
    Q_OBJECT

public:
    explicit LocusBar(QWidget* parent = nullptr);

    /// What is seen; empty: nothing is.
    void setRegion(const std::optional<Region>& region);
    /// Whether what stands for the TSS is the centre of a phenotype that is no gene.
    void setCentred(bool isCentre);
    /// "chr1:109,642,735–109,839,342 · 196,608 bp"
    [[nodiscard]] QString text() const;
    [[nodiscard]] QLineEdit& field() const { return *m_field; }

Q_SIGNALS:
    void placeTyped(const QString& text);
    void zoomed(double factor); ///< above 1: closer
    void tssWanted();
    void snvWanted();
    void wholeWanted();

protected:
    /// Escape in the field leaves things as they are.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QToolButton* addButton(const QString& text, const QString& tip, void (LocusBar::*wanted)());
    void showRegion();
    void zoomIn() { Q_EMIT zoomed(2); }
    void zoomOut() { Q_EMIT zoomed(0.5); }

    QLineEdit* m_field;
    QLabel* m_length;
    QToolButton* m_tss;
    QString m_region;
};

} // namespace diploscope::ui
