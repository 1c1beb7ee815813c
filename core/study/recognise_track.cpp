// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/recognise_track.h"

#include "base/words.h"
#include "genome/contig_names.h"
#include "io/bigwig_file.h"
#include "io/bigwig_track.h"
#include "io/motif_reader.h"
#include "io/text_reader.h"

#include <fmt/format.h>

#include <filesystem>
#include <string>

namespace diploscope {

namespace {

Result<TrackHead> headOf(std::string_view text, const RecognisedFile& found) {
    return readTrackHead(TextReader::ofText(std::string(text), found.path), found.path);
}

/// A contig of most genomes; others are taken for one where the file is called a track.
bool isContigName(std::string_view name) {
    const std::string bare = canonicalContig(name);
    int64_t number = 0;
    return bare != name || bare == "X" || bare == "Y" || bare == "MT" || bare == "W" || bare == "Z" ||
           (parseInteger(bare, number) && number > 0 && number < 100);
}

bool isTrackName(const std::filesystem::path& file) {
    const std::string whole = lowerCase(file.filename().string());
    std::string_view name = whole;
    for (const std::string_view compressed : {".gz", ".bgz"})
        if (name.ends_with(compressed))
            name.remove_suffix(compressed.size());
    for (const std::string_view ending : {".bed", ".bedgraph", ".bdg", ".bg", ".narrowpeak", ".broadpeak"})
        if (name.ends_with(ending))
            return true;
    return false;
}

} // namespace

void takeTrack(std::string_view text, RecognisedFile& found) {
    found.kind = FileKind::Track;
    found.problem.reset();
    const Result<TrackHead> head = headOf(text, found);
    if (!head) {
        found.description = "track that cannot be read";
        found.problem = head.error();
        return;
    }
    found.track = head->format;
    found.description = fmt::format("track ({})", toText(head->format));
    if (head->contig.empty())
        return;
    if (found.contigs.empty())
        found.contigs.push_back(head->contig);
    found.description += ", begins on " + found.contigs.front();
}

bool takeRows(std::string_view text, RecognisedFile& found) {
    const Result<TrackHead> head = headOf(text, found);
    if (!head || head->contig.empty() || (!isContigName(head->contig) && !isTrackName(found.path)))
        return false;
    takeTrack(text, found);
    return true;
}

void takeMotifs(RecognisedFile& found) {
    found.kind = FileKind::Motifs;
    const Result<MotifFile> read = readMotifs(found.path);
    found.description = read ? counted(read->motifs.size(), "motif", "motifs") + " of what factors bind"
                             : "motifs that cannot be read";
    if (!read)
        found.problem = read.error();
}

void takeSignal(RecognisedFile& found) {
    if (!beginsAsBigWig(found.path)) {
        found.description = "a compressed signal (bigWig), which is read only as it is: decompress it";
        return;
    }
    found.kind = FileKind::Track;
    found.track = TrackFormat::BigWig;
    found.description = "track (bigWig), a signal along the genome";
    if (const Result<void> good = checkBigWig(found.path); !good)
        found.problem = good.error();
}

} // namespace diploscope
