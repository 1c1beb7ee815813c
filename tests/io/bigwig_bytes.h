// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

/// bigWigs made by hand, so that tests can also make them wrong. Summaries for zooming are left out.
namespace diploscope::test {

template <class Number>
void append(std::string& bytes, Number value) {
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value); // little-endian, as the machine
}
template <class Number>
void put(std::string& bytes, size_t at, Number value) {
    std::memcpy(bytes.data() + at, &value, sizeof value);
}

/// A block of values of one contig.
struct BigWigSection {
    uint32_t contig = 0, start = 0, end = 0;
    std::string bytes;
};

/// \param type  1: stretches, 2: variable step, 3: fixed step
inline BigWigSection bigWigSection(uint32_t contig, uint32_t start, uint32_t end, uint32_t step,
                                   uint32_t span, char type, size_t count, const std::string& items) {
    BigWigSection section{contig, start, end, {}};
    for (const uint32_t number : {contig, start, end, step, span})
        append(section.bytes, number);
    section.bytes += type;
    section.bytes += '\0';
    append(section.bytes, static_cast<uint16_t>(count));
    section.bytes += items;
    return section;
}

struct BigWigStretch {
    uint32_t start, end;
    float value;
};
inline BigWigSection stretches(uint32_t contig, const std::vector<BigWigStretch>& values) {
    std::string items;
    for (const BigWigStretch& value : values) {
        append(items, value.start);
        append(items, value.end);
        append(items, value.value);
    }
    return bigWigSection(contig, values.front().start, values.back().end, 0, 0, 1, values.size(), items);
}
inline BigWigSection variableStep(uint32_t contig, uint32_t span,
                                  const std::vector<std::pair<uint32_t, float>>& values) {
    std::string items;
    for (const auto& [start, value] : values) {
        append(items, start);
        append(items, value);
    }
    return bigWigSection(contig, values.front().first, values.back().first + span, 0, span, 2, values.size(),
                         items);
}
inline BigWigSection fixedStep(uint32_t contig, uint32_t start, uint32_t step, uint32_t span,
                               const std::vector<float>& values) {
    std::string items;
    for (const float value : values)
        append(items, value);
    const auto end = start + static_cast<uint32_t>(values.size() - 1) * step + span;
    return bigWigSection(contig, start, end, step, span, 3, values.size(), items);
}

/// A zlib stream of at most 65,535 bytes, stored and not compressed.
inline std::string zlibStored(const std::string& text) {
    std::string stream("\x78\x01\x01", 3);
    append(stream, static_cast<uint16_t>(text.size()));
    append(stream, static_cast<uint16_t>(~text.size()));
    stream += text;
    uint32_t a = 1, b = 0; // Adler-32
    for (const char c : text) {
        a = (a + static_cast<unsigned char>(c)) % 65521;
        b = (b + a) % 65521;
    }
    const uint32_t sum = b << 16 | a;
    for (int shift = 24; shift >= 0; shift -= 8)
        stream += static_cast<char>(sum >> shift & 0xff);
    return stream;
}

/// Where parts of a bigWig stand, for those who change them.
struct BigWigBytes {
    std::string bytes;
    size_t contigTree = 0;
    size_t nameBytes = 0;
    size_t index = 0;  ///< its head has 48 bytes, then come nodes
    size_t blocks = 0; ///< the first one
};

/// \param contigs name and length, ids from 0 \param perNode items of a node of either tree: where there are
/// more, the root is an inner node
inline BigWigBytes bigWig(const std::vector<std::pair<std::string, uint32_t>>& contigs,
                          const std::vector<BigWigSection>& sections, bool compressed = false,
                          size_t perNode = 256) {
    BigWigBytes made;
    std::string& bytes = made.bytes;
    bytes.assign(64, '\0');
    put(bytes, 0, uint32_t{0x888FFC26});
    put(bytes, 4, uint16_t{4});
    put(bytes, 52, uint32_t{compressed ? 32768U : 0U});

    for (const auto& contig : contigs)
        made.nameBytes = std::max(made.nameBytes, contig.first.size());
    made.contigTree = bytes.size();
    append(bytes, uint32_t{0x78CA8C91});
    append(bytes, static_cast<uint32_t>(perNode));
    append(bytes, static_cast<uint32_t>(made.nameBytes));
    append(bytes, uint32_t{8});
    append(bytes, uint64_t{contigs.size()});
    append(bytes, uint64_t{0});
    const auto name = [&](size_t i) {
        std::string padded = contigs[i].first;
        padded.resize(made.nameBytes, '\0');
        return padded;
    };
    const auto nodeHead = [&bytes](bool isLeaf, size_t count) {
        bytes += isLeaf ? '\1' : '\0';
        bytes += '\0';
        append(bytes, static_cast<uint16_t>(count));
    };
    /// Writes the inner node for more leaves than one, then the leaves.
    const auto tree = [&](size_t count, size_t innerBytes, size_t leafBytes, const auto& writeKey,
                          const auto& writeItem) {
        const size_t leaves = (count + perNode - 1) / perNode;
        if (leaves > 1) {
            nodeHead(false, leaves);
            size_t child = bytes.size() + leaves * innerBytes;
            for (size_t first = 0; first < count; first += perNode) {
                const size_t last = std::min(first + perNode, count);
                writeKey(first, last - 1);
                append(bytes, uint64_t{child});
                child += 4 + (last - first) * leafBytes;
            }
        }
        for (size_t first = 0; first < std::max<size_t>(count, 1); first += perNode) {
            const size_t last = std::min(first + perNode, count);
            nodeHead(true, last - first);
            for (size_t i = first; i < last; ++i)
                writeItem(i);
        }
    };
    tree(
        contigs.size(), made.nameBytes + 8, made.nameBytes + 8,
        [&](size_t first, size_t) { bytes += name(first); },
        [&](size_t i) {
            bytes += name(i);
            append(bytes, static_cast<uint32_t>(i));
            append(bytes, contigs[i].second);
        });

    put(bytes, 16, uint64_t{bytes.size()});
    append(bytes, uint64_t{sections.size()});
    made.blocks = bytes.size();
    std::vector<std::pair<uint64_t, uint64_t>> places;
    for (const BigWigSection& section : sections) {
        const std::string block = compressed ? zlibStored(section.bytes) : section.bytes;
        places.emplace_back(bytes.size(), block.size());
        bytes += block;
    }
    made.index = bytes.size();
    append(bytes, uint32_t{0x2468ACE0});
    append(bytes, static_cast<uint32_t>(perNode));
    append(bytes, uint64_t{sections.size()});
    bytes.append(32, '\0'); // what it spans, which nobody asks
    const auto span = [&](size_t first, size_t last) {
        for (const uint32_t number :
             {sections[first].contig, sections[first].start, sections[last].contig, sections[last].end})
            append(bytes, number);
    };
    tree(sections.size(), 24, 32, span, [&](size_t i) {
        span(i, i);
        append(bytes, places[i].first);
        append(bytes, places[i].second);
    });
    put(bytes, 8, uint64_t{made.contigTree});
    put(bytes, 24, uint64_t{made.index});
    append(bytes, uint32_t{0x888FFC26});
    return made;
}

} // namespace diploscope::test
