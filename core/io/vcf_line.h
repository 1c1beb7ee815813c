// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <htslib/vcf.h>

#include <cstddef>

namespace diploscope {

/// vcf_parse() of a line with as many columns as the header has, also with VCF 4.4's marks of phase. Lines as
/// phased panels have nearly all of them, whose FORMAT is GT alone and where everybody has two phased alleles
/// of one digit (`0|1`), take a fraction of its time, as genotypes of four bytes each are found by their
/// places. \param people columns of the file, whoever of them the header keeps. \return whether the line is a
/// record. Inside core/io only.
[[nodiscard]] bool parseVcfLine(kstring_t& line, size_t people, const bcf_hdr_t* header, bcf1_t* record);

} // namespace diploscope
