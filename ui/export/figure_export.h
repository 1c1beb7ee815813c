// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "export/figure_walk.h"

#include <QByteArray>
#include <QImage>
#include <QString>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

class QGraphicsWidget;
class QPainter;
class QRectF;

namespace diploscope::ui {

/// What journals take.
inline constexpr double oneColumnMm = 85;
inline constexpr double twoColumnsMm = 174;

/// The printed size of a figure.
struct FigureSize {
    double widthMm = oneColumnMm;
    double heightMm = 70;
    int dpi = 300; ///< of PNG only
};

/// What a figure file says about itself: SVG title, desc and metadata, PNG text chunks, PDF title and XMP.
struct FigureInfo {
    QString title;
    std::vector<std::pair<std::string, std::string>> provenance; ///< as in a GeneReport
    std::string proof = {}; ///< proofText(): what makes it again; empty: nothing is said
};

/// How a figure lies on its page.
struct PageLook {
    double unitPt = 1; ///< of a scene unit
    bool transparent = false;
    bool draft = false;   ///< of a PNG that is only looked at: letters as screens draw them
    QString family = {};  ///< that most texts are set in
    PartNames names = {}; ///< of groups of an SVG
};

enum class FigureFormat { Svg, Pdf, Png };

/// By the ending of the file's name. \error Unsupported for any other than `.svg`, `.pdf` and `.png`.
[[nodiscard]] Result<FigureFormat> figureFormat(const std::filesystem::path& file);
[[nodiscard]] const char* endingOf(FigureFormat format); ///< ".svg"

class FigureRecord;

/// A figure that was drawn and is not written yet. Drawing needs the GUI thread, because Qt Charts lives
/// there, and is over soon; what becomes of it, in letters, pixels and bytes, does not: this is a plain value
/// that any thread may encode, write, and draw into something else; not two at once, copies neither.
class DrawnFigure {
public:
    /// The content of the file. \error Unsupported: more pixels than fit into memory; Internal
    [[nodiscard]] Result<QByteArray> bytes() const;
    /// Its pixels, as those of a PNG. \error Unsupported as above
    [[nodiscard]] Result<QImage> picture() const;
    /// As part of a page that somebody else draws, without a file's metadata.
    /// \param place of the painter, as wide as the figure is to be
    void paint(QPainter& painter, const QRectF& place) const;
    /// All or nothing. \error as bytes(); Io
    [[nodiscard]] Result<void> writeTo(const std::filesystem::path& file) const;

private:
    friend Result<DrawnFigure> drawFigure(QGraphicsWidget&, const FigureSize&, const FigureInfo&,
                                          FigureFormat, const PageLook&);
    std::shared_ptr<const FigureRecord> m_record;
    FigureFormat m_format = FigureFormat::Svg;
    FigureSize m_size;
    FigureInfo m_info;
    PageLook m_look; ///< without names
};

/// Draws a chart (or a widget that holds several), built with ChartStyle::paper(). 1 scene unit becomes 1 pt
/// and the ground white, unless the look says otherwise. The figure is resized, must not be in a scene, and
/// stays the caller's. GUI thread.
/// \error Unsupported for a size outside of 10 to 2000 mm; Internal
[[nodiscard]] Result<DrawnFigure> drawFigure(QGraphicsWidget& figure, const FigureSize& size,
                                             const FigureInfo& info, FigureFormat format,
                                             const PageLook& look = {});

} // namespace diploscope::ui
