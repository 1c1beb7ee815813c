// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/snv_colour.h"

#include "analysis/gene_report.h"

#include <QObject>

namespace diploscope::ui {

namespace {
constexpr double LargestMaf = 0.5;
}

const char* wordOf(SnvColour colour) {
    return colour == SnvColour::Maf ? "maf" : "carrier-fraction";
}

SnvColour snvColourOf(std::string_view word) {
    return word == wordOf(SnvColour::CarrierFraction) ? SnvColour::CarrierFraction : SnvColour::Maf;
}

QString titleOf(SnvColour colour) {
    return colour == SnvColour::Maf ? QStringLiteral("MAF") : QObject::tr("Carriers");
}

double shadeOf(const VariantResult& variant, SnvColour colour) {
    return colour == SnvColour::Maf ? variant.maf / LargestMaf : variant.carrierFraction;
}

QString shadeText(double shade, SnvColour colour) {
    return colour == SnvColour::Maf ? QString::number(shade * LargestMaf)
                                    : QString::number(100 * shade) + QStringLiteral(" %");
}

} // namespace diploscope::ui
