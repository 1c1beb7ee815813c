// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <htslib/bgzf.h>
#include <htslib/hts.h>

/// What htslib's iterators call for the next record, in place of its own functions, which hold a line or
/// record of any length: a small file can have one of gigabytes. Inside core/io only. As all such functions,
/// these give the record's contig and reach, and return what is negative where there is none: -1 at the end.
namespace diploscope {

/// In place of -1 or an error of htslib's: the record is longer than LongestRecord.
constexpr int RecordTooLong = -64;

/// For tbx_itr_next() over VCF. \param tabix  a tbx_t \param line  a kstring_t
int readBoundedLine(BGZF* file, void* tabix, void* line, int* contig, hts_pos_t* begin, hts_pos_t* end);
/// The same over any text that tabix indexes, by the columns that the index names: comments between rows are
/// passed over.
int readBoundedRow(BGZF* file, void* tabix, void* line, int* contig, hts_pos_t* begin, hts_pos_t* end);
/// For bcf_itr_next(). \param record  a bcf1_t
int readBoundedRecord(BGZF* file, void* unused, void* record, int* contig, hts_pos_t* begin, hts_pos_t* end);

} // namespace diploscope
