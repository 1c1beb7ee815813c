// SPDX-License-Identifier: GPL-3.0-or-later
#include "sequence/sequence_key.h"

#include "genome/bases.h"
#include "sequence/sequence_pieces.h"

#include <algorithm>

namespace diploscope {

namespace {

/// What a sequence differs in from its window, read from the model's first base to its last: bases put in
/// place of the window's, and jumps to another place of it. Between these it goes on as the window does.
class Differences {
public:
    explicit Differences(const ReferenceWindow& window)
        : m_bases(window.bases()), m_reversed(window.reversed) {}

    /// The window's bases from `start` on.
    void goOnAt(int64_t start, int64_t length) {
        // As far as they are what would have come anyway, nothing has changed yet: a base deleted from a run
        // of equal ones is the last of them, whichever it was called.
        while (start != m_next && length > 0 && isAsWindow(baseAt(start))) {
            ++m_next;
            ++m_position;
            ++start;
            --length;
        }
        if (length > 0 && start != m_next) {
            note('>', m_position);
            append(start);
            m_next = start;
        }
        m_next += length;
        m_position += length;
    }
    /// Bases of an edit in place of the window's `length` from `start` on. Those that it has in common with
    /// them at either end, as VCF's anchor, are the window's.
    void replace(int64_t start, int64_t length, std::string_view bases) {
        const auto size = static_cast<int64_t>(bases.size());
        const int64_t most = std::min(length, size);
        int64_t front = 0;
        while (front < most && baseAt(start + front) == bases[static_cast<size_t>(front)])
            ++front;
        int64_t back = 0;
        while (front + back < most &&
               baseAt(start + length - 1 - back) == bases[static_cast<size_t>(size - 1 - back)])
            ++back;
        goOnAt(start, front);
        put(bases.substr(static_cast<size_t>(front), static_cast<size_t>(size - front - back)));
        goOnAt(start + length - back, back);
    }
    void put(std::string_view bases) {
        for (const char base : bases) {
            if (!isAsWindow(base))
                note(base, m_position);
            ++m_next;
            ++m_position;
        }
    }
    [[nodiscard]] const std::string& text() const { return m_text; }

private:
    [[nodiscard]] char baseAt(int64_t position) const {
        const auto index = static_cast<size_t>(position);
        return m_reversed ? reverseComplement(m_bases.substr(m_bases.size() - 1 - index, 1)).front()
                          : m_bases[index];
    }
    [[nodiscard]] bool isAsWindow(char base) const {
        return m_next < static_cast<int64_t>(m_bases.size()) && baseAt(m_next) == base;
    }
    void note(char what, int64_t position) {
        m_text += what;
        append(position);
    }
    void append(int64_t number) { m_text.append(reinterpret_cast<const char*>(&number), sizeof number); }

    std::string_view m_bases;
    bool m_reversed;
    int64_t m_position = 0; ///< of the base to come
    int64_t m_next = 0;     ///< of the window, what would come there if nothing more differed
    std::string m_text;
};

} // namespace

Digest sequenceKey(const ReferenceWindow& window, const Digest& reference, const EditList& edits) {
    if (edits.empty())
        return reference;
    const int64_t length = window.length();
    std::vector<SequencePiece> pieces = piecesOf(window, edits);
    if (window.reversed)
        std::reverse(pieces.begin(), pieces.end());
    Differences differences(window);
    const auto asRead = [&](std::string_view bases) {
        return window.reversed ? reverseComplement(bases) : std::string(bases);
    };
    const auto putBeside = [&](int64_t start, int64_t end) {
        std::string bases;
        if (start < end)
            appendReference(bases, window, start, end);
        differences.put(asRead(bases));
    };
    for (const SequencePiece& piece : pieces) {
        const int64_t end = piece.start + piece.length;
        const int64_t first = std::clamp<int64_t>(0, piece.start, end); // [first, last) is in the window
        const int64_t last = std::clamp(length, first, end);
        const int64_t start = window.reversed ? length - last : first;
        if (!piece.bases.empty()) {
            if (last - first == piece.length)
                differences.replace(start, piece.length, asRead(piece.bases));
            else
                differences.put(asRead(piece.bases));
            continue;
        }
        window.reversed ? putBeside(last, end) : putBeside(piece.start, first);
        differences.goOnAt(start, last - first);
        window.reversed ? putBeside(piece.start, first) : putBeside(last, end);
    }
    const std::string& text = differences.text();
    if (text.empty())
        return reference;
    return digestOf(std::string(reference.begin(), reference.end()) + text);
}

} // namespace diploscope
