// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <htslib/kstring.h>

namespace diploscope {

/// VCF 4.4 may write the phase of the first allele before it, `|0|1` or `/0/1`, which htslib knows from 1.22
/// on and refuses before: takes the mark away, in place. A `/` makes the whole genotype unphased, as it says
/// of the first allele that its haplotype is not known. Inside core/io only.
void foldPhasePrefixes(kstring_t& line);

} // namespace diploscope
