// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/small_study.h"
#include "study/study.h"

#include <QByteArray>

namespace diploscope::test {

/// Indexes that are built, and whatever else a study leaves behind, into a folder of the test's own.
inline void keepCachesIn(const TemporaryFolder& folder) {
    qputenv("XDG_CACHE_HOME", QByteArray::fromStdString((folder / "cache").string()));
    qputenv("XDG_DATA_HOME", QByteArray::fromStdString((folder / "data").string()));
}

/// All problems, a line each.
inline std::string allOf(const StudyCheck& check) {
    std::string text;
    for (const Error& problem : check.problems)
        text += problem.message() + "\n";
    return text;
}

/// The first note of a topic whose text holds `part`.
inline const StudyNote* noteOf(const StudyCheck& check, const std::string& topic,
                               const std::string& part = {}) {
    for (const StudyNote& note : check.notes)
        if (note.topic == topic && note.text.find(part) != std::string::npos)
            return &note;
    return nullptr;
}

/// `text` with every `what` made `with`.
inline std::string replaced(std::string text, const std::string& what, const std::string& with) {
    for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

/// The study's genotypes, of which every nth record has dosages (DS) and no GT.
inline std::string withDosages(const SmallStudy& small, size_t every) {
    std::istringstream lines(replaced(small.vcf(), "#CHROM",
                                      "##FORMAT=<ID=DS,Number=1,Type=Float,Description=\"Dosage\">\n#CHROM"));
    std::string text;
    size_t records = 0;
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with('#') && records++ % every == 0)
            line = line.substr(0, line.find("\tGT\t")) + "\tDS\t0\t1\t1\t2\t0\t1";
        text += line + "\n";
    }
    return text;
}

} // namespace diploscope::test
