// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

#include <cstdint>

namespace diploscope::ui {

/// A noun that is counted. English has two forms, which stand here; a translation has as many as its
/// language.
struct CountedNoun {
    const char* one;  ///< "%1 gene"
    const char* many; ///< "%1 genes", by which translations know it
};

/// "1 gene", "1,204 genes", in the window's language.
[[nodiscard]] QString countedText(int64_t count, const CountedNoun& noun);

/// All nouns that the window counts.
namespace counted {

inline constexpr CountedNoun blocks{"%1 block", QT_TRANSLATE_N_NOOP("Counted", "%1 blocks")};
inline constexpr CountedNoun carriers{"%1 carrier", QT_TRANSLATE_N_NOOP("Counted", "%1 carriers")};
inline constexpr CountedNoun changes{"%1 change", QT_TRANSLATE_N_NOOP("Counted", "%1 changes")};
inline constexpr CountedNoun choices{"%1 choice", QT_TRANSLATE_N_NOOP("Counted", "%1 choices")};
inline constexpr CountedNoun commonSnvs{"%1 common SNV", QT_TRANSLATE_N_NOOP("Counted", "%1 common SNVs")};
inline constexpr CountedNoun contigs{"%1 contig", QT_TRANSLATE_N_NOOP("Counted", "%1 contigs")};
inline constexpr CountedNoun copies{"%1 copy", QT_TRANSLATE_N_NOOP("Counted", "%1 copies")};
inline constexpr CountedNoun drivers{"%1 driver", QT_TRANSLATE_N_NOOP("Counted", "%1 drivers")};
inline constexpr CountedNoun figures{"%1 figure", QT_TRANSLATE_N_NOOP("Counted", "%1 figures")};
inline constexpr CountedNoun files{"%1 file", QT_TRANSLATE_N_NOOP("Counted", "%1 files")};
inline constexpr CountedNoun genes{"%1 gene", QT_TRANSLATE_N_NOOP("Counted", "%1 genes")};
inline constexpr CountedNoun others{"%1 other", QT_TRANSLATE_N_NOOP("Counted", "%1 others")};
inline constexpr CountedNoun ownAlleles{"%1 own allele", QT_TRANSLATE_N_NOOP("Counted", "%1 own alleles")};
inline constexpr CountedNoun panels{"%1 panel", QT_TRANSLATE_N_NOOP("Counted", "%1 panels")};
inline constexpr CountedNoun people{"%1 person", QT_TRANSLATE_N_NOOP("Counted", "%1 people")};
inline constexpr CountedNoun phenotypes{"%1 phenotype", QT_TRANSLATE_N_NOOP("Counted", "%1 phenotypes")};
inline constexpr CountedNoun problems{"%1 problem", QT_TRANSLATE_N_NOOP("Counted", "%1 problems")};
inline constexpr CountedNoun randomChanges{"%1 random change",
                                           QT_TRANSLATE_N_NOOP("Counted", "%1 random changes")};
inline constexpr CountedNoun rarerOnes{"%1 rarer one", QT_TRANSLATE_N_NOOP("Counted", "%1 rarer ones")};
inline constexpr CountedNoun scores{"%1 score", QT_TRANSLATE_N_NOOP("Counted", "%1 scores")};
inline constexpr CountedNoun selectedGenes{"%1 selected gene",
                                           QT_TRANSLATE_N_NOOP("Counted", "%1 selected genes")};
inline constexpr CountedNoun selectedPeople{"%1 selected person",
                                            QT_TRANSLATE_N_NOOP("Counted", "%1 selected people")};
inline constexpr CountedNoun sequences{"%1 sequence", QT_TRANSLATE_N_NOOP("Counted", "%1 sequences")};
inline constexpr CountedNoun sets{"%1 set", QT_TRANSLATE_N_NOOP("Counted", "%1 sets")};
inline constexpr CountedNoun snvs{"%1 SNV", QT_TRANSLATE_N_NOOP("Counted", "%1 SNVs")};
inline constexpr CountedNoun threads{"%1 thread", QT_TRANSLATE_N_NOOP("Counted", "%1 threads")};
inline constexpr CountedNoun tracks{"%1 track", QT_TRANSLATE_N_NOOP("Counted", "%1 tracks")};
inline constexpr CountedNoun variants{"%1 variant", QT_TRANSLATE_N_NOOP("Counted", "%1 variants")};

} // namespace counted

} // namespace diploscope::ui
