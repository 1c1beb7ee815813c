// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/genome_figure.h"

#include "viewmodels/genome_histogram.h"
#include "viewmodels/genome_scatter.h"

#include <algorithm>
#include <cmath>

namespace diploscope::ui {

bool isHistogram(GenomeFigure figure) {
    switch (figure) {
    case GenomeFigure::DriverDistance:
    case GenomeFigure::NullHistogram:
    case GenomeFigure::LinearR:
    case GenomeFigure::DriverCount:
        return true;
    case GenomeFigure::ObservedPredicted:
    case GenomeFigure::NullR:
    case GenomeFigure::PredixcanR:
    case GenomeFigure::SupportedR:
    case GenomeFigure::ModelModel:
        break;
    }
    return false;
}

std::vector<std::string> otherModels(const GenomeTable& table) {
    // Other models' columns are the last, after the table's own (GenomeTable).
    std::vector<std::string> names;
    for (size_t column = table.ownColumnCount(); column < table.columns().size(); ++column) {
        const std::vector<double>& r = table.numbers(column);
        if (std::any_of(r.begin(), r.end(), [](double value) { return std::isfinite(value); }))
            names.push_back(table.columns()[column].name.substr(2)); // r_NAME
    }
    return names;
}

GenomeFigureText genomeFigureText(GenomeFigure figure, const GenomeTable& table,
                                  const GenomeFigureOptions& options) {
    return isHistogram(figure) ? genomeHistogram(figure, table).text
                               : genomeScatter(figure, table, nullptr, options).text;
}

} // namespace diploscope::ui
